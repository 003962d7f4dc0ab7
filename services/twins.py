"""Twins: the areas of a level that are most alike in their circumstances, from shown cells only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from domain.model import SHOWN_STATES, TOTAL, Audience, Indicator, Level
from domain.periods import in_time
from domain.similarity import (
    NEIGHBOURS,
    ONLY_PARTLY,
    FloatArray,
    distances_of,
    nearest,
    standardised,
)
from domain.twins import (
    FEWEST,
    KINDS,
    Candidate,
    Circumstance,
    LeftOut,
    Twin,
    Twins,
    choose_circumstances,
    traits_of,
)
from services.cache import FrameCache, cache_key
from services.releases import ReleaseService

_MOST_LEVELS = 12
_SHOWN = [s.value for s in SHOWN_STATES]


@dataclass(frozen=True)
class _Circle:
    """The areas of a level with their circumstances, standardised once.

    ``z`` has shape ``(n_areas, n_variables)``, ``share`` the weight of each variable.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    chosen: tuple[Candidate, ...]
    left_out: tuple[LeftOut, ...]
    z: FloatArray
    share: FloatArray

    def empty(self, level_key: str, area: str, reason: str) -> Twins:
        """Return that there are no twins, and why."""
        return Twins(area, level_key, (), self.circumstances(), self.left_out, reason)

    def circumstances(self) -> tuple[Circumstance, ...]:
        """Return what areas are compared by."""
        return tuple(Circumstance(c.indicator.id, c.period) for c in self.chosen)


class TwinService:
    """Finds similar areas; what a level's areas are compared by is worked out once a release."""

    def __init__(self, releases: ReleaseService) -> None:
        self._releases = releases
        self._candidates: FrameCache[tuple[Candidate, ...]] = FrameCache(_MOST_LEVELS)
        self._circles: FrameCache[_Circle] = FrameCache(_MOST_LEVELS)

    def twins(
        self,
        audience: Audience,
        release: str,
        level: Level,
        area: str,
        *,
        outcomes: tuple[str, ...] = (),
        k: int = NEIGHBOURS,
    ) -> Twins:
        """Return the areas most alike to ``area``, nearest first.

        Parameters
        ----------
        outcomes
            Indicators that are to be compared between twins; neither they nor others of their
            groups are circumstances.

        Raises
        ------
        KeyError
            The level@vintage has no such area.
        """
        circle = self._circle(audience, release, level, outcomes)
        if area not in circle.ids:
            raise KeyError(area)
        if len(circle.ids) <= FEWEST:
            return circle.empty(level.key, area, "too_few_areas")
        if len(circle.chosen) < FEWEST:
            return circle.empty(level.key, area, "too_few_variables")
        own = circle.ids.index(area)
        distance, rebased = distances_of(circle.z, circle.share, own)
        found = nearest(distance, own, k)
        if not found:
            return circle.empty(level.key, area, "area_unknown")
        return Twins(
            area,
            level.key,
            tuple(_twin(circle, own, i, float(distance[i]), float(rebased[i])) for i in found),
            circle.circumstances(),
            circle.left_out,
        )

    def _circle(
        self, audience: Audience, release: str, level: Level, outcomes: tuple[str, ...]
    ) -> _Circle:
        key = cache_key(audience, release, "circle", (level.key, *sorted(outcomes)))
        return self._circles.get_or_build(
            key, lambda: self._build(audience, release, level, outcomes)
        )

    def _build(
        self, audience: Audience, release: str, level: Level, outcomes: tuple[str, ...]
    ) -> _Circle:
        areas = self._releases.level_frame(audience, release, level.id, level.vintage)
        catalogue = self._releases.reader(release, audience).catalogue()
        key = cache_key(audience, release, "candidates", (level.key,))
        candidates = self._candidates.get_or_build(
            key, lambda: self._read(audience, release, level)
        )
        barred = [i for i in catalogue.indicators if i.id in outcomes]
        chosen, left_out = choose_circumstances(candidates, barred)
        table = np.full((len(areas), len(chosen)), np.nan)
        for column, candidate in enumerate(chosen):
            table[:, column] = candidate.values
        z, share = standardised(table)
        ids = tuple(str(a) for a in areas.index)
        return _Circle(ids, tuple(str(n) for n in areas["name"]), chosen, left_out, z, share)

    def _read(self, audience: Audience, release: str, level: Level) -> tuple[Candidate, ...]:
        """Return the newest values of every indicator of the level that may be a circumstance."""
        reader = self._releases.reader(release, audience)
        index = self._releases.level_frame(audience, release, level.id, level.vintage).index
        table = reader.availability()
        here = table[
            (table["level"] == level.id)
            & (table["vintage"] == level.vintage)
            & (table["category"] == TOTAL)
        ]
        held = {str(i) for i in here["indicator"]}
        found = [
            _newest(i, reader.values(i.id, level.id, level.vintage), index)
            for i in reader.catalogue().indicators
            if i.id in held and i.kind in KINDS
        ]
        return tuple(c for c in found if c is not None)


def _newest(indicator: Indicator, values: pd.DataFrame, index: pd.Index) -> Candidate | None:
    """Return the values of the newest period with any shown, in the order of the areas."""
    shown = values[values["state"].isin(_SHOWN) & values["value"].notna()]
    if shown.empty:
        return None
    period = max({str(p) for p in shown["period"]}, key=in_time)
    now = shown[shown["period"] == period].set_index("area")["value"]
    return Candidate(indicator, period, now.reindex(index).to_numpy(dtype=float))


def _twin(circle: _Circle, own: int, other: int, distance: float, rebased: float) -> Twin:
    alike, differing = traits_of(circle.chosen, circle.z, own, other)
    known = int((~np.isnan(circle.z[own]) & ~np.isnan(circle.z[other])).sum())
    return Twin(
        area=circle.ids[other],
        name=circle.names[other],
        distance=distance,
        rebased=rebased,
        known=known,
        alike=alike,
        differing=differing,
        is_partly=rebased > ONLY_PARTLY,
    )
