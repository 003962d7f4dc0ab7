"""The rival of the linear programs: plain greedy complementary suppression.

What one does by hand: wherever a hidden cell can be told too well from one published sum, hide
the smallest other cell of that sum. When every sum looks fine by itself the same attack as for
the product decides, and what still fails gets its smallest open neighbour, until it passes.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable

from domain.attack import attack_table, narrow_cells
from domain.linked_table import LinkedTable


def greedy(
    table: LinkedTable,
    unsafe: Collection[str],
    frozen: Collection[str],
    *,
    enough: float = math.inf,
) -> tuple[frozenset[str], bool]:
    """Return all hidden cells, and whether it came to an end.

    Cells that cannot be protected stay hidden and unprotected. It is stopped at ``enough``
    extra cells: in large tables one cell hides the next without end.
    """
    desk = _Desk(table, frozen)
    hidden, lost = set(unsafe), set[str]()
    while True:
        if len(hidden) - len(unsafe) >= enough:
            return frozenset(hidden), False
        if added := desk.by_single_sums(hidden, lost):
            hidden |= added
            continue
        narrow = set[str]()
        for insiders in (False, True):
            bounds = attack_table(table, hidden, insiders=insiders, frozen=frozen, until_wide=True)
            narrow = narrow or set(narrow_cells(table, bounds, hidden)) - lost
        if not narrow:
            return frozenset(hidden), True
        for cell in sorted(narrow, key=desk.largest_first):
            helper = desk.smallest(desk.facts_of(cell), hidden)
            if helper is None:
                lost.add(cell)
            else:
                hidden.add(helper)


class _Desk:
    """Looks at one sum after the other."""

    def __init__(self, table: LinkedTable, frozen: Collection[str]) -> None:
        self._value = dict(zip(table.cells, table.values.tolist(), strict=True))
        self._low = dict(zip(table.cells, table.lower.tolist(), strict=True))
        self._high = dict(zip(table.cells, table.upper.tolist(), strict=True))
        self._need = dict(zip(table.cells, table.needs.tolist(), strict=True))
        self._frozen = frozenset(frozen)
        self._facts = table.relations
        self._by_cell: dict[str, list[int]] = {}
        for number, fact in enumerate(table.relations):
            for cell in fact:
                self._by_cell.setdefault(cell, []).append(number)

    def largest_first(self, cell: str) -> tuple[float, str]:
        return -self._value[cell], cell

    def facts_of(self, cell: str) -> list[int]:
        return self._by_cell.get(cell, [])

    def by_single_sums(self, hidden: Collection[str], lost: set[str]) -> set[str]:
        """Hide the smallest open cell of each sum that tells too much by itself."""
        seen, added = set(hidden), set[str]()
        for cell in sorted(set(hidden) - lost, key=self.largest_first):
            for number in self.facts_of(cell):
                while self._width(cell, number, seen) < self._need[cell]:
                    helper = self.smallest([number], seen)
                    if helper is None:
                        break
                    seen.add(helper)
                    added.add(helper)
        return added

    def _width(self, cell: str, number: int, hidden: Collection[str]) -> float:
        fact = self._facts[number]
        ends = [self._ends(c, k) for c, k in fact.items() if c != cell and c in hidden]
        known = sum(k * self._value[c] for c, k in fact.items() if c != cell and c not in hidden)
        lows, highs = known + sum(e[0] for e in ends), known + sum(e[1] for e in ends)
        if fact[cell] > 0:
            lows, highs = -highs, -lows
        low, high = max(lows, self._low[cell]), min(highs, self._high[cell])
        return float(high - low)

    def _ends(self, cell: str, factor: float) -> tuple[float, float]:
        ends = factor * self._low[cell], factor * self._high[cell]
        return min(ends), max(ends)

    def smallest(self, numbers: Iterable[int], hidden: Collection[str]) -> str | None:
        """Return the smallest open cell of the sums that may be hidden."""
        near = {c for number in numbers for c in self._facts[number]}
        usable = [
            c
            for c in near
            if c not in hidden
            and c not in self._frozen
            and self._low[c] <= self._value[c] <= self._high[c]
        ]
        return min(usable, key=lambda c: (self._value[c], c), default=None)
