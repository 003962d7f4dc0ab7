"""Who reaches how many places on foot: floating catchments over thousands of points, sparsely.

The same as :func:`domain.access.fca` with straight lines, but only pairs in reach are ever
looked at (two-step floating catchment areas, Luo & Wang 2003; with zones Luo & Qi 2009).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.integer[Any]]

DETOUR = 1.3
"""A way on foot is longer than the straight line by this factor."""
ZONES = ((1 / 3, 1.0), (2 / 3, 0.68), (1.0, 0.22))
"""Shares of the reach and the weight of places within them, for reach in zones."""


@dataclass(frozen=True)
class Catchment:
    """How far children go: ``metres`` is the longest way, ways are straight lines × ``detour``.

    With ``in_zones`` near places count more than far ones, by :data:`ZONES`.
    """

    metres: float
    detour: float = 1.0
    in_zones: bool = False


@dataclass(frozen=True)
class Ways:
    """Pairs of demand and supply that have a way: their positions, and its length in metres."""

    demand: IntArray
    supply: IntArray
    metres: FloatArray


@dataclass(frozen=True)
class Reach:
    """What each place of demand reaches; arrays of shape ``(n_demand,)``.

    ``access`` are places for each child, 0 where nothing is in reach; ``nearest_m`` is the way to
    the nearest facility in metres, NaN without any; ``unused`` are positions of facilities that
    no child reaches.
    """

    access: FloatArray
    nearest_m: FloatArray
    unused: tuple[int, ...]


def reach(
    demand_xy: FloatArray,
    children: FloatArray,
    supply_xy: FloatArray,
    places: FloatArray,
    by: Catchment,
) -> Reach:
    """Return the places for each child that are in reach, when all within reach use them alike.

    Parameters
    ----------
    demand_xy, supply_xy
        Points in a plane with metres, shape ``(n, 2)``.
    children, places
        Children and places at these points, shape ``(n,)``.
    by
        How far children go.

    Notes
    -----
    Σ children · access is the number of places that reach anybody.
    """
    from scipy.spatial import cKDTree

    n_demand, n_supply = len(demand_xy), len(supply_xy)
    if not n_demand or not n_supply:
        return Reach(np.zeros(n_demand), np.full(n_demand, np.nan), tuple(range(n_supply)))
    homes, houses = cKDTree(demand_xy), cKDTree(supply_xy)
    pairs = homes.sparse_distance_matrix(houses, by.metres / by.detour, output_type="coo_matrix")
    within = Ways(pairs.row, pairs.col, pairs.data * by.detour)
    nearest, _ = houses.query(demand_xy)
    return _shared(within, children, places, by, nearest * by.detour)


def reach_by_ways(ways: Ways, children: FloatArray, places: FloatArray, by: Catchment) -> Reach:
    """Return the same over prepared ways; a pair without one is out of reach.

    ``children`` and ``places`` are those of all demand and supply, ``by.detour`` does not count.
    """
    nearest = np.full(len(children), np.inf)
    np.minimum.at(nearest, ways.demand, ways.metres)
    near = ways.metres <= by.metres
    within = Ways(ways.demand[near], ways.supply[near], ways.metres[near])
    return _shared(within, children, places, by, np.where(np.isinf(nearest), np.nan, nearest))


def _shared(
    within: Ways, children: FloatArray, places: FloatArray, by: Catchment, nearest_m: FloatArray
) -> Reach:
    """Let all within reach of a facility use it alike."""
    n_supply, length = len(places), within.metres
    weight = _zone_weight(length / by.metres) if by.in_zones else np.ones(len(length))
    competing = np.bincount(
        within.supply, weights=weight * children[within.demand], minlength=n_supply
    )
    ratio = np.divide(places, competing, out=np.zeros(n_supply), where=competing > 0)
    access = np.bincount(
        within.demand, weights=weight * ratio[within.supply], minlength=len(children)
    ).astype(float)
    return Reach(access, nearest_m, tuple(np.flatnonzero(competing == 0).tolist()))


def _zone_weight(share: FloatArray) -> FloatArray:
    ends = np.array([end for end, _ in ZONES])
    weights = np.array([weight for _, weight in ZONES])
    found: FloatArray = weights[np.minimum(np.searchsorted(ends, share), len(ZONES) - 1)]
    return found
