from __future__ import annotations

import pytest
from dash import ALL, MATCH, Dash, Input, Output, State

from web.callback_body import BodyError, check_body, parse_body


@pytest.fixture(scope="module")
def callbacks():
    app = Dash("patterned", use_async=False)

    @app.callback(
        Output({"chart": MATCH}, "figure"),
        Input({"chart": MATCH}, "clickData"),
        State({"chip": ALL}, "n_clicks"),
    )
    def match(click, chips):
        return click

    @app.callback(
        Output("tray", "children"),
        Output("tray", "title", allow_duplicate=True),
        Input({"chip": ALL, "kind": "area"}, "n_clicks"),
        prevent_initial_call=True,
    )
    def many(clicks):
        return clicks, ""

    app.clientside_callback("function(x) {return x}", Output("c", "x"), Input("tray", "title"))
    return app.callback_map


def key(callbacks, part):
    return next(k for k in callbacks if part in k)


def many_body(callbacks, **changes):
    output = key(callbacks, "tray.children")
    chips = [
        {"id": {"chip": c, "kind": "area"}, "property": "n_clicks", "value": 1} for c in ("a", "b")
    ]
    body = {
        "output": output,
        "outputs": [
            {"id": "tray", "property": "children"},
            {"id": "tray", "property": "title@" + "0" * 64},
        ],
        "inputs": [chips],
        "changedPropIds": ['{"chip":"a","kind":"area"}.n_clicks'],
        "parsedChangedPropsIds": [{"chip": "a", "kind": "area"}],
    }
    return body | changes


def test_a_pattern_may_hold_any_number_of_components(callbacks):
    check_body(many_body(callbacks), callbacks)
    check_body(many_body(callbacks, inputs=[[]], changedPropIds=[]), callbacks)


def test_a_matched_component_comes_alone(callbacks):
    body = {
        "output": key(callbacks, "MATCH"),
        "outputs": {"id": {"chart": "r"}, "property": "figure"},
        "inputs": [{"id": {"chart": "r"}, "property": "clickData"}],
        "state": [[{"id": {"chip": 1}, "property": "n_clicks", "value": None}]],
        "changedPropIds": [],
    }
    check_body(body, callbacks)
    with pytest.raises(BodyError):
        check_body(body | {"inputs": [[body["inputs"][0]]]}, callbacks)


@pytest.mark.parametrize(
    "changes",
    [
        {"inputs": [[{"id": {"chip": "a", "kind": "other"}, "property": "n_clicks"}]]},
        {"inputs": [[{"id": {"chip": "a"}, "property": "n_clicks"}]]},
        {"inputs": [[{"id": {"chip": ["a"], "kind": "area"}, "property": "n_clicks"}]]},
        {"inputs": [[{"id": "chip", "property": "n_clicks"}]]},
        {"inputs": [{"id": {"chip": "a", "kind": "area"}, "property": "n_clicks"}]},
        {"inputs": [[{"id": {"chip": i, "kind": "area"}, "property": "n_clicks"}
                     for i in range(501)]]},
        {"outputs": [{"id": "tray", "property": "children"}]},
        {"changedPropIds": ["{}"]},
        {"changedPropIds": ["[1].n_clicks"]},
        {"changedPropIds": ["{" * 3000 + ".n_clicks"]},
        {"parsedChangedPropsIds": {}},
    ],
)  # fmt: skip
def test_a_forged_pattern_is_refused(callbacks, changes):
    with pytest.raises(BodyError):
        check_body(many_body(callbacks, **changes), callbacks)


def test_a_clientside_callback_is_not_answered_by_the_server(callbacks):
    body = {"output": "c.x", "outputs": {"id": "c", "property": "x"}, "inputs": [],
            "changedPropIds": []}  # fmt: skip
    with pytest.raises(BodyError):
        check_body(body, callbacks)


@pytest.mark.parametrize(
    "raw",
    [
        b"[" * 23 + b"]" * 23 + b"x",
        b"[" * 30 + b"]" * 30,
        b"[" + b"1," * 30_000 + b"1]",
        b'"' + b"a" * 100_001 + b'"',
        b"Infinity",
        b"1e400",
        b'"\\udfff"',
        b"99999999999999999999999999",
    ],
)
def test_a_body_out_of_bounds_is_refused(raw):
    with pytest.raises(BodyError):
        parse_body(raw)


def test_a_body_within_bounds_is_read():
    assert parse_body('{"a": [1, 2.5, "ä", null, true]}'.encode()) == {
        "a": [1, 2.5, "ä", None, True]
    }
