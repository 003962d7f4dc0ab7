"""A system that cannot be that of the coordinates is refused, or told where the map would lie."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely

from domain.findings import RefusedFileError, Severity
from tests.map_delivery import ROW, geojson_of, import_map, quarters, shapefile_of, write_text
from tests.small_delivery import codes, the

METRIC = [25832, 25833, 31466, 31467, 31468, 31469]
CORNERS = {
    "Aachen": (6.05, 50.75),
    "Berlin": (13.4, 52.5),
    "Flensburg": (9.43, 54.78),
    "Görlitz": (15.0, 51.15),
    "Köln": (6.95, 50.95),
    "Konstanz": (9.17, 47.67),
    "Passau": (13.46, 48.57),
}


def refusal(folder, path, form, **layer):
    with pytest.raises(RefusedFileError) as refused:
        import_map(folder, path, form, **layer)
    return refused.value.findings


def in_degrees(crs=None):
    """Return the usual areas in degrees, in a document that names a system or none."""
    return geojson_of(quarters(ROW, crs=4326), crs=crs)


def around(longitude, latitude, crs):
    """Return two areas around a point."""
    west, south = longitude - 0.02, latitude - 0.01
    shapes = [shapely.box(west + x, south, west + x + 0.02, south + 0.02) for x in (0, 0.02)]
    frame = gpd.GeoDataFrame({"key": ["01", "02"], "name": ["A", "B"]}, geometry=shapes, crs=4326)
    return frame.to_crs(crs)


@pytest.mark.parametrize("crs", METRIC)
def test_degrees_are_not_taken_for_metres(tmp_path, crs):
    path = write_text(tmp_path, "a.geojson", in_degrees())
    finding = the(refusal(tmp_path, path, "geojson", crs=f"EPSG:{crs}"), "crs_degrees_expected")
    assert (finding.severity, finding.params["crs"]) == (Severity.ERROR, f"EPSG:{crs}")
    told = [float(finding.params[side]) for side in ("west", "south", "east", "north")]
    assert 9 < told[0] < told[2] < 10
    assert 54 < told[1] <= told[3] < 55


def test_a_file_that_names_metres_for_degrees_is_refused_and_answered(tmp_path):
    path = write_text(tmp_path, "a.geojson", in_degrees(crs=25832))
    the(refusal(tmp_path, path, "geojson"), "crs_degrees_expected")
    town = import_map(tmp_path, path, "geojson", crs="EPSG:4326")
    the(town.findings, "crs_declared_differs")


def test_a_map_without_a_system_says_that_it_is_in_degrees(tmp_path):
    data = shapefile_of(quarters(ROW, crs=4326), tmp_path / "shp", changes={".prj": None})
    (tmp_path / "a.zip").write_bytes(data)
    finding = the(refusal(tmp_path, "a.zip", "shapefile"), "crs_missing_degrees")
    assert (finding.params["first"], finding.params["likely"]) == ("EPSG:4326", "EPSG:4326")


@pytest.mark.parametrize("crs", METRIC)
def test_a_map_without_a_system_names_those_it_can_be_in(tmp_path, crs):
    path = write_text(tmp_path, "a.geojson", geojson_of(quarters(ROW, crs=crs)))
    likely = str(the(refusal(tmp_path, path, "geojson"), "crs_missing").params["likely"])
    assert f"EPSG:{crs}" in likely.split(", ")
    assert len(likely.split(", ")) == (2 if crs == 25832 else 1)


def test_a_map_without_a_system_that_lies_nowhere_in_germany_names_none(tmp_path):
    frame = around(2.35, 48.85, 2154)
    path = write_text(tmp_path, "a.geojson", geojson_of(frame))
    finding = the(refusal(tmp_path, path, "geojson"), "crs_missing_unlike")
    assert "likely" not in finding.params


def test_a_map_far_from_its_system_is_told_with_its_place_on_earth(tmp_path):
    path = write_text(tmp_path, "a.geojson", geojson_of(around(13.4, 52.5, 25833)))
    town = import_map(tmp_path, path, "geojson", crs="EPSG:31467")
    finding = the(town.findings, "crs_outside_use")
    assert (finding.severity, finding.params["crs"]) == (Severity.WARNING, "EPSG:31467")
    west, south, east, north = town.areas["viertel@1"].to_crs(4326).total_bounds
    assert float(finding.params["longitude"]) == pytest.approx((west + east) / 2, abs=0.1)
    assert float(finding.params["latitude"]) == pytest.approx((south + north) / 2, abs=0.1)


@pytest.mark.parametrize("crs", [*METRIC, 4326, 4258, 3035, 3857])
@pytest.mark.parametrize("town", CORNERS)
def test_no_german_town_is_far_from_a_system_used_in_germany(tmp_path, town, crs):
    frame = around(*CORNERS[town], crs)
    path = write_text(tmp_path, "a.geojson", geojson_of(frame, crs=crs))
    found = codes(import_map(tmp_path, path, "geojson").findings)
    assert not {code for code in found if code.startswith("crs_")}
