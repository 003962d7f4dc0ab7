"""The cells of a protected table as the public file and earlier releases show them."""

from __future__ import annotations

import pandas as pd

from data.reader import ReleaseReader
from domain.model import SHOWN_STATES, Catalogue, Indicator, Kind
from services.base_series import with_bases
from services.earlier_releases import KEY, Earlier
from services.linked_tables import marked_cells
from services.protected_table import ProtectedTable
from services.protection import NUMBERS
from services.table_relations import cell_name
from services.table_structure import series


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


def table_cells(
    reader: ReleaseReader, catalogue: Catalogue, table: ProtectedTable, earlier: Earlier
) -> pd.DataFrame:
    """Return the public cells of all members of a table, named as the protection named them.

    Cells that only earlier releases show are added, with ``past``: they are known all the same.
    """
    members = [i for i in (catalogue.indicator(x) for x in table.indicators) if i]
    parts = [p for p in (public_cells(reader, member) for member in members) if not p.empty]
    if not parts:
        return pd.DataFrame()
    untold = {"was_open": False, "past": False, "old_number": float("nan")}
    cells = pd.concat(parts, ignore_index=True).assign(**untold)
    if not table.is_of_bases:
        cells = _with_past(cells, earlier.of(table.indicators).cells)
    names = cells["indicator"].map(lambda i: table.structure.stands_for[i])
    named = cells.assign(
        series=[series(i, c) for i, c in zip(names, cells["category"], strict=True)],
        place=cells["level_key"] + "|" + cells["area"],
    )
    keys = zip(named["series"], named["period"], named["place"], strict=True)
    named = named.assign(cell=[cell_name(s, p, where) for s, p, where in keys])
    if table.rounding:
        return named
    # the base of a hidden share is no secret
    return with_bases(named.assign(top=named["top"].fillna(named["cell"].map(table.known.most))))


def _with_past(cells: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Add what earlier releases show; mark cells as ``was_open`` that they show, too.

    ``old_number`` is what they show, which is exact where the number of today is rounded.
    """
    shown = before[before["shown"].eq(True)]
    both = cells[KEY].merge(shown[[*KEY, "number"]], on=KEY, how="left", indicator=True)
    marked = cells.assign(
        was_open=(both["_merge"] == "both").to_numpy(),
        old_number=both["number"].to_numpy(dtype=float),
    )
    gone = shown.merge(cells[KEY], on=KEY, how="left", indicator=True)
    gone = gone.loc[gone["_merge"] == "left_only", [*KEY, "number"]]
    if gone.empty:
        return marked
    flags = {"was_open": True, "past": True, "shown": True, "hidden": False, "leaks": False}
    keys = gone["level"] + "@" + gone["vintage"]
    added = gone.astype({"number": "float64"}).assign(level_key=keys, **flags)
    return pd.concat([marked, added.assign(old_number=added["number"])], ignore_index=True)
