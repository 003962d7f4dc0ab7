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
) -> tuple[Row, ...]:
    """Return the rows with blank cells of the wanted columns as in the row above.

    A blank cell above the first text stays blank. A wanted column that the table lacks is noted
    as an error, the number of filled cells as information.
    """
    filled = [list(row) for row in rows]
    for name in wanted:
        if name not in columns:
            report.error("table_fill_unknown", column=name, header=name)
            continue
        index = columns.index(name)
        above, first, count = "", 0, 0
        for cells, number in zip(filled, row_numbers, strict=True):
            if cells[index].strip():
                above = cells[index]
            elif above:
                cells[index] = above
                first, count = first or number, count + 1
        if count:
            report.info("table_filled_down", row=first, column=name, header=name, n=count)
    return tuple(tuple(cells) for cells in filled)
