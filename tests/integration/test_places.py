"""The names of all areas, as the search of the page fetches them."""

from __future__ import annotations

import pytest

from tests.town_fixture import QUARTERS

ADDRESS = "/places/kleinstadt/2026-11-24-1/de.json"


def test_every_level_but_the_town_is_there_with_the_names_of_its_areas(client):
    levels = {level["id"]: level for level in client.get(ADDRESS).json["levels"]}
    assert list(levels) == ["bezirke", "schulbezirke", "quartiere", "kitas"]
    assert levels["quartiere"]["areas"] == [[q, f"Gebiet {q}"] for q in QUARTERS]
    assert levels["quartiere"]["vintage"] == "2020"
    assert (levels["kitas"]["kind"], levels["kitas"]["name"]) == ("institutions", "Kitas")


def test_levels_are_named_in_the_language_of_the_address(client):
    answer = client.get(ADDRESS.replace("de.json", "en.json"))
    assert answer.json["levels"][0]["name"] == "districts"


def test_a_town_without_re_cuts_has_no_links(client):
    answer = client.get(ADDRESS).json
    assert (answer["links"], answer["steps"], answer["former"]) == ({}, {}, {})


def test_the_kinds_of_facilities_are_named(client):
    assert client.get(ADDRESS).json["kinds"] == [["kita", "Kita"]]
    english = client.get(ADDRESS.replace("de.json", "en.json")).json
    assert english["kinds"] == [["kita", "Day-care centre"]]


def test_the_names_are_kept_a_year_and_asked_for_once(client):
    first = client.get(ADDRESS)
    assert first.mimetype == "application/json"
    assert "immutable" in first.headers["Cache-Control"]
    again = client.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/places/anderswo/2026-11-24-1/de.json", "unknown_town"),
        ("/places/kleinstadt/1999-01-01-1/de.json", "unknown_release"),
        ("/places/kleinstadt/2026-11-24-1/fr.json", "unknown_language"),
    ],
)
def test_unknown_names_are_not_found_and_the_answer_says_why(client, path, code):
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.mimetype == "application/json"
    assert code in answer.get_data(as_text=True)


def test_a_misspelt_parameter_is_noticed(client):
    assert client.get(f"{ADDRESS}?level=quartiere").status_code == 400
