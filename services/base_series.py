"""The people that shares by category are shares of: what the categories add up to."""

from __future__ import annotations

import pandas as pd

from domain.model import TOTAL
from services.table_relations import cell_name
from services.table_structure import BASE, PLACE, series


def with_bases(rows: pd.DataFrame) -> pd.DataFrame:
    """Add the bases that all categories of an indicator share, as cells everybody knows.

    Parameters
    ----------
    rows
        Marked rows with ``series``, ``place`` and ``top``, the public base of a share.

    Returns
    -------
    pandas.DataFrame
        More rows with ``was_open`` and ``past``: known to everybody, published by nobody.
    """
    split = rows[(rows["category"] != TOTAL) & rows["top"].notna()]
    if split.empty:
        return rows
    stands_for = split["series"].str.partition("|")[0].rename("stands_for")
    found = split.groupby([stands_for, *PLACE, "place", "level", "vintage"], as_index=False).agg(
        number=("top", "min"), largest=("top", "max"), parts=("series", "nunique")
    )
    same = found[(found["number"] == found["largest"]) & (found["parts"] > 1)]
    names = [series(i, BASE) for i in same["stands_for"]]
    keys = zip(names, same["period"], same["place"], strict=True)
    bases = same.drop(columns=["largest", "parts"]).rename(columns={"stands_for": "indicator"})
    flags = {"shown": False, "hidden": False, "unsafe": False, "was_open": True, "past": True}
    bases = bases.assign(
        category=BASE, series=names, cell=[cell_name(s, str(p), c) for s, p, c in keys], **flags
    )
    return pd.concat([rows, bases], ignore_index=True)
