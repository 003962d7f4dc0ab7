"""Where names stand beside their points, so that none lies over another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LINE = 10.0
"""Height a name takes, in points."""
_GAP = 3.0
_STEPS = (0, -1, 1, -2, 2, -3, 3, -4, 4)
_LEAST_SHARED = 0.01

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True)
class Anchor:
    """A point with a name: its middle, its radius, and how long the name is, in points."""

    x: float
    y: float
    radius: float
    length: float


@dataclass(frozen=True)
class Label:
    """Where a name begins or ends, the middle of its line, and whether a line leads to it."""

    x: float
    y: float
    is_left: bool
    is_moved: bool

    def box(self, length: float) -> Box:
        """Return what the name covers."""
        left = self.x - length if self.is_left else self.x
        return left, self.y - LINE / 2, left + length, self.y + LINE / 2


def labels(anchors: Sequence[Anchor], frame: Box) -> list[Label]:
    """Return the place of each name: beside its point, else some lines higher or lower.

    The first place is taken that lies in the frame and covers no name before and no named point.
    Where none is free, the one that covers least is taken.

    >>> pair = [Anchor(50, 50, 4, 30), Anchor(50, 52, 4, 30)]
    >>> [(place.y, place.is_left) for place in labels(pair, (0, 0, 200, 100))]
    [(50.0, False), (52.0, True)]
    """
    points = [(a.x - a.radius, a.y - a.radius, a.x + a.radius, a.y + a.radius) for a in anchors]
    taken: list[Box] = []
    found = []
    for anchor in anchors:
        others = [*taken, *points]
        label = min(
            _places(anchor, frame), key=lambda p: _covered(p.box(anchor.length), others, frame)
        )
        taken.append(label.box(anchor.length))
        found.append(label)
    return found


def _places(anchor: Anchor, frame: Box) -> list[Label]:
    """Return the possible places, the best first; ``min`` keeps the first of equal ones."""
    gap = anchor.radius + _GAP
    has_room = anchor.x + gap + anchor.length <= frame[2]
    sides = (False, True) if has_room else (True, False)
    return [
        Label(
            float(anchor.x - gap if is_left else anchor.x + gap),
            float(anchor.y + step * LINE),
            is_left,
            step != 0,
        )
        for step in _STEPS
        for is_left in sides
    ]


def _covered(box: Box, others: Sequence[Box], frame: Box) -> float:
    """Return how much of a box lies on others or outside the frame, in square points."""
    inside = _shared(box, frame)
    whole = (box[2] - box[0]) * (box[3] - box[1])
    found = whole - inside + sum(_shared(box, other) for other in others)
    return found if found > _LEAST_SHARED else 0.0


def _shared(a: Box, b: Box) -> float:
    wide, high = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    return max(wide, 0.0) * max(high, 0.0)
