"""Outlines for printed maps: projected and put on a grid that paper can show."""

from __future__ import annotations

import math
from collections.abc import Callable

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from domain.model import Audience, Level
from domain.print_outlines import PrintOutlines
from services.cache import FrameCache, cache_key
from services.map_frames import outline_level
from services.releases import ReleaseService

GRID = 2400
"""Steps of the longer side: a map of 15 cm is drawn to a sixteenth of a millimetre."""
_COARSE_GRID = 1400
_MANY_AREAS = 2000
_MOST_LEVELS = 6
_METRES_PER_DEGREE = 111_320.0
_FEWEST_CORNERS = 3
_LEAST_SPAN = 1e-4
"""Degrees: a level that is one point still gets a map."""


Place = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""From degrees to places on the grid, shape ``(n, 2)`` both."""


class PrintOutlineService:
    """Hands out the outlines of a level for one audience."""

    def __init__(self, releases: ReleaseService) -> None:
        self._releases = releases
        self._kept: FrameCache[PrintOutlines] = FrameCache(_MOST_LEVELS)

    def outlines(self, audience: Audience, release: str, level: Level) -> PrintOutlines | None:
        """Return the outlines of a level, behind institutions those of areas; None without any."""
        drawn = outline_level(self._releases, audience, release, level)
        if drawn is None:
            return None
        key = cache_key(audience, release, "print_outlines", (level.key,))

        def build() -> PrintOutlines:
            own = self._releases.level_frame(audience, release, level.id, level.vintage)
            back = self._releases.level_frame(audience, release, drawn.id, drawn.vintage)
            return on_grid(back, own)

        return self._kept.get_or_build(key, build)


def on_grid(back: gpd.GeoDataFrame, own: gpd.GeoDataFrame) -> PrintOutlines:
    """Project areas in degrees (Mercator, as on the screen) onto a grid of whole numbers.

    Parameters
    ----------
    back
        Areas whose outlines are drawn, indexed by id.
    own
        Areas or institutions of the level, indexed by id; areas without a place get no point.
    """
    west, south, east, north = (float(x) for x in back.total_bounds)
    top, bottom = _mercator(north), _mercator(south)
    span_x = max(math.radians(east - west), _LEAST_SPAN)
    span_y = max(top - bottom, _LEAST_SPAN)
    grid = GRID if len(back) <= _MANY_AREAS else _COARSE_GRID
    unit = max(span_x, span_y) / grid

    def place(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        x = (np.radians(degrees[:, 0] - west)) / unit
        y = (top - np.log(np.tan(math.pi / 4 + np.radians(degrees[:, 1]) / 2))) / unit
        return np.column_stack([x, y])

    shapes = np.asarray(back.geometry.array, dtype=object)
    known = own[own.geometry.notna() & ~own.geometry.is_empty]
    spots = known.geometry.representative_point()
    places = place(np.column_stack([spots.x, spots.y])) if len(known) else np.empty((0, 2))
    middle = math.cos(math.radians((south + north) / 2))
    return PrintOutlines(
        ids=tuple(str(a) for a in back.index),
        paths=tuple(_path(shape, place) for shape in shapes),
        points={
            str(a): (float(x), float(y)) for a, (x, y) in zip(known.index, places, strict=True)
        },
        width=math.ceil(span_x / unit),
        height=math.ceil(span_y / unit),
        metres=math.degrees(unit) * _METRES_PER_DEGREE * middle,
        west=west,
        top=top,
        step=unit,
    )


def _mercator(latitude: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))


def _path(shape: shapely.Geometry | None, place: Place) -> str:
    """Write the rings of a shape; corners that fall on the same point of the grid are one."""
    if shape is None or shape.is_empty:
        return ""
    return "".join(_ring(ring, place) for part in shapely.get_parts(shape) for ring in _rings(part))


def _rings(part: shapely.Geometry) -> list[shapely.Geometry]:
    if part.geom_type != "Polygon":
        return []
    return [part.exterior, *part.interiors]


def _ring(ring: shapely.Geometry, place: Place) -> str:
    points = np.rint(place(shapely.get_coordinates(ring))).astype(int)
    steps = np.diff(points, axis=0)
    steps = steps[np.any(steps != 0, axis=1)]
    if len(steps) < _FEWEST_CORNERS:
        return ""
    x, y = points[0]
    moves = "".join(f"{dx},{dy} " for dx, dy in steps[:-1].tolist())
    return f"M{x},{y}l{moves.rstrip()}z"
