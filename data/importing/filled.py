"""Cells that stand once above the rows they hold for, as in merged cells and section headings."""

from __future__ import annotations

from dataclasses import replace

from data.importing.readers.model import Table
from data.importing.table_columns import Columns
from domain.findings import Finding, Place, Severity


def filled_down(
    table: Table, columns: Columns, names: tuple[str, ...]
) -> tuple[Table, list[Finding]]:
    """Return the table with empty cells of the named columns filled with the text above them.

    Cells above the first text of a column stay empty. One finding for each column counts the
    cells; a column the table lacks is noted by ``columns``.
    """
    findings = []
    for name in names:
        index = columns.index(name)
        if index is None:
            continue
        table, n = _filled(table, index)
        place = Place(file=table.file, sheet=table.sheet, column=name)
        findings.append(Finding(Severity.INFO, "cells_filled_down", place, {"n": n}))
    return table, findings


def _filled(table: Table, index: int) -> tuple[Table, int]:
    """Fill one column and return how many cells that were; numbers stay numbers."""
    native = None if table.native_numbers is None else set(table.native_numbers)
    rows, above, n = [], -1, 0
    for i, row in enumerate(table.rows):
        if row[index].strip():
            above = i
        elif above >= 0:
            row = (*row[:index], table.rows[above][index], *row[index + 1 :])  # noqa: PLW2901
            n += 1
            if native is not None and (above, index) in native:
                native.add((i, index))
        rows.append(row)
    numbers = None if native is None else frozenset(native)
    return replace(table, rows=tuple(rows), native_numbers=numbers), n
