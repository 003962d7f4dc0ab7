"""The files of real towns: read, or refused with words, and never anything else."""

from __future__ import annotations

import csv as plain_csv

import pytest

from data.importing.readers import LayerSpec, TableSpec, read_layer, read_table
from domain.findings import RefusedFileError
from i18n import LANGUAGES, translator

pytestmark = [pytest.mark.towns, pytest.mark.long]

HEADLESS = ("tab_23", "tab_6", "tab_7", "tab_8", "tab_9", "tab_uebersicht")
FORMATS = {".csv": "csv", ".xlsx": "xlsx", ".xls": "xlsx"}
LAYERS = {".zip": "shapefile", ".geojson": "geojson"}


def codes(found):
    return sorted({finding.code for finding in found.findings})


def test_all_raw_tables_of_flensburg_are_read_cell_by_cell(towns_dir):
    paths = sorted((towns_dir / "flensburg/raw").glob("*.csv"))
    assert len(paths) == 14
    for path in paths:
        header_rows = 0 if path.name.startswith(HEADLESS) else 1
        table = read_table(path, TableSpec("csv", header_rows=header_rows))
        with path.open(encoding="utf-8", newline="") as stream:
            expected = [tuple(row) for row in plain_csv.reader(stream)][header_rows:]
        assert list(table.rows) == expected, path.name


def test_the_districts_of_flensburg_are_read(towns_dir):
    path = towns_dir / "flensburg/raw/flensburg_stadtteile.zip"
    layer = read_layer(path, LayerSpec("shapefile"))
    assert len(layer.frame) == 13
    assert layer.frame.crs.to_epsg() == 25832
    assert layer.frame["AREA_ID"].str.startswith("STGT").all()
    assert layer.findings == ()


def test_two_invalid_quarters_of_flensburg_are_repaired_and_six_holes_stay(towns_dir):
    path = towns_dir / "flensburg/raw/flensburg_stadtbezirke.zip"
    layer = read_layer(path, LayerSpec("shapefile"))
    assert len(layer.frame) == 41
    repaired = [finding for finding in layer.findings if finding.code == "geometry_repaired"]
    assert len(repaired) == 2
    assert all(0 < finding.params["change"] <= 0.001 for finding in repaired)
    assert layer.frame.geometry.is_valid.all()
    # six as drawn, and one more where a ring of the two repaired touches itself
    assert layer.frame.geometry.count_interior_rings().sum() == 6 + 2


def test_the_kindergartens_of_flensburg_are_points(towns_dir):
    path = towns_dir / "flensburg/derived/kitas_ohne_personendaten.geojson"
    layer = read_layer(path, LayerSpec("geojson"))
    assert len(layer.frame) == 70
    assert set(layer.frame.geom_type) == {"Point"}


def test_koeln_lies_right_though_its_system_has_no_code(towns_dir):
    layer = read_layer(towns_dir / "koeln/raw/Stadtteil.zip", LayerSpec("shapefile"))
    assert "crs_without_code" in codes(layer)
    west, south, east, north = layer.frame.to_crs(4326).total_bounds
    assert 6.7 < west < east < 7.2
    assert 50.8 < south < north < 51.1
    assert "Dünnwald" in set(layer.frame["STT_NAME"])


def test_a_genesis_table_is_read_with_its_heads_and_without_its_licence(towns_dir):
    path = towns_dir / "awkward/genesis_11111-01-01-4_gebietsflaeche_latin1.csv"
    spec = TableSpec("csv", skip_rows=4, header_rows=2, footer_marker="____")
    table = read_table(path, spec)
    assert table.columns[3] == "Gebietsfläche / qkm"
    assert ("31.12.2018", "01001", "      Flensburg, Kreisfreie Stadt", "56,73") in table.rows


def test_a_destatis_workbook_is_read(towns_dir):
    path = towns_dir / "awkward/destatis_04-kreise.xlsx"
    spec = TableSpec("xlsx", "Kreisfreie Städte u. Landkreise", header_rows=4, skip_rows=2)
    table = read_table(path, spec)
    assert any(row[0] == "01001" for row in table.rows)


def test_every_file_is_read_or_refused_in_words(towns_dir):
    paths = [path for path in sorted(towns_dir.rglob("*")) if path.is_file()]
    n_read = n_refused = 0
    for path in paths:
        try:
            if path.suffix in FORMATS:
                findings = read_table(path, TableSpec(FORMATS[path.suffix])).findings
            elif path.suffix in LAYERS:
                findings = read_layer(path, LayerSpec(LAYERS[path.suffix])).findings
            else:
                continue
            n_read += 1
        except RefusedFileError as refused:
            findings = tuple(refused.findings)
            n_refused += 1
        for language in LANGUAGES:
            tr = translator(language)
            for finding in findings:
                assert tr(f"finding.{finding.code}.cause", **finding.params), path
                assert tr(f"finding.{finding.code}.remedy", **finding.params), path
    assert n_read > 100
    assert n_refused < 30
