"""The course of one area over re-cuts of its level, as the trend of the Atlas carries it over.

Only what goes into the area is read from the other boundaries; ways and rules are those of
:mod:`services.vintages`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from data.reader import ReleaseReader
from domain.boundaries import NOWHERE
from domain.model import SHOWN_STATES, Audience, Indicator, Level, State
from domain.periods import position
from domain.profile_courses import AREA
from domain.view import CityValue, OtherVintage
from services.group_views import NUMBERS
from services.profile_sheet import PeriodsHeld
from services.recuts import Ways, carried, is_additive
from services.releases import ReleaseService
from services.views import Cells
from services.vintages import pairs_between, ways_between

_SHOWN = frozenset(s.value for s in SHOWN_STATES)
Town = Mapping[str, Mapping[str, CityValue]]


@dataclass(frozen=True)
class Crossing:
    """The ways from another vintage into a level: same areas, and parts of areas."""

    other: Level
    pairs: Mapping[str, str]
    ways: Ways


def crossings_of(
    releases: ReleaseService, audience: Audience, release: str, level: Level
) -> tuple[Crossing, ...]:
    """Return the ways from all other vintages of a level."""
    levels = releases.reader(release, audience).catalogue().levels
    rivals = [x for x in levels if x.id == level.id and x.vintage != level.vintage]
    opened = audience, release
    return tuple(
        Crossing(
            x,
            pairs_between(releases, opened, level, x),
            ways_between(releases, opened, level, x),
        )
        for x in rivals
    )


@dataclass(frozen=True)
class AreaCourses:
    """What is asked for the courses of an area: where it lies, and what a release holds."""

    reader: ReleaseReader
    level: Level
    held: PeriodsHeld
    town: Town

    def elsewhere(
        self, area: str, indicators: Sequence[Indicator], crossings: Sequence[Crossing]
    ) -> dict[str, list[OtherVintage]]:
        """Return indicator → values of the area in other vintages, only those with any."""
        found: dict[str, list[OtherVintage]] = {}
        for crossing in crossings:
            pair = crossing.pairs.get(area)
            ways = [] if pair else crossing.ways.get(area, [])
            origins = [pair] if pair else [s.old for s in ways if s.old != NOWHERE]
            rows = self._rows(crossing.other, origins)
            for indicator in indicators:
                part = self._part(indicator, crossing, (area, origins), rows.get(indicator.id, {}))
                if part is not None:
                    found.setdefault(indicator.id, []).append(part)
        return found

    def _rows(
        self, other: Level, origins: Sequence[str]
    ) -> dict[str, dict[tuple[str, str], Mapping[str, Any]]]:
        found: dict[str, dict[tuple[str, str], Mapping[str, Any]]] = {}
        for row in self.reader.values_of_areas(other.id, other.vintage, origins):
            found.setdefault(row["indicator"], {})[row["period"], row["area"]] = row
        return found

    def _part(
        self,
        indicator: Indicator,
        crossing: Crossing,
        at: tuple[str, Sequence[str]],
        rows: Mapping[tuple[str, str], Mapping[str, Any]],
    ) -> OtherVintage | None:
        area, origins = at
        own = self.held.get(self.level.key, {}).get(indicator.id, ())
        there = self.held.get(crossing.other.key, {}).get(indicator.id, ())
        periods = tuple(p for p in there if p not in own)
        if not periods or not rows:
            return None
        cells = _cells(periods, origins, rows)
        is_estimated = False
        if area in crossing.pairs:
            numbers = cells.numbers["value"][:, 0].tolist()
            values = tuple(None if np.isnan(v) else v for v in numbers)
            states = tuple(State(x) for x in cells.states[:, 0])
        elif is_additive(indicator):
            ways = {area: crossing.ways[area]}
            found = carried(indicator, ways, cells, origins, range(len(periods)))
            values = found.values.get(area, ())
            states = found.states.get(area, (State.OK,) * len(values))
            is_estimated = area in found.estimated
        else:
            return None
        if not any(
            v is not None or s is State.SUPPRESSED for v, s in zip(values, states, strict=True)
        ):
            return None
        town = self.town.get(indicator.id, {})
        return OtherVintage(
            vintage=crossing.other.vintage,
            periods=periods,
            positions=tuple(position(p) for p in periods),
            values={AREA: values},
            city=tuple(town[p].value if p in town else None for p in periods),
            estimated=frozenset({AREA} if is_estimated else ()),
            states={AREA: states},
        )


def _cells(
    periods: Sequence[str],
    areas: Sequence[str],
    rows: Mapping[tuple[str, str], Mapping[str, Any]],
) -> Cells:
    """Lay the rows of one indicator over a few areas; NaN where no number may be shown."""
    shape = (len(periods), len(areas))
    states = np.full(shape, State.NOT_COLLECTED.value, dtype=object)
    numbers = {name: np.full(shape, np.nan) for name in NUMBERS}
    for y, period in enumerate(periods):
        for x, area in enumerate(areas):
            row = rows.get((period, area))
            if row is None:
                continue
            states[y, x] = row["state"]
            if row["state"] in _SHOWN:
                for name, table in numbers.items():
                    table[y, x] = np.nan if row[name] is None else row[name]
    return Cells(tuple(periods), numbers, states, np.full(shape, "", dtype=object))
