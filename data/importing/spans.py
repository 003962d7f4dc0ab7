"""Periods in which a series has not begun or has ended: they are no part of it.

A wide table holds a column for every indicator and a row for every period, so the cells of an
indicator that begins later are blank. A blank period between two others is a gap of the series
and stays; one before the first figure or after the last belongs to the file, not to the series.
"""

from __future__ import annotations

from collections.abc import Iterable

from data.importing.collection import Collection
from data.importing.table_cells import Cell
from domain.findings import Finding, Place, Severity
from domain.model import State

Series = tuple[str, str, str, str]
"""Indicator, category, level, vintage."""

SHOWN = 40


def within_spans(cells: list[Cell], collection: Collection) -> list[Cell]:
    """Return the cells from the first to the last period of which their series says anything.

    What is left out are blank cells that the dialect reads as not collected, in periods in which
    the series has no others. A written sign says something, whatever it means. A series that is
    blank throughout stays as it is. One finding for each file names the spans.
    """
    told = _told(cells)
    kept: list[Cell] = []
    left_out: list[Cell] = []
    for cell in cells:
        span = told.get(_series(cell))
        is_within = span is None or span[0] <= cell.period <= span[1]
        (kept if is_within else left_out).append(cell)
    _tell(left_out, told, collection)
    return kept


def _series(cell: Cell) -> Series:
    return (cell.indicator, cell.category, cell.level, cell.vintage)


def _told(cells: Iterable[Cell]) -> dict[Series, tuple[str, str]]:
    """Return the first and the last period in which each series says anything."""
    periods: dict[Series, set[str]] = {}
    for cell in cells:
        if cell.text or cell.state is not State.NOT_COLLECTED:
            periods.setdefault(_series(cell), set()).add(cell.period)
    return {series: (min(found), max(found)) for series, found in periods.items()}


def _tell(
    left_out: Iterable[Cell], told: dict[Series, tuple[str, str]], collection: Collection
) -> None:
    files: dict[tuple[str, str], list[Series]] = {}
    for cell in left_out:
        files.setdefault((cell.file, cell.sheet), []).append(_series(cell))
    for (file, sheet), found in files.items():
        series = list(dict.fromkeys(found))
        spans = [f"{one[0]} {told[one][0]}–{told[one][1]}" for one in series[:SHOWN]]
        params: dict[str, str | int | float] = {
            "n": len(series),
            "cells": len(found),
            "spans": ", ".join(dict.fromkeys(spans)),
        }
        place = Place(file=file, sheet=sheet)
        collection.add([Finding(Severity.INFO, "series_span", place, params)])
