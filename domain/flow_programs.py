"""Linear programs over the net of a linked table: changes of numbers that nobody can notice.

A program looks at the neighbourhood of one cell only, because cheap changes are short; it is
widened where that holds no way.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from domain.attack_parts import Mask
from domain.linear_program import Program
from domain.linked_table import FloatArray, IntArray

_NEAR = 250
"""Cells of the neighbourhood that is searched first."""
_WIDER = 8
"""How much larger the neighbourhood gets where the nearer one holds no way."""
_BASE_COST = 0.1
_FREE_COST = 1e-3
"""Next to nothing, so that of two ways through hidden cells the shorter is taken."""


class Net:
    """Relations of a table and how far each cell may move up and down, places by name."""

    def __init__(
        self,
        relations: Any,
        values: FloatArray,
        room: tuple[FloatArray, FloatArray],
        *,
        is_whole: bool,
    ) -> None:
        self._columns = relations.tocsc()
        self._pattern = abs(relations)
        self._across = self._pattern.T.tocsr()
        self._down, self._up = room
        self._is_whole = is_whole
        self.cost = np.log1p(np.maximum(values, 0.0)) + _BASE_COST
        self.programs = 0

    def cheapest(self, cell: int, step: float, allowed: Mask, free: Mask) -> FloatArray | None:
        """Return the change that moves a cell by a step at the least cost of cells not free.

        Shape ``(n_cells,)``; None where the allowed cells cannot do it.
        """
        for near in self._neighbourhoods(cell, allowed):
            change = self._change(near, cell, (step, step), np.where(free, _FREE_COST, self.cost))
            if change is not None:
                return change
        return None

    def furthest(self, cell: int, step: float, allowed: Mask) -> FloatArray:
        """Return the change that moves a cell furthest, up to a step (down where negative)."""
        change = None
        cost = np.full(len(allowed), _FREE_COST)
        cost[cell] = -1.0
        for near in self._neighbourhoods(cell, allowed):
            change = self._change(near, cell, (0.0, step), cost)
            if change is not None and abs(change[cell] - step) < _FREE_COST:
                break
        return np.zeros(len(allowed)) if change is None else change

    def _neighbourhoods(self, cell: int, allowed: Mask) -> Any:
        """Yield cells around a cell, more each time, until relations lead no further."""
        near = np.zeros(len(allowed), dtype=bool)
        near[cell] = True
        count, size = 1, _NEAR
        while True:
            rows = (self._pattern @ near) > 0
            near |= ((self._across @ rows) > 0) & allowed
            found = int(near.sum())
            is_all = found == count
            count = found
            if is_all or count >= size:
                yield np.flatnonzero(near)
                size *= _WIDER
            if is_all:
                return

    def _change(
        self, near: IntArray, cell: int, steps: tuple[float, float], cost: FloatArray
    ) -> FloatArray | None:
        matrix = self._columns[:, near].tocsr()
        matrix = matrix[np.flatnonzero(np.diff(matrix.indptr))]
        here = int(np.searchsorted(near, cell))
        if _is_alone(matrix, here):
            return None
        from scipy.sparse import hstack

        self.programs += 1
        size = len(near)
        lower, upper = np.zeros(2 * size), np.concatenate([self._up[near], self._down[near]])
        least, most = sorted(abs(step) for step in steps)
        way, other = (here, here + size) if steps[1] > 0 else (here + size, here)
        lower[way], upper[way], upper[other] = least, most, 0.0
        program = Program(
            hstack([matrix, -matrix], format="csr"), np.zeros(matrix.shape[0]), lower, upper,
            self._is_whole,
        )  # fmt: skip
        answer = program.least(np.tile(cost[near], 2))
        if answer is None or answer.point is None:
            return None
        change = np.zeros(len(cost))
        change[near] = answer.point[:size] - answer.point[size:]
        return change


def _is_alone(matrix: Any, here: int) -> bool:
    """Whether a relation holds no other cell, so that nothing can move."""
    rows = matrix.tocsc()[:, [here]].indices
    return bool(np.any(np.diff(matrix.indptr)[rows] == 1))
