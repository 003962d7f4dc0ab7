"""From cells to the linked table: every sum an attacker can reckon with, as one set of relations.

The same relations are built twice: from the true numbers before anything is hidden, and by the
audit from what was written.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd

from domain.linked_table import TOLERANCE, LinkedTable
from services.area_steps import AreaSteps
from services.nesting import Cell
from services.table_structure import Series, Structure

CellName = str
"""``indicator|category|period|level@vintage|area``."""


def cell_name(series: Series, period: str, place: Cell) -> CellName:
    """Return the name of a cell; ``place`` is ``level@vintage|area``."""
    return f"{series}|{period}|{place}"


def _series_here(period: str, place: Cell, name: Series) -> CellName:
    return cell_name(name, period, place)


@dataclass(frozen=True)
class Knowledge:
    """What everybody knows beside the published numbers.

    Attributes
    ----------
    width
        Narrowest interval a hidden cell may be left with.
    least
        Period → what a hidden cell is known to hold at least: 1 unless zeros are hidden.
    most
        Cell → its largest possible number, such as its public base.
    rests
        Relation → by how much a published sum differs from its parts (rounding, unknown
        addresses); where none is told the parts add up.
    """

    width: float
    least: Mapping[str, float]
    most: Mapping[CellName, float] = field(default_factory=dict)
    rests: Mapping[str, float] = field(default_factory=dict)


class BuiltTable(NamedTuple):
    """A linked table with what is special about some of its cells.

    ``unseen`` cells are no rows of anything: what is left by subtracting, or areas nobody has a
    number of. ``slacks`` are those left by subtracting. ``rests`` are the differences found.
    """

    table: LinkedTable
    unseen: frozenset[CellName]
    slacks: frozenset[CellName]
    rests: dict[str, float]


def linked_table(
    facts: pd.DataFrame, structure: Structure, steps: AreaSteps, known: Knowledge
) -> BuiltTable:
    """Build the table of all cells with every relation between them.

    Parameters
    ----------
    facts
        One row a cell, indexed by its name, with ``series``, ``period``, ``place``,
        ``level_key``, ``number`` (NaN where it is unknown or hidden).
    """
    builder = _Builder(facts, known)
    for (series, period), rows in facts.groupby(["series", "period"], sort=True):
        told = facts.loc[facts["period"] == period, "place"]
        levels = sorted({str(x) for x in rows["level_key"]})
        for name, families in steps.families(levels, told):
            builder.areas(name, families, partial(cell_name, str(series), str(period)))
    for (period, place), rows in facts.groupby(["period", "place"], sort=True):
        present = {str(x) for x in rows["series"]}
        builder.splits(structure, present, partial(_series_here, str(period), str(place)))
    for pooled, parts in structure.pooled.items():
        builder.pooled(facts[facts["period"] == pooled], parts)
    return builder.built()


class _Builder:
    """Collects cells and relations."""

    def __init__(self, facts: pd.DataFrame, known: Knowledge) -> None:
        self._known = known
        periods = facts["period"].astype(str)
        self._least = dict(zip(facts.index, periods.map(known.least).fillna(1.0), strict=True))
        self._values = dict(zip(facts.index, facts["number"].astype(float), strict=True))
        self._relations: list[dict[CellName, float]] = []
        self._unseen: set[CellName] = set()
        self._slacks: set[CellName] = set()
        self._rests: dict[str, float] = {}

    def areas(
        self,
        name: str,
        families: Sequence[tuple[Cell, Sequence[Cell], bool]],
        named: Callable[[Cell], CellName],
    ) -> None:
        """Add that parents are sums; a group of areas is made where it has no row."""
        for parent, children, is_group in families:
            above = named(parent)
            below = [named(child) for child in children]
            if not any(child in self._values for child in below):
                continue
            if above not in self._values:
                if not is_group:
                    continue
                self._invent(above, sum(self._values.get(c, math.nan) for c in below))
            self._sum(above, below, name)

    def splits(
        self, structure: Structure, present: set[Series], named: Callable[[Series], CellName]
    ) -> None:
        """Add sums of categories, and what is left when one series is taken from another."""
        for number, (target, parts) in enumerate(structure.sums):
            if target in present and present.intersection(parts):
                self._sum(named(target), [named(part) for part in parts], f"split {number}")
        for inner, outer in structure.slacks:
            if inner not in present or outer not in present:
                continue
            whole, part = named(outer), named(inner)
            left = self._values[whole] - self._values[part]
            if left < -TOLERANCE:
                continue  # not nested here, so nothing can be taken from anything
            slack = f"{outer}-{part}"
            self._invent(slack, left)
            self._slacks.add(slack)
            self._relations.append({whole: -1.0, part: 1.0, slack: 1.0})

    def pooled(self, rows: pd.DataFrame, parts: Sequence[str]) -> None:
        """Add that a pooled period is the sum of its parts."""
        for cell, series, place in zip(rows.index, rows["series"], rows["place"], strict=True):
            below = [cell_name(series, part, place) for part in parts]
            if any(part in self._values for part in below):
                self._sum(cell, below, "pooled")

    def _sum(self, target: CellName, parts: Iterable[CellName], name: str) -> None:
        relation = {target: -1.0}
        for part in parts:
            if part not in self._values:
                self._invent(part, math.nan)
            relation[part] = relation.get(part, 0.0) + 1.0
        gap = sum(k * self._values[c] for c, k in relation.items())
        rest = f"rest {name} {target}"
        if math.isnan(gap):
            # what does not add up is known to be so; the true numbers are not needed for it
            gap = self._known.rests.get(rest, 0.0)
        if abs(gap) > TOLERANCE:
            self._rests[rest] = gap
            self._values[rest] = abs(gap)
            relation[rest] = -math.copysign(1.0, gap)
        self._relations.append(relation)

    def _invent(self, cell: CellName, value: float) -> None:
        self._values[cell] = value
        self._unseen.add(cell)

    def built(self) -> BuiltTable:
        cells = tuple(self._values)
        values = np.array([self._values[c] for c in cells])
        lower = np.array([self._least.get(c, 0.0) for c in cells])
        lower[np.isin(cells, sorted(self._unseen))] = 0.0
        upper = np.array([self._known.most.get(c, math.inf) for c in cells])
        widths = np.full(len(cells), float(self._known.width))
        table = LinkedTable(
            cells, values, tuple(self._relations), lower, np.fmax(upper, values), widths
        )
        return BuiltTable(table, frozenset(self._unseen), frozenset(self._slacks), self._rests)
