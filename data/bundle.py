"""Write and read the two value files of a release: ``public.sqlite`` and ``internal.sqlite``.

Both have the same tables; the public file simply does not hold what the public may not see.
Files are opened read-only and immutable, so reading never locks and never writes a journal.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from data.catalogue import catalogue_to_json
from domain.model import Catalogue

SCHEMA_VERSION = 1

VALUE_COLUMNS = (
    "indicator", "category", "level", "vintage", "area", "period", "value", "state", "flags",
    "numerator", "denominator", "lower", "upper", "lower998", "upper998",
)  # fmt: skip

_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE area (
    level TEXT NOT NULL, vintage TEXT NOT NULL, area TEXT NOT NULL, name TEXT NOT NULL,
    position INTEGER NOT NULL, shape BLOB NOT NULL,
    PRIMARY KEY (level, vintage, area)) WITHOUT ROWID;
CREATE TABLE area_parent (
    hierarchy TEXT, child_level TEXT, child_vintage TEXT, child TEXT,
    parent_level TEXT, parent_vintage TEXT, parent TEXT,
    PRIMARY KEY (hierarchy, child_level, child_vintage, child, parent_level)) WITHOUT ROWID;
CREATE TABLE value (
    indicator TEXT NOT NULL, category TEXT NOT NULL, level TEXT NOT NULL, vintage TEXT NOT NULL,
    area TEXT NOT NULL, period TEXT NOT NULL, value REAL, state TEXT NOT NULL,
    flags TEXT NOT NULL, numerator REAL, denominator REAL, lower REAL, upper REAL,
    lower998 REAL, upper998 REAL,
    PRIMARY KEY (indicator, level, vintage, category, period, area)) WITHOUT ROWID;
CREATE TABLE facility (
    facility_id TEXT PRIMARY KEY, kind TEXT, name TEXT, operator TEXT, address TEXT, x REAL,
    y REAL, places_u3 REAL, places_ue3 REAL, places_total REAL, hours TEXT, opened TEXT,
    valid_from TEXT, valid_to TEXT, attributes TEXT, source TEXT) WITHOUT ROWID;
CREATE TABLE offer (
    facility_id TEXT, offer TEXT, target_group TEXT, period TEXT, hours TEXT, places REAL,
    taken REAL, waiting REAL);
CREATE TABLE demand_point (point_id TEXT PRIMARY KEY, x REAL, y REAL, weights TEXT) WITHOUT ROWID;
CREATE TABLE conversion (
    level TEXT, from_vintage TEXT, to_vintage TEXT, old TEXT, new TEXT, weight REAL, basis TEXT);
"""


def _plain(value: Any) -> Any:
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    return value.item() if hasattr(value, "item") else value


def _rows(frame: pd.DataFrame, columns: Sequence[str]) -> Iterable[tuple[Any, ...]]:
    for row in frame[list(columns)].itertuples(index=False, name=None):
        yield tuple(_plain(v) for v in row)


def _insert(
    connection: sqlite3.Connection, table: str, columns: Sequence[str], frame: pd.DataFrame
) -> None:
    names = ", ".join(columns)
    marks = ", ".join("?" * len(columns))
    # table and columns are constants of this module, never input
    connection.executemany(
        f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608
        _rows(frame, columns),
    )


def write_values(
    path: Path,
    catalogue: Catalogue,
    areas: dict[str, gpd.GeoDataFrame],
    frames: dict[str, pd.DataFrame],
) -> None:
    """Write one value file.

    Parameters
    ----------
    path
        A new file; it must not exist.
    areas
        By ``level@vintage``, in degrees, in the order of the geometry file.
    frames
        ``value``, ``area_parent``, ``facility``, ``offer``, ``demand_point``, ``conversion``.
    """
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=OFF")
        connection.executescript(_TABLES)
        text = json.dumps(catalogue_to_json(catalogue), ensure_ascii=False, sort_keys=True)
        connection.executemany(
            "INSERT INTO meta VALUES (?, ?)",
            [("catalogue", text), ("schema_version", str(SCHEMA_VERSION))],
        )
        for key, frame in sorted(areas.items()):
            _insert_areas(connection, key, frame)
        ordered = frames["value"].sort_values(
            ["indicator", "level", "vintage", "category", "period", "area"]
        )
        _insert(connection, "value", VALUE_COLUMNS, ordered)
        for table, frame in sorted(frames.items()):
            if table != "value":
                _insert(connection, table, tuple(str(c) for c in frame.columns), frame)
        connection.commit()
        connection.execute("VACUUM")
        (answer,) = connection.execute("PRAGMA integrity_check").fetchone()
        if answer != "ok":
            raise sqlite3.DatabaseError(f"integrity check of {path.name}: {answer}")


def _insert_areas(connection: sqlite3.Connection, key: str, frame: gpd.GeoDataFrame) -> None:
    level, vintage = key.split("@", maxsplit=1)
    shapes = shapely.to_wkb(frame.geometry.values)
    connection.executemany(
        "INSERT INTO area VALUES (?, ?, ?, ?, ?, ?)",
        [
            (level, vintage, str(area), str(name), position, shape)
            for position, (area, name, shape) in enumerate(
                zip(frame["area_id"], frame["name"], shapes, strict=True)
            )
        ],
    )


def connect_read_only(path: Path) -> sqlite3.Connection:
    """Open a value file for reading; it is never locked, waited for or changed."""
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(uri, uri=True, check_same_thread=False)
