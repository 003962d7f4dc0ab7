"""Maps as they come, walked item by item through the whole import."""

from __future__ import annotations

import json

import pytest

from domain.findings import RefusedFileError, Severity
from tests.badfiles import topojson_cases
from tests.map_delivery import (
    ROW,
    geojson_of,
    import_map,
    lines_of,
    quarters,
    shapefile_of,
    topology,
    write_text,
)
from tests.small_delivery import the

SYSTEMS = "EPSG:25832, 25833, 31466, 31467, 31468, 31469, 4326"
FRAME = quarters(ROW)


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


def test_the_topology_that_gdal_does_not_recognise_is_really_of_that_kind(tmp_path):
    document = topology(quarters(ROW, crs=4326))
    assert next(reversed(document)) == "type"
    assert next(reversed(topojson_cases.GOOD)) == "type"
    with pytest.raises(RefusedFileError) as refused:
        import_map(tmp_path, write_text(tmp_path, "a.json", document), "geojson")
    the(refused.value.findings, "geojson_topojson")
