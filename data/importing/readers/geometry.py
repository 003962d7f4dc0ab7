"""Make geometry fit to publish: one family, two dimensions, not empty, valid, within its system."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final, cast

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from pyproj import CRS

from data.importing.readers.limits import (
    MAX_AREAS,
    MAX_COORDINATE,
    MAX_VERTICES,
    REPAIR_LIMIT_PCT,
)
from data.importing.readers.place_on_earth import (
    SOUTH_NORTH,
    SUGGESTED,
    WEST_EAST,
    Bounds,
    are_degrees,
    lon_lat_bounds,
    middle_outside_use,
)
from data.importing.readers.reference_system import bounds_told, shown
from data.importing.readers.report import Report

Geometries = npt.NDArray[Any]

_POINTS: Final = (shapely.GeometryType.POINT,)
_AREAS: Final = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
_MAX_TOLERANCE_M: Final = 16.0
_DEGREES_PER_METRE: Final = 1 / 111_320
_SINGLE: Final = 1
_SURELY_METRES: Final = 10_000
_WIDEST: Final = (180.0, 90.0)


def layer_frame(
    attributes: pd.DataFrame, geometries: Geometries, crs: CRS, report: Report
) -> gpd.GeoDataFrame:
    """Check and repair the geometry and join it to its attributes.

    Parameters
    ----------
    attributes
        One row per feature, in the order of the file.
    geometries
        Shape ``(n_features,)``; ``None`` where the file holds none.
    crs
        System of the coordinates.
    report
        Collects per-feature findings; ``row`` is the 1-based number of the feature.

    Raises
    ------
    RefusedFileError
        No or too many features, empty or mixed geometry, coordinates outside their system, a
        repair that changes an area by more than 1 percent.
    """
    _check_count(geometries, report)
    _refuse_empty(geometries, report)
    geometries = _single_points(geometries)
    is_area = _check_family(geometries, report)
    if shapely.has_z(geometries).any():
        report.info("geometry_height_left_out", n=int(shapely.has_z(geometries).sum()))
    flat = shapely.force_2d(geometries)
    check_range(flat, crs, report)
    if is_area:
        flat = _repaired(flat, report)
        flat = _repaired(_thinned(flat, crs, report), report)
    frame = gpd.GeoDataFrame(attributes, geometry=flat, crs=crs)
    report.stop_on_errors()
    return frame


def _check_count(geometries: Geometries, report: Report) -> None:
    if len(geometries) == 0:
        report.refuse("layer_without_features")
    if len(geometries) > MAX_AREAS:
        report.refuse("layer_too_many_features", limit=MAX_AREAS)


def _refuse_empty(geometries: Geometries, report: Report) -> None:
    for index in np.flatnonzero(shapely.is_missing(geometries) | shapely.is_empty(geometries)):
        report.error("geometry_empty", row=int(index) + 1)
    report.stop_on_errors()


def _single_points(geometries: Geometries) -> Geometries:
    """Return multipoints of one point as that point."""
    single = (shapely.get_type_id(geometries) == shapely.GeometryType.MULTIPOINT) & (
        shapely.get_num_geometries(geometries) == _SINGLE
    )
    return np.where(single, shapely.get_geometry(geometries, 0), geometries)


def _check_family(geometries: Geometries, report: Report) -> bool:
    """Tell whether the layer is of areas; features of another family than most are refused."""
    types = shapely.get_type_id(geometries)
    areas = np.isin(types, _AREAS)
    points = np.isin(types, _POINTS)
    is_area = bool(areas.sum() >= points.sum())
    for index in np.flatnonzero(~(areas if is_area else points)):
        report.error("geometry_wrong_type", row=int(index) + 1, found=geometries[index].geom_type)
    report.stop_on_errors()
    return is_area


@dataclass(frozen=True)
class _Bounds:
    """Outer coordinates of each feature, shape ``(n_features,)`` each."""

    west: npt.NDArray[np.float64]
    south: npt.NDArray[np.float64]
    east: npt.NDArray[np.float64]
    north: npt.NDArray[np.float64]

    def outside(self, x: float, y: float) -> npt.NDArray[np.bool_]:
        return (self.west < -x) | (self.east > x) | (self.south < -y) | (self.north > y)

    def are_degrees(self) -> npt.NDArray[np.bool_]:
        """Tell of each feature whether its coordinates could be degrees."""
        return ~self.outside(*_WIDEST)

    def within(self, x: tuple[float, float], y: tuple[float, float]) -> bool:
        return bool(
            self.west.min() >= x[0]
            and self.east.max() <= x[1]
            and self.south.min() >= y[0]
            and self.north.max() <= y[1]
        )


def check_range(geometries: Geometries, crs: CRS, report: Report) -> None:
    """Check that coordinates are finite, within their system, and in one system.

    Parameters
    ----------
    geometries
        At least one; none missing or empty.
    crs
        System the coordinates are said to be in.
    report
        Collects the findings; a map far from where its system is meant to be used is a warning.

    Raises
    ------
    RefusedFileError
        Coordinates are no numbers, outside their system, or of degrees and metres taken for
        one another.
    """
    coordinates, owners = shapely.get_coordinates(geometries, return_index=True)
    for index in np.unique(owners[~np.isfinite(coordinates).all(axis=1)]):
        report.error("geometry_not_finite", row=int(index) + 1)
    report.stop_on_errors()
    bounds = _Bounds(*shapely.bounds(geometries).T)
    limits = _WIDEST if crs.is_geographic else (MAX_COORDINATE, MAX_COORDINATE)
    outside = bounds.outside(*limits)
    if crs.is_geographic and outside.any():
        _refuse_not_degrees(bounds, outside, crs, report)
    for index in np.flatnonzero(outside):
        x, y = float(bounds.west[index]), float(bounds.south[index])
        report.error("geometry_out_of_range", row=int(index) + 1, x=x, y=y, crs=shown(crs))
    report.stop_on_errors()
    if crs.is_geographic and bounds.within(SOUTH_NORTH, WEST_EAST):
        report.refuse("geometry_swapped")
    _check_on_earth(bounds, crs, report)


def _refuse_not_degrees(
    bounds: _Bounds, outside: npt.NDArray[np.bool_], crs: CRS, report: Report
) -> None:
    """Tell metres apart from degrees: all features beyond the degrees, or only some."""
    metres = (
        outside & (np.abs(bounds.east) <= MAX_COORDINATE) & (np.abs(bounds.east) > _SURELY_METRES)
    )
    if metres.all():
        report.refuse("crs_not_degrees", crs=shown(crs), suggested=SUGGESTED)
    if metres.any():
        row = int(np.flatnonzero(metres)[0]) + 1
        report.refuse("geometry_mixed_crs", row=row, n=int(metres.sum()), suggested=SUGGESTED)


def _check_on_earth(bounds: _Bounds, crs: CRS, report: Report) -> None:
    outer = (bounds.west.min(), bounds.south.min(), bounds.east.max(), bounds.north.max())
    west, south, east, north = map(float, outer)
    if not crs.is_geographic and are_degrees((west, south, east, north)):
        told = bounds_told((west, south, east, north))
        report.refuse("crs_degrees_expected", crs=shown(crs), **told)
    if not crs.is_geographic and bounds.are_degrees().any():
        degrees_at = np.flatnonzero(bounds.are_degrees())
        row, n = int(degrees_at[0]) + 1, len(bounds.west) - len(degrees_at)
        report.refuse("geometry_mixed_crs", row=row, n=n, suggested=SUGGESTED)
    degrees = lon_lat_bounds((west, south, east, north), crs)
    if degrees is None or not all(math.isfinite(value) for value in degrees):
        report.refuse("crs_does_not_fit", crs=shown(crs), suggested=SUGGESTED)
    _check_use(degrees, crs, report)


def _check_use(degrees: Bounds, crs: CRS, report: Report) -> None:
    """Warn of a map far from where its system is meant to be used, and say where it would lie."""
    middle = middle_outside_use(degrees, crs)
    if middle is None or crs.area_of_use is None:
        return
    report.warning(
        "crs_outside_use",
        crs=shown(crs),
        longitude=round(middle[0], 1),
        latitude=round(middle[1], 1),
        use=crs.area_of_use.name.split(":")[0].rstrip("."),
        **bounds_told(crs.area_of_use.bounds),
        suggested=SUGGESTED,
    )


def _repaired(geometries: Geometries, report: Report) -> Geometries:
    valid = shapely.is_valid(geometries)
    repaired = geometries.copy()
    for index in np.flatnonzero(~valid):
        repaired[index] = _repair(geometries[index], int(index) + 1, report)
    report.stop_on_errors()
    return repaired


def _repair(geometry: shapely.Geometry, row: int, report: Report) -> shapely.Geometry:
    """Return the valid areas of a geometry; more than 1 percent of change is an error."""
    areas = _valid_areas(geometry)
    before, after = abs(geometry.area), areas.area
    share = abs(after - before) / before if before > 0 else 1.0
    # areas beyond all numbers cannot be compared: nothing says that the shape is the same
    change = 100 * share if math.isfinite(share) else 100.0
    if areas.is_empty or change > REPAIR_LIMIT_PCT:
        report.error(
            "geometry_not_repairable", row=row, change=round(change, 2), limit=REPAIR_LIMIT_PCT
        )
    else:
        # upwards, since "0 %" of a shape that was changed would read as a contradiction
        most = max(math.ceil(change * 1000), 1) / 1000
        report.warning("geometry_repaired", row=row, change=most)
    return areas


def _valid_areas(geometry: shapely.Geometry) -> shapely.Geometry:
    """Return the areas by the meaning of the rings, else by their lines.

    The first way can leave a crossing the size of a rounding behind; empty if both fail.
    """
    for options in ({"method": "structure", "keep_collapsed": False}, {"method": "linework"}):
        # GEOS may overflow on the way; what counts is whether the result is valid
        with np.errstate(all="ignore"):
            mended = shapely.make_valid(geometry, **options)
        parts = [part for part in shapely.get_parts(mended) if part.geom_type == "Polygon"]
        parts += [
            inner
            for part in shapely.get_parts(mended)
            if part.geom_type == "MultiPolygon"
            for inner in part.geoms
        ]
        areas = parts[0] if len(parts) == _SINGLE else shapely.MultiPolygon(parts)
        if areas.is_valid:
            return areas
    return shapely.MultiPolygon()


def _thinned(geometries: Geometries, crs: CRS, report: Report) -> Geometries:
    """Return areas with at most a million vertices; shared borders stay shared."""
    n_before = int(shapely.get_num_coordinates(geometries).sum())
    if n_before <= MAX_VERTICES:
        return geometries
    unit = _DEGREES_PER_METRE if crs.is_geographic else 1.0
    tolerance = 1.0
    while True:
        if tolerance > _MAX_TOLERANCE_M:
            report.refuse("geometry_too_many_vertices", n=n_before, limit=MAX_VERTICES)
        thin = shapely.coverage_simplify(geometries, tolerance * unit)
        n_after = int(shapely.get_num_coordinates(thin).sum())
        if n_after <= MAX_VERTICES:
            report.warning(
                "geometry_simplified", before=n_before, after=n_after, tolerance=tolerance
            )
            return cast("Geometries", thin)
        tolerance *= 2
