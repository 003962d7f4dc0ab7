"""Measures beside the released figures of one audience: courses, comparison, what may be said."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from data.measures import Measure
from domain.effect_design import windows_of
from domain.effect_table import AreaSeries, course_of, evaluate
from domain.effects_query import (
    EffectsChoices,
    EffectsQuery,
    parse_effects,
    validate_effects,
)
from domain.effects_view import (
    OWN,
    SIMILAR,
    TOWN,
    Course,
    EffectView,
    Entry,
    RegisterView,
)
from domain.measure import DRAFT, DUE, review_of, runs_in, standing_of
from domain.model import SHOWN_STATES, Audience, Level
from domain.selection import Hint
from domain.view import IndicatorView
from services.cache import FrameCache, cache_key
from services.measure_controls import MeasureControls
from services.measures import MeasureService
from services.monitoring import MonitoringService
from services.releases import ReleaseService
from services.settled_address import settle

_MOST_KEPT = 128
"""A year in review shows all measures of a year at once."""


class EffectService:
    """Hands out the register and the view of a measure and reads their addresses."""

    def __init__(
        self,
        monitoring: MonitoringService,
        releases: ReleaseService,
        controls: MeasureControls,
        measures: MeasureService,
    ) -> None:
        self._monitoring = monitoring
        self._releases = releases
        self._controls = controls
        self._measures = measures
        self._views: FrameCache[EffectView] = FrameCache(_MOST_KEPT)

    def query(
        self, audience: Audience, search: str, chosen: Mapping[str, str] | None = None
    ) -> tuple[EffectsQuery, tuple[Hint, ...]]:
        """Return the valid query nearest to an address, and hints on what was replaced.

        Raises
        ------
        UnknownReleaseError
            Nothing has been published yet.
        """
        raw, asked, hints = settle(self._releases, parse_effects(search), chosen, audience)
        query, more = validate_effects(raw, self.choices(audience))
        return replace(query, is_pinned=asked == query.release), (*hints, *more)

    def choices(self, audience: Audience) -> EffectsChoices:
        """Return what an address may ask for."""
        today, found = self._measures.today(), self._measures.all(audience)
        # an address without a measure opens one whose review has come
        found = sorted(found, key=lambda m: review_of(m.facts, today) != DUE)
        return EffectsChoices(
            measures={
                m.id: (
                    tuple(f"{m.facts.level}/{a}" for a in m.facts.areas),
                    standing_of(m.facts, today),
                )
                for m in found
            },
            years=_years(found, today.year),
        )

    def register(self, audience: Audience, query: EffectsQuery) -> RegisterView:
        """Return the measures an audience may see, and those the filters of the page leave."""
        today = self._measures.today()
        found = self._measures.all(audience)
        entries = tuple(self._entry(audience, query.release, m) for m in found)
        fitting = self.choices(audience).fitting(query.area, query.status)
        return RegisterView(
            release=query.release,
            catalogue=self._monitoring.catalogue(audience, query.release),
            today=today,
            entries=entries,
            listed=tuple(e for e in entries if e.id in fitting),
            years=tuple(_years(found, today.year)),
        )

    def view(self, audience: Audience, release: str, measure_id: str) -> EffectView:
        """Return one measure with its courses; ``KeyError`` for one the audience may not see."""
        found = {m.id: m for m in self._measures.all(audience)}
        return self._view(audience, release, found[measure_id], list(found.values()))

    def _view(
        self, audience: Audience, release: str, one: Measure, register: Sequence[Measure]
    ) -> EffectView:
        rivals = [m for m in register if _is_rival(m, one)]
        stamps = sorted(f"{m.id}.{m.version}" for m in rivals)
        today = self._measures.today().isoformat()
        made = ",".join(r.id for r in self._releases.list())
        words = (f"{one.id}.{one.version}", today, made, *stamps)
        key = cache_key(audience, release, "effect", words)
        return self._views.get_or_build(key, lambda: self._build(audience, release, one, rivals))

    def stamp(self, audience: Audience) -> str:
        """Return a text that changes with the register: part of the key of what is kept."""
        told = sorted(f"{m.id}.{m.version}" for m in self._measures.all(audience))
        return hashlib.sha256(" ".join(told).encode()).hexdigest()[:16]

    def of_year(self, audience: Audience, release: str, year: int) -> tuple[EffectView, ...]:
        """Return the measures that ran in a year."""
        register = self._measures.all(audience)
        return tuple(
            self._view(audience, release, m, register) for m in register if runs_in(m.facts, year)
        )

    def of_area(self, audience: Audience, level: str, area: str) -> tuple[Measure, ...]:
        """Return the measures in an area."""
        return tuple(
            m
            for m in self._measures.all(audience)
            if m.facts.level == level and area in m.facts.areas
        )

    def _entry(self, audience: Audience, release: str, one: Measure) -> Entry:
        facts, today = one.facts, self._measures.today()
        level = self._level(audience, release, one)
        names: Mapping[str, str] = {}
        if level is not None:
            frame = self._releases.level_frame(audience, release, level.id, level.vintage)
            named = frame["name"].reindex(list(facts.areas)).dropna()
            names = {str(a): str(n) for a, n in named.items()}
        return Entry(
            id=one.id,
            facts=facts,
            entered=one.created,
            is_draft=one.state == DRAFT,
            standing=standing_of(facts, today),
            review=review_of(facts, today),
            area_names=tuple(names.get(a, a) for a in facts.areas),
            level=level,
            indicator=self._monitoring.catalogue(audience, release).indicator(facts.indicator),
        )

    def _level(self, audience: Audience, release: str, one: Measure) -> Level | None:
        """Return the level of a measure on the boundaries of the newest figures."""
        facts = one.facts
        held = self._monitoring.choices(audience, release).periods.get(facts.indicator, {})
        if periods := held.get(facts.level):
            return self._monitoring.level_of(
                audience, release, facts.indicator, facts.level, periods[-1]
            )
        levels = self._monitoring.catalogue(audience, release).levels
        return next((x for x in reversed(levels) if x.id == facts.level), None)

    def _build(
        self, audience: Audience, release: str, one: Measure, rivals: Sequence[Measure]
    ) -> EffectView:
        entry = self._entry(audience, release, one)
        held = self._monitoring.choices(audience, release).periods.get(one.facts.indicator, {})
        if entry.indicator is None or entry.level is None or not held.get(one.facts.level):
            return EffectView(entry, problem="no_indicator")
        shown = self._monitoring.view(audience, release, entry.level, entry.indicator.id)
        series = series_of(shown)
        treated = [shown.area_ids.index(a) for a in one.facts.areas if a in shown.area_ids]
        if not treated:
            return EffectView(entry, problem="no_areas")
        facts, own = one.facts, entry.indicator
        breaks = tuple(b.period for b in own.series_breaks if not b.comparable)
        windows = windows_of(series.periods, facts.since, facts.until, breaks, own.year_begins)
        others = self._controls.find(
            audience, release, shown, treated, [a for m in rivals for a in m.facts.areas]
        )
        expected = self._measures.expected(one)
        is_before = self._controls.entered_before_data(one, expected, own)
        found = evaluate(
            series,
            windows,
            treated,
            others.positions,
            is_before_data=is_before,
            is_apart=others.is_apart,
        )
        town = [shown.by_period[p].city for p in shown.periods]
        numbers = tuple(c.value if c.state in SHOWN_STATES else None for c in town)
        courses = (
            course_of(OWN, series, found.treated or treated),
            course_of(SIMILAR, series, found.others),
            Course(TOWN, numbers, len(shown.area_ids), is_pooled=True),
        )
        kept = tuple(c for c in courses if any(v is not None for v in c.values))
        return EffectView(
            entry=entry,
            periods=series.periods,
            courses=kept,
            windows=windows,
            breaks=breaks,
            design=found.design,
            statement=found.statement,
            is_before_data=is_before,
            expected=expected,
            parallel=found.parallel,
            found=found.found,
            n_treated=len(found.treated),
            others=tuple(sorted(shown.area_names[n] for n in found.others)),
            left_out=len(facts.areas) - len(found.treated),
            others_left_out=len(others.positions) - len(found.others),
            neighbours_left_out=others.neighbours,
            other_measures=others.other_measures,
            by=others.by,
            has_older_boundaries=self._has_older(audience, release, shown),
            is_extreme=found.is_extreme,
            problem="" if any(c.kind == OWN for c in kept) else "no_values",
        )

    def _has_older(self, audience: Audience, release: str, shown: IndicatorView) -> bool:
        table = self._monitoring.availability(audience, release)
        here = table[
            (table["indicator"] == shown.indicator.id) & (table["level"] == shown.level.id)
        ]
        return bool((here["vintage"] != shown.level.vintage).any())


def series_of(shown: IndicatorView) -> AreaSeries:
    """Return the shown figures of a view as arrays; NaN where no number may be seen."""
    values = np.full((len(shown.area_ids), len(shown.periods)), np.nan)
    bases = np.full_like(values, np.nan)
    for n, period in enumerate(shown.periods):
        told = shown.by_period[period]
        for row, (value, state) in enumerate(zip(told.values, told.states, strict=True)):
            if state in SHOWN_STATES and value is not None:
                values[row, n] = value
                base = told.denominators[row]
                bases[row, n] = np.nan if base is None else base
    return AreaSeries(shown.periods, values, bases)


def _is_rival(other: Measure, one: Measure) -> bool:
    """Return whether another measure is to move the same indicator on the same level."""
    a, b = other.facts, one.facts
    return other.id != one.id and (a.level, a.indicator) == (b.level, b.indicator)


def _years(found: Sequence[Measure], last: int) -> list[int]:
    """Return the years that can be looked back on, the newest first."""
    begun = [m.facts.since.year for m in found if m.facts.since.year <= last]
    return list(range(last, min(begun) - 1, -1)) if begun else []
