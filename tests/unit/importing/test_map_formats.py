"""Maps as they come, walked item by item through the whole import."""

from __future__ import annotations

import json

import numpy as np
import pytest
import shapely

from domain.findings import RefusedFileError, Severity
from tests.badfiles import geojson_cases, topojson_cases
from tests.map_delivery import (
    ROW,
    geojson_of,
    import_map,
    import_shapes,
    place,
    quarters,
    shapefile_of,
)
from tests.small_delivery import the

SYSTEMS = "EPSG:25832, 25833, 31466, 31467, 31468, 31469, 4326"
FRAME = quarters(ROW)


def write_text(folder, name, document):
    text = document if isinstance(document, str) else json.dumps(document, ensure_ascii=False)
    (folder / name).write_text(text, encoding="utf-8")
    return name


def lines_of(document, *, before=""):
    return "".join(f"{before}{json.dumps(one)}\n" for one in document["features"])


def topology(frame, *, grid=None):
    """Return a topology of boxes in a row: one arc for each common border; ``type`` is last."""
    corners = [list(map(list, shapely.get_coordinates(shape))) for shape in frame.geometry]
    geometries = [
        {"type": "Polygon", "arcs": [[n]], "properties": {"key": key, "name": name}}
        for n, (key, name) in enumerate(zip(frame["key"], frame["name"], strict=True))
    ]
    objects = {"viertel": {"type": "GeometryCollection", "geometries": geometries}}
    if grid is None:
        return {"arcs": corners, "objects": objects, "type": "Topology"}
    steps = [np.rint((np.array(ring) - grid["translate"]) / grid["scale"]) for ring in corners]
    arcs = [[ring[0].tolist(), *np.diff(ring, axis=0).tolist()] for ring in steps]
    return {"arcs": arcs, "transform": grid, "objects": objects, "type": "Topology"}


def geojson(folder):
    return write_text(folder, "a.geojson", geojson_of(quarters(ROW, crs=4326))), "geojson", {}


def geojson_projected(folder):
    return write_text(folder, "a.geojson", geojson_of(FRAME, crs=25832)), "geojson", {}


def geojson_gauss_krueger(folder):
    frame = quarters(ROW, crs=31467)
    return write_text(folder, "a.geojson", geojson_of(frame, crs=31467)), "geojson", {}


def geojson_with_bom(folder):
    text = "\ufeff" + json.dumps(geojson_of(quarters(ROW, crs=4326)))
    return write_text(folder, "a.json", text), "geojson", {}


def newline_delimited(folder):
    text = lines_of(geojson_of(quarters(ROW, crs=4326)))
    return write_text(folder, "a.geojsonl", text), "geojsonseq", {}


def record_separated(folder):
    text = lines_of(geojson_of(quarters(ROW, crs=4326)), before="\x1e")
    return write_text(folder, "a.geojsons", text), "geojsonseq", {}


def newline_delimited_projected(folder):
    text = lines_of(geojson_of(FRAME))
    return write_text(folder, "a.ndjson", text), "geojsonseq", {"crs": "EPSG:25832"}


def topojson(folder):
    """The kind GDAL does not recognise: ``type`` stands last."""
    return write_text(folder, "a.topojson", topology(quarters(ROW, crs=4326))), "topojson", {}


def topojson_quantised(folder):
    grid = {"scale": [1e-7, 1e-7], "translate": [9.4, 54.6]}
    document = topology(quarters(ROW, crs=4326), grid=grid)
    return write_text(folder, "a.topojson", document), "topojson", {}


def topojson_metres(folder):
    return write_text(folder, "a.topojson", topology(FRAME)), "topojson", {"crs": "EPSG:25832"}


def geopackage(folder):
    FRAME.to_file(folder / "a.gpkg", driver="GPKG", layer="viertel")
    return "a.gpkg", "geopackage", {}


def geopackage_of_two_layers(folder):
    FRAME.to_file(folder / "a.gpkg", driver="GPKG", layer="viertel")
    FRAME.iloc[:1].to_file(folder / "a.gpkg", driver="GPKG", layer="bezirke")
    return "a.gpkg", "geopackage", {"layer": "viertel"}


def shapefile(folder, options=None, /, **parts):
    data = shapefile_of(FRAME, folder / "shp", **parts)
    (folder / "a.zip").write_bytes(data)
    return "a.zip", "shapefile", options or {}


def shapefile_in_subfolder(folder):
    return shapefile(folder, stem="Export/Karten 2024/gebiete")


def shapefile_without_cpg(folder):
    return shapefile(folder, changes={".cpg": None})


def shapefile_without_cpg_in_cp1252(folder):
    return shapefile(folder, {"encoding": "cp1252"}, encoding="cp1252", changes={".cpg": None})


def shapefile_of_wrong_cpg(folder):
    changes = {".cpg": b"UTF-8"}
    return shapefile(folder, {"encoding": "cp1252"}, encoding="cp1252", changes=changes)


def shapefile_without_prj(folder):
    return shapefile(folder, {"crs": "EPSG:25832"}, changes={".prj": None})


def shapefile_of_garbled_prj(folder):
    return shapefile(folder, {"crs": "EPSG:25832"}, changes={".prj": b"PROJCS[broken"})


@pytest.mark.parametrize(
    "form",
    [
        geojson,
        geojson_projected,
        geojson_gauss_krueger,
        geojson_with_bom,
        newline_delimited,
        record_separated,
        newline_delimited_projected,
        topojson,
        topojson_quantised,
        topojson_metres,
        geopackage,
        geopackage_of_two_layers,
        shapefile,
        shapefile_in_subfolder,
        shapefile_without_cpg,
        shapefile_without_cpg_in_cp1252,
        shapefile_of_wrong_cpg,
        shapefile_without_prj,
        shapefile_of_garbled_prj,
    ],
)
def test_every_format_gives_the_same_three_quarters_in_their_place(form, tmp_path):
    file, name, options = form(tmp_path)
    town = import_map(tmp_path, file, name, **options)
    found = town.areas["viertel@1"]
    assert found["area_id"].tolist() == ["01", "02", "03"]
    assert found["name"].tolist() == ["Gebiet 01", "Gebiet 02", "Gebiet 03"]
    here = found.to_crs(25832).geometry
    for shape, drawn in zip(here, ROW, strict=True):
        assert shape.area == pytest.approx(1e6, rel=1e-3)
        assert shape.hausdorff_distance(drawn) < 1
    assert not [f for f in town.findings if f.code in {"geometry_overlap", "geometry_gap"}]


def names_in_cp1252(folder, options, cpg):
    frame = FRAME.assign(name=["Südstadt", "Höhe", "Süd-Ost"])
    data = shapefile_of(frame, folder / "shp", encoding="cp1252", changes={".cpg": cpg})
    (folder / "a.zip").write_bytes(data)
    return import_map(folder, "a.zip", "shapefile", **options)


def test_umlauts_without_a_cpg_are_found_out_and_told(tmp_path):
    town = names_in_cp1252(tmp_path, {}, None)
    assert town.areas["viertel@1"]["name"].tolist() == ["Südstadt", "Höhe", "Süd-Ost"]


def test_umlauts_under_a_wrong_cpg_are_refused_until_the_recipe_names_the_encoding(tmp_path):
    with pytest.raises(RefusedFileError) as refused:
        names_in_cp1252(tmp_path, {}, b"UTF-8")
    wrong = [f for f in refused.value.findings if f.code == "shp_encoding_wrong"]
    assert [(f.place.row, f.place.column) for f in wrong] == [(1, "name"), (2, "name"), (3, "name")]
    town = names_in_cp1252(tmp_path, {"encoding": "cp1252"}, b"UTF-8")
    assert town.areas["viertel@1"]["name"].tolist() == ["Südstadt", "Höhe", "Süd-Ost"]


def test_a_prj_that_says_otherwise_than_the_recipe_is_told(tmp_path):
    file, name, _ = shapefile(tmp_path)
    town = import_map(tmp_path, file, name, crs="EPSG:25833")
    finding = the(town.findings, "crs_declared_differs")
    assert (finding.params["declared"], finding.params["found"]) == ("EPSG:25833", "EPSG:25832")


def without_system(folder, form):
    """Write the quarters in metres without a word on their system."""
    plain = geojson_of(FRAME)
    if form == "geojson":
        return write_text(folder, "a.geojson", plain), form
    if form == "geojsonseq":
        return write_text(folder, "a.ndjson", lines_of(plain)), form
    if form == "topojson":
        return write_text(folder, "a.topojson", topology(FRAME)), form
    prj = None if form == "shapefile" else b"PROJCS[broken"
    return shapefile(folder, changes={".prj": prj})[:2]


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ("geojson", "crs_missing"),
        ("geojsonseq", "crs_missing"),
        ("topojson", "crs_missing"),
        ("shapefile", "crs_missing"),
        ("shapefile with a garbled prj", "crs_unknown"),
    ],
)
def test_a_map_of_unknown_system_is_refused_with_the_usual_ones(form, code, tmp_path):
    with pytest.raises(RefusedFileError) as refused:
        import_map(tmp_path, *without_system(tmp_path, form))
    finding = the(refused.value.findings, code)
    assert (finding.severity, finding.params["suggested"]) == (Severity.ERROR, SYSTEMS)


def as_file(folder, frame, form):
    if form == "geojson":
        return write_text(folder, "a.geojson", geojson_of(frame, crs=25832))
    if form == "geopackage":
        frame.to_file(folder / "a.gpkg", driver="GPKG")
        return "a.gpkg"
    (folder / "a.zip").write_bytes(shapefile_of(frame, folder / "shp"))
    return "a.zip"


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
    assert 0 <= finding.params["change"] <= 1
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


def test_the_topology_that_gdal_does_not_recognise_is_really_of_that_kind(tmp_path):
    document = topology(quarters(ROW, crs=4326))
    assert next(reversed(document)) == "type"
    assert next(reversed(topojson_cases.GOOD)) == "type"
    with pytest.raises(RefusedFileError) as refused:
        import_map(tmp_path, write_text(tmp_path, "a.json", document), "geojson")
    the(refused.value.findings, "geojson_topojson")
