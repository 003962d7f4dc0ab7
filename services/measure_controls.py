"""Which areas those with a measure are held against, and what was known when it was entered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from data.measures import Measure
from domain.effect_design import entered_before_data
from domain.effects_view import BY_LEVEL, BY_TWINS
from domain.model import Audience, Indicator, Level
from domain.neighbours import Neighbours, contiguity
from domain.periods import period_of
from domain.view import IndicatorView
from services.cache import FrameCache, cache_key
from services.plane import METRIC
from services.releases import DamagedBundleError, ReleaseService, UnknownReleaseError
from services.twins import TwinService

MOST_TWINS = 10
"""So many of the most similar areas of each area with the measure are looked at."""
_MOST_KEPT = 8
_MOST_RELEASES = 16
Held = Mapping[tuple[str, str], frozenset[str]]
"""(Indicator, level) → the periods a release holds."""


@dataclass(frozen=True)
class Controls:
    """Positions of the areas without the measure, and how many were left out for what.

    ``is_apart`` says whether it is known which areas touch.
    """

    positions: tuple[int, ...]
    by: str
    is_apart: bool
    neighbours: int
    other_measures: int


class MeasureControls:
    """Finds the other areas; who touches whom is worked out once for each level."""

    def __init__(self, releases: ReleaseService, twins: TwinService) -> None:
        self._releases = releases
        self._twins = twins
        self._touching: FrameCache[tuple[Neighbours, bool]] = FrameCache(_MOST_KEPT)
        self._periods: FrameCache[Held] = FrameCache(_MOST_RELEASES)

    def find(
        self,
        audience: Audience,
        release: str,
        shown: IndicatorView,
        treated: Sequence[int],
        elsewhere: Collection[str],
    ) -> Controls:
        """Return the areas the ones with the measure may be held against.

        Parameters
        ----------
        treated
            Positions of the areas with the measure among those of ``shown``.
        elsewhere
            Ids of areas that have another measure for the same indicator.

        Notes
        -----
        Those that resemble one of them in circumstances, without what touches them: a measure
        spills over its border. Where a level has too few circumstances to tell what is alike,
        all its areas stand in.
        """
        touching, is_known = self._neighbours(audience, release, shown.level)
        beside = {n for t in treated for n in touching[t]} if is_known else set()
        alike = self._alike(audience, release, shown, treated)
        pool = [n for n in (alike or range(len(shown.area_ids))) if n not in treated]
        busy = {n for n in pool if shown.area_ids[n] in elsewhere}
        near = {n for n in pool if n in beside} - busy
        return Controls(
            positions=tuple(sorted(n for n in pool if n not in busy | near)),
            by=BY_TWINS if alike else BY_LEVEL,
            is_apart=is_known,
            neighbours=len(near),
            other_measures=len(busy),
        )

    def _alike(
        self, audience: Audience, release: str, shown: IndicatorView, treated: Sequence[int]
    ) -> list[int]:
        at = {area: n for n, area in enumerate(shown.area_ids)}
        found: set[int] = set()
        for row in treated:
            told = self._twins.twins(
                audience,
                release,
                shown.level,
                shown.area_ids[row],
                outcomes=(shown.indicator.id,),
                k=MOST_TWINS,
            )
            found |= {at[t.area] for t in told.twins if t.area in at and not t.is_partly}
        return sorted(found)

    def _neighbours(
        self, audience: Audience, release: str, level: Level
    ) -> tuple[Neighbours, bool]:
        def build() -> tuple[Neighbours, bool]:
            frame = self._releases.level_frame(audience, release, level.id, level.vintage)
            shapes = frame.geometry
            if not len(shapes) or shapes.isna().any() or (shapes.geom_type == "Point").any():
                return [[] for _ in range(len(shapes))], False
            return contiguity(shapes.to_crs(METRIC).to_list()), True

        key = cache_key(audience, release, "touching", (level.key,))
        return self._touching.get_or_build(key, build)

    def entered_before_data(self, one: Measure, entered: dt.datetime, indicator: Indicator) -> bool:
        """Return whether a measure was entered before a release held figures of its time.

        ``entered`` is when its expectation was written as it stands.
        Of a release whose files are gone the day decides: made after the start, it may have
        held some.
        """
        here = self._releases.list()
        gone = self._releases.removed()
        told = [(r.created, self._holds(r.id, r.created, one, indicator)) for r in here]
        told += [(r.created, r.created.date() >= one.facts.since) for r in gone]
        return entered_before_data(entered, told)

    def _holds(self, release: str, made: dt.datetime, one: Measure, indicator: Indicator) -> bool:
        try:
            held = self._held(release).get((indicator.id, one.facts.level), frozenset())
        except (UnknownReleaseError, DamagedBundleError):
            return made.date() >= one.facts.since
        periods = (period_of(p) for p in held)
        return any(
            p is not None and p.days(indicator.year_begins)[1] >= one.facts.since for p in periods
        )

    def _held(self, release: str) -> Held:
        """Return which periods a release holds, read once; a release never changes."""

        def build() -> Held:
            table = self._releases.reader(release, Audience.INTERNAL).availability()
            return {
                (str(indicator), str(level)): frozenset(str(p) for p in rows)
                for (indicator, level), rows in table.groupby(["indicator", "level"])["period"]
            }

        key = cache_key(Audience.INTERNAL, release, "held_periods", ())
        return self._periods.get_or_build(key, build)
