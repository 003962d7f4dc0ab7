"""What stands in a table file, kept also where the strict reader refuses it."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from data.importing.readers import read_table
from data.importing.readers.model import TableSpec
from data.importing.readers.report import Report
from domain.findings import RefusedFileError

Cell = tuple[int, int]


@dataclass(frozen=True)
class Delivered:
    """The rows of one table as far as they could be read.

    ``rows`` are pairs of row number (1-based) and cells as text; ``names`` those of all columns,
    empty where the reader did not get so far; ``header_row`` the last row of the header; ``native``
    the cells (row number, column index) that are numbers in a workbook.
    """

    sheet: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    names: tuple[str, ...]
    header_row: int
    native: Set[Cell]


def read_delivered(path: Path, spec: TableSpec) -> Delivered:
    """Read what can be read; columns to drop are blank, and without their names nothing is kept."""
    record = _Record(path.name, sheet=spec.sheet)
    # The findings are known from the import; here only the cells matter.
    with contextlib.suppress(RefusedFileError):
        read_table(path, spec, report=record)
    if spec.drop and not record.names:
        return Delivered(record.sheet, (), (), 0, frozenset())
    dropped = {i for i, name in enumerate(record.names) if name in spec.drop}
    rows = tuple((row, _without(dropped, cells, len(record.names))) for row, cells in record.rows)
    return Delivered(record.sheet, rows, record.names, record.header_row, record.native)


def _without(dropped: set[int], cells: Sequence[str], width: int) -> tuple[str, ...]:
    """Blank the dropped columns, and the whole row where they may have shifted into others."""
    is_shifted = len(cells) != width or any("\n" in cell or "\r" in cell for cell in cells)
    if dropped and is_shifted:
        return ("",) * len(cells)
    return tuple("" if i in dropped else cell for i, cell in enumerate(cells))


class _Record(Report):
    """Findings of one file, and its rows."""

    rows: list[tuple[int, Sequence[str]]]
    names: tuple[str, ...] = ()
    header_row: int = 0
    native: Set[Cell] = frozenset()

    def __init__(self, file: str, *, sheet: str = "") -> None:
        super().__init__(file, sheet=sheet)
        self.rows = []

    def delivered(self, row: int, cells: Sequence[str], native: Set[Cell] = frozenset()) -> None:
        self.rows.append((row, cells))
        self.native = native

    def named(self, names: Sequence[str], header_row: int) -> None:
        self.names = tuple(name or str(index + 1) for index, name in enumerate(names))
        self.header_row = header_row
