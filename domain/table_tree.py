"""What the sums of a single tree of areas say about hidden cells.

Every relation is "parent = sum of children", so bounds by interval arithmetic in two passes, up
and down, are exact (docs/methods.md, disclosure); a linear program would find the same.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

Bounds = tuple[float, float]

TOLERANCE = 1e-9
"""Widths are compared with this slack, because sums of floats are not exact."""


@dataclass(frozen=True)
class Prior:
    """What everybody knows of a cell before anything is published."""

    lower: float | Mapping[str, float]
    upper: Mapping[str, float]

    def of(self, cell: str) -> Bounds:
        """Return smallest and largest possible value of a cell."""
        low = self.lower.get(cell, 1.0) if isinstance(self.lower, Mapping) else self.lower
        return low, self.upper.get(cell, math.inf)


class TableTree:
    """The published relations of one table: parent = sum of children."""

    def __init__(
        self, values: Mapping[str, float | None], parent: Mapping[str, str], prior: Prior
    ) -> None:
        self.values = {cell: value for cell, value in values.items() if value is not None}
        self.parent = dict(parent)
        self.children: dict[str, list[str]] = {}
        for child, above in sorted(parent.items()):
            self.children.setdefault(above, []).append(child)
        cells = {*values, *parent, *parent.values()}
        self._order = sorted(cells, key=lambda c: (-self._depth(c), c))
        self._prior = prior

    def _depth(self, cell: str) -> int:
        steps = 0
        while cell in self.parent:
            cell = self.parent[cell]
            steps += 1
        return steps

    def bounds(self, hidden: frozenset[str]) -> dict[str, Bounds]:
        """Two passes: sums from below, remainders from above; exact for a tree."""
        below = self._below(hidden)
        found = dict(below)
        for cell in reversed(self._order):
            self._spread(cell, below, found)
        return {cell: found[cell] for cell in sorted(hidden) if cell in self.values}

    def narrow(self, hidden: frozenset[str], width: float) -> frozenset[str]:
        """Return the hidden cells of which too much can be said."""
        return frozenset(
            cell
            for cell, (low, high) in self.bounds(hidden).items()
            if high - low < self._needed(cell, width) - TOLERANCE
        )

    def _needed(self, cell: str, width: float) -> float:
        low, high = self._prior.of(cell)
        return min(width, high - low) if high > low else width

    def _below(self, hidden: frozenset[str]) -> dict[str, Bounds]:
        below: dict[str, Bounds] = {}
        for cell in self._order:
            own = self._own(cell, hidden)
            group = self.children.get(cell)
            if group:
                own = _cut(own, (sum(below[c][0] for c in group), sum(below[c][1] for c in group)))
            below[cell] = own
        return below

    def _own(self, cell: str, hidden: frozenset[str]) -> Bounds:
        value = self.values.get(cell)
        if value is None:
            return 0.0, math.inf
        return self._prior.of(cell) if cell in hidden else (value, value)

    def _spread(self, cell: str, below: Mapping[str, Bounds], found: dict[str, Bounds]) -> None:
        group = self.children.get(cell, ())
        least = sum(below[c][0] for c in group)
        unbounded = sum(math.isinf(below[c][1]) for c in group)
        most = sum(below[c][1] for c in group if not math.isinf(below[c][1]))
        for child in group:
            low, high = below[child]
            open_above = unbounded - math.isinf(high) > 0
            others = math.inf if open_above else most - (0.0 if math.isinf(high) else high)
            limits = (found[cell][0] - others, found[cell][1] - (least - low))
            found[child] = _cut(below[child], limits)

    def helper(
        self, cell: str, hidden: frozenset[str], frozen: frozenset[str], width: float
    ) -> str | None:
        """Return the open cell that gives ``cell`` room: of the nearest ones the smallest.

        Room comes through relations with doubt in them only, so the search walks from hidden
        cell to hidden cell and never hides anything in a part of the town that cannot help.
        """
        low, high = self._below(hidden)[cell]
        is_sum_known = high - low < self._needed(cell, width) - TOLERANCE
        ways = ["down"] if is_sum_known else ["up", "down"]
        found = (self._nearest((cell, way), hidden, frozen) for way in ways)
        return next((c for c in found if c is not None), None)

    def _nearest(
        self, start: tuple[str, str], hidden: frozenset[str], frozen: frozenset[str]
    ) -> str | None:
        ring, seen = [start], {start}
        while ring:
            near = [(c, above) for step in ring for c, above in self._beside(*step)]
            usable = [
                (above, self.values[c], c)
                for c, above in near
                # a displayed zero gives no room, because hidden cells are known not to be zero
                if c not in hidden and c not in frozen and self.values.get(c, 0.0) > 0
            ]
            if usable:
                return min(usable)[2]
            doubtful = [
                (c, "up" if above else "down") for c, above in near if self._is_doubtful(c, hidden)
            ]
            ring = [step for step in dict.fromkeys(doubtful) if step not in seen]
            seen.update(ring)
        return None

    def _is_doubtful(self, cell: str, hidden: frozenset[str]) -> bool:
        return cell in hidden or cell not in self.values

    def _beside(self, cell: str, way: str) -> list[tuple[str, bool]]:
        """Return the other cells of one relation, and whether each is the sum."""
        if way == "down":
            return [(c, False) for c in self.children.get(cell, ())]
        above = self.parent.get(cell)
        if above is None:
            return []
        return [(c, False) for c in self.children[above] if c != cell] + [(above, True)]


def _cut(first: Bounds, second: Bounds) -> Bounds:
    return max(first[0], second[0]), min(first[1], second[1])
