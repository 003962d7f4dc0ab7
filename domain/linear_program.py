"""Smallest value of a linear goal under published relations; HiGHS through SciPy."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from domain.linked_table import TOLERANCE, FloatArray, IntArray

_SOLVED, _CONTRADICTION, _ENDLESS, _UNCLEAR = 0, 2, 3, 4
"""Status codes of ``scipy.optimize.milp``; any other means that the search was given up."""


@dataclass(frozen=True)
class Optimum:
    """Smallest value of a goal and a point that reaches it.

    No point and minus infinity where there is no limit; no point and NaN where the solver found
    no answer, which must never be taken for "no limit".
    """

    value: float
    point: FloatArray | None


@dataclass(frozen=True)
class Program:
    """Unknown numbers between limits, with ``matrix @ numbers = sums``.

    Attributes
    ----------
    matrix
        Sparse, shape ``(n_relations, n_numbers)``.
    sums, lower, upper
        Right sides, shape ``(n_relations,)``, and limits, shape ``(n_numbers,)``.
    is_whole
        Whether the numbers are known to be whole.
    """

    matrix: Any
    sums: FloatArray
    lower: FloatArray
    upper: FloatArray
    is_whole: bool = True

    def within(self, lower: FloatArray, upper: FloatArray) -> Program:
        """Return the same relations with other limits."""
        return replace(self, lower=lower, upper=upper)

    def least(self, goal: FloatArray) -> Optimum | None:
        """Minimise ``goal @ numbers``; None where the relations contradict the limits.

        Whole numbers cost a branch-and-bound search only where the plain program ends between
        them, which tables of two ways never do.
        """
        found = self._solve(goal, whole=False)
        if found is None or found.point is None or not self.is_whole or _is_whole(found.point):
            return found
        return self._solve(goal, whole=True)

    def _solve(self, goal: FloatArray, *, whole: bool) -> Optimum | None:
        answer = self._asked(goal, whole=whole, presolve=True)
        if answer.status == _UNCLEAR:  # "no limit or a contradiction": the plain way tells which
            answer = self._asked(goal, whole=whole, presolve=False)
        if answer.status == _SOLVED:
            point = np.round(answer.x) if whole or _is_whole(answer.x) else answer.x
            return Optimum(float(goal @ point) + 0.0, point)
        if answer.status == _CONTRADICTION:
            return None
        return Optimum(-math.inf if answer.status == _ENDLESS else math.nan, None)

    def _asked(self, goal: FloatArray, *, whole: bool, presolve: bool) -> Any:
        from scipy.optimize import Bounds, LinearConstraint, milp

        return milp(
            goal,
            constraints=LinearConstraint(self.matrix, self.sums, self.sums),
            bounds=Bounds(self.lower, self.upper),
            integrality=np.full(len(goal), int(whole)),
            options={"presolve": presolve},
        )


def _is_whole(point: FloatArray) -> bool:
    return bool(np.all(np.abs(point - np.round(point)) < TOLERANCE))


def components(matrix: Any) -> IntArray:
    """Return for each column which connected part of the relations it belongs to."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    pattern = csr_array(matrix, copy=True)
    pattern.eliminate_zeros()  # what was multiplied away joins nothing
    pattern.data = np.ones_like(pattern.data)
    _, labels = connected_components(pattern.T @ pattern, directed=False)
    return np.asarray(labels, dtype=np.intp)


def narrowed(program: Program, rounds: int) -> tuple[FloatArray, FloatArray]:
    """Cut limits relation by relation until nothing changes: outer bounds of every number.

    Exact where the relations form a tree; elsewhere the true bounds lie inside.
    """
    entries = program.matrix.tocoo()
    row, column, factor = entries.row, entries.col, entries.data
    lower, upper = program.lower.copy(), program.upper.copy()
    for _ in range(rounds):
        low, high = _others(row, column, factor, program.sums, (lower, upper))
        before = lower.copy(), upper.copy()
        np.maximum.at(lower, column, low)
        np.minimum.at(upper, column, high)
        if np.array_equal(lower, before[0]) and np.array_equal(upper, before[1]):
            break
    return lower, upper


def _others(
    row: IntArray,
    column: IntArray,
    factor: FloatArray,
    sums: FloatArray,
    limits: tuple[FloatArray, FloatArray],
) -> tuple[FloatArray, FloatArray]:
    """Return what each relation says of each of its numbers, given the limits of the others."""
    ends = factor * limits[0][column], factor * limits[1][column]
    least = _rest(row, np.minimum(*ends), len(sums))
    most = _rest(row, np.maximum(*ends), len(sums))
    first, second = (sums[row] - most) / factor, (sums[row] - least) / factor
    return np.minimum(first, second), np.maximum(first, second)


def _rest(row: IntArray, part: FloatArray, n_rows: int) -> FloatArray:
    """Return the sum of the other parts of the same relation, which may be infinite."""
    endless = np.isinf(part)
    finite = np.where(endless, 0.0, part)
    total = np.bincount(row, finite, n_rows)[row] - finite
    count = np.bincount(row, endless, n_rows)[row] - endless
    return np.where(count > 0, np.inf * _sign(part, row, n_rows), total)


def _sign(part: FloatArray, row: IntArray, n_rows: int) -> FloatArray:
    """Return the sign of the infinite parts of each relation; all of one are of one sign."""
    signs = np.where(np.isinf(part), np.sign(part), 0.0)
    total = np.sign(np.bincount(row, signs, n_rows)[row])
    return np.where(total == 0, 1.0, total)
