"""Questions, texts and streets of a recipe: read strictly, or refused with findings."""

from __future__ import annotations

import pytest

from data.importing.recipe import load_recipe
from domain.model import About
from tests.small_delivery import (
    HEAD,
    TABLE,
    codes,
    import_delivery,
    refused_findings,
    the,
    write_delivery,
)

LINES = ["id;jahr;kinder", "01;2021;12", "02;2021;25", "03;2021;44"]
TILE = """
[[tile]]
question = { de = "Wo leben Kinder?", en = "Where do children live?" }
indicator = "kinder"
level = "viertel"
layer = "change"
"""
ABOUT = """
[about]
text = { de = "Über uns", en = "About us" }
imprint = "Stadt Kleinstadt"
"""
BY_AREA = """
[[gazetteer]]
file = "strassen.csv"
encoding = "utf-8"
separator = ";"
street = "strasse"
numbers = "nr"
level = "viertel"
area = "viertel"
pad = 2
"""
BY_POINT = """
[[gazetteer]]
file = "punkte.csv"
encoding = "utf-8"
separator = ";"
street = "strasse"
x = "x"
y = "y"
crs = "EPSG:4326"
"""


def with_file(folder, name, lines):
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_questions_and_texts_reach_the_catalogue(tmp_path):
    town = import_delivery(tmp_path, LINES, table=TABLE + TILE + ABOUT)
    (tile,) = town.catalogue.tiles
    assert tile.question.in_language("en") == "Where do children live?"
    assert (tile.indicator, tile.level, tile.layer, tile.second) == (
        "kinder", "viertel", "change", "",
    )  # fmt: skip
    about = town.catalogue.about
    assert (about.text.in_language("en"), about.imprint.de) == ("About us", "Stadt Kleinstadt")
    assert about.privacy.de == ""


def test_a_recipe_without_them_is_as_before(tmp_path):
    town = import_delivery(tmp_path, LINES)
    assert (town.catalogue.tiles, town.catalogue.about) == ((), About())
    assert town.streets.empty


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('indicator = "kinder"\nlevel', 'indicator = "kindr"\nlevel', "recipe_unknown_name"),
        ('level = "viertel"\nlayer', 'level = "fiertel"\nlayer', "recipe_unknown_name"),
        ('layer = "change"', 'layer = "wandel"', "recipe_not_one_of"),
        ('layer = "change"', 'second = "nichts"', "recipe_unknown_name"),
        ('layer = "change"', 'compare = "twins"', "recipe_not_one_of"),
        ('layer = "change"', 'farbe = "rot"', "recipe_unknown_key"),
        ("Wo leben Kinder?", "Wo leben Kinder? " * 8, "recipe_question_too_long"),
        ('de = "Wo leben Kinder?"', 'de = ""', "recipe_empty_text"),
    ],
)
def test_a_question_that_nothing_answers_is_refused(tmp_path, old, new, code):
    found = refused_findings(tmp_path, LINES, table=TABLE + TILE.replace(old, new))
    assert code in codes(found)


def test_a_question_without_a_value_is_told(tmp_path):
    late = TILE.replace('layer = "change"', 'period = "1999"')
    town = import_delivery(tmp_path, LINES, table=TABLE + late)
    assert the(town.findings, "tile_without_values").params["question"] == "Wo leben Kinder?"
    fitting = TILE.replace('layer = "change"', 'period = "2021"')
    town = import_delivery(tmp_path, LINES, table=TABLE + fitting)
    assert "tile_without_values" not in codes(town.findings)


def test_streets_are_taken_with_their_areas_each_row_once(tmp_path):
    with_file(
        tmp_path, "strassen.csv",
        ["strasse;nr;viertel", "Hafenstraße;1 – 49;1", "Hafenstraße;2-50 gerade;2",
         "Am  Markt;;03", "Am Markt;;03"],
    )  # fmt: skip
    town = import_delivery(tmp_path, LINES, table=TABLE + BY_AREA)
    assert town.streets.to_numpy().tolist() == [
        ["Am Markt", "", "viertel", "03"],
        ["Hafenstraße", "1-49", "viertel", "01"],
        ["Hafenstraße", "2-50 even", "viertel", "02"],
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (";1-9;1", "gazetteer_blank"),
        ("Weg;neun;1", "gazetteer_numbers"),
        ("Weg;9-1;1", "gazetteer_numbers"),
        ("Weg;;9", "gazetteer_area_unknown"),
        ("Weg;;", "gazetteer_area_unknown"),
    ],
)
def test_a_row_that_says_no_place_is_refused_with_its_line(tmp_path, line, code):
    with_file(tmp_path, "strassen.csv", ["strasse;nr;viertel", "Allee;;1", line])
    found = refused_findings(tmp_path, LINES, table=TABLE + BY_AREA)
    assert the(found, code).place.row == 3


def test_a_missing_column_is_named(tmp_path):
    with_file(tmp_path, "strassen.csv", ["name;nr;viertel", "Allee;;1"])
    found = refused_findings(tmp_path, LINES, table=TABLE + BY_AREA)
    assert the(found, "column_missing").params["column"] == "strasse"


def test_points_find_the_area_they_lie_in_and_others_are_told(tmp_path):
    with_file(
        tmp_path, "punkte.csv",
        ["strasse;x;y", "Nah;9.402;54.702", "Weiter;9.412;54.702", "Fern;13.4;52.5"],
    )  # fmt: skip
    town = import_delivery(tmp_path, LINES, table=TABLE + BY_POINT)
    assert town.streets.to_numpy().tolist() == [
        ["Nah", "", "viertel", "01"],
        ["Weiter", "", "viertel", "02"],
    ]
    told = the(town.findings, "gazetteer_outside")
    assert (told.params["n"], told.params["all"], told.params["rows"]) == (1, 3, "4")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('area = "viertel"\n', ""),
        ('level = "viertel"\narea', "area"),
        ("pad = 2", 'x = "x"'),
    ],
)
def test_where_a_street_lies_is_said_in_exactly_one_way(tmp_path, old, new):
    with_file(tmp_path, "strassen.csv", ["strasse;nr;viertel"])
    found = refused_findings(tmp_path, LINES, table=TABLE + BY_AREA.replace(old, new))
    assert codes(found) == {"recipe_gazetteer_one_way": 1}


def test_the_list_of_streets_belongs_to_the_delivery(tmp_path):
    recipe = load_recipe(write_delivery(tmp_path, LINES, head=HEAD, table=TABLE + BY_AREA))
    assert "strassen.csv" in recipe.files()
