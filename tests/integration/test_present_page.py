"""The page of slides opens whatever its address says, and sets the Atlas to a slide."""

from __future__ import annotations

import json

import pytest

from domain.selection import LONGEST_QUERY
from layouts.ids import Atlas, Present
from tests.integration.callback_calls import body_of, post
from tests.integration.test_atlas_callbacks import _callbacks, component, ids_in


def laid_out(client, server, search=""):
    callbacks = _callbacks(client, server)
    output = next(k for k in callbacks if k.startswith("page.children"))
    values = {"url.pathname": "/praesentieren", "url.search": search}
    answer = post(client, body_of(output, callbacks[output], values))
    assert answer.status_code == 200
    return answer.json["response"]["page"]["children"]


def open_slide(client, server, wanted, search=""):
    callbacks = _callbacks(client, server)
    output = next(k for k in callbacks if "present-hints.data" in k)
    values = {"present-wanted.data": wanted, "url.search": search}
    return post(client, body_of(output, callbacks[output], values))


def test_each_declared_id_of_page_and_atlas_is_laid_out_exactly_once(client, town_server):
    found = ids_in(laid_out(client, town_server))
    for declared in (*Present, *Atlas):
        assert found.count(declared.value) == 1, declared
    assert sorted({i for i in found if found.count(i) > 1}) == []


@pytest.mark.parametrize(
    "search",
    ["", "?slides=", "?slides=%%%", "?slides=" + "A" * (LONGEST_QUERY + 1000), "?lang=xx&slides=1"],
)
def test_the_page_opens_whatever_the_link_says(client, town_server, search):
    assert client.get("/praesentieren" + search).status_code == 200
    assert component(laid_out(client, town_server, search), Present.STAGE) is not None


def test_the_address_of_slides_decides_the_language(client, town_server):
    text = json.dumps(laid_out(client, town_server, "?slides=W10&lang=en"), ensure_ascii=False)
    assert "Start presentation" in text
    assert "Präsentation starten" not in text


def test_a_slide_sets_every_selector_and_names_its_view(client, town_server):
    wanted = {"query": "?indicator=kinderarmut&period=2021&lang=en", "turn": 3}
    answer = open_slide(client, town_server, wanted).json["response"]
    assert answer["atlas-indicator"]["value"] == "kinderarmut"
    assert answer["atlas-period"]["value"] == "2021"
    assert answer["present-hints"]["data"]["turn"] == 3
    assert answer["present-hints"]["data"]["hints"] == []
    assert "lang=en" not in answer["atlas-address"]["data"]


def test_an_unknown_view_falls_back_with_a_hint(client, town_server):
    wanted = {"query": "?indicator=gibt-es-nicht&release=1999-01-01-1", "turn": 1}
    arrived = open_slide(client, town_server, wanted).json["response"]["present-hints"]["data"]
    assert any("gibt-es-nicht" in hint for hint in arrived["hints"])
    assert any("1999-01-01-1" in hint for hint in arrived["hints"])


@pytest.mark.parametrize(
    "wanted", [None, 3, [], {}, {"query": 7}, {"query": ["x"]}, "?indicator=x"]
)
def test_a_malformed_wish_changes_nothing(client, town_server, wanted):
    assert open_slide(client, town_server, wanted).status_code == 204


def test_the_atlas_follows_the_address_of_the_slide_and_not_of_the_bar(client, town_server):
    callbacks = _callbacks(client, town_server)
    output = next(k for k in callbacks if "atlas-theme.value" in k and "present" not in k)
    values = {"url.search": "?slides=W10", "atlas-address.data": "?indicator=kinderarmut"}
    assert post(client, body_of(output, callbacks[output], values)).status_code == 204
