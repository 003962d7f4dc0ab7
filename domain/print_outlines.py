"""Outlines of a level in a plane, as commands of a path: what a printed map is drawn from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PrintOutlines:
    """The areas of a level on a grid of whole numbers, y downwards.

    ``paths`` follow ``ids``; ``points`` are places of the level's own areas by id (of institutions
    as well). ``metres`` is the length of one unit on the ground in the middle of the map.
    """

    ids: tuple[str, ...]
    paths: tuple[str, ...]
    points: dict[str, tuple[float, float]]
    width: int
    height: int
    metres: float
