"""What the layer readers hand on: exact attributes, flat valid geometry, a known system."""

from __future__ import annotations

import json

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from data.importing.readers import LayerSpec, read_layer
from domain.findings import RefusedFileError
from tests.badfiles import (
    geojson_cases,
    geojsonseq_cases,
    gpkg_cases,
    shp_cases,
    topojson_cases,
    zip_cases,
)
from tests.badfiles.geojson_cases import NEXT, SQUARE, collection, feature, polygon


@pytest.fixture
def geojson(tmp_path):
    def read(document, **spec):
        path = tmp_path / "karte.geojson"
        path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
        return read_layer(path, LayerSpec("geojson", **spec))

    return read


def test_attributes_stay_what_they_are(geojson):
    first = feature(polygon(SQUARE), id="01", n=5, x=1.5, mixed="a", nested=[1], leer=None)
    second = feature(polygon(NEXT), id="02", x=2, mixed=7)
    frame = geojson(collection(first, second)).frame
    assert list(frame["id"]) == ["01", "02"]
    assert frame["n"].dtype == "Int64"
    assert frame["n"][0] == 5
    assert frame["n"].isna()[1]
    assert list(frame["x"]) == [1.5, 2.0]
    assert list(frame["mixed"]) == ["a", "7"]
    assert frame["nested"][0] == "[1]"
    assert frame["leer"].isna().all()


def test_the_member_id_becomes_a_column(geojson):
    document = collection({**feature(polygon(SQUARE)), "id": "STGT01"})
    assert list(geojson(document).frame["id"]) == ["STGT01"]


def test_heights_are_left_out_and_the_system_is_degrees(geojson):
    square = [[*position, 12.5] for position in SQUARE]
    layer = geojson(collection(feature(polygon(square), id="1")))
    assert not shapely.has_z(layer.frame.geometry.array).any()
    assert layer.frame.crs.to_epsg() == 4326


def test_a_named_system_is_taken_over(geojson):
    document = {**geojson_cases.UTM, "crs": geojson_cases.EPSG25832}
    assert geojson(document).frame.crs.to_epsg() == 25832


def test_a_declared_system_wins_and_the_difference_is_told(geojson):
    document = {**geojson_cases.UTM, "crs": geojson_cases.EPSG25832}
    layer = geojson(document, crs="EPSG:25833")
    assert layer.frame.crs.to_epsg() == 25833
    assert [f.code for f in layer.findings] == ["crs_declared_differs"]


def test_codes_that_differ_in_the_order_of_axes_are_one_system(tmp_path):
    path = tmp_path / "karte.gpkg"
    square = gpd.GeoSeries([shapely.box(3_500_000, 5_600_000, 3_501_000, 5_601_000)])
    square.set_crs("EPSG:5677").to_file(path, driver="GPKG")
    one = read_layer(path, LayerSpec("geopackage", crs="EPSG:31467"))
    assert one.findings == ()
    assert one.frame.total_bounds.tolist() == [3_500_000, 5_600_000, 3_501_000, 5_601_000]
    other = read_layer(path, LayerSpec("geopackage", crs="EPSG:31468"))
    assert "crs_declared_differs" in [f.code for f in other.findings]


def test_dropped_attributes_never_arrive(geojson):
    document = collection(feature(polygon(SQUARE), id="1", telefon="0461"))
    assert list(geojson(document, drop=("telefon",)).frame.columns) == ["id", "geometry"]
    with pytest.raises(RefusedFileError):
        geojson(document, drop=("fax",))


def test_a_repair_keeps_the_area_and_says_so(geojson):
    layer = geojson(collection(feature(polygon(geojson_cases.SPIKE), id="1")))
    assert layer.frame.geometry.is_valid.all()
    (finding,) = layer.findings
    assert finding.code == "geometry_repaired"
    assert 0 < finding.params["change"] < 0.1


def in_utm(shape):
    """Return a shape drawn around zero at a place of UTM 32."""
    return shapely.affinity.translate(shape, 526_000, 6_070_000)


def test_a_shapefile_reads_as_gdal_wrote_it(tmp_path):
    frame = gpd.GeoDataFrame(
        {
            "ID": ["01", "02"],
            "GANZ": pd.array([3, None], dtype="Int64"),
            "BRUCH": [1.25, 2.5],
            "TAG": pd.to_datetime(["2023-12-31", None]).date,
        },
        geometry=[
            in_utm(shapely.box(0, 0, 3, 3).difference(shapely.box(1, 1, 2, 2))),
            in_utm(shapely.MultiPolygon([shapely.box(5, 0, 6, 1), shapely.box(7, 0, 8, 1)])),
        ],
        crs=25832,
    )
    frame["TAG"] = frame["TAG"].astype("str").replace("NaT", None)
    frame.to_file(tmp_path / "a.shp", encoding="utf-8")
    members = {path.name: path.read_bytes() for path in sorted(tmp_path.glob("a.*"))}
    archive = tmp_path / "a.zip"
    archive.write_bytes(zip_cases.zipped(members))
    read = read_layer(archive, LayerSpec("shapefile")).frame
    assert list(read["ID"]) == ["01", "02"]
    assert read["GANZ"].dtype == "Int64"
    assert read["GANZ"][0] == 3
    assert read["GANZ"].isna()[1]
    assert list(read["BRUCH"]) == [1.25, 2.5]
    assert read["TAG"][0] == "2023-12-31"
    assert read.geometry.geom_equals(frame.geometry).all()
    assert read.crs.to_epsg() == 25832


def test_rows_marked_as_deleted_leave_with_their_shape(tmp_path):
    table = bytearray(shp_cases.dbf(["Altstadt", "Südstadt"], "utf-8"))
    table[32 + 64 + 1] = ord("*")
    path = tmp_path / "a.zip"
    path.write_bytes(zip_cases.zipped(shp_cases.parts(dbf=bytes(table))))
    frame = read_layer(path, LayerSpec("shapefile")).frame
    assert list(frame["NAME"]) == ["Südstadt"]
    assert frame.geometry[0].bounds[0] == 527_000


def test_a_letter_cut_at_the_end_of_a_field_is_left_out_and_told(tmp_path):
    table = shp_cases.dbf(["x" * 20, "Südstadt"], "utf-8").replace(b"x" * 20, b"x" * 19 + b"\xc3")
    path = tmp_path / "a.zip"
    path.write_bytes(zip_cases.zipped(shp_cases.parts(dbf=table)))
    layer = read_layer(path, LayerSpec("shapefile"))
    assert list(layer.frame["NAME"]) == ["x" * 19, "Südstadt"]
    assert [f.code for f in layer.findings] == ["shp_text_cut"]


@pytest.mark.parametrize("names", [["Süd", "Höhe"], ["Menü", "Köln"], ["Süd", "x" * 19 + "ü"]])
def test_short_names_in_cp1252_are_not_taken_for_cut_letters(names, tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(
        zip_cases.zipped(shp_cases.parts(dbf=shp_cases.dbf(names, "cp1252"), cpg=None))
    )
    layer = read_layer(path, LayerSpec("shapefile"))
    assert list(layer.frame["NAME"]) == names
    assert [f.code for f in layer.findings] == ["shp_encoding_detected"]


def test_a_geopackage_reads_as_gdal_wrote_it(tmp_path):
    boxes = [shapely.box(x, 5_820_000, x + 1, 5_820_001) for x in (390_000, 390_005)]
    frame = gpd.GeoDataFrame(
        {"id": ["01", "02"], "n": [1, 2]},
        geometry=[boxes[0], shapely.MultiPolygon(boxes[1:])],
        crs=25833,
    )
    path = tmp_path / "karte.gpkg"
    frame.to_file(path, driver="GPKG", layer="gebiete")
    layer = read_layer(path, LayerSpec("geopackage"))
    assert list(layer.frame["id"]) == ["01", "02"]
    assert layer.frame["n"].dtype == "Int64"
    assert layer.frame.crs.to_epsg() == 25833
    assert layer.frame.geometry.geom_equals(frame.geometry).all()
    assert layer.findings == ()


def test_of_two_geopackage_tables_the_named_one_is_read(tmp_path):
    path = tmp_path / "karte.gpkg"
    gpkg_cases.package(tables=("a", "b"))(path)
    assert len(read_layer(path, LayerSpec("geopackage", layer="b")).frame) == 2
    assert not list(tmp_path.glob("*-wal"))


@pytest.mark.parametrize("document", [topojson_cases.GOOD, topojson_cases.QUANTISED])
def test_arcs_of_a_topology_become_areas_with_one_common_border(document, tmp_path):
    path = tmp_path / "karte.topojson"
    path.write_text(json.dumps(document), encoding="utf-8")
    frame = read_layer(path, LayerSpec("topojson")).frame
    assert list(frame["id"]) == ["01", "02"]
    assert list(frame["name"]) == ["Altstadt", "Süd"]
    assert frame.crs.to_epsg() == 4326
    first, second = frame.geometry
    assert first.equals(shapely.Polygon(SQUARE))
    assert second.equals(shapely.Polygon(NEXT))
    assert first.intersection(second).length == pytest.approx(0.01)


def test_points_holes_and_parts_of_a_topology(tmp_path):
    ring = [[0, 0], [6, 0], [0, 6], [-6, 0], [0, -6]]
    hole = [[2, 2], [0, 1], [1, 0], [0, -1], [-1, 0]]
    island = [[8, 0, 5], [1, 0, 0], [0, 1, 0], [-1, -1, 0]]
    area = {"type": "MultiPolygon", "arcs": [[[0], [1]], [[2]]], "properties": {"id": "01"}}
    grid = {"scale": [0.01, 0.01], "translate": [9.0, 54.0]}
    document = topojson_cases.topology(area, arcs=[ring, hole, island], transform=grid)
    document["objects"]["kitas"] = topojson_cases.POINT
    path = tmp_path / "karte.topojson"
    path.write_text(json.dumps(document), encoding="utf-8")
    (shape,) = read_layer(path, LayerSpec("topojson", layer="areas")).frame.geometry
    assert shape.area == pytest.approx((36 - 1 + 0.5) * 1e-4)
    assert [len(part.interiors) for part in shape.geoms] == [1, 0]
    (point,) = read_layer(path, LayerSpec("topojson", layer="kitas")).frame.geometry
    assert (point.x, point.y) == pytest.approx((9.01, 54.01))


def test_features_of_a_sequence_keep_their_lines(tmp_path):
    path = tmp_path / "karte.geojsonl"
    first, second = geojsonseq_cases.FIRST, geojsonseq_cases.SECOND
    path.write_text(geojsonseq_cases.sequence("", first, "", second), encoding="utf-8")
    layer = read_layer(path, LayerSpec("geojsonseq"))
    assert layer.lines == (2, 4)
    assert list(layer.frame["name"]) == ["Altstadt", "Südstadt"]
    assert layer.frame.geometry[1].equals(shapely.Polygon(NEXT))
