"""What text files and workbooks have in common: names of columns, blank rows, dropped columns."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final, Protocol

from data.importing.readers.doubled_columns import number_of, with_doubled
from data.importing.readers.filled_cells import filled_down
from data.importing.readers.limits import (
    MAX_CELL_CHARACTERS,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_HEADER_ROWS,
    MAX_ROWS,
)
from data.importing.readers.model import Table, TableSpec
from data.importing.readers.report import Report

_FORMULA: Final = re.compile(r"\s*(=\s*\S|@\s*\w+\s*\(|[+\-][^\d]*[A-Za-z].*[(!|])")
_FORMULA_BEGINS_WITHIN: Final = 200
_FORMULA_SIGNS: Final = frozenset("=@+-")
MARKUP: Final = re.compile(r"<[/!]?[A-Za-z][^<>]*>|<(script|img|svg|iframe)\b", re.IGNORECASE)
_BREAKING: Final = re.compile(r"[\r\n\x85\u2028\u2029]")
_SEPARATES_HEADER_ROWS: Final = " / "


NumberedRow = tuple[int, list[str]]


class Fit(Protocol):
    """Brings a body row to the width of the table, or notes why it cannot."""

    def __call__(self, cells: list[str], width: int, *, row: int, report: Report) -> list[str]:
        """Return the cells at the width of the table."""
        ...


@dataclass(frozen=True)
class RawTable:
    """Header and body as found; body rows have the width of the widest header row.

    ``native`` holds (row number, column index) of real numbers, ``None`` for text files.
    """

    header: list[list[str]]
    header_row: int
    body: list[tuple[int, list[str]]]
    width: int
    native: frozenset[tuple[int, int]] | None = None


def raw_table(
    rows: Iterator[NumberedRow],
    spec: TableSpec,
    report: Report,
    *,
    make_header: Callable[[list[NumberedRow]], list[list[str]]],
    fit: Fit,
) -> RawTable:
    """Cut the rows of a file into header and body; blank rows and the notes below are left out.

    The header begins with the first row that is not blank.

    Raises
    ------
    RefusedFileError
        No row at all, or more rows or columns than allowed.
    """
    first = next((row for row in rows if not is_blank(row[1])), None)
    if first is None:
        report.refuse("table_no_data_row")
    header: list[list[str]] = []
    pending: Iterable[NumberedRow] = chain([first], rows)
    if spec.header_rows:
        header = make_header([first, *islice(rows, spec.header_rows - 1)])
        pending = rows
    width = max(len(trimmed(cells)) for cells in header) if header else len(first[1])
    check_extent(0, width, report)
    body: list[NumberedRow] = []
    for row, cells in pending:
        if begins_footer(cells, spec.footer_marker):
            report.info("table_footer_left_out", row=row, marker=spec.footer_marker)
            break
        if not is_blank(cells):
            body.append((row, fit(cells, width, row=row, report=report)))
            check_extent(len(body), width, report)
    return RawTable(header, first[0], body, width)


def trimmed(cells: list[str]) -> list[str]:
    """Return the row without the blank cells at its end."""
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def check_spec(spec: TableSpec, report: Report) -> None:
    """Refuse a number of header rows or skipped lines that cannot be meant."""
    if not 0 <= spec.header_rows <= MAX_HEADER_ROWS or spec.skip_rows < 0:
        report.refuse(
            "table_header_rows",
            header_rows=spec.header_rows,
            skip_rows=spec.skip_rows,
            limit=MAX_HEADER_ROWS,
        )


def is_blank(cells: Sequence[str]) -> bool:
    """Tell whether no cell of a row holds more than blanks."""
    return not any(cell and not cell.isspace() for cell in cells)


def begins_footer(cells: Sequence[str], marker: str) -> bool:
    """Tell whether the notes below a table begin with this row."""
    return bool(marker) and bool(cells) and cells[0].strip().startswith(marker)


def check_extent(n_rows: int, width: int, report: Report) -> None:
    """Refuse a table beyond the limits of rows, columns or cells."""
    if width > MAX_COLUMNS:
        report.refuse("table_too_many_columns", n=width, limit=MAX_COLUMNS)
    if n_rows > MAX_ROWS:
        report.refuse("table_too_many_rows", limit=MAX_ROWS)
    if n_rows * width > MAX_CELLS:
        report.refuse("table_too_many_cells", limit=MAX_CELLS)


def _is_formula(cell: str) -> bool:
    """Tell whether a spreadsheet would take a text for a formula; signed numbers are none.

    Only the beginning counts, so that a long cell costs no more than a short one.
    """
    begin = cell[:_FORMULA_BEGINS_WITHIN]
    return begin.lstrip()[:1] in _FORMULA_SIGNS and bool(_FORMULA.match(begin))


def check_cell_length(cells: Sequence[str], *, row: int, report: Report) -> None:
    """Refuse a cell longer than any spreadsheet can hold."""
    for index, cell in enumerate(cells):
        if len(cell) > MAX_CELL_CHARACTERS:
            report.refuse(
                "table_huge_cell", row=row, column=str(index + 1), limit=MAX_CELL_CHARACTERS
            )


def finish(raw: RawTable, spec: TableSpec, report: Report, *, sheet: str = "") -> Table:
    """Name the columns, leave out dropped and empty ones and look at the cells.

    Raises
    ------
    RefusedFileError
        No data row, a doubled, dangerous or over-long header, a column to drop that does not
        exist, or any error noted before.
    """
    if not raw.body:
        report.refuse("table_no_data_row")
    check_extent(len(raw.body), raw.width, report)
    names = _column_names(raw, spec, report)
    kept = _kept_columns(names, raw, spec, report)
    rows = tuple(tuple(cells[index] for index in kept) for _, cells in raw.body)
    row_numbers = tuple(number for number, _ in raw.body)
    columns = tuple(names[index] for index in kept)
    native = _native(raw, kept)
    if spec.fill_down:
        rows, native = filled_down(columns, rows, row_numbers, spec.fill_down, report, native)
    report.stop_on_errors()
    _remark_cells(columns, rows, row_numbers, report)
    return Table(
        columns=columns,
        rows=rows,
        row_numbers=row_numbers,
        file=report.file,
        sheet=sheet,
        native_numbers=native,
        findings=report.findings,
    )


def _native(raw: RawTable, kept: list[int]) -> frozenset[tuple[int, int]] | None:
    if raw.native is None:
        return None
    column_of = {old: new for new, old in enumerate(kept)}
    row_of = {number: index for index, (number, _) in enumerate(raw.body)}
    return frozenset(
        (row_of[row], column_of[column])
        for row, column in raw.native
        if row in row_of and column in column_of
    )


def written_names(raw: RawTable) -> list[str]:
    """Return the headers as they are written, several rows joined; numbers where there are none."""
    if not raw.header:
        return [str(index + 1) for index in range(raw.width)]
    names = []
    for index in range(raw.width):
        parts: list[str] = []
        for cells in raw.header:
            part = cells[index].strip() if index < len(cells) else ""
            if part and (not parts or parts[-1] != part):
                parts.append(part)
        names.append(_SEPARATES_HEADER_ROWS.join(parts))
    return names


def _column_names(raw: RawTable, spec: TableSpec, report: Report) -> list[str]:
    names = written_names(raw)
    if not raw.header:
        return names
    names = with_doubled(names, spec.doubled, raw.body, header_row=raw.header_row, report=report)
    report.named(names, raw.header_row + len(raw.header) - 1)
    _check_names(names, raw, report)
    return [name or number_of(index, names) for index, name in enumerate(names)]


def _check_names(names: list[str], raw: RawTable, report: Report) -> None:
    seen: dict[str, int] = {}
    for index, name in enumerate(names):
        if not name:
            continue
        if _BREAKING.search(name):
            report.error("table_header_line_break", row=raw.header_row, column=_one_line(name))
        if _is_formula(name):
            report.error("table_header_formula", row=raw.header_row, column=name)
        _check_double(name, index, seen, names, raw=raw, report=report)


def _check_double(
    name: str, index: int, seen: dict[str, int], names: list[str], *, raw: RawTable, report: Report
) -> None:
    folded = unicodedata.normalize("NFC", name).casefold()
    first = seen.setdefault(folded, index)
    if first != index:
        report.error(
            "table_header_doubled",
            row=raw.header_row,
            column=_one_line(name),
            other=_one_line(names[first]),
            first=first + 1,
            second=index + 1,
        )


def _one_line(name: str) -> str:
    return " ".join(name.split())


def _kept_columns(names: list[str], raw: RawTable, spec: TableSpec, report: Report) -> list[int]:
    for dropped in spec.drop:
        if dropped not in names:
            report.error("table_drop_unknown", row=raw.header_row, column=dropped)
    kept = []
    for index, name in enumerate(names):
        is_unnamed = bool(raw.header) and name == str(index + 1) and _has_no_header(raw, index)
        if name in spec.drop or (is_unnamed and _is_empty_column(raw, index)):
            continue
        if is_unnamed:
            report.warning("table_header_missing", row=raw.header_row, column=name)
        kept.append(index)
    return kept


def _has_no_header(raw: RawTable, index: int) -> bool:
    return all(index >= len(cells) or not cells[index].strip() for cells in raw.header)


def _is_empty_column(raw: RawTable, index: int) -> bool:
    return all(not cells[index].strip() for _, cells in raw.body)


def _remark_cells(
    columns: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    row_numbers: tuple[int, ...],
    report: Report,
) -> None:
    formulas: list[tuple[int, str, str]] = []
    markup: list[tuple[int, str, str]] = []
    for number, cells in zip(row_numbers, rows, strict=True):
        for column, cell in zip(columns, cells, strict=True):
            if _is_formula(cell):
                formulas.append((number, column, cell))
            if "<" in cell and MARKUP.search(cell):
                markup.append((number, column, cell))
    for code, found in (("table_formula_text", formulas), ("table_markup_text", markup)):
        if found:
            number, column, cell = found[0]
            report.warning(code, row=number, column=column, n=len(found), value=cell[:60])
