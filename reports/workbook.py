"""A document as a workbook: findings, every table with numbers, charts that can be edited, notes.

Texts are written as strings, so that none can act as a formula or a link.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import xlsxwriter

from domain.plain_text import clean_text
from i18n import Translate, translator
from reports.document import (
    Block,
    Box,
    Bullets,
    Cell,
    Chapter,
    Column,
    DataTable,
    Document,
    Facts,
    Heading,
    Paragraph,
)
from reports.workbook_charts import write_charts
from reports.workbook_styles import Styles, height

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
_NARROWEST, _WIDEST = 8, 46
_TEXT_WIDTH, _LABEL_WIDTH = 110, 34
_SIZE, _TITLE_SIZE = 11.0, 14.0
_BOLD = 2
"""Letters of a column that bold type takes more."""
_A4 = 9


def to_workbook(document: Document, day: dt.date) -> bytes:
    """Return the workbook: an overview, one sheet a table, one of charts, one of notes."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, _OPTIONS) as book:
        created = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC).replace(tzinfo=None)
        book.set_properties(
            {"title": clean_text(document.title)[:255], "author": "KECK-Atlas", "created": created}
        )
        _Writer(book, document).write()
    return stream.getvalue()


class _Writer:
    """Writes the sheets of one document."""

    def __init__(self, book: xlsxwriter.Workbook, document: Document) -> None:
        self._book = book
        self._document = document
        self._tr: Translate = translator(document.language)
        self._taken: set[str] = set()
        self._styles = Styles(book, document.language)

    def write(self) -> None:
        overview = self._sheet(self._tr("document.overview"))
        sheets = [self._table(t, c) for c in self._document.chapters for t in c.tables()]
        charts = self._charts()
        self._overview(overview, [*sheets, *charts, self._notes()])

    def _sheet(self, wanted: str) -> Any:
        sheet = self._book.add_worksheet(sheet_name(wanted, self._taken))
        sheet.set_paper(_A4)
        return sheet

    def _overview(self, sheet: Any, others: list[str]) -> None:
        """Write what the report says in words, and what lies on the other sheets."""
        sheet.set_column(0, 0, _TEXT_WIDTH)
        sheet.hide_gridlines(2)
        styles, document = self._styles, self._document
        texts: list[tuple[str, Any]] = [(document.title, styles.title)]
        texts += [(t, styles.wrap) for t in (document.subtitle, document.head) if t]
        for chapter in document.chapters:
            if len(document.chapters) > 1:
                texts += [("", styles.wrap), (chapter.title, styles.bold)]
            texts += [(chapter.kicker, styles.note)] if chapter.kicker else []
            for block in chapter.spoken():
                texts += self._overview_lines(block)
            said = dict.fromkeys(p.headline or p.title for p in chapter.pictures() if p.data)
            texts += [(title, styles.wrap) for title in said]
        texts += [("", styles.wrap), (self._tr("document.sheets"), styles.bold)]
        texts += [(name, styles.wrap) for name in others]
        texts += [("", styles.wrap), (document.foot, styles.note)]
        for row, (text, style) in enumerate(texts):
            size = _TITLE_SIZE if style is styles.title else _SIZE
            sheet.set_row(row, height([(text, _TEXT_WIDTH)], size=size))
            sheet.write_string(row, 0, clean_text(text), style)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)

    def _overview_lines(self, block: Block) -> list[tuple[str, Any]]:
        styles = self._styles
        match block:
            case Paragraph(text=text, style="note"):
                return [(text, styles.note)]
            case Paragraph(text=text):
                return [(text, styles.wrap)]
            case Heading(text=text):
                return [(text, styles.bold)]
            case Bullets(items=items):
                return [(f"• {item}", styles.wrap) for item in items]
            case Box(title=title, items=items):
                head = [(title, styles.bold)] if title else []
                return [*head, *((item, styles.wrap) for item in items)]
            case _:
                return []

    def _table(self, table: DataTable, chapter: Chapter) -> str:
        """Write a table with its notes below; return the name of its sheet."""
        sheet = self._sheet(table.title or chapter.title)
        widths = [_width(table, place) for place in range(len(table.columns))]
        heads = zip((c.name for c in table.columns), widths, strict=True)
        sheet.set_row(0, height((name, width - _BOLD) for name, width in heads))
        for place, column in enumerate(table.columns):
            sheet.write_string(0, place, clean_text(column.name), self._styles.head_of(column))
            sheet.set_column(place, place, widths[place])
        for number, row in enumerate(table.rows, start=1):
            sheet.set_row(number, height((c.text, w) for c, w in zip(row, widths, strict=True)))
            for place, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
                self._cell(sheet, (number, place), cell, column)
        sheet.freeze_panes(1, 1)
        if table.rows:
            sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
        notes = [t for t in (table.sub, *table.notes, chapter.source) if t]
        self._below(sheet, len(table.rows) + 2, notes, widths)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)
        return str(sheet.get_name())

    def _below(self, sheet: Any, top: int, notes: list[str], widths: list[int]) -> None:
        """Write notes across all columns of the table above them."""
        last, note = len(widths) - 1, self._styles.note
        for row, text in enumerate(notes, start=top):
            sheet.set_row(row, height([(text, sum(widths))]))
            if last:
                sheet.merge_range(row, 0, row, last, "", note)
            sheet.write_string(row, 0, clean_text(text), note)

    def _cell(self, sheet: Any, place: tuple[int, int], cell: Cell, column: Column) -> None:
        """Write a number as a number; a cell without one says in words why."""
        style = self._styles.of_cell(cell, column)
        if cell.number is not None:
            sheet.write_number(*place, cell.number, style)
        elif cell.text:
            sheet.write_string(*place, clean_text(cell.text), style)

    def _charts(self) -> list[str]:
        """Write the sheet of charts, if there is any; return its name."""
        charts = [
            (p.title, p.data) for c in self._document.chapters for p in c.pictures() if p.data
        ]
        if not charts:
            return []
        sheet = self._sheet(self._tr("document.charts"))
        write_charts(sheet, self._book, charts, self._styles)
        return [str(sheet.get_name())]

    def _notes(self) -> str:
        sheet = self._sheet(self._tr("web.table.notes_sheet"))
        sheet.set_column(0, 0, _LABEL_WIDTH)
        sheet.set_column(1, 1, _TEXT_WIDTH)
        facts = [b for c in self._document.chapters for b in c.blocks if isinstance(b, Facts)]
        rows = [pair for block in facts for pair in block.rows]
        rows += [(c.title, c.source) for c in self._document.chapters if c.source]
        rows += self._document.details
        for number, (label, text) in enumerate(rows):
            sheet.set_row(number, height([(label, _LABEL_WIDTH), (text, _TEXT_WIDTH)]))
            sheet.write_string(number, 0, clean_text(label), self._styles.bold)
            sheet.write_string(number, 1, clean_text(text), self._styles.wrap)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return str(sheet.get_name())


def _width(table: DataTable, place: int) -> int:
    longest = max((len(w) for w in table.columns[place].name.split()), default=0) + 4
    for row in table.rows:
        longest = max(longest, len(row[place].text) + 2)
    return min(max(longest, _NARROWEST), _WIDEST)


def _cut(name: str) -> str:
    """Cut a name that is too long, between words where there are several."""
    if len(name) <= _LONGEST_NAME:
        return name
    whole, _, _ = name[: _LONGEST_NAME + 1].rpartition(" ")
    return whole or name[:_LONGEST_NAME]


def sheet_name(wanted: str, taken: set[str]) -> str:
    """Return a name Excel takes that no sheet bears yet, and remember it.

    >>> taken = set()
    >>> [sheet_name("Wert: 2020/21", taken) for _ in range(2)]
    ['Wert 2020 21', 'Wert 2020 21 (2)']
    """
    plain = " ".join(_FORBIDDEN.sub(" ", clean_text(wanted)).split()).strip("'")
    plain = _cut(plain).strip("' ") or "1"
    name, number = plain, 2
    while name.casefold() in taken or name.casefold() == "history":
        name, number = f"{plain[: _LONGEST_NAME - 5]} ({number})", number + 1
    taken.add(name.casefold())
    return name
