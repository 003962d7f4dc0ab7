import pytest

from benchmarks.callback_bodies import answered_values, callback_body, drawing_callback

DRAWS = {
    "output": "..atlas-view.data...atlas-frame.data..",
    "inputs": [
        {"id": "atlas-indicator", "property": "value"},
        {"id": "atlas-period", "property": "value"},
    ],
    "state": [{"id": "atlas-frame", "property": "data"}, {"id": "url", "property": "search"}],
    "clientside_function": None,
}
PAINTS = DRAWS | {"clientside_function": {"namespace": "atlas", "function_name": "paint"}}
OTHER = {
    "output": "page.children",
    "inputs": [{"id": "url", "property": "pathname"}],
    "state": [],
    "clientside_function": None,
}


def test_the_callback_is_the_python_one_that_both_selectors_feed():
    assert drawing_callback([OTHER, PAINTS, DRAWS]) is DRAWS


def test_an_application_without_it_is_told_apart():
    with pytest.raises(RuntimeError, match="both selectors"):
        drawing_callback([OTHER, PAINTS])


def test_a_body_holds_what_the_selectors_hold_and_nothing_for_the_rest():
    body = callback_body(DRAWS, {"atlas-indicator.value": "ind03", "atlas-frame.data": "x"})
    assert [x["value"] for x in body["inputs"]] == ["ind03", None]
    assert [x["value"] for x in body["state"]] == ["x", None]
    assert body["outputs"] == [
        {"id": "atlas-view", "property": "data"},
        {"id": "atlas-frame", "property": "data"},
    ]
    assert body["changedPropIds"] == ["atlas-indicator.value"]


def test_one_output_is_no_list():
    body = callback_body(OTHER, {"url.pathname": "/atlas"})
    assert body["outputs"] == {"id": "page", "property": "children"}


def test_what_an_answer_set_is_known_afterwards():
    answer = {"response": {"atlas-frame": {"data": "f"}, "atlas-view": {"data": "v"}}}
    assert answered_values(answer) == {"atlas-frame.data": "f", "atlas-view.data": "v"}
    assert answered_values({}) == {}
