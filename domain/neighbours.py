"""Which areas are neighbours, as lists of positions counted from 0.

Queen contiguity (a common point is enough) with a small snap, because borders of neighbours are
seldom drawn alike to the millimetre; nearest areas or a distance band where polygons say little.
Source: docs/methods.md, weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Neighbours = list[list[int]]
Positions = npt.NDArray[np.int64]

SNAP_M = 1.0
NEAREST = 4


def contiguity(polygons: Sequence[Any], snap_m: float = SNAP_M) -> Neighbours:
    """Return the areas that touch each area, or come as near as the snap.

    Parameters
    ----------
    polygons
        Shapes in a metric system, shape ``(n_areas,)``; ``None`` or empty has no neighbours.
    snap_m
        Largest gap between two neighbours in metres.

    Returns
    -------
    list of list of int
        Rising positions; symmetric, never the area itself.
    """
    import shapely

    shapes = np.asarray(polygons, dtype=object)
    tree = shapely.STRtree(shapes)
    one, other = tree.query(shapes, predicate="dwithin", distance=snap_m)
    return _grouped(len(shapes), one, other)


def nearest_areas(points: npt.ArrayLike, k: int = NEAREST) -> Neighbours:
    """Return the ``k`` nearest points of each point; seldom symmetric.

    Parameters
    ----------
    points
        Coordinates in a metric system, shape ``(n_areas, 2)``.
    """
    from scipy.spatial import cKDTree

    places = np.asarray(points, dtype=float)
    k = min(k, len(places) - 1)
    if k < 1:
        return [[] for _ in places]
    # one more, for a point may be its own nearest; of points in one place any may come first
    _, found = cKDTree(places).query(places, k=k + 1)
    return [
        sorted([j for j in row if j != i][:k]) for i, row in enumerate(np.asarray(found).tolist())
    ]


def within_band(points: npt.ArrayLike, band: float) -> Neighbours:
    """Return the points at most ``band`` away from each point."""
    from scipy.spatial import cKDTree

    places = np.asarray(points, dtype=float)
    # a point exactly on the band must not be lost to rounding
    pairs = cKDTree(places).query_pairs(band * (1 + 1e-12), output_type="ndarray")
    one, other = pairs.reshape(-1, 2).T
    return _grouped(len(places), np.append(one, other), np.append(other, one))


def with_links(neighbours: Sequence[Sequence[int]], pairs: Iterable[tuple[int, int]]) -> Neighbours:
    """Add pairs by hand, such as the two banks of a river; both become each other's neighbour."""
    linked = [set(around) for around in neighbours]
    for one, other in pairs:
        linked[one].add(other)
        linked[other].add(one)
    return [sorted(around - {i}) for i, around in enumerate(linked)]


def islands(neighbours: Sequence[Sequence[int]]) -> list[int]:
    """Return the areas without any neighbour but themselves."""
    return [i for i, around in enumerate(neighbours) if not set(around) - {i}]


def _grouped(n: int, one: Positions, other: Positions) -> Neighbours:
    kept = one != other
    one, other = one[kept], other[kept]
    order = np.lexsort((other, one))
    ends = np.cumsum(np.bincount(one, minlength=n))
    return [part.tolist() for part in np.split(other[order], ends[:-1])] if n else []


@dataclass(frozen=True)
class Links:
    """The links among the areas whose values are known, renumbered without the others.

    ``sources`` and ``targets`` hold one link a place, ordered by source; ``degrees`` the number
    of neighbours, shape ``(n_known,)``.
    """

    sources: Positions
    targets: Positions
    degrees: Positions

    def sums(self, values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Sum the values of the neighbours of every known area; 0 without neighbours."""
        found = np.zeros(len(self.degrees))
        np.add.at(found, self.sources, values[self.targets])
        return found


def links_among(neighbours: Sequence[Sequence[int]], known: npt.NDArray[np.bool_]) -> Links:
    """Return the links whose both ends are known; an area is never its own neighbour.

    Raises
    ------
    ValueError
        Neighbours and areas differ in number, or a position is out of range.
    """
    n = len(known)
    if len(neighbours) != n:
        raise ValueError("neighbours and areas differ in number")
    sources = np.repeat(np.arange(n), [len(around) for around in neighbours])
    targets = np.array([j for around in neighbours for j in around], dtype=np.int64)
    if len(targets) and (targets.min() < 0 or targets.max() >= n):
        raise ValueError("a neighbour is no area")
    kept = known[sources] & known[targets] & (sources != targets)
    number = np.cumsum(known) - 1
    pairs = np.unique(np.stack([number[sources[kept]], number[targets[kept]]]), axis=1)
    degrees = np.bincount(pairs[0], minlength=int(known.sum()))
    return Links(pairs[0], pairs[1], degrees)
