"""A small map of where an area lies in its town, for paper."""

from __future__ import annotations

import math

from domain.profile import Position, Ring
from figures import theme
from reports.drawing.svg import Drawing, Sheet

_PAD = 4.0


def position_drawing(position: Position, width: float, height: float) -> Drawing:
    """Draw the town, the lines of its areas, and the area itself in dark."""
    corners = [c for ring in (*position.outline, *position.area) for c in ring]
    if position.point:
        corners.append(position.point)
    xs = [math.radians(x) for x, _ in corners]
    ys = [_mercator(y) for _, y in corners]
    span = max((max(xs) - min(xs)) / (width - 2 * _PAD), (max(ys) - min(ys)) / (height - 2 * _PAD))
    span = span or 1.0
    used = (max(xs) - min(xs)) / span, (max(ys) - min(ys)) / span
    left = (width - used[0]) / 2

    def place(corner: tuple[float, float]) -> tuple[float, float]:
        x = left + (math.radians(corner[0]) - min(xs)) / span
        return x, _PAD + (max(ys) - _mercator(corner[1])) / span

    def path(rings: tuple[Ring, ...]) -> str:
        return "".join("M" + "L".join(_corner(place(c)) for c in ring) + "z" for ring in rings)

    sheet = Sheet(width, used[1] + 2 * _PAD)
    sheet.path(path(position.outline), fill="#d9d5ca")
    if position.neighbours:
        lines = path(position.neighbours)
        sheet.path(lines, fill="none", stroke="#ffffff", stroke_width=0.6)
    if position.area:
        sheet.path(path(position.area), fill=theme.ACCENT, stroke=theme.INK, stroke_width=0.6)
    if position.point:
        x, y = place(position.point)
        sheet.circle(x, y, 4, fill=theme.ACCENT, stroke="#ffffff", stroke_width=1)
    elif position.middle_if_tiny:
        x, y = place(position.middle_if_tiny)
        sheet.circle(x, y, 8, fill="none", stroke=theme.ACCENT, stroke_width=2)
    return sheet.drawing()


def _corner(place: tuple[float, float]) -> str:
    return f"{place[0]:.1f},{place[1]:.1f}"


def _mercator(latitude: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))
