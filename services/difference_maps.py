"""The difference of two releases on the map: one indicator, level and period at a time.

Reads the internal values of both, like :mod:`services.release_difference`: for signed-in staff.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from data.releases import ReleaseStore
from domain.difference_map import ChangedArea, DifferenceMap, Sided, Signs, change_of
from domain.model import SHOWN_STATES, TOTAL, Audience, Indicator, Level, State, Text
from domain.periods import in_time
from domain.print_outlines import PrintOutlines
from domain.release_difference import revisions
from services.cache import FrameCache, cache_key
from services.map_frames import outline_level
from services.print_outlines import on_grid
from services.release_difference import base_of
from services.release_jumps import jumps_of
from services.release_sides import AreaNames, Sides, names_of
from services.releases import ReleaseService

_MOST_MAPS = 4
_SHOWN = frozenset(str(s) for s in SHOWN_STATES)
_HIDDEN = str(State.SUPPRESSED)


@dataclass(frozen=True)
class Cut:
    """Which numbers are compared; empty words are filled in."""

    indicator: str = ""
    level: str = ""
    period: str = ""
    category: str = ""


@dataclass(frozen=True)
class Offer:
    """What can be compared, and what is: ``cut`` holds words of the lists alone.

    ``is_as_asked`` is False where something else was asked for that does not exist.
    """

    base: str
    cut: Cut
    indicators: tuple[Indicator, ...]
    levels: tuple[Level, ...]
    periods: tuple[str, ...]
    categories: tuple[tuple[str, Text], ...]
    """The total first, without a name."""
    is_as_asked: bool

    @property
    def indicator(self) -> Indicator:
        """The indicator compared."""
        return next(i for i in self.indicators if i.id == self.cut.indicator)

    @property
    def level(self) -> Level:
        """The level compared."""
        return next(x for x in self.levels if x.key == self.cut.level)


class DifferenceMapService:
    """Answers what a release changes where."""

    def __init__(self, store: ReleaseStore, releases: ReleaseService) -> None:
        self._store = store
        self._releases = releases
        self._kept: FrameCache[PrintOutlines] = FrameCache(_MOST_MAPS)

    def offer(self, release: str, asked: Cut, first: str = "") -> Offer | None:
        """Return what can be compared; None for a release without any figure.

        Parameters
        ----------
        asked
            Words of an address; unknown ones are replaced by the first that can be shown.
        first
            The indicator to begin with.

        Raises
        ------
        UnknownReleaseError, DamagedBundleError
            There is no other release to compare with, or one cannot be read.
        """
        base = base_of(self._store, release)
        catalogue = self._releases.reader(release, Audience.INTERNAL).catalogue()
        offered = self._releases.reader(release, Audience.INTERNAL).availability()
        there = set(offered["indicator"])
        indicators = tuple(i for i in catalogue.indicators if i.id in there)
        if not indicators:
            return None
        indicator = _chosen(asked.indicator, [i.id for i in indicators], first)
        mine = offered[offered["indicator"] == indicator]
        keys = set(mine["level"] + "@" + mine["vintage"])
        levels = tuple(sorted((x for x in catalogue.levels if x.key in keys), key=_reading))
        level = _chosen(asked.level, [x.key for x in levels])
        mine = mine[(mine["level"] + "@" + mine["vintage"]) == level]
        found = next(i for i in indicators if i.id == indicator)
        held = set(mine["category"])
        split = [(word, name) for word, name in found.categories if word in held]
        categories = [(TOTAL, Text("")), *split] if TOTAL in held else split
        category = _chosen(asked.category, [word for word, _ in categories])
        periods = tuple(
            sorted(set(mine[mine["category"] == category]["period"]), key=in_time, reverse=True)
        )
        cut = Cut(indicator, level, _chosen(asked.period, list(periods)), category)
        pairs = zip(vars(asked).values(), vars(cut).values(), strict=True)
        is_as_asked = all(word in ("", taken) for word, taken in pairs)
        return Offer(base, cut, indicators, levels, periods, tuple(categories), is_as_asked)

    def compare(self, release: str, offer: Offer) -> DifferenceMap:
        """Return what a release changes in every area of a level."""
        inner = self._cells(release, offer, Audience.INTERNAL)
        areas = self._areas(release, offer, inner)
        cut = offer.cut
        return DifferenceMap(
            offer.base, release, offer.indicator, offer.level, cut.period, cut.category, areas
        )

    def outlines(self, release: str, offer: Offer) -> PrintOutlines | None:
        """Return the outlines of the level, those of orphaned areas too; None without a map."""
        level, base = offer.level, offer.base
        drawn = outline_level(self._releases, Audience.INTERNAL, release, level)
        if drawn is None:
            return None
        key = cache_key(Audience.INTERNAL, release, "difference_outlines", (base, level.key))

        def build() -> PrintOutlines:
            own, before = self._frame(release, level), self._frame(base, level)
            gone = before[~before.index.isin(own.index) & before.geometry.notna()]
            both = gpd.GeoDataFrame(pd.concat([own, gone]), crs=own.crs)
            return on_grid(both if drawn == level else self._frame(release, drawn), both)

        return self._kept.get_or_build(key, build)

    def _frame(self, release: str, level: Level) -> gpd.GeoDataFrame:
        return self._releases.level_frame(Audience.INTERNAL, release, level.id, level.vintage)

    def _cells(self, release: str, offer: Offer, audience: Audience) -> _Pair:
        return _Pair(*(self._rows(r, offer, audience) for r in (offer.base, release)))

    def _rows(self, release: str, offer: Offer, audience: Audience) -> pd.DataFrame:
        level, cut = offer.level, offer.cut
        reader = self._releases.reader(release, audience)
        rows = reader.values(cut.indicator, level.id, level.vintage, cut.category)
        return rows.assign(level=level.id, vintage=level.vintage, category=cut.category)

    def _areas(self, release: str, offer: Offer, inner: _Pair) -> tuple[ChangedArea, ...]:
        internal = [self._releases.reader(r, Audience.INTERNAL) for r in (offer.base, release)]
        sides, level = Sides(*internal), offer.level
        old, new = (names_of(reader, level) for reader in internal)
        jumps, _ = jumps_of(offer.indicator, inner.after, inner.before, AreaNames.of(sides))
        jumped = {j.cell.area for j in jumps if j.cell.period == offer.cut.period}
        outer = self._cells(release, offer, Audience.PUBLIC).of(offer.cut.period)
        cells = inner.of(offer.cut.period)
        here = set().union(*(r.area_ids(level.id, level.vintage) for r in internal), cells.index)
        names = {**old, **new}
        known = pd.Index([a for a in {**new, **old} if a in here], dtype="str")
        before, after = _sided(cells, known, "old"), _sided(cells, known, "new")
        seen, shown = (outer.reindex(known)[f"state_{side}"].tolist() for side in ("old", "new"))
        much, little = revisions(*(_numbers(cells, known, side) for side in ("old", "new")))
        signs = [
            Signs(
                is_orphaned=area not in new,
                is_shown=seen[at] == _HIDDEN and shown[at] in _SHOWN,
                is_hidden=seen[at] in _SHOWN and shown[at] == _HIDDEN,
                is_jump=area in jumped,
                is_revised=bool(much[at]),
                is_slight=bool(little[at]),
            )
            for at, area in enumerate(known)
        ]
        return tuple(
            ChangedArea(area, names[area], change_of(b, a, s), b, a)
            for area, b, a, s in zip(known, before, after, signs, strict=True)
        )


@dataclass(frozen=True)
class _Pair:
    """All periods of a series in both releases."""

    before: pd.DataFrame
    after: pd.DataFrame

    def of(self, period: str) -> pd.DataFrame:
        """Return ``value`` and ``state`` of one period by area, ``_old`` and ``_new``."""
        old, new = (
            rows[rows["period"] == period]
            .set_index("area")[["value", "state"]]
            .add_suffix(f"_{side}")
            for rows, side in ((self.before, "old"), (self.after, "new"))
        )
        return old.join(new, how="outer")


def _reading(level: Level) -> tuple[bool, int, str]:
    """Put levels with many areas first: the map of a town as a whole shows one colour."""
    return level.kind == "city", level.order, level.vintage


def _chosen(wanted: str, offered: list[str], first: str = "") -> str:
    return next((word for word in (wanted, first) if word in offered), offered[0])


def _numbers(cells: pd.DataFrame, known: pd.Index, side: str) -> npt.NDArray[np.float64]:
    return cells.reindex(known)[f"value_{side}"].to_numpy(dtype=float)


def _sided(cells: pd.DataFrame, known: pd.Index, side: str) -> list[Sided]:
    states = cells.reindex(known)[f"state_{side}"].tolist()
    return [
        Sided(
            None if math.isnan(value) else value, State(state) if isinstance(state, str) else None
        )
        for value, state in zip(_numbers(cells, known, side).tolist(), states, strict=True)
    ]
