"""Marks of the chosen areas: a shape each, so that they stay apart without colour."""

from __future__ import annotations

import math

from reports.drawing.svg import Sheet, written

_CORNERS: dict[str, tuple[tuple[float, float], ...]] = {
    "diamond": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "triangle-up": ((0, -1.15), (1.1, 0.85), (-1.1, 0.85)),
    "triangle-down": ((0, 1.15), (1.1, -0.85), (-1.1, -0.85)),
    "cross": (
        (-0.4, -1.1), (0.4, -1.1), (0.4, -0.4), (1.1, -0.4), (1.1, 0.4), (0.4, 0.4),
        (0.4, 1.1), (-0.4, 1.1), (-0.4, 0.4), (-1.1, 0.4), (-1.1, -0.4), (-0.4, -0.4),
    ),
}  # fmt: skip
_ROUND = {"pentagon": 5, "hexagon": 6, "hexagon2": 6, "octagon": 8}
_STAR = {"star": 5, "hexagram": 6}


def mark(sheet: Sheet, symbol: str, x: float, y: float, radius: float, colour: str) -> None:
    """Draw a mark with a white rim; a shape that is not known is a circle."""
    style: dict[str, float | str] = {"fill": colour, "stroke": "#ffffff", "stroke_width": 0.7}
    corners = _CORNERS.get(symbol) or _regular(symbol)
    if not corners:
        sheet.circle(x, y, radius, **style)
        return
    points = "L".join(f"{written(x + radius * a)},{written(y + radius * b)}" for a, b in corners)
    sheet.path(f"M{points}z", **style)


def _regular(symbol: str) -> tuple[tuple[float, float], ...]:
    if symbol in _ROUND:
        n = _ROUND[symbol]
        return tuple(_at(k / n, 1.1) for k in range(n))
    if symbol in _STAR:
        n = _STAR[symbol]
        return tuple(_at(k / (2 * n), 1.35 if k % 2 == 0 else 0.6) for k in range(2 * n))
    return ()


def _at(turn: float, length: float) -> tuple[float, float]:
    angle = 2 * math.pi * turn
    return (length * math.sin(angle), -length * math.cos(angle))
