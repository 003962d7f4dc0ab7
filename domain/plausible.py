"""Numbers that could stand where nobody told one, so that a table can be calculated with.

A cell hidden by its office, or an area without a figure, has a number all the same. Which one
does not matter for what an attacker can derive: it only has to agree with everything published.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from domain.linked_table import TOLERANCE, LinkedTable


def with_plausible_numbers(table: LinkedTable) -> LinkedTable:
    """Return the table with numbers in place of NaN that agree with all relations.

    Relations that no number within the limits can fulfil are left out: they are no facts.

    Examples
    --------
    >>> one = np.ones(3)
    >>> table = LinkedTable(("town", "a", "b"), np.array([5.0, 3.0, np.nan]),
    ...                     ({"town": -1, "a": 1, "b": 1},), 0 * one, 9 * one, one)
    >>> with_plausible_numbers(table).values.tolist()
    [5.0, 3.0, 2.0]
    """
    unknown = np.isnan(table.values)
    if not unknown.any():
        return table
    joined = [r for r in table.relations if any(unknown[table.position[c]] for c in r)]
    facts = [r for r in joined if _can_hold(table, r)]
    numbers = _solved(table, facts)
    if numbers is None:  # they contradict each other: none of them is a fact
        facts = []
        numbers = table.lower[unknown]
    values = table.values.copy()
    values[unknown] = numbers
    kept = [r for r in table.relations if r in facts or r not in joined]
    return replace(table, values=values, relations=tuple(kept), upper=np.fmax(table.upper, values))


def _can_hold(table: LinkedTable, relation: Mapping[str, float]) -> bool:
    least = most = 0.0
    for cell, factor in relation.items():
        at = table.position[cell]
        value = table.values[at]
        ends = (value, value) if not np.isnan(value) else (table.lower[at], table.upper[at])
        low, high = sorted(factor * end for end in ends)
        least, most = least + low, most + high
    return least <= TOLERANCE and most >= -TOLERANCE


def _solved(table: LinkedTable, facts: Sequence[Mapping[str, float]]) -> np.ndarray | None:
    """Return one number for each unknown cell in table order, None where there are none."""
    from scipy.optimize import LinearConstraint, milp
    from scipy.sparse import csr_array

    places = np.flatnonzero(np.isnan(table.values))
    column = {table.cells[at]: i for i, at in enumerate(places)}
    entries, sums = [], np.zeros(len(facts))
    for row, relation in enumerate(facts):
        for cell, factor in relation.items():
            if cell in column:
                entries.append((row, column[cell], factor))
            else:
                sums[row] -= factor * table.values[table.position[cell]]
    limits = (table.lower[places], table.upper[places])
    if not entries:
        return limits[0]
    rows, columns, factors = zip(*entries, strict=True)
    matrix = csr_array((factors, (rows, columns)), shape=(len(facts), len(places)))
    answer = milp(
        np.ones(len(places)),
        constraints=LinearConstraint(matrix, sums, sums),
        bounds=limits,
        integrality=np.full(len(places), int(table.is_whole)),
        options={"time_limit": 60.0},
    )
    if answer.x is None:
        return None
    found: np.ndarray = np.round(answer.x) if table.is_whole else answer.x
    return found
