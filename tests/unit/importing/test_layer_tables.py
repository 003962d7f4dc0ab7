"""Figures in the attributes of a map: the features are the rows of a table."""

from __future__ import annotations

import json

import geopandas as gpd
import pytest
import shapely

from data.importing.delivered import delivered_sheets
from data.importing.readers import TableSpec, read_table
from data.importing.recipe import load_recipe
from domain.findings import RefusedFileError
from i18n import LANGUAGES, translator
from tests.small_delivery import (
    TABLE,
    codes,
    import_delivery,
    refused_findings,
    the,
    write_delivery,
)

MAP = TABLE.replace(
    'file = "werte.csv"\nencoding = "utf-8"\nseparator = ";"',
    'file = "zahlen.geojson"\nformat = "geojson"',
)
ROWS = [
    {"id": "01", "jahr": 2021, "kinder": 12, "quote": 1.25, "leer": None},
    {"id": "02", "jahr": 2021, "kinder": None, "quote": 3.0, "leer": None},
    {"id": "03", "jahr": 2021, "kinder": 7, "quote": None, "leer": None},
]


def features(rows):
    """Return a GeoJSON text with one square for each row of attributes."""
    found = [
        {
            "type": "Feature",
            "properties": row,
            "geometry": shapely.geometry.mapping(shapely.box(9.4 + i, 54, 9.5 + i, 55)),
        }
        for i, row in enumerate(rows)
    ]
    return json.dumps({"type": "FeatureCollection", "features": found})


def test_each_feature_is_a_row_and_each_attribute_a_column(tmp_path):
    path = tmp_path / "zahlen.geojson"
    path.write_text(features(ROWS), encoding="utf-8")
    table = read_table(path, TableSpec("geojson", crs="EPSG:4326", drop=("jahr",)))
    assert table.columns == ("id", "kinder", "quote", "leer")
    assert table.rows == (("01", "12", "1.25", ""), ("02", "", "3", ""), ("03", "7", "", ""))
    assert table.row_numbers == (1, 2, 3)
    assert table.native_numbers == {(0, 1), (2, 1), (0, 2), (1, 2)}


@pytest.mark.parametrize(("kind", "suffix"), [("geopackage", "gpkg"), ("geojsonseq", "geojsonl")])
def test_other_map_formats_hold_the_same_table(tmp_path, kind, suffix):
    path = tmp_path / f"zahlen.{suffix}"
    frame = gpd.read_file(features(ROWS)).drop(columns="leer")
    driver = {"geojsonseq": "GeoJSONSeq", "geopackage": "GPKG"}[kind]
    frame.to_file(path, driver=driver, layer="zahlen" if kind == "geopackage" else None)
    spec = TableSpec(kind, sheet="zahlen" if kind == "geopackage" else "")
    table = read_table(path, spec)
    assert {row[table.columns.index("id")] for row in table.rows} == {"01", "02", "03"}
    assert {row[table.columns.index("kinder")] for row in table.rows} == {"12", "", "7"}


def test_figures_of_a_map_are_imported(tmp_path):
    (tmp_path / "zahlen.geojson").write_text(features(ROWS), encoding="utf-8")
    town = import_delivery(tmp_path, [], table=MAP)
    found = town.values.set_index("area")
    assert found["value"].dropna().to_dict() == {"01": 12.0, "03": 7.0}
    assert found["state"].to_dict() == {"01": "ok", "02": "not_collected", "03": "ok"}
    (unread,) = [f for f in town.findings if f.code == "columns_unread"]
    assert unread.params["columns"] == "quote, leer"


def test_a_finding_names_the_feature(tmp_path):
    rows = [*ROWS[:2], {**ROWS[2], "kinder": "sieben"}]
    (tmp_path / "zahlen.geojson").write_text(features(rows), encoding="utf-8")
    found = refused_findings(tmp_path, [], table=MAP)
    place = the(found, "number_unreadable").place
    assert (place.file, place.row, place.column) == ("zahlen.geojson", 3, "kinder")


def test_a_damaged_map_is_refused_as_a_map(tmp_path):
    path = tmp_path / "zahlen.geojson"
    path.write_text(features(ROWS)[:-20], encoding="utf-8")
    with pytest.raises(RefusedFileError):
        read_table(path, TableSpec("geojson"))


@pytest.mark.parametrize(
    "key", ["header_rows = 2", 'separator = ";"', "skip_rows = 1", 'footer_marker = "_"']
)
def test_keys_of_text_files_are_refused_for_maps(tmp_path, key):
    table = MAP.replace('format = "geojson"', f'format = "geojson"\n{key}')
    found = refused_findings(tmp_path, [], table=table)
    finding = the(found, "recipe_table_format_keys")
    for language in LANGUAGES:
        assert translator(language)("finding.recipe_table_format_keys.cause", **finding.params)


def test_a_text_file_has_no_reference_system(tmp_path):
    table = TABLE.replace('separator = ";"', 'separator = ";"\ncrs = "EPSG:4326"')
    assert codes(refused_findings(tmp_path, [], table=table))["recipe_table_format_keys"] == 1


def test_reports_copy_tables_and_no_maps(tmp_path):
    (tmp_path / "zahlen.geojson").write_text(features(ROWS), encoding="utf-8")
    recipe = write_delivery(tmp_path, ["id;jahr;kinder", "01;2021;1"], table=TABLE + MAP)
    files = ["werte.csv", "zahlen.geojson"]
    assert list(delivered_sheets(load_recipe(recipe), tmp_path, files)) == ["werte.csv"]
