"""Groups of areas in sums: a figure given for several areas counts once, and for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from domain.model import AreaGroup

_TOLD = ["indicator", "category", "period"]


def told_once(values: pd.DataFrame, groups: Sequence[AreaGroup]) -> pd.DataFrame:
    """Leave out the members of a group where the group has a row of its own.

    Parameters
    ----------
    values
        Rows of one level@vintage with ``indicator``, ``category``, ``period`` and ``area``.
    """
    if not groups:
        return values
    group_of = {member: group.id for group in groups for member in group.members}
    told = pd.MultiIndex.from_frame(values[[*_TOLD, "area"]])
    named = values[_TOLD].assign(group=values["area"].map(group_of).fillna(""))
    return values[~pd.MultiIndex.from_frame(named).isin(told)]


def with_group_parents(children: pd.DataFrame, groups: Sequence[AreaGroup]) -> pd.DataFrame:
    """Add the groups to a table of ``child`` and ``parent``: where their members lie."""
    above = dict(zip(children["child"], children["parent"], strict=True))
    rows = [(g.id, above[g.members[0]]) for g in groups if g.members[0] in above]
    return pd.concat([children, pd.DataFrame(rows, columns=["child", "parent"])])


def speaks_for(groups: Sequence[AreaGroup]) -> dict[str, int]:
    """Return for how many areas the row of a group stands."""
    return {group.id: len(group.members) for group in groups}


def with_member_sums(
    cells: pd.DataFrame, groups: Mapping[str, Sequence[AreaGroup]]
) -> pd.DataFrame:
    """Add the sums that anybody can make of the shown members of a group without a row.

    An indicator with a figure of the group can be compared with them, though nobody prints them.

    Parameters
    ----------
    cells
        Marked rows of one indicator, see :func:`services.linked_tables.marked_cells`.
    groups
        The groups of each ``level@vintage``.
    """
    keys = [*_TOLD, "level", "vintage"]
    parts = [cells]
    for level_key, found in groups.items():
        level = cells[cells["level_key"] == level_key]
        for group in found:
            mine = level[level["area"].isin(group.members) & level["shown"]]
            sums = mine.groupby(keys, as_index=False).agg(
                number=("number", "sum"), rows=("area", "nunique")
            )
            whole = sums[sums["rows"] == len(group.members)].drop(columns="rows")
            told = level.loc[level["area"] == group.id, keys]
            new = whole.merge(told, on=keys, how="left", indicator=True)
            new = new[new["_merge"] == "left_only"].drop(columns="_merge")
            flags = {"shown": True, "hidden": False, "unsafe": False, "unchecked": False}
            if not new.empty:
                parts.append(new.assign(area=group.id, level_key=level_key, **flags))
    return pd.concat(parts, ignore_index=True) if len(parts) > 1 else cells
