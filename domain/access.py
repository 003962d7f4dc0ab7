"""Supply and demand: who reaches how much, how many children a place stands for, what is nearest.

Two-step floating catchment areas (Luo & Wang 2003; with distance weights Luo & Qi 2009), coverage
and attendance of day care; docs/methods.md, supply and demand. Distances are straight lines
unless the caller brings a matrix of ways.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
Weight = Callable[[FloatArray], FloatArray]

EARTH_RADIUS_M = 6_371_000.0
TOLERANCE_PP = 5.0
"""Percentage points around the target within which supply counts as balanced."""


def gaussian(scale: float) -> Weight:
    """Return the weight ``exp(-d² / 2·scale²)``; the scale has the unit of the distance."""
    if scale <= 0:
        raise ValueError("scale must be positive")
    return lambda d: np.exp(-(d**2) / (2 * scale**2))


def steps(zones: Mapping[float, float]) -> Weight:
    """Return a weight by zones: largest distance of a zone → weight, 0 beyond the last."""
    ordered = sorted(zones.items())
    limits = np.array([limit for limit, _ in ordered], dtype=float)
    weights = np.array([weight for _, weight in ordered] + [0.0], dtype=float)
    return lambda d: weights[np.searchsorted(limits, d, side="left")]


def fca(
    demand: Sequence[float],
    supply: Sequence[float],
    cost: npt.ArrayLike,
    *,
    max_cost: float = math.inf,
    weight: Weight | None = None,
) -> dict[str, Any]:
    """Places per child that are in reach, when everybody within reach uses them alike.

    Parameters
    ----------
    demand
        Children at the places of demand, shape ``(n_demand,)``.
    supply
        Places of the facilities, shape ``(n_supply,)``.
    cost
        Distance or time, shape ``(n_demand, n_supply)``; NaN where there is no way.
    max_cost
        Largest distance that counts as reach.
    weight
        Weight of a distance in both steps, ``(n_demand, n_supply)`` in and out; 1 within reach
        unless given.

    Returns
    -------
    dict
        ``access`` (places per child, 0 where nothing is in reach), ``supply_ratio`` (places per
        child in reach of a facility, None where nobody is), ``demand_weighted_sum`` (places that
        reach anybody), ``unreached`` and ``unused`` (positions of demand and supply without the
        other in reach).

    Examples
    --------
    >>> fca([10, 20], [3], [[1], [1]])["access"]
    [0.1, 0.1]
    """
    children, places = np.asarray(demand, dtype=float), np.asarray(supply, dtype=float)
    distance = np.asarray(cost, dtype=float).reshape(len(children), len(places))
    within = ~np.isnan(distance) & (distance <= max_cost)
    safe = np.where(within, distance, 0.0)
    reach = np.where(within, 1.0 if weight is None else weight(safe), 0.0)
    competing = children @ reach
    ratio = np.divide(places, competing, out=np.zeros_like(places), where=competing > 0)
    access = reach @ ratio
    return {
        "access": access.tolist(),
        "supply_ratio": [
            float(r) if used else None for r, used in zip(ratio, competing > 0, strict=True)
        ],
        "demand_weighted_sum": float(children @ access),
        "unreached": np.flatnonzero((reach.sum(axis=1) == 0) & (children > 0)).tolist(),
        "unused": np.flatnonzero((competing == 0) & (places > 0)).tolist(),
    }


def coverage(
    children: float | None,
    places: float | None,
    *,
    target: float,
    in_care: float | None = None,
    tolerance_pp: float = TOLERANCE_PP,
) -> dict[str, Any]:
    """Coverage and attendance of one area and age group, on the same day.

    Parameters
    ----------
    children, places
        Children of the age group and places that can be used.
    target
        Share of the children who need a place, 0 to 1.
    in_care
        Children of the area who are in care anywhere.

    Returns
    -------
    dict
        ``coverage`` and ``attendance`` in percent, ``gap`` in places (below 0: too few),
        ``class`` ``under``, ``balanced``, ``over`` or ``no_demand``, ``note`` (a code or empty).
    """
    if children is None or places is None:
        return {"reason": "na"}
    if children == 0:
        return {
            "coverage": None,
            "attendance": None,
            "gap": float(places),
            "class": "no_demand",
            "note": "no_children",
        }
    share = 100 * places / children
    off = share - 100 * target
    return {
        "coverage": share,
        "attendance": None if in_care is None else 100 * in_care / children,
        "gap": places - target * children,
        "class": "under" if off < -tolerance_pp else "over" if off > tolerance_pp else "balanced",
        "note": "in_care_exceeds_places" if in_care is not None and in_care > places else "",
    }


def behind_gap(coverage_percent: float, target_percent: float, gap_places: float) -> dict[str, Any]:
    """Return the ``children`` and ``places`` behind a published coverage and its missing places.

    Reports write missing places with and without a sign; the size of the gap counts.
    """
    apart = abs(target_percent - coverage_percent)
    if apart == 0:
        return {"reason": "no_gap"}
    children = 100 * abs(gap_places) / apart
    return {"children": children, "places": children * coverage_percent / 100}


def nearest(
    demand_xy: Sequence[Sequence[float]], facility_xy: Sequence[Sequence[float]]
) -> dict[str, Any]:
    """Straight way to the nearest facility, in a plane with metres (EPSG:25832).

    Returns ``nearest_m`` and ``nearest_index`` (0-based, the first of equally near ones), shape
    ``(n_demand,)``; ``reason`` ``no_facility`` where there is none.
    """
    if not len(facility_xy):
        return {"reason": "no_facility"}
    from scipy.spatial import cKDTree

    places = np.asarray(facility_xy, dtype=float)
    points = np.asarray(demand_xy, dtype=float).reshape(-1, 2)
    distance, _ = cKDTree(places).query(points)
    # a tree may return any of several equally near ones; the first one is the stable answer
    first = [
        int(np.flatnonzero(np.hypot(*(places - p).T) <= d * (1 + 1e-12) + 1e-9)[0])
        for p, d in zip(points, distance, strict=True)
    ]
    return {"nearest_m": distance.tolist(), "nearest_index": first}


def great_circle_m(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Return the way over a sphere in metres between two points (longitude, latitude)."""
    (lon, lat), (to_lon, to_lat) = (map(math.radians, p) for p in (start, end))
    half = (
        math.sin((to_lat - lat) / 2) ** 2
        + math.cos(lat) * math.cos(to_lat) * math.sin((to_lon - lon) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(half)))
