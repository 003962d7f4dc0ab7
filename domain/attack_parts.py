"""The connected parts into which hidden cells fall, each attacked on its own."""

from __future__ import annotations

import math
from collections.abc import Iterator
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

    def bounds(self, wanted: IntArray, *, insiders: bool, until_wide: bool) -> dict[int, Bounds]:
        """Return smallest and largest value of the wanted cells, by position."""
        if not len(wanted):
            return {}
        found = _bounds(self, self.program, wanted, until_wide=until_wide)
        if insiders:
            for single in (s for s in self.singles if s in set(wanted.tolist())):
                lower, upper = self.program.lower.copy(), self.program.upper.copy()
                lower[single] = upper[single] = 1.0
                others = wanted[self.same[wanted] != self.same[single]]
                known = self.program.within(lower, upper)
                told = _bounds(self, known, others, until_wide=until_wide)
                found |= {i: _narrower(found[i], told[i]) for i in told}
        return found


def _narrower(first: Bounds, second: Bounds) -> Bounds:
    return first if first[1] - first[0] <= second[1] - second[0] else second


def _bounds(
    part: HiddenPart, program: Program, wanted: IntArray, *, until_wide: bool
) -> dict[int, Bounds]:
    is_tree = part.is_tree
    lower, upper = narrowed(program, rounds=10**6 if is_tree else _ROUNDS)
    if np.any(lower > upper + TOLERANCE):
        return {int(i): (math.nan, math.nan) for i in wanted}
    if is_tree:
        return {int(i): (float(lower[i]) + 0.0, float(upper[i]) + 0.0) for i in wanted}
    return _by_programs(part, program.within(lower, upper), wanted, until_wide=until_wide)


def _by_programs(
    part: HiddenPart, program: Program, wanted: IntArray, *, until_wide: bool
) -> dict[int, Bounds]:
    start = program.least(np.zeros(len(part.cells)))
    if start is None or start.point is None:
        return {int(i): (math.nan, math.nan) for i in wanted}
    least, most = start.point.copy(), start.point.copy()
    found: dict[int, Bounds] = {}
    for i in wanted:
        if until_wide and most[i] - least[i] >= part.needs[i] - TOLERANCE:
            found[int(i)] = float(least[i]), float(most[i])
            continue
        ends = []
        for sign, seen, limit in ((1.0, least, program.lower), (-1.0, most, program.upper)):
            if math.isfinite(limit[i]) and abs(seen[i] - limit[i]) < TOLERANCE:
                ends.append(float(limit[i]))  # reached already, and nothing lies beyond
                continue
            goal = np.zeros(len(part.cells))
            goal[i] = sign
            answer = program.least(goal)
            if answer is None:  # seen to have a point before
                raise ArithmeticError("the solver contradicts itself")
            ends.append(sign * answer.value + 0.0)
            if answer.point is not None:
                np.minimum(least, answer.point, out=least)
                np.maximum(most, answer.point, out=most)
        found[int(i)] = ends[0], ends[1]
    return found
