"""The linked table as a net in which changes of numbers flow from cell to cell unnoticed."""

from __future__ import annotations

from typing import Any

import numpy as np

from domain.attack_parts import Mask, hidden_parts, same_numbers
from domain.linear_program import Program
from domain.linked_table import TOLERANCE, FloatArray, IntArray, LinkedTable
from domain.witnesses import Witness, Witnesses

_NEAR = 250
"""Cells of the neighbourhood that is searched first: flows are short, programs grow."""
_WIDER = 8
"""How much larger the neighbourhood gets where the nearer one holds no way."""
_BASE_COST = 0.1
_HIDDEN_COST = 1e-3
"""Next to nothing, so that of two ways through hidden cells the shorter is taken."""


class Flows:
    """Which cells are hidden, and the changes that prove them safe.

    Places count cells by name. Cells of one person are insiders: proofs for other cells must
    not move them.
    """

    def __init__(
        self, table: LinkedTable, hidden: Mask, frozen: Mask, *, exempt: Mask, insiders: bool
    ) -> None:
        order = table.by_name
        values, self.contradicted = _completed(table)
        lower, upper = table.lower[order], table.upper[order]
        # nothing can be said through relations that contradict themselves
        facts = table.matrix[np.flatnonzero(~(abs(table.matrix) @ self.contradicted > 0))]
        self._matrix = facts.tocsc()
        self._pattern = abs(facts)
        self._across = self._pattern.T.tocsr()
        self.values = values
        unknown = np.isnan(table.values[order])
        self._down, self._up = values - lower, upper - values
        self._needs = table.needs[order]
        self._is_whole = table.is_whole
        outside = (self._down < -TOLERANCE) | (self._up < -TOLERANCE)
        if np.any(outside & hidden):
            raise ValueError("a hidden cell has a number that hidden cells cannot have")
        self._usable = ~frozen & ~outside
        self._cost = np.log1p(np.maximum(values, 0.0)) + _BASE_COST
        self.hidden = hidden | unknown
        self._exempt = exempt | (unknown & ~hidden)
        self._same = same_numbers(table, hidden, frozen)
        self._one = insiders & (np.abs(values - 1.0) < TOLERANCE)
        self._pool = Witnesses()
        self.programs = 0

    def largest_first(self, cell: int) -> tuple[float, int]:
        """Sort key: large numbers first, then by name."""
        return -float(self.values[cell]), cell

    def needed(self) -> list[int]:
        """Return the hidden cells that need protection, largest first."""
        places = np.flatnonzero(self.hidden & ~self._exempt)
        return sorted((int(c) for c in places), key=self.largest_first)

    def _singles(self) -> list[int]:
        return [int(c) for c in np.flatnonzero(self._one & self.hidden & ~self._exempt)]

    def unproven(self, cell: int) -> list[int | None]:
        """Return before whom a cell is not proven safe: None for everybody, or a single."""
        if not self._is_proven(cell, None):
            return [None]
        singles = self._pool.knowing(cell, self._singles())
        return [
            s for s in singles if self._same[s] != self._same[cell] and not self._is_proven(cell, s)
        ]

    def _is_proven(self, cell: int, known: int | None) -> bool:
        low, high = self._pool.reach(cell, known)
        return bool(high - low >= self._needs[cell] - TOLERANCE)

    def protect(self, cell: int) -> bool:
        """Hide what it takes to prove a cell safe; False where it cannot be."""
        while left := self.unproven(cell):
            if not all(self._widen(cell, known, self.hidden | self._usable) for known in left):
                return False
        return True

    def reopen(self, cell: int, given_up: set[int]) -> bool:
        """Open a cell again where all others stay proven."""
        self.hidden[cell] = False
        dropped = self._pool.drop(cell)
        moved = {c for w in dropped.values() for c in w.change if c != cell} - given_up
        for other in sorted(moved, key=self.largest_first):
            if not self.hidden[other] or self._exempt[other]:
                continue
            while left := self.unproven(other):
                if not all(self._widen(other, known, self.hidden) for known in left):
                    self.hidden[cell] = True
                    self._pool.restore(dropped)
                    return False
        return True

    def _widen(self, cell: int, known: int | None, allowed: Mask) -> bool:
        """Find the cheapest changes that give a cell its width while ``known`` stays."""
        ways = [
            way
            for steps in self._steps(cell, known)
            if (way := self._way(steps, cell, known, allowed))
        ]
        if not ways:
            return False
        best = min(ways, key=self._price)
        for change in best:
            self.hidden |= np.abs(change) > TOLERANCE
            self._pool.add(Witness.of(change))
        return True

    def _price(self, way: list[FloatArray]) -> float:
        moved = np.any([np.abs(change) > TOLERANCE for change in way], axis=0)
        return float(np.round(self._cost[moved & ~self.hidden].sum(), 9))

    def _steps(self, cell: int, known: int | None) -> list[list[float]]:
        """Return by which moves of a cell its width can be reached."""
        low, high = self._pool.reach(cell, known)
        need, up, down = self._needs[cell], self._up[cell], self._down[cell]
        steps = []
        if need + low <= up:
            steps.append([need + low])
        if need - high <= down:
            steps.append([-(need - high)])
        if 0 < down < need <= up + down:
            steps.append([-down, need - down])
        if 0 < up < need <= up + down:
            steps.append([up, -(need - up)])
        return steps

    def _way(
        self, steps: list[float], cell: int, known: int | None, allowed: Mask
    ) -> list[FloatArray] | None:
        free = self.hidden
        way = []
        for step in steps:
            change = self._flow(cell, step, known, allowed, free)
            if change is None:
                return None
            way.append(change)
            free = free | (np.abs(change) > TOLERANCE)
        return way

    def _flow(
        self, cell: int, step: float, known: int | None, allowed: Mask, free: Mask
    ) -> FloatArray | None:
        """Return the cheapest change that moves a cell by a step, over the nearest cells."""
        if known is not None:
            allowed = allowed.copy()
            allowed[known] = False
        size = _NEAR
        while True:
            near, is_all = self._neighbourhood(cell, allowed, size)
            change = self._cheapest(near, cell, step, free)
            if change is not None or is_all:
                return change
            size *= _WIDER

    def _neighbourhood(self, cell: int, allowed: Mask, size: int) -> tuple[IntArray, bool]:
        near = np.zeros(len(allowed), dtype=bool)
        near[cell] = True
        count = 1
        while True:
            rows = (self._pattern @ near) > 0
            near |= ((self._across @ rows) > 0) & allowed
            found = int(near.sum())
            if found == count:
                return np.flatnonzero(near), True
            count = found
            if count >= size:
                return np.flatnonzero(near), False

    def _cheapest(self, near: IntArray, cell: int, step: float, free: Mask) -> FloatArray | None:
        matrix = self._matrix[:, near].tocsr()
        matrix = matrix[np.flatnonzero(np.diff(matrix.indptr))]
        here = int(np.searchsorted(near, cell))
        if self._is_alone(matrix, here):
            return None
        from scipy.sparse import hstack

        self.programs += 1
        up, down = self._up[near], self._down[near]
        lower = np.zeros(2 * len(near))
        upper = np.concatenate([up, down])
        for place, amount in ((here, max(step, 0.0)), (here + len(near), max(-step, 0.0))):
            lower[place] = upper[place] = amount
        program = Program(
            hstack([matrix, -matrix], format="csr"), np.zeros(matrix.shape[0]), lower, upper,
            self._is_whole,
        )  # fmt: skip
        cost = np.where(free[near], _HIDDEN_COST, self._cost[near])
        answer = program.least(np.tile(cost, 2))
        if answer is None or answer.point is None:
            return None
        change = np.zeros(len(self.values))
        change[near] = answer.point[: len(near)] - answer.point[len(near) :]
        return change

    @staticmethod
    def _is_alone(matrix: Any, here: int) -> bool:
        """Whether a relation holds no other cell, so that nothing can move."""
        rows = matrix.tocsc()[:, [here]].indices
        return bool(np.any(np.diff(matrix.indptr)[rows] == 1))


def _completed(table: LinkedTable) -> tuple[FloatArray, Mask]:
    """Return numbers that fit where none are known, and which cells no numbers fit."""
    values = table.values[table.by_name].copy()
    contradicted = np.zeros(len(values), dtype=bool)
    nothing = np.zeros(len(values), dtype=bool)
    for part in hidden_parts(table, nothing, nothing):
        found = part.program.least(np.zeros(len(part.cells)))
        if found is None or found.point is None:
            contradicted[part.cells] = True
            values[part.cells] = np.maximum(part.program.lower, 0.0)
        else:
            values[part.cells] = found.point
    return values, contradicted
