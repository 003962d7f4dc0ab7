"""Stores what was worked out of the values of a file beside them, under the same series."""

from __future__ import annotations

import sqlite3

import pandas as pd

from data.bundle_schema import DERIVED_COLUMNS, SERIES_COLUMNS, insert, plain_rows


def insert_derived(connection: sqlite3.Connection, derived: pd.DataFrame) -> None:
    """Insert clusters and rank ranges; the series they belong to are in the file already.

    Parameters
    ----------
    derived
        The columns of the series and :data:`data.bundle_schema.DERIVED_COLUMNS`.
    """
    if derived.empty:
        return
    columns = ("series", *SERIES_COLUMNS)
    rows = connection.execute(f"SELECT {', '.join(columns)} FROM series").fetchall()  # noqa: S608
    known = pd.DataFrame(rows, columns=list(columns))
    found = derived.merge(known, on=list(SERIES_COLUMNS), how="inner", validate="many_to_one")
    ordered = found.sort_values(["series", "period", "area"], kind="stable")
    names = ("series", *DERIVED_COLUMNS)
    insert(connection, "derived", names, plain_rows(ordered.loc[:, list(names)]))
