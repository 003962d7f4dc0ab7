"""Cells that continue the one above: a key written once for several rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from data.importing.readers.report import Report

Row = tuple[str, ...]

_NOWHERE: Final = -1


def filled_down(
    columns: Sequence[str],
    rows: Sequence[Row],
    row_numbers: Sequence[int],
    wanted: Sequence[str],
    report: Report,
    native: frozenset[tuple[int, int]] | None = None,
) -> tuple[tuple[Row, ...], frozenset[tuple[int, int]] | None]:
    """Return the rows with blank cells of the wanted columns as in the row above.

    A blank cell above the first text stays blank, and so does one in a row where an earlier of
    the wanted columns starts something new: an inner key belongs to its outer one. A wanted
    column that the table lacks is noted as an error, the number of filled cells as information.

    Parameters
    ----------
    native
        Row and column of the cells a workbook keeps as numbers; what continues one is one, too.
    """
    numbers = None if native is None else set(native)
    filled = [list(row) for row in rows]
    new: set[int] = set()
    for name in wanted:
        if name not in columns:
            report.error("table_fill_unknown", column=name, header=name)
            continue
        index = columns.index(name)
        texts = [cells[index] for cells in filled]
        told = _told_in(texts, new)
        continued = [i for i, above in enumerate(told) if above not in (i, _NOWHERE)]
        for i in continued:
            filled[i][index] = texts[told[i]]
            if numbers is not None and (told[i], index) in numbers:
                numbers.add((i, index))
        new |= _starts(texts, told)
        if continued:
            row, n = row_numbers[continued[0]], len(continued)
            report.info("table_filled_down", row=row, column=name, header=name, n=n)
    return tuple(map(tuple, filled)), None if numbers is None else frozenset(numbers)


def _told_in(texts: Sequence[str], new: set[int]) -> list[int]:
    """Return for each row the one whose text holds there; none after a blank in a new row."""
    told: list[int] = []
    above = _NOWHERE
    for i, text in enumerate(texts):
        if text.strip():
            above = i
        elif i in new:
            above = _NOWHERE
        told.append(above)
    return told


def _starts(texts: Sequence[str], told: Sequence[int]) -> set[int]:
    """Return the rows with a text of their own that is not the one holding above."""
    before = (_NOWHERE, *told)
    return {
        i
        for i, above in enumerate(told)
        if above == i and (before[i] == _NOWHERE or texts[before[i]] != texts[i])
    }
