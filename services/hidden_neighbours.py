"""Cells that are hidden only so that a small one beside them cannot be computed: which, and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from domain.findings import Finding, Severity
from domain.model import TOTAL

SHOWN = 20
_GUARDED = 3


def hidden_neighbours(
    rows: pd.DataFrame, beside: Mapping[str, Collection[str]], indicator: str
) -> list[Finding]:
    """Tell which cells protect others, one finding for each group of indicators.

    Parameters
    ----------
    rows
        The public rows with ``cell``, ``hide``, and ``unsafe`` (a primary rule hides it) or
        ``hidden`` (its office does).
    beside
        Hidden cell → the hidden cells a published sum joins with it.

    Returns
    -------
    list of Finding
        Areas, levels and periods, never a number. Each example names, after an arrow, the cells
        it protects: those of its level and category first.
    """
    cells = rows[rows["hide"]].drop_duplicates("cell").set_index("cell")
    first = cells[cells["unsafe"] | cells["hidden"]]
    second = cells[~(cells["unsafe"] | cells["hidden"])].sort_values(
        ["period", "level_key", "area", "category"]
    )
    if second.empty:
        return []
    examples = [
        f"{row.period} {_shown(row)} → {_guarded(row, first, beside)}"
        for row in second.iloc[:SHOWN].itertuples()
    ]
    params: dict[str, str | int | float] = {
        "indicator": indicator,
        "n": len(second),
        "small": len(first),
        "examples": "; ".join(examples),
    }
    return [Finding(Severity.WARNING, "disclosure_neighbours_hidden", params=params)]


def _shown(row: object) -> str:
    level, category = str(row.level_key).partition("@")[0], str(row.category)  # type: ignore[attr-defined]
    words = level if category == TOTAL else f"{level}, {category}"
    return f"{row.area} ({words})"  # type: ignore[attr-defined]


def _guarded(row: object, first: pd.DataFrame, beside: Mapping[str, Collection[str]]) -> str:
    """Return the cells one protects; those that look like itself need no more than their area."""
    joined = [c for c in beside.get(str(row.Index), ()) if c in first.index]  # type: ignore[attr-defined]
    alike, others = [], []
    for cell in sorted(joined):
        other = first.loc[cell]
        same = [str(other[k]) == str(getattr(row, k)) for k in ("level_key", "category", "period")]
        if all(same):
            alike.append(str(other["area"]))
        else:
            words = [
                str(other["level_key"]).partition("@")[0],
                *([] if same[1] else [str(other["category"])]),
                *([] if same[2] else [str(other["period"])]),
            ]
            others.append(f"{other['area']} ({', '.join(words)})")
    return ", ".join((alike or others)[:_GUARDED]) or "–"
