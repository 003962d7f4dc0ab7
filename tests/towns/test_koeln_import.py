"""Köln: the long table, the map and the points, read here by themselves, against the import."""

from __future__ import annotations

import json
import math
import os
from collections import Counter
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from data.importing.assemble import assemble
from data.importing.recipe import Recipe, load_recipe
from data.importing.town import ImportedTown
from i18n import translator
from tests.towns.koeln_raw import DELIVERED, STATUS, YEARS, RawTown, level_of

TOWNS = os.environ.get("KECK_TOWNS_DIR", "")
FOLDER = Path(TOWNS) / "koeln"
RECIPE = Path(__file__).parents[2] / "examples" / "koeln" / "town.toml"

pytestmark = [
    pytest.mark.towns,
    pytest.mark.long,
    pytest.mark.skipif(not TOWNS, reason="KECK_TOWNS_DIR does not name the real towns"),
]


@pytest.fixture(scope="module")
def recipe() -> Recipe:
    return load_recipe(RECIPE)


@pytest.fixture(scope="module")
def town(recipe: Recipe) -> ImportedTown:
    return assemble(recipe, FOLDER, lambda *_: None)


@pytest.fixture(scope="module")
def raw() -> RawTown:
    return RawTown(FOLDER / "raw")


@pytest.fixture(scope="module")
def outline() -> shapely.Geometry:
    """The town in degrees, from the Bezirke as their .prj says."""
    found = gpd.read_file(FOLDER / "raw" / "Stadtbezirk.zip", encoding="cp1252")
    return found.to_crs(4326).union_all()


def delivered(town: ImportedTown) -> dict[tuple[str, ...], tuple[float, str]]:
    v = town.values
    names = {i for i, _ in DELIVERED}
    v = v[v["indicator"].isin(names)]
    columns = (v[c] for c in ("indicator", "category", "period", "level", "area"))
    return dict(
        zip(zip(*columns, strict=True), zip(v["value"], v["state"], strict=True), strict=True)
    )


def test_every_row_of_the_long_table_arrives_on_its_level_and_nothing_else(town, raw):
    assert raw.rows == 29_135
    lines = {row: [k for k, r in DELIVERED.items() if r == row] for row in DELIVERED.values()}
    expected = {
        (*series, period, level_of(area), "koeln" if area == "000" else area): (value, "ok")
        for (topic, line, period, area), value in raw.counts.items()
        for series in lines[(topic, line)]
    }
    assert {row[:2] for row in raw.counts} == set(lines)
    assert delivered(town) == expected


def test_there_are_36_values_a_year_and_area_but_for_registered_partnerships(raw):
    by_year = Counter(key[2] for key in raw.counts)
    assert set(by_year) == set(YEARS)
    assert (min(by_year.values()), max(by_year.values())) == (3636, 3646)
    sizes = Counter(level_of(area) for area in raw.names)
    assert sizes == {"stadt": 1, "stadtbezirke": 9, "stadtteile": 86}


def test_registered_partnerships_without_a_row_stay_missing_and_are_told(town, raw):
    line = ("040", STATUS["verpartnert"])
    absent = {
        (area, year)
        for area in raw.names
        for year in YEARS
        if (*line, year, area) not in raw.counts
    }
    found = [f for f in town.findings if f.code == "series_gaps"]
    assert [(f.params["indicator"], f.params["category"], f.params["level"]) for f in found] == [
        ("einwohner-nach-familienstand", "verpartnert", "stadtteile")
    ]
    params = found[0].params
    never = {area for area, _ in absent if {(area, y) for y in YEARS} <= absent}
    assert (params["n"], params["all"]) == (len(absent), 86 * 8)
    assert params["areas"] - params["empty"] == 12
    assert params["empty"] == len(never) == 2
    values = town.values
    rows = values[(values["category"] == "verpartnert") & (values["level"] == "stadtteile")]
    assert not absent & set(zip(rows["area"], rows["period"], strict=True))
    assert (rows["value"] > 0).all()


def test_a_name_on_two_levels_is_never_mixed_up(town, raw):
    twice = [name for name, n in Counter(raw.names.values()).items() if n > 1]
    assert len(twice) == 8
    assert "Rodenkirchen" in twice
    values = delivered(town)
    assert values[("einwohner", "total", "2012", "stadtbezirke", "002")][0] == 103_140
    for level, area in (("stadtbezirke", "002"), ("stadtteile", "208")):
        frame = town.areas[f"{level}@2005"].set_index("area_id")
        assert frame.loc[area, "name"] == "Rodenkirchen"
    turnout = town.values[town.values["indicator"] == "wahlbeteiligung"]
    assert set(turnout["level"]) == {"stadtteile"}
    assert dict(zip(turnout["area"], turnout["numerator"], strict=True)) == {
        area: float(voters) for area, (voters, _) in raw.votes.items()
    }


def test_maps_and_hierarchy_are_complete(town, raw):
    assert {key: len(frame) for key, frame in town.areas.items()} == {
        "stadt@2005": 1,
        "stadtbezirke@2005": 9,
        "stadtteile@2005": 86,
        "stadtviertel@2005": 371,
    }
    quarters = town.areas["stadtteile@2005"]
    assert dict(zip(quarters["area_id"], quarters["name"], strict=True)) == {
        area: raw.names[area] for area in raw.areas("stadtteile")
    }
    links = Counter(zip(town.parents["child_level"], town.parents["parent_level"], strict=True))
    assert links == {
        ("stadtviertel", "stadtteile"): 371,
        ("stadtteile", "stadtbezirke"): 86,
        ("stadtbezirke", "stadt"): 9,
    }
    pairs = zip(town.parents["child"], town.parents["parent"], strict=True)
    for child, parent in pairs:
        assert parent in ("koeln", child[:3], f"00{child[0]}")


def test_the_home_made_system_puts_the_town_where_it_lies(town, outline):
    for key in ("stadt@2005", "stadtbezirke@2005", "stadtteile@2005"):
        frame = town.areas[key]
        assert frame.crs.to_epsg() == 25832
        assert frame.to_crs(4326).total_bounds == pytest.approx(outline.bounds, abs=2e-5)
    assert outline.bounds == pytest.approx((6.7725, 50.8304, 7.1620, 51.0850), abs=1e-3)
    city = town.areas["stadt@2005"].geometry.iloc[0].area
    assert city == pytest.approx(town.areas["stadtteile@2005"].area.sum(), rel=1e-4)
    assert town.areas["stadtviertel@2005"].area.sum() / city == pytest.approx(0.464, abs=1e-3)


def test_points_of_the_box_that_lie_in_the_town_are_taken_over(town, outline):
    kinds = {"kindergarten": "kita", "school": "schule", "youth_centre": "jugendzentrum"}
    left_out = {f.place.file: f.params["n"] for f in town.findings if f.code == "facility_left_out"}
    unnamed = {f.place.file: f.params["n"] for f in town.findings if f.code == "facility_unnamed"}
    sizes = {}
    for amenity, kind in kinds.items():
        file = f"raw/osm_amenity_{amenity}.geojson"
        features = json.loads((FOLDER / file).read_text(encoding="utf-8"))["features"]
        inside = [
            f for f in features if outline.covers(shapely.Point(f["geometry"]["coordinates"]))
        ]
        rows = town.facilities[town.facilities["kind"] == kind]
        assert set(rows["facility_id"]) == {f["id"] for f in inside}
        nameless = {f["id"] for f in inside if not f["properties"]["tags/name"]}
        texts = dict(zip(rows["facility_id"], rows["name"], strict=True))
        assert {one for one, name in texts.items() if name.endswith(" ohne Namen")} == nameless
        sizes[amenity] = (len(features), len(inside))
        assert left_out[file] == len(features) - len(inside)
        assert unnamed[file] == len(nameless)
    assert sizes == {"kindergarten": (246, 132), "school": (228, 132), "youth_centre": (8, 6)}


def test_the_findings_are_these_and_no_error(town):
    counts = Counter((f.severity.value, f.code) for f in town.findings)
    assert counts == {
        ("warning", "crs_without_code"): 3,
        ("warning", "geometry_repaired"): 3,
        ("warning", "geometry_gap"): 1,
        ("warning", "geometry_hole"): 1,
        ("info", "geometry_hole"): 1,
        ("info", "geometry_slivers"): 3,
        ("warning", "series_gaps"): 1,
        ("info", "level_covers_part"): 1,
        ("info", "columns_unread"): 1,
        ("info", "facility_left_out"): 3,
        ("info", "facility_unnamed"): 3,
    }
    severe = [f for f in town.findings if f.code in {"geometry_gap", "geometry_hole"}]
    assert {f.place.file for f in severe} == {"raw/Stadtviertel.zip"}  # its quarters leave land out
    repaired = Counter(f.place.file for f in town.findings if f.code == "geometry_repaired")
    assert repaired == {"raw/Stadtteil.zip": 1, "raw/Stadtviertel.zip": 2}


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_finding_reads_in_both_languages(town, language):
    tr = translator(language)
    for finding in town.findings:
        for part in ("cause", "remedy"):
            assert tr(f"finding.{finding.code}.{part}", **finding.params).strip()


def test_the_catalogue_is_complete_in_both_languages(town):
    for indicator in town.catalogue.indicators:
        names = [name for _, name in indicator.categories]
        for text in (indicator.name, indicator.definition, indicator.method_note, *names):
            assert text.de, indicator.id
            assert text.en, indicator.id
        burden = "low_burden" if indicator.id == "wahlbeteiligung" else "none"
        assert (indicator.polarity, indicator.disclosure) == (burden, "imported_protected")


def test_shares_of_the_groups_of_a_whole_add_up_to_it(town):
    values = town.values
    ages = values[values["indicator"] == "altersaufbau"]
    assert ages["category"].nunique() == 13
    sums = ages.groupby(["level", "area", "period"])["value"].sum()
    assert len(sums) == 96 * 8
    assert all(math.isclose(total, 100.0, abs_tol=1e-9) for total in sums)
