"""Tables of the two value files of a bundle, and how frames become rows of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

SCHEMA_VERSION = 6
"""2: rows of groups of areas, which the levels of the catalogue name. 3: areas without geometry.
4: clusters and rank ranges. 5: streets. 6: prepared ways to facilities."""

READABLE_VERSIONS = (1, 2, 3, 4, 5, SCHEMA_VERSION)

VALUE_COLUMNS = (
    "period",
    "area",
    "value",
    "state",
    "flags",
    "numerator",
    "denominator",
    "lower",
    "upper",
    "lower998",
    "upper998",
)
SERIES_COLUMNS = ("indicator", "category", "level", "vintage")
AVAILABILITY_COLUMNS = (
    "indicator",
    "category",
    "level",
    "vintage",
    "period",
    "n_ok",
    "n_suppressed",
    "n_total",
)
DERIVED_COLUMNS = ("period", "area", "lisa", "lisa_p", "rank_low", "rank_high")
"""What is worked out of the values of one file when it is written: the word of the local cluster
with its p-value, and the range of ranks. A release written before this table has none."""

PERIOD_COLUMNS = (
    "indicator",
    "period",
    "kind",
    "first_day",
    "last_day",
    "label_de",
    "label_en",
)
"""A release written before this table existed is read as well: the rest follows from the key."""

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE series (
  series INTEGER PRIMARY KEY, town TEXT NOT NULL, release TEXT NOT NULL,
  indicator TEXT NOT NULL, category TEXT NOT NULL, level TEXT NOT NULL, vintage TEXT NOT NULL,
  UNIQUE (indicator, level, vintage, category));
CREATE TABLE observation (
  series INTEGER NOT NULL, period TEXT NOT NULL, area TEXT NOT NULL, value REAL,
  state TEXT NOT NULL, flags TEXT NOT NULL, numerator REAL, denominator REAL,
  lower REAL, upper REAL, lower998 REAL, upper998 REAL,
  PRIMARY KEY (series, period, area)) WITHOUT ROWID;
CREATE TABLE derived (
  series INTEGER NOT NULL, period TEXT NOT NULL, area TEXT NOT NULL, lisa TEXT NOT NULL,
  lisa_p REAL, rank_low INTEGER, rank_high INTEGER,
  PRIMARY KEY (series, period, area)) WITHOUT ROWID;
CREATE TABLE availability (
  indicator TEXT, category TEXT, level TEXT, vintage TEXT, period TEXT,
  n_ok INTEGER, n_suppressed INTEGER, n_total INTEGER,
  PRIMARY KEY (indicator, category, level, vintage, period)) WITHOUT ROWID;
CREATE TABLE period (
  indicator TEXT, period TEXT, kind TEXT NOT NULL, first_day TEXT NOT NULL,
  last_day TEXT NOT NULL, label_de TEXT NOT NULL, label_en TEXT NOT NULL,
  PRIMARY KEY (indicator, period)) WITHOUT ROWID;
CREATE TABLE area (
  level TEXT, vintage TEXT, position INTEGER, area TEXT, name TEXT, geometry BLOB,
  PRIMARY KEY (level, vintage, position)) WITHOUT ROWID;
CREATE TABLE geometry_file (
  level TEXT, vintage TEXT, name TEXT, PRIMARY KEY (level, vintage)) WITHOUT ROWID;
CREATE TABLE parent (
  hierarchy TEXT, child_level TEXT, child_vintage TEXT, child TEXT,
  parent_level TEXT, parent_vintage TEXT, parent TEXT);
CREATE INDEX parent_of_level ON parent (child_level, child_vintage);
CREATE TABLE facility (
  facility_id TEXT, kind TEXT, name TEXT, operator TEXT, address TEXT, x REAL, y REAL,
  places_u3 REAL, places_ue3 REAL, places_total REAL, hours TEXT, opened TEXT,
  valid_from TEXT, valid_to TEXT, attributes TEXT, source TEXT);
CREATE TABLE offer (
  facility_id TEXT, offer TEXT, target_group TEXT, period TEXT, hours TEXT,
  places REAL, taken REAL, waiting REAL);
CREATE TABLE street (street TEXT, numbers TEXT, level TEXT, area TEXT);
CREATE TABLE demand_point (point_id TEXT, x REAL, y REAL, weights TEXT);
CREATE TABLE way (level TEXT, origin TEXT, facility_id TEXT, metres REAL);
CREATE TABLE conversion (
  level TEXT, from_vintage TEXT, to_vintage TEXT, old TEXT, new TEXT, weight REAL, basis TEXT);
"""


class DamagedBundleError(Exception):
    """A file of a release is missing or not what its manifest says."""


def create(path: Path) -> sqlite3.Connection:
    """Create an empty value file; nothing reads it before it is complete and synced."""
    connection = sqlite3.connect(path, isolation_level=None)
    # No journal: a half-written staging file is thrown away as a whole.
    connection.execute("PRAGMA journal_mode=OFF")
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA page_size=4096")
    connection.executescript(TABLES)
    connection.execute("BEGIN")
    return connection


def insert(
    connection: sqlite3.Connection, table: str, columns: tuple[str, ...], rows: Iterable[Any]
) -> None:
    """Insert rows into one of the fixed tables; names never come from a delivery."""
    marks = ", ".join("?" * len(columns))
    statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608
    connection.executemany(statement, rows)


def insert_frame(
    connection: sqlite3.Connection, table: str, columns: tuple[str, ...], frame: pd.DataFrame
) -> None:
    """Insert the named columns of a frame, sorted, missing as NULL."""
    if frame.empty:
        return
    chosen = frame.loc[:, list(columns)].sort_values(list(columns), kind="stable")
    insert(connection, table, columns, plain_rows(chosen))


def plain_rows(frame: pd.DataFrame) -> Iterable[tuple[Any, ...]]:
    """Yield rows of plain Python objects; every kind of missing becomes None."""
    return zip(*(_plain(frame[column]) for column in frame.columns), strict=True)


def _plain(column: pd.Series) -> list[Any]:
    values = column.astype(object).to_numpy()
    missing = column.isna().to_numpy()
    return [None if gap else value for value, gap in zip(values, missing, strict=True)]


def finish(connection: sqlite3.Connection, path: Path) -> None:
    """Commit, check and close a value file.

    Raises
    ------
    DamagedBundleError
        SQLite itself reports damage.
    """
    connection.execute("COMMIT")
    answer = connection.execute("PRAGMA integrity_check").fetchone()[0]
    connection.close()
    if answer != "ok":
        raise DamagedBundleError(f"{path.name}: {answer}")
