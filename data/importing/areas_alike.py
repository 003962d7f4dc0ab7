"""Areas that carry one another's figures: perhaps one joint figure, which a sum counts twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from data.importing.collection import Collection
from data.importing.figures_of_cells import Figures
from data.importing.recipe_indicators import IndicatorRecipe
from domain.findings import Place
from domain.model import Kind
from domain.periods import in_time

FEWEST_PERIODS: Final = 8
"""As many consecutive figures of two areas are hardly equal by chance …"""

SMALLEST: Final = 10.0
"""… unless they are small."""

FEWEST_VALUES: Final = 2
"""A figure that never changes, such as a rounded one, is equal in several areas by chance."""

SHOWN: Final = 20

_ADDED_UP: Final = frozenset({"sum", "mean_stock"})

Series = tuple[str, str, str, str]
"""Indicator, category, level, vintage."""


@dataclass(frozen=True)
class _Told:
    """One figure of an area."""

    period: str
    value: float
    place: Place


@dataclass
class _Pair:
    """Two areas and the figures of the second that are those of the first, too."""

    series: Series
    areas: tuple[str, str]
    equal: dict[str, Place] = field(default_factory=dict)


def check_alike(
    figures: Figures, indicators: Mapping[str, IndicatorRecipe], collection: Collection
) -> None:
    """Warn of two areas with the same counts in 8 consecutive periods or more.

    Only what is added up is compared, and of one level and category. Each area's figures of
    every 8 consecutive periods are looked up among those of the areas before it, so that the
    time grows with the number of figures and not with that of pairs.

    Parameters
    ----------
    figures
        Those of areas, without groups; members of a group have none where the group has one.
    """
    added_up = {
        i.id for i in indicators.values() if i.kind is Kind.COUNT and i.aggregation in _ADDED_UP
    }
    told: dict[Series, dict[str, list[_Told]]] = defaultdict(lambda: defaultdict(list))
    for (indicator, category, period, level, vintage, area), figure in figures.items():
        if indicator in added_up and figure.value is not None:
            one = _Told(period, figure.value, figure.place)
            told[indicator, category, level, vintage][area].append(one)
    pairs = [pair for series, by_area in told.items() for pair in _pairs(series, by_area)]
    for pair in pairs[:SHOWN]:
        _note(pair, collection)
    if len(pairs) > SHOWN:
        place = next(iter(pairs[SHOWN].equal.values()))
        collection.warning("areas_alike_more", place, n=len(pairs) - SHOWN)


def _pairs(series: Series, by_area: Mapping[str, list[_Told]]) -> Iterator[_Pair]:
    """Yield each area that is like one before it; of three alike, two pairs with the first."""
    first: dict[tuple[tuple[str, float], ...], str] = {}
    found: dict[tuple[str, str], _Pair] = {}
    for area, told in by_area.items():
        told.sort(key=lambda one: in_time(one.period))
        for run in _runs(told):
            other = first.setdefault(tuple((one.period, one.value) for one in run), area)
            if other != area:
                pair = found.setdefault((other, area), _Pair(series, (other, area)))
                pair.equal |= {one.period: one.place for one in run}
    yield from found.values()


def _runs(told: Sequence[_Told]) -> Iterator[Sequence[_Told]]:
    """Yield every run of consecutive figures that would hardly occur in two areas by chance."""
    for start in range(len(told) - FEWEST_PERIODS + 1):
        run = told[start : start + FEWEST_PERIODS]
        values = {one.value for one in run}
        if min(values) >= SMALLEST and len(values) >= FEWEST_VALUES:
            yield run


def _note(pair: _Pair, collection: Collection) -> None:
    periods = list(pair.equal)
    indicator, category, level, _ = pair.series
    collection.warning(
        "areas_alike",
        pair.equal[periods[0]],
        indicator=indicator,
        category=category,
        level=level,
        one=pair.areas[0],
        other=pair.areas[1],
        n=len(periods),
        first=periods[0],
        last=periods[-1],
    )
