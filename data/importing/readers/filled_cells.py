"""Cells that continue the one above: a key written once for several rows."""

from __future__ import annotations

from collections.abc import Sequence

from data.importing.readers.report import Report

Row = tuple[str, ...]


def filled_down(
    columns: Sequence[str],
    rows: Sequence[Row],
    row_numbers: Sequence[int],
    wanted: Sequence[str],
    report: Report,
    native: frozenset[tuple[int, int]] | None = None,
) -> tuple[tuple[Row, ...], frozenset[tuple[int, int]] | None]:
    """Return the rows with blank cells of the wanted columns as in the row above.

    A blank cell above the first text stays blank. A wanted column that the table lacks is noted
    as an error, the number of filled cells as information.

    Parameters
    ----------
    native
        Row and column of the cells a workbook keeps as numbers; what continues one is one, too.
    """
    numbers = None if native is None else set(native)
    filled = [list(row) for row in rows]
    for name in wanted:
        if name not in columns:
            report.error("table_fill_unknown", column=name, header=name)
            continue
        index = columns.index(name)
        above, first, count = -1, 0, 0
        for i, (cells, number) in enumerate(zip(filled, row_numbers, strict=True)):
            if cells[index].strip():
                above = i
            elif above >= 0:
                cells[index] = filled[above][index]
                first, count = first or number, count + 1
                if numbers is not None and (above, index) in numbers:
                    numbers.add((i, index))
        if count:
            report.info("table_filled_down", row=first, column=name, header=name, n=count)
    return tuple(map(tuple, filled)), None if numbers is None else frozenset(numbers)
