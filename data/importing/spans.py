"""Periods in which a series has not begun or has ended: they are no part of it.

A wide table holds a column for every indicator and a row for every period, so the cells of an
indicator that begins later are empty. An empty period between two others is a gap of the series
and stays; one before the first figure or after the last belongs to the file, not to the series.
"""

from __future__ import annotations

from data.importing.collection import Collection
from data.importing.figures_of_cells import Figures
from domain.findings import Finding, Place, Severity
from domain.model import State

Series = tuple[str, str, str, str]
"""Indicator, category, level, vintage."""

SHOWN = 40


def within_spans(figures: Figures, collection: Collection) -> Figures:
    """Return the figures from the first to the last period of which a series says anything.

    What is left out are cells without number and without reason, in periods in which no area of
    the series has either. A series that is empty throughout stays as it is. One finding for each
    file names the spans.
    """
    periods: dict[Series, set[str]] = {}
    told: dict[Series, set[str]] = {}
    for (indicator, category, period, *level, _area), figure in figures.items():
        series = (indicator, category, level[0], level[1])
        periods.setdefault(series, set()).add(period)
        if figure.state is not State.NOT_COLLECTED:
            told.setdefault(series, set()).add(period)
    outside = {
        series: {p for p in periods[series] if not min(known) <= p <= max(known)}
        for series, known in told.items()
    }
    left_out = [key for key in figures if key[2] in outside.get((key[0], key[1], *key[3:5]), ())]
    _tell(figures, left_out, told, collection)
    gone = set(left_out)
    return {key: figure for key, figure in figures.items() if key not in gone}


def _tell(
    figures: Figures,
    left_out: list[tuple[str, str, str, str, str, str]],
    told: dict[Series, set[str]],
    collection: Collection,
) -> None:
    spans: dict[tuple[str, str], dict[Series, int]] = {}
    for key in left_out:
        place = figures[key].place
        counts = spans.setdefault((place.file, place.sheet), {})
        series = (key[0], key[1], *key[3:5])
        counts[series] = counts.get(series, 0) + 1
    for (file, sheet), counts in spans.items():
        written = [f"{s[0]} {min(told[s])}–{max(told[s])}" for s in counts]
        params: dict[str, str | int | float] = {
            "n": len(counts),
            "cells": sum(counts.values()),
            "spans": ", ".join(dict.fromkeys(written[:SHOWN])),
        }
        place = Place(file=file, sheet=sheet)
        collection.add([Finding(Severity.INFO, "series_span", place, params)])
