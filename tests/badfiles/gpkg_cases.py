"""GeoPackages, written with SQLite: views without end, lying geometry, foreign triggers."""

# ruff: noqa: S608 - hostile statements are what is written here

from __future__ import annotations

import math
import sqlite3
import struct
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.badfiles.case import REFUSED, TAKEN, WARNED, Case, written
from tests.badfiles.shp_cases import SQUARES, UTM32

SCHEMA = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT,
    organization_coordsys_id INTEGER, definition TEXT, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, identifier TEXT,
    srs_id INTEGER);
CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT,
    srs_id INTEGER, z INTEGER, m INTEGER);
"""
ENDLESS = "WITH RECURSIVE c(fid) AS (SELECT 1 UNION ALL SELECT fid + 1 FROM c)"


def wkb_polygon(ring, *, n_points: int | None = None, z: float | None = None) -> bytes:
    """Return a polygon as well-known binary; ``n_points`` may lie."""
    closed = [*ring, ring[0]]
    kind = 3 if z is None else 1003
    points = [point if z is None else (*point, z) for point in closed]
    head = struct.pack("<BLLL", 1, kind, 1, n_points or len(closed))
    return head + b"".join(struct.pack(f"<{len(point)}d", *point) for point in points)


def blob(wkb: bytes, srs_id: int = 25832) -> bytes:
    """Return well-known binary in the envelope of a GeoPackage."""
    return b"GP\x00\x01" + struct.pack("<l", srs_id) + wkb


SHAPES = [blob(wkb_polygon(ring)) for ring in SQUARES]


def package(
    shapes: Iterable[object] = SHAPES,
    *,
    tables: tuple[str, ...] = ("gebiete",),
    srs_id: int = 25832,
    organization: str = "EPSG",
    statements: str = "",
) -> Callable[[Path], None]:
    """Return a builder of a GeoPackage with the same shapes in each table."""
    shapes = list(shapes)

    def build(path: Path) -> None:
        connection = sqlite3.connect(path)
        connection.executescript("PRAGMA application_id = 0x47504B47;" + SCHEMA)
        if organization:
            row = ("UTM 32", 25832, organization, 25832, UTM32, "")
            connection.execute("INSERT INTO gpkg_spatial_ref_sys VALUES (?,?,?,?,?,?)", row)
        for table in tables:
            name = '"' + table.replace('"', '""') + '"'
            connection.execute(f"CREATE TABLE {name} (fid INTEGER PRIMARY KEY, geom BLOB, id TEXT)")
            register(connection, table, srs_id)
            rows = [(shape, f"{n:02d}") for n, shape in enumerate(shapes, start=1)]
            connection.executemany(f"INSERT INTO {name} (geom, id) VALUES (?, ?)", rows)
        connection.executescript(statements)
        connection.commit()
        connection.close()

    return build


def register(connection: sqlite3.Connection, table: str, srs_id: int) -> None:
    """List a table as one of features."""
    connection.execute(
        "INSERT INTO gpkg_contents VALUES (?, 'features', ?, ?)", (table, table, srs_id)
    )
    connection.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'POLYGON', ?, 0, 0)", (table, srs_id)
    )


def _view(select: str) -> Callable[[Path], None]:
    statements = (
        f"CREATE VIEW sicht AS {select};"
        "INSERT INTO gpkg_contents VALUES ('sicht', 'features', 'sicht', 25832);"
        "INSERT INTO gpkg_geometry_columns VALUES ('sicht', 'geom', 'POLYGON', 25832, 0, 0);"
    )
    return package(tables=(), statements=statements)


def _changed(change: Callable[[bytearray], object]) -> Callable[[Path], None]:
    def build(path: Path) -> None:
        package()(path)
        data = bytearray(path.read_bytes())
        change(data)
        path.write_bytes(data)

    return build


def _cut(data: bytearray) -> None:
    del data[len(data) // 2 :]


def _scramble(data: bytearray) -> None:
    data[4096 : 4096 + 64] = b"\xff" * 64


def _mark_wal(data: bytearray) -> None:
    data[18:20] = b"\x02\x02"


def _plain_sqlite(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (a)")
    connection.commit()
    connection.close()


CONTENTS_VIEW = (
    "ALTER TABLE gpkg_contents RENAME TO c0;"
    f"CREATE VIEW gpkg_contents AS {ENDLESS} "
    "SELECT fid AS table_name, 'features' AS data_type, 1 AS srs_id FROM c;"
)
COMPUTED = (
    "DROP TABLE gebiete; CREATE TABLE gebiete (fid INTEGER PRIMARY KEY, "
    "geom BLOB GENERATED ALWAYS AS (zeroblob(900000000)) VIRTUAL, id TEXT);"
    "INSERT INTO gebiete (id) VALUES ('01');"
)
ENDLESS_NUMBER = (
    "ALTER TABLE gebiete ADD COLUMN w REAL; UPDATE gebiete SET w = 9e999 WHERE id = '02';"
)
NAN_POINT = struct.pack("<BL2d", 1, 1, 1.0, math.nan)
NAN_RING = [(526_000.0, 6_070_000.0), (math.nan, 6_071_000.0), (527_000.0, 6_071_000.0)]
EMPTY_POINT = struct.pack("<BL2d", 1, 1, math.nan, math.nan)

CASES = [
    Case("gpkg_ok", package(), TAKEN),
    Case("gpkg_z", package([blob(wkb_polygon(ring, z=3.5)) for ring in SQUARES]), TAKEN),
    Case("gpkg_wkt", package(organization="custom"), TAKEN),
    Case(
        "gpkg_view_endless",
        _view(f"{ENDLESS} SELECT fid, NULL AS geom FROM c"),
        REFUSED,
        "gpkg_view",
    ),
    Case(
        "gpkg_view_zeroblob", _view("SELECT 1, zeroblob(999999999) AS geom"), REFUSED, "gpkg_view"
    ),
    Case("gpkg_view_contents", package(statements=CONTENTS_VIEW), REFUSED, "gpkg_view"),
    Case("gpkg_computed", package(statements=COMPUTED), REFUSED, "gpkg_computed_column"),
    Case(
        "gpkg_trigger",
        package(statements="CREATE TRIGGER boese AFTER INSERT ON gebiete BEGIN SELECT 1; END;"),
        REFUSED,
        "gpkg_trigger",
    ),
    Case(
        "gpkg_sql_table_name",
        package(tables=('x"; DROP TABLE gpkg_contents; --',)),
        WARNED,
        "gpkg_odd_name",
    ),
    Case("gpkg_two_layers", package(tables=("a", "b")), REFUSED, "layer_needed"),
    Case("gpkg_two_answered", package(tables=("a", "b")), TAKEN, spec={"layer": "b"}),
    Case("gpkg_layer_odd", package(), REFUSED, "layer_unknown", spec={"layer": "x"}),
    Case("gpkg_srs_undefined", package(srs_id=-1), REFUSED, "crs_missing"),
    Case("gpkg_srs_missing", package(organization=""), REFUSED, "crs_missing"),
    Case(
        "gpkg_srs_mixed",
        package([SHAPES[0], blob(wkb_polygon(SQUARES[1]), 25833)]),
        REFUSED,
        "gpkg_mixed_crs",
        2,
    ),
    Case(
        "gpkg_wkb_lie",
        package([SHAPES[0], blob(wkb_polygon(SQUARES[1], n_points=0x7FFFFFFF))]),
        REFUSED,
        "wkb_damaged",
        2,
    ),
    Case(
        "gpkg_wkb_lie_small",
        package([SHAPES[0], blob(wkb_polygon(SQUARES[1], n_points=3))]),
        REFUSED,
        "wkb_damaged",
        2,
    ),
    Case("gpkg_blob_text", package([SHAPES[0], "POLYGON"]), REFUSED, "wkb_damaged", 2),
    Case("gpkg_nan", package([blob(wkb_polygon(NAN_RING))]), REFUSED, "geometry_not_finite", 1),
    Case("gpkg_nan_point", package([blob(NAN_POINT)]), REFUSED, "geometry_not_finite", 1),
    Case("gpkg_empty_point", package([blob(EMPTY_POINT)]), REFUSED, "geometry_empty", 1),
    Case(
        "gpkg_endless",
        package(statements=ENDLESS_NUMBER),
        REFUSED,
        "gpkg_number_not_finite",
        2,
        "w",
    ),
    Case("gpkg_null_shape", package([SHAPES[0], None]), REFUSED, "geometry_empty", 2),
    Case("gpkg_no_rows", package([]), REFUSED, "layer_without_features"),
    Case("gpkg_no_layer", package(tables=()), REFUSED, "layer_without_features"),
    Case("gpkg_not_sqlite", written(b"just some text\n"), REFUSED, "gpkg_not_sqlite"),
    Case("gpkg_is_html", written(b"<html><body>"), REFUSED, "file_is_html"),
    Case("gpkg_plain_sqlite", _plain_sqlite, REFUSED, "gpkg_not_geopackage"),
    Case("gpkg_header_only", written(b"SQLite format 3\x00"), REFUSED, "gpkg_truncated"),
    Case("gpkg_truncated", _changed(_cut), REFUSED, "gpkg_truncated"),
    Case("gpkg_corrupt", _changed(_scramble), REFUSED, "gpkg_damaged"),
    Case("gpkg_wal_header", _changed(_mark_wal), WARNED, "gpkg_wal"),
]
