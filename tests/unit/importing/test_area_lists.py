"""Levels without a map: their areas come from a table or stand in the recipe."""

import pytest

from data.importing.recipe import load_recipe
from domain.findings import RefusedFileError
from tests.small_delivery import (
    HEAD,
    TABLE,
    codes,
    import_delivery,
    numbers,
    refused_findings,
    the,
    write_delivery,
)

LAYER = HEAD[HEAD.index("[level.layer]") : HEAD.index("[[level.parent]]")]
LIST = """[level.list]
file = "werte.csv"
encoding = "utf-8"
separator = ";"
id = "id"
name = "name"
"""
AREAS = """[[level.area]]
id = "01"
name = "Altstadt"
[[level.area]]
id = "02"
name = "Westliche  Höhe"
"""
LINES = [
    "id;name;bezirk;jahr;kinder",
    "01;Altstadt;West;2020;10",
    "02;Westliche\u00a0 Höhe;West;2020;20",
    "Gesamt;;;2020;30",
    "01;Altstadt;West;2021;11",
    "02;Westliche Höhe;West;2021;21",
]


def head(areas: str) -> str:
    """Return the head of the recipe with another source of areas in place of the map."""
    return HEAD.replace(LAYER, areas)


def names(town):
    frame = town.areas["viertel@1"]
    return dict(zip(frame["area_id"], frame["name"], strict=True))


def test_columns_that_name_the_areas_are_read(tmp_path):
    town = import_delivery(tmp_path, LINES, head=head(LIST))
    assert the(town.findings, "columns_unread").params["columns"] == "bezirk"
    elsewhere = LIST.replace("werte.csv", "liste.csv")
    (tmp_path / "liste.csv").write_text("id;name\n01;Altstadt\n02;Höhe\n", encoding="utf-8")
    town = import_delivery(tmp_path, LINES, head=head(elsewhere))
    assert the(town.findings, "columns_unread").params["columns"] == "name, bezirk"


def test_the_columns_of_a_table_name_the_areas(tmp_path):
    town = import_delivery(tmp_path, LINES, head=head(LIST))
    assert names(town) == {"01": "Altstadt", "02": "Westliche Höhe"}
    assert town.areas["viertel@1"].geometry.isna().all()
    assert numbers(town, "kinder") == {
        ("01", "2020"): 10, ("02", "2020"): 20, ("01", "2021"): 11, ("02", "2021"): 21,
    }  # fmt: skip
    assert the(town.findings, "level_without_outlines").params == {"level": "viertel", "n": 2}
    assert the(town.findings, "listed_totals").params["examples"] == '"Gesamt" (4)'


def test_the_recipe_may_name_the_areas_itself(tmp_path):
    town = import_delivery(tmp_path, LINES, head=head(AREAS))
    assert names(town) == {"01": "Altstadt", "02": "Westliche Höhe"}
    inline = 'area = [{ id = "01", name = "Altstadt" }, { id = "02", name = "Westliche Höhe" }]\n'
    assert names(import_delivery(tmp_path, LINES, head=head(inline))) == names(town)


def test_the_town_has_no_outline_where_no_level_has_one(tmp_path):
    town = import_delivery(tmp_path, LINES, head=head(LIST))
    city = town.areas["stadt@1"]
    assert list(city["area_id"]) == ["kleinstadt"]
    assert city.geometry.isna().all()
    assert set(town.parents["parent"]) == {"kleinstadt"}


LISTED_BESIDE = """
[[level]]
id = "milieus"
vintage = "1"
name = "Milieus"
order = 30
area = [
  { id = "a", name = "A", attributes = { viertel = "01" } },
  { id = "b", name = "B", attributes = { viertel = "02" } },
]
[[level.parent]]
level = "viertel"
column = "viertel"
"""


def test_a_level_beside_the_map_may_do_without_outlines(tmp_path):
    both = HEAD.replace("[indicator_defaults]", LISTED_BESIDE + "[indicator_defaults]")
    town = import_delivery(tmp_path, LINES, head=both)
    assert town.areas["stadt@1"].geometry.notna().all()
    assert town.areas["milieus@1"].geometry.isna().all()
    links = town.parents[town.parents["child_level"] == "milieus"]
    assert dict(zip(links["child"], links["parent"], strict=True)) == {"a": "01", "b": "02"}


def test_parents_may_stand_in_a_column_of_the_list(tmp_path):
    level = """[[level]]
id = "bezirke"
vintage = "1"
name = "Bezirke"
order = 15
area = [{ id = "West", name = "West" }]
[[level]]
id = "viertel\""""
    text = head(LIST).replace('[[level]]\nid = "viertel"', level)
    text = text.replace(
        'level = "stadt"\nconstant = "kleinstadt"', 'level = "bezirke"\ncolumn = "bezirk"'
    )
    town = import_delivery(tmp_path, LINES, head=text)
    assert set(town.parents["parent"]) == {"West"}


def test_without_a_key_the_name_makes_one(tmp_path):
    lines = ["name;jahr;kinder", "St. Jürgen;2020;1", "Altstadt, West;2020;2"]
    table = TABLE.replace('column = "id"', 'column = "name"\nby = "name"')
    town = import_delivery(
        tmp_path,
        [*lines, "Sankt Jürgen;2021;3"],
        head=head(LIST.replace('id = "id"\n', "")),
        table=table,
    )
    assert names(town) == {"sankt-juergen": "St. Jürgen", "altstadt-west": "Altstadt, West"}
    assert numbers(town, "kinder")["sankt-juergen", "2021"] == 3
    spelt = the(town.findings, "listed_spellings")
    assert spelt.params["examples"] == '"Sankt Jürgen" = "St. Jürgen"'


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([*LINES, ";Neustadt;West;2021;5"], "listed_area_unreadable"),
        ([*LINES, "03;;West;2021;5"], "listed_area_unreadable"),
        ([*LINES, "01;Neustadt;West;2021;5"], "listed_area_two_names"),
        (["id;name;jahr;kinder", "Gesamt;Gesamt;2020;1"], "list_without_areas"),
        (["id;Name;jahr;kinder", "01;Altstadt;2020;1"], "column_missing"),
    ],
)
def test_a_list_that_names_its_areas_badly_is_refused(tmp_path, lines, code):
    found = refused_findings(tmp_path, lines, head=head(LIST))
    assert codes(found)[code] == 1
    the(found, code)


def test_an_area_named_twice_in_the_recipe_is_refused_with_its_line(tmp_path):
    found = refused_findings(tmp_path, LINES, head=head(AREAS.replace('"02"', '"01"')))
    twice = the(found, "recipe_id_twice")
    assert twice.place.column == "level[2].area[2].id"
    assert twice.place.row


def test_an_ill_named_table_key_gets_a_suggestion_from_the_list(tmp_path):
    found = refused_findings(
        tmp_path, [*LINES, "1;Altstadt;West;2022;5"], head=head(AREAS), table=TABLE
    )
    assert "01 Altstadt" in str(the(found, "area_unknown").params)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (head(""), "recipe_level_needs_layer"),
        (head(LIST + AREAS), "recipe_level_one_way"),
        (HEAD.replace(LAYER, LAYER + LIST), "recipe_level_one_way"),
        (
            HEAD.replace('kind = "city"', 'kind = "city"\narea = [{ id = "x", name = "X" }]'),
            "recipe_city_has_one_area",
        ),
        (
            HEAD.replace('kind = "city"', 'kind = "city"\noutline = "viertel"').replace(
                LAYER, AREAS
            ),
            "recipe_needs_outlines",
        ),
        (head(AREAS).replace('constant = "kleinstadt"', "spatial = true"), "recipe_needs_outlines"),
    ],
)
def test_a_recipe_that_contradicts_itself_is_refused(tmp_path, text, code):
    path = write_delivery(tmp_path, LINES, head=text)
    with pytest.raises(RefusedFileError) as refusal:
        load_recipe(path)
    # a spatial parent needs the outlines of both levels
    assert codes(refusal.value.findings)[code] >= 1
    found = [f for f in refusal.value.findings if f.code == code]
    assert found[0].place.row
    the(found[:1], code)


def test_blanks_nobody_sees_make_no_difference_in_names_and_keys(tmp_path):
    areas = 'area = [{ id = "A\u00a0 1", name = "Alt\u2009 Stadt" }, { id = "2", name = "Neu" }]\n'
    lines = ["id;jahr;kinder", "A 1;2020;4", "A\u00a01;2021;5", "2;2020;6"]
    town = import_delivery(tmp_path, lines, head=head(areas))
    assert names(town) == {"A 1": "Alt Stadt", "2": "Neu"}
    assert numbers(town, "kinder")["A 1", "2021"] == 5


def test_facilities_of_a_town_without_outline_are_kept_and_told(tmp_path):
    (tmp_path / "kitas.csv").write_text("name;x;y\nKita 1;9.4;54.7\n", encoding="utf-8")
    facility = """
[[facility_kind]]
id = "kita"
name = "Kita"
[[facility]]
kind = "kita"
source = "amt"
file = "kitas.csv"
format = "csv"
separator = ";"
name = "name"
x = "x"
y = "y"
only_inside = true
"""
    town = import_delivery(tmp_path, LINES, head=head(LIST), table=TABLE + facility)
    assert len(town.facilities) == 1
    assert the(town.findings, "facility_outside_unknown").params == {"all": 1}
