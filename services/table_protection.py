"""Protects one linked table: which cells are hidden, and what everybody knows of them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from domain.attack import attack_table, narrow_cells
from domain.disclosure import protect_tree
from domain.linked_table import LinkedTable
from domain.plausible import with_plausible_numbers
from domain.progress import Counted, uncounted
from domain.suppression import protect_table
from services.area_steps import AreaSteps
from services.table_relations import BuiltTable, CellName, Knowledge, linked_table
from services.table_structure import Structure
from services.tree_values import tree_values

Cells = frozenset[CellName]


@dataclass(frozen=True)
class Hidden:
    """What is hidden of one table.

    Attributes
    ----------
    cells
        Hidden cells.
    infeasible
        Cells that could not be protected whatever else was hidden.
    known
        What everybody knows beside the published numbers.
    slacks
        Small counts left by subtracting, protected like cells.
    beside
        Hidden cell → the cells that a published sum joins with it.
    """

    cells: Cells
    infeasible: Cells
    known: Knowledge
    slacks: Cells = frozenset()
    beside: dict[CellName, set[CellName]] = field(default_factory=dict)


def hide(
    facts: pd.DataFrame,
    structure: Structure,
    steps: AreaSteps,
    width: float,
    report: Counted = uncounted,
) -> Hidden:
    """Hide what must be hidden in one table.

    Parameters
    ----------
    facts
        One row a cell, see :func:`services.table_relations.linked_table`, with ``top`` (largest
        possible number), ``unsafe``, ``hidden`` (by its office or an earlier release) and
        ``was_open`` (an earlier release shows it, so everybody knows it).
    """
    return _Hiding(facts, structure, steps, width, report).hidden()


class _Hiding:
    def __init__(
        self,
        facts: pd.DataFrame,
        structure: Structure,
        steps: AreaSteps,
        width: float,
        report: Counted,
    ) -> None:
        self._facts = facts
        self._steps = steps
        self._report = report
        self._told = _names(facts, facts["was_open"])
        self._unsafe = _names(facts, facts["unsafe"]) - self._told
        self._given = _names(facts, facts["hidden"]) - self._told - self._unsafe
        self._known = Knowledge(width, self._least(), self._most())
        self._built: BuiltTable = linked_table(facts, structure, steps, self._known)
        values = dict(zip(self._built.table.cells, self._built.table.values, strict=True))
        self._slacks = frozenset(c for c in self._built.slacks if 0 < values[c] < width)

    def hidden(self) -> Hidden:
        if not (self._unsafe or self._given or self._slacks):
            return Hidden(frozenset(), frozenset(), self._known_of(frozenset()))
        table = with_plausible_numbers(self._built.table)
        found = self._in_tree(table)
        if found is None:
            found = self._in_net(table)
        cells, infeasible = found
        cells &= frozenset(self._facts.index)
        return Hidden(cells, infeasible, self._known_of(cells), self._slacks, self._beside(cells))

    def _least(self) -> dict[str, float]:
        """Where zeros are shown, everybody knows that a hidden cell holds at least one."""
        kept_back = self._facts[self._facts["unsafe"] | self._facts["hidden"]]
        lowest = kept_back.groupby("period")["number"].min()
        return {
            str(p): 0.0 if lowest.get(p, 1.0) < 1 else 1.0 for p in self._facts["period"].unique()
        }

    def _most(self) -> dict[CellName, float]:
        return {str(c): float(t) for c, t in self._facts["top"].dropna().items()}

    def _known_of(self, cells: Cells) -> Knowledge:
        most = {c: t for c, t in self._known.most.items() if c in cells}
        return Knowledge(self._known.width, self._known.least, most, self._built.rests)

    def _unseen(self) -> Cells:
        """Cells nobody knows anything of: no row, or a row without a number."""
        empty = _names(self._facts, self._facts["number"].isna())
        return (self._built.unseen | empty) - self._given - self._unsafe - self._told

    def _in_tree(self, table: LinkedTable) -> tuple[Cells, Cells] | None:
        """Protect a single tree exactly; None where the table is none, or an insider sees more."""
        parent = _single_parents(table)
        if parent is None or self._slacks:
            return None
        values = tree_values(self._facts, parent)
        least = dict.fromkeys(values, min(self._known.least.values()))
        for frozen in self._attempts(frozenset(c for c in values if c not in parent)):
            found = protect_tree(
                values, parent, self._unsafe, width=self._known.width, lower=least,
                upper=self._known.most, frozen=frozen, known_hidden=self._given,
            )  # fmt: skip
            if not found.infeasible:
                needed = found.hidden
                bounds = attack_table(
                    table,
                    needed | self._unseen(),
                    wanted=needed,
                    insiders=True,
                    frozen=(frozen | frozenset(self._built.rests)) - needed - self._unseen(),
                    until_wide=True,
                )
                return None if narrow_cells(table, bounds, needed) else (found.hidden, frozenset())
        return None

    def _in_net(self, table: LinkedTable) -> tuple[Cells, Cells]:
        unseen = self._unseen()
        levels = sorted({str(x) for x in self._facts["level_key"]})
        tops = _names(self._facts, self._facts["level_key"].isin(self._steps.tops(levels)))
        infeasible: Cells = frozenset()
        hidden: Cells = frozenset()
        for frozen in self._attempts(tops):
            kept = frozen | frozenset(self._built.rests)
            found = protect_table(
                table,
                self._unsafe | self._slacks,
                frozen=kept - unseen,
                given=self._given,
                never_shown=unseen,
                report=self._report,
            )
            hidden, infeasible = found.hidden - unseen, frozenset(found.infeasible)
            # two series that differ by few all over the town are not worth the town's own figures
            if not infeasible or self._are_alike(infeasible, levels):
                break
        return hidden, infeasible

    def _are_alike(self, infeasible: Cells, levels: list[str]) -> bool:
        tops = tuple(f"|{level}|" for level in self._steps.tops(levels))
        return any(top in cell for cell in infeasible & self._slacks for top in tops)

    def _attempts(self, tops: Cells) -> list[Cells]:
        """Try first to keep the sums of the town open."""
        tops = tops - self._unsafe - self._given
        return [self._told | tops, self._told] if tops - self._told else [self._told]

    def _beside(self, cells: Cells) -> dict[CellName, set[CellName]]:
        beside: dict[CellName, set[CellName]] = {}
        for relation in self._built.table.relations:
            joined = cells.intersection(relation)
            for cell in joined:
                beside.setdefault(cell, set()).update(joined - {cell})
        return beside


def _names(facts: pd.DataFrame, chosen: pd.Series) -> Cells:
    return frozenset(str(c) for c in facts.index[chosen.to_numpy(dtype=bool)])


def _single_parents(table: LinkedTable) -> dict[CellName, CellName] | None:
    """Return cell → the one sum it is part of; None where one is part of several."""
    parent: dict[CellName, CellName] = {}
    for relation in table.relations:
        above = next(c for c, factor in relation.items() if factor < 0)
        for cell, factor in relation.items():
            if cell == above or cell.startswith("rest "):
                continue
            if factor < 0 or parent.get(cell, above) != above:
                return None
            parent[cell] = above
    return parent


def small(numbers: pd.Series, width: float) -> bool:
    """Return whether some count is that of few people."""
    values = numbers.to_numpy(dtype=float)
    return bool(np.any((values > 0) & (values < width)))
