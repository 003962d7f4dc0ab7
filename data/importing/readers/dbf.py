"""Read the attribute table of a shapefile (dBASE) with its encoding checked cell by cell."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from data.importing.readers.encoding import codec_of, shown, umlaut_sample
from data.importing.readers.report import Report

_HEADER: Final = struct.Struct("<B3xLHH17xB2x")
_FIELD_BYTES: Final = 32
_FIELDS_END: Final = 0x0D
_DELETED: Final = 0x2A
_LANGUAGE_DRIVERS: Final = {0x01: "cp437", 0x02: "cp850", 0x03: "cp1252", 0x57: "cp1252"}
_UNREAD_TYPES: Final = frozenset("MGPBW")
_UTF8_TAIL: Final = 3
_LEADS: Final = (0xC2, 0xF4)
_FOLLOWING: Final = (0x80, 0xBF)
_NAME_BYTES: Final = 10
_DATE_DIGITS: Final = 8


@dataclass(frozen=True)
class _Field:
    name: bytes
    kind: str
    start: int
    width: int
    decimals: int


@dataclass(frozen=True)
class DbfTable:
    """Structure of a dBASE table; ``n_records`` counts the deleted ones too."""

    data: bytes
    fields: tuple[_Field, ...]
    n_records: int
    header_bytes: int
    record_bytes: int
    language_driver: int

    def records(self) -> Iterator[bytes]:
        """Yield every record with its deletion mark as first byte."""
        for index in range(self.n_records):
            begin = self.header_bytes + index * self.record_bytes
            yield self.data[begin : begin + self.record_bytes]

    def deleted(self) -> list[bool]:
        """Tell for each record whether it is marked as deleted."""
        return [record[0] == _DELETED for record in self.records()]


def open_dbf(data: bytes, report: Report) -> DbfTable:
    """Read the structure of a dBASE table.

    Raises
    ------
    RefusedFileError
        The header is damaged or the file is shorter than its header says.
    """
    if len(data) < _HEADER.size + 1:
        report.refuse("shp_part_damaged", part=".dbf")
    _, n_records, header_bytes, record_bytes, driver = _HEADER.unpack_from(data)
    fields = []
    start = 1
    for offset in range(_HEADER.size, min(header_bytes, len(data)) - _FIELD_BYTES, _FIELD_BYTES):
        if data[offset] == _FIELDS_END:
            break
        name, kind, width, decimals = struct.unpack_from("<11sc4xBB", data, offset)
        fields.append(
            _Field(name.split(b"\x00")[0], kind.decode("latin-1"), start, width, decimals)
        )
        start += width
    is_short = header_bytes + n_records * record_bytes > len(data)
    if not fields or start > record_bytes or is_short:
        report.refuse("shp_part_damaged", part=".dbf")
    return DbfTable(data, tuple(fields), n_records, header_bytes, record_bytes, driver)


def read_columns(
    table: DbfTable, *, declared: str, cpg: str, report: Report
) -> dict[str, list[object]]:
    """Return the columns of all records that are not deleted, by name.

    Parameters
    ----------
    table
        From :func:`open_dbf`.
    declared
        Encoding of the recipe, may be empty.
    cpg
        Text of the .cpg file, may be empty.
    report
        Collects what was found.

    Raises
    ------
    RefusedFileError
        Unknown encoding, text the encoding does not know, doubled or unreadable columns.
    """
    codec, is_stated = _codec(table, declared, cpg, report)
    names = [
        _decoded(field.name, codec, _NAME_BYTES, 0, "", report).strip() for field in table.fields
    ]
    _check_names(names, table, report)
    columns: dict[str, list[object]] = {name: [] for name in names}
    row = 0
    for record in table.records():
        if record[0] == _DELETED:
            continue
        row += 1
        for name, field in zip(names, table.fields, strict=True):
            raw = record[field.start : field.start + field.width]
            columns[name].append(_value(raw, field, codec, row=row, name=name, report=report))
    report.stop_on_errors()
    _tell_encoding(columns, codec, is_stated=is_stated, report=report)
    return columns


def _codec(table: DbfTable, declared: str, cpg: str, report: Report) -> tuple[str, bool]:
    """Return the codec and whether recipe or .cpg state it."""
    written = declared or cpg.strip()
    if written:
        codec = codec_of(written)
        if codec is None or codec == "utf-16":
            report.refuse("text_encoding_unknown", encoding=written[:40])
        if not declared and codec != "utf-8" and _holds_utf8(table):
            report.refuse("shp_encoding_wrong", encoding=shown(codec), value="UTF-8")
        return codec, True
    if _holds_utf8(table):
        return "utf-8", False
    return _LANGUAGE_DRIVERS.get(table.language_driver, "cp1252"), False


def _holds_utf8(table: DbfTable) -> bool:
    """Tell whether texts beyond ASCII exist and all of them are UTF-8.

    A last letter that did not fit is no evidence: cp1252 ends in such bytes too.
    """
    texts = [
        _without_cut_tail(record[field.start : field.start + field.width].rstrip(), field.width)
        for record in table.records()
        for field in table.fields
        if field.kind == "C"
    ]
    beyond = [text for text in texts if not text.isascii()]
    try:
        for text in beyond:
            text.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return bool(beyond)


def _without_cut_tail(text: bytes, width: int) -> bytes:
    """Drop the first bytes of a last character that did not fit into the field.

    Only a text that fills its field can have been cut, and only within a sequence of UTF-8.
    """
    if len(text) < width:
        return text
    for size in range(1, min(_UTF8_TAIL, len(text)) + 1):
        lead = text[-size]
        if _LEADS[0] <= lead <= _LEADS[1]:
            needed = 2 + (lead >= 0xE0) + (lead >= 0xF0)  # noqa: PLR2004
            return text[:-size] if needed > size else text
        if not _FOLLOWING[0] <= lead <= _FOLLOWING[1]:
            return text
    return text


def _check_names(names: list[str], table: DbfTable, report: Report) -> None:
    for index, name in enumerate(names):
        if name in names[:index]:
            first = names.index(name) + 1
            report.error(
                "table_header_doubled", column=name, other=name, first=first, second=index + 1
            )
        if table.fields[index].kind in _UNREAD_TYPES:
            report.error("shp_column_type", column=name, kind=table.fields[index].kind)
    report.stop_on_errors()


def _value(raw: bytes, field: _Field, codec: str, *, row: int, name: str, report: Report) -> object:
    if field.kind in "IO@+":
        return int.from_bytes(raw, "little", signed=True) if field.kind == "I" else None
    text = _decoded(raw.split(b"\x00")[0].rstrip(b" "), codec, field.width, row, name, report)
    if not text.strip():
        return None
    if field.kind in "NF":
        return _number(text, field, row=row, name=name, report=report)
    if field.kind == "D" and len(text) == _DATE_DIGITS and text.isdigit():
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    return text


def _number(text: str, field: _Field, *, row: int, name: str, report: Report) -> int | float | None:
    if set(text.strip()) == {"*"}:
        return None
    try:
        is_whole = field.decimals == 0 and field.kind == "N" and text.strip().lstrip("+-").isdigit()
        return int(text) if is_whole else float(text)
    except ValueError:
        report.error("shp_number_unreadable", row=row, column=name, value=text[:40])
        return None


def _decoded(raw: bytes, codec: str, width: int, row: int, name: str, report: Report) -> str:
    try:
        return raw.decode(codec)
    except UnicodeDecodeError:
        shorter = _without_cut_tail(raw, width)
    if codec == "utf-8" and shorter != raw:
        try:
            text = shorter.decode(codec)
        except UnicodeDecodeError:
            pass
        else:
            report.warning("shp_text_cut", row=row, column=name, value=text)
            return text
    value = raw.decode("ascii", "backslashreplace")[:40]
    report.error(
        "shp_encoding_wrong", row=row or None, column=name, encoding=shown(codec), value=value
    )
    return ""


def _tell_encoding(
    columns: dict[str, list[object]], codec: str, *, is_stated: bool, report: Report
) -> None:
    if is_stated:
        return
    texts = (value for values in columns.values() for value in values if isinstance(value, str))
    sample = umlaut_sample(" ".join(text for text in texts if not text.isascii())[:100_000])
    if sample:
        report.warning("shp_encoding_detected", encoding=shown(codec), sample=sample)
