"""Rings, holes, parts, heights, invalid and overfull areas through the whole import."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from domain.findings import RefusedFileError, Severity
from tests.badfiles import geojson_cases
from tests.map_delivery import ROW, as_file, import_map, import_shapes, place, quarters, write_text
from tests.small_delivery import the


@pytest.mark.parametrize("exterior_cw", [True, False], ids=["clockwise", "counter-clockwise"])
@pytest.mark.parametrize("form", ["geojson", "geopackage", "shapefile"])
def test_both_orders_of_rings_are_the_same_area(form, exterior_cw, tmp_path):
    holed = place(0, 0).difference(place(200, 200, 300, 300))
    frame = quarters([holed, *ROW[1:], place(200, 200, 300, 300)])
    frame["geometry"] = shapely.orient_polygons(frame.geometry.array, exterior_cw=exterior_cw)
    town = import_map(tmp_path, as_file(tmp_path, frame, form), form)
    areas = town.areas["viertel@1"].geometry.area.tolist()
    assert areas == pytest.approx([910_000, 1e6, 1e6, 90_000])
    assert not [f for f in town.findings if f.code.startswith("geometry_")]


@pytest.mark.parametrize("form", ["geojson", "geopackage", "shapefile"])
def test_holes_parts_islands_and_heights_stay_or_leave_as_told(form, tmp_path):
    lake = place(1400, 400, 100, 100)
    island = place(6000, 3000, 500, 500)
    shapes = [ROW[0], ROW[1].difference(lake), shapely.union_all([ROW[2], island])]
    frame = quarters(shapely.force_3d(shapes, 12.5))
    town = import_map(tmp_path, as_file(tmp_path, frame, form), form)
    found = town.areas["viertel@1"].geometry
    assert not found.has_z.any()
    assert [len(shapely.get_parts(shape)) for shape in found] == [1, 1, 2]
    assert [len(part.interiors) for part in shapely.get_parts(found[1])] == [1]
    assert found.area.tolist() == pytest.approx([1e6, 990_000, 1_250_000])
    if form != "geojson":  # its third number is never read
        assert the(town.findings, "geometry_height_left_out").params["n"] == 3
    assert the(town.findings, "geometry_hole").severity is Severity.INFO


def rings_in_degrees(folder, first):
    document = geojson_cases.collection(
        geojson_cases.feature(first, key="01", name="Altstadt"),
        geojson_cases.feature(geojson_cases.polygon(geojson_cases.NEXT), key="02", name="Höhe"),
    )
    return import_map(folder, write_text(folder, "a.geojson", document), "geojson")


SMALL_BESIDE = [[9.41, 54.712], [9.41, 54.7121], [9.4101, 54.7121], [9.4101, 54.712]]


@pytest.mark.parametrize(
    "rings",
    [[geojson_cases.SPIKE], [geojson_cases.SQUARE, [*SMALL_BESIDE, SMALL_BESIDE[0]]]],
    ids=["bow-tie", "hole outside"],
)
def test_a_ring_that_is_little_wrong_is_repaired_with_its_change_in_percent(rings, tmp_path):
    town = rings_in_degrees(tmp_path, geojson_cases.polygon(*rings))
    finding = the(town.findings, "geometry_repaired")
    assert (finding.severity, finding.place.row) == (Severity.WARNING, 1)
    assert 0 < finding.params["change"] <= 1
    assert town.areas["viertel@1"].geometry.is_valid.all()


@pytest.mark.parametrize(
    "rings",
    [[geojson_cases.BOWTIE], [geojson_cases.SQUARE, geojson_cases.HOLE_OUTSIDE]],
    ids=["bow-tie", "hole outside"],
)
def test_a_ring_whose_repair_changes_more_than_one_percent_is_refused(rings, tmp_path):
    with pytest.raises(RefusedFileError) as refused:
        rings_in_degrees(tmp_path, geojson_cases.polygon(*rings))
    finding = the(refused.value.findings, "geometry_not_repairable")
    assert (finding.severity, finding.place.row) == (Severity.ERROR, 1)
    assert finding.params["change"] > finding.params["limit"] == 1.0


def test_a_map_of_too_many_vertices_is_simplified_on_shared_borders_and_told(tmp_path, monkeypatch):
    """The same as a million vertices, at a thousandth of the size."""
    monkeypatch.setattr("data.importing.readers.geometry.MAX_VERTICES", 1000)
    steps = np.linspace(0, 1000, 600)
    wave = [(526_000 + 1000 + 0.4 * (n % 2), 6_061_000 + y) for n, y in enumerate(steps)]
    west = shapely.Polygon([*wave, (526_000, 6_062_000), (526_000, 6_061_000)])
    east = shapely.Polygon([*wave, (528_000, 6_062_000), (528_000, 6_061_000)])
    town = import_shapes(tmp_path, [west, east])
    finding = the(town.findings, "geometry_simplified")
    assert finding.severity is Severity.WARNING
    assert finding.params["tolerance"] == 1.0
    assert finding.params["after"] <= 1000 < finding.params["before"]
    first, second = town.areas["viertel@1"].geometry
    assert first.intersection(second).area == 0
    assert first.intersection(second).length == pytest.approx(1000, rel=0.01)
