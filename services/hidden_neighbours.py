"""Cells that are hidden only so that a small one beside them cannot be computed: which, and why."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from domain.findings import Finding, Severity
from services.nesting import Cell, Hierarchy, cell

SHOWN = 20


def hidden_neighbours(
    rows: pd.DataFrame, hidden: Mapping[str, frozenset[Cell]], tree: Hierarchy, indicator: str
) -> list[Finding]:
    """Tell which cells protect others, one finding for each table.

    Parameters
    ----------
    rows
        The public rows, with ``unsafe`` (a primary rule hides it) and ``hidden`` (its office
        does); levels that are not published are not among them.
    hidden
        Hidden cells by period.

    Returns
    -------
    list of Finding
        Areas, levels and periods, never a number. Each example names, after an arrow, the cells
        of the same parent that it protects.
    """
    parent = _parents(tree)
    first = {
        (str(p), cell(str(level), str(area)))
        for p, level, area in _keys(rows[rows["unsafe"] | rows["hidden"]])
    }
    second = sorted(
        {
            (str(p), cell(str(level), str(area)))
            for p, level, area in _keys(rows)
            if cell(str(level), str(area)) in hidden.get(str(p), ())
        }
        - first
    )
    if not second:
        return []
    examples = [
        f"{period} {_shown(one)} → {_guarded(one, period, first, parent)}"
        for period, one in second[:SHOWN]
    ]
    params: dict[str, str | int | float] = {
        "indicator": indicator,
        "n": len(second),
        "small": len(first),
        "examples": "; ".join(examples),
    }
    return [Finding(Severity.WARNING, "disclosure_neighbours_hidden", params=params)]


def _keys(rows: pd.DataFrame) -> zip[tuple[object, object, object]]:
    return zip(rows["period"], rows["level_key"], rows["area"], strict=True)


def _parents(tree: Hierarchy) -> dict[Cell, Cell]:
    return {
        cell(fine, area): cell(coarse, above)
        for (fine, coarse), links in tree.edges.items()
        for area, above in links.items()
    }


def _guarded(
    one: Cell, period: str, first: set[tuple[str, Cell]], parent: Mapping[Cell, Cell]
) -> str:
    """Return the hidden cells beside one: of the same parent, or of the same level at the top."""
    above = parent.get(one)
    level = one.partition("|")[0]
    beside = sorted(
        other
        for when, other in first
        if when == period and parent.get(other) == above and other.partition("|")[0] == level
    )
    return ", ".join(other.partition("|")[2] for other in beside[:3]) or "–"


def _shown(one: Cell) -> str:
    level, _, area = one.partition("|")
    return f"{area} ({level.partition('@')[0]})"
