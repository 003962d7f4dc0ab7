"""Cells whose published numbers add up in several ways at once, as disclosure control sees them.

Areas over levels and second groupings, categories, nested counts and pooled years are all one
thing here: facts of the form "a sum of cells is zero" (docs/methods.md, disclosure).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.intp]

TOLERANCE = 1e-6
"""Sums and widths are compared with this slack, because sums of floats are not exact."""


@dataclass(frozen=True)
class LinkedTable:
    """Numbers of the same people and every relation that is published between them.

    Attributes
    ----------
    cells
        Names, each once.
    values
        True numbers, shape ``(n_cells,)``; NaN where nobody knows the number.
    relations
        Published facts: the sum of coefficient times cell is zero.
    lower, upper
        What everybody knows of a cell that is hidden, shape ``(n_cells,)``; infinite for no
        limit. A cell whose number lies outside can never be hidden (a displayed zero where
        hidden cells are known to be at least one).
    widths
        Narrowest interval each cell may be left with once it is hidden, shape ``(n_cells,)``.

    Raises
    ------
    ValueError
        Shapes differ, a name stands twice, or a relation names a cell that is not there.
    """

    cells: tuple[str, ...]
    values: FloatArray
    relations: tuple[Mapping[str, float], ...]
    lower: FloatArray
    upper: FloatArray
    widths: FloatArray

    def __post_init__(self) -> None:
        """Refuse what is no table."""
        shapes = {a.shape for a in (self.values, self.lower, self.upper, self.widths)}
        if shapes != {(len(self.cells),)}:
            raise ValueError("values, lower, upper and widths must have one entry a cell")
        if len(set(self.cells)) < len(self.cells):
            raise ValueError("each cell must stand once")
        strangers = {c for r in self.relations for c in r if c not in self.position}
        if strangers:
            raise ValueError(f"relations name cells that are not there: {sorted(strangers)[:3]}")

    @cached_property
    def position(self) -> dict[str, int]:
        """Cell → its place in the arrays."""
        return {cell: i for i, cell in enumerate(self.cells)}

    @cached_property
    def needs(self) -> FloatArray:
        """Width each cell must keep: its protection width, or all it could be from the start."""
        room = self.upper - self.lower
        return np.where((room > 0) & (room < self.widths), room, self.widths)

    @cached_property
    def is_whole(self) -> bool:
        """Whether cells count persons, so that everybody knows they are whole numbers."""
        known = self.values[~np.isnan(self.values)]
        return bool(np.all(np.abs(known - np.round(known)) < TOLERANCE))

    @cached_property
    def canonical(self) -> tuple[tuple[tuple[int, float], ...], ...]:
        """Relations as (place, coefficient) in one order, however they were handed over.

        Places count cells by name, each relation stands once, and its first coefficient is
        positive, so that the same facts always make the same linear program.
        """
        place = {cell: i for i, cell in enumerate(sorted(self.cells))}
        found = set()
        for relation in self.relations:
            entries = sorted((place[c], float(k)) for c, k in relation.items() if k)
            if entries:
                sign = 1.0 if entries[0][1] > 0 else -1.0
                found.add(tuple((i, sign * k) for i, k in entries))
        return tuple(sorted(found))

    @cached_property
    def matrix(self) -> Any:
        """The relations as a sparse matrix, shape ``(n_relations, n_cells)``; cells by name."""
        from scipy.sparse import csr_array

        entries = [(row, i, k) for row, facts in enumerate(self.canonical) for i, k in facts]
        rows, columns, factors = zip(*entries, strict=True) if entries else ((), (), ())
        shape = (len(self.canonical), len(self.cells))
        return csr_array((factors, (rows, columns)), shape=shape, dtype=float)

    @cached_property
    def by_name(self) -> IntArray:
        """Places of the cells in alphabetical order: ``values[by_name]`` fits :attr:`matrix`."""
        return np.array(sorted(range(len(self.cells)), key=lambda i: self.cells[i]), dtype=np.intp)

    def broken(self) -> list[int]:
        """Return the positions of relations that the true numbers contradict.

        Examples
        --------
        >>> one = np.ones(2)
        >>> table = LinkedTable(("a", "b"), np.array([3.0, 4.0]), ({"a": 1, "b": -1},),
        ...                     one, 9 * one, 3 * one)
        >>> table.broken()
        [0]
        """
        values = dict(zip(self.cells, self.values, strict=True))
        sums = [sum(k * values[c] for c, k in r.items()) for r in self.relations]
        return [i for i, total in enumerate(sums) if abs(total) > TOLERANCE]  # NaN is no break

    def mask(self, cells: Collection[str]) -> npt.NDArray[np.bool_]:
        """Return which cells (by name, as in :attr:`matrix`) are among the given ones.

        Raises
        ------
        ValueError
            One of them is not in the table.
        """
        wanted = set(cells)
        strangers = wanted - self.position.keys()
        if strangers:
            raise ValueError(f"cells that are not in the table: {sorted(strangers)[:3]}")
        return np.array([c in wanted for c in sorted(self.cells)], dtype=bool)
