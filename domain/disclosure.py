"""Statistical disclosure control: which cells are unsafe, what else must be hidden, and the proof.

Primary rules and the protection of a single tree of levels with its exact two-pass bounds stand
here (Hundepool et al. 2012; docs/methods.md, disclosure); other tables: :mod:`domain.attack`.
A hidden cell is safe when everything that is published leaves it an interval of at least the
protection width.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.attack import audit
from domain.model import State
from domain.table_tree import TOLERANCE, Bounds, Prior, TableTree

__all__ = [
    "ProtectedTree", "audit", "audit_tree", "dominance", "primary", "protect_tree", "too_narrow",
]  # fmt: skip


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
    for a, n in zip(map(_known, numerators), map(_known, denominators), strict=True):
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


def _known(number: float | None) -> float | None:
    return None if number is None or math.isnan(number) else number


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


@dataclass(frozen=True)
class ProtectedTree:
    """What must be hidden; ``infeasible`` are the hidden cells that could not be protected."""

    hidden: frozenset[str]
    infeasible: tuple[str, ...]


def audit_tree(
    values: Mapping[str, float | None],
    parent: Mapping[str, str],
    hidden: Iterable[str],
    *,
    lower: float | Mapping[str, float] = 1.0,
    upper: Mapping[str, float] | None = None,
) -> dict[str, Bounds]:
    """Return what an attacker can say about every hidden cell; exact for a tree.

    Parameters
    ----------
    values
        True number of every cell of one indicator, category and period; ``None`` where the
        source delivers none: unknown to everybody, but not negative.
    parent
        Cell → the cell it is part of, over all levels.
    hidden
        Cells that are not published.
    lower
        What the attacker assumes of a hidden cell at least: 1 when zeros are shown; a mapping
        where cells differ (1 for those it does not name).
    upper
        Largest possible value of a cell, such as its published base.

    Returns
    -------
    dict
        ``(smallest, largest)`` possible value of each hidden cell.

    Examples
    --------
    >>> parts = {"town": 10.0, "a": 2.0, "b": 8.0}
    >>> audit_tree(parts, {"a": "town", "b": "town"}, {"a"})
    {'a': (2.0, 2.0)}
    """
    return TableTree(values, parent, Prior(lower, upper or {})).bounds(frozenset(hidden))


def too_narrow(bounds: Mapping[str, Bounds], width: float) -> list[str]:
    """Return the hidden cells whose interval is narrower than the protection width."""
    return sorted(c for c, (low, high) in bounds.items() if high - low < width - TOLERANCE)


def protect_tree(  # noqa: PLR0913 - the knowledge of an attacker has that many sides
    values: Mapping[str, float | None],
    parent: Mapping[str, str],
    unsafe: Iterable[str],
    *,
    width: float,
    lower: float | Mapping[str, float] = 1.0,
    upper: Mapping[str, float] | None = None,
    frozen: frozenset[str] = frozenset(),
    known_hidden: frozenset[str] = frozenset(),
) -> ProtectedTree:
    """Hide more cells until no hidden one can be derived, near ones and small ones first.

    Parameters
    ----------
    values, parent, lower, upper
        As for :func:`audit_tree`.
    unsafe
        Cells the primary rules hide.
    width
        Narrowest interval a hidden cell may be left with. A cell that cannot be that wide from
        the start (a base of two) must keep all it could be.
    frozen
        Cells that must stay open, such as the published total of the town.
    known_hidden
        Cells hidden in earlier releases; hidden stays hidden.

    Returns
    -------
    ProtectedTree
        Deterministic: ties are broken by value, then by name.

    Examples
    --------
    >>> parts = {"town": 60.0, "n": 20.0, "s": 2.0, "e": 18.0, "w": 20.0}
    >>> tree = protect_tree(parts, dict.fromkeys("nsew", "town"), ["s"], width=3,
    ...                     frozen=frozenset({"town"}))
    >>> sorted(tree.hidden)
    ['e', 's']
    """
    tree = TableTree(values, parent, Prior(lower, upper or {}))
    given = frozenset(c for c in (*unsafe, *known_hidden) if c in tree.values)
    hidden, given_up = given, frozenset[str]()
    while True:
        narrow = tree.narrow(hidden, width) - given_up
        if not narrow:
            break
        cell = min(narrow, key=lambda c: (-tree.values[c], c))
        helper = tree.helper(cell, hidden, frozen, width)
        if helper is None:
            given_up |= {cell}
        else:
            hidden |= {helper}
    left = tree.narrow(hidden, width)
    # a cell hidden early may not be needed any more once others are hidden
    for cell in sorted(hidden - given, key=lambda c: (-tree.values[c], c)):
        if tree.narrow(hidden - {cell}, width) <= left:
            hidden -= {cell}
    return ProtectedTree(hidden, tuple(sorted(left)))
