"""Which cells of a linked table are hidden, and the changes that prove them safe."""

from __future__ import annotations

import numpy as np

from domain.attack_parts import Mask, hidden_parts, same_numbers
from domain.flow_programs import Net
from domain.linked_table import TOLERANCE, FloatArray, LinkedTable
from domain.witnesses import Witness, Witnesses


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
        self.values = values
        unknown = np.isnan(table.values[order])
        self._down, self._up = values - lower, upper - values
        # nothing can be said through relations that contradict themselves
        facts = np.flatnonzero(~(abs(table.matrix) @ self.contradicted > 0))
        self._net = Net(
            table.matrix[facts], values, (self._down, self._up), is_whole=table.is_whole
        )
        self._needs = table.needs[order]
        outside = (self._down < -TOLERANCE) | (self._up < -TOLERANCE)
        if np.any(outside & hidden):
            raise ValueError("a hidden cell has a number that hidden cells cannot have")
        self._usable = ~frozen & ~outside
        self.hidden = hidden | unknown
        self._exempt = exempt | (unknown & ~hidden)
        self._same = same_numbers(table, hidden, frozen)
        self._one = insiders & (np.abs(values - 1.0) < TOLERANCE)
        self._pool = Witnesses()

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

    @property
    def programs(self) -> int:
        """Return how many linear programs were solved."""
        return self._net.programs

    def protect(self, cell: int) -> bool:
        """Hide what it takes to prove a cell safe; False where it cannot be."""
        while left := self.unproven(cell):
            if not all(self._stretch(cell, known) or self._widen(cell, known) for known in left):
                return False
        return True

    def reopen(self, cell: int, given_up: set[int]) -> bool:
        """Open a cell again where all others stay proven."""
        before = {c: self._pool.reach(c) for c in given_up}
        self.hidden[cell] = False
        dropped = self._pool.drop(cell)
        moved = {c for w in dropped.values() for c in w.change if c != cell}
        for other in sorted(moved, key=self.largest_first):
            if not self.hidden[other] or self._exempt[other]:
                continue
            # what could not be protected must not be told any better, either
            is_kept = (
                self._pool.reach(other) == before[other] if other in before else self._keep(other)
            )
            if not is_kept:
                self.hidden[cell] = True
                self._pool.restore(dropped)
                return False
        return True

    def _keep(self, cell: int) -> bool:
        """Prove a cell safe by what is hidden already."""
        while left := self.unproven(cell):
            if not all(self._stretch(cell, known) for known in left):
                return False
        return True

    def _stretch(self, cell: int, known: int | None) -> bool:
        """Move a cell as far as hidden cells let it; whether that is far enough."""
        for sign in (1.0, -1.0):
            low, high = self._pool.reach(cell, known)
            room = self._up[cell] if sign > 0 else self._down[cell]
            step = min(room, self._needs[cell] + (low if sign > 0 else -high))
            if step > (high if sign > 0 else -low) + TOLERANCE:
                allowed = self._without(known, self.hidden)
                self._pool.add(Witness.of(self._net.furthest(cell, sign * step, allowed)))
            if self._is_proven(cell, known):
                return True
        return False

    @staticmethod
    def _without(known: int | None, cells: Mask) -> Mask:
        if known is None:
            return cells
        left = cells.copy()
        left[known] = False
        return left

    def _widen(self, cell: int, known: int | None) -> bool:
        """Hide the cheapest cells that give a cell its width while ``known`` stays."""
        found = (self._way(steps, cell, known) for steps in self._steps(cell, known))
        ways = [way for way in found if way]
        if not ways:
            return False
        for change in min(ways, key=self._price):
            self.hidden |= np.abs(change) > TOLERANCE
            self._pool.add(Witness.of(change))
        return True

    def _price(self, way: list[FloatArray]) -> float:
        moved = np.any([np.abs(change) > TOLERANCE for change in way], axis=0)
        return float(np.round(self._net.cost[moved & ~self.hidden].sum(), 9))

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

    def _way(self, steps: list[float], cell: int, known: int | None) -> list[FloatArray] | None:
        allowed, free = self._without(known, self.hidden | self._usable), self.hidden
        way = []
        for step in steps:
            change = self._net.cheapest(cell, step, allowed, free)
            if change is None:
                return None
            way.append(change)
            free = free | (np.abs(change) > TOLERANCE)
        return way


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
