"""The odd files of offices by their recipes: the counts of their README, values of the API."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely

from app import create_app
from domain.findings import Severity
from i18n import LANGUAGES, translator
from services.container import build_services
from services.importing import ImportService
from tests.towns.odd_files_raw import (
    BOOK,
    FACE,
    GENESIS,
    LAND_USE,
    LEGACY,
    RECIPES,
    USES,
    Key,
    Values,
    book_values,
    face_values,
    genesis_lines,
    genesis_values,
    land_use_rows,
    land_use_values,
)
from tests.towns.served import Released, imported

SAMPLES = 500
SEED = 4

Served = dict[str, Any]
Ask = Callable[[Key], Served]

pytestmark = [pytest.mark.towns, pytest.mark.long]


def town_of(name: str, towns: Path, tmp_path_factory: pytest.TempPathFactory) -> Released:
    return imported(RECIPES / f"{name}.toml", towns, tmp_path_factory.mktemp(name))


@pytest.fixture(scope="module")
def germany(towns_dir, tmp_path_factory) -> Released:
    return town_of("germany-area", towns_dir, tmp_path_factory)


@pytest.fixture(scope="module")
def koeln(towns_dir, tmp_path_factory) -> Released:
    return town_of("koeln-land-use", towns_dir, tmp_path_factory)


@pytest.fixture(scope="module")
def face(towns_dir, tmp_path_factory) -> Released:
    return town_of("face", towns_dir, tmp_path_factory)


def asking(town: Released) -> Ask:
    """Return what asks the API for one value; a series is asked for once."""
    client = create_app(town.settings).test_client()

    @cache
    def series(indicator: str, category: str, period: str, level: str) -> dict[str, Served]:
        query = f"indicator={indicator}&category={category}&period={period}&level={level}"
        answer = client.get(f"/api/v1/values?{query}")
        assert answer.status_code == 200, answer.text
        return {value["area_id"]: value for value in answer.json["values"]}

    return lambda key: series(*key[:4])[key[4]]


def compare(ask: Ask, expected: Values, keys: list[Key]) -> None:
    for key in keys:
        found = ask(key)
        assert found["state"] in {"ok", "nil"}, key
        assert found["value"] == pytest.approx(expected[key], rel=1e-12, abs=0), key


def offered(town: Released) -> set[tuple[str, str, str, str]]:
    """Return indicator, category, period and level of all that the catalogue offers."""
    themes = create_app(town.settings).test_client().get("/api/v1/catalogue").json["themes"]
    return {
        (indicator["id"], offer["category"], period, offer["level"])
        for theme in themes
        for indicator in theme["indicators"]
        for offer in indicator["offered"]
        for period in offer["periods"]
    }


def errors(town: Released) -> list[str]:
    return [finding.code for finding in town.findings if finding.severity is Severity.ERROR]


# --- Germany: the workbook of Destatis and the GENESIS file --------------------------------


def test_the_workbook_has_401_kreise_16_laender_and_germany(germany, towns_dir):
    expected = book_values(towns_dir)
    levels = [key[3] for key in expected if key[:2] == ("einwohner", "total")]
    assert {x: levels.count(x) for x in levels} == {"kreise": 401, "laender": 16, "bund": 1}
    assert not errors(germany)
    (filled,) = germany.found("table_filled_down", BOOK)
    assert filled.params["n"] == 15
    # the parts of the workbook give its totals to the last person and to the last hectare
    assert not germany.found("parent_differs", BOOK)
    assert not germany.found("value_not_from_parts", BOOK)


def test_471_keys_of_five_digits_join_with_399_and_the_two_cities(germany, towns_dir):
    lines = genesis_lines(towns_dir)
    five = {key for key in lines if len(key) == 5 and key.isdecimal()}
    assert len(five) == 471
    served = {key[4] for key in genesis_values(towns_dir) if key[3] == "kreise"}
    assert len(served & five) == 399
    assert served - five == {"02000", "11000"}
    (left,) = germany.found("rows_unmapped", GENESIS)
    assert left.params["n"] == len(five - served) == 72
    assert {lines[key] for key in five - served} == {"-"}
    assert germany.found("rows_rekeyed", GENESIS)[0].params["n"] == 2
    assert not germany.found("unmapped_unused")


def test_sums_of_the_genesis_file_differ_where_it_says_so(germany, towns_dir):
    values = {key[3:]: number for key, number in genesis_values(towns_dir).items()}
    differing = set()
    for (level, area), whole in values.items():
        below = {"bund": "laender", "laender": "kreise"}.get(level)
        parts = [
            number
            for (x, key), number in values.items()
            if x == below and (level == "bund" or key.startswith(area))
        ]
        hundredths = sum(round(100 * part) for part in parts)
        if parts and hundredths != round(100 * whole):
            differing.add(area)
    assert {f.params["area"] for f in germany.found("parent_differs", GENESIS)} == differing
    assert len(differing) == 10


def test_five_hundred_values_of_germany_are_those_of_the_files(germany, towns_dir):
    expected = book_values(towns_dir) | genesis_values(towns_dir)
    assert len(expected) == 6 * (401 + 16 + 1)
    assert offered(germany) == {key[:4] for key in expected}
    lot = random.Random(SEED)
    above = [key for key in expected if key[3] != "kreise"]
    kreise = [key for key in expected if key[3] == "kreise"]
    compare(asking(germany), expected, above + lot.sample(kreise, SAMPLES - len(above)))


def test_a_density_is_shown_with_its_parts(germany, towns_dir):
    expected = book_values(towns_dir)
    ask = asking(germany)
    for level, area in (("kreise", "01001"), ("laender", "11"), ("laender", "09")):
        found = ask(("einwohnerdichte", "total", "2018", level, area))
        assert (found["numerator"], found["denominator"]) == (
            expected["einwohner", "total", "2018", level, area],
            expected["flaeche", "total", "2018", level, area],
        )


# --- Köln: years as rows, uses as columns --------------------------------------------------


def test_the_land_use_has_19_years_of_21_uses(koeln, towns_dir):
    rows = list(land_use_rows(towns_dir))
    assert [row[0] for row in rows] == [str(year) for year in range(2012, 1993, -1)]
    assert {len(row) for row in rows} == {1 + len(USES)}
    assert len(land_use_values(towns_dir)) == 19 * 21
    assert offered(koeln) == {key[:4] for key in land_use_values(towns_dir)}
    assert not errors(koeln)
    assert koeln.found("table_footer_left_out", LAND_USE)


def test_all_399_values_of_the_land_use_are_those_of_the_file(koeln, towns_dir):
    expected = land_use_values(towns_dir)
    compare(asking(koeln), expected, list(expected))


def test_nothing_at_all_and_less_than_half_are_told_apart(koeln, towns_dir):
    moor = {row[0]: row[1 + USES.index(("landwirtschaft", "moor"))] for row in
            land_use_rows(towns_dir)}  # fmt: skip
    assert set(moor.values()) == {"0", "-"}
    ask = asking(koeln)
    states = {
        year: ask(("landwirtschaft", "moor", year, "stadt", "koeln-flaechen"))["state"]
        for year in moor
    }
    assert states == {year: {"-": "nil", "0": "ok"}[cell] for year, cell in moor.items()}


# --- a face with holes, figures in the attributes of the map -------------------------------


def test_all_six_values_in_the_attributes_of_the_map_are_served(face, towns_dir):
    expected = face_values(towns_dir)
    assert len(expected) == 6
    assert offered(face) == {key[:4] for key in expected}
    compare(asking(face), expected, list(expected))
    assert not errors(face)


def test_the_holes_of_the_face_stay(face, towns_dir):
    theirs = gpd.read_file(towns_dir / FACE).set_index("Name").geometry
    client = create_app(face.settings).test_client()
    features = client.get("/api/v1/areas?level=teile").json["features"]
    ours = {f["properties"]["area_id"]: shapely.from_geojson(str_of(f)) for f in features}
    assert set(ours) == set(theirs.index) == {"Eyes", "Nose", "Mouth"}
    holes = {}
    for name, shape in ours.items():
        parts = shapely.get_parts(shape)
        holes[name] = [len(part.interiors) for part in parts]
        assert shape.area == pytest.approx(theirs[name].area, rel=1e-3)
    assert holes == {"Eyes": [1, 1], "Nose": [1], "Mouth": [3]}


def str_of(feature: dict[str, Any]) -> str:
    return shapely.to_geojson(shapely.geometry.shape(feature["geometry"]))


# --- a workbook of the old kind ------------------------------------------------------------


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_old_workbook_is_refused_by_name_with_the_step_to_take(
    koeln, towns_dir, tmp_path, kind
):
    text = (RECIPES / "koeln-land-use.toml").read_text(encoding="utf-8")
    recipe = tmp_path / "town.toml"
    named = f'[[table]]\nfile = "{LEGACY}"\nformat = "{kind}"'
    text = text.replace(f'[[table]]\nfile = "{LAND_USE}"', named)
    recipe.write_text(text[: text.index("[[remark]]")], encoding="utf-8")
    service = ImportService(koeln.settings, build_services(koeln.settings))
    outcome = service.check(recipe, towns_dir)
    assert not outcome.is_done
    refused = [f for f in outcome.findings if f.severity is Severity.ERROR]
    assert [(f.code, f.place.file) for f in refused] == [("file_is_xls", LEGACY)]
    for language in LANGUAGES:
        tr = translator(language)
        assert ".xls" in tr("finding.file_is_xls.cause", **refused[0].params)
        assert ".xlsx" in tr("finding.file_is_xls.remedy", **refused[0].params)
