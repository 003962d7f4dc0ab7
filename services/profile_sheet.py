"""What is worked out once for all profiles of a level: how every area stands in each indicator.

One period of each indicator is read for the whole level; the course of one area is read when its
profile is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.reader import ReleaseReader
from domain.conspicuous import conspicuous
from domain.model import SHOWN_STATES, TOTAL, Audience, Indicator, Kind, Level
from domain.periods import in_time, position
from domain.thirds import limits_of_thirds
from domain.view import CityValue
from services.group_views import NUMBERS, shown_value
from services.releases import ReleaseService
from services.signs import Comparison, words_of
from services.views import LIMITS_998, NO_VALUE

Numbers = NDArray[np.float64]
PeriodsHeld = Mapping[str, Mapping[str, tuple[str, ...]]]
_SHOWN = frozenset(s.value for s in SHOWN_STATES)
_NUMBERS = (*NUMBERS, *LIMITS_998)


@dataclass(frozen=True)
class SheetKey:
    """Which sheet: a level of a release for one audience, a period and a comparison."""

    audience: Audience
    release: str
    level: Level
    period: str = ""
    compare: str = "city"


@dataclass(frozen=True)
class IndicatorSheet:
    """How the areas of a level stand in one indicator and period.

    ``values``, ``numerators`` and ``denominators`` (NaN where none is shown), ``badges`` and
    ``clear`` hold one entry an area, in the
    order of the level; ``directions`` is
    1 above, -1 below, 0 not conspicuous and NaN not tested, shape ``(n_areas,)``; ``thirds`` are
    the limits of the thirds of the shown values. ``periods`` are all of this vintage.
    """

    indicator: Indicator
    period: str
    periods: tuple[str, ...]
    city: Mapping[str, CityValue]
    values: Numbers
    numerators: Numbers
    denominators: Numbers
    badges: tuple[str, ...]
    clear: tuple[bool, ...]
    directions: Numbers
    thirds: tuple[float, float] | None

    @property
    def weight(self) -> int:
        """How many words and numbers are kept."""
        return 6 * len(self.badges) + len(self.city)


@dataclass(frozen=True)
class LevelSheet:
    """All indicators of a level@vintage.

    ``places`` is area id → position, ``newest`` the newest period of any indicator.
    """

    key: SheetKey
    places: Mapping[str, int]
    names: tuple[str, ...]
    indicators: tuple[IndicatorSheet, ...]
    newest: str

    @property
    def weight(self) -> int:
        """How many words and numbers are kept."""
        return sum(sheet.weight for sheet in self.indicators)


def build_sheet(
    releases: ReleaseService,
    key: SheetKey,
    held: Mapping[str, tuple[str, ...]],
    town: Mapping[str, Mapping[str, CityValue]],
) -> LevelSheet:
    """Read one period of every indicator of a level, and judge all areas.

    Parameters
    ----------
    held
        Indicator → its periods on the level, see :func:`periods_held`.
    town
        Values of the town, see :func:`town_values`.
    """
    reader = releases.reader(key.release, key.audience)
    areas = releases.level_frame(key.audience, key.release, key.level.id, key.level.vintage)
    base = _Base(reader, key, {str(area): i for i, area in enumerate(areas.index)})
    return LevelSheet(
        key=key,
        places=base.places,
        names=tuple(str(name) for name in areas["name"]),
        indicators=tuple(
            base.sheet(indicator, held[indicator.id], town.get(indicator.id, {}))
            for indicator in reader.catalogue().indicators
            if indicator.id in held
        ),
        newest=max((p for periods in held.values() for p in periods), key=in_time, default=""),
    )


def town_values(reader: ReleaseReader, category: str = TOTAL) -> dict[str, dict[str, CityValue]]:
    """Return indicator → period → value of the town, where the release has one."""
    found: dict[str, dict[str, CityValue]] = {}
    for level in reader.catalogue().levels:
        if level.kind == "city":
            areas = reader.area_ids(level.id, level.vintage)
            for row in reader.values_of_areas(level.id, level.vintage, areas, category=category):
                found.setdefault(row["indicator"], {})[row["period"]] = shown_value(row)
    return found


def periods_held(reader: ReleaseReader) -> PeriodsHeld:
    """Return level@vintage → indicator → its periods there, in time order; wholes only."""
    table = reader.availability()
    rows = table[table["category"] == TOTAL]
    found: dict[str, dict[str, list[str]]] = {}
    for row in rows.itertuples(index=False):
        level = found.setdefault(f"{row.level}@{row.vintage}", {})
        level.setdefault(str(row.indicator), []).append(str(row.period))
    return {
        level: {i: tuple(sorted(periods, key=in_time)) for i, periods in held.items()}
        for level, held in found.items()
    }


def period_for(periods: Sequence[str], wanted: str) -> str:
    """Return the newest period that does not lie behind the wanted one; the first one otherwise.

    Examples
    --------
    >>> period_for(["2019", "2021"], "2020"), period_for(["2019", "2021"], "")
    ('2019', '2021')
    """
    if not wanted or wanted in periods:
        return wanted or periods[-1]
    past = [p for p in periods if position(p) <= position(wanted)]
    return past[-1] if past else periods[0]


@dataclass(frozen=True)
class _Base:
    """What the sheets of all indicators of a level share."""

    reader: ReleaseReader
    key: SheetKey
    places: Mapping[str, int]

    def sheet(
        self, indicator: Indicator, periods: tuple[str, ...], city: Mapping[str, CityValue]
    ) -> IndicatorSheet:
        """Return how all areas stand in one indicator."""
        period = period_for(periods, self.key.period)
        level = self.key.level
        rows = self.reader.values_of_period(indicator.id, level.id, level.vintage, period)
        row = numbers_of(rows, self.places)
        town = city.get(period, NO_VALUE)
        benchmark = self._benchmark(indicator, period, town)
        badges, clear = words_of(indicator, row, Comparison(self.key.compare, benchmark, town))
        is_town = level.kind == "city"
        untested = np.full(len(self.places), np.nan)
        return IndicatorSheet(
            indicator=indicator,
            period=period,
            periods=periods,
            city=city,
            values=row["value"],
            numerators=row["numerator"],
            denominators=row["denominator"],
            badges=badges,
            clear=clear,
            directions=untested if is_town else _directions(indicator, row, town),
            thirds=limits_of_thirds(row["value"]),
        )

    def _benchmark(self, indicator: Indicator, period: str, town: CityValue) -> Numbers:
        """Return what each area is compared with, NaN where there is nothing."""
        found = np.full(len(self.places), np.nan)
        if self.key.compare == "parent":
            for child, value in self._parents_values(indicator, period):
                found[self.places[child]] = value
        elif town.value is not None and self.key.level.kind != "city":
            found[:] = town.value
        return found

    def _parents_values(self, indicator: Indicator, period: str) -> Iterator[tuple[str, float]]:
        for (level, vintage), links in self.parents.items():
            rows = self.reader.values_of_period(indicator.id, level, vintage, period)
            values = {r["area"]: r["value"] for r in rows if r["state"] in _SHOWN}
            for child, parent in links:
                if child in self.places and values.get(parent) is not None:
                    yield child, values[parent]

    @cached_property
    def parents(self) -> dict[tuple[str, str], list[tuple[str, str]]]:
        """Return parent level and vintage → pairs of child and parent; first hierarchy only."""
        table = self.reader.parents(self.key.level.id, self.key.level.vintage)
        if table.empty:
            return {}
        first = table[table["hierarchy"] == sorted(table["hierarchy"].unique())[0]]
        found: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for row in first.itertuples(index=False):
            place = (str(row.parent_level), str(row.parent_vintage))
            found.setdefault(place, []).append((str(row.child), str(row.parent)))
        return found


def numbers_of(rows: Sequence[Mapping[str, Any]], places: Mapping[str, int]) -> dict[str, Numbers]:
    """Lay rows over the areas of a level; NaN where no number may be shown."""
    table = np.full((len(_NUMBERS), len(places)), np.nan)
    for row in rows:
        at = places.get(row["area"])
        if at is not None and row["state"] in _SHOWN:
            table[:, at] = [np.nan if row[n] is None else row[n] for n in _NUMBERS]
    return dict(zip(_NUMBERS, table, strict=True))


def _directions(indicator: Indicator, row: Mapping[str, Numbers], town: CityValue) -> Numbers:
    """Return which areas stand out from the rest of the town; NaN where no test is possible."""
    has_parts = town.numerator is not None and town.denominator
    # where the office gives no interval, its figures do not vary by chance as counts of people do
    has_chance = indicator.kind in (Kind.SHARE, Kind.RATE) and indicator.interval != "none"
    if not has_chance or not has_parts:
        return np.full(len(row["value"]), np.nan)
    effect = indicator.design_effect or 1.0
    return conspicuous(
        indicator.kind,
        row["numerator"] / effect,
        row["denominator"] / effect,
        (float(town.numerator or 0.0) / effect, float(town.denominator or 0.0) / effect),
    ).directions
