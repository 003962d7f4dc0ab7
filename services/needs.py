"""Children and places of every area, and who reaches what, from one release for one audience."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from domain.access import coverage
from domain.model import SHOWN_STATES, Audience, Level, State
from domain.need_query import (
    LINE,
    MATRIX,
    NeedChoices,
    NeedQuery,
    parse_need,
    serialise_need,
    validate_need,
)
from domain.need_view import AreaNeed, Burden, NeedView
from domain.reach import DETOUR, Catchment, FloatArray, Reach, Ways, reach, reach_by_ways
from domain.selection import Hint
from domain.supply_plan import Change, Supply, changed_supply, new_children, read_plan
from services.area_figures import BoolArray, FigureReader
from services.cache import FrameCache, cache_key
from services.monitoring import MonitoringService
from services.need_choices import AGES, ages_in, assumed_target, need_choices, target_of
from services.need_ground import Ground, Homes, build_ground, in_force
from services.plane import to_border
from services.releases import ReleaseService
from services.settled_address import settle

_MOST_KEPT = 8


class NeedService:
    """Hands out the page of need and supply and reads its addresses."""

    def __init__(self, monitoring: MonitoringService, releases: ReleaseService) -> None:
        self._monitoring = monitoring
        self._releases = releases
        self._choices: FrameCache[NeedChoices] = FrameCache(_MOST_KEPT)
        self._views: FrameCache[NeedView] = FrameCache(_MOST_KEPT)
        self._grounds: FrameCache[Ground] = FrameCache(_MOST_KEPT)
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
        elsewhere: tuple[Hint, ...] = ()
        if query.level and (query.area or query.plan):
            query, elsewhere = in_force(query, self.ground(audience, query))
        return replace(query, is_pinned=asked == release), (*hints, *more, *elsewhere)

    def view(self, audience: Audience, query: NeedQuery) -> NeedView:
        """Return children, places and ways of every area; needs a level."""
        plain = replace(query, lang="de", is_pinned=False, area="", part="", burden="")
        plain = replace(plain, offer="", title="")
        key = cache_key(audience, query.release, "need", (serialise_need(plain),))
        found = self._views.get_or_build(key, lambda: self._build(audience, query))
        return replace(found, query=query)

    def burden(self, audience: Audience, query: NeedQuery) -> Burden | None:
        """Return the need asked for; None where the level has none."""
        if not query.burden:
            return None
        read = FigureReader(self._monitoring, self._releases, audience, query.release)
        indicator = read.indicator(query.burden)
        found = read.newest(self.ground(audience, query).level, indicator)
        values = tuple(_number(v) for v in found.values.tolist())
        return Burden(indicator, found.period, values, found.states)

    def ground(self, audience: Audience, query: NeedQuery) -> Ground:
        """Return areas, children and facilities that a query stands on; needs a level."""
        counted = (query.level, query.kind, query.group, query.children, query.care)
        key = cache_key(audience, query.release, "need_ground", counted)
        return self._grounds.get_or_build(
            key, lambda: build_ground(self._monitoring, self._releases, audience, query)
        )

    def _build(self, audience: Audience, query: NeedQuery) -> NeedView:
        ground = self.ground(audience, query)
        catalogue = self._monitoring.catalogue(audience, query.release)
        is_same_age = ages_in(ground.children_of) == AGES[query.group]
        own_target = query.target if query.target is not None else target_of(catalogue, query.group)
        # no target that nobody set is held against children of other ages
        default = assumed_target(query.group) if is_same_age else None
        target = own_target if own_target is not None else default
        edge = self._border_m(audience, query.release, ground.level) < query.metres
        changes = read_plan(query.plan)[0]
        now = _areas(ground, query, target, edge, ())
        return NeedView(
            query=query,
            catalogue=catalogue,
            level=ground.level,
            kind=next(k for k in catalogue.facility_kinds if k.id == query.kind),
            children_of=ground.children_of,
            period=ground.children.period,
            care_of=ground.care_of,
            care_period=ground.care.period if ground.care else "",
            target=target,
            has_own_target=own_target is not None,
            is_same_age=is_same_age,
            areas=now,
            facilities=ground.listed,
            outside=int((ground.supply.area < 0).sum()),
            is_estimate=ground.homes.is_estimate,
            lacks_ways=query.way == MATRIX and not ground.has_ways,
            changes=changes,
            after=_areas(ground, query, target, edge, changes) if changes else now,
        )

    def _border_m(self, audience: Audience, release: str, level: Level) -> FloatArray:
        """Return how far the middle of each area lies from the border of the town, in metres."""

        def build() -> FloatArray:
            areas = self._releases.level_frame(audience, release, level.id, level.vintage)
            return to_border(areas.geometry)

        key = cache_key(audience, release, "need_border", (level.key,))
        return self._borders.get_or_build(key, build)


def _areas(
    ground: Ground,
    query: NeedQuery,
    target: float | None,
    edge: BoolArray,
    changes: tuple[Change, ...],
) -> tuple[AreaNeed, ...]:
    """Return every area as it is, or as it would be after changes."""
    supply = changed_supply(ground.supply, changes, ground.at, ground.inner)
    added = new_children(changes, ground.at, len(ground.ids))
    reached = _reached(ground, supply, _with_new(ground, added), query)
    here = supply.area >= 0
    n_areas = len(ground.ids)
    known = np.nan_to_num(supply.places[here])
    places = np.bincount(supply.area[here], weights=known, minlength=n_areas)
    facilities = np.bincount(supply.area[here], minlength=n_areas)
    untold = supply.area[here & np.isnan(supply.places)]
    unknown = np.bincount(untold, minlength=n_areas)
    return tuple(
        _area(
            ground,
            n,
            (float(places[n]), int(facilities[n]), int(unknown[n]), *reached[n]),
            added=float(added[n]),
            target=target,
            is_edge=bool(edge[n]),
        )
        for n in range(n_areas)
    )


def _with_new(ground: Ground, added: FloatArray) -> Homes:
    """Return the homes with the new ones, each at the point inside its area if it has one."""
    homes = ground.homes
    is_placed = ~np.isnan(ground.inner).any(axis=1)
    new = np.flatnonzero((added > 0) & ~np.isnan(ground.children.values) & is_placed)
    return replace(
        homes,
        points=np.vstack([homes.points, ground.inner[new]]),
        weights=np.append(homes.weights, added[new]),
        owner=np.append(homes.owner, new),
    )


def _reached(
    ground: Ground, supply: Supply, homes: Homes, query: NeedQuery
) -> list[tuple[float | None, float | None]]:
    """Return places for 100 children in reach and the nearest way of every area."""
    if query.way == MATRIX and ground.has_ways:
        by = Catchment(query.metres, in_zones=query.spread == "zones")
        ways = _ways_after(ground, supply, homes)
        found = reach_by_ways(ways, homes.weights, np.nan_to_num(supply.places), by)
        return [_middle(found, homes.weights, homes.owner == n) for n in range(len(ground.ids))]
    located = np.flatnonzero(~np.isnan(supply.xy).any(axis=1))
    by = Catchment(query.metres, 1.0 if query.way == LINE else DETOUR, query.spread == "zones")
    found = reach(
        homes.points,
        homes.weights,
        supply.xy[located],
        np.nan_to_num(supply.places[located]),
        by,
    )
    return [_middle(found, homes.weights, homes.owner == n) for n in range(len(ground.ids))]


def _ways_after(ground: Ground, supply: Supply, homes: Homes) -> Ways:
    """Return the prepared ways of what is unchanged, and estimates on foot of all that is new."""
    to = {name: n for n, name in enumerate(supply.ids) if name}
    stands = {
        n: to[name]
        for n, name in enumerate(ground.supply.ids)
        if name in to and np.array_equal(supply.xy[to[name]], ground.supply.xy[n], equal_nan=True)
    }
    kept = np.isin(ground.ways.supply, list(stands))
    old_houses = set(stands.values())
    new_houses = [n for n in range(len(supply.ids)) if n not in old_houses]
    new_homes = range(len(ground.homes.ids), len(homes.weights))
    pairs = [(i, j) for i in range(len(homes.weights)) for j in new_houses]
    pairs += [(i, j) for i in new_homes for j in stands.values()]
    at, house = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    estimate = DETOUR * np.hypot(*(homes.points[at] - supply.xy[house]).T)
    placed = ~np.isnan(estimate)
    renamed = np.array([stands.get(n, -1) for n in range(len(ground.supply.ids))], dtype=np.int64)
    return Ways(
        np.append(ground.ways.demand[kept], at[placed]),
        np.append(renamed[ground.ways.supply[kept]], house[placed]),
        np.append(ground.ways.metres[kept], estimate[placed]),
    )


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
    ground: Ground,
    n: int,
    found_here: tuple[float, int, int, float | None, float | None],
    *,
    added: float,
    target: float | None,
    is_edge: bool,
) -> AreaNeed:
    state = ground.children.states[n]
    is_shown = state in SHOWN_STATES and not np.isnan(ground.children.values[n])
    persons = float(ground.children.values[n]) + added if is_shown else None
    in_care = _number(ground.care.values[n]) if ground.care else None
    places, facilities, unknown, reach_here, nearest_m = found_here
    found = coverage(persons, places, target=(target or 0.0) / 100, in_care=in_care)
    is_measured = target is not None
    return AreaNeed(
        id=ground.ids[n],
        name=ground.names[n],
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
        reach=reach_here,
        nearest_m=nearest_m,
        is_edge=is_edge,
    )


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
