"""Cut the land into boroughs, districts, social areas and school areas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from data.demo.generate import sketch
from data.demo.generate.curves import Points
from data.demo.generate.land import Land
from data.demo.generate.names import DISTRICTS
from data.demo.generate.partition import Piece, divide, inside
from data.demo.generate.randomness import stream

HARBOUR: Final = 2
"""The borough of the islands."""

PLAN: Final[tuple[tuple[int, tuple[float, float], int], ...]] = (
    (1, (0.25, 0.3), 1), (1, (1.5, 0.9), 2), (1, (-1.1, -0.3), 2),
    (2, (-1.7, 3.4), 1), (2, (-3.1, 2.5), 1), (2, (-4.3, 6.0), 2),
    (3, (0.9, 2.7), 2), (3, (2.4, 5.4), 3),
    (4, (2.6, 1.3), 2), (4, (5.8, 1.9), 2),
    (5, (3.2, -1.4), 1), (5, (6.4, -2.5), 2),
    (6, (2.3, -2.8), 1), (6, (4.1, -5.2), 2),
    (7, (-1.6, -2.3), 2), (7, (-2.5, -4.6), 2),
    (8, (-3.2, 1.1), 2), (8, (-6.0, 1.9), 2),
)  # fmt: skip
"""Borough, a point in one of its faces (kilometres), number of districts cut from that face."""

ANNEXES: Final[tuple[tuple[tuple[float, float], tuple[float, float]], ...]] = (
    ((0.0, -0.25), (0.25, 0.3)),
    ((-6.1, 5.2), (-4.3, 6.0)),
)
"""Land across the water (a bridgehead, an islet) that belongs to the district of another face."""


@dataclass(frozen=True)
class District:
    """A district with its social areas as pieces; a piece may have an annex across the water."""

    borough: int
    pieces: tuple[tuple[BaseGeometry, Points], ...]


def draw_districts(land: Land) -> list[District]:
    """Return the districts in the order of the plan, from west to east within a face."""
    shares = [
        (borough, district)
        for borough, at, parts in PLAN
        for district in _districts_of_face(land, at, parts)
    ]
    counts = [len(areas) for _, areas in DISTRICTS]
    counts[0] -= 1  # the bridgehead is a social area of its own
    rng = stream("social areas")
    districts = [
        District(borough, tuple((p.polygon, p.addresses) for p in divide(piece, count, rng)))
        for (borough, piece), count in zip(shares, counts, strict=True)
    ]
    return _with_annexes(land, districts)


def _face_at(land: Land, at: tuple[float, float]) -> Polygon:
    point = shapely.Point(np.array(at) * 1000.0 + np.array(sketch.ORIGIN))
    return next(face for face in land.faces if face.contains(point))


def _districts_of_face(land: Land, at: tuple[float, float], parts: int) -> list[Piece]:
    face = _face_at(land, at)
    rng = stream(f"districts {at}")
    pieces = divide(Piece(face, inside(face, land.addresses)), parts, rng)
    return sorted(pieces, key=lambda piece: float(piece.polygon.centroid.x))


def _with_annexes(land: Land, districts: list[District]) -> list[District]:
    """Add the bridgehead as a social area of its own and the islet to the nearest one."""
    bridgehead, islet = (_face_at(land, at) for at, _ in ANNEXES)
    old_town = districts[0]
    districts[0] = District(
        old_town.borough, (*old_town.pieces, (bridgehead, inside(bridgehead, land.addresses)))
    )
    host, piece = min(
        ((d, p) for d, district in enumerate(districts) for p in range(len(district.pieces))
         if district.borough == HARBOUR),
        key=lambda at: float(districts[at[0]].pieces[at[1]][0].distance(islet)),
    )  # fmt: skip
    pieces = list(districts[host].pieces)
    shape, addresses = pieces[piece]
    pieces[piece] = (
        shapely.union_all([shape, islet]),
        np.vstack([addresses, inside(islet, land.addresses)]),
    )
    districts[host] = District(districts[host].borough, tuple(pieces))
    return districts
