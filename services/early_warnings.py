"""Which areas moved on several indicators, from released figures of one audience."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from domain.change_tests import Change, last_pair
from domain.early_warning import Tested, burdens, changes_tested, counted, early_warning, standings
from domain.jumps import Counted, suspicious_jumps
from domain.model import Audience, Flag, Indicator, Kind, Level, Polarity, State
from domain.neighbours import Neighbours, contiguity
from domain.periods import position
from domain.selection import Hint
from domain.warning_query import (
    ALL,
    BURDEN,
    WarningChoices,
    WarningQuery,
    parse_warning,
    serialise_warning,
    validate_warning,
)
from domain.warning_view import (
    BROKEN,
    COUNTS,
    NO_PARTS,
    OLD,
    ONE_PERIOD,
    RECUT,
    UNJUDGED,
    IndicatorMoves,
    WarningView,
)
from services.area_figures import BoolArray, FigureReader, Figures, FloatArray
from services.cache import FrameCache, cache_key
from services.monitoring import MonitoringService
from services.plane import METRIC
from services.releases import ReleaseService
from services.settled_address import settle

_MOST_KEPT = 8
_OLD_YEARS = 3.0
"""A change that ended longer ago than this before the newest figures warns nobody."""
_ENDS = {Flag.BREAK.value, Flag.BOUNDARY_ESTIMATED.value}


def can_be_tested(indicator: Indicator) -> bool:
    """Whether chance in an indicator is known: a share or rate with numbers of cases."""
    return indicator.kind in (Kind.SHARE, Kind.RATE) and indicator.interval != "none"


@dataclass(frozen=True)
class _Pair:
    """An indicator with the figures of its last two comparable periods."""

    indicator: Indicator
    before: Figures
    after: Figures
    broken: BoolArray
    is_newest: bool

    def change(self) -> Change:
        """Return what is tested; areas with a break of their own take no part."""
        effect = self.indicator.design_effect or 1.0
        sides = [
            (np.where(self.broken, np.nan, f.cases) / effect, f.bases / effect)
            for f in (self.before, self.after)
        ]
        own = self.indicator
        return Change(own.kind, own.polarity, sides[0], sides[1], own.group, own.rounding)


@dataclass(frozen=True)
class _Changes:
    """What is tested on a level, and reason → indicators that are not."""

    pairs: tuple[_Pair, ...]
    changes: tuple[Change, ...]
    tests: Tested
    left_out: Mapping[str, list[Indicator]]


class EarlyWarningService:
    """Hands out the early-warning list and reads its addresses."""

    def __init__(self, monitoring: MonitoringService, releases: ReleaseService) -> None:
        self._monitoring = monitoring
        self._releases = releases
        self._choices: FrameCache[WarningChoices] = FrameCache(_MOST_KEPT)
        self._views: FrameCache[WarningView] = FrameCache(_MOST_KEPT)
        self._tested: FrameCache[_Changes] = FrameCache(_MOST_KEPT)
        self._around: FrameCache[tuple[Neighbours, ...]] = FrameCache(_MOST_KEPT)

    def choices(self, audience: Audience, release: str) -> WarningChoices:
        """Return what the page of a release may hold."""

        def build() -> WarningChoices:
            choices = self._monitoring.choices(audience, release)
            able = [
                i
                for i in self._monitoring.catalogue(audience, release).indicators
                if can_be_tested(i) and i.id in choices.periods
            ]
            here = {
                x: {_tells_burden(i) for i in able if len(choices.periods[i.id].get(x, ())) > 1}
                for x in choices.level_order
            }
            kinds = {x: (BURDEN, ALL) if True in s else (ALL,) for x, s in here.items() if s}
            return WarningChoices(choices, kinds)

        return self._choices.get_or_build(cache_key(audience, release, "warnings", ()), build)

    def query(
        self, audience: Audience, search: str, chosen: Mapping[str, str] | None = None
    ) -> tuple[WarningQuery, tuple[Hint, ...]]:
        """Return the valid query nearest to an address, and hints on what was replaced.

        Raises
        ------
        UnknownReleaseError
            Nothing has been published yet.
        """
        raw, asked, hints = settle(self._releases, parse_warning(search), chosen, audience)
        release = dict(raw)["release"]
        query, more = validate_warning(raw, self.choices(audience, release))
        return replace(query, is_pinned=asked == release), (*hints, *more)

    def view(self, audience: Audience, query: WarningQuery) -> WarningView:
        """Return what moved; needs a level. Only figures of the audience enter."""
        plain = replace(query, lang="de", is_pinned=False)
        key = cache_key(audience, query.release, "early_warning", (serialise_warning(plain),))
        found = self._views.get_or_build(key, lambda: self._build(audience, query))
        return replace(found, query=query)

    def _build(self, audience: Audience, query: WarningQuery) -> WarningView:
        read = FigureReader(self._monitoring, self._releases, audience, query.release)
        catalogue = self._monitoring.catalogue(audience, query.release)
        offered = self._monitoring.offer(audience, query.release).levels
        level = next(x for x in offered if x.id == query.level)
        areas = self._releases.level_frame(audience, query.release, level.id, level.vintage)
        found = self._tests(audience, query, level, read)
        pairs, changes = found.pairs, found.changes
        warned = early_warning(found.tests, query.q)
        counts = counted(changes, warned)
        town = next((x for x in catalogue.levels if x.kind == "city"), None)
        return WarningView(
            query=query,
            catalogue=catalogue,
            level=level,
            tested=tuple(
                _tested(pair, change, np.isnan(p), _of_town(read, town, pair))
                for pair, change, p in zip(pairs, changes, warned.p, strict=True)
            ),
            area_ids=tuple(str(a) for a in areas.index),
            area_names=tuple(str(n) for n in areas["name"]),
            warned=warned,
            burden=burdens(changes, warned.directions),
            counts=counts,
            standings=standings(counts, warned.is_tested, query.least),
            around=self._neighbours(audience, query.release, level),
            left_out={reason: tuple(some) for reason, some in found.left_out.items()},
        )

    def _tests(
        self, audience: Audience, query: WarningQuery, level: Level, read: FigureReader
    ) -> _Changes:
        """Return what is tested and how; how rare chance is to be hangs on none of it."""

        def build() -> _Changes:
            pairs, left_out = self._pairs(audience, query, level, read)
            changes = tuple(p.change() for p in pairs)
            tests = changes_tested(changes, len(read.areas(level)))
            return _Changes(tuple(pairs), changes, tests, left_out)

        asked = (query.level, query.of, str(query.years))
        key = cache_key(audience, query.release, "changes_tested", asked)
        return self._tested.get_or_build(key, build)

    def _pairs(
        self, audience: Audience, query: WarningQuery, level: Level, read: FigureReader
    ) -> tuple[list[_Pair], dict[str, list[Indicator]]]:
        """Return the pairs that can be tested, and reason → indicators that cannot."""
        held = self._monitoring.choices(audience, query.release).periods
        able: dict[str, tuple[Indicator, tuple[str, ...], tuple[str, str]]] = {}
        left_out: dict[str, list[Indicator]] = {}
        for indicator in self._monitoring.catalogue(audience, query.release).indicators:
            if not held.get(indicator.id, {}).get(level.id):
                continue
            periods = read.periods(level, indicator)
            pair = last_pair(periods, indicator.series_breaks, query.years)
            reason = _why_not(indicator, query.of, periods)
            if reason or pair is None:
                left_out.setdefault(reason or BROKEN, []).append(indicator)
            else:
                able[indicator.id] = indicator, periods, pair
        newest = max((position(pair[1]) for _, _, pair in able.values()), default=0.0)
        pairs = []
        for indicator, periods, pair in able.values():
            if position(pair[1]) < newest - _OLD_YEARS:
                left_out.setdefault(OLD, []).append(indicator)
                continue
            found = _read(read, level, indicator, periods, pair)
            if np.isnan(found.after.cases).all() and not found.after.hidden.any():
                left_out.setdefault(NO_PARTS, []).append(indicator)
            else:
                pairs.append(found)
        return pairs, left_out

    def _neighbours(self, audience: Audience, release: str, level: Level) -> Neighbours | None:
        """Return the neighbours of every area; None for institutions and without outlines."""

        def build() -> tuple[Neighbours, ...]:
            areas = self._releases.level_frame(audience, release, level.id, level.vintage)
            if level.kind != "areas" or not areas.geometry.notna().any():
                return ()
            return (contiguity(areas.geometry.to_crs(METRIC).to_list()),)

        key = cache_key(audience, release, "around", (level.key,))
        return next(iter(self._around.get_or_build(key, build)), None)


def _tells_burden(indicator: Indicator) -> bool:
    return indicator.polarity is not Polarity.NONE


def _why_not(indicator: Indicator, of: str, periods: tuple[str, ...]) -> str:
    """Return why an indicator is not tested, empty if nothing but a break can be in the way."""
    reasons = {
        COUNTS: indicator.kind not in (Kind.SHARE, Kind.RATE),
        NO_PARTS: not can_be_tested(indicator),
        UNJUDGED: of == BURDEN and not _tells_burden(indicator),
        RECUT: not periods,
        ONE_PERIOD: len(periods) == 1,
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def _read(
    read: FigureReader,
    level: Level,
    indicator: Indicator,
    periods: tuple[str, ...],
    pair: tuple[str, str],
) -> _Pair:
    """Read both periods; a break of an area's own in any period after the first parts them."""
    first, last = (periods.index(p) for p in pair)
    figures = [read.at(level, indicator, p) for p in periods[first : last + 1]]
    broken = np.array(
        [
            any(_ENDS & set(f.flags[n].split()) for f in figures[1:])
            or Flag.BOUNDARY_ESTIMATED in figures[0].flags[n].split()
            for n in range(len(figures[0].flags))
        ],
        dtype=bool,
    )
    return _Pair(indicator, figures[0], figures[-1], broken, last == len(periods) - 1)


def _of_town(
    read: FigureReader, town: Level | None, pair: _Pair
) -> tuple[float | None, float | None]:
    if town is None:
        return None, None
    found = [read.at(town, pair.indicator, f.period).values for f in (pair.before, pair.after)]
    first, last = (None if not len(v) or np.isnan(v[0]) else float(v[0]) for v in found)
    return first, last


def _tested(
    pair: _Pair, change: Change, out: BoolArray, town: tuple[float | None, float | None]
) -> IndicatorMoves:
    """Count why the areas ``out`` were not tested, and look for slips in the data."""
    states = zip(pair.before.states, pair.after.states, strict=True)
    hidden = np.array([State.SUPPRESSED in s for s in states], dtype=bool)
    parts: list[FloatArray] = [*change.before, *change.after]
    missing = np.isnan(np.stack(parts)).any(axis=0)
    jumps = suspicious_jumps(
        pair.before.values,
        pair.after.values,
        Counted(parts[0], parts[2], parts[1], parts[3]),
    )
    return IndicatorMoves(
        indicator=pair.indicator,
        periods=(pair.before.period, pair.after.period),
        values=(pair.before.values, pair.after.values),
        town=town,
        is_newest=pair.is_newest,
        hidden=int((out & hidden).sum()),
        recut=int((out & ~hidden & pair.broken).sum()),
        missing=int((out & ~hidden & ~pair.broken & missing).sum()),
        small=int((out & ~hidden & ~pair.broken & ~missing).sum()),
        shift=jumps.common,
        slips=jumps.areas,
    )
