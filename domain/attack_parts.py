"""The connected parts into which hidden cells fall, each attacked on its own."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from domain.linear_program import Program, components, narrowed
from domain.linked_table import TOLERANCE, FloatArray, IntArray, LinkedTable
from domain.table_tree import Bounds

_ROUNDS = 40
"""Passes over the relations of a part that is no tree; each can only help."""


Mask = npt.NDArray[np.bool_]


def same_numbers(table: LinkedTable, hidden: Mask, frozen: Mask) -> IntArray:
    """Label cells that are one number, whatever is hidden, but for what is always open.

    A place with a single place below it, or a count and its complement where the base is
    public: who knows one of them by himself knows the other, and no release can change that.
    Displayed zeros are always open as well. Masks mark cells in the order of their names.
    """
    order = table.by_name
    values, lower, upper = (a[order] for a in (table.values, table.lower, table.upper))
    always_open = frozen | ((values < lower - TOLERANCE) | (values > upper + TOLERANCE)) & ~hidden
    left = np.where(always_open, 0.0, 1.0)
    pairs = np.flatnonzero((table.matrix != 0).astype(float) @ left == 2)  # noqa: PLR2004 - a pair
    return components(table.matrix[pairs] * left)


def hidden_parts(table: LinkedTable, hidden: Mask, frozen: Mask) -> Iterator[HiddenPart]:
    """Split what is unknown into parts that no relation joins; numbers of open cells are put in.

    Masks mark cells in the order of their names; ``frozen`` ones stay open whatever is done.
    """
    order = table.by_name
    values, lower, upper = (a[order] for a in (table.values, table.lower, table.upper))
    unknown = hidden | np.isnan(values)
    columns = np.flatnonzero(unknown)
    if not len(columns):
        return
    same = same_numbers(table, hidden, frozen)
    sums = -(table.matrix @ np.where(unknown, 0.0, values))
    matrix = table.matrix[:, columns]
    labels = components(matrix)
    by_label = np.split(np.argsort(labels, kind="stable"), np.cumsum(np.bincount(labels))[:-1])
    by_column = matrix.tocsc()
    for members in by_label:
        part = by_column[:, members].tocsr()
        rows = np.flatnonzero(np.diff(part.indptr))
        cells = columns[members]
        program = Program(part[rows], sums[rows], lower[cells], upper[cells], table.is_whole)
        single = hidden[cells] & (np.abs(values[cells] - 1.0) < TOLERANCE)
        yield HiddenPart(
            cells, program, table.needs[order][cells], np.flatnonzero(single), same[cells]
        )


@dataclass(frozen=True)
class HiddenPart:
    """Hidden cells that relations join.

    Attributes
    ----------
    cells
        Places of its cells in the table, by name.
    program
        What is published about them.
    needs
        Width each must keep.
    singles
        Positions of cells of one person, who knows his own cell.
    same
        Label of the cells that are one number to everybody, see :func:`same_numbers`.
    """

    cells: IntArray
    program: Program
    needs: FloatArray
    singles: IntArray
    same: IntArray

    @property
    def is_tree(self) -> bool:
        """Whether relations join the cells without a circle: cutting limits is exact then."""
        matrix = self.program.matrix
        edges_of_a_tree = sum(matrix.shape) - 1
        return bool(matrix.nnz == edges_of_a_tree and np.all(np.abs(matrix.data) == 1))

    def bounds(
        self, wanted: IntArray, *, insiders: bool, until_wide: bool, tick: Callable[[], None]
    ) -> dict[int, Bounds]:
        """Return smallest and largest value of the wanted cells, by position.

        ``tick`` is called before each cell that is looked at; what it raises ends the work.
        """
        if not len(wanted):
            return {}
        reached = _Reached(self, [], until_wide=until_wide, tick=tick)
        found = reached.bounds(self.program, wanted)
        if insiders:
            for single in np.intersect1d(self.singles, wanted):
                told = reached.told_to(int(single), wanted)
                found |= {i: _narrower(found[i], told[i]) for i in told}
        return found


def _narrower(first: Bounds, second: Bounds) -> Bounds:
    return first if first[1] - first[0] <= second[1] - second[0] else second


class _Reached:
    """Numbers that fit a part, found one by one, and what lies between them."""

    def __init__(
        self,
        part: HiddenPart,
        points: Collection[FloatArray],
        *,
        until_wide: bool,
        tick: Callable[[], None],
    ) -> None:
        self._part = part
        self._until_wide = until_wide
        self._tick = tick
        self._points: list[FloatArray] = []
        self._least = np.full(len(part.cells), np.inf)
        self._most = np.full(len(part.cells), -np.inf)
        self._endless = np.zeros(len(part.cells), dtype=bool)
        for point in points:
            self._add(point)

    def _add(self, point: FloatArray) -> None:
        """Keep numbers that fit if they go further than those before."""
        if np.any(point < self._least) or np.any(point > self._most):
            self._points.append(point)
            np.minimum(self._least, point, out=self._least)
            np.maximum(self._most, point, out=self._most)

    def bounds(self, program: Program, wanted: IntArray) -> dict[int, Bounds]:
        """Bound the wanted cells, by position; NaN where no numbers fit."""
        is_tree = self._part.is_tree
        lower, upper = narrowed(program, rounds=10**6 if is_tree else _ROUNDS)
        if np.any(lower > upper + TOLERANCE):
            return {int(i): (math.nan, math.nan) for i in wanted}
        if is_tree:
            return {int(i): (float(lower[i]) + 0.0, float(upper[i]) + 0.0) for i in wanted}
        return self._by_programs(program.within(lower, upper), wanted)

    def told_to(self, single: int, wanted: IntArray) -> dict[int, Bounds]:
        """Bound the cells of which a person may know more than others, for he knows his own."""
        self._tick()
        part = self._part
        his = [p for p in self._points if abs(p[single] - 1.0) < TOLERANCE]
        inner = _Reached(part, his, until_wide=self._until_wide, tick=self._tick)
        # numbers that leave his cell alone prove to him what they prove to everybody
        proven = np.zeros(len(part.cells), dtype=bool)
        if his and self._until_wide:
            proven = inner.widths() >= np.minimum(part.needs, self.widths()) - TOLERANCE
        elif his:
            proven = (inner.widths() >= self.widths() - TOLERANCE) & ~self._endless
        others = wanted[(part.same[wanted] != part.same[single]) & ~proven[wanted]]
        if not len(others):
            return {}
        lower, upper = part.program.lower.copy(), part.program.upper.copy()
        lower[single] = upper[single] = 1.0
        return inner.bounds(part.program.within(lower, upper), others)

    def widths(self) -> FloatArray:
        """Return between which numbers each cell is seen to move."""
        return np.asarray(self._most - self._least)

    def _by_programs(self, program: Program, wanted: IntArray) -> dict[int, Bounds]:
        if not self._points:
            start = program.least(np.zeros(len(program.lower)))
            if start is None or start.point is None:
                return {int(i): (math.nan, math.nan) for i in wanted}
            self._add(start.point)
        return {int(i): self._bounds_of(int(i), program) for i in wanted}

    def _bounds_of(self, i: int, program: Program) -> Bounds:
        self._tick()
        enough = self._part.needs[i] - TOLERANCE
        if self._until_wide and program.upper[i] - program.lower[i] < enough:
            return float(program.lower[i]) + 0.0, float(program.upper[i]) + 0.0
        if self._until_wide and self._most[i] - self._least[i] >= enough:
            return float(self._least[i]) + 0.0, float(self._most[i]) + 0.0
        return self._end(program, i, 1.0), -self._end(program, i, -1.0) + 0.0

    def _end(self, program: Program, i: int, sign: float) -> float:
        """Return the smallest value of a cell, of the cell with the other sign if so asked."""
        seen, limit = (
            (self._least[i], program.lower[i]) if sign > 0 else (-self._most[i], -program.upper[i])
        )
        if abs(seen - limit) < TOLERANCE:
            return float(limit)  # reached already, and nothing lies beyond
        goal = np.zeros(len(program.lower))
        goal[i] = sign
        answer = program.least(goal)
        if answer is None:
            raise ArithmeticError("the solver found numbers that fit, and then none")
        if answer.point is None:
            self._endless[i] = True
        else:
            self._add(answer.point)
        return answer.value
