"""Outlines of a level in a plane, as commands of a path: what a printed map is drawn from."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class PrintOutlines:
    """The areas of a level on a grid of whole numbers, y downwards.

    ``paths`` follow ``ids``; ``points`` are places of the level's own areas by id (of institutions
    as well). ``metres`` is the length of one unit on the ground in the middle of the map;
    ``west`` is the longitude of its left edge, ``top`` the Mercator height of the upper one in
    radians, ``step`` the length of a unit in radians.
    """

    ids: tuple[str, ...]
    paths: tuple[str, ...]
    points: dict[str, tuple[float, float]]
    width: int
    height: int
    metres: float
    west: float = 0.0
    top: float = 0.0
    step: float = 1.0

    def degrees(self, x: float, y: float) -> tuple[float, float]:
        """Return longitude and latitude of a place on the grid.

        Examples
        --------
        >>> grid = PrintOutlines((), (), {}, 10, 10, 1.0, west=10.0, top=0.0, step=0.01)
        >>> tuple(round(v, 3) for v in grid.degrees(10, 10))
        (15.73, -5.72)
        """
        longitude = self.west + math.degrees(x * self.step)
        latitude = 2 * math.atan(math.exp(self.top - y * self.step)) - math.pi / 2
        return longitude, math.degrees(latitude)

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return the place on the grid of a longitude and latitude.

        Examples
        --------
        >>> grid = PrintOutlines((), (), {}, 10, 10, 1.0, west=10.0, top=0.0, step=0.01)
        >>> tuple(round(v, 6) for v in grid.place(*grid.degrees(10, 10)))
        (10.0, 10.0)
        """
        height = math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))
        return math.radians(longitude - self.west) / self.step, (self.top - height) / self.step
