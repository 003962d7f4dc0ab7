"""Where coordinates would lie on earth, and which reference systems they can be in."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import ProjError

SUGGESTED_CODES: Final = (25832, 25833, 31466, 31467, 31468, 31469, 4326)
SUGGESTED: Final = f"EPSG:{', '.join(map(str, SUGGESTED_CODES))}"
WEST_EAST: Final = (5.5, 15.5)
SOUTH_NORTH: Final = (47.0, 55.3)
"""Germany in degrees, with some room."""

_DEGREES: Final = 4326
_WIDEST: Final = (180.0, 90.0)
_TURN: Final = 360.0
_MARGIN: Final = 8.0
# Degrees. All of Germany is published in each of these systems: up to 7.6 degrees beside and 6
# above where EPSG means it to be used (31469: 13.5 to 13.84 east, 48.51 to 48.98 north).

Bounds = tuple[float, float, float, float]
"""West, south, east, north."""


def outer_bounds(geometries: npt.NDArray[Any]) -> Bounds | None:
    """Return the outer bounds of all shapes, ``None`` where there is no finite coordinate."""
    bounds = shapely.bounds(geometries[~shapely.is_missing(geometries)])
    bounds = bounds[np.isfinite(bounds).all(axis=1)]
    if not len(bounds):
        return None
    west, south = bounds[:, :2].min(axis=0)
    east, north = bounds[:, 2:].max(axis=0)
    return float(west), float(south), float(east), float(north)


def are_degrees(bounds: Bounds) -> bool:
    """Tell whether everything lies within the degrees: metres would be less than a building."""
    west, south, east, north = bounds
    x, y = _WIDEST
    return -x <= west <= east <= x and -y <= south <= north <= y


def likely_systems(bounds: Bounds) -> list[str]:
    """Return the usual systems that put the coordinates into Germany; degrees lie anywhere."""
    if are_degrees(bounds):
        return [f"EPSG:{_DEGREES}"]
    metric = [code for code in SUGGESTED_CODES if code != _DEGREES]
    return [f"EPSG:{code}" for code in metric if _in_germany(bounds, code)]


def _in_germany(bounds: Bounds, code: int) -> bool:
    degrees = lon_lat_bounds(bounds, CRS.from_epsg(code))
    if degrees is None:
        return False
    west, south, east, north = degrees
    is_within = WEST_EAST[0] <= west <= east <= WEST_EAST[1]
    return is_within and SOUTH_NORTH[0] <= south <= north <= SOUTH_NORTH[1]


def lon_lat_bounds(bounds: Bounds, crs: CRS) -> Bounds | None:
    """Return bounds in degrees (west, south, east, north), ``None`` where they do not exist."""
    try:
        transformer = Transformer.from_crs(crs, _DEGREES, always_xy=True)
        west, south, east, north = transformer.transform_bounds(*bounds)
    except ProjError:
        return None
    return float(west), float(south), float(east), float(north)


def middle_outside_use(degrees: Bounds, crs: CRS) -> tuple[float, float] | None:
    """Return the middle (longitude, latitude) of a map that lies far from the use of its system.

    ``None`` where it lies within the area of use of EPSG, or up to 8
    degrees beside, above or below it, and where the system names no such area.
    """
    use = crs.area_of_use
    west, south, east, north = degrees
    if use is None or not all(math.isfinite(value) for value in degrees):
        return None
    longitude = _turned((west + (east if east >= west else east + _TURN)) / 2)
    latitude = (south + north) / 2
    width = (use.east - use.west) % _TURN or _TURN
    beside = abs(_turned(longitude - (use.west + width / 2))) - width / 2
    above = max(use.south - latitude, latitude - use.north)
    is_near = max(beside, above) <= _MARGIN
    return None if is_near else (longitude, latitude)


def _turned(longitude: float) -> float:
    """Return a longitude as one of -180 to 180."""
    return (longitude + _TURN / 2) % _TURN - _TURN / 2
