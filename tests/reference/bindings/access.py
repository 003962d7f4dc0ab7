"""Supply, demand and catchments."""

from __future__ import annotations

import math
from typing import Any

from domain import access
from tests.reference.bindings.contract import AnyForm, Binding, Input, columns

_PLANE_FROM = 360.0
"""No longitude or latitude is larger, so such a pair is in metres of a plane."""


def _catchments(given: Input) -> Any:
    demand, supply = given["demand"], given["supply"]
    cost = given["cost"] if "cost" in given else _matrix(given["cost_od"], demand, supply)
    reach = given.get("max_cost", math.inf)
    plain = access.fca(demand, supply, cost, max_cost=reach)
    weight = _weight(given)
    weighted = access.fca(demand, supply, cost, max_cost=reach, weight=weight) if weight else plain
    return {
        "2sfca": plain["access"],
        "e2sfca": weighted["access"],
        **weighted,
        "demand_weighted_sum": weighted["demand_weighted_sum"],
        "unreached_demand": _positions_or_sum(weighted["unreached"], demand),
        "unused_supply": _positions_or_sum(weighted["unused"], supply),
    }


def _matrix(triples: list[list[float]], demand: list[float], supply: list[float]) -> Any:
    """Spread (demand, supply, cost); numbers start at 1 unless a 0 occurs."""
    first = 0 if any(0 in t[:2] for t in triples) else 1
    table = [[math.nan] * len(supply) for _ in demand]
    for i, j, cost in triples:
        table[int(i) - first][int(j) - first] = cost
    return table


def _weight(given: Input) -> access.Weight | None:
    if "step_weights" in given:
        return access.steps({float(k): float(w) for k, w in given["step_weights"].items()})
    return access.gaussian(given["scale"]) if "scale" in given else None


def _positions_or_sum(positions: list[int], amounts: list[float]) -> AnyForm:
    """Return which places these are, or how much stands there."""
    return AnyForm((positions, sum(amounts[i] for i in positions)))


def _coverage(given: Input) -> Any:
    if "areas" not in given:
        found = (
            access.behind_gap(*_three(given))
            if not _listed(given)
            else columns(access.behind_gap(*three) for three in zip(*_three(given), strict=True))
        )
        return {"children_approx": found.get("children"), "places_approx": found.get("places")}
    tolerance = given.get("tolerance_pp", access.TOLERANCE_PP)
    return columns(
        access.coverage(
            _starting(area, "children"),
            _starting(area, "places"),
            in_care=_starting(area, "in_care"),
            target=area["target"] if "target" in area else given["target_percent"] / 100,
            tolerance_pp=tolerance,
        )
        for area in given["areas"]
    )


def _three(given: Input) -> list[Any]:
    return [given[k] for k in ("coverage_percent", "target_percent", "gap_places")]


def _listed(given: Input) -> bool:
    return isinstance(given["coverage_percent"], list)


def _starting(area: Input, word: str) -> Any:
    """Return the number of an age group, such as ``children_u3``."""
    return next((value for name, value in area.items() if name.startswith(word)), None)


def _nearest(given: Input) -> Any:
    if "demand_xy" in given:
        return access.nearest(given["demand_xy"], given["facility_xy"])
    start, end = _pair(given["from"]), _pair(given["to"])
    if max(map(abs, (*start, *end))) > _PLANE_FROM:
        return {"m": math.dist(start, end)}
    return {"m": access.great_circle_m(_lon_lat(start), _lon_lat(end))}


def _pair(point: Any) -> tuple[float, float]:
    if isinstance(point, dict):
        names = ("lat", "lon") if "lat" in point else ("y", "x")
        return point[names[0]], point[names[1]]
    return point[0], point[1]


def _lon_lat(pair: tuple[float, float]) -> tuple[float, float]:
    """Order a pair: latitude first, as is spoken, unless that is nowhere or lon, lat is Germany."""
    first, second = pair
    in_germany = 5 <= first <= 16 and 47 <= second <= 56
    return (first, second) if abs(first) > 90 or in_germany else (second, first)


BINDINGS: dict[str, Binding] = {
    "2sfca": _catchments,
    "coverage": _coverage,
    "nearest": _nearest,
}
