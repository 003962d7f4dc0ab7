"""Turn the sketch into land, water and the faces between rings, roads and banks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from data.demo.generate import sketch
from data.demo.generate.curves import Points, natural, spline
from data.demo.generate.randomness import stream

GRID = 0.01
"""Coordinates are kept to the centimetre, so that neighbours share their vertices exactly."""
ADDRESSES = 24_000


@dataclass(frozen=True)
class Land:
    """The town's territory: outline, open water, faces of land, addresses (metres)."""

    outline: Polygon
    water: BaseGeometry
    faces: tuple[Polygon, ...]
    addresses: Points


def metres(points: sketch.Sketch) -> Points:
    """Return sketched kilometres as metres in EPSG:25832."""
    return np.asarray(np.array(points) * 1000.0 + np.array(sketch.ORIGIN))


def draw_land() -> Land:
    """Draw outline, water and roads and cut the territory into faces."""
    rng = stream("land")
    outline = Polygon(
        natural(metres(sketch.OUTLINE), rng, closed=True, roughness=0.09, coarse=450.0)
    )
    river = natural(metres(sketch.RIVER), rng, roughness=0.035, coarse=350.0)
    water = shapely.set_precision(_open_water(river).intersection(outline), GRID)
    lines = [
        outline.exterior,
        water.boundary,
        LineString(river[: int(len(river) * (sketch.OPEN_WATER_FROM + 0.02))]),
        *_roads(),
    ]
    noded = shapely.unary_union(
        [shapely.set_precision(line, GRID) for line in lines], grid_size=GRID
    )
    faces = [
        face
        for face in shapely.get_parts(shapely.polygonize([noded]))
        if not water.contains(face.representative_point())
        and outline.contains(face.representative_point())
    ]
    dry = shapely.union_all(faces)
    return Land(outline, water, tuple(faces), _settle(dry))


def _open_water(river: Points) -> BaseGeometry:
    """Return the river below the old town with its docks and side arms."""
    shares = np.linspace(0.0, 1.0, len(river))
    at, widths = np.array(sketch.RIVER_WIDTHS).T
    radius = np.interp(shares, at, widths) / 2
    wet = shares >= sketch.OPEN_WATER_FROM
    pieces = [
        LineString(river[i : i + 2]).buffer(radius[i], quad_segs=3)
        for i in np.flatnonzero(wet)[:-1]
    ]
    docks = [
        LineString(spline(metres(points), step=120.0)).buffer(width / 2, cap_style="flat")
        for points, width in sketch.DOCKS
    ]
    return shapely.union_all([*pieces, *docks]).buffer(15).buffer(-15).simplify(6.0)


def _roads() -> list[LineString]:
    rng = stream("roads")
    rings = [
        natural(metres(ring), rng, closed=True, roughness=roughness, coarse=coarse)
        for ring, roughness, coarse in (
            (sketch.OLD_TOWN, 0.03, 200.0),
            (sketch.INNER_RING, 0.03, 350.0),
            (sketch.OUTER_RING, 0.04, 500.0),
        )
    ]
    roads = [natural(metres(road), rng, roughness=0.05, coarse=400.0) for road in sketch.ROADS]
    return [LineString(points) for points in (*rings, *roads)]


def _settle(dry: BaseGeometry) -> Points:
    """Draw addresses around the old centre, villages and estates."""
    rng = stream("addresses")
    cores = np.array(sketch.DENSE_CORES)
    chosen = rng.choice(len(cores), size=2 * ADDRESSES, p=cores[:, 3] / cores[:, 3].sum())
    spread = cores[chosen, 2][:, None]
    points = (cores[chosen, :2] + rng.normal(size=(2 * ADDRESSES, 2)) * spread * 0.8) * 1000.0
    points = np.round(points + np.array(sketch.ORIGIN), 1)
    shapely.prepare(dry)
    on_land = shapely.contains_xy(dry, points[:, 0], points[:, 1])
    return np.asarray(points[on_land][:ADDRESSES])
