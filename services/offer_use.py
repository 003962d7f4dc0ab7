"""The use of offers by district and hour, from one release for one audience."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from domain.model import Audience
from domain.need_query import NeedQuery, serialise_need
from domain.offer_use import Offer, OfferView, use_of, week_grid
from domain.opening_hours import read_hours
from domain.periods import in_time
from services.cache import FrameCache, cache_key
from services.monitoring import MonitoringService
from services.needs import NeedService
from services.profile_places import facilities_of
from services.releases import ReleaseService

_MOST_KEPT = 8


class OfferUseService:
    """Hands out how one offer is used on the level of a query of need and supply."""

    def __init__(
        self, monitoring: MonitoringService, releases: ReleaseService, needs: NeedService
    ) -> None:
        self._monitoring = monitoring
        self._releases = releases
        self._needs = needs
        self._views: FrameCache[OfferView] = FrameCache(_MOST_KEPT)

    def view(self, audience: Audience, query: NeedQuery) -> OfferView | None:
        """Return the use of the offer asked for; None where the release has none."""
        if not query.offer:
            return None
        plain = NeedQuery(
            query.level, query.kind, query.group, query.children, area=query.area,
            offer=query.offer, release=query.release, is_pinned=True,
        )  # fmt: skip
        key = cache_key(audience, query.release, "offer_use", (serialise_need(plain),))
        found = self._views.get_or_build(key, lambda: self._build(audience, query))
        return replace(found, query=query)

    def _build(self, audience: Audience, query: NeedQuery) -> OfferView:
        ground = self._needs.ground(audience, query)
        reader = self._releases.reader(query.release, audience)
        areas = self._releases.level_frame(
            audience, query.release, ground.level.id, ground.level.vintage
        )
        frame = reader.facilities()
        area_of: dict[int, str] = {}
        for area, places in facilities_of(areas, frame).items():
            area_of |= {place: area for place in places if place not in area_of}
        homes = {
            str(row["facility_id"]): (row, area_of.get(n, ""))
            for n, row in enumerate(frame.to_dict("records"))
        }
        rows = reader.offers()
        rows = rows[(rows["offer"] == query.offer) & rows["facility_id"].isin(list(homes))]
        by_period = {str(period): _offers(told, homes) for period, told in rows.groupby("period")}
        periods = sorted(by_period, key=in_time)
        newest = by_period[periods[-1]] if periods else ()
        shown = [o for o in newest if not query.area or o.area == query.area]
        free = [
            (o.openings, max(o.places - o.taken, 0.0))
            for o in shown
            if o.places is not None and o.taken is not None
        ]
        return OfferView(
            query=query,
            catalogue=self._monitoring.catalogue(audience, query.release),
            level=ground.level,
            offer=query.offer,
            period=periods[-1] if periods else "",
            areas=tuple(
                use_of(area, name, [o for o in newest if o.area == area])
                for area, name in zip(ground.ids, ground.names, strict=True)
            ),
            town=use_of("", "", newest),
            outside=sum(not o.area for o in newest),
            unread=sum(not o.openings for o in shown),
            offers=tuple(sorted(shown, key=lambda o: o.facility.casefold())),
            grid=week_grid((o.openings, o.places or 0.0) for o in shown),
            free_grid=week_grid(free) if free else None,
            earlier=tuple((p, use_of("", "", by_period[p])) for p in periods[:-1]),
            is_internal=audience is Audience.INTERNAL,
            sources=tuple(sorted({_text(x) for x in frame["source"]} - {""})),
        )


def _offers(
    rows: pd.DataFrame, homes: Mapping[str, tuple[Mapping[Any, Any], str]]
) -> Sequence[Offer]:
    found = []
    for row in rows.to_dict("records"):
        facility, area = homes[str(row["facility_id"])]
        hours = _text(row["hours"])
        found.append(
            Offer(
                facility=_text(facility["name"]),
                operator=_text(facility["operator"]),
                area=area,
                target_group=_text(row["target_group"]),
                hours=hours,
                openings=read_hours(hours),
                places=_number(row["places"]),
                taken=_number(row["taken"]),
                waiting=_number(row["waiting"]),
            )
        )
    return found


def _number(value: object) -> float | None:
    number = pd.to_numeric(str(value), errors="coerce")
    return None if np.isnan(number) else float(number)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
