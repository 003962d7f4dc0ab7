"""Small files that once cost minutes or gibibytes: each is refused or read at once."""

from __future__ import annotations

import json
import random
import sqlite3
import struct
import time

import pytest

from data.importing.readers import LayerSpec, TableSpec, read_layer, read_table
from domain.findings import RefusedFileError
from tests.badfiles import geojson_cases as maps
from tests.badfiles import gpkg_cases as packages
from tests.badfiles import shp_cases as shapes
from tests.badfiles import xlsx_cases as books
from tests.badfiles import zip_cases as zips

SECONDS = 5
POINT = {"type": "Point", "coordinates": [9.4, 54.7]}


def _refusal(path, form: str) -> str:
    began = time.process_time()
    read, spec = (read_table, TableSpec) if form == "xlsx" else (read_layer, LayerSpec)
    with pytest.raises(RefusedFileError) as refused:
        read(path, spec(form))
    assert time.process_time() - began < SECONDS
    return refused.value.findings[-1].code


def _book(path, body: str, after: str = "") -> None:
    path.write_bytes(zips.zipped(books.members({"Daten": books.sheet(body, after=after)})))


def test_the_one_doubled_key_of_many_is_found_at_once(tmp_path):
    path = tmp_path / "map.geojson"
    keys = ",".join(f'"k{n}":1' for n in range(100_000))
    path.write_text(f'{{"type":"FeatureCollection",{keys},"k99999":2}}')
    assert _refusal(path, "geojson") == "geojson_doubled_key"


def test_merged_ranges_over_whole_columns_cost_no_more_than_the_header(tmp_path):
    path = tmp_path / "book.xlsx"
    merged = '<mergeCell ref="B1:C1048576"/>' * 200 + '<mergeCell ref="A1:A1"/>'
    _book(path, books.rows(books.HEAD, books.FIRST), f"<mergeCells>{merged}</mergeCells>")
    assert _refusal(path, "xlsx") == "table_header_doubled"


def test_a_cell_far_to_the_right_and_one_far_below_are_no_table(tmp_path):
    path = tmp_path / "book.xlsx"
    far = f'<row r="3">{books.cell("BXX3", 1)}</row><row r="90000">{books.cell("A90000", 1)}</row>'
    _book(path, books.rows(books.HEAD, books.FIRST) + far)
    assert _refusal(path, "xlsx") == "table_too_many_cells"


def test_a_feature_of_many_properties_does_not_widen_thousands(tmp_path):
    path = tmp_path / "map.geojson"
    wide = maps.feature(POINT, **{f"c{n}": 1 for n in range(1990)})
    path.write_text(json.dumps(maps.collection(*[maps.feature(POINT)] * 4000, wide)))
    assert _refusal(path, "geojson") == "table_too_many_cells"


def test_columns_added_to_a_geopackage_do_not_widen_thousands_of_rows(tmp_path):
    path = tmp_path / "map.gpkg"
    packages.package([packages.SHAPES[0]] * 4000)(path)
    connection = sqlite3.connect(path)
    described = "fid INTEGER PRIMARY KEY, geom BLOB, id TEXT"
    columns = ", ".join(f"c{n} INT" for n in range(1600))
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute(
        "UPDATE sqlite_master SET sql = ? WHERE name = 'gebiete'",
        (f"CREATE TABLE gebiete ({described}, {columns})",),
    )
    connection.commit()
    connection.close()
    assert _refusal(path, "geopackage") == "table_too_many_cells"


def test_fields_without_width_do_not_widen_thousands_of_records(tmp_path):
    path = tmp_path / "map.zip"
    fields = b"".join(
        struct.pack("<11sc4xBB14x", b"F%d" % n, b"C", 1 if n == 0 else 0, 0) for n in range(2000)
    )
    n_records = 4000
    head = struct.pack("<4BLHH17xB2x", 3, 26, 1, 1, n_records, 32 + len(fields) + 1, 2, 0)
    dbf = head + fields + b"\r" + b" x" * n_records
    shp, shx = shapes.shp_and_shx([b"\0\0\0\0"] * n_records)
    path.write_bytes(zips.zipped(shapes.parts(shp=shp, shx=shx, dbf=dbf)))
    assert _refusal(path, "shapefile") == "table_too_many_cells"


def test_an_index_of_millions_of_records_is_not_walked_through(tmp_path):
    path = tmp_path / "map.zip"
    shp, shx = shapes.shp_and_shx([b"\0\0\0\0"])
    index = random.Random(1).randbytes(8 * 200_001)
    path.write_bytes(zips.zipped(shapes.parts(shp=shp, shx=shx[:100] + index)))
    assert _refusal(path, "shapefile") == "layer_too_many_features"
