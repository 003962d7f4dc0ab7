from __future__ import annotations

import re

import pytest

import app
from callbacks import pages
from domain.roles import ACCOUNT_ROLES, may
from tests.integration.callback_calls import ORIGIN
from web.audience import DECLARED, PAGES, Access, access_of
from web.staff.guard import RIGHTS


def test_every_rule_has_a_declared_audience(town_server):
    undeclared = [r.rule for r in town_server.url_map.iter_rules() if access_of(r.rule) is None]
    assert undeclared == []


def test_every_declared_rule_exists(town_server):
    rules = {r.rule for r in town_server.url_map.iter_rules()}
    assert [r for r in DECLARED if r not in rules] == []


def test_every_rule_below_the_prefix_is_for_staff_and_no_other(town_server):
    closed = {Access.CLOSED, Access.SIGN_IN, *RIGHTS}
    for rule in (r.rule for r in town_server.url_map.iter_rules()):
        is_inside = rule.lower().startswith("/intern")
        assert (access_of(rule) in closed - {Access.CLOSED}) <= is_inside, rule
        assert not is_inside or access_of(rule) in closed, rule


def test_only_the_rules_of_signing_in_need_no_session():
    open_rules = {r for r, access in DECLARED.items() if access is Access.SIGN_IN}
    assert open_rules == {
        "/intern/anmelden", "/intern/anmelden/dienst", "/intern/anmelden/dienst/zurueck",
        "/intern/einrichten/<token>",
    }  # fmt: skip


def test_without_staff_no_internal_rule_is_mounted(town_settings, town_services):
    server = app.create_app(town_settings, services=town_services, has_staff=False)
    assert not [r.rule for r in server.url_map.iter_rules() if r.rule.startswith("/intern")]
    assert server.test_client().get("/intern/").status_code == 404
    assert "/intern" not in server.test_client().get("/").text


def _fitting(rule, name):
    """Return a word the rule takes: one of those it lists, or any."""
    listed = re.search(rf"<any\((.*?)\):{name}>", rule.rule)
    return listed[1].split(", ")[-1] if listed else "x"


def asked_for(server):
    """Yield method, rule and an address of every rule below the prefix that needs a session."""
    for rule in server.url_map.iter_rules():
        if access_of(rule.rule) in RIGHTS:
            _, address = rule.build({n: _fitting(rule, n) for n in rule.arguments})
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                yield method, rule.rule, address


def test_no_internal_rule_answers_anybody_without_a_session(town_server):
    client = town_server.test_client()
    client.set_cookie("keck_session", "x" * 43, path="/intern/")
    asked = list(asked_for(town_server))
    assert len(asked) > 35
    for method, rule, address in asked:
        answer = client.open(address, method=method, headers=ORIGIN)
        assert answer.status_code == 401, (method, rule)
        assert answer.headers["Cache-Control"] == "private, no-store", rule
        assert "Cookie" in answer.headers["Vary"], rule
        assert "Kleinstadt" not in answer.text or "anmelden" in answer.text, rule


@pytest.mark.parametrize("role", ACCOUNT_ROLES)
def test_every_role_passes_to_its_rules_and_to_no_other(town_server, as_role, role):
    client = as_role(role)
    for method, rule, address in asked_for(town_server):
        if method != "GET":
            continue
        status = client.get(address).status_code
        allowed = may(role, RIGHTS[access_of(rule)])
        assert (status == 403) is not allowed, (rule, status)


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
def test_no_spelling_of_an_internal_address_shows_anything(client, path):
    answer = client.get(path)
    assert answer.status_code in {308, 401, 404}
    assert answer.headers.get("Location", "").removeprefix("http://localhost") in {"", "/intern/"}
    assert b"_dash-config" not in answer.data
    assert b"keck-atlas-texts" not in answer.data


def test_doubled_slashes_lead_nowhere(client):
    answer = client.get("/", environ_overrides={"PATH_INFO": "//intern/"})
    assert answer.status_code in {401, 404}
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
