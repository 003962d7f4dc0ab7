"""Read one sheet of a workbook: stored values as exact text, nothing calculated or guessed."""

from __future__ import annotations

import datetime as dt
import re
import warnings
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import openpyxl

from data.importing.readers.content import check_size
from data.importing.readers.model import Table, TableSpec
from data.importing.readers.report import KEPT_PER_CODE, Report
from data.importing.readers.tabular import (
    NumberedRow,
    RawTable,
    check_cell_length,
    check_spec,
    finish,
    raw_table,
)
from data.importing.readers.xlsx_package import Sheet, check_other_parts, open_workbook
from data.importing.readers.xlsx_scan import Cell, SheetFacts, address, scan_sheet

_EXACT_DIGITS: Final = 10**15
_LIBRARY_ERRORS: Final = (
    *(ArithmeticError, AttributeError, LookupError, OSError, SyntaxError, TypeError, ValueError),
    BadZipFile,
)
_NUMBER_TEXT: Final = re.compile(r"\s*[-+]?\d[\d.,\s']*%?\s*")


def read_xlsx(path: Path, spec: TableSpec, report: Report) -> Table:
    """Read one sheet; numbers become their shortest exact text with ``.``, dates ISO text.

    Raises
    ------
    RefusedFileError
        See the findings: package, sheet to choose, extent, error cells, formulas without a
        stored value, merged cells in the body, headers, no data row.
    """
    check_spec(spec, report)
    check_size(path, report)
    with path.open("rb") as stream:
        archive, sheets = open_workbook(stream, report)
        sheet = _chosen(sheets, spec, report)
        report.sheet = sheet.name
        facts = scan_sheet(archive, sheet, report)
        check_other_parts(archive, sheets, sheet, report)
    if not facts.last_row:
        report.refuse("table_no_data_row")
    native: set[Cell] = set()
    rows = _rows(path, sheet, facts, native, report)
    numbered = iter(rows[spec.skip_rows :])
    fill = partial(_filled_header, facts=facts)
    cut = raw_table(numbered, spec, report, make_header=fill, fit=_fitted)
    raw = RawTable(
        [[_one_line(cell) for cell in cells] for cells in cut.header],
        cut.header_row,
        cut.body,
        facts.last_column,
        frozenset(native),
    )
    _check_cells(raw, facts, report)
    table = finish(raw, spec, report, sheet=sheet.name)
    _remark_number_texts(table, report)
    return replace(table, findings=report.findings)


def _chosen(sheets: list[Sheet], spec: TableSpec, report: Report) -> Sheet:
    visible = [sheet for sheet in sheets if not sheet.is_hidden]
    names = ", ".join(sheet.name for sheet in visible)
    if spec.sheet:
        chosen = next((sheet for sheet in sheets if sheet.name == spec.sheet), None)
        if chosen is None:
            report.refuse("xlsx_sheet_unknown", sheet=spec.sheet, found=names)
    elif len(visible) == 1:
        chosen = visible[0]
    else:
        report.refuse("xlsx_sheet_needed", found=names or "–")
    for sheet in sheets:
        if sheet.is_hidden:
            is_read = sheet is chosen
            report.warning(
                "xlsx_hidden_sheet_read" if is_read else "xlsx_hidden_sheet", sheet=sheet.name
            )
    return chosen


def _rows(
    path: Path, sheet: Sheet, facts: SheetFacts, native: set[Cell], report: Report
) -> list[NumberedRow]:
    """Return every row up to the last filled cell; ``native`` receives the cells of numbers."""
    rows = []
    try:
        with path.open("rb") as stream, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            values = book[sheet.name].iter_rows(
                max_row=facts.last_row, max_col=facts.last_column, values_only=True
            )
            for number, row in enumerate(values, start=1):
                report.row_read(number, facts.last_row)
                cells = []
                for index, value in enumerate(row):
                    if isinstance(value, (int, float)) and not isinstance(value, bool):
                        native.add((number, index))
                    cells.append(_text(value, (number, index + 1), report))
                rows.append((number, cells))
                report.delivered(number, cells, native)
            book.close()
    except _LIBRARY_ERRORS:
        report.refuse("xlsx_damaged", part=sheet.part)
    return rows


def _text(value: object, cell: Cell, report: Report) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return _number_text(value, cell, report)
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    if isinstance(value, (dt.datetime, dt.date, dt.time)):
        return value.isoformat()
    return str(value)


def _number_text(value: float, cell: Cell, report: Report) -> str:
    """Return the shortest decimal text that is this number; spreadsheets keep 15 digits only."""
    if not abs(value) < _EXACT_DIGITS:
        report.error("xlsx_number_too_long", row=cell[0], column=address(cell), value=f"{value:g}")
    if isinstance(value, int) or not abs(value) < _EXACT_DIGITS:
        return str(value)
    text = f"{Decimal(repr(value)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _filled_header(found: list[NumberedRow], *, facts: SheetFacts) -> list[list[str]]:
    """Return the header rows with the text of a merged range in each of its cells."""
    header = {number: list(cells) for number, cells in found}
    for merged in facts.merged:
        if merged.top not in header:
            continue
        text = header[merged.top][merged.left - 1] if merged.left <= facts.last_column else ""
        for row in range(merged.top, merged.bottom + 1):
            for column in range(merged.left, min(merged.right, facts.last_column) + 1):
                if row in header:
                    header[row][column - 1] = text
    return list(header.values())


def _one_line(cell: str) -> str:
    return " ".join(cell.split())


def _fitted(cells: list[str], width: int, *, row: int, report: Report) -> list[str]:  # noqa: ARG001
    check_cell_length(cells, row=row, report=report)
    return cells


def _check_cells(raw: RawTable, facts: SheetFacts, report: Report) -> None:
    """Note formulas, error cells and merged cells that lie in the rows taken over."""
    body = {number for number, _ in raw.body}
    rows = body | {raw.header_row + index for index in range(len(raw.header))}
    for cell, error in facts.errors.items():
        if cell[0] in rows:
            report.error("xlsx_error_cell", row=cell[0], column=address(cell), value=error)
    for cell in facts.formulas_without_value:
        if cell[0] in rows:
            report.error("xlsx_formula_without_value", row=cell[0], column=address(cell))
    formulas = [cell for cell in facts.formulas if cell[0] in rows]
    if formulas:
        listed = ", ".join(address(cell) for cell in formulas[:KEPT_PER_CODE])
        report.warning("xlsx_formulas", row=formulas[0][0], n=len(formulas), cells=listed)
    if facts.hidden_rows:
        report.warning("xlsx_hidden_rows", n=facts.hidden_rows)
    _check_merged(body, facts, report)


def _check_merged(body: set[int], facts: SheetFacts, report: Report) -> None:
    for merged in facts.merged:
        if merged.top in body and merged.bottom > merged.top:
            first = address((merged.top, merged.left))
            last = address((merged.bottom, merged.right))
            report.error("xlsx_merged_cells", row=merged.top, column=f"{first}:{last}")


def _remark_number_texts(table: Table, report: Report) -> None:
    """Remark columns in which some numbers are numbers and others only look like one."""
    native = table.native_numbers or frozenset()
    for index in sorted({column for _, column in native}):
        texts = [
            row
            for row, cells in enumerate(table.rows)
            if (row, index) not in native and _NUMBER_TEXT.fullmatch(cells[index])
        ]
        if texts:
            report.warning(
                "xlsx_number_as_text",
                row=table.row_numbers[texts[0]],
                column=table.columns[index],
                n=len(texts),
                value=table.rows[texts[0]][index].strip()[:40],
            )
