"""Check a workbook as a ZIP of XML parts before any spreadsheet library opens it."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, Final
from xml.parsers import expat  # noqa: S407 - document types, hence entities, are refused

from data.importing.readers.archive import Archive, Member, open_archive
from data.importing.readers.content import kind_of, refuse_other_type
from data.importing.readers.limits import MAX_DEPTH, MAX_SHEETS, MAX_XML_PART_BYTES, MIB
from data.importing.readers.report import Report

StartElement = Callable[[str, dict[str, str]], None]

_TYPES_PART: Final = "[Content_Types].xml"
_WORKBOOK: Final = "xl/workbook.xml"
_WORKBOOK_LINKS: Final = "xl/_rels/workbook.xml.rels"
_MACROS: Final = "vbaproject.bin"
_EXTERNAL: Final = "xl/externalLinks/"
_ENCRYPTED_STREAM: Final = "EncryptedPackage".encode("utf-16-le")
_OFFICE_HEAD_BYTES: Final = 4 * MIB


@dataclass(frozen=True)
class Sheet:
    """One worksheet: its name, whether it is hidden, and the part that holds it."""

    name: str
    is_hidden: bool
    part: str


def open_workbook(stream: BinaryIO, report: Report) -> tuple[Archive, list[Sheet]]:
    """Check the package and list its worksheets in the order of the tabs.

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
    sheet_parts = {sheet.part for sheet in sheets}
    for member in archive.members:
        if member.suffix in {".xml", ".rels"} and member.name not in sheet_parts:
            parse_part(archive, member, report, limit=MAX_XML_PART_BYTES)
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
    targets: dict[str, str] = {}
    found: list[dict[str, str]] = []

    def collect_link(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            target = posixpath.join("/xl", attributes.get("Target", ""))
            targets[attributes.get("Id", "")] = posixpath.normpath(target).lstrip("/")

    def collect_sheet(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            found.append(attributes)

    for part, collect in ((_WORKBOOK_LINKS, collect_link), (_WORKBOOK, collect_sheet)):
        member = archive.find(part)
        if member is not None:
            parse_part(archive, member, report, start=collect, limit=MAX_XML_PART_BYTES)
    if len(found) > MAX_SHEETS:
        report.refuse("xlsx_too_many_sheets", n=len(found), limit=MAX_SHEETS)
    sheets = [
        Sheet(
            attributes.get("name", ""),
            attributes.get("state", "visible") != "visible",
            targets[attributes["id"]],
        )
        for attributes in found
        if attributes.get("id", "") in targets
    ]
    for sheet in sheets:
        if archive.find(sheet.part) is None:
            report.refuse("xlsx_part_missing", part=sheet.part)
    return sheets


def parse_part(
    archive: Archive,
    member: Member,
    report: Report,
    *,
    start: StartElement | None = None,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
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
        if start is not None:
            start(
                name.rpartition(":")[2],
                {key.rpartition(":")[2]: value for key, value in attributes.items()},
            )

    def on_end(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(name.rpartition(":")[2])

    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.StartElementHandler = on_start
    parser.EndElementHandler = on_end
    if text is not None:
        parser.CharacterDataHandler = text
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
    except expat.ExpatError:
        report.refuse("xlsx_damaged", part=member.name)
