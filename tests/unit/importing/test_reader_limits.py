"""Large and bursting files stay within the memory and time of the import child."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from data.importing.readers import LayerSpec, TableSpec, read_layer, read_table
from tests.badfiles import csv_cases, geojson_cases, gpkg_cases, shp_cases, xlsx_cases

ROOT = Path(__file__).parents[3]
MEGABYTE = 1024 * 1024
IMPORTS_MEGABYTES = 400  # libraries map this much before a file is opened
CHILD = """
import resource, sys
from pathlib import Path
import data.importing.readers as readers
from domain.findings import RefusedFileError
limit = int(sys.argv[3]) * 1024 * 1024
resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
form, path = sys.argv[1], Path(sys.argv[2])
try:
    if form in {"csv", "xlsx"}:
        print(len(readers.read_table(path, readers.TableSpec(form)).rows))
    else:
        print(len(readers.read_layer(path, readers.LayerSpec(form)).frame))
except RefusedFileError as refused:
    print(refused.findings[-1].code)
"""


def in_child(form: str, path: Path, *, megabytes: int) -> str:
    done = subprocess.run(
        [sys.executable, "-c", CHILD, form, str(path), str(megabytes)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are those of POSIX")
@pytest.mark.parametrize(
    ("form", "cases", "name", "code"),
    [
        ("xlsx", xlsx_cases.CASES, "xlsx_zip_bomb", "zip_ratio"),
        ("xlsx", xlsx_cases.CASES, "xlsx_huge_dimension", "xlsx_extent"),
        ("xlsx", xlsx_cases.CASES, "xlsx_lying_dimension", "1"),
        ("shapefile", shp_cases.CASES, "zip_bomb", "zip_bomb"),
        ("shapefile", shp_cases.CASES, "zip_lying_size", "zip_lying_size"),
        ("geopackage", gpkg_cases.CASES, "gpkg_view_endless", "gpkg_view"),
        ("geopackage", gpkg_cases.CASES, "gpkg_view_zeroblob", "gpkg_view"),
        ("geopackage", gpkg_cases.CASES, "gpkg_view_contents", "gpkg_view"),
        ("geojson", geojson_cases.CASES, "gj_deep", "geojson_too_deep"),
    ],
)
def test_a_bursting_file_is_refused_in_little_memory(form, cases, name, code, tmp_path):
    path = tmp_path / "input.bin"
    next(case for case in cases if case.name == name).build(path)
    assert in_child(form, path, megabytes=IMPORTS_MEGABYTES + 300) == code


@pytest.mark.long
def test_the_largest_table_is_read_within_a_gibibyte(tmp_path):
    path = tmp_path / "input.bin"
    csv_cases.many_rows(path)
    assert in_child("csv", path, megabytes=1024) == "300000"


@pytest.mark.long
def test_a_row_too_many_is_refused(tmp_path):
    path = tmp_path / "input.bin"
    csv_cases.many_rows(path, rows=300_001)
    assert in_child("csv", path, megabytes=1024) == "table_too_many_rows"


@pytest.mark.long
def test_too_many_vertices_are_simplified_and_told(tmp_path):
    path = tmp_path / "input.bin"
    geojson_cases.many_vertices(path)
    layer = read_layer(path, LayerSpec("geojson"))
    assert "geometry_simplified" in [finding.code for finding in layer.findings]
    assert layer.frame.geometry.count_coordinates().sum() <= 1_000_000


def test_a_cell_as_long_as_allowed_costs_no_time(tmp_path):
    path = tmp_path / "input.bin"
    cells = ["<" + " " * 32_000, "+" + "a" * 32_000, "@" + "a" * 32_000, "ä" * 32_000]
    path.write_text("a\n" + "\n".join(cells), encoding="utf-8")
    table = read_table(path, TableSpec("csv"))
    assert len(table.rows) == 4
