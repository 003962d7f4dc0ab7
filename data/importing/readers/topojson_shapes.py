"""Shapes of a topology: rings stitched from arcs, points scaled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

from data.importing.readers.geojson_geometry import (
    FlawedGeometryError,
    listed,
    position_of,
    short,
)
from data.importing.readers.limits import MAX_STITCHED_POSITIONS, MAX_VERTICES
from data.importing.readers.topojson_arcs import Arc, Transform

_SHOWN: Final = 40
_ONE_STEP: Final = 1.001
"""A step of the grid, with room for the rounding of its own size."""


class TooManyPositionsError(Exception):
    """A few arcs named over and over would become more positions than a map may have."""

    def __init__(self, n: int) -> None:
        """Take the number of positions so far."""
        super().__init__(n)
        self.params: dict[str, Any] = {"n": n, "limit": MAX_VERTICES}


@dataclass
class Remarks:
    """What was left out or joined while the rings of one feature were put together.

    ``n_collapsed`` rings had shrunk to less than a triangle; ``n_joined`` arcs ended one step
    of the grid beside the beginning of the next.
    """

    n_collapsed: int = 0
    n_joined: int = 0


class Topology:
    """The arcs of a file, from which the shapes of its objects are put together."""

    def __init__(self, arcs: Sequence[Arc], transform: Transform | None) -> None:
        """Take the arcs as positions; points are still to be transformed."""
        self._arcs = arcs
        self._transform = transform
        self._n_positions = 0
        step = (0.0, 0.0) if transform is None else transform.scale
        self._reach = np.abs(step) * _ONE_STEP

    def shape(self, geometry: dict[str, Any]) -> tuple[shapely.Geometry | None, Remarks]:
        """Return the shape of a geometry object (None where it has none) and remarks on it.

        Raises
        ------
        FlawedGeometryError
            Another kind than points and areas, arcs that do not exist or do not meet.
        TooManyPositionsError
            More positions than any map may have.
        """
        kind = geometry.get("type")
        remarks = Remarks()
        if kind is None:
            return None, remarks
        if kind == "Point":
            return self._points([geometry.get("coordinates")])[0], remarks
        if kind == "MultiPoint":
            return shapely.MultiPoint(self._points(listed(geometry.get("coordinates")))), remarks
        if kind == "Polygon":
            return self._areas([geometry.get("arcs")], remarks), remarks
        if kind == "MultiPolygon":
            return self._areas(_list(geometry.get("arcs")), remarks), remarks
        raise FlawedGeometryError("geometry_wrong_type", found=str(kind)[:_SHOWN])

    def _points(self, written: list[Any]) -> list[shapely.Point]:
        positions = np.array([position_of(position) for position in written], dtype=np.float64)
        if self._transform is not None:
            positions = self._transform.positions(positions)
        return [shapely.Point(x, y) for x, y in positions.tolist()]

    def _areas(self, written: list[Any], remarks: Remarks) -> shapely.Geometry | None:
        parts: list[shapely.Polygon] = []
        for polygon in written:
            rings = [self._ring(ring, remarks) for ring in _list(polygon)]
            whole = [ring for ring in rings if ring is not None]
            remarks.n_collapsed += len(rings) - len(whole)
            if whole and rings[0] is not None:
                parts.append(shapely.Polygon(whole[0], whole[1:]))
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)

    def _ring(self, indices: Any, remarks: Remarks) -> Arc | None:
        """Return the closed positions of a ring, shape ``(n, 2)``; None where it collapsed."""
        arcs = [self._arc(index) for index in listed(indices)]
        pieces = [arcs[0]]
        for before, after in zip(arcs, [*arcs[1:], arcs[0][:1]], strict=True):
            is_same = np.array_equal(before[-1], after[0])
            if not is_same:
                self._check_reach(before[-1], after[0])
                remarks.n_joined += 1
            pieces.append(after[1:] if is_same else after)
        ring = np.concatenate(pieces)
        return None if _is_collapsed(ring) else ring

    def _check_reach(self, end: Arc, beginning: Arc) -> None:
        """Refuse arcs that are further apart than the rounding of the grid explains."""
        if not (np.abs(end - beginning) <= self._reach).all():
            x, y = end.tolist()
            raise FlawedGeometryError("topojson_arcs_apart", x=x, y=y)

    def _arc(self, index: Any) -> Arc:
        """Return an arc by its number; ``~n`` (negative) is the arc ``n`` backwards."""
        if not isinstance(index, int) or isinstance(index, bool):
            raise FlawedGeometryError("topojson_arc_unknown", arc=short(index), n=len(self._arcs))
        number = ~index if index < 0 else index
        if number >= len(self._arcs):
            raise FlawedGeometryError(
                "topojson_arc_unknown", arc=str(index)[:_SHOWN], n=len(self._arcs)
            )
        arc = self._arcs[number]
        self._n_positions += len(arc)
        if self._n_positions > MAX_STITCHED_POSITIONS:
            raise TooManyPositionsError(self._n_positions)
        return arc[::-1] if index < 0 else arc


def _list(value: Any) -> list[Any]:
    """Return a list that may be empty; anything else is a flaw."""
    if not isinstance(value, list):
        raise FlawedGeometryError("geojson_coordinates", value=short(value))
    return value


def _is_collapsed(ring: Arc) -> bool:
    """Tell whether a closed ring has fewer than three different positions."""
    others = ring[(ring != ring[0]).any(axis=1)]
    return len(others) == 0 or not bool((others != others[0]).any())
