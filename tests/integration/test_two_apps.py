from __future__ import annotations

import json
import re

import dash
import pytest
from dash import dcc
from flask import Flask

import app
from domain.model import Audience
from tests.integration.callback_calls import body_of, python_callbacks
from tests.staff import sign_in
from tests.town_fixture import settings_for
from web.atlas_dash import build_dash


@pytest.fixture(scope="module")
def internal(town_settings, town_services):
    server = app.create_app(town_settings, services=town_services)
    return sign_in(server, town_services.staff, "eine-planner")


def test_the_internal_application_lies_below_its_prefix(internal):
    client = internal
    page = client.get("/intern/").get_data(as_text=True)
    assert client.get("/intern/").status_code == 200
    config = re.search(r'id="_dash-config" type="application/json">(.*?)</script>', page)[1]
    assert json.loads(config)["requests_pathname_prefix"] == "/intern/"
    assert 'src="/assets/' in page, "files of the program are kept by browsers"
    assert 'src="/intern/' not in page


def test_internal_answers_are_kept_by_nobody(internal):
    for path in ("/intern/", "/intern/_dash-layout", "/intern/assets/10-css/00-tokens.css"):
        headers = internal.get(path).headers
        assert headers["Cache-Control"] == "private, no-store"
        assert "Cookie" in headers["Vary"]


def test_the_internal_gate_compares_with_its_own_callbacks(internal):
    answer = internal.post(
        "/intern/_dash-update-component", json={}, headers={"Origin": "http://localhost"}
    )
    assert answer.status_code == 400


def test_two_applications_of_one_process_share_no_callback(tmp_path, town_services):
    settings = settings_for(tmp_path)
    first, second = Flask("first", static_folder=None), Flask("second", static_folder=None)
    public = app.create_dash(Audience.PUBLIC, first, town_services, settings)
    inner = app.create_dash(Audience.INTERNAL, second, town_services, settings)

    @inner.callback(dash.Output("only", "children"), dash.Input("here", "value"))
    def answer(value):
        return value

    assert public.callback_map.keys() == inner.callback_map.keys() - {"only.children"}
    shared = [
        k
        for k, v in python_callbacks(public.callback_map).items()
        if v["callback"] is inner.callback_map[k]["callback"]
    ]
    assert shared == []
    assert body_of("only.children", inner.callback_map["only.children"], {})["inputs"]


def test_no_callback_is_registered_globally(town_server):
    assert dash._callback.GLOBAL_CALLBACK_LIST == []
    assert dash._callback.GLOBAL_CALLBACK_MAP == {}


def test_building_an_application_leaves_the_shared_bundle_list_alone(tmp_path):
    before = list(dcc._js_dist)
    build_dash(Flask("third", static_folder=None), prefix="/", assets=tmp_path, language="de")
    assert dcc._js_dist == before


def test_a_foreign_application_does_not_bring_plotly_back(tmp_path, monkeypatch):
    monkeypatch.setattr(dcc, "_js_dist", [*dcc._js_dist])
    listed = {
        "relative_package_path": "package_data/plotly.min.js",
        "namespace": "plotly",
        "async": "eager",
    }
    dcc._js_dist.append(listed)
    server = Flask("fourth", static_folder=None)
    built = build_dash(server, prefix="/", assets=tmp_path, language="de")
    built.layout = dash.html.Div()
    server.test_client().get("/")
    assert "plotly" not in built.registered_paths


@pytest.mark.parametrize("case", [str.upper, str.lower])
def test_a_hostile_environment_changes_nothing(tmp_path, monkeypatch, case):
    hostile = {
        "DASH_DEBUG": "true",
        "DASH_UI": "true",
        "DASH_MCP_ENABLED": "true",
        "DASH_HOT_RELOAD": "true",
        "DASH_SERVE_DEV_BUNDLES": "true",
        "DASH_PROPS_CHECK": "true",
        "DASH_PRUNE_ERRORS": "true",
        "DASH_COMPRESS": "true",
        "DASH_ASSETS_EXTERNAL_PATH": "http://evil.example/",
        "DASH_APP_NAME": "evil",
        "DASH_URL_BASE_PATHNAME": "/evil/",
        "DASH_REQUESTS_PATHNAME_PREFIX": "/evil/",
        "DASH_SUPPRESS_CALLBACK_EXCEPTIONS": "false",
        "DASH_INCLUDE_ASSETS_FILES": "false",
    }
    (tmp_path / "a.js").write_text("1")
    for name, value in hostile.items():
        monkeypatch.setenv(case(name), value)
    server = Flask("fifth", static_folder=None)
    built = build_dash(server, prefix="/", assets=tmp_path, language="de")
    built.layout = dash.html.Div()
    page = server.test_client().get("/").get_data(as_text=True)
    assert "evil" not in page
    assert "/assets/a.js" in page
    assert '"ui":false' in page
    assert "hot_reload" not in page
    assert built.config.suppress_callback_exceptions is True
    assert not [r.rule for r in server.url_map.iter_rules() if "mcp" in r.rule]
