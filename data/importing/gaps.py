"""Figures that a series lacks while its neighbours have them: missing, and said so."""

from __future__ import annotations

from data.importing.collection import Collection
from data.importing.figures_of_cells import Figures
from domain.findings import Place

Series = tuple[str, str, str, str]
"""Indicator, category, level, vintage."""

SHOWN = 20


def check_gaps(figures: Figures, collection: Collection) -> None:
    """Note each series in which areas lack single periods, one finding a series.

    A figure is missed where the indicator knows the area and the series knows the period.
    Areas of which a table says nothing at all are noted when it is read.
    """
    areas: dict[tuple[str, str, str], set[str]] = {}
    told: dict[Series, dict[str, set[str]]] = {}
    places: dict[Series, Place] = {}
    for (indicator, category, period, level, vintage, area), figure in figures.items():
        series = (indicator, category, level, vintage)
        areas.setdefault((indicator, level, vintage), set()).add(area)
        told.setdefault(series, {}).setdefault(area, set()).add(period)
        places.setdefault(series, figure.place)
    for series, by_area in told.items():
        known = areas[(series[0], *series[2:])]
        _note(series, by_area, known, Place(places[series].file, places[series].sheet), collection)


def _note(
    series: Series,
    by_area: dict[str, set[str]],
    known: set[str],
    place: Place,
    collection: Collection,
) -> None:
    periods = set().union(*by_area.values())
    lacking = {area: len(periods - by_area.get(area, set())) for area in sorted(known)}
    missed = {area: n for area, n in lacking.items() if n}
    if not missed:
        return
    examples = [f"{area} ({n})" for area, n in list(missed.items())[:SHOWN]]
    collection.warning(
        "series_gaps",
        place,
        indicator=series[0],
        category=series[1],
        level=series[2],
        n=sum(missed.values()),
        all=len(known) * len(periods),
        areas=len(missed),
        empty=sum(area not in by_area for area in missed),
        examples=", ".join(examples),
    )
