"""Numbers of a single tree of areas such that every sum is the sum of its parts."""

from __future__ import annotations

import pandas as pd

from services.nesting import Cell


def tree_values(facts: pd.DataFrame, parent: dict[Cell, Cell]) -> dict[Cell, float | None]:
    """Return the number of every cell so that open parents are the sum of their children.

    A delivered parent that differs from its children's sum (rounding, unknown addresses) is
    treated as their sum: an attacker would reckon so, too.
    """
    values: dict[Cell, float | None] = {}
    for name, row in facts.iterrows():
        known = None if pd.isna(row["number"]) else row["number"]
        if known is None and row["hidden"]:
            known = 1.0  # unknown to everybody; only its being hidden counts
        values[str(name)] = None if known is None else float(known)
    families: dict[Cell, list[Cell]] = {}
    for child, above in parent.items():
        families.setdefault(above, []).append(child)
    unknown = set(facts.index[facts["hidden"]])
    for above in sorted(families, key=lambda c: _depth(c, parent), reverse=True):
        group = families[above]
        if values.get(above) is None or any(values.get(c) is None for c in group):
            continue
        total = float(sum(values[c] or 0.0 for c in group))
        open_sum = not unknown.intersection(group)
        values[above] = total if open_sum else max(total, values[above] or 0.0)
    return values


def _depth(name: Cell, parent: dict[Cell, Cell]) -> int:
    steps = 0
    while name in parent:
        name, steps = parent[name], steps + 1
    return steps
