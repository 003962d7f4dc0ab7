from __future__ import annotations

import pytest

import app
from callbacks import pages
from web.audience import DECLARED, PAGES, Access, access_of


def test_every_rule_has_a_declared_audience(town_server):
    undeclared = [r.rule for r in town_server.url_map.iter_rules() if access_of(r.rule) is None]
    assert undeclared == []


def test_every_declared_public_rule_exists(town_server):
    rules = {r.rule for r in town_server.url_map.iter_rules()}
    missing = [r for r in DECLARED if r not in rules and not r.startswith("/intern/")]
    assert missing == []


def test_no_internal_rule_is_mounted(town_server):
    assert not [r.rule for r in town_server.url_map.iter_rules() if r.rule.startswith("/intern")]


def test_a_rule_nobody_declared_is_not_answered(town_settings, town_services):
    server = app.create_app(town_settings, services=town_services)
    server.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    answer = server.test_client().get("/forgotten")
    assert answer.status_code == 404
    assert b"secret" not in answer.data


@pytest.mark.parametrize(
    "path",
    [
        "/intern",
        "/intern/",
        "/intern/_dash-layout",
        "/intern/_dash-dependencies",
        "/Intern/",
        "/INTERN/_dash-layout",
        "/%69ntern/",
        "/%69ntern/_dash-layout",
        "/x/../intern/",
        "/./intern/",
        "/intern%2f_dash-layout",
        "/assets/../intern/",
        "/intern/assets/10-css/00-tokens.css",
    ],
)
def test_internal_addresses_do_not_exist(client, path):
    assert client.get(path).status_code == 404


def test_doubled_slashes_lead_nowhere(client):
    answer = client.get("/", environ_overrides={"PATH_INFO": "//intern/"})
    assert answer.status_code == 404
    assert "Location" not in answer.headers


def test_a_closed_rule_of_dash_is_not_found(client):
    assert access_of("/_reload-hash") is Access.CLOSED
    assert client.get("/_reload-hash").status_code == 404


def test_an_unknown_page_is_not_found_and_a_known_one_is_drawn(client):
    assert client.get("/nirgends").status_code == 404
    assert client.get("/atlas").status_code == 200
    assert client.get("/").status_code == 200


def test_the_gate_lets_exactly_the_pages_through_that_are_drawn():
    drawn = {path: page.takes_rest for page in pages.PAGES for path in page.paths}
    assert drawn == PAGES
    assert all(pages.page_at(path) for path in drawn)
