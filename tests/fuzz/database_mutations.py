"""Change GeoPackages by their pages, and by their cells and schema as SQLite itself would."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable

_PAGE = 4096
_SIZES = 100
_SECONDS = 0.2
_CELLS = [
    ("gpkg_contents", "table_name"),
    ("gpkg_contents", "data_type"),
    ("gpkg_geometry_columns", "table_name"),
    ("gpkg_geometry_columns", "column_name"),
    ("gpkg_geometry_columns", "srs_id"),
    ("gpkg_spatial_ref_sys", "srs_id"),
    ("gpkg_spatial_ref_sys", "organization"),
    ("gpkg_spatial_ref_sys", "organization_coordsys_id"),
    ("gpkg_spatial_ref_sys", "definition"),
    *[("gebiete", "geom")] * 8,
    ("gebiete", "id"),
]
_VALUES = [
    *(None, 0, -1, 1, 4326, 25832, 4979, 5555, 4978, 2**62, 1.5, float("inf"), "", "features"),
    *("geom", "gebiete", "EPSG", "NONE", "a\x00b", b"", b"GP\x00\x11", b"GP\x00\x01", b"\xff"),
]
_STATEMENTS = [
    "ALTER TABLE gebiete ADD COLUMN wert REAL",
    "ALTER TABLE gebiete ADD COLUMN geometry TEXT",
    "ALTER TABLE gebiete ADD COLUMN x GENERATED ALWAYS AS (1) VIRTUAL",
    "ALTER TABLE gebiete RENAME COLUMN id TO fid2",
    "ALTER TABLE gebiete RENAME TO b",
    "CREATE VIEW v AS SELECT * FROM gebiete",
    "CREATE TABLE w (a PRIMARY KEY) WITHOUT ROWID",
    "CREATE INDEX i ON gebiete (id)",
    "CREATE TRIGGER rtree_x AFTER INSERT ON gebiete BEGIN SELECT 1; END",
    "CREATE TRIGGER y AFTER INSERT ON gebiete BEGIN SELECT 1; END",
    "DROP TABLE gpkg_contents",
    "DELETE FROM gebiete",
    "INSERT INTO gebiete (geom, id) SELECT geom, id FROM gebiete",
    "INSERT INTO gpkg_contents VALUES ('b', 'features', 'b', 25832)",
    "UPDATE gebiete SET id = CAST(X'FF00E4' AS TEXT)",
    "UPDATE gebiete SET id = fid * 1e300 * 1e300",
    "VACUUM",
]


def changed(
    content: bytes, source: random.Random, change: Callable[[bytes, int], bytes]
) -> bytes | None:
    """Return the database with one cell, one statement of the schema or one page changed."""
    way = source.random()
    if way < 0.3:
        return _changed_page(content, source, change)
    database = sqlite3.connect(":memory:", isolation_level=None)
    try:
        database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 1_000_000)
        # a view without end, or a list of pages that leads back to itself
        stop = time.monotonic() + _SECONDS
        database.set_progress_handler(lambda: int(time.monotonic() > stop), 1000)
        database.deserialize(content)
        if way < 0.85:
            _change_cell(database, source, change)
        elif way < 0.95:
            database.execute(source.choice(_STATEMENTS))
        else:
            _change_schema(database, source, change)
        return bytes(database.serialize())
    except (sqlite3.Error, UnicodeDecodeError, OverflowError):
        return None
    finally:
        database.close()


def _changed_page(
    content: bytes, source: random.Random, change: Callable[[bytes, int], bytes]
) -> bytes:
    """Change a few bytes in place: the lengths of pages and cells stay as they were."""
    if len(content) <= _SIZES:
        return change(content, _PAGE)
    begin = source.randrange(0, len(content), _PAGE) if source.random() < 0.9 else 0
    # headers of pages, their pointers and the first cells of the schema lie at both ends
    at = begin + source.choice([source.randrange(_PAGE), source.randrange(120)])
    size = source.choice([1, 2, 4, 16])
    old = content[at : at + size]
    new = change(old, size)[:size].ljust(len(old), b"\0") if old else b""
    return content[:at] + new + content[at + len(old) :]


def _change_cell(
    database: sqlite3.Connection,
    source: random.Random,
    change: Callable[[bytes, int], bytes],
) -> None:
    table, column = source.choice(_CELLS)
    found = database.execute(f"SELECT rowid, {column} FROM {table} LIMIT 100").fetchall()  # noqa: S608
    if not found:
        return
    row, old = source.choice(found)
    new: object = source.choice(_VALUES)
    if isinstance(old, bytes) and source.random() < 0.9:
        new = change(old, 4096)
    elif isinstance(old, str) and source.random() < 0.5:
        new = change(old.encode(), 2000).decode("utf-8", "replace")
    database.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (new, row))  # noqa: S608


def _change_schema(
    database: sqlite3.Connection,
    source: random.Random,
    change: Callable[[bytes, int], bytes],
) -> None:
    """Write another statement, name or kind into the schema itself."""
    column = source.choice(["sql", "sql", "name", "type", "tbl_name", "rootpage"])
    found = database.execute(f"SELECT rowid, {column} FROM sqlite_master").fetchall()  # noqa: S608
    if not found:
        return
    row, old = source.choice(found)
    new: object = change(str(old).encode(), 500).decode("utf-8", "replace")
    if source.random() < 0.2:
        new = source.choice(_VALUES)
    database.execute("PRAGMA writable_schema = ON")
    database.execute(f"UPDATE sqlite_master SET {column} = ? WHERE rowid = ?", (new, row))  # noqa: S608
