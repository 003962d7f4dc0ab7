"""The metric system in which a town's areas are measured, and the one in which they are told."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
from pyproj import CRS

GEOGRAPHIC = "EPSG:4326"
_ZONE_BORDER = 12.0
"""Longitude at which UTM zone 33 begins."""


def metric_system(frames: Sequence[gpd.GeoDataFrame]) -> CRS:
    """Return the metric system of the town: the first projected one with a code, else UTM."""
    for frame in frames:
        if frame.crs is not None and frame.crs.is_projected and frame.crs.to_epsg():
            return CRS.from_user_input(frame.crs)
    if not frames:
        return CRS.from_user_input("EPSG:25832")
    longitude = float(frames[0].to_crs(GEOGRAPHIC).total_bounds[[0, 2]].mean())
    return CRS.from_epsg(25833 if longitude >= _ZONE_BORDER else 25832)
