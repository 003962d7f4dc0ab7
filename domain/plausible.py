"""Numbers that could stand where nobody told one, so that a table can be calculated with.

A cell hidden by its office, or an area without a figure, has a number all the same. Which one
does not matter for what an attacker can derive: it only has to agree with everything published.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from domain.linked_table import TOLERANCE, FloatArray, IntArray, LinkedTable

_SECONDS = 60.0
"""How long whole numbers are looked for before any that agree are taken."""
_DEAR = 1000.0
"""A relation of a guarded cell is given up only if this much of others does not help."""
_LATER = 1e-3
"""Of relations that contradict each other equally, the one that comes later is given up."""
_SMALL = 1e-5
"""Numbers are as small as the relations let them be; no sum of these costs outweighs a relation."""


def with_plausible_numbers(table: LinkedTable) -> LinkedTable:
    """Return the table with numbers in place of NaN that agree with all relations.

    Relations that contradict each other are no facts: of those, as little is left out as can be.

    Examples
    --------
    >>> one = np.ones(3)
    >>> table = LinkedTable(("town", "a", "b"), np.array([5.0, 3.0, np.nan]),
    ...                     ({"town": -1, "a": 1, "b": 1},), 0 * one, 9 * one, one)
    >>> with_plausible_numbers(table).values.tolist()
    [5.0, 3.0, 2.0]
    """
    if not np.isnan(table.values).any():
        return table
    told = _Told.of(table, ())
    values = table.values.copy()
    values[told.places] = told.numbers(table.is_whole)
    return replace(
        table, values=values, relations=told.relations(), upper=np.fmax(table.upper, values)
    )


def without_contradictions(table: LinkedTable, guarded: Collection[str]) -> LinkedTable:
    """Return the table without relations that contradict others; what has no number keeps none.

    Relations of the guarded cells are kept as long as giving up others helps: a contradiction
    elsewhere must not hide from an attack what is published about them.

    Raises
    ------
    ArithmeticError
        The solver found no answer.
    """
    if not np.isnan(table.values).any():
        return table
    return replace(table, relations=_Told.of(table, guarded).relations())


@dataclass(frozen=True)
class _Told:
    """The relations of unknown cells, and numbers that fit as many of them as can be.

    ``matrix @ point`` is ``sums`` in the rows that hold; ``rows`` are the places of the
    relations in the table, ``places`` those of the unknown cells.
    """

    table: LinkedTable
    places: IntArray
    rows: IntArray
    matrix: Any
    sums: FloatArray
    point: FloatArray

    @classmethod
    def of(cls, table: LinkedTable, guarded: Collection[str]) -> _Told:
        """Find the numbers that the relations contradict least."""
        places = np.flatnonzero(np.isnan(table.values))
        rows, matrix, sums = _relations_of(table, places)
        costs = 1.0 + _LATER * np.arange(len(rows), 0, -1) / max(len(rows), 1)
        dear = set(guarded)
        costs[[not dear.isdisjoint(table.relations[row]) for row in rows]] *= _DEAR
        point = _least_contradicted(matrix, sums, costs, (table.lower[places], table.upper[places]))
        return cls(table, places, rows, matrix, sums, point)

    def _holds(self) -> np.ndarray:
        gaps = np.abs(self.matrix @ self.point - self.sums)
        return np.asarray(gaps <= TOLERANCE * np.maximum(1.0, np.abs(self.sums)))

    def relations(self) -> tuple[Any, ...]:
        """Return the relations of the table that hold, or that nothing unknown stands in."""
        gone = set(self.rows[~self._holds()].tolist())
        return tuple(r for i, r in enumerate(self.table.relations) if i not in gone)

    def numbers(self, is_whole: bool) -> FloatArray:
        """Return numbers for the unknown cells, whole ones if they can be found in time."""
        whole = np.round(self.point)
        if not is_whole or np.all(np.abs(self.point - whole) < TOLERANCE):
            return np.asarray(whole if is_whole else self.point)
        from scipy.optimize import Bounds, LinearConstraint, milp

        kept = np.flatnonzero(self._holds())
        limits = Bounds(self.table.lower[self.places], self.table.upper[self.places])
        answer = milp(
            np.ones(len(self.places)),
            constraints=LinearConstraint(self.matrix[kept], self.sums[kept], self.sums[kept]),
            bounds=limits,
            integrality=np.ones(len(self.places)),
            options={"time_limit": _SECONDS},
        )
        return self.point if answer.x is None else np.round(answer.x)


def _relations_of(table: LinkedTable, places: IntArray) -> tuple[IntArray, Any, FloatArray]:
    """Return which relations have unknown cells, their matrix and what the known cells leave."""
    from scipy.sparse import csr_array

    column = {table.cells[at]: i for i, at in enumerate(places)}
    rows = [i for i, r in enumerate(table.relations) if not column.keys().isdisjoint(r)]
    entries: list[tuple[float, int, int]] = []
    sums = np.zeros(len(rows))
    for row, at in enumerate(rows):
        for cell, factor in table.relations[at].items():
            if cell in column:
                entries.append((factor, row, column[cell]))
            else:
                sums[row] -= factor * table.values[table.position[cell]]
    factors, row_of, column_of = zip(*entries, strict=True) if entries else ((), (), ())
    shape = (len(rows), len(places))
    matrix = csr_array((factors, (row_of, column_of)), shape=shape, dtype=float)
    return np.array(rows, dtype=np.intp), matrix, sums


def _least_contradicted(
    matrix: Any, sums: FloatArray, costs: FloatArray, limits: tuple[FloatArray, FloatArray]
) -> FloatArray:
    """Return numbers within limits for which the relations fail least, weighed by their costs."""
    from scipy.optimize import linprog
    from scipy.sparse import eye_array, hstack

    n_relations, n_cells = matrix.shape
    if not n_relations:
        return limits[0]
    lower = np.concatenate([np.minimum(*limits), np.zeros(2 * n_relations)])
    upper = np.concatenate([limits[1], np.full(2 * n_relations, np.inf)])
    miss = eye_array(n_relations)
    answer = linprog(
        np.concatenate([np.full(n_cells, _SMALL), costs, costs]),
        A_eq=hstack([matrix, miss, -miss], format="csr"),
        b_eq=sums,
        bounds=np.column_stack([lower, upper]),
        method="highs",
    )
    if answer.x is None:
        raise ArithmeticError(f"no numbers found for a published table: {answer.message}")
    return np.asarray(answer.x[:n_cells])
