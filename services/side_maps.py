"""The maps of a comparison: two views of a level, and what lies between them."""

from __future__ import annotations

from domain.change_classes import why_not_comparable
from domain.layers import why_not
from domain.model import Audience, Kind
from domain.selection import Hint, Selection
from domain.side_by_side import ComparisonQuery
from domain.side_maps import (
    CHANGE,
    CITY,
    MapChoice,
    MapsQuery,
    SideMaps,
    category_of,
    period_before,
    read_maps,
)
from domain.view import AtlasContent
from services.cache import FrameCache, cache_key
from services.monitoring import MonitoringService

_MOST_KEPT = 6


class SideMapService:
    """Hands out maps beside each other; values, classes and frames are those of the Atlas."""

    def __init__(self, monitoring: MonitoringService) -> None:
        self._monitoring = monitoring
        self._kept: FrameCache[SideMaps] = FrameCache(_MOST_KEPT)

    def read(
        self, audience: Audience, query: ComparisonQuery
    ) -> tuple[MapsQuery | None, tuple[Hint, ...]]:
        """Return what the address of a comparison asks for, and what had to be replaced."""
        offer = self._monitoring.offer(audience, query.release)
        periods = {i: held.get(query.level, ()) for i, held in offer.periods.items()}

        def opening(indicator: str) -> str:
            levels = [
                (p, self._monitoring.level_of(audience, query.release, indicator, query.level, p))
                for p in periods[indicator]
            ]
            # under the boundaries of the newest period, so that a change can be told
            return period_before([p for p, level in levels if level.key == levels[-1][1].key])

        # circles say how large an area is: maps open with what can be compared
        kinds = {i.id: i.kind for i in offer.catalogue.indicators}
        here = [i for i in (*query.indicators, *periods) if periods.get(i)]
        wanted = tuple(sorted(dict.fromkeys(here), key=lambda i: kinds[i] is Kind.COUNT))
        return read_maps(dict(query.sections), periods, wanted, opening)

    def maps(self, audience: Audience, query: ComparisonQuery, wanted: MapsQuery) -> SideMaps:
        """Return the maps; classes of one indicator are the same in every period."""
        parts = (query.level, wanted.left.text, wanted.right.text, wanted.third)
        key = cache_key(audience, query.release, "side_maps", parts)
        return self._kept.get_or_build(key, lambda: self._build(audience, query, wanted))

    def _build(self, audience: Audience, query: ComparisonQuery, wanted: MapsQuery) -> SideMaps:
        left = self._content(audience, query, wanted.left)
        right = self._content(audience, query, wanted.right)
        reason = self._why_not(wanted, left, right)
        if reason:
            return SideMaps(wanted, left, right, None, reason)
        if wanted.third == CITY:
            return SideMaps(wanted, left, right, right)
        since, until = sorted((left, right), key=lambda c: right.view.periods.index(c.period))
        choice = MapChoice(wanted.right.indicator, until.period)
        change = self._content(audience, query, choice, layer=CHANGE, since=since.period)
        return SideMaps(wanted, left, right, change)

    def _content(
        self,
        audience: Audience,
        query: ComparisonQuery,
        choice: MapChoice,
        *,
        layer: str = "value",
        since: str = "",
    ) -> AtlasContent:
        held = self._monitoring.offer(audience, query.release).categories_at
        selection = Selection(
            indicator=choice.indicator,
            period=choice.period,
            level=query.level,
            category=category_of(held[(choice.indicator, query.level)], choice.period),
            layer=layer,
            since=since or Selection("", "", "").since,
            release=query.release,
            lang=query.lang,
        )
        return self._monitoring.atlas_content(audience, selection)

    def _why_not(self, wanted: MapsQuery, left: AtlasContent, right: AtlasContent) -> str:
        """Return why there is no third map, empty where there is one."""
        if wanted.third == CITY:
            return why_not(right.layers, "difference")
        if not wanted.is_one_indicator:
            return "two_indicators"
        if left.view.level.key != right.view.level.key:
            return "recut"
        periods, breaks = right.view.periods, right.view.indicator.series_breaks
        since, until = sorted((left.period, right.period), key=periods.index)
        return why_not(right.layers, CHANGE) or why_not_comparable(since, until, periods, breaks)
