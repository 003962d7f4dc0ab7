"""Tables as CSV and XLSX in which no text can act as a formula or a link."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass
from decimal import Decimal

import xlsxwriter

from domain.plain_text import clean_text

Cell = str | int | float | None

_EARLIEST = dt.date(1980, 1, 1)
"""The day of a workbook of a table that has none."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NARROWEST, _WIDEST = 7, 44
_NOTE_WIDTHS = (26, 100)
_FOR_DIGITS = 6
"""Room a number needs beside its places after the comma."""


@dataclass(frozen=True)
class Table:
    """A table with what a reader must know about it.

    ``notes`` are pairs of label and text: title, source, date, licence, key of states.
    ``decimals`` says for each column how many places a spreadsheet shows, ``None`` where it
    decides itself; the cells keep every place. ``day`` is what a workbook tells as its own; a clock
    would give the same table other bytes each time.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[tuple[str, str], ...]
    sheet: str
    notes_sheet: str
    decimals: tuple[int | None, ...] = ()
    day: dt.date | None = None

    def decimals_of(self, column: int) -> int | None:
        """Return how many places the numbers of a column show."""
        return self.decimals[column] if column < len(self.decimals) else None


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


def to_xlsx(table: Table) -> bytes:
    """Return a workbook with the table on the first sheet and the notes on the second.

    Numbers stay numbers; the format shows the places of the indicator, and the program that
    opens the file writes comma or point as its language does.
    """
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        made = dt.datetime.combine(table.day or _EARLIEST, dt.time())
        book.set_properties({"title": clean_text(table.title)[:255], "created": made})
        _write_data(book, table)
        _write_notes(book, table)
    return stream.getvalue()


def _write_data(book: xlsxwriter.Workbook, table: Table) -> None:
    sheet = book.add_worksheet(table.sheet)
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    _write(sheet, 0, table.columns, head)
    for number, row in enumerate(table.rows, start=1):
        _write(sheet, number, row)
    for column in range(len(table.columns)):
        sheet.set_column(column, column, _width(table, column), _number_format(book, table, column))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)


def _write_notes(book: xlsxwriter.Workbook, table: Table) -> None:
    notes = book.add_worksheet(table.notes_sheet)
    label = book.add_format({"bold": True, "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    for column, (width, style) in enumerate(zip(_NOTE_WIDTHS, (label, text), strict=True)):
        notes.set_column(column, column, width, style)
    for number, note in enumerate(table.notes):
        _write(notes, number, note)
    notes.fit_to_pages(1, 0)


def _number_format(
    book: xlsxwriter.Workbook, table: Table, column: int
) -> xlsxwriter.format.Format | None:
    decimals = table.decimals_of(column)
    if decimals is None:
        return None
    places = "." + "0" * decimals if decimals else ""
    return book.add_format({"num_format": "#,##0" + places})


def _width(table: Table, column: int) -> int:
    """Fit the longest cell; long headings are broken, so they count by their longest word."""
    longest = max((len(word) for word in table.columns[column].split()), default=0) + 3
    for row in table.rows:
        cell = row[column]
        if isinstance(cell, str):
            longest = max(longest, len(cell) + 1)
        elif cell is not None:
            places = table.decimals_of(column)
            digits = len(decimal_comma(cell)) if places is None else _FOR_DIGITS + places
            longest = max(longest, digits, len(str(int(cell))) + (places or 0) + 2)
    return min(max(longest, _NARROWEST), _WIDEST)


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
