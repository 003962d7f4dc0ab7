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
from domain.model import SHOWN_STATES, Catalogue, Indicator, Kind
from domain.plausible import with_plausible_numbers
from domain.progress import Progress, silent
from services.area_steps import AreaSteps
from services.base_series import with_bases
from services.base_tables import base_cells
from services.linked_tables import marked_cells
from services.nesting import groups_by_level, hierarchies
from services.protected_table import ProtectedTable
from services.protection import NUMBERS
from services.rounded_tables import narrow_rounded
from services.table_relations import cell_name, linked_table
from services.table_structure import BASE, joined_periods, series

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
    is_exact: bool = False,
) -> list[TableReport]:
    """Attack every protected table of a written release.

    Parameters
    ----------
    is_exact
        Whether the smallest width is wanted, too, not only that all are wide enough.
    """
    reports = []
    told = progress or silent()
    told.at(0.0, "import.auditing", done=0, of=len(tables))
    attacker = _Attacker(reader, is_exact)
    for position, table in enumerate(tables):
        told.at(position / len(tables), "import.auditing", done=position + 1, of=len(tables))
        reports.append(attacker.attack(table))
    return reports


def attack(
    reader: ReleaseReader,
    tables: Sequence[ProtectedTable],
    progress: Progress | None = None,
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
        for report in audit_tables(reader, tables, progress)
        if report.leaks
    ]


def public_cells(reader: ReleaseReader, indicator: Indicator) -> pd.DataFrame:
    """Return all public cells of an indicator, marked anew by the rules."""
    parts = []
    offered = reader.availability()
    mine = offered[offered["indicator"] == indicator.id]
    tables = mine[["level", "vintage", "category"]].drop_duplicates().to_numpy(dtype=str)
    for level, vintage, category in tables:
        values = reader.values(indicator.id, level, vintage, category)
        where = {"level": level, "vintage": vintage, "level_key": f"{level}@{vintage}"}
        parts.append(values.assign(indicator=indicator.id, category=category, **where))
    if not parts:
        return pd.DataFrame()
    cells = marked_cells(pd.concat(parts, ignore_index=True), indicator)
    numbers = cells.loc[:, NUMBERS].notna().any(axis=1)
    shown = cells["state"].isin([str(s) for s in SHOWN_STATES])
    counted = indicator.kind in (Kind.COUNT, Kind.SHARE, Kind.RATE)
    return cells.assign(leaks=(numbers & ~shown) | (cells["unsafe"] & numbers & counted))


def table_cells(reader: ReleaseReader, catalogue: Catalogue, table: ProtectedTable) -> pd.DataFrame:
    """Return the public cells of all members of a table, named as the protection named them."""
    members = [i for i in (catalogue.indicator(x) for x in table.indicators) if i]
    parts = [p for p in (public_cells(reader, member) for member in members) if not p.empty]
    if not parts:
        return pd.DataFrame()
    cells = pd.concat(parts, ignore_index=True)
    names = cells["indicator"].map(lambda i: table.structure.stands_for[i])
    named = cells.assign(
        series=[series(i, c) for i, c in zip(names, cells["category"], strict=True)],
        place=cells["level_key"] + "|" + cells["area"],
    )
    keys = zip(named["series"], named["period"], named["place"], strict=True)
    named = named.assign(
        cell=[cell_name(s, p, where) for s, p, where in keys], was_open=False, past=False
    )
    if table.rounding:
        return named
    # the base of a hidden share is no secret
    return with_bases(named.assign(top=named["top"].fillna(named["cell"].map(table.known.most))))


class _Attacker:
    """Somebody who has the public file, the tree of areas and time."""

    def __init__(self, reader: ReleaseReader, is_exact: bool) -> None:
        self._reader = reader
        self._catalogue = reader.catalogue()
        self._is_exact = is_exact
        groups = groups_by_level(self._catalogue)
        self._steps = AreaSteps(hierarchies(reader.all_parents(), groups), groups)

    def attack(self, table: ProtectedTable) -> TableReport:
        begun = time.perf_counter()
        cells = table_cells(self._reader, self._catalogue, table)
        if cells.empty:
            return TableReport(table.indicators, 0, 0, (), (), None, 0.0)
        if table.rounding:
            cells = cells.assign(leaks=_is_unrounded(cells, table.rounding))
        if table.is_of_bases:
            joint = {c.partition("|")[0] for c in table.bases if c.split("|")[1] == BASE}
            cells = base_cells(cells[~cells["past"]], joint)
            cells = cells.assign(hidden=cells["cell"].isin(table.bases), leaks=False)
        facts = cells.groupby("cell").agg(
            series=("series", "first"), period=("period", "first"), place=("place", "first"),
            level_key=("level_key", "first"), number=("number", "max"), hidden=("hidden", "any"),
        )  # fmt: skip
        narrow, widths = [], []
        for periods in joined_periods(table.structure.pooled, map(str, facts["period"])):
            found = self._bounds(facts[facts["period"].isin(list(periods))], table)
            narrow += found[0]
            widths += found[1]
        return TableReport(
            indicators=table.indicators,
            cells=int((~cells["past"]).sum()),
            hidden=int(facts["hidden"].sum()),
            narrow=tuple(sorted(narrow)),
            shown=tuple(sorted(set(cells.loc[cells["leaks"].eq(True), "cell"]))),
            least_width=min((w for w in widths if math.isfinite(w)), default=None),
            seconds=time.perf_counter() - begun,
        )

    def _bounds(self, facts: pd.DataFrame, table: ProtectedTable) -> tuple[list[str], list[float]]:
        """Return the cells one can compute too well, and all widths."""
        if table.rounding:
            told = facts.assign(displayed=facts["number"], number=float("nan"), was_open=False)
            narrow, _, widths = narrow_rounded(
                told, table.structure, self._steps, table.known, table.rounding
            )
            return narrow, widths
        hidden = frozenset(str(c) for c in facts.index[facts["hidden"]])
        if not hidden:
            return [], []
        blind = facts.assign(number=facts["number"].mask(facts["hidden"]))
        built = linked_table(blind, table.structure, self._steps, table.known)
        unknown = built.table.values != built.table.values
        asked = (hidden - table.was_public) | (table.slacks & set(built.table.cells))
        relations = with_plausible_numbers(built.table)
        unseen = {c for c, is_open in zip(built.table.cells, ~unknown, strict=True) if not is_open}
        bounds = attack_table(
            relations, unseen, wanted=asked & unseen, until_wide=not self._is_exact
        )
        widths = [high - low for low, high in bounds.values()]
        known = [c for c in asked if c not in unseen]
        return [*narrow_cells(relations, bounds, list(bounds)), *known], widths


def _is_unrounded(cells: pd.DataFrame, base: int) -> pd.Series:
    """Mark cells with a count that is no multiple of the base, or with an interval."""
    counts = cells[["number", "base"]].fillna(0.0)
    ends = cells[["lower", "upper", "lower998", "upper998"]].notna().any(axis=1)
    return (counts % base != 0).any(axis=1) | ends
