"""Areas of a level that overlap or leave gaps are told with both areas, size and share."""

from __future__ import annotations

import json

import geopandas as gpd
import pytest
import shapely
from pyproj import Geod

from data.importing.coverage_check import measured_faults
from data.importing.metric import measuring_system
from domain.findings import Severity
from tests.map_delivery import ROW, geojson_of, import_map, import_shapes, place, quarters
from tests.small_delivery import codes, the

FIRST, SECOND, THIRD = ROW
LAKE = place(1400, 400, 100, 100)


def geometry_codes(town):
    return {code: n for code, n in codes(town.findings).items() if code.startswith("geometry_")}


def test_areas_that_fit_give_no_finding(tmp_path):
    assert geometry_codes(import_shapes(tmp_path, ROW)) == {}


def test_an_overlap_names_both_areas_size_and_share(tmp_path):
    town = import_shapes(tmp_path, [FIRST, place(995, 0, 1005), THIRD])
    finding = the(town.findings, "geometry_overlap")
    assert (finding.severity, finding.place.row) == (Severity.WARNING, 1)
    assert finding.params["examples"] == "01 Gebiet 01 / 02 Gebiet 02: 5\u202f000 m² (5 ‰)"
    assert (finding.params["n"], finding.params["share"]) == (1, pytest.approx(0.17, rel=0.05))
    assert geometry_codes(town) == {"geometry_overlap": 1}


def test_a_narrow_gap_names_both_areas_size_and_share(tmp_path):
    town = import_shapes(tmp_path, [FIRST, place(1002, 0, 998), THIRD])
    finding = the(town.findings, "geometry_gap")
    assert finding.severity is Severity.WARNING
    assert set(finding.params["examples"].split(":")[0].split(" / ")) == {
        "01 Gebiet 01", "02 Gebiet 02",
    }  # fmt: skip
    assert finding.params["size"] == "2\u202f000"
    assert geometry_codes(town) == {"geometry_gap": 1}


def test_slivers_are_told_but_need_nothing(tmp_path):
    town = import_shapes(tmp_path, [FIRST, place(999.5, 0, 1000.3), place(2000, 0)])
    finding = the(town.findings, "geometry_slivers")
    assert (finding.severity, finding.params["n"]) == (Severity.INFO, 2)
    assert geometry_codes(town) == {"geometry_slivers": 1}


def test_many_slivers_together_are_a_warning(tmp_path):
    rows = [place(0, 100 * n - 0.09, 1000, 100.09) for n in range(30)]
    columns = [place(1000, 0, 1000, 3000)]
    finding = the(import_shapes(tmp_path, [*rows, *columns]).findings, "geometry_slivers")
    assert finding.params["n"] == 29
    assert finding.severity is Severity.INFO  # 0.09 % of each, 0.04 % of the level
    grid = [
        place(100 * x - 0.045, 100 * y - 0.045, 100.09, 100.09)
        for x in range(20)
        for y in range(20)
    ]
    finding = the(import_shapes(tmp_path, grid).findings, "geometry_slivers")
    assert finding.severity is Severity.WARNING  # each below 0.1 %, the level above


def test_a_missing_area_is_a_warning_that_also_speaks_of_lakes(tmp_path):
    around = [
        place(0, 0, 3000),
        place(0, 1000, 1000),
        place(2000, 1000, 1000),
        place(0, 2000, 3000),
    ]
    finding = the(import_shapes(tmp_path, around).findings, "geometry_hole")
    assert (finding.severity, finding.params["size"]) == (Severity.WARNING, "1\u202f000\u202f000")


def test_a_lake_or_enclave_in_one_area_is_only_told(tmp_path):
    town = import_shapes(tmp_path, [FIRST, SECOND.difference(LAKE), THIRD])
    finding = the(town.findings, "geometry_hole")
    assert finding.severity is Severity.INFO
    assert finding.params["examples"] == "02 Gebiet 02: 10\u202f000 m² (10 ‰)"
    assert geometry_codes(town) == {"geometry_hole": 1}


def test_an_area_in_the_hole_of_another_and_islands_give_no_finding(tmp_path):
    island = place(8000, 8000)
    shapes = [FIRST, SECOND.difference(LAKE), shapely.union_all([THIRD, island]), LAKE]
    assert geometry_codes(import_shapes(tmp_path, shapes)) == {}


def test_an_area_delivered_over_another_without_its_hole_overlaps(tmp_path):
    finding = the(import_shapes(tmp_path, [*ROW, LAKE]).findings, "geometry_overlap")
    assert finding.params["examples"] == "02 Gebiet 02 / 04 Gebiet 04: 10\u202f000 m² (100 %)"


def test_borders_in_degrees_are_compared_where_they_are_straight(tmp_path):
    """Between other vertices, a border straight in degrees is curved in metres."""
    long = place(0, 0, 20_000)
    halves = [place(0, 1000, 10_000), place(10_000, 1000, 10_000)]
    degrees = quarters([long, *halves], crs=4326)
    corner = shapely.get_coordinates(degrees.geometry[1])
    west, east = corner.min(axis=0), corner.max(axis=0)
    lower = shapely.Polygon([(9.4, 54.6), (9.8, 54.6), (9.8, 54.7), (9.4, 54.7)])
    left = shapely.Polygon([(9.4, 54.7), (9.6, 54.7), (9.6, 54.8), (9.4, 54.8)])
    right = shapely.Polygon([(9.6, 54.7), (9.8, 54.7), (9.8, 54.8), (9.6, 54.8)])
    assert (west < east).all()
    frame = degrees.set_geometry([lower, left, right], crs=4326)
    (tmp_path / "karte.geojson").write_text(json.dumps(geojson_of(frame)), encoding="utf-8")
    town = import_map(tmp_path, "karte.geojson", "geojson", crs="EPSG:4326")
    assert geometry_codes(town) == {}
    moved = frame.set_geometry(
        [lower, left, shapely.affinity.translate(right, -0.0005, 0)], crs=4326
    )
    (tmp_path / "karte.geojson").write_text(json.dumps(geojson_of(moved)), encoding="utf-8")
    town = import_map(tmp_path, "karte.geojson", "geojson", crs="EPSG:4326")
    size = float(the(town.findings, "geometry_overlap").params["size"].replace("\u202f", ""))
    assert size == pytest.approx(32.2 * 11_132, rel=0.01)


def test_masses_of_areas_over_one_another_are_told_without_comparing(tmp_path):
    finding = the(import_shapes(tmp_path, [FIRST] * 2600).findings, "geometry_not_compared")
    assert (finding.severity, finding.params["n"]) == (Severity.WARNING, 2600)


@pytest.mark.parametrize("system", [4326, 3857, 2230], ids=["degrees", "web-mercator", "feet"])
def test_square_metres_far_from_germany_are_those_of_the_ellipsoid(system):
    shared = shapely.box(-117.001, 33, -117, 33.1)
    shapes = [shapely.box(-117.1, 33, -117, 33.1), shapely.box(-117.001, 33, -116.9, 33.1)]
    frame = gpd.GeoDataFrame(
        {"area_id": ["1", "2"], "name": ["A", "B"]}, geometry=shapes, crs=4326
    ).to_crs(system)
    true_size = abs(Geod(ellps="GRS80").geometry_area_perimeter(shared)[0])
    overlap = measured_faults(frame)[0]
    assert overlap.square_metres == pytest.approx(true_size, rel=1e-4)
    assert overlap.share_pct == pytest.approx(1, rel=1e-3)


@pytest.mark.parametrize("system", [4326, 25832])
def test_germany_as_a_whole_stays_in_its_usual_metric_system(system):
    country = gpd.GeoDataFrame(geometry=[shapely.box(5.9, 47.2, 15.1, 55.1)], crs=4326)
    assert measuring_system(country.to_crs(system)).to_epsg() == 25832
