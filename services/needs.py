"""Children and places of every area, and who reaches what, from one release for one audience."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import pandas as pd

from domain.access import coverage
from domain.model import SHOWN_STATES, Audience, Level, State
from domain.need_query import (
    NONE,
    NeedChoices,
    NeedQuery,
    parse_need,
    serialise_need,
    validate_need,
)
from domain.need_view import AreaNeed, Facility, NeedView
from domain.reach import DETOUR, Catchment, FloatArray, Reach, reach
from domain.selection import Hint
from services.area_figures import BoolArray, FigureReader, Figures
from services.cache import FrameCache, cache_key
from services.monitoring import MonitoringService
from services.need_choices import AGES, ages_in, need_choices, target_of
from services.plane import metric, to_border
from services.profile_places import facilities_of
from services.releases import ReleaseService
from services.settled_address import settle

DEFAULT_TARGET = 100.0
_MOST_KEPT = 8


@dataclass(frozen=True)
class _Supply:
    """Facilities of a kind: a frame, the area of each (empty outside), and their places.

    ``inside`` is area → positions of its facilities.
    """

    frame: pd.DataFrame
    area: list[str]
    places: FloatArray
    inside: dict[str, list[int]]

    def places_in(self, area: str) -> tuple[float, int, int]:
        """Return places, facilities, and how many of these do not tell their places."""
        at = self.inside.get(area, [])
        told = self.places[at]
        return float(np.nansum(told)), len(at), int(np.isnan(told).sum())


class NeedService:
    """Hands out the page of need and supply and reads its addresses."""

    def __init__(self, monitoring: MonitoringService, releases: ReleaseService) -> None:
        self._monitoring = monitoring
        self._releases = releases
        self._choices: FrameCache[NeedChoices] = FrameCache(_MOST_KEPT)
        self._views: FrameCache[NeedView] = FrameCache(_MOST_KEPT)
        self._borders: FrameCache[FloatArray] = FrameCache(_MOST_KEPT)

    def choices(self, audience: Audience, release: str) -> NeedChoices:
        """Return what the page of a release may hold."""
        key = cache_key(audience, release, "need_choices", ())
        return self._choices.get_or_build(
            key, lambda: need_choices(self._monitoring, self._releases, audience, release)
        )

    def query(
        self, audience: Audience, search: str, chosen: Mapping[str, str] | None = None
    ) -> tuple[NeedQuery, tuple[Hint, ...]]:
        """Return the valid query nearest to an address, and hints on what was replaced.

        Raises
        ------
        UnknownReleaseError
            Nothing has been published yet.
        """
        raw, asked, hints = settle(self._releases, parse_need(search), chosen, audience)
        release = dict(raw)["release"]
        query, more = validate_need(raw, self.choices(audience, release))
        return replace(query, is_pinned=asked == release), (*hints, *more)

    def view(self, audience: Audience, query: NeedQuery) -> NeedView:
        """Return children, places and ways of every area; needs a level."""
        plain = replace(query, lang="de", is_pinned=False, area="")
        key = cache_key(audience, query.release, "need", (serialise_need(plain),))
        found = self._views.get_or_build(key, lambda: self._build(audience, query))
        return replace(found, query=query)

    def _build(self, audience: Audience, query: NeedQuery) -> NeedView:
        read = FigureReader(self._monitoring, self._releases, audience, query.release)
        catalogue = self._monitoring.catalogue(audience, query.release)
        children_of = read.indicator(query.children)
        held = self._monitoring.choices(audience, query.release).periods[query.children]
        level = self._monitoring.level_of(
            audience, query.release, query.children, query.level, held[query.level][-1]
        )
        areas = self._releases.level_frame(audience, query.release, level.id, level.vintage)
        children = read.newest(level, children_of)
        care_of = read.indicator(query.care) if query.care != NONE else None
        care = read.newest(level, care_of) if care_of else None
        supply = self._supply(audience, query, areas)
        reached, is_estimate = self._reach(audience, query, areas, children, supply)
        is_same_age = ages_in(children_of) == AGES[query.group]
        own_target = query.target if query.target is not None else target_of(catalogue, query.group)
        # no target that nobody set is held against children of other ages
        default = DEFAULT_TARGET if is_same_age else None
        target = own_target if own_target is not None else default
        edge = self._border_m(audience, query.release, level) < query.metres
        return NeedView(
            query=query,
            catalogue=catalogue,
            level=level,
            kind=next(k for k in catalogue.facility_kinds if k.id == query.kind),
            children_of=children_of,
            period=children.period,
            care_of=care_of,
            care_period=care.period if care else "",
            target=target,
            has_own_target=own_target is not None,
            is_same_age=is_same_age,
            areas=tuple(
                _area(
                    (str(a), str(name)),
                    n,
                    (children, care, supply),
                    reached,
                    target=target,
                    is_edge=bool(edge[n]),
                )
                for n, (a, name) in enumerate(zip(areas.index, areas["name"], strict=True))
            ),
            facilities=_listed(supply),
            outside=supply.area.count(""),
            is_estimate=is_estimate,
        )

    def _supply(self, audience: Audience, query: NeedQuery, areas: gpd.GeoDataFrame) -> _Supply:
        frame = self._releases.reader(query.release, audience).facilities(query.kind)
        area = [""] * len(frame)
        inside: dict[str, list[int]] = {}
        for name, places in facilities_of(areas, frame).items():
            # on a common border the first area has it, so that none counts twice
            own = [place for place in places if not area[place]]
            inside[name] = own
            for place in own:
                area[place] = name
        told = pd.to_numeric(frame[f"places_{query.group}"], errors="coerce")
        return _Supply(frame, area, told.to_numpy(dtype=float), inside)

    def _border_m(self, audience: Audience, release: str, level: Level) -> FloatArray:
        """Return how far the middle of each area lies from the border of the town, in metres."""

        def build() -> FloatArray:
            areas = self._releases.level_frame(audience, release, level.id, level.vintage)
            return to_border(areas.geometry)

        key = cache_key(audience, release, "need_border", (level.key,))
        return self._borders.get_or_build(key, build)

    def _reach(
        self,
        audience: Audience,
        query: NeedQuery,
        areas: gpd.GeoDataFrame,
        children: Figures,
        supply: _Supply,
    ) -> tuple[list[tuple[float | None, float | None]], bool]:
        """Return places for 100 children in reach and the nearest way of every area."""
        ids = [str(a) for a in areas.index]
        located = np.flatnonzero(supply.frame["x"].notna() & supply.frame["y"].notna())
        houses = metric(supply.frame.iloc[located]["x"], supply.frame.iloc[located]["y"])
        places = np.nan_to_num(supply.places[located])
        points, weights, owner, is_estimate = self._homes(audience, query, areas, children)
        by = Catchment(
            query.metres, DETOUR if query.way == "foot" else 1.0, query.spread == "zones"
        )
        found = reach(points, weights, houses, places, by)
        return [_middle(found, weights, owner == n) for n in range(len(ids))], is_estimate

    def _homes(
        self,
        audience: Audience,
        query: NeedQuery,
        areas: gpd.GeoDataFrame,
        children: Figures,
    ) -> tuple[FloatArray, FloatArray, FloatArray, bool]:
        """Return points where children live, how many, and the position of their area.

        Staff have points of residence where the town delivered some for children of these ages;
        else the children of an area live at a point inside it, which is an estimate.
        """
        table = self._releases.reader(query.release, audience).demand_points()
        own = self._monitoring.indicator(audience, query.release, query.children)
        if len(table) and ages_in(own) == AGES[query.group]:
            told = table["weights"].map(json.loads)
            weights = told.map(lambda w: _weight(w, query.group)).to_numpy(dtype=float)
            if weights.sum() > 0:
                homes = pd.DataFrame({"x": table["x"], "y": table["y"]})
                owner = np.full(len(table), -1.0)
                order = {str(a): n for n, a in enumerate(areas.index)}
                for area, places in facilities_of(areas, homes).items():
                    owner[places] = order[area]
                return metric(homes["x"], homes["y"]), weights, owner, False
        inner = areas.geometry.representative_point()
        known = np.flatnonzero(~np.isnan(children.values) & inner.notna().to_numpy())
        points = metric(inner.x.iloc[known], inner.y.iloc[known])
        return points, children.values[known], known.astype(float), True


def _weight(weights: Mapping[str, float], group: str) -> float:
    """Return the children of a group at a point; all are those of both groups together."""
    parts = ("u3", "ue3") if group == "total" else (group,)
    return sum(float(weights.get(part) or 0) for part in parts)


def _middle(
    found: Reach, weights: FloatArray, here: BoolArray
) -> tuple[float | None, float | None]:
    """Return places for 100 children and the nearest way in metres, for the middle child."""
    total = weights[here].sum()
    if total <= 0:
        return None, None
    access = 100 * float((weights[here] * found.access[here]).sum() / total)
    nearest = float((weights[here] * found.nearest_m[here]).sum() / total)
    return access, None if np.isnan(nearest) else nearest


def _area(
    who: tuple[str, str],
    n: int,
    told: tuple[Figures, Figures | None, _Supply],
    reached: list[tuple[float | None, float | None]],
    *,
    target: float | None,
    is_edge: bool,
) -> AreaNeed:
    children, care, supply = told
    state = children.states[n]
    is_shown = state in SHOWN_STATES and not np.isnan(children.values[n])
    persons = float(children.values[n]) if is_shown else None
    in_care = _number(care.values[n]) if care else None
    places, facilities, unknown = supply.places_in(who[0])
    found = coverage(persons, places, target=(target or 0.0) / 100, in_care=in_care)
    is_measured = target is not None
    return AreaNeed(
        id=who[0],
        name=who[1],
        state=state if is_shown or state not in SHOWN_STATES else State.NOT_COLLECTED,
        children=persons,
        in_care=in_care if is_shown else None,
        places=places,
        facilities=facilities,
        unknown=unknown,
        coverage=found.get("coverage"),
        attendance=found.get("attendance"),
        gap=found.get("gap") if is_measured else None,
        kind=str(found.get("class", "")) if is_measured else "",
        reach=reached[n][0],
        nearest_m=reached[n][1],
        is_edge=is_edge,
    )


def _listed(supply: _Supply) -> tuple[Facility, ...]:
    """Return the facilities for the list, by name."""
    rows = [
        Facility(
            _text(row["name"]),
            _text(row["operator"]),
            _text(row["address"]),
            _text(row["hours"]),
            supply.area[n],
            _number(supply.places[n]),
        )
        for n, row in enumerate(supply.frame.to_dict("records"))
    ]
    return tuple(sorted(rows, key=lambda f: f.name.casefold()))


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
