"""A few areas side by side, computed from the views of one audience that every page shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from domain.compared_indicator import compared_indicator, latest_until
from domain.comparison_query import (
    ComparisonChoices,
    parse_comparison,
    serialise_comparison,
    validate_comparison,
)
from domain.model import TOTAL, Audience, Level
from domain.name_search import find_further
from domain.own_groups import OwnGroup, read_groups
from domain.pooled_areas import with_groups
from domain.recut_areas import with_carried
from domain.selection import Hint
from domain.side_by_side import (
    GROUP,
    MOST_AREAS,
    ComparedArea,
    ComparedIndicator,
    ComparisonQuery,
    ComparisonView,
    group_id,
    sort_order,
)
from domain.view import IndicatorView, OtherVintage
from services.cache import FrameCache, cache_key
from services.monitoring import MonitoringService
from services.releases import ReleaseService
from services.settled_address import settle
from services.views import ViewKey
from services.vintages import other_vintages

_MOST_SOURCES = 48
_MOST_CELLS = 600_000
"""Values (areas times periods) of the kept sources: a fifth of a kilobyte each."""
_MOST_COMPARISONS = 24


@dataclass(frozen=True)
class _Series:
    """One indicator on one level@vintage, and on the other boundaries of that level."""

    view: IndicatorView
    elsewhere: tuple[OtherVintage, ...]


class ComparisonService:
    """Hands out comparisons and reads their addresses; knows neither Dash nor Flask."""

    def __init__(self, monitoring: MonitoringService, releases: ReleaseService) -> None:
        self._monitoring = monitoring
        self._releases = releases
        self._series: FrameCache[_Series] = FrameCache(
            _MOST_SOURCES, weigh=_cells, heaviest=_MOST_CELLS
        )
        self._names: FrameCache[dict[str, str]] = FrameCache(8)
        self._kept: FrameCache[ComparisonView] = FrameCache(_MOST_COMPARISONS)

    def choices(self, audience: Audience, release: str) -> ComparisonChoices:
        """Return what a comparison of a release may hold."""
        choices = self._monitoring.choices(audience, release)
        catalogue = self._monitoring.catalogue(audience, release)
        themes = {
            t.id: tuple(
                i.id for i in catalogue.indicators if i.theme == t.id and i.id in choices.periods
            )
            for t in catalogue.themes
        }
        return ComparisonChoices(choices, themes)

    def query(
        self, audience: Audience, search: str, chosen: Mapping[str, str] | None = None
    ) -> tuple[ComparisonQuery, tuple[Hint, ...]]:
        """Return the valid query nearest to an address, and hints on what was replaced.

        Parameters
        ----------
        search
            The query string of the page.
        chosen
            Texts by key that are laid over the address, as a reader just chose them.

        Raises
        ------
        UnknownReleaseError
            Nothing has been published yet.
        """
        raw, asked, hints = settle(self._releases, parse_comparison(search), chosen, audience)
        release = dict(raw)["release"]
        query, more = validate_comparison(raw, self.choices(audience, release))
        query, told = self._with_groups(audience, replace(query, is_pinned=asked == release))
        return query, (*hints, *more, *told)

    def _with_groups(
        self, audience: Audience, query: ComparisonQuery
    ) -> tuple[ComparisonQuery, tuple[Hint, ...]]:
        """Return the query with the valid ones among its groups, as many as there is room for."""
        if not query.groups:
            return query, ()
        known = self._monitoring.choices(audience, query.release).areas.get(query.level, ())
        groups, hints = read_groups(query.groups, known)
        room = MOST_AREAS - len(query.areas)
        if len(groups) > room:
            hints = (*hints, ("hint.group_room", {"most": MOST_AREAS}))
        return query.with_section(GROUP, *(g.text for g in groups[:room])), hints

    def comparison(self, audience: Audience, query: ComparisonQuery) -> ComparisonView:
        """Return the areas of a query side by side, in the order it asks for.

        Raises
        ------
        KeyError
            The query names a level or an indicator the release does not hold; a query of
            :meth:`query` never does.
        """
        # language and sections change no number; the view keeps the whole query all the same
        groups = tuple((GROUP, text) for text in query.groups)
        plain = replace(query, lang="de", sections=groups, intervals=False, is_pinned=False)
        key = cache_key(audience, query.release, "comparison", (serialise_comparison(plain),))
        found = self._kept.get_or_build(key, lambda: self._build(audience, plain))
        return replace(found, query=query)

    def names(self, audience: Audience, release: str, level: str) -> dict[str, str]:
        """Return id → name of every area of a level, those of today first, then older ones."""

        def build() -> dict[str, str]:
            found: dict[str, str] = {}
            for held in self._vintages(audience, release, level):
                frame = self._releases.level_frame(audience, release, held.id, held.vintage)
                for area, name in zip(frame.index, frame["name"], strict=True):
                    found.setdefault(str(area), str(name))
            return found

        return self._names.get_or_build(cache_key(audience, release, "names", (level,)), build)

    def names_today(self, audience: Audience, release: str, level: str) -> dict[str, str]:
        """Return id → name of the areas of a level in the boundaries in force."""
        newest = self._vintages(audience, release, level)[0]
        frame = self._releases.level_frame(audience, release, newest.id, newest.vintage)
        return {str(a): str(n) for a, n in zip(frame.index, frame["name"], strict=True)}

    def find(
        self, audience: Audience, query: ComparisonQuery, text: str
    ) -> tuple[tuple[str, str], ...]:
        """Return id and name of the areas a typed text may mean, those chosen left out."""
        names = self.names(audience, query.release, query.level)
        return find_further(names, text, query.areas)

    def _vintages(self, audience: Audience, release: str, level: str) -> list[Level]:
        catalogue = self._monitoring.catalogue(audience, release)
        found = [x for x in catalogue.levels if x.id == level]
        return sorted(found, key=lambda x: x.vintage, reverse=True)

    def _build(self, audience: Audience, query: ComparisonQuery) -> ComparisonView:
        level = self._vintages(audience, query.release, query.level)[0]
        plain = self._areas(audience, query, level)
        groups = self._groups(audience, query)
        areas = (*plain, *_as_areas(groups, len(plain)))
        columns = tuple(
            self._indicator(audience, query, i, plain, groups=groups) for i in query.indicators
        )
        order = sort_order(query, areas, columns)
        return ComparisonView(
            query=query,
            catalogue=self._monitoring.catalogue(audience, query.release),
            level=level,
            areas=tuple(areas[i] for i in order),
            indicators=tuple(_in_order(column, order) for column in columns),
        )

    def _areas(
        self, audience: Audience, query: ComparisonQuery, level: Level
    ) -> tuple[ComparedArea, ...]:
        names = self.names(audience, query.release, query.level)
        held = {area: self._level_with(audience, query, area).vintage for area in query.areas}
        return tuple(
            ComparedArea(
                area, names[area], slot, is_current=held[area] == level.vintage, vintage=held[area]
            )
            for slot, area in enumerate(query.areas)
        )

    def _level_with(self, audience: Audience, query: ComparisonQuery, area: str) -> Level:
        """Return the level in the newest boundaries that know an area."""
        vintages = self._vintages(audience, query.release, query.level)
        frame = self._releases.level_frame
        return next(
            x for x in vintages if area in frame(audience, query.release, x.id, x.vintage).index
        )

    def _indicator(
        self,
        audience: Audience,
        query: ComparisonQuery,
        indicator: str,
        areas: tuple[ComparedArea, ...],
        *,
        groups: tuple[OwnGroup, ...],
    ) -> ComparedIndicator:
        series = self._series_of(audience, query, indicator)
        catalogue = self._monitoring.catalogue(audience, query.release)
        column = compared_indicator(
            series.view,
            series.elsewhere,
            areas,
            wanted=query.period,
            source=catalogue.source(series.view.indicator.source),
        )
        known = set(series.view.area_ids)
        carriers = {
            place: (*self._carrier(audience, query, series.view, area.id), area.id)
            for place, area in enumerate(areas)
            if area.id not in known
        }
        return with_groups(with_carried(column, carriers), series.view, groups)

    def _carrier(
        self, audience: Audience, query: ComparisonQuery, shown: IndicatorView, area: str
    ) -> tuple[IndicatorView, tuple[OtherVintage, ...]]:
        """Return an indicator on the boundaries that know an area, and the values of others."""
        level = self._level_with(audience, query, area)
        found = self._series_on(audience, query, level, (shown.indicator.id, shown.category))
        return found.view, found.elsewhere

    def _groups(self, audience: Audience, query: ComparisonQuery) -> tuple[OwnGroup, ...]:
        known = self._monitoring.choices(audience, query.release).areas.get(query.level, ())
        return read_groups(query.groups, known)[0]

    def _series_of(self, audience: Audience, query: ComparisonQuery, indicator: str) -> _Series:
        """Return an indicator on the boundaries of the period asked for."""
        release, monitoring = query.release, self._monitoring
        offer = monitoring.offer(audience, release)
        held = offer.categories_at[(indicator, query.level)]
        wanted = latest_until(tuple(held), query.period) if query.period else ""
        period = wanted or next(reversed(held))
        # the total stands first where there is one
        category = (held[period] or (TOTAL,))[0]
        level = monitoring.level_of(audience, release, indicator, query.level, period)
        return self._series_on(audience, query, level, (indicator, category))

    def _series_on(
        self, audience: Audience, query: ComparisonQuery, level: Level, asked: tuple[str, str]
    ) -> _Series:
        """Return an indicator and its category on some boundaries of the level."""
        release, monitoring, (indicator, category) = query.release, self._monitoring, asked
        key = cache_key(
            audience, release, "series", (level.key, indicator, category, query.compare)
        )

        def build() -> _Series:
            view = monitoring.view(
                audience, release, level, indicator, category=category, compare=query.compare
            )
            at = ViewKey(audience, release, view.indicator, level, category)
            return _Series(view, other_vintages(self._releases, at))

        return self._series.get_or_build(key, build)


def _as_areas(groups: tuple[OwnGroup, ...], first: int) -> tuple[ComparedArea, ...]:
    """Return groups as areas; their colours follow those of the areas."""
    return tuple(
        ComparedArea(group_id(g.name), g.name, slot, members=g.members)
        for slot, g in enumerate(groups, start=first)
    )


def _in_order(column: ComparedIndicator, order: tuple[int, ...]) -> ComparedIndicator:
    changes: dict[str, Any] = {
        "cells": tuple(column.cells[i] for i in order),
        "courses": tuple(column.courses[i] for i in order),
    }
    return replace(column, **changes)


def _cells(series: _Series) -> int:
    return len(series.view.area_ids) * len(series.view.periods)
