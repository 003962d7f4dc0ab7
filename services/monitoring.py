"""Views of one audience: what the map, the bars, the scatter and the table of a page show.

A view is kept as JSON bytes under audience, release and arguments; a new release has new keys, so
nothing is ever cleared.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from domain.layers import FIRST, why_not
from domain.model import TOTAL, Audience, Catalogue, Indicator, Level
from domain.periods import position
from domain.selection import Choices, Selection, serialise, validate
from domain.view import AtlasContent, IndicatorView, MapFrame, Offer, OtherVintage
from services.association import associations, nearest_period
from services.cache import FrameCache, ResultCache, cache_key
from services.encoding import encode, view_json
from services.layer_sources import layer_source
from services.layers import layer_offers, painted_layer
from services.map_frames import build_map_frame, drawn_levels, large_outlines
from services.offers import build_choices, build_offer, of_category, vintages_of
from services.releases import ReleaseService
from services.views import ViewKey, build_view, view_breaks, with_breaks
from services.vintages import other_vintages

_MOST_VIEWS = 8
_MOST_OFFERS = 4
_MOST_TEXTS = 24
_MOST_FRAMES = 8
_MOST_CELLS = 400_000
"""Values (areas times periods) of kept views: a fifth of a kilobyte each."""
_MOST_LETTERS = 24_000_000


@dataclass(frozen=True)
class _Offered:
    """What a release offers an audience; ``vintages`` is (indicator, level) → period → vintage."""

    offer: Offer
    choices: Choices
    availability: pd.DataFrame
    vintages: dict[tuple[str, str], dict[str, str]]


class MonitoringService:
    """Hands out catalogues, frames and views; knows neither Dash nor Flask."""

    def __init__(self, releases: ReleaseService, cache: ResultCache) -> None:
        self._releases = releases
        self._cache = cache
        # a view of 542 areas and 15 years holds some megabytes, so only the last few are kept
        self._views: FrameCache[IndicatorView] = FrameCache(
            _MOST_VIEWS, weigh=_cells, heaviest=_MOST_CELLS
        )
        self._frames: FrameCache[MapFrame | None] = FrameCache(_MOST_FRAMES)
        self._offers: FrameCache[_Offered] = FrameCache(_MOST_OFFERS)
        self._reasons: FrameCache[str] = FrameCache(_MOST_TEXTS)
        self._texts: FrameCache[str] = FrameCache(_MOST_TEXTS, weigh=len, heaviest=_MOST_LETTERS)

    def current(self) -> str | None:
        """Return the id of the published release, or None before the first one."""
        return self._releases.current()

    def catalogue(self, audience: Audience, release: str) -> Catalogue:
        """Return what the release offers."""
        return self._releases.reader(release, audience).catalogue()

    def availability(self, audience: Audience, release: str) -> pd.DataFrame:
        """Return which indicator exists for which level, vintage, category and period."""
        return self._offered(audience, release).availability

    def _offered(self, audience: Audience, release: str) -> _Offered:
        """Return what a release offers, read once; a release never changes."""

        def build() -> _Offered:
            reader = self._releases.reader(release, audience)
            table = reader.availability()
            offer = build_offer(reader.catalogue(), table)
            return _Offered(offer, build_choices(offer, reader), table, vintages_of(table))

        return self._offers.get_or_build(cache_key(audience, release, "offer", ()), build)

    def indicator(self, audience: Audience, release: str, indicator_id: str) -> Indicator:
        """Return the metadata of one indicator; ``KeyError`` when the release has none."""
        found = self.catalogue(audience, release).indicator(indicator_id)
        if found is None:
            raise KeyError(indicator_id)
        return found

    def offer(self, audience: Audience, release: str) -> Offer:
        """Return which indicator exists on which level in which period."""
        return self._offered(audience, release).offer

    def choices(self, audience: Audience, release: str) -> Choices:
        """Return what a selection may hold."""
        return self._offered(audience, release).choices

    def selection(
        self, audience: Audience, raw: dict[str, str]
    ) -> tuple[Selection, tuple[tuple[str, dict[str, Any]], ...]]:
        """Return the valid selection nearest to a raw query, and hints on what was replaced."""
        release, hints = self._releases.wanted(raw.get("release"), audience)
        selection, more = validate({**raw, "release": release}, self.choices(audience, release))
        if selection.layer == "value" or not selection.indicator:
            return selection, (*hints, *more)
        reason = self._why_not(audience, selection)
        if reason:
            more = (*more, ("hint.layer_off", {"layer": selection.layer, "reason": reason}))
            selection = replace(selection, layer="value", since=FIRST)
        return selection, (*hints, *more)

    def _why_not(self, audience: Audience, selection: Selection) -> str:
        """Return why the view of a selection has no such layer; asked anew only for a new view."""
        view = replace(selection, period="", areas=(), extent="", facilities="", lang="")
        level = self.level_of(
            audience, selection.release, selection.indicator, selection.level, selection.period
        )
        key = cache_key(audience, selection.release, "layers", (level.key, serialise(view)))
        return self._reasons.get_or_build(
            key, lambda: why_not(self.atlas_content(audience, selection).layers, selection.layer)
        )

    def cached_text(
        self,
        audience: Audience,
        release: str,
        name: str,
        args: tuple[str, ...],
        build: Callable[[], Any],
    ) -> str:
        """Return ``build()`` as JSON text, encoded once and kept as bytes.

        The last texts are kept as they are, so that what everybody looks at is not unpacked anew.
        """

        def read() -> str:
            body = self._cache.get_or_build(audience, release, name, args, lambda: encode(build()))
            return body.decode("utf-8")

        return self._texts.get_or_build(cache_key(audience, release, name, args), read)

    def level_of(
        self, audience: Audience, release: str, indicator: str, level: str, period: str
    ) -> Level:
        """Return the level in the boundary vintage that holds the period of the indicator."""
        held = self._offered(audience, release).vintages.get((indicator, level), {})
        vintage = held.get(period) or next(reversed(held.values()), "")
        found = self.catalogue(audience, release).level(level, vintage)
        if found is None:
            raise KeyError(level)
        return found

    def map_frame(self, audience: Audience, release: str, level: Level) -> MapFrame | None:
        """Return where the areas of a level lie; None where it has no outlines."""
        key = cache_key(audience, release, "frame", (level.key,))
        return self._frames.get_or_build(
            key, lambda: build_map_frame(self._releases, audience, release, level)
        )

    def large_outlines(self, audience: Audience, release: str, level: Level) -> str | None:
        """Return the address of the outlines of a level where they are large, else None."""
        return large_outlines(self._releases, audience, release, level)

    def view(  # noqa: PLR0913 - the key of a view has that many parts
        self,
        audience: Audience,
        release: str,
        level: Level,
        indicator_id: str,
        *,
        category: str = TOTAL,
        compare: str = "city",
        classes: str = "",
    ) -> IndicatorView:
        """Return one indicator on one level@vintage, all its periods.

        Raises
        ------
        KeyError
            The release holds no such indicator for this audience.
        """
        indicator = of_category(self.indicator(audience, release, indicator_id), category)
        key = ViewKey(audience, release, indicator, level, category, compare)
        view = self._views.get_or_build(key.text, lambda: build_view(self._releases, key))
        if not classes:
            return view
        return with_breaks(view, view_breaks(self._releases, replace(key, classes=classes)))

    def view_bytes(  # noqa: PLR0913 - the key of a view has that many parts
        self,
        audience: Audience,
        release: str,
        level: str,
        vintage: str,
        indicator: str,
        *,
        category: str = TOTAL,
        compare: str = "city",
    ) -> bytes:
        """Return a view as JSON without language, encoded once.

        Raises
        ------
        KeyError
            Unknown level, vintage or indicator.
        """
        found = self.catalogue(audience, release).level(level, vintage)
        if found is None:
            raise KeyError(f"{level}@{vintage}")
        self.indicator(audience, release, indicator)
        return self._cache.get_or_build(
            audience,
            release,
            "view",
            (found.key, indicator, category, compare),
            lambda: encode(
                view_json(
                    self.view(
                        audience, release, found, indicator, category=category, compare=compare
                    )
                )
            ),
        )

    def atlas_content(self, audience: Audience, selection: Selection) -> AtlasContent:
        """Return everything the Atlas page says about one selection."""
        release = selection.release
        level = self.level_of(
            audience, release, selection.indicator, selection.level, selection.period
        )
        catalogue = self.catalogue(audience, release)
        view = self.view(
            audience,
            release,
            level,
            selection.indicator,
            category=selection.category or TOTAL,
            compare=selection.compare,
            classes=selection.classes,
        )
        second = self._second(audience, selection, level)
        source = catalogue.source(view.indicator.source)
        frame = self.map_frame(audience, release, level)
        relations = associations(view, second)
        layers = layer_source(
            self, self._releases.reader(release, audience), (view, second), relations, bool(frame)
        )
        offers = layer_offers(layers)
        asked = "" if why_not(offers, selection.layer) else selection.layer
        return AtlasContent(
            period=nearest_period(view, selection.period) or selection.period,
            view=view,
            second=second,
            associations=relations,
            frame=frame,
            town_name=catalogue.town.name,
            office=source.office if source else "",
            licence=source.licence if source else "",
            positions=tuple(position(p) for p in view.periods),
            elsewhere=self._elsewhere(audience, selection, level),
            drawn_levels=() if frame else self._drawn_levels(audience, selection),
            layers=offers,
            layer=painted_layer(layers, asked, selection.since),
        )

    def _drawn_levels(self, audience: Audience, selection: Selection) -> tuple[Level, ...]:
        """Return the levels with a map on which the chosen indicator exists."""
        offer = self.offer(audience, selection.release)
        held = offer.periods.get(selection.indicator, {})
        levels = tuple(x for x in offer.levels if x.id in held and x.kind != "city")
        return drawn_levels(self._releases, audience, selection.release, levels)

    def _elsewhere(
        self, audience: Audience, selection: Selection, level: Level
    ) -> tuple[OtherVintage, ...]:
        indicator = self.indicator(audience, selection.release, selection.indicator)
        category = selection.category or TOTAL
        key = ViewKey(audience, selection.release, indicator, level, category)
        return other_vintages(self._releases, key)

    def _second(
        self, audience: Audience, selection: Selection, level: Level
    ) -> IndicatorView | None:
        """Return the second indicator of the scatter, of all children where it counts them."""
        if not selection.second:
            return None
        offer = self.offer(audience, selection.release)
        held = offer.categories_at[(selection.second, selection.level)]
        # the total stands first; without the period the newest one decides, as for boundaries
        category = (held.get(selection.period) or next(reversed(held.values())))[0]
        return self.view(audience, selection.release, level, selection.second, category=category)


def _cells(view: IndicatorView) -> int:
    return len(view.area_ids) * len(view.periods)
