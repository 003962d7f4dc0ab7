"""How well areas fit together: overlaps, gaps and holes of a level, in the plane of its map.

A level is meant to be a coverage: neighbours share their borders, nothing lies twice, nothing is
left out between them. Borders that are the same vertices on both sides are not looked at twice
(GEOS' check of coverages, ``shapely.coverage_invalid_edges``); only areas whose borders differ
are compared pair by pair, so that a sound map of 11,000 areas costs little more than its union.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

Shapes = npt.NDArray[Any]

MAX_WORK = 30_000_000
"""As many vertices are compared at most, about 15 s; a real map of 200,000 needs 3 million."""

_TOUCHING = 1e-3
"""Share of the width of a gap within which an area still borders on it."""

_CHUNK = 64
_PLANE = 2
_PAIR = 2


class FaultKind(StrEnum):
    """``overlap`` lies in two areas; ``gap`` is narrow, ``hole`` is broad or inside one area."""

    OVERLAP = "overlap"
    GAP = "gap"
    HOLE = "hole"


@dataclass(frozen=True)
class Fault:
    """A piece of plane that is in two areas or in none.

    ``areas`` are positions of the areas it lies in or between, those that share most with it
    first; a hole may lie in one area alone.
    """

    kind: FaultKind
    areas: tuple[int, ...]
    shape: shapely.Geometry


class TooManyOverlapsError(Exception):
    """So many areas lie over one another that comparing them would take minutes."""


def find_faults(shapes: Shapes, width: float, smallest: float) -> list[Fault]:
    """Find what lies in two areas and what lies between areas but in none.

    Parameters
    ----------
    shapes
        Valid (multi)polygons of one level, shape ``(n,)``, in one plane.
    width
        What is narrower between two areas is a gap of drawing, in units of the plane. Broader
        ones are holes: a lake, or land that belongs to no area. A gap may be open to the outside,
        a hole is enclosed.
    smallest
        Pieces of a smaller size are roundings, in square units of the plane.

    Raises
    ------
    TooManyOverlapsError
        Comparing would exceed :data:`MAX_WORK`.
    """
    if len(shapes) == 0:
        return []
    tree = shapely.STRtree(shapes)
    _check_work(tree, shapes)
    faults = _overlaps(tree, shapes, smallest)
    union = shapely.union_all(shapes)
    holes = _holes(union)
    faults += [_between(hole, tree, shapes, width) for hole in holes if hole.area >= smallest]
    known = _Known(tree, shapes, shapely.STRtree(holes), width, smallest)
    faults += known.open_gaps(shapely.get_exterior_ring(shapely.get_parts(union)))
    return sorted(faults, key=lambda fault: -fault.shape.area)


def mean_width(shape: shapely.Geometry) -> float:
    """Return the width of the rectangle that has the size and the perimeter of a piece."""
    half = float(shape.length) / 4
    return half - math.sqrt(max(half * half - float(shape.area), 0.0))


def _check_work(tree: shapely.STRtree, shapes: Shapes) -> None:
    sizes = shapely.get_num_coordinates(shapes)
    work = 0
    for begin in range(0, len(shapes), _CHUNK):
        left, right = tree.query(shapes[begin : begin + _CHUNK])
        work += int((sizes[left + begin] + sizes[right])[left + begin < right].sum())
        if work > MAX_WORK:
            raise TooManyOverlapsError


def _overlaps(tree: shapely.STRtree, shapes: Shapes, smallest: float) -> list[Fault]:
    """Compare areas whose borders are not those of their neighbours with all they meet."""
    uneven = np.flatnonzero(~shapely.is_empty(shapely.coverage_invalid_edges(shapes)))
    left, right = tree.query(shapes[uneven], predicate="intersects")
    left = uneven[left]
    pairs = np.unique(np.sort(np.stack([left, right], axis=1), axis=1), axis=0)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    shared = shapely.intersection(shapes[pairs[:, 0]], shapes[pairs[:, 1]])
    return [
        Fault(FaultKind.OVERLAP, (int(first), int(second)), _surface(piece))
        for (first, second), piece in zip(pairs, shared, strict=True)
        if piece.area > 0 and piece.area >= smallest
    ]


def _surface(piece: shapely.Geometry) -> shapely.Geometry:
    """Leave out the lines and points in which two areas also meet."""
    parts = [p for p in shapely.get_parts(piece) if shapely.get_dimensions(p) == _PLANE]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _holes(union: shapely.Geometry) -> list[shapely.Polygon]:
    """Return what the areas enclose together; areas that lie in a hole of others are left out."""
    rings = [shapely.Polygon(ring) for part in shapely.get_parts(union) for ring in part.interiors]
    islands = shapely.STRtree(shapely.get_parts(union))
    found = []
    for ring in rings:
        within = islands.geometries[islands.query(ring, predicate="contains")]
        rest = shapely.difference(ring, shapely.union_all(within)) if len(within) else ring
        found += [part for part in shapely.get_parts(rest) if part.area > 0]
    return found


def _between(hole: shapely.Polygon, tree: shapely.STRtree, shapes: Shapes, width: float) -> Fault:
    areas = _bordering(hole, tree, shapes)
    is_gap = len(areas) >= _PAIR and mean_width(hole) < width
    return Fault(FaultKind.GAP if is_gap else FaultKind.HOLE, areas, hole)


def _bordering(piece: shapely.Polygon, tree: shapely.STRtree, shapes: Shapes) -> tuple[int, ...]:
    """Return the areas along the edge of a piece, those with the longest common border first."""
    reach = _TOUCHING * mean_width(piece)
    near = tree.query(piece, predicate="dwithin", distance=reach)
    edge = shapely.buffer(piece, reach, quad_segs=1)
    shared = shapely.length(shapely.intersection(shapely.boundary(shapes[near]), edge))
    return tuple(int(near[i]) for i in np.argsort(-shared, kind="stable"))


@dataclass(frozen=True)
class _Known:
    """All that is needed to look for gaps that are open to the outside."""

    tree: shapely.STRtree
    shapes: Shapes
    holes: shapely.STRtree
    width: float
    smallest: float

    def open_gaps(self, outer: Shapes) -> list[Fault]:
        """Return narrow gaps between areas that are open to the outside of the map.

        ``outer`` are the rings around all areas: the sides of an open gap are part of them.
        """
        edges = shapely.coverage_invalid_edges(self.shapes, gap_width=self.width)
        parts = shapely.get_parts(edges)
        coast = shapely.multilinestrings(outer)
        shapely.prepare(coast)
        uneven = parts[shapely.dwithin(coast, parts, _TOUCHING * self.width)]
        if not len(uneven):
            return []
        reach = shapely.union_all(shapely.buffer(uneven, self.width, quad_segs=2))
        faults = []
        for around in shapely.get_parts(reach):
            near = self.shapes[self.tree.query(around, predicate="intersects")]
            if len(near) >= _PAIR:
                faults += list(self._gaps_at(around, near))
        return faults

    def _gaps_at(self, around: shapely.Polygon, near: Shapes) -> Iterator[Fault]:
        """Close what is narrower than ``width`` between the areas near an uneven border.

        Closing grows the areas by half the width and shrinks them again by a little more.
        """
        local = shapely.union_all(near)
        grown = shapely.buffer(local, self.width / 2, join_style="mitre")
        closed = shapely.buffer(grown, -self.width / 2 * 1.0001, join_style="mitre")
        parts = shapely.get_parts(shapely.intersection(shapely.difference(closed, local), around))
        sizes = shapely.area(parts)
        for piece in parts[(sizes > 0) & (sizes >= self.smallest)]:
            if len(self.holes.query(piece.representative_point(), predicate="within")):
                continue
            areas = _bordering(piece, self.tree, self.shapes)
            if len(areas) >= _PAIR:
                yield Fault(FaultKind.GAP, areas, piece)
