"""What a file is, found out by looking: type, sheet, encoding, separator, where the table lies.

The strict readers do the reading; here is only what a recipe would otherwise have to say.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from data.importing.readers import read_table
from data.importing.readers.content import check_size, kind_of
from data.importing.readers.model import Table, TableSpec
from data.importing.readers.recording import read_delivered
from data.importing.readers.report import Report
from data.importing.readers.xlsx_package import open_workbook
from domain.findings import Finding, RefusedFileError
from domain.table_shape import TableShape, shape_of

_HEAD_BYTES: Final = 65_536
_XLSX_PART: Final = b"[Content_Types].xml"
_MOST_LINES: Final = 2
MAPS: Final = frozenset({"shapefile", "geopackage", "geojson", "geojsonseq", "topojson"})


@dataclass(frozen=True)
class FoundSheet:
    """A sheet of a workbook and whether people see it."""

    name: str
    is_hidden: bool


@dataclass(frozen=True)
class FoundTable:
    """A file that was looked at.

    ``spec`` says everything a recipe must say to read it so again; ``table`` is None where the
    strict reader refuses the file, and ``findings`` then say why.
    """

    format: str
    spec: TableSpec
    sheets: tuple[FoundSheet, ...]
    shape: TableShape
    table: Table | None
    findings: tuple[Finding, ...]


def format_of(path: Path) -> str:
    """Return the format of a file by what is in it, as a recipe names it.

    Raises
    ------
    RefusedFileError
        The file is missing, unreadable or too large.
    """
    check_size(path, Report(path.name))
    with path.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
        stream.seek(0)
        is_workbook = head.startswith(b"PK") and _XLSX_PART in stream.read()
    kind = kind_of(head)
    if is_workbook:
        return "xlsx"
    if kind in {"zip", "sqlite"}:
        return "shapefile" if kind == "zip" else "geopackage"
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n\x1e")
    return _json_format(text) if text.startswith(b"{") else "csv"


def _json_format(text: bytes) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) >= _MOST_LINES:
        try:
            json.loads(lines[0].lstrip(b"\x1e"))
        except ValueError:
            pass
        else:
            return "geojsonseq"
    return "topojson" if b'"Topology"' in text else "geojson"


def look_at(
    path: Path, *, sheet: str = "", drop: tuple[str, ...] = (), encoding: str = ""
) -> FoundTable:
    """Look at a file and read its table strictly, as it was found to be.

    Parameters
    ----------
    sheet
        The sheet of a workbook; empty: the one whose table is largest among those people see.
    drop
        Columns that are never handed on where the file has them.
    encoding
        Of a text file, where somebody chose it; empty: found out.

    Raises
    ------
    RefusedFileError
        There is nothing to look at: no such file, not one visible sheet, or a damaged package.
    """
    kind = format_of(path)
    spec = TableSpec(kind, sheet=sheet, encoding=encoding if kind == "csv" else "")
    if kind in MAPS:
        return _read(path, spec, (), TableShape(), drop)
    sheets = _sheets(path) if kind == "xlsx" else ()
    if kind == "xlsx" and not sheet:
        spec = replace(spec, sheet=_largest(path, spec, sheets))
    bare = replace(spec, header_rows=0)
    shape = shape_of(read_delivered(path, bare).rows)
    spec = replace(
        spec,
        header_rows=shape.header_rows,
        skip_rows=shape.skip_rows,
        footer_marker=shape.footer_marker,
    )
    return _read(path, spec, sheets, shape, drop)


def _sheets(path: Path) -> tuple[FoundSheet, ...]:
    with path.open("rb") as stream:
        _, sheets = open_workbook(stream, Report(path.name))
    return tuple(FoundSheet(sheet.name, sheet.is_hidden) for sheet in sheets)


def _largest(path: Path, spec: TableSpec, sheets: tuple[FoundSheet, ...]) -> str:
    """Return the visible sheet with most filled cells; the first of several alike."""
    seen = [sheet.name for sheet in sheets if not sheet.is_hidden]
    if len(seen) < _MOST_LINES:
        return next(iter(seen), "")
    sizes = {}
    for name in seen:
        rows = read_delivered(path, replace(spec, sheet=name, header_rows=0)).rows
        sizes[name] = sum(bool(cell.strip()) for _, cells in rows for cell in cells)
    return max(seen, key=lambda name: sizes[name])


def _read(
    path: Path,
    spec: TableSpec,
    sheets: tuple[FoundSheet, ...],
    shape: TableShape,
    drop: tuple[str, ...],
) -> FoundTable:
    try:
        table = read_table(path, spec)
        spec = replace(spec, drop=tuple(name for name in drop if name in table.columns))
        table = read_table(path, spec) if spec.drop else table
    except RefusedFileError as refusal:
        return FoundTable(spec.format, spec, sheets, shape, None, tuple(refusal.findings))
    said = {f.code: f.params for f in table.findings}
    encoding = spec.encoding or str(said.get("text_encoding_detected", {}).get("encoding", "UTF-8"))
    separator = str(said.get("csv_separator_detected", {}).get("separator", ""))
    if spec.format == "csv":
        separator = "tab" if separator == "Tab" else separator
        spec = replace(spec, encoding=encoding.lower(), separator=separator)
    return FoundTable(spec.format, spec, sheets, shape, table, table.findings)
