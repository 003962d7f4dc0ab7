"""What the page of the Atlas fetches beside a view: funnel and rank ranges."""

from __future__ import annotations

import pytest

PLACE = "kleinstadt/2026-11-24-1"


def funnel(client, level, indicator, language="de"):
    return client.get(f"/funnel/{PLACE}/{level}/{indicator}/{language}.json")


def ranks(client, level, indicator, query=""):
    return client.get(f"/ranks/{PLACE}/{level}/{indicator}.json{query}")


def view(client, level, indicator):
    return client.get(f"/view/{PLACE}/{level}/{indicator}.json").json


def test_a_funnel_has_a_place_for_every_area_with_a_value_and_none_for_others(client):
    found = funnel(client, "quartiere", "kinderarmut").json
    held = view(client, "quartiere", "kinderarmut")
    for period, shown in found["by"].items():
        values = held["by_period"][period]["values"]
        assert [side == "-" for side in shown["sides"]] == [v is None for v in values]
    assert any("-" in shown["sides"] for shown in found["by"].values())


def test_a_funnel_speaks_the_language_of_its_address(client):
    german, english = (funnel(client, "quartiere", "kinderarmut", x).json for x in ("de", "en"))
    assert german["words"]["i"] == "innerhalb der Grenzen"
    assert english["words"]["i"] == "inside the limits"
    assert german["bases"] == english["bases"]


def test_ranges_hold_shown_areas_only_and_lie_among_them(client):
    found = ranks(client, "quartiere", "kinderarmut").json["by"]
    held = view(client, "quartiere", "kinderarmut")
    assert found
    for period, shown in found.items():
        values = held["by_period"][period]["values"]
        assert [low is None for low in shown["low"]] == [v is None for v in values]
        known = [(a, b) for a, b in zip(shown["low"], shown["high"], strict=True) if a is not None]
        assert len(known) == shown["n"]
        assert all(1 <= low <= high <= shown["n"] for low, high in known)


def test_both_are_kept_a_year_and_asked_for_once(client):
    for first in (
        funnel(client, "quartiere", "kinderarmut"),
        ranks(client, "quartiere", "kinderarmut"),
    ):
        assert first.mimetype == "application/json"
        assert "immutable" in first.headers["Cache-Control"]
        again = client.get(first.request.path, headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304


@pytest.mark.parametrize(
    "address",
    [
        f"/funnel/{PLACE}/quartiere/kinderarmut/fr.json",
        f"/funnel/{PLACE}/quartiere/fehlt/de.json",
        f"/funnel/{PLACE}/fehlt/kinderarmut/de.json",
        f"/funnel/{PLACE}/quartiere@1900/kinderarmut/de.json",
        f"/funnel/{PLACE}/quartiere/kinderarmut/de.json?category=fehlt",
        "/funnel/andere/2026-11-24-1/quartiere/kinderarmut/de.json",
        f"/ranks/{PLACE}/quartiere/fehlt.json",
        f"/ranks/{PLACE}/fehlt/kinderarmut.json",
        "/ranks/kleinstadt/2000-01-01-1/quartiere/kinderarmut.json",
    ],
)
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("indicator", ["kinder", "geheim", "miete"])
def test_only_shares_and_rates_have_a_funnel(client, indicator):
    assert funnel(client, "quartiere", indicator).status_code == 404


def test_an_indicator_without_cases_has_no_ranges(client):
    assert ranks(client, "quartiere", "miete").json == {"by": {}}


def test_an_unknown_parameter_is_refused(client):
    assert ranks(client, "quartiere", "kinderarmut", "?period=2020").status_code == 400
