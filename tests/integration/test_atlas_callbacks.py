"""The one Python callback of the Atlas page, called as the browser calls it."""

from __future__ import annotations

import json

import pytest

from domain.model import Audience
from domain.selection import Selection
from i18n.formats import number
from layouts.ids import Atlas
from tests.integration.callback_calls import CALLBACK, body_of, post, python_callbacks


@pytest.fixture(scope="module")
def page(town_server):
    """The laid-out page of the small town, as the first callback returns it."""
    client = town_server.test_client()
    callbacks = _callbacks(client, town_server)
    output = next(k for k in callbacks if k.startswith("page.children"))
    answer = post(
        client, body_of(output, callbacks[output], {"url.pathname": "/atlas", "url.search": ""})
    )
    assert answer.status_code == 200
    return answer.json["response"]["page"]["children"]


def _callbacks(client, server):
    client.get("/_dash-layout")
    dispatch = server.view_functions["/_dash-update-component"]
    (dash_app,) = [
        c.cell_contents for c in dispatch.__closure__ if hasattr(c.cell_contents, "callback_map")
    ]
    return python_callbacks(dash_app.callback_map)


def draw(client, server, values):
    callbacks = _callbacks(client, server)
    output = next(k for k in callbacks if "atlas-view.data" in k)
    answer = post(client, body_of(output, callbacks[output], values))
    assert answer.status_code == 200, answer.text
    return answer.json["response"]


def ids_in(tree):
    if isinstance(tree, dict):
        found = [tree["props"]["id"]] if "id" in tree.get("props", {}) else []
        return found + [i for v in tree.values() for i in ids_in(v)]
    if isinstance(tree, list):
        return [i for v in tree for i in ids_in(v)]
    return []


def component(tree, component_id):
    if isinstance(tree, dict):
        if tree.get("props", {}).get("id") == component_id:
            return tree["props"]
        tree = list(tree.values())
    if isinstance(tree, list):
        for part in tree:
            found = component(part, component_id)
            if found is not None:
                return found
    return None


CONTRACT = [
    *("atlas-theme", "atlas-indicator", "atlas-period", "atlas-level", "atlas-compare"),
    *("atlas-second", "atlas-map", "atlas-ranking", "atlas-scatter", "atlas-trend"),
    *("atlas-table", "atlas-finding", "atlas-tray"),
]


def test_each_declared_id_is_laid_out_exactly_once(page):
    laid_out = ids_in(page)
    for declared in Atlas:
        assert laid_out.count(declared.value) == 1, declared
    assert set(CONTRACT) <= set(laid_out)


def test_no_callback_carries_geometry(page, client, town_server):
    text = json.dumps(page)
    assert "coordinates" not in text
    assert component(page, "atlas-map")["figure"]["data"][0]["geojson"].startswith("/geo/")


def test_indicator_and_year_are_inputs_of_one_python_callback(client, town_server):
    callbacks = _callbacks(client, town_server)
    together = [
        c
        for c in callbacks.values()
        if {"atlas-indicator", "atlas-period"} <= {i["id"] for i in c["inputs"]}
    ]
    assert len(together) == 1


def test_the_view_holds_all_periods_and_agrees_with_the_api(client, town_server):
    answer = draw(
        client,
        town_server,
        {
            "atlas-indicator.value": "kinderarmut",
            "atlas-period.value": "2022",
            "atlas-level.value": "quartiere",
            "atlas-compare.value": "city",
            "url.search": "",
        },
    )
    payload = json.loads(answer["atlas-view"]["data"])
    assert payload["request"]["indicator"] == "kinderarmut"
    query = f"indicator=kinderarmut&period=2022&level={payload['request']['level']}"
    values = {v["area_id"]: v for v in client.get(f"/api/v1/values?{query}").json["values"]}
    shown = payload["by"]["2022"]
    power, decimals = payload["scale"]["value"], payload["indicator"]["decimals"]
    areas = json.loads(answer["atlas-outlines"]["data"])["areas"]
    for area, value, code in zip(areas, shown["v"], shown["s"], strict=True):
        assert (value is None) == (values[area]["value"] is None)
        if value is not None:
            exact = values[area]["value"]
            assert abs(value - exact * power) < 1
            # what is written is the same, because the number is cut so that it rounds alike
            assert number(value / power, decimals, "de") == number(exact, decimals, "de")
        assert (code == "s") == (values[area]["state"] == "suppressed")
    assert "s" in shown["s"]


def test_a_known_frame_brings_numbers_and_no_figures(client, town_server):
    values = {
        "atlas-indicator.value": "kinderarmut",
        "atlas-period.value": "2022",
        "atlas-level.value": "quartiere",
        "url.search": "",
    }
    first = draw(client, town_server, values)
    frame = first["atlas-frame"]["data"]
    assert "figure" in first["atlas-map"]
    second = draw(client, town_server, {**values, "atlas-frame.data": frame})
    assert "atlas-map" not in second
    assert second["atlas-view"]["data"] == first["atlas-view"]["data"]


def test_an_unknown_choice_falls_back_instead_of_failing(client, town_server):
    answer = draw(
        client,
        town_server,
        {"atlas-indicator.value": "' OR 1=1--", "atlas-period.value": "0000", "url.search": "?x"},
    )
    assert json.loads(answer["atlas-outlines"]["data"])["areas"]


def test_classes_of_the_address_change_the_limits_and_nothing_else(client, town_server):
    values = {"atlas-indicator.value": "kinderarmut", "atlas-level.value": "quartiere"}

    def view(classes):
        answer = draw(client, town_server, {**values, "atlas-classes.data": classes})
        return json.loads(answer["atlas-view"]["data"])

    usual, own = view(""), view("10,20")
    assert own["breaks"][:2] == [10.0, 20.0]
    assert own["request"]["classes"] == "10,20"
    assert usual["breaks"] != own["breaks"]
    assert {p: v["v"] for p, v in usual["by"].items()} == {p: v["v"] for p, v in own["by"].items()}
    assert len(view("quantiles:4")["breaks"]) <= 4


def test_the_previous_period_is_a_comparison_of_every_area_with_itself(client, town_server):
    answer = draw(
        client,
        town_server,
        {
            "atlas-indicator.value": "kinderarmut",
            "atlas-level.value": "quartiere",
            "atlas-compare.value": "previous",
        },
    )
    payload = json.loads(answer["atlas-view"]["data"])
    first, second = payload["periods"][:2]
    assert payload["by"][first]["bm"] is None
    assert set(payload["by"][first]["b"]) == {"n"}
    assert payload["by"][second]["bm"] == payload["by"][first]["v"]


def test_a_link_sets_every_selector(client, town_server):
    callbacks = _callbacks(client, town_server)
    output = next(k for k in callbacks if "atlas-theme.value" in k)
    body = body_of(
        output, callbacks[output], {"url.search": "?indicator=kinderarmut&period=2021&lang=en"}
    )
    response = post(client, body).json["response"]
    assert response["atlas-indicator"]["value"] == "kinderarmut"
    assert response["atlas-period"]["value"] == "2021"


def test_an_unknown_page_says_so_and_stays_in_the_frame(client, town_server):
    callbacks = _callbacks(client, town_server)
    output = next(k for k in callbacks if k.startswith("page.children"))
    body = body_of(output, callbacks[output], {"url.pathname": "/gibt-es-nicht"})
    children = post(client, body).json["response"]["page"]["children"]
    assert "Diese Seite gibt es nicht" in json.dumps(children, ensure_ascii=False)


def test_the_view_of_a_selection_is_built_once_and_kept(town_services, monkeypatch):
    release = town_services.monitoring.current()
    selection, _ = town_services.monitoring.selection(
        Audience.PUBLIC, {"indicator": "kinderarmut", "release": release}
    )
    assert isinstance(selection, Selection)
    calls = []
    text = [
        town_services.monitoring.cached_text(
            Audience.PUBLIC, release, "probe", ("x",), lambda: calls.append(1) or {"a": 1}
        )
        for _ in range(3)
    ]
    assert text == ['{"a":1}'] * 3
    assert calls == [1]


def test_callbacks_answer_only_their_own_origin(client, town_server):
    callbacks = _callbacks(client, town_server)
    output = next(k for k in callbacks if "atlas-view.data" in k)
    body = json.dumps(body_of(output, callbacks[output], {}))
    foreign = client.post(
        CALLBACK, data=body, content_type="application/json", headers={"Origin": "http://evil.test"}
    )
    assert foreign.status_code == 403
