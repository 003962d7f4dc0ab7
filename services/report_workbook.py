"""A copy of a delivered table in which faulty cells are coloured and carry a note.

Texts are written as strings, never as formulas or links, whatever the delivery holds.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

from data.importing.delivered import DeliveredSheet
from data.importing.readers.xlsx_scan import address
from domain.findings import Finding, Severity
from domain.plain_text import clean_text
from i18n import Translate

MAX_NOTES = 1000
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_LONGEST_NOTE = 8_000
_COLOURS = {Severity.ERROR: "#FFC7CE", Severity.WARNING: "#FFEB9C", Severity.INFO: "#DDEBF7"}
_COLUMNS = ("severity", "sheet", "row", "column", "cell", "cause", "remedy")
_WIDTHS = (10, 18, 8, 24, 8, 70, 70)
_LIST_BEGINS = 4
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_SHEET_NAME = 31
_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}

Cell = tuple[int, int]


def write_workbook(
    path: Path, sheets: Sequence[DeliveredSheet], findings: Sequence[Finding], tr: Translate
) -> None:
    """Write the copy of one file.

    Parameters
    ----------
    sheets
        The sheets of the file that could be read.
    findings
        All findings of the file.
    """
    with xlsxwriter.Workbook(path, _OPTIONS) as book:
        book.set_properties({"title": clean_text(tr("report.title", file=path.stem))[:255]})
        _Copy(book, sheets, findings, tr).write()


@dataclass(frozen=True)
class _Mark:
    """A cell with findings: the gravest colours it, all are in its note."""

    severity: Severity
    findings: list[Finding]


class _Copy:
    """One workbook: the list of findings, then the sheets."""

    def __init__(
        self,
        book: xlsxwriter.Workbook,
        sheets: Sequence[DeliveredSheet],
        findings: Sequence[Finding],
        tr: Translate,
    ) -> None:
        self._book = book
        self._sheets = sheets
        order = list(Severity)
        self._findings = sorted(findings, key=lambda f: order.index(f.severity))
        self._tr = tr
        self._names = self._sheet_names()
        self._marks = [self._marks_of(sheet) for sheet in sheets]
        self._styles = {
            severity: book.add_format({"bg_color": colour, "border": 1, "border_color": "#7F7F7F"})
            for severity, colour in _COLOURS.items()
        }

    def write(self) -> None:
        self._write_list()
        notes = MAX_NOTES
        for name, sheet, marks in zip(self._names, self._sheets, self._marks, strict=True):
            noted = set(_gravest(marks)[:notes])
            notes -= len(noted)
            self._write_sheet(self._book.add_worksheet(name), sheet, marks, noted)

    def _sheet_names(self) -> list[str]:
        taken = {self._tr("report.sheet").casefold()}
        names = []
        for sheet in self._sheets:
            wanted = sheet.fullest.sheet or self._tr("report.data")
            plain = _NOT_IN_SHEET_NAMES.sub(" ", clean_text(wanted)).strip("' ")
            plain = plain[:_LONGEST_SHEET_NAME].strip("' ") or self._tr("report.data")
            name, number = plain, 2
            while name.casefold() in taken or name.casefold() == "history":
                name, number = f"{plain[: _LONGEST_SHEET_NAME - 5]} ({number})", number + 1
            taken.add(name.casefold())
            names.append(name)
        return names

    def _marks_of(self, sheet: DeliveredSheet) -> dict[Cell, _Mark]:
        marks: dict[Cell, _Mark] = {}
        for finding in self._findings:
            cell = sheet.cell_of(finding.place)
            if cell and cell[0] <= _LAST_ROW and cell[1] <= _LAST_COLUMN:
                marks.setdefault(cell, _Mark(finding.severity, [])).findings.append(finding)
        return marks

    def _write_list(self) -> None:
        sheet = self._book.add_worksheet(self._tr("report.sheet"))
        bold = self._book.add_format({"bold": True, "bottom": 1})
        wrap = self._book.add_format({"text_wrap": True, "valign": "top"})
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width, wrap)
        sheet.write_string(0, 0, self._tr("report.how_to"), self._book.add_format())
        marked = sum(map(len, self._marks))
        if marked > MAX_NOTES:
            cut = self._tr("report.cut", n=marked, kept=MAX_NOTES)
            sheet.write_string(1, 0, cut, self._book.add_format({"bold": True}))
        for column, name in enumerate(_COLUMNS):
            sheet.write_string(_LIST_BEGINS - 1, column, self._tr(f"report.column.{name}"), bold)
        for row, finding in enumerate(self._findings, start=_LIST_BEGINS):
            self._write_entry(sheet, row, finding)
        sheet.freeze_panes(_LIST_BEGINS, 0)

    def _write_entry(self, sheet: Any, row: int, finding: Finding) -> None:
        place, tr = finding.place, self._tr
        style = self._styles[finding.severity]
        sheet.write_string(row, 0, tr(f"report.severity.{finding.severity}"), style)
        sheet.write_string(row, 1, clean_text(place.sheet))
        if place.row is not None:
            sheet.write_number(row, 2, place.row)
        sheet.write_string(row, 3, clean_text(place.column))
        target = self._target(finding)
        if target is not None:
            name, cell = target
            quoted = name.replace("'", "''")
            sheet.write_url(row, 4, f"internal:'{quoted}'!{cell}", string=cell)
        sheet.write_string(
            row, 5, clean_text(tr(f"finding.{finding.code}.cause", **finding.params))
        )
        sheet.write_string(
            row, 6, clean_text(tr(f"finding.{finding.code}.remedy", **finding.params))
        )

    def _target(self, finding: Finding) -> tuple[str, str] | None:
        for name, sheet in zip(self._names, self._sheets, strict=True):
            cell = sheet.cell_of(finding.place)
            if cell:
                return name, address(cell)
        return None

    def _write_sheet(
        self, out: Any, sheet: DeliveredSheet, marks: dict[Cell, _Mark], noted: set[Cell]
    ) -> None:
        delivered = sheet.fullest
        cells = dict(delivered.rows)
        faulty: dict[int, set[int]] = {}
        for row, column in marks:
            faulty.setdefault(row, set()).add(column)
        for row in sorted(cells.keys() | faulty.keys()):
            if row > _LAST_ROW:
                break
            texts = cells.get(row, ())[:_LAST_COLUMN]
            width = max(len(texts), *faulty.get(row, {0}))
            for column in range(1, width + 1):
                text = texts[column - 1] if column <= len(texts) else ""
                mark = marks.get((row, column))
                style = self._styles[mark.severity] if mark else None
                is_number = (row, column - 1) in delivered.native
                _write_cell(out, (row, column), text, style, is_number=is_number)
                if mark and (row, column) in noted:
                    out.write_comment(row - 1, column - 1, self._note(mark), _size(mark))
        if delivered.header_row:
            out.freeze_panes(delivered.header_row, 0)

    def _note(self, mark: _Mark) -> str:
        parts = []
        for finding in mark.findings:
            cause = self._tr(f"finding.{finding.code}.cause", **finding.params)
            remedy = self._tr(f"finding.{finding.code}.remedy", **finding.params)
            word = self._tr(f"report.severity.{finding.severity}")
            parts.append(f"{word}: {cause}\n→ {remedy}")
        return clean_text("\n\n".join(parts))[:_LONGEST_NOTE]


def _gravest(marks: dict[Cell, _Mark]) -> list[Cell]:
    """Return the cells in the order in which they get notes: the grave first, then from above."""
    order = list(Severity)
    return sorted(marks, key=lambda cell: (order.index(marks[cell].severity), cell))


def _size(mark: _Mark) -> dict[str, Any]:
    return {"author": "KECK-Atlas", "x_scale": 2.5, "y_scale": min(1.5 * len(mark.findings), 6.0)}


def _write_cell(out: Any, cell: Cell, text: str, style: Any, *, is_number: bool) -> None:
    row, column = cell[0] - 1, cell[1] - 1
    if is_number and math.isfinite(float(text)):
        out.write_number(row, column, float(text), style)
    elif text:
        out.write_string(row, column, clean_text(text), style)
    elif style is not None:
        out.write_blank(row, column, None, style)
