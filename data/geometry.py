"""The geometry files of a release: one a level@vintage, simplified on shared arcs.

Neighbours keep one border because the whole coverage is simplified at once. Rings follow what
d3 draws: exterior rings clockwise; the other way round fills the rest of the globe.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import brotli
import geopandas as gpd
import numpy as np
import shapely

DEGREES = "EPSG:4326"
_PIXELS = 1600
"""Longest side of the map in pixels; detail below half a pixel is not sent."""


@dataclass(frozen=True)
class GeometryFile:
    """The stored forms of one geometry file."""

    name: str
    path: Path
    path_br: Path
    path_gz: Path


def simplified(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the areas in degrees, without detail that no screen shows."""
    shapes = np.array(areas.geometry.values)
    if set(shapely.get_type_id(shapes)) & {3, 6}:
        west, south, east, north = shapely.total_bounds(shapes)
        tolerance = max(east - west, north - south) / _PIXELS / 2
        simple = shapely.coverage_simplify(shapes, tolerance)
        kept = shapely.is_valid(simple) & ~shapely.is_empty(simple)
        shapes = np.where(kept, simple, shapes)
    frame = gpd.GeoDataFrame(
        {"area_id": areas["area_id"], "name": areas["name"]}, geometry=shapes, crs=areas.crs
    )
    return frame.to_crs(DEGREES)


def geojson_bytes(areas: gpd.GeoDataFrame) -> bytes:
    """Return the areas (in degrees) as GeoJSON with the area id as feature id."""
    shapes = shapely.orient_polygons(np.array(areas.geometry.values), exterior_cw=True)
    features = [
        {
            "type": "Feature",
            "id": area_id,
            "properties": {},
            "geometry": _rounded(json.loads(shapely.to_geojson(shape))),
        }
        for area_id, shape in zip(areas["area_id"], shapes, strict=True)
    ]
    body = {"type": "FeatureCollection", "features": features}
    return json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


def _rounded(geometry: dict[str, object]) -> dict[str, object]:
    return {"type": geometry["type"], "coordinates": _round(geometry["coordinates"])}


def _round(value: object) -> object:
    if isinstance(value, list):
        if value and isinstance(value[0], (int, float)):
            return [round(float(v), 6) for v in value]
        return [_round(v) for v in value]
    return value


def write_geometry(folder: Path, key: str, areas: gpd.GeoDataFrame) -> str:
    """Write one level@vintage plain, brotli and gzip; return the hashed file name."""
    body = geojson_bytes(areas)
    digest = hashlib.sha256(body).hexdigest()[:12]
    name = f"{key}.{digest}.json"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(body)
    (folder / f"{name}.br").write_bytes(brotli.compress(body, quality=11))
    (folder / f"{name}.gz").write_bytes(gzip.compress(body, 9, mtime=0))
    return name


def find_geometry(folder: Path, key: str) -> GeometryFile:
    """Return the file of one level@vintage; ``KeyError`` when the release has none."""
    found = sorted(folder.glob(f"{key}.*.json"))
    if not found:
        raise KeyError(key)
    path = found[0]
    return GeometryFile(
        path.name, path, path.with_name(path.name + ".br"), path.with_name(path.name + ".gz")
    )
