"""Statistical disclosure control: which cells are unsafe, what else must be hidden, and the proof.

Primary rules and the exact two-pass bounds of a single tree of levels stand here, and the
general attack audit by linear programming (Hundepool et al. 2012; docs/methods.md, disclosure).
A hidden cell is safe when everything that is published leaves it an interval of at least the
protection width.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.model import State

Bounds = tuple[float, float]

_UNBOUNDED = 3
"""Status of a linear program when nothing published limits this side."""


def primary(
    numerators: Sequence[float | None],
    denominators: Sequence[float | None],
    *,
    k: int = 3,
    n_min: float = 10,
    zero_sensitive: bool = False,
    full_sensitive: bool = False,
) -> tuple[list[bool], list[State]]:
    """Mark cells that would tell about single persons.

    Parameters
    ----------
    numerators, denominators
        Counts, shape ``(n_cells,)``; a ``None`` denominator belongs to a count without a base.
    k
        Smallest number of cases that may be shown, also for the complement.
    n_min
        Smallest base that may be shown.

    Returns
    -------
    unsafe, states
        Shape ``(n_cells,)`` each.
    """
    unsafe, states = [], []
    for a, n in zip(numerators, denominators, strict=True):
        if n == 0 or a is None:
            unsafe.append(False)
            states.append(State.NOT_APPLICABLE if n == 0 else State.NOT_COLLECTED)
            continue
        is_unsafe = _is_unsafe(a, n, k, n_min) or (
            (a == 0 and zero_sensitive) or (n is not None and a == n and full_sensitive)
        )
        unsafe.append(is_unsafe)
        states.append(State.SUPPRESSED if is_unsafe else State.NIL if a == 0 else State.OK)
    return unsafe, states


def _is_unsafe(a: float, n: float | None, k: int, n_min: float) -> bool:
    if 0 < a < k:
        return True
    return n is not None and (0 < n - a < k or n < n_min)


def dominance(
    contributions: Sequence[float], *, nk: tuple[int, float], p_percent: float
) -> dict[str, bool]:
    """Mark a magnitude that few contributors dominate, by the (n, k) and the p % rule."""
    ordered = sorted(contributions, reverse=True)
    total = sum(ordered)
    n, share = nk
    rest = total - sum(ordered[:2])
    return {
        "nk_unsafe": sum(ordered[:n]) > share / 100 * total,
        "p_unsafe": bool(ordered) and rest < p_percent / 100 * ordered[0],
    }


def rounded_share(denominator: int, share_percent: float, decimals: int) -> list[int]:
    """Return every numerator that a rounded percentage of a known base allows."""
    half = 0.5 * 10**-decimals
    return [
        a
        for a in range(denominator + 1)
        if share_percent - half - 1e-9 <= 100 * a / denominator < share_percent + half - 1e-9
        or abs(100 * a / denominator - share_percent) <= half * (1 - 1e-9)
    ]


def ci_reveals_n(share: float, ci95: Sequence[float]) -> float:
    """Return the base that a Wilson interval gives away, by inverting it."""
    from domain.intervals import z_value

    z = z_value(0.95)
    half = (ci95[1] - ci95[0]) / 2
    # half² = z²·(p(1-p)/n + z²/4n²)/(1+z²/n)²: a quadratic in 1/n with one positive root
    p = share
    a = z**4 * (0.25 - half**2)
    b = z**2 * (p * (1 - p) - 2 * half**2)
    c = -(half**2)
    root = (-b + math.sqrt(b * b - 4 * a * c)) / (2 * a)
    return 1 / root


@dataclass(frozen=True)
class ProtectedTree:
    """What must be hidden; ``infeasible`` cells could not be protected without the whole table."""

    hidden: frozenset[str]
    infeasible: tuple[str, ...]


class _Tree:
    """The published relations of one table: parent = sum of children."""

    def __init__(self, values: Mapping[str, float | None], parent: Mapping[str, str]) -> None:
        self.values = {cell: value for cell, value in values.items() if value is not None}
        families: dict[str, list[str]] = {}
        for child, above in sorted(parent.items()):
            families.setdefault(above, []).append(child)
        # a family with a missing member adds up to nothing that is published
        self.children = {
            above: tuple(group)
            for above, group in families.items()
            if above in self.values and all(c in self.values for c in group)
        }
        self.parent = {c: above for above, group in self.children.items() for c in group}
        self.order = sorted(self.values, key=lambda c: (-self._depth(c), c))

    def _depth(self, cell: str) -> int:
        steps = 0
        while cell in self.parent:
            cell = self.parent[cell]
            steps += 1
        return steps

    def bounds(
        self, hidden: frozenset[str], lower: float, upper: Mapping[str, float]
    ) -> dict[str, Bounds]:
        """Two passes: sums from below, remainders from above; exact for a tree."""
        own = {
            cell: (lower, upper.get(cell, math.inf)) if cell in hidden else (value, value)
            for cell, value in self.values.items()
        }
        below = dict(own)
        for cell in self.order:
            group = self.children.get(cell)
            if group:
                total = (sum(below[c][0] for c in group), sum(below[c][1] for c in group))
                below[cell] = _cut(own[cell], total)
        found = dict(below)
        for cell in reversed(self.order):
            self._spread(cell, below, found)
        return {cell: found[cell] for cell in sorted(hidden) if cell in found}

    def _spread(self, cell: str, below: Mapping[str, Bounds], found: dict[str, Bounds]) -> None:
        group = self.children.get(cell, ())
        lows = [below[c][0] for c in group]
        highs = [below[c][1] for c in group]
        unbounded = sum(math.isinf(h) for h in highs)
        finite = sum(h for h in highs if not math.isinf(h))
        for child, low, high in zip(group, lows, highs, strict=True):
            if unbounded - math.isinf(high):
                rest_high = math.inf
            else:
                rest_high = finite - (0 if math.isinf(high) else high)
            limits = (found[cell][0] - rest_high, found[cell][1] - (sum(lows) - low))
            found[child] = _cut(below[child], limits)


def _cut(first: Bounds, second: Bounds) -> Bounds:
    return max(first[0], second[0]), min(first[1], second[1])


def audit_tree(
    values: Mapping[str, float | None],
    parent: Mapping[str, str],
    hidden: Iterable[str],
    *,
    lower: float = 1.0,
    upper: Mapping[str, float] | None = None,
) -> dict[str, Bounds]:
    """Return what an attacker can say about every hidden cell; exact for a tree.

    Parameters
    ----------
    values
        True number of every cell of one indicator, category and period; ``None`` where the
        source delivers none.
    parent
        Cell → the cell it is part of, over all levels.
    hidden
        Cells that are not published.
    lower
        What the attacker assumes of a hidden cell at least: 1 when zeros are shown.
    upper
        Largest possible value of a cell, such as its published base.

    Returns
    -------
    dict
        ``(smallest, largest)`` possible value of each hidden cell.
    """
    return _Tree(values, parent).bounds(frozenset(hidden), lower, upper or {})


def too_narrow(bounds: Mapping[str, Bounds], width: float) -> list[str]:
    """Return the hidden cells whose interval is narrower than the protection width."""
    return sorted(c for c, (low, high) in bounds.items() if high - low < width)


def protect_tree(  # noqa: PLR0913 - the knowledge of an attacker has that many sides
    values: Mapping[str, float | None],
    parent: Mapping[str, str],
    unsafe: Iterable[str],
    *,
    width: float,
    lower: float = 1.0,
    upper: Mapping[str, float] | None = None,
    frozen: frozenset[str] = frozenset(),
    known_hidden: frozenset[str] = frozenset(),
) -> ProtectedTree:
    """Hide more cells until no unsafe one can be derived, fewest and smallest first.

    Parameters
    ----------
    values, parent, lower, upper
        As for :func:`audit_tree`.
    unsafe
        Cells the primary rules hide.
    width
        Narrowest interval a hidden cell may be left with.
    frozen
        Cells that must stay open, such as the published total of the town.
    known_hidden
        Cells hidden in earlier releases; hidden stays hidden.

    Returns
    -------
    ProtectedTree
        Deterministic: ties are broken by value, then by name.
    """
    tree = _Tree(values, parent)
    hidden = {c for c in (*unsafe, *known_hidden) if c in tree.values}
    given_up: set[str] = set()
    while True:
        bounds = tree.bounds(frozenset(hidden), lower, upper or {})
        narrow = [c for c in too_narrow(bounds, width) if c not in given_up]
        if not narrow:
            return ProtectedTree(frozenset(hidden), tuple(sorted(given_up)))
        helper = _helper(tree, narrow[0], hidden, frozen)
        if helper is None:
            given_up.add(narrow[0])
        else:
            hidden.add(helper)


def _helper(tree: _Tree, cell: str, hidden: set[str], frozen: frozenset[str]) -> str | None:
    """Return the cell that costs least to hide beside ``cell``: sibling, child, then parent."""

    def cheapest(cells: Iterable[str]) -> str | None:
        # a displayed zero protects nobody, because hidden cells are known not to be zero
        usable = [c for c in cells if c not in hidden and c not in frozen and tree.values[c] > 0]
        return min(usable, key=lambda c: (tree.values[c], c), default=None)

    above = tree.parent.get(cell)
    found = cheapest(tree.children.get(above, ()) if above else ())
    if found is None:
        found = cheapest(tree.children.get(cell, ()))
    if found is None and above is not None:
        found = cheapest([above])
    if found is None and above is not None:
        # a hidden neighbour protects only as far as its own parts are open to doubt
        found = cheapest(part for c in tree.children[above] for part in tree.children.get(c, ()))
    return found if found is not None else cheapest(tree.order)


def audit(
    equations: Sequence[Mapping[str, float]],
    known: Mapping[str, float | Sequence[float]],
    *,
    lower: float = 0.0,
    upper: Mapping[str, float] | None = None,
) -> dict[str, Any]:
    """Attack a publication: smallest and largest value of every cell that is not known exactly.

    Parameters
    ----------
    equations
        Published relations, each a sum of coefficients times cells that is zero.
    known
        Published numbers, or ``[low, high]`` windows of rounded ones.
    lower
        What is known of any other cell at least.

    Returns
    -------
    dict
        ``feasible`` (cell → ``[low, high]``) and ``exactly_disclosed``; ``reason`` when the
        publication contradicts itself.
    """
    cells = sorted({c for e in equations for c in e})
    limits = {c: _limits(c, known, lower, upper or {}) for c in cells}
    asked = [c for c in cells if c not in known or isinstance(known[c], Sequence)]
    feasible: dict[str, list[float]] = {}
    for cell in asked:
        found = _extremes(equations, cells, limits, cell)
        if found is None:
            return {"feasible": {}, "exactly_disclosed": [], "reason": "infeasible"}
        feasible[cell] = found
    exact = [c for c in asked if math.isclose(*feasible[c], abs_tol=1e-6)]
    return {"feasible": feasible, "exactly_disclosed": exact}


def _limits(
    cell: str,
    known: Mapping[str, float | Sequence[float]],
    lower: float,
    upper: Mapping[str, float],
) -> Bounds:
    value = known.get(cell)
    if value is None:
        return lower, upper.get(cell, math.inf)
    if isinstance(value, Sequence):
        return float(value[0]), float(value[1])
    return float(value), float(value)


def _extremes(
    equations: Sequence[Mapping[str, float]],
    cells: Sequence[str],
    limits: Mapping[str, Bounds],
    cell: str,
) -> list[float] | None:
    import numpy as np
    from scipy.optimize import linprog

    where = {c: i for i, c in enumerate(cells)}
    matrix = np.zeros((len(equations), len(cells)))
    for row, equation in enumerate(equations):
        for name, factor in equation.items():
            matrix[row, where[name]] = factor
    found = []
    for sign in (1.0, -1.0):
        goal = np.zeros(len(cells))
        goal[where[cell]] = sign
        answer = linprog(
            goal,
            A_eq=matrix,
            b_eq=np.zeros(len(equations)),
            bounds=[
                (limits[c][0], None if math.isinf(limits[c][1]) else limits[c][1]) for c in cells
            ],
            method="highs",
        )
        if answer.status == _UNBOUNDED:
            found.append(math.inf)
        elif answer.status != 0:
            return None
        else:
            found.append(round(float(answer.fun) * sign, 9) + 0.0)
    return found
