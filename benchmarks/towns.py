"""Synthetic towns of any size: areas with shared, fractal borders and a cube of shares.

Voronoi cells, relaxed three times and cut by the outline of a town. Every straight border becomes
a line of seventeen points, displaced by a generator whose seed is the border itself: both
neighbours get the same line, and the same town comes out of every run.
"""

from __future__ import annotations

import hashlib
from itertools import pairwise

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from scipy.spatial import Voronoi

INDICATORS = tuple(f"ind{k:02d}" for k in range(12))
YEARS = tuple(str(y) for y in range(2010, 2025))
CENTRE = (13.40, 52.51)
_RADII = (0.29, 0.17)
_HALVINGS = 4
_BEND = 0.09
_DIGITS = 7

Points = npt.NDArray[np.float64]
Point = tuple[float, float]


def cells(n: int) -> gpd.GeoDataFrame:
    """Return ``n`` areas that share their borders, in degrees, with about 100 vertices each."""
    outline = _outline()
    points = _relaxed(_points_inside(outline, n), outline)
    borders: dict[tuple[Point, Point], Points] = {}
    polygons = [_with_bent_borders(cell, borders) for cell in _cut(points, outline)]
    ids = [f"{1 + i // 100:04d}{i % 100:04d}" for i in range(n)]
    names = [f"Gebiet {area_id}" for area_id in ids]
    return gpd.GeoDataFrame({"area_id": ids, "name": names}, geometry=polygons, crs="EPSG:4326")


def vertices(areas: gpd.GeoDataFrame) -> int:
    """Return how many vertices the areas have altogether."""
    return int(shapely.get_num_coordinates(areas.geometry.to_numpy()).sum())


def numbers(areas: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return numerator, denominator and value of every indicator, year and area.

    Values follow the map and move slowly in time, as shares of a town do.
    """
    rng = np.random.default_rng(1)
    n = len(areas)
    children = rng.integers(300, 2500, n)
    place = shapely.get_coordinates(shapely.centroid(areas.geometry.to_numpy()))
    place -= place.mean(axis=0)
    counts = np.empty((len(INDICATORS), len(YEARS), n))
    for k in range(len(INDICATORS)):
        base = np.sin(place @ rng.normal(0, 8, 2)) + 0.6 * rng.standard_normal(n)
        trend = 0.3 * rng.standard_normal(n)
        for step in range(len(YEARS)):
            noise = 0.1 * rng.standard_normal(n)
            share = 0.25 + 0.06 * (base + trend * step / len(YEARS) + noise)
            counts[k, step] = np.round(np.clip(share, 0.02, 0.95) * children)
    return _long(areas["area_id"].to_numpy(), children, np.maximum(counts, 1))


def _long(
    ids: npt.NDArray[np.object_], children: npt.NDArray[np.int64], counts: Points
) -> pd.DataFrame:
    indicators, years, n = counts.shape
    frame = pd.DataFrame(
        {
            "area": np.tile(ids, indicators * years),
            "indicator": np.repeat(INDICATORS, years * n),
            "year": np.tile(np.repeat(YEARS, n), indicators),
            "numerator": counts.reshape(-1).astype(int),
            "denominator": np.tile(children, indicators * years),
        }
    )
    frame["value"] = (100 * frame["numerator"] / frame["denominator"]).round(1)
    return frame


def _outline() -> shapely.Polygon:
    rng = np.random.default_rng(7)
    angle = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    radius = 1 + 0.10 * np.sin(3 * angle + 1) + 0.07 * np.cos(5 * angle)
    radius += 0.03 * rng.standard_normal(60)
    x, y = radius * np.cos(angle), radius * np.sin(angle)
    return shapely.Polygon(np.c_[CENTRE[0] + _RADII[0] * x, CENTRE[1] + _RADII[1] * y])


def _points_inside(outline: shapely.Polygon, n: int) -> Points:
    rng = np.random.default_rng(n)
    west, south, east, north = outline.bounds
    found = np.empty((0, 2))
    while len(found) < n:
        tried = rng.uniform((west, south), (east, north), (n, 2))
        found = np.vstack([found, tried[shapely.contains_xy(outline, tried[:, 0], tried[:, 1])]])
    return found[:n]


def _relaxed(points: Points, outline: shapely.Polygon) -> Points:
    for _ in range(3):
        points = shapely.get_coordinates(shapely.centroid(_cut(points, outline)))
    return points


def _cut(points: Points, outline: shapely.Polygon) -> list[shapely.Polygon]:
    west, south, east, north = outline.bounds
    far = [[x, y] for x in (west - 9, east + 9) for y in (south - 9, north + 9)]
    diagram = Voronoi(np.vstack([points, far]))
    regions = [diagram.regions[i] for i in diagram.point_region[: len(points)]]
    cut = [shapely.Polygon(diagram.vertices[r]).intersection(outline) for r in regions]
    return [max(shapely.get_parts(cell), key=shapely.area) for cell in cut]


def _with_bent_borders(
    cell: shapely.Polygon, borders: dict[tuple[Point, Point], Points]
) -> shapely.Polygon:
    ring = [tuple(p) for p in np.round(shapely.get_coordinates(cell), _DIGITS).tolist()]
    lines = []
    for start, end in pairwise(ring):
        if start == end:
            continue
        key = (min(start, end), max(start, end))
        if key not in borders:
            borders[key] = _bent(*key)
        line = borders[key] if key[0] == start else borders[key][::-1]
        lines.append(line[:-1])
    shell = np.vstack(lines)
    return shapely.Polygon(np.vstack([shell, shell[:1]]))


def _bent(start: Point, end: Point) -> Points:
    """Displace the middle of every piece, four times over; the ends stay."""
    digest = hashlib.blake2b(repr((start, end)).encode(), digest_size=8).digest()
    rng = np.random.default_rng(int.from_bytes(digest, "little"))
    points = np.array([start, end])
    for _ in range(_HALVINGS):
        step = points[1:] - points[:-1]
        across = np.c_[-step[:, 1], step[:, 0]]
        middle = (points[1:] + points[:-1]) / 2
        middle += across * rng.uniform(-_BEND, _BEND, len(step))[:, None]
        finer = np.empty((len(points) + len(middle), 2))
        finer[0::2], finer[1::2] = points, middle
        points = finer
    return np.round(points, _DIGITS)
