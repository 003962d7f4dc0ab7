"""Change members of workbooks and zipped shapefiles; the archive around them stays sound."""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable

from tests.badfiles.shp_cases import shp_and_shx
from tests.badfiles.zip_cases import Members, zipped

_MAX_MEMBER = 32 * 1024
_TOKEN = re.compile(rb"<[^<>]*>|[^<>]+")
_VALUE = re.compile(rb'"[^"<>]*"|>[^<>]+<')
_PARTS = [
    b'<c r="D2" t="s"><v>0</v></c>',
    b'<c r="D2" t="d"><v>2024-01-01</v></c>',
    b'<c r="D2" t="e"><v>#N/A</v></c>',
    b'<c r="D2" t="b"><v>1</v></c>',
    b'<c r="D2" s="1"><v>45000</v></c>',
    b'<c r="D2"><f t="shared" si="0" ref="D2:D9">A1</f><v>1</v></c>',
    b'<c r="D2" t="inlineStr"><is><r><t>a</t></r><rPh><t>b</t></rPh></is></c>',
    b'<mergeCells><mergeCell ref="A1:B2"/></mergeCells>',
    b'<sheetPr filterMode="1"/>',
    b'<dimension ref="A1:C3"/>',
    b'<sheetFormatPr defaultRowHeight="x"/>',
    b'<cols><col min="1" max="2" width="x"/></cols>',
    b"<row/>",
    b'<workbookPr date1904="1"/>',
    b'<definedNames><definedName name="a" localSheetId="9">A1</definedName></definedNames>',
    b'<hyperlinks><hyperlink ref="A1" r:id="rId9"/></hyperlinks>',
    b'<extLst><ext uri="x"/></extLst>',
]
_VALUES = [
    *(b"", b"0", b"1", b"-1", b"2", b"A1", b"A0", b"ZZZ9999999", b"1e400", b"NaN", b"1.5"),
    *(b"99999999999999999999", b"2024-01-01", b"s", b"n", b"b", b"e", b"d", b"str", b"rId1"),
    *(b"inlineStr", b"true", b"hidden", b"veryHidden", b"../x", b"/xl/styles.xml", b"Daten"),
]
_EXTRA = {
    "xl/sharedStrings.xml": b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/'
    b'main" count="1"><si><t>Text</t></si><si><r><t>a</t></r></si></sst>',
    "xl/styles.xml": b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/'
    b'main"><numFmts><numFmt numFmtId="164" formatCode="yyyy"/></numFmts><cellXfs><xf/>'
    b'<xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>',
    "docProps/core.xml": b"<cp:coreProperties xmlns:cp='http://schemas.openxmlformats.org/package/"
    b"2006/metadata/core-properties'/>",
    "gebiete.cpg": b"1252",
    "gebiete.prj": b'GEOGCS["WGS 84",DATUM["x",SPHEROID["y",6378137,298]],PRIMEM["G",0]]',
    "xl/custom.xml": b"<x/>",
}


def changed(
    content: bytes, source: random.Random, change: Callable[[bytes, int], bytes]
) -> bytes | None:
    """Return the archive with one member changed, added, renamed or left out."""
    members = _members(content)
    if not members:
        return None
    name = source.choice(list(members))
    way = source.random()
    if way < 0.03:
        extra = source.choice(list(_EXTRA))
        members[extra] = _EXTRA[extra]
    elif way < 0.06:
        del members[name]
    elif way < 0.09:
        # an archive ends a name at its first NUL: the rest would make two of one name
        new = change(name.encode(), 40).decode("latin-1").partition("\0")[0]
        members[new or "x"] = members.pop(name)
    elif name.endswith(".shp") and way < 0.6:
        _change_record(members, name, source, change)
    elif name.endswith((".xml", ".rels")) and way < 0.8:
        members[name] = _changed_xml(members[name], source, change)
    else:
        members[name] = change(members[name], _MAX_MEMBER)
    return zipped(members, packing=source.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]))


def _members(content: bytes) -> Members:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = [info for info in archive.infolist() if info.file_size <= _MAX_MEMBER]
            return {info.filename: archive.read(info)[:_MAX_MEMBER] for info in infos[:40]}
    except (
        *(zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, struct.error),
        *(NotImplementedError, RuntimeError, LookupError),
    ):
        return {}


def _changed_xml(
    part: bytes, source: random.Random, change: Callable[[bytes, int], bytes]
) -> bytes:
    """Exchange a value, or double, drop, swap or insert whole elements."""
    if source.random() < 0.5:
        found = list(_VALUE.finditer(part))
        if found:
            match = source.choice(found)
            inner = match.group()[1:-1]
            new = source.choice(_VALUES) if source.random() < 0.6 else change(inner, 200)
            return part[: match.start() + 1] + new + part[match.end() - 1 :]
    tokens = _TOKEN.findall(part) or [b""]
    first = source.randrange(len(tokens))
    last = min(len(tokens), first + source.randint(1, 12))
    way = source.randrange(4)
    if way == 0:
        tokens[first:first] = tokens[first:last]
    elif way == 1:
        del tokens[first:last]
    elif way == 2:
        other = source.randrange(len(tokens))
        tokens[first], tokens[other] = tokens[other], tokens[first]
    else:
        tokens[first:first] = [source.choice(_PARTS)]
    return b"".join(tokens)


def _change_record(
    members: Members,
    name: str,
    source: random.Random,
    change: Callable[[bytes, int], bytes],
) -> None:
    """Change one shape and write geometry and index anew, so that both still agree."""
    records = _records(members[name])
    index = next((inner for inner in members if inner.endswith(".shx")), "")
    if not records or not index:
        members[name] = change(members[name], _MAX_MEMBER)
        return
    at = source.randrange(len(records))
    record = change(records[at], 4096)
    records[at] = record + b"\0" * (len(record) % 2)
    members[name], members[index] = shp_and_shx(records)


def _records(shp: bytes) -> list[bytes]:
    records = []
    at = 100
    while at + 8 <= len(shp) and len(records) < 100:
        size = 2 * int.from_bytes(shp[at + 4 : at + 8], "big")
        records.append(shp[at + 8 : at + 8 + size])
        at += 8 + size
    return records
