"""Values of parents and of the city that nobody delivered, from the values of their children.

Counts add up, shares and rates pool their parts; a mean of percentages is never taken. A
delivered value of a parent stays as it is (docs/methods.md, kinds and states).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from data.importing.town import VALUE_COLUMNS, ImportedTown
from domain.model import Catalogue, Kind, State
from domain.rates import adds_up
from services.group_sums import speaks_for, told_once, with_group_parents

CELL = ["indicator", "category", "period", "level", "vintage", "area"]
_SUM = ["indicator", "category", "period", "parent"]
_RANK = {
    State.NOT_APPLICABLE: 0,
    State.NIL: 1,
    State.OK: 2,
    State.LIMITED: 3,
    State.BELOW_UNIT: 4,
    State.PENDING: 4,
    State.NOT_COLLECTED: 4,
    State.UNRELIABLE: 5,
    State.SUPPRESSED: 6,
}
_STATE_OF_RANK = np.array(
    ["not_applicable", "nil", "ok", "limited", "not_collected", "unreliable", "suppressed"],
    dtype=object,
)
_INCOMPLETE = 4


def with_parents(town: ImportedTown) -> pd.DataFrame:
    """Return delivered and derived values together.

    Returns
    -------
    pandas.DataFrame
        Columns of :data:`data.importing.town.VALUE_COLUMNS`, one row a cell. A delivered value
        of a parent is kept, and so is a delivered state: nothing is derived in its place.
    """
    delivered: pd.DataFrame = town.values
    values = delivered.loc[:, list(VALUE_COLUMNS)].reset_index(drop=True)
    for children, edge in _edges(town):
        derived = _derive(values, children, edge, town.catalogue)
        if derived.empty:
            continue
        both = derived.merge(values.loc[:, CELL], on=CELL, how="left", indicator=True)
        new = both.loc[both["_merge"] == "left_only", list(VALUE_COLUMNS)]
        values = pd.concat([values, new], ignore_index=True)
    return values


def _edges(town: ImportedTown) -> Iterator[tuple[pd.DataFrame, tuple[str, str, str, str]]]:
    """Yield child-parent tables, finest children first, so that derived values climb on."""
    order = {(x.id, x.vintage): x.order for x in town.catalogue.levels}
    keys = ["child_level", "child_vintage", "parent_level", "parent_vintage"]
    tables = [
        ((str(c), str(v)), (str(p), str(w)), str(name), rows)
        for (c, v, p, w, name), rows in town.parents.groupby([*keys, "hierarchy"], sort=True)
    ]
    tables.sort(key=lambda t: (-order.get(t[0], 0), -order.get(t[1], 0), t[:3]))
    for child, parent, _name, rows in tables:
        yield rows[["child", "parent"]].drop_duplicates(), (*child, *parent)


def _derive(
    values: pd.DataFrame,
    children: pd.DataFrame,
    edge: tuple[str, str, str, str],
    catalogue: Catalogue,
) -> pd.DataFrame:
    """Return one row for each parent cell the children say something about."""
    rules = {i.id: i for i in catalogue.indicators if adds_up(i)}
    below = values[(values["level"] == edge[0]) & (values["vintage"] == edge[1])]
    below = below[below["indicator"].isin(list(rules))]
    level = catalogue.level(edge[0], edge[1])
    groups = level.groups if level else ()
    joined = told_once(below, groups).merge(
        with_group_parents(children, groups), left_on="area", right_on="child"
    )
    if joined.empty:
        return pd.DataFrame(columns=list(VALUE_COLUMNS))
    joined["speaks_for"] = joined["area"].map(speaks_for(groups)).fillna(1)
    sums = _sums(joined, {i.id for i in rules.values() if i.kind is not Kind.COUNT})
    siblings = children.groupby("parent").size()
    sums["expected"] = sums["parent"].map(siblings)
    sums["multiplier"] = sums["indicator"].map({k: i.multiplier for k, i in rules.items()})
    told = ~sums["opaque"] & sums["any_told"]
    return _as_values(sums[told].reset_index(drop=True), edge)


def _sums(joined: pd.DataFrame, pooled: set[str]) -> pd.DataFrame:
    rank = joined["state"].map(_RANK).astype(int)
    is_pooled = joined["indicator"].isin(list(pooled))
    counted = rank.between(1, 3)
    parts = joined["numerator"].notna() & joined["denominator"].notna()
    # 0 where nothing counts: a child the question makes no sense for adds nothing.
    number = joined["value"].where(~is_pooled, joined["numerator"]).where(counted, 0.0)
    marked = joined.loc[:, _SUM].assign(
        rank=rank,
        opaque=counted & is_pooled & ~parts,
        any_told=rank != _INCOMPLETE,
        number=number,
        base=joined["denominator"].where(is_pooled & (rank > 0), 0.0),
        is_pooled=is_pooled,
        rows=joined["speaks_for"],
        flags=joined["flags"].fillna(""),
    )
    grouped = marked.groupby(_SUM, sort=True)
    sums = grouped.agg(
        rank=("rank", "max"),
        opaque=("opaque", "any"),
        any_told=("any_told", "any"),
        number=("number", "sum"),
        base=("base", "sum"),
        is_pooled=("is_pooled", "any"),
        rows=("rows", "sum"),
    ).reset_index()
    flagged = marked[marked["flags"] != ""].groupby(_SUM)["flags"].agg(_joined_flags)
    flags = flagged.rename("flags").reset_index()
    return sums.merge(flags, on=_SUM, how="left").fillna({"flags": ""})


def _joined_flags(flags: pd.Series) -> str:
    return " ".join(sorted({word for text in flags for word in text.split()}))


def _as_values(sums: pd.DataFrame, edge: tuple[str, str, str, str]) -> pd.DataFrame:
    rank = sums["rank"].to_numpy(dtype=int)
    missing = (sums["rows"] < sums["expected"]).to_numpy()
    rank = np.where(missing, np.maximum(rank, _INCOMPLETE), rank)
    pooled = sums["is_pooled"].to_numpy(dtype=bool)
    base = sums["base"].to_numpy(dtype=float)
    rank = np.where(pooled & (rank < _INCOMPLETE) & (base == 0), 0, rank)
    shown = (rank >= 1) & (rank < _INCOMPLETE)
    number = sums["number"].to_numpy(dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = sums["multiplier"].to_numpy(dtype=float) * number / base
    return pd.DataFrame(
        {
            "indicator": sums["indicator"],
            "category": sums["category"],
            "period": sums["period"],
            "level": edge[2],
            "vintage": edge[3],
            "area": sums["parent"],
            "value": np.where(shown, np.where(pooled, ratio, number), np.nan),
            "state": _STATE_OF_RANK[rank],
            "flags": sums["flags"],
            "numerator": np.where(shown & pooled, number, np.nan),
            "denominator": np.where(shown & pooled, base, np.nan),
        }
    )
