"""Natural lines from a few hand-drawn points: splines and midpoint displacement."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
"""Points in metres, shape (n, 2)."""


def spline(controls: Points, *, closed: bool = False, step: float = 70.0) -> Points:
    """Return a Catmull-Rom curve through ``controls`` with a vertex about every ``step`` metres."""
    if closed:
        padded = np.vstack([controls[-1:], controls, controls[:2]])
    else:
        first = 2 * controls[:1] - controls[1:2]
        last = 2 * controls[-1:] - controls[-2:-1]
        padded = np.vstack([first, controls, last])
    pieces = []
    for before, start, end, after in zip(
        padded[:-3], padded[1:-2], padded[2:-1], padded[3:], strict=True
    ):
        count = max(2, int(np.hypot(*(end - start)) / step))
        t = np.linspace(0.0, 1.0, count, endpoint=False)[:, None]
        pieces.append(
            0.5
            * (
                2 * start
                + (end - before) * t
                + (2 * before - 5 * start + 4 * end - after) * t**2
                + (3 * start - before - 3 * end + after) * t**3
            )
        )
    tail = controls[:1] if closed else controls[-1:]
    return np.vstack([*pieces, tail])


def roughen(
    line: Points, rng: np.random.Generator, *, roughness: float, finest: float = 70.0
) -> Points:
    """Return the line with each segment displaced at its middle, again and again.

    ``roughness`` is the standard deviation of the displacement as a share of the segment's
    length; segments are halved until they are shorter than ``finest`` metres. Vertices of the
    given line stay where they are.
    """
    current = line
    while True:
        steps = np.diff(current, axis=0)
        lengths = np.hypot(steps[:, 0], steps[:, 1])
        long = lengths > finest
        if not long.any():
            return current
        normals = np.column_stack([-steps[:, 1], steps[:, 0]])
        shift = np.clip(rng.normal(0.0, roughness, len(steps)), -0.25, 0.25)
        middles = (current[:-1] + current[1:]) / 2 + normals * shift[:, None]
        woven = np.empty((2 * len(steps), 2))
        woven[0::2] = current[:-1]
        woven[1::2] = middles
        keep = np.ones(2 * len(steps), dtype=bool)
        keep[1::2] = long
        current = np.vstack([woven[keep], current[-1:]])


def natural(
    controls: Points,
    rng: np.random.Generator,
    *,
    closed: bool = False,
    roughness: float = 0.05,
    coarse: float = 600.0,
) -> Points:
    """Return a wiggly line near ``controls``: a spline at ``coarse`` steps, then roughened."""
    return roughen(spline(controls, closed=closed, step=coarse), rng, roughness=roughness)
