"""What a page of need and supply stands on: areas, children, facilities and homes of one release.

All that costs time, reading and laying points into areas, happens once for a kind of facility and
a count of children; trying out changes only computes on these arrays.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from domain.model import Audience, Indicator, Level
from domain.need_query import NONE, NeedQuery
from domain.need_view import Facility
from domain.plain_query import SHOWN
from domain.reach import Ways
from domain.selection import Hint
from domain.supply_plan import Supply, fitting, read_plan, write_plan
from services.area_figures import FigureReader, Figures, FloatArray
from services.monitoring import MonitoringService
from services.need_choices import AGES, ages_in
from services.plane import metric
from services.profile_places import facilities_of
from services.releases import ReleaseService

IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Homes:
    """Where children live: points in metres, shape ``(n, 2)``, how many, and in which area.

    ``owner`` is the position of the area, -1 outside all; ``is_estimate`` says that each area
    is one point inside it; ``ids`` are those of the points, or of the areas.
    """

    points: FloatArray
    weights: FloatArray
    owner: IntArray
    is_estimate: bool
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Ground:
    """Areas in their order with a point in metres inside each, and what stands and lives there."""

    level: Level
    ids: tuple[str, ...]
    names: tuple[str, ...]
    inner: FloatArray
    children_of: Indicator
    children: Figures
    care_of: Indicator | None
    care: Figures | None
    supply: Supply
    listed: tuple[Facility, ...]
    homes: Homes
    ways: Ways

    @property
    def has_ways(self) -> bool:
        """Whether ways from these homes to these facilities are prepared."""
        return len(self.ways.metres) > 0

    @property
    def at(self) -> dict[str, int]:
        """Position of every area by its id."""
        return {area: n for n, area in enumerate(self.ids)}


def build_ground(
    monitoring: MonitoringService,
    releases: ReleaseService,
    audience: Audience,
    query: NeedQuery,
) -> Ground:
    """Read everything a query stands on; of the query only what is counted matters."""
    read = FigureReader(monitoring, releases, audience, query.release)
    children_of = read.indicator(query.children)
    held = monitoring.choices(audience, query.release).periods[query.children]
    level = monitoring.level_of(
        audience, query.release, query.children, query.level, held[query.level][-1]
    )
    areas = releases.level_frame(audience, query.release, level.id, level.vintage)
    children = read.newest(level, children_of)
    care_of = read.indicator(query.care) if query.care != NONE else None
    frame = releases.reader(query.release, audience).facilities(query.kind)
    supply = _supply(areas, frame, query.group)
    ids = tuple(str(a) for a in areas.index)
    homes = _delivered_homes(releases, audience, query, children_of, areas)
    homes = homes or _estimated_homes(areas, children)
    prepared = releases.reader(query.release, audience).ways()
    inner = areas.geometry.representative_point()
    return Ground(
        level=level,
        ids=ids,
        names=tuple(str(name) for name in areas["name"]),
        inner=metric(inner.x, inner.y),
        children_of=children_of,
        children=children,
        care_of=care_of,
        care=read.newest(level, care_of) if care_of else None,
        supply=supply,
        listed=_listed(frame, supply, ids),
        homes=homes,
        ways=_ways(prepared, "" if not homes.is_estimate else level.id, homes, supply),
    )


def in_force(query: NeedQuery, ground: Ground) -> tuple[NeedQuery, tuple[Hint, ...]]:
    """Return the query without areas of other boundaries, and a hint on each of them.

    An address is checked against all areas a level ever had; the page stands on those of today.
    """
    here, changes = frozenset(ground.ids), read_plan(query.plan)[0]
    kept, foreign = fitting(changes, {c.facility for c in changes}, here)
    hints: list[Hint] = [
        ("hint.need_change", {"wanted": write_plan([change])[:SHOWN]}) for change in foreign
    ]
    if query.area and query.area not in here:
        hints.append(("hint.need", {"wanted": query.area[:SHOWN]}))
        query = replace(query, area="")
    return replace(query, plan=write_plan(kept)), tuple(hints)


def _supply(areas: gpd.GeoDataFrame, frame: pd.DataFrame, group: str) -> Supply:
    area = np.full(len(frame), -1, dtype=np.int64)
    order = {str(a): n for n, a in enumerate(areas.index)}
    for name, places in facilities_of(areas, frame).items():
        # on a common border the first area has it, so that none counts twice
        own = [place for place in places if area[place] < 0]
        area[own] = order[name]
    told = pd.to_numeric(frame[f"places_{group}"], errors="coerce")
    return Supply(
        ids=tuple(_text(x) for x in frame["facility_id"]),
        xy=metric(frame["x"], frame["y"]),
        places=told.to_numpy(dtype=float),
        area=area,
    )


def _listed(frame: pd.DataFrame, supply: Supply, ids: tuple[str, ...]) -> tuple[Facility, ...]:
    """Return the facilities for the list, by name."""
    rows = [
        Facility(
            id=supply.ids[n],
            name=_text(row["name"]),
            operator=_text(row["operator"]),
            address=_text(row["address"]),
            hours=_text(row["hours"]),
            area=ids[supply.area[n]] if supply.area[n] >= 0 else "",
            places=None if np.isnan(supply.places[n]) else float(supply.places[n]),
        )
        for n, row in enumerate(frame.to_dict("records"))
    ]
    return tuple(sorted(rows, key=lambda f: f.name.casefold()))


def _delivered_homes(
    releases: ReleaseService,
    audience: Audience,
    query: NeedQuery,
    children_of: Indicator,
    areas: gpd.GeoDataFrame,
) -> Homes | None:
    """Return points of residence, None where the town delivered none for children of these ages.

    Only staff have them.
    """
    table = releases.reader(query.release, audience).demand_points()
    if not len(table) or ages_in(children_of) != AGES[query.group]:
        return None
    told = table["weights"].map(json.loads)
    ids = tuple(str(x) for x in table["point_id"])
    weights = told.map(lambda w: _weight(w, query.group)).to_numpy(dtype=float)
    if weights.sum() <= 0:
        return None
    homes = pd.DataFrame({"x": table["x"], "y": table["y"]})
    owner = np.full(len(table), -1, dtype=np.int64)
    order = {str(a): n for n, a in enumerate(areas.index)}
    for area, places in facilities_of(areas, homes).items():
        owner[places] = order[area]
    return Homes(metric(homes["x"], homes["y"]), weights, owner, False, ids)


def _estimated_homes(areas: gpd.GeoDataFrame, children: Figures) -> Homes:
    """Let the children of an area live at a point inside it."""
    inner = areas.geometry.representative_point()
    known = np.flatnonzero(~np.isnan(children.values) & inner.notna().to_numpy())
    points = metric(inner.x.iloc[known], inner.y.iloc[known])
    ids = tuple(str(areas.index[n]) for n in known)
    return Homes(points, children.values[known], known.astype(np.int64), True, ids)


def _ways(prepared: pd.DataFrame, level: str, homes: Homes, supply: Supply) -> Ways:
    """Return the prepared ways between these homes and facilities; ``level`` is that of homes."""
    at = {name: n for n, name in enumerate(homes.ids)}
    to = {name: n for n, name in enumerate(supply.ids)}
    own = prepared[prepared["level"] == level]
    demand = own["origin"].map(at)
    house = own["facility_id"].map(to)
    known = demand.notna() & house.notna()
    return Ways(
        demand[known].to_numpy(dtype=np.int64),
        house[known].to_numpy(dtype=np.int64),
        own["metres"][known].to_numpy(dtype=float),
    )


def _weight(weights: Mapping[str, float], group: str) -> float:
    """Return the children of a group at a point; all are those of both groups together."""
    parts = ("u3", "ue3") if group == "total" else (group,)
    return sum(float(weights.get(part) or 0) for part in parts)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
