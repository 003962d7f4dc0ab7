"""Which areas add up to which over all hierarchies, level by level."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from domain.model import AreaGroup
from services.nesting import Cell, Hierarchy, LevelKey, cell

Family = tuple[Cell, tuple[Cell, ...], bool]
"""A cell, the cells it is the sum of, and whether it is a group of areas."""


class AreaSteps:
    """Sums of areas between the levels that a table has; answers are kept, tables repeat."""

    def __init__(
        self,
        nesting: Sequence[Hierarchy],
        groups: Mapping[LevelKey, tuple[AreaGroup, ...]] | None = None,
    ) -> None:
        self._nesting = nesting
        self._groups = groups or {}
        self._nodes = {cell(k, g.id) for k, found in self._groups.items() for g in found}
        self._above: dict[tuple[int, LevelKey, LevelKey], dict[str, str]] = {}
        self._kept: dict[tuple[tuple[LevelKey, ...], frozenset[Cell]], list[Named]] = {}

    def families(self, levels: Sequence[LevelKey], told: Iterable[Cell]) -> list[Named]:
        """Return the sums between the given levels by the name of their step.

        Parameters
        ----------
        levels
            Levels with numbers, each once.
        told
            Cells with numbers; a group of areas among them is a step of its own.
        """
        key = (tuple(sorted(levels)), frozenset(self._nodes.intersection(told)))
        if key not in self._kept:
            self._kept[key] = self._found(*key)
        return self._kept[key]

    def connected(self, levels: Collection[LevelKey]) -> list[set[LevelKey]]:
        """Return which levels are joined by sums."""
        parts = [{level} for level in sorted(levels)]
        for _, fine, coarse in self._steps(tuple(sorted(levels))):
            joined = [p for p in parts if fine in p or coarse in p]
            parts = [p for p in parts if p not in joined] + [set().union(*joined)]
        return parts

    def tops(self, levels: Sequence[LevelKey]) -> list[LevelKey]:
        """Return the levels that are part of no other."""
        fine = {step[1] for step in self._steps(tuple(sorted(levels)))}
        return [level for level in levels if level not in fine]

    def _found(self, levels: tuple[LevelKey, ...], told: frozenset[Cell]) -> list[Named]:
        found: list[Named] = []
        done: set[LevelKey] = set()
        for number, fine, coarse in self._steps(levels):
            hierarchy = self._nesting[number]
            parents = hierarchy.parents([coarse, fine], told)
            found.append((f"{hierarchy.name} {fine}", self._gathered(parents)))
            done |= {fine, coarse}
        for level in sorted(set(levels) - done):
            parents = Hierarchy("", {}, self._groups).parents([level], told)
            if parents:
                found.append((f" {level}", self._gathered(parents)))
        return found

    def _gathered(self, parents: Mapping[Cell, Cell]) -> tuple[Family, ...]:
        families: dict[Cell, list[Cell]] = {}
        for child, above in sorted(parents.items()):
            families.setdefault(above, []).append(child)
        # groups first: where nobody prints their sum it is made before it is needed
        ordered = sorted(families, key=lambda c: (c not in self._nodes, c))
        return tuple((c, tuple(families[c]), c in self._nodes) for c in ordered)

    def _steps(self, levels: tuple[LevelKey, ...]) -> list[tuple[int, LevelKey, LevelKey]]:
        """Return (hierarchy, fine, coarse) without those that follow from others."""
        steps = []
        for number in range(len(self._nesting)):
            for fine in levels:
                above = [c for c in levels if c != fine and self._ancestors(number, fine, c)]
                steps += [
                    (number, fine, coarse)
                    for coarse in above
                    if not any(
                        self._ancestors(number, mid, coarse) for mid in above if mid != coarse
                    )
                ]
        return steps

    def _ancestors(self, number: int, fine: LevelKey, coarse: LevelKey) -> dict[str, str]:
        key = (number, fine, coarse)
        if key not in self._above:
            self._above[key] = self._nesting[number].ancestors(fine, coarse)
        return self._above[key]


Named = tuple[str, tuple[Family, ...]]
