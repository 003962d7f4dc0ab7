"""Read a delimited text file strictly: all cells stay text, nothing is guessed or repaired."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final, NoReturn

from data.importing.readers.content import kind_of, read_bytes, refuse_other_type
from data.importing.readers.encoding import decode
from data.importing.readers.limits import MAX_CELL_CHARACTERS
from data.importing.readers.model import Table, TableSpec
from data.importing.readers.report import Report
from data.importing.readers.tabular import (
    NumberedRow,
    check_cell_length,
    check_spec,
    finish,
    is_blank,
    raw_table,
    trimmed,
)

_CANDIDATES: Final = (";", "\t", ",")
_ALLOWED: Final = {";": ";", ",": ",", "\t": "\t", "tab": "\t", "\\t": "\t", "|": "|"}
_SHOWN: Final = {"\t": "Tab"}
_SAMPLE_ROWS: Final = 200
_CLEAR_SHARE: Final = 0.9
_XLSX_PART: Final = b"[Content_Types].xml"


def read_csv(path: Path, spec: TableSpec, report: Report) -> Table:
    """Read a text file as the recipe says; what it leaves open is detected and reported.

    Raises
    ------
    RefusedFileError
        See the findings: foreign content, encoding, separator, quotes, ragged rows, headers,
        limits, no data row.
    """
    check_spec(spec, report)
    data = read_bytes(path, report)
    _refuse_foreign_content(data, report)
    text = decode(data, spec.encoding, report)
    lines = list(io.StringIO(text, newline=""))
    named, lines_before = _separator_line(lines)
    first = lines_before + spec.skip_rows
    separator = _separator(lines[first:], spec.separator or named, report)
    rows = _rows(lines[first:], separator, first_line=first + 1, report=report)
    raw = raw_table(rows, spec, report, make_header=_header, fit=_fitted)
    return finish(raw, spec, report)


def _refuse_foreign_content(data: bytes, report: Report) -> None:
    kind = kind_of(data)
    if kind == "zip" and _XLSX_PART in data:
        kind = "xlsx"
    refuse_other_type("xls" if kind == "ole" else kind, report, expected="CSV")
    if not data.removeprefix(b"\xef\xbb\xbf").strip():
        report.refuse("table_no_data_row")


def _separator_line(lines: list[str]) -> tuple[str, int]:
    """Return the separator an Excel ``sep=`` line names and how many lines it takes."""
    first = lines[0].strip("\r\n") if lines else ""
    if first.lower().startswith("sep=") and len(first) == len("sep=") + 1:
        return first[-1], 1
    return "", 0


def _separator(lines: list[str], declared: str, report: Report) -> str:
    if declared:
        if declared.lower() not in _ALLOWED:
            report.refuse("csv_separator_unknown", separator=declared)
        return _ALLOWED[declared.lower()]
    separator = _detected_separator(lines)
    report.info("csv_separator_detected", separator=_SHOWN.get(separator, separator))
    return separator


def _detected_separator(lines: list[str]) -> str:
    """Return the sign that cuts most rows into equally many cells, two at least.

    A semicolon or tab that does so in nine rows of ten wins over the comma, because German
    files write decimals with commas.
    """
    best, best_score = ",", (0.0, 0)
    for candidate in _CANDIDATES:
        reader = csv.reader(lines[: 2 * _SAMPLE_ROWS], delimiter=candidate)
        try:
            widths = [len(cells) for cells in islice(reader, _SAMPLE_ROWS) if not is_blank(cells)]
        except csv.Error:
            continue
        if not widths:
            continue
        width, count = Counter(widths).most_common(1)[0]
        share = count / len(widths)
        if width > 1 and share >= _CLEAR_SHARE:
            return candidate
        if width > 1 and (share, width) > best_score:
            best, best_score = candidate, (share, width)
    return best


def _rows(
    lines: list[str], separator: str, *, first_line: int, report: Report
) -> Iterator[NumberedRow]:
    """Yield every row with the line it begins on; the line of its end would mislead."""
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        begin = reader.line_num
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            _refuse_row(problem, lines[begin:], begin + first_line, report)
        report.row_read(begin, len(lines))
        report.delivered(begin + first_line, cells)
        _remark_swallowed_rows(cells, separator, row=begin + first_line, report=report)
        yield begin + first_line, cells


def _refuse_row(problem: csv.Error, rest: list[str], row: int, report: Report) -> NoReturn:
    has_open_quote = bool(rest) and rest[0].count('"') % 2 == 1
    if has_open_quote or "end of data" in str(problem):
        report.refuse("csv_unclosed_quote", row=row)
    if "field limit" in str(problem):
        report.refuse("table_huge_cell", row=row, limit=MAX_CELL_CHARACTERS)
    report.refuse("csv_text_after_quote", row=row)


def _remark_swallowed_rows(
    cells: Sequence[str], separator: str, *, row: int, report: Report
) -> None:
    """Remark a line break with a separator in one cell: a row lost to a stray quote, perhaps."""
    for index, cell in enumerate(cells):
        if separator in cell and ("\n" in cell or "\r" in cell.rstrip("\r")):
            report.warning("csv_line_break_in_cell", row=row, column=str(index + 1))


def _header(found: list[NumberedRow]) -> list[list[str]]:
    """Return the header rows; a blank cell of an upper row continues the one to its left.

    Text files lose the merged cells of a spreadsheet, only their first cell keeps the text.
    """
    *upper, last = (list(cells) for _, cells in found)
    width = len(trimmed(last))
    return [_continued(cells, width) for cells in upper] + [last]


def _continued(cells: list[str], width: int) -> list[str]:
    filled: list[str] = []
    for cell in cells + [""] * (width - len(cells)):
        filled.append(cell if cell.strip() or not filled else filled[-1])
    return filled


def _fitted(cells: list[str], width: int, *, row: int, report: Report) -> list[str]:
    """Return the row at the width of the header; blank cells beyond it do not matter."""
    check_cell_length(cells, row=row, report=report)
    if len(cells) < width or not is_blank(cells[width:]):
        report.error("csv_ragged_row", row=row, n=len(trimmed(cells)), expected=width)
    return cells[:width] + [""] * (width - len(cells))
