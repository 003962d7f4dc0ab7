"""Outlines for drawing: simplified on shared arcs, in degrees, as compressed GeoJSON.

Neighbours keep one common border because a whole level is simplified at once as a coverage.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import brotli
import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

MAP_STEPS = 4000
"""A map of a level is drawn on at most so many device pixels; finer detail is not kept."""
DECIMALS = 6
"""The finest grid in degrees, a tenth of a metre; large levels are kept on a coarser one."""
_GRID_SHARE = 16
_METRES_PER_DEGREE = 111_320.0
DEGREES = "EPSG:4326"


@dataclass(frozen=True)
class GeometryFile:
    """The outline file of one level@vintage and its compressed copies."""

    name: str
    path: Path
    path_br: Path
    path_gz: Path


def has_outlines(frame: gpd.GeoDataFrame) -> bool:
    """Whether the areas of a level lie anywhere; those of a mere list of areas do not."""
    return bool(frame.geometry.notna().any())


def for_drawing(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return ``area_id``, ``name`` and geometry in degrees, sorted by ``area_id``.

    Parameters
    ----------
    frame
        Areas or points of one level in a metric coordinate system (metres).

    Returns
    -------
    geopandas.GeoDataFrame
        Polygons are simplified to 1/4000 of the level's extent, exterior rings run clockwise
        (d3 and plotly fill the outside otherwise); points are only transformed. Areas without
        outlines stay without.
    """
    ordered = frame.sort_values("area_id", kind="stable").reset_index(drop=True)
    shapes = np.asarray(ordered.geometry.array, dtype=object)
    decimals = DECIMALS
    if has_outlines(frame) and not _all_points(shapes):
        decimals = _decimals(_tolerance(shapes))
        shapes = _simplify(shapes)
    degrees = gpd.GeoSeries(shapes, crs=frame.crs).to_crs(DEGREES)
    # slivers of a few centimetres collapse on the grid; set_precision drops them and stays valid
    rounded = shapely.set_precision(np.asarray(degrees.array, dtype=object), 10.0**-decimals)
    tidy = shapely.orient_polygons(rounded, exterior_cw=True)
    return gpd.GeoDataFrame(
        {"area_id": ordered["area_id"].astype(str), "name": ordered["name"].astype(str)},
        geometry=gpd.GeoSeries(tidy, crs=DEGREES),
        crs=DEGREES,
    )


def tolerances(levels: Mapping[str, gpd.GeoDataFrame]) -> dict[str, dict[str, float]]:
    """Return by level@vintage with what tolerance its areas are simplified, as ``tolerance_m``.

    A corner goes when the triangle it makes with its neighbours is smaller than the square of
    the tolerance (metres). Levels of points are left out.
    """
    shapes = {key: np.asarray(x.geometry.array, dtype=object) for key, x in levels.items()}
    return {
        key: {"tolerance_m": round(_tolerance(found), 1)}
        for key, found in shapes.items()
        if len(found) and not _all_points(found)
    }


def write_outlines(drawn: gpd.GeoDataFrame, folder: Path, *, key: str) -> GeometryFile:
    """Write ``<key>.<hash12>.json`` with ``.br`` and ``.gz``; same frame, same bytes."""
    body = json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "id": area, "properties": {}, "geometry": _mapping(shape)}
                for area, shape in zip(drawn["area_id"], drawn.geometry, strict=True)
            ],
        },
        separators=(",", ":"),
        ensure_ascii=False,
    ).encode("utf-8")
    name = f"{key}.{hashlib.sha256(body).hexdigest()[:12]}.json"
    file = geometry_file(folder, name)
    file.path.write_bytes(body)
    file.path_br.write_bytes(brotli.compress(body, quality=11))
    file.path_gz.write_bytes(gzip.compress(body, compresslevel=9, mtime=0))
    return file


def geometry_file(folder: Path, name: str) -> GeometryFile:
    """Return the three paths of an outline file."""
    return GeometryFile(name, folder / name, folder / f"{name}.br", folder / f"{name}.gz")


def _all_points(shapes: NDArray[np.object_]) -> bool:
    return bool(np.all(shapely.get_dimensions(shapes) <= 0))


def _simplify(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    simple: NDArray[np.object_] = shapely.coverage_simplify(shapes, _tolerance(shapes))
    # An overlapping delivery is no coverage and may collapse or cross: such areas stay as they are.
    bad = shapely.is_empty(simple) | ~shapely.is_valid(simple)
    simple[bad] = shapes[bad]
    return simple


def _tolerance(shapes: NDArray[np.object_]) -> float:
    west, south, east, north = shapely.total_bounds(shapes)
    return float(max(east - west, north - south)) / MAP_STEPS


def _decimals(tolerance_m: float) -> int:
    """Return decimals of degrees whose grid is a sixteenth of the tolerance or finer."""
    for decimals in range(1, DECIMALS):
        if _METRES_PER_DEGREE * 10.0**-decimals <= tolerance_m / _GRID_SHARE:
            return decimals
    return DECIMALS


def _mapping(shape: Any) -> dict[str, Any]:
    found: dict[str, Any] = shapely.geometry.mapping(shape)
    return found
