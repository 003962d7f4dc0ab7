"""Shapes of a topology: rings stitched from arcs, points scaled."""

from __future__ import annotations

from collections.abc import Sequence
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


class TooManyPositionsError(Exception):
    """A few arcs named over and over would become more positions than a map may have."""

    def __init__(self, n: int) -> None:
        """Take the number of positions so far."""
        super().__init__(n)
        self.params: dict[str, Any] = {"n": n, "limit": MAX_VERTICES}


class Topology:
    """The arcs of a file, from which the shapes of its objects are put together."""

    def __init__(self, arcs: Sequence[Arc], transform: Transform | None) -> None:
        """Take the arcs as positions; points are still to be transformed."""
        self._arcs = arcs
        self._transform = transform
        self._n_positions = 0

    def shape(self, geometry: dict[str, Any]) -> tuple[shapely.Geometry | None, int]:
        """Return the shape of a geometry object and how many of its rings are left out.

        The shape is None where there is none. Rings are left out that have collapsed to less
        than a triangle when the file was simplified.

        Raises
        ------
        FlawedGeometryError
            Another kind than points and areas, arcs that do not exist or do not meet.
        TooManyPositionsError
            More positions than any map may have.
        """
        kind = geometry.get("type")
        if kind is None:
            return None, 0
        if kind == "Point":
            return self._points([geometry.get("coordinates")])[0], 0
        if kind == "MultiPoint":
            return shapely.MultiPoint(self._points(listed(geometry.get("coordinates")))), 0
        if kind == "Polygon":
            return self._areas([geometry.get("arcs")])
        if kind == "MultiPolygon":
            return self._areas(_list(geometry.get("arcs")))
        raise FlawedGeometryError("geometry_wrong_type", found=str(kind)[:_SHOWN])

    def _points(self, written: list[Any]) -> list[shapely.Point]:
        positions = np.array([position_of(position) for position in written], dtype=np.float64)
        if self._transform is not None:
            positions = self._transform.positions(positions)
        return [shapely.Point(x, y) for x, y in positions.tolist()]

    def _areas(self, written: list[Any]) -> tuple[shapely.Geometry | None, int]:
        parts: list[shapely.Polygon] = []
        n_collapsed = 0
        for polygon in written:
            rings = [self._ring(ring) for ring in _list(polygon)]
            whole = [ring for ring in rings if ring is not None]
            n_collapsed += len(rings) - len(whole)
            if whole and rings[0] is not None:
                parts.append(shapely.Polygon(whole[0], whole[1:]))
        if not parts:
            return None, n_collapsed
        return (parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)), n_collapsed

    def _ring(self, indices: Any) -> Arc | None:
        """Return the closed positions of a ring, shape ``(n, 2)``; None where it collapsed."""
        arcs = [self._arc(index) for index in listed(indices)]
        for before, after in zip(arcs, [*arcs[1:], arcs[0]], strict=True):
            if not np.array_equal(before[-1], after[0]):
                x, y = before[-1].tolist()
                raise FlawedGeometryError("topojson_arcs_apart", x=x, y=y)
        ring = np.concatenate([arcs[0], *(arc[1:] for arc in arcs[1:])])
        return None if _is_collapsed(ring) else ring

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
