"""Attacks the written public file as an outsider would, before anything is published.

It reads ``public.sqlite`` and what the manifest says of linked tables, and knows nothing of the
frames they were written from: for each protected table it computes what the published numbers
say about every hidden cell.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from data.reader import ReleaseReader
from domain.attack import attack_table, narrow_cells
from domain.findings import Finding, Severity
from domain.plausible import without_contradictions
from domain.progress import Counted, Progress, silent
from services.area_steps import AreaSteps
from services.base_tables import base_cells
from services.earlier_releases import Earlier
from services.nesting import groups_by_level, hierarchies
from services.protected_table import ProtectedTable
from services.public_cells import table_cells
from services.rounded_tables import known_zeros, narrow_rounded
from services.table_relations import linked_table
from services.table_structure import BASE, joined_periods

NAMED_CELLS = 10


@dataclass(frozen=True)
class TableReport:
    """What the attack on one table found.

    Attributes
    ----------
    indicators
        Members of the table.
    cells, hidden
        Number of its public cells, and of those without a number.
    narrow
        Hidden cells of which too much can be computed.
    shown
        Cells that carry a number though a rule hides them.
    least_width
        Narrowest interval of a hidden cell, None where nothing is hidden or nothing limits it.
    seconds
        How long the attack took.
    """

    indicators: tuple[str, ...]
    cells: int
    hidden: int
    narrow: tuple[str, ...]
    shown: tuple[str, ...]
    least_width: float | None
    seconds: float

    @property
    def leaks(self) -> tuple[str, ...]:
        """Return everything that must not be."""
        return (*self.shown, *self.narrow)


def audit_tables(
    reader: ReleaseReader,
    tables: Sequence[ProtectedTable],
    progress: Progress | None = None,
    *,
    earlier: Earlier | None = None,
    is_exact: bool = False,
) -> list[TableReport]:
    """Attack every protected table of a written release.

    Parameters
    ----------
    earlier
        What earlier releases show: it is known as well.
    is_exact
        Whether the smallest width is wanted, too, not only that all are wide enough.
    """
    reports = []
    told, of = progress or silent(), len(tables)
    told.at(0.0, "import.auditing", done=0, of=of)
    attacker = _Attacker(reader, earlier or Earlier.nothing(), is_exact)
    for position, table in enumerate(tables):
        told.at(position / of, "import.auditing", done=position + 1, of=of)
        part = told.part(position / of, (position + 1) / of)
        reports.append(attacker.attack(table, part.counted("import.auditing_cells")))
    return reports


def attack(
    reader: ReleaseReader,
    tables: Sequence[ProtectedTable],
    progress: Progress | None = None,
    *,
    earlier: Earlier | None = None,
) -> list[Finding]:
    """Return one finding for each table whose hidden cells can be derived or are shown."""
    return [
        Finding(
            Severity.ERROR,
            "disclosure_audit_failed",
            params={
                "indicator": report.indicators[0],
                "count": len(report.leaks),
                "cells": ", ".join(report.leaks[:NAMED_CELLS]),
            },
        )
        for report in audit_tables(reader, tables, progress, earlier=earlier)
        if report.leaks
    ]


class _Attacker:
    """Somebody who has the public file, the tree of areas and time."""

    def __init__(self, reader: ReleaseReader, earlier: Earlier, is_exact: bool) -> None:
        self._earlier = earlier
        self._reader = reader
        self._catalogue = reader.catalogue()
        self._is_exact = is_exact
        groups = groups_by_level(self._catalogue)
        self._steps = AreaSteps(hierarchies(reader.all_parents(), groups), groups)

    def attack(self, table: ProtectedTable, report: Counted) -> TableReport:
        begun = time.perf_counter()
        cells = table_cells(self._reader, self._catalogue, table, self._earlier)
        if cells.empty:
            return TableReport(table.indicators, 0, 0, (), (), None, 0.0)
        if table.rounding:
            cells = cells.assign(leaks=_is_unrounded(cells, table.rounding) & ~cells["past"])
        if table.is_of_bases:
            joint = {c.partition("|")[0] for c in table.bases if c.split("|")[1] == BASE}
            cells = base_cells(cells[~cells["past"]], joint)
            cells = cells.assign(hidden=cells["cell"].isin(table.bases), leaks=False)
        facts = cells.groupby("cell").agg(
            series=("series", "first"), period=("period", "first"), place=("place", "first"),
            level_key=("level_key", "first"), number=("number", "max"),
            hidden=("hidden", "any"), shown=("shown", "any"), was_open=("was_open", "any"),
            old_number=("old_number", "max"),
        )  # fmt: skip
        zeros = known_zeros(cells) if table.rounding else set()
        facts = facts.assign(is_zero=facts.index.isin(list(zeros)))
        narrow, widths = [], []
        for periods in joined_periods(table.structure.pooled, map(str, facts["period"])):
            found = self._bounds(facts[facts["period"].isin(list(periods))], table, report)
            narrow += found[0]
            widths += found[1]
        return TableReport(
            indicators=table.indicators,
            cells=int((~cells["past"]).sum()),
            hidden=int(facts["hidden"].sum()),
            narrow=tuple(sorted(narrow)),
            shown=tuple(sorted(_shown(cells, facts, table))),
            least_width=min((w for w in widths if math.isfinite(w)), default=None),
            seconds=time.perf_counter() - begun,
        )

    def _bounds(
        self, facts: pd.DataFrame, table: ProtectedTable, report: Counted
    ) -> tuple[list[str], list[float]]:
        """Return the cells one can compute too well, and all widths."""
        if table.rounding:
            before = facts["old_number"]
            # a number that was corrected is not known any more
            is_old = (facts["number"] - before).abs() > table.rounding / 2
            told = facts.assign(displayed=facts["number"], number=before.mask(is_old))
            narrow, _, widths = narrow_rounded(
                told, table.structure, self._steps, table.known, table.rounding
            )
            return narrow, widths
        hidden = frozenset(str(c) for c in facts.index[facts["hidden"]])
        if not (hidden or table.slacks):
            return [], []
        blind = facts.assign(number=facts["number"].mask(facts["hidden"]))
        built = linked_table(blind, table.structure, self._steps, table.known)
        unknown = built.table.values != built.table.values
        asked = (hidden - table.was_public) | (table.slacks & set(built.table.cells))
        relations = without_contradictions(built.table, asked)
        unseen = {c for c, is_open in zip(built.table.cells, ~unknown, strict=True) if not is_open}
        bounds = attack_table(
            relations,
            unseen,
            wanted=asked & unseen,
            until_wide=not self._is_exact,
            report=report,
        )
        widths = [high - low for low, high in bounds.values()]
        known = [c for c in asked if c not in unseen]
        return [*narrow_cells(relations, bounds, list(bounds)), *known], widths


def _shown(cells: pd.DataFrame, facts: pd.DataFrame, table: ProtectedTable) -> set[str]:
    """Return cells with a number that a rule hides, or that is hidden elsewhere.

    Two indicators of the same people, or two releases, must not hide and show one cell.
    """
    found = {str(c) for c in cells.loc[cells["leaks"].eq(True), "cell"]}
    twice = facts["hidden"] & ((facts["shown"] & facts["number"].notna()) | facts["was_open"])
    return found | ({str(c) for c in facts.index[twice]} - table.was_public)


def _is_unrounded(cells: pd.DataFrame, base: int) -> pd.Series:
    """Mark cells with a count that is no multiple of the base, or with an interval."""
    counts = cells[["number", "base"]].fillna(0.0)
    ends = cells[["lower", "upper", "lower998", "upper998"]].notna().any(axis=1)
    return (counts % base != 0).any(axis=1) | ends
