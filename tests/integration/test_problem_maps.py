"""Problem maps from the command line, and which system an unplaced map may be in."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import pytest
import shapely
from click.testing import CliRunner

import cli
from data.importing.assemble import assemble
from data.importing.recipe import load_recipe
from domain.findings import RefusedFileError
from tests.map_delivery import LAYER, ROW, geojson_of, map_recipe, place, quarters
from tests.small_delivery import HEAD, TABLE, the, write_delivery

CITY = LAYER.replace("viertel.geojson", "stadt.geojson").replace("4326", "25832")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def keck(tmp_path, monkeypatch):
    monkeypatch.setenv("KECK_DATA_DIR", str(tmp_path / "instance"))
    return lambda *arguments: CliRunner().invoke(cli.main, [str(a) for a in arguments])


def write(folder, name, frame, **options):
    (folder / name).write_text(json.dumps(geojson_of(frame, **options)), encoding="utf-8")


def uneven(folder):
    write(folder, "karte.geojson", quarters([ROW[0], place(995, 0, 1005), ROW[2]]), crs=25832)
    return map_recipe(folder, "karte.geojson", "geojson")


def in_no_system(folder, frame):
    """Write quarters without a word on their system beside a town of a known one."""
    write(folder, "karte.geojson", frame)
    town = quarters([shapely.union_all(ROW).buffer(100)])
    write(folder, "stadt.geojson", town, crs=25832)
    plain = LAYER.replace("viertel", "karte").replace('crs = "EPSG:4326"\n', "")
    city = f'kind = "city"\norder = 10\n[level.layer]\n{CITY}'
    head = HEAD.replace(LAYER, plain).replace('kind = "city"\norder = 10\n', city)
    head = head.replace('constant = "kleinstadt"', 'constant = "01"')
    return write_delivery(folder, ["id;jahr;kinder", "01;2021;12", "02;2021;5"], head=head)


def test_the_report_holds_a_map_of_the_overlap_in_the_language_asked_for(keck, tmp_path):
    recipe = uneven(tmp_path)
    told = keck("import", recipe, "--report", tmp_path / "bericht", "--lang", "en")
    assert told.exit_code == 0, told.output
    root = ET.parse(tmp_path / "bericht" / "viertel-1-karte.svg").getroot()  # noqa: S314
    assert root.attrib["lang"] == "en"
    assert "01 Gebiet 01 / 02 Gebiet 02, 5,000 m²" in root.find(f"{SVG}desc").text
    report = json.loads((tmp_path / "bericht" / "report.json").read_text("utf-8"))
    assert "viertel-1-karte.svg" in report["files"]
    (finding,) = [f for f in report["findings"] if f["code"] == "geometry_overlap"]
    assert (finding["file"], finding["row"]) == ("karte.geojson", 1)


@pytest.mark.parametrize("crs", [25832, 25833, 31466, 31467, 31468, 31469])
def test_the_system_that_puts_a_map_into_the_town_is_named(tmp_path, crs):
    recipe = in_no_system(tmp_path, quarters(ROW, crs=crs))
    with pytest.raises(RefusedFileError) as refused:
        assemble(load_recipe(recipe), tmp_path, lambda *_: None)
    the(refused.value.findings, "crs_missing")
    finding = the(refused.value.findings, "crs_fits")
    assert finding.params["system"] == f"EPSG:{crs}"
    assert (finding.params["share"], finding.params["outline"]) == (100.0, "stadt")


def test_a_map_without_a_system_is_told_its_missing_columns_at_once(tmp_path):
    write(tmp_path, "viertel.geojson", quarters(ROW))
    head = HEAD.replace('crs = "EPSG:4326"\nid = "key"', 'id = "nr"')
    table = "id;jahr;kinder\n01;2021;12\n"
    (tmp_path / "werte.csv").write_text(table, encoding="utf-8")
    (tmp_path / "town.toml").write_text(head + TABLE, encoding="utf-8")
    with pytest.raises(RefusedFileError) as refused:
        assemble(load_recipe(tmp_path / "town.toml"), tmp_path, lambda *_: None)
    assert the(refused.value.findings, "crs_missing").place.file == "viertel.geojson"
    assert the(refused.value.findings, "column_missing").params["columns"] == "key, name"


def test_a_map_that_lies_elsewhere_in_every_system_is_told(tmp_path):
    frame = quarters([place(0, 300_000), place(1000, 300_000)])
    recipe = in_no_system(tmp_path, frame)
    with pytest.raises(RefusedFileError) as refused:
        assemble(load_recipe(recipe), tmp_path, lambda *_: None)
    assert the(refused.value.findings, "crs_fits_none").params["share"] == 0.0


def test_a_refused_map_is_previewed_on_the_outline_of_the_town(keck, tmp_path):
    recipe = in_no_system(tmp_path, quarters(ROW))
    (tmp_path / "bericht").mkdir()
    (tmp_path / "bericht" / "bezirke-2019-karte.svg").write_text("of an older report")
    told = keck("import", recipe, "--report", tmp_path / "bericht")
    assert told.exit_code == 1
    names = {"report.txt", "report.json", "viertel-1-karte.svg"}
    assert {p.name for p in (tmp_path / "bericht").iterdir()} == names
    root = ET.parse(tmp_path / "bericht" / "viertel-1-karte.svg").getroot()  # noqa: S314
    assert root.find(f"{SVG}desc").text.startswith("EPSG:25832: 100,0 % im Umriss")
    classes = [p.attrib.get("class") for p in root.findall(f"{SVG}path")]
    assert classes == ["a", "o"]
