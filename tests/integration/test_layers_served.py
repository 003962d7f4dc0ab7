"""Layers of the map as the page gets them: one asked for at a time, and never a hidden number."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing

import pytest

from data.reader import ReleaseReader
from domain.layers import LAYERS
from domain.model import Audience
from tests.integration.callback_calls import body_of, post
from tests.integration.test_atlas_callbacks import _callbacks, component, draw
from tests.integration.test_atlas_callbacks import page as _page
from tests.town_fixture import CANARY, CANARY_RATE, PERIODS, QUARTERS

page = _page

NEEDLES = {str(int(CANARY)), f"{CANARY_RATE:.1f}", str(int(CANARY_RATE))}
CHOSEN = {
    "atlas-indicator.value": "kinderarmut",
    "atlas-period.value": "2022",
    "atlas-level.value": "quartiere",
    "atlas-second.value": "gymnasium",
}


@pytest.fixture
def view(client, town_server):
    """Return the payload of the small town for a layer and what else is chosen."""

    def found(layer: str, **more: str):
        chosen = {f"atlas-{name}.value": value for name, value in more.items()}
        answer = draw(client, town_server, {**CHOSEN, "atlas-layer.value": layer, **chosen})
        return json.loads(answer["atlas-view"]["data"])

    return found


def reasons(payload):
    return {row["id"]: row["reason"] for row in payload["layers"]}


def test_the_page_offers_every_layer_and_greys_what_twelve_quarters_cannot_show(page):
    options = component(page, "atlas-layer")["options"]
    assert [o["value"] for o in options] == list(LAYERS)
    assert component(page, "atlas-layer")["value"] == "value"
    off = {o["value"]: o["label"] for o in options if o["disabled"]}
    assert "cluster" in off
    assert off["cluster"].endswith("erst ab 30 Gebieten")


@pytest.mark.parametrize("layer", ["conspicuous", "change", "smoothed", "bivariate"])
def test_the_layer_asked_for_comes_for_all_years_and_hides_what_is_hidden(view, layer):
    payload = view(layer)
    assert payload["request"]["layer"] == payload["layer"]["id"] == layer
    known = {row["key"] for row in payload["layer"]["legend"]}
    for period in PERIODS:
        shown, painted = payload["by"][period], payload["by"][period]["layer"]
        assert len(painted["c"]) == len(QUARTERS)
        hidden = [i for i, v in enumerate(shown["v"]) if v is None]
        assert hidden
        for i, letter in enumerate(painted["c"]):
            assert (letter == "-") == (i in hidden)
            assert letter in known | {"-"}
        for numbers in painted["v"]:
            assert numbers is None or all(numbers[i] is None for i in hidden)
        assert painted["title"]


def test_values_and_difference_bring_nothing_more(view):
    plain, difference = view("value"), view("difference")
    assert plain == difference
    assert plain["layer"] is None
    assert "layer" not in plain["by"]["2022"]
    assert len(json.dumps(plain)) < len(json.dumps(view("change")))


def test_a_layer_that_cannot_be_shown_brings_the_values_and_its_reason(view):
    payload = view("cluster")
    assert payload["layer"] is None
    assert reasons(payload)["cluster"] == "erst ab 30 Gebieten"
    assert reasons(view("value", indicator="kinder"))["change"] == "Anzahlen erscheinen als Kreise"
    assert reasons(view("value", indicator="geheim"))["smoothed"].startswith("keine Fälle")


def test_the_start_of_a_change_is_part_of_the_question(view):
    first, later = view("change"), view("change", since="2022")
    assert (first["request"]["since"], later["request"]["since"]) == ("first", "2022")
    assert "2021" in first["by"]["2023"]["layer"]["title"]
    assert "2022" in later["by"]["2023"]["layer"]["title"]
    assert first["by"]["2023"]["layer"]["from"] == [0, 1]
    assert view("conspicuous", since="2022")["request"]["since"] == "first"


def test_an_address_with_a_lost_layer_opens_the_values_and_says_why(client, town_server):
    callbacks = _callbacks(client, town_server)
    output = next(k for k in callbacks if k.startswith("page.children"))
    for query, told in (
        ("?level=quartiere&indicator=kinderarmut&layer=cluster", "erst ab 30 Gebieten"),
        ("?level=quartiere&indicator=kinderarmut&layer=heat", "„heat“"),
        ("?level=quartiere&indicator=kinderarmut&layer=change&since=1990", "„1990“"),
    ):
        body = body_of(output, callbacks[output], {"url.pathname": "/atlas", "url.search": query})
        found = post(client, body).json["response"]["page"]["children"]
        assert told in json.dumps(component(found, "atlas-hint"), ensure_ascii=False)
        expected = "change" if "since" in query else "value"
        assert component(found, "atlas-layer")["value"] == expected
        assert component(found, "atlas-since")["value"] == "first"


@pytest.mark.parametrize("layer", LAYERS)
def test_no_layer_shows_a_hidden_number(client, town_server, layer):
    for indicator in ("geheim", "amtlich", "kinderarmut"):
        for second in ("geheim", "gymnasium"):
            chosen = {"atlas-indicator.value": indicator, "atlas-second.value": second}
            answer = draw(client, town_server, {**CHOSEN, **chosen, "atlas-layer.value": layer})
            text = json.dumps(answer)
            assert f'"{indicator}' in text.replace("\\", "")
            assert not [n for n in NEEDLES if n in text], (indicator, second)


def test_both_files_hold_ranks_of_what_they_show_themselves(town_services):
    release = town_services.monitoring.current()
    readers = [town_services.releases.reader(release, a) for a in Audience]
    public, internal = (r.derived("kinderarmut", "quartiere", "2020") for r in readers)
    values = readers[0].values("kinderarmut", "quartiere", "2020")
    hidden = set(values.loc[values["state"] == "suppressed", "area"])
    assert hidden
    assert hidden.isdisjoint(public["area"])
    assert set(internal["area"]) == set(QUARTERS)
    # the range among those shown, so that it tells nothing of where a hidden one stands
    assert public["rank_high"].max() <= len(QUARTERS) - len(hidden)
    assert (public["rank_low"] <= public["rank_high"]).all()
    assert set(public["lisa"]) == {""}


def test_a_release_made_before_there_were_streets_has_none(town_services, tmp_path):
    old = tmp_path / "old"
    shutil.copytree(town_services.store.folder / town_services.monitoring.current(), old)
    with closing(sqlite3.connect(old / "public.sqlite")) as connection, connection:
        connection.execute("DROP TABLE street")
        connection.execute("UPDATE meta SET value = '4' WHERE key = 'schema_version'")
    with closing(ReleaseReader(old, Audience.PUBLIC)) as reader:
        assert reader.schema_version == 4
        assert reader.streets().empty
        assert list(reader.streets()) == ["street", "numbers", "level", "area"]


def test_a_release_made_before_the_table_is_read_without_it(town_services, tmp_path):
    release = town_services.monitoring.current()
    old = tmp_path / "old"
    shutil.copytree(town_services.store.folder / release, old)
    with closing(sqlite3.connect(old / "public.sqlite")) as connection, connection:
        connection.execute("DROP TABLE derived")
        connection.execute("UPDATE meta SET value = '3' WHERE key = 'schema_version'")
    reader = ReleaseReader(old, Audience.PUBLIC)
    try:
        assert reader.schema_version == 3
        assert reader.derived("kinderarmut", "quartiere", "2020") is None
        assert len(reader.values("kinderarmut", "quartiere", "2020"))
    finally:
        reader.close()
