"""Check a workbook as a ZIP of XML parts before any spreadsheet library opens it."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, Final
from xml.parsers import expat

from data.importing.readers.archive import Archive, Member, open_archive
from data.importing.readers.content import kind_of, refuse_other_type
from data.importing.readers.limits import MAX_DEPTH, MAX_SHEETS, MAX_XML_PART_BYTES, MIB
from data.importing.readers.report import Report

_TYPES_PART: Final = "[Content_Types].xml"
_WORKBOOK: Final = "xl/workbook.xml"
_WORKBOOK_LINKS: Final = "xl/_rels/workbook.xml.rels"
_VISIBLE: Final = "visible"
_MACROS: Final = "vbaproject.bin"
_EXTERNAL: Final = "xl/externalLinks/"
_ENCRYPTED_STREAM: Final = "EncryptedPackage".encode("utf-16-le")
_OFFICE_HEAD_BYTES: Final = 4 * MIB


@dataclass(frozen=True)
class Handlers:
    """What is told of an XML part: element begins (with attributes), element ends, text."""

    start: Callable[[str, dict[str, str]], None] | None = None
    end: Callable[[str], None] | None = None
    text: Callable[[str], None] | None = None


@dataclass(frozen=True)
class Sheet:
    """One worksheet: its name, whether it is hidden, and the part that holds it."""

    name: str
    is_hidden: bool
    part: str


def open_workbook(stream: BinaryIO, report: Report) -> tuple[Archive, list[Sheet]]:
    """Check the package and list its worksheets in the order of the tabs.

    The parts themselves are checked by :func:`check_other_parts` once a sheet is chosen.

    Raises
    ------
    RefusedFileError
        Foreign content, encrypted, with macros, damaged, incomplete, with a document type
        (entities), too many sheets or too large parts.
    """
    _refuse_foreign_content(stream, report)
    archive = open_archive(stream, report)
    names = {member.name for member in archive.members}
    _refuse_by_parts(names, report)
    sheets = _sheets(archive, report)
    if any(name.startswith(_EXTERNAL) for name in names):
        report.warning("xlsx_external_links")
    return archive, sheets


def _refuse_foreign_content(stream: BinaryIO, report: Report) -> None:
    head = stream.read(_OFFICE_HEAD_BYTES)
    kind = kind_of(head)
    if kind == "ole" and _ENCRYPTED_STREAM in head:
        report.refuse("xlsx_encrypted")
    if kind != "zip":
        refuse_other_type("xls" if kind == "ole" else kind, report, expected="Excel (.xlsx)")
        report.refuse("file_is_other", found="Text", expected="Excel (.xlsx)")


def _refuse_by_parts(names: set[str], report: Report) -> None:
    if "mimetype" in names and "content.xml" in names:
        report.refuse("file_is_other", found="OpenDocument (.ods)", expected="Excel (.xlsx)")
    if any(posixpath.basename(name).lower() == _MACROS for name in names):
        report.refuse("xlsx_macros")
    for part in (_TYPES_PART, _WORKBOOK, _WORKBOOK_LINKS):
        if part not in names:
            report.refuse("xlsx_part_missing", part=part)


def _sheets(archive: Archive, report: Report) -> list[Sheet]:
    links = _elements(archive, _WORKBOOK_LINKS, "Relationship", report)
    targets = {
        link.get("Id", ""): posixpath.normpath(posixpath.join("/xl", link.get("Target", "")))[1:]
        for link in links
        if link.get("Type", "").endswith("/worksheet")
    }
    found = _elements(archive, _WORKBOOK, "sheet", report)
    if len(found) > MAX_SHEETS:
        report.refuse("xlsx_too_many_sheets", n=len(found), limit=MAX_SHEETS)
    sheets = [
        Sheet(sheet.get("name", ""), sheet.get("state", _VISIBLE) != _VISIBLE, targets[sheet["id"]])
        for sheet in found
        if sheet.get("id") in targets
    ]
    for sheet in sheets:
        if archive.find(sheet.part) is None:
            report.refuse("xlsx_part_missing", part=sheet.part)
    return sheets


def _elements(archive: Archive, part: str, wanted: str, report: Report) -> list[dict[str, str]]:
    """Return the attributes of all elements of one name in a part that is known to exist."""
    found: list[dict[str, str]] = []

    def collect(name: str, attributes: dict[str, str]) -> None:
        if name == wanted:
            found.append(attributes)

    for member in archive.members:
        if member.name == part:
            parse_part(archive, member, Handlers(start=collect), report, limit=MAX_XML_PART_BYTES)
    return found


def check_other_parts(archive: Archive, sheets: list[Sheet], chosen: Sheet, report: Report) -> None:
    """Parse all parts but the chosen sheet, because a library may look into any of them.

    Raises
    ------
    RefusedFileError
        As :func:`parse_part`.
    """
    sheet_parts = {sheet.part for sheet in sheets}
    for member in archive.members:
        if member.suffix in {".xml", ".rels"} and member.name != chosen.part:
            limit = None if member.name in sheet_parts else MAX_XML_PART_BYTES
            parse_part(archive, member, Handlers(), report, limit=limit)


def parse_part(
    archive: Archive,
    member: Member,
    handlers: Handlers,
    report: Report,
    *,
    limit: int | None = None,
) -> None:
    """Parse one XML part piece by piece; names of elements and attributes lose their prefix.

    Raises
    ------
    RefusedFileError
        A document type, unbalanced XML, nesting beyond reason, or more bytes than ``limit``.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = 0

    def refuse_doctype(*_: object) -> None:
        report.refuse("xlsx_entities", part=member.name)

    def on_start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > 2 * MAX_DEPTH:
            report.refuse("xlsx_damaged", part=member.name)
        if handlers.start is not None:
            handlers.start(
                name.rpartition(":")[2],
                {key.rpartition(":")[2]: value for key, value in attributes.items()},
            )

    def on_end(name: str) -> None:
        nonlocal depth
        depth -= 1
        if handlers.end is not None:
            handlers.end(name.rpartition(":")[2])

    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.StartElementHandler = on_start
    parser.EndElementHandler = on_end
    if handlers.text is not None:
        parser.CharacterDataHandler = handlers.text
    _feed(parser, archive, member, report, limit=limit)


def _feed(
    parser: expat.XMLParserType,
    archive: Archive,
    member: Member,
    report: Report,
    *,
    limit: int | None,
) -> None:
    total = 0
    try:
        for chunk in archive.chunks(member):
            total += len(chunk)
            if limit is not None and total > limit:
                report.refuse("zip_bomb", member=member.name, limit=limit // MIB)
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError):
        report.refuse("xlsx_damaged", part=member.name)
