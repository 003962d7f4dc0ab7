"""The metric system in which a town's areas are measured, and the one in which they are told."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
from pyproj import CRS, Proj, Transformer

GEOGRAPHIC = "EPSG:4326"
_ZONE_BORDER = 12.0
"""Longitude at which UTM zone 33 begins."""

_TRUE_TO_AREA = 0.01
"""A system whose areas are wrong by more than this part does not tell square metres."""


def metric_system(frames: Sequence[gpd.GeoDataFrame]) -> CRS:
    """Return the metric system of the town: the first projected one with a code, else UTM."""
    for frame in frames:
        if frame.crs is not None and frame.crs.is_projected and frame.crs.to_epsg():
            return CRS.from_user_input(frame.crs)
    if not frames:
        return CRS.from_user_input("EPSG:25832")
    longitude = float(frames[0].to_crs(GEOGRAPHIC).total_bounds[[0, 2]].mean())
    return CRS.from_epsg(25833 if longitude >= _ZONE_BORDER else 25832)


def measuring_system(frame: gpd.GeoDataFrame) -> CRS:
    """Return the system in which square metres of one level are told.

    It is the metric system of the level where that counts in metres and is true to area at its
    centre and corners, else an equal-area system of its own (Lambert azimuthal): UTM zones are
    far off outside central Europe, and Web Mercator everywhere but at the equator.
    """
    system = metric_system([frame])
    to_degrees = Transformer.from_crs(frame.crs, GEOGRAPHIC, always_xy=True)
    west, south, east, north = to_degrees.transform_bounds(*frame.total_bounds)
    longitude, latitude = (west + east) / 2, (south + north) / 2
    if not np.isfinite((longitude, latitude)).all() or _is_true_to_area(
        system, [longitude, west, west, east, east], [latitude, south, north, south, north]
    ):
        return system
    return CRS.from_proj4(f"+proj=laea +lon_0={longitude} +lat_0={latitude} +ellps=GRS80 +units=m")


def _is_true_to_area(system: CRS, longitudes: list[float], latitudes: list[float]) -> bool:
    if any(axis.unit_conversion_factor != 1 for axis in system.axis_info):
        return False
    scales = Proj(system).get_factors(longitudes, latitudes).areal_scale
    return bool(np.all(np.abs(np.asarray(scales) - 1) <= _TRUE_TO_AREA))
