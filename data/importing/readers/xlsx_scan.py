"""Look through the XML of a sheet: its real extent, formulas, error cells and merged cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from data.importing.readers.archive import Archive
from data.importing.readers.limits import MAX_CELLS, MAX_COLUMNS, MAX_HEADER_ROWS, MAX_ROWS
from data.importing.readers.report import Report
from data.importing.readers.xlsx_package import Handlers, Sheet, parse_part

_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_RANGE: Final = re.compile(r"([A-Z]{1,3}[1-9]\d{0,6}):([A-Z]{1,3}[1-9]\d{0,6})")
_LAST_ROW: Final = MAX_ROWS + 100 + MAX_HEADER_ROWS
_KEPT: Final = 10_000

Cell = tuple[int, int]


@dataclass(frozen=True)
class MergedRange:
    """A merged range, rows and columns 1-based and inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class SheetFacts:
    """What the XML of a sheet says; cells are (row, column), 1-based."""

    last_row: int = 0
    last_column: int = 0
    formulas: list[Cell] = field(default_factory=list)
    formulas_without_value: list[Cell] = field(default_factory=list)
    errors: dict[Cell, str] = field(default_factory=dict)
    merged: list[MergedRange] = field(default_factory=list)
    hidden_rows: int = 0


def address(cell: Cell) -> str:
    """Return the address of a cell as spreadsheets write it, such as ``AB12``."""
    row, column = cell
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


def cell_of(reference: str) -> Cell | None:
    """Return (row, column) of an address, ``None`` if it is none."""
    match = _REFERENCE.fullmatch(reference)
    if not match:
        return None
    column = 0
    for letter in match.group(1):
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(match.group(2)), column


def scan_sheet(archive: Archive, sheet: Sheet, report: Report) -> SheetFacts:
    """Read the XML of one sheet once; what it states as its dimension is not believed.

    Raises
    ------
    RefusedFileError
        A filled cell beyond the limits, too many cells, rows out of order, damaged XML.
    """
    member = archive.find(sheet.part)
    if member is None:
        report.refuse("xlsx_part_missing", part=sheet.part)
    scan = _Scan(sheet, report)
    parse_part(archive, member, Handlers(scan.start, scan.end, scan.text), report)
    return scan.facts


class _Scan:
    """Handlers of one pass over a sheet."""

    def __init__(self, sheet: Sheet, report: Report) -> None:
        self.facts = SheetFacts()
        self._sheet = sheet
        self._report = report
        self._row = 0
        self._column = 0
        self._n_cells = 0
        self._type = ""
        self._has_formula = False
        self._in_value = False
        self._value = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self._start_row(attributes)
        elif name == "c":
            self._start_cell(attributes)
        elif name == "f":
            self._has_formula = True
        elif name in {"v", "t"}:
            self._in_value = True
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        if name in {"v", "t"}:
            self._in_value = False
        elif name == "c":
            self._end_cell()

    def text(self, characters: str) -> None:
        if self._in_value and len(self._value) < 80:  # noqa: PLR2004 - only a glimpse is needed
            self._value += characters

    def _start_row(self, attributes: dict[str, str]) -> None:
        written = attributes.get("r", str(self._row + 1))
        row = int(written) if written.isdecimal() else 0
        if row <= self._row:
            self._report.refuse("xlsx_damaged", part=self._sheet.part)
        self._row = row
        self._report.row_read(row)
        self._column = 0
        self.facts.hidden_rows += attributes.get("hidden") in {"1", "true"}

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._n_cells += 1
        if self._n_cells > MAX_CELLS:
            self._report.refuse("table_too_many_cells", limit=MAX_CELLS)
        row, column = cell_of(attributes.get("r", "")) or (self._row, self._column + 1)
        if row != self._row or column <= self._column:
            self._report.refuse("xlsx_damaged", part=self._sheet.part)
        self._column = column
        self._type = attributes.get("t", "n")
        self._has_formula = False
        self._value = ""

    def _end_cell(self) -> None:
        cell = (self._row, self._column)
        if not self._value and not self._has_formula:
            return
        if self._row > _LAST_ROW or self._column > MAX_COLUMNS:
            self._report.refuse(
                "xlsx_extent", column=address(cell), rows=MAX_ROWS, columns=MAX_COLUMNS
            )
        self.facts.last_row = max(self.facts.last_row, self._row)
        self.facts.last_column = max(self.facts.last_column, self._column)
        if self._has_formula:
            has_value = bool(self._value) or self._type == "str"
            found = self.facts.formulas if has_value else self.facts.formulas_without_value
            if len(found) < _KEPT:
                found.append(cell)
        if self._type == "e" and len(self.facts.errors) < _KEPT:
            self.facts.errors[cell] = self._value

    def _merge(self, reference: str) -> None:
        match = _RANGE.fullmatch(reference)
        if not match or len(self.facts.merged) > _KEPT:
            return
        first, last = cell_of(match.group(1)), cell_of(match.group(2))
        if first and last:
            self.facts.merged.append(MergedRange(*first, *last))
