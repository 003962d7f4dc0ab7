"""Proof that hidden cells keep their width: other numbers that nobody could tell from the true.

A witness is a change of hidden numbers that leaves every published relation as it is. Two
witnesses of which one lifts a cell three above the other prove that an attacker cannot say more
than an interval of three, and one witness proves this for many cells at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from domain.linked_table import TOLERANCE, FloatArray


@dataclass(frozen=True)
class Witness:
    """A possible change of the numbers, by place of the cell."""

    change: dict[int, float]

    @classmethod
    def of(cls, change: FloatArray) -> Witness:
        """Keep what is not zero of a change, shape ``(n_cells,)``."""
        places = np.flatnonzero(np.abs(change) > TOLERANCE)
        return cls({int(i): float(change[i]) for i in places})


class Witnesses:
    """The changes found so far, looked up by cell."""

    def __init__(self) -> None:
        self._by_cell: dict[int, dict[int, Witness]] = {}
        self._count = 0

    def add(self, witness: Witness) -> None:
        """Keep a witness."""
        self._count += 1
        for cell in witness.change:
            self._by_cell.setdefault(cell, {})[self._count] = witness

    def drop(self, cell: int) -> dict[int, Witness]:
        """Forget every witness that changes a cell, and return them."""
        dropped = dict(self._by_cell.get(cell, {}))
        for number, witness in dropped.items():
            for other in witness.change:
                del self._by_cell[other][number]
        return dropped

    def restore(self, dropped: dict[int, Witness]) -> None:
        """Take back witnesses that :meth:`drop` returned."""
        for number, witness in dropped.items():
            for other in witness.change:
                self._by_cell[other][number] = witness

    def reach(self, cell: int, known: int | None = None) -> tuple[float, float]:
        """Return how far down and up a cell is proven to go while ``known`` keeps its number."""
        own = self._by_cell.get(cell, {}).values()
        changes = [w.change[cell] for w in own if known not in w.change]
        return min([0.0, *changes]), max([0.0, *changes])

    def knowing(self, cell: int, singles: Iterable[int]) -> list[int]:
        """Return the singles that some widest proof of a cell moves, so that it is none to them.

        All that is not named here is proven as it is: the widest pair leaves it alone.
        """
        own = self._by_cell.get(cell, {}).values()
        widest = [end(own, key=lambda w: w.change[cell], default=None) for end in (min, max)]
        moved = [w.change for w in widest if w is not None]
        return [s for s in singles if s != cell and any(s in change for change in moved)]
