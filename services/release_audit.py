"""Attacks the written public file as an outsider would, before anything is published.

It reads ``public.sqlite`` back and knows nothing of the frames it was written from: for each
protected table it computes what the published numbers say about every hidden cell.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from data.reader import ReleaseReader
from domain.disclosure import audit_tree, too_narrow
from domain.findings import Finding, Severity
from domain.model import SHOWN_STATES, Catalogue, Indicator, Kind
from domain.progress import Progress, silent
from services.linked_tables import k_of, marked_cells
from services.nesting import level_order
from services.protection import NUMBERS, ProtectedTable, tree_values

NAMED_CELLS = 10


def attack(
    reader: ReleaseReader,
    tables: Sequence[ProtectedTable],
    catalogue: Catalogue,
    progress: Progress | None = None,
) -> list[Finding]:
    """Return one finding for each table whose hidden cells can be derived or are shown."""
    findings: list[Finding] = []
    told = progress or silent()
    told.at(0.0, "import.auditing", done=0, of=len(tables))
    for position, table in enumerate(tables):
        told.at(position / len(tables), "import.auditing", done=position + 1, of=len(tables))
        members = [i for i in (catalogue.indicator(x) for x in table.indicators) if i]
        cells = pd.concat([_published(reader, member) for member in members])
        if cells.empty:
            continue
        leaks = _shown_though_hidden(cells) + _derived(cells, table, level_order(catalogue))
        if leaks:
            findings.append(
                Finding(
                    Severity.ERROR,
                    "disclosure_audit_failed",
                    params={
                        "indicator": table.indicators[0],
                        "count": len(leaks),
                        "cells": ", ".join(leaks[:NAMED_CELLS]),
                    },
                )
            )
    return findings


def _published(reader: ReleaseReader, indicator: Indicator) -> pd.DataFrame:
    """Return all public cells of an indicator, marked anew by the rules."""
    parts = []
    offered = reader.availability()
    mine = offered[offered["indicator"] == indicator.id]
    tables = mine[["level", "vintage", "category"]].drop_duplicates().to_numpy(dtype=str)
    for level, vintage, category in tables:
        values = reader.values(indicator.id, level, vintage, category)
        parts.append(values.assign(level_key=f"{level}@{vintage}"))
    if not parts:
        return pd.DataFrame()
    cells = marked_cells(pd.concat(parts, ignore_index=True), indicator)
    numbers = cells.loc[:, NUMBERS].notna().any(axis=1)
    shown = cells["state"].isin([str(s) for s in SHOWN_STATES])
    counted = indicator.kind in (Kind.COUNT, Kind.SHARE, Kind.RATE)
    return cells.assign(
        leaks=(numbers & ~shown) | (cells["unsafe"] & numbers & counted), k=k_of(indicator)
    )


def _shown_though_hidden(cells: pd.DataFrame) -> list[str]:
    bad = cells[cells["leaks"]]
    return [f"{r.level_key}|{r.area} {r.period}" for r in bad.itertuples(index=False)]


def _derived(
    cells: pd.DataFrame, table: ProtectedTable, order: dict[str, tuple[int, str]]
) -> list[str]:
    leaks = []
    for period, rows in cells.groupby("period"):
        named = rows.assign(cell=rows["level_key"] + "|" + rows["area"])
        facts = named.groupby("cell").agg(
            number=("number", "max"), top=("top", "min"), hidden=("hidden", "any")
        )
        hidden = [str(c) for c in facts.index[facts["hidden"]]]
        if not hidden:
            continue
        present = sorted((str(x) for x in rows["level_key"].unique()), key=lambda x: order[x])
        parent = table.hierarchy.parents(table.hierarchy.chain(present), facts.index)
        # the attacker of the protection: whoever knows that zeros are shown knows of one case
        least = table.least.get(str(period), 1.0)
        bounds = audit_tree(tree_values(facts, parent), parent, hidden, lower=least)
        leaks += [f"{name} {period}" for name in too_narrow(bounds, table.width)]
    return leaks
