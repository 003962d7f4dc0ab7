"""Bases of shares and rates that are so small that they must not be known themselves.

One or two children in a quarter hide the quarter's row whatever is counted among them, and their
number must not be the rest of the town's either: bases are a table of their own.
"""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from services.area_steps import AreaSteps
from services.kin import Kin
from services.protected_table import ProtectedTable
from services.table_protection import hide
from services.table_relations import CellName, Knowledge, cell_name
from services.table_structure import (
    BASE,
    PLACE,
    Structure,
    find_structure,
    joined_periods,
)


def base_cells(rows: pd.DataFrame, joint: Collection[str]) -> pd.DataFrame:
    """Return the bases of rows as cells of their own, ``number`` being the base.

    Parameters
    ----------
    joint
        Indicators whose categories are shares of the same people: they have one series.
    """
    indicator = rows["series"].str.partition("|")[0]
    one = rows["series"].mask(indicator.isin(list(joint)), indicator + f"|{BASE}")
    keys = zip(one, rows["period"], rows["place"], strict=True)
    return rows.assign(
        series=one,
        number=rows["base"],
        cell=[cell_name(str(s), str(p), str(c)) for s, p, c in keys],
    )


def _joint(rows: pd.DataFrame) -> set[str]:
    indicator = rows["series"].str.partition("|")[0].rename("one")
    spread = rows.groupby([indicator, *PLACE])["base"].agg(["min", "max"])
    same = (spread["min"] == spread["max"]).groupby(level=0).all()
    return {str(name) for name in same.index[same]}


def hide_bases(
    rows: pd.DataFrame, kin: Kin, steps: AreaSteps, width: float
) -> tuple[pd.DataFrame, list[ProtectedTable]]:
    """Hide rows whose base must not be known, and those that protect it.

    Parameters
    ----------
    rows
        Marked rows of one group of indicators.
    width
        Smallest number of persons that may be known.

    Returns
    -------
    rows, tables
        The rows with more of them ``hidden``; the table of bases, if there is one.
    """
    based = rows[rows["shown"] & rows["base"].notna()]
    if not ((based["base"] > 0) & (based["base"] < width)).any():
        return rows, []
    mine = base_cells(based, _joint(based))
    small = (mine["number"] > 0) & (mine["number"] < width)
    mine = mine.assign(unsafe=small, hidden=False, top=float("nan"))
    structure = find_structure(mine, Kin(kin.stands_for, (), ()))
    kept: set[CellName] = set()
    known = Knowledge(width, {})
    for periods in joined_periods(structure.pooled, {str(p) for p in mine["period"]}):
        found, cells = _hidden(mine[mine["period"].isin(periods)], structure, steps, width)
        kept |= cells
        known = Knowledge(width, {**known.least, **found.least}, {}, {**known.rests, **found.rests})
    hidden_rows = mine.index[mine["cell"].isin(kept)]
    table = ProtectedTable(
        indicators=tuple(dict.fromkeys(str(i) for i in mine["indicator"])),
        structure=structure,
        known=known,
        bases=frozenset(kept),
    )
    return rows.assign(hidden=rows["hidden"] | rows.index.isin(hidden_rows)), [table]


def _hidden(
    cells: pd.DataFrame, structure: Structure, steps: AreaSteps, width: float
) -> tuple[Knowledge, set[CellName]]:
    facts = cells.groupby("cell").agg(
        series=("series", "first"), period=("period", "first"), place=("place", "first"),
        level_key=("level_key", "first"), number=("number", "max"), top=("top", "min"),
        unsafe=("unsafe", "any"), hidden=("hidden", "any"), was_open=("was_open", "any"),
    )  # fmt: skip
    found = hide(facts, structure, steps, width)
    kept = set(found.cells)
    bad = facts[facts.index.isin(found.infeasible)]
    for period, level in bad[["period", "level_key"]].drop_duplicates().itertuples(index=False):
        # nothing protects them: no row of that level tells a base
        where = (facts["period"] == period) & (facts["level_key"] == level)
        kept |= {str(c) for c in facts.index[where]}
    return found.known, kept
