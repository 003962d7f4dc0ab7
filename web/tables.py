"""Tables as CSV and XLSX in which no text can act as a formula or a link."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from decimal import Decimal

import xlsxwriter

Cell = str | int | float | None

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_CELL = 32_767
_CUT = " […]"


@dataclass(frozen=True)
class Table:
    """A table with what a reader must know about it.

    ``notes`` are pairs of label and text: title, source, date, licence, key of states.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[tuple[str, str], ...]
    sheet: str
    notes_sheet: str


def to_csv(table: Table) -> bytes:
    """Return UTF-8 with BOM, semicolons and decimal commas, as German Excel reads it.

    The first line holds the column names; the notes follow the last row after an empty line, so
    that programs may stop there.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([_csv_cell(c) for c in table.columns])
    writer.writerows([_csv_cell(c) for c in row] for row in table.rows)
    writer.writerow([])
    writer.writerows([_csv_cell(label), _csv_cell(text)] for label, text in table.notes)
    return stream.getvalue().encode("utf-8-sig")


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        text = clean_text(cell)
        return f"'{text}" if text.startswith(_FORMULA) else text
    return decimal_comma(cell)


def decimal_comma(number: float) -> str:
    """Return the shortest exact decimal of a number, without exponent."""
    text = format(Decimal(repr(number)), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",")


def clean_text(text: str) -> str:
    """Return the text without control and direction marks, cut to what a cell holds."""
    cleaned = _CONTROL.sub("", text)
    if len(cleaned) > _LONGEST_CELL:
        return cleaned[: _LONGEST_CELL - len(_CUT)] + _CUT
    return cleaned


def to_xlsx(table: Table) -> bytes:
    """Return a workbook with the table on the first sheet and the notes on the second."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet(table.sheet)
        _write(sheet, 0, table.columns, bold)
        for number, row in enumerate(table.rows, start=1):
            _write(sheet, number, row)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)
        notes = book.add_worksheet(table.notes_sheet)
        notes.set_column(0, 0, 24)
        notes.set_column(1, 1, 90)
        for number, note in enumerate(table.notes):
            _write(notes, number, note)
    return stream.getvalue()


def _write(
    sheet: xlsxwriter.worksheet.Worksheet,
    number: int,
    cells: tuple[Cell, ...],
    style: xlsxwriter.format.Format | None = None,
) -> None:
    for column, cell in enumerate(cells):
        if isinstance(cell, str):
            sheet.write_string(number, column, clean_text(cell), style)
        elif cell is not None:
            sheet.write_number(number, column, cell, style)
