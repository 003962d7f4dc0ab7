"""The facilities of a release, as the map fetches them when a reader switches them on."""

from __future__ import annotations

import pytest

ADDRESS = "/facilities/kleinstadt/2026-11-24-1/de.json"


def test_every_facility_is_one_row_in_the_order_of_its_kind(client):
    answer = client.get(ADDRESS).json
    assert answer["release"] == "2026-11-24-1"
    assert answer["kinds"] == [{"id": "kita", "name": "Kita"}]
    assert answer["places"] == [
        [9.0, 54.14, 0, "Kita K1", "Stadt", "Hauptstraße 1", 50],
        [9.01, 54.14, 0, "Kita K2", "Stadt", "Hauptstraße 1", 50],
    ]


def test_kinds_are_named_in_the_language_of_the_address(client):
    english = client.get(ADDRESS.replace("de.json", "en.json")).json
    assert english["kinds"] == [{"id": "kita", "name": "Day-care centre"}]


def test_only_what_the_map_shows_leaves_the_house(client):
    answer = client.get(ADDRESS)
    assert set(answer.json) == {"release", "kinds", "places"}
    assert {len(place) for place in answer.json["places"]} == {7}
    for kept_back in ("opened", "1999", "7-16", "attributes", "valid_from", "amt"):
        assert kept_back not in answer.get_data(as_text=True)


def test_the_list_is_kept_a_year_and_asked_for_once(client):
    first = client.get(ADDRESS)
    assert first.mimetype == "application/json"
    assert "immutable" in first.headers["Cache-Control"]
    again = client.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/facilities/anderswo/2026-11-24-1/de.json", "unknown_town"),
        ("/facilities/kleinstadt/1999-01-01-1/de.json", "unknown_release"),
        ("/facilities/kleinstadt/2026-11-24-1/fr.json", "unknown_language"),
    ],
)
def test_unknown_names_are_not_found_and_the_answer_says_why(client, path, code):
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.mimetype == "application/json"
    assert code in answer.get_data(as_text=True)
