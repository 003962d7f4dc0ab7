"""Signing in and out as a browser does it, and what strangers get instead."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import sqlalchemy as sa

import app
from services.audit_log import LogQuery
from tests.staff import NEW_PASSWORD, PASSWORD, form_token, send, sign_in

SIGN_IN = "/intern/anmelden"
OTHER = {"REMOTE_ADDR": "192.0.2.7"}


@pytest.fixture
def services(staffed):
    return staffed


@pytest.fixture
def server(staffed_server):
    return staffed_server


@pytest.fixture
def client(server):
    return server.test_client()


def typed(client, name="meier", password=PASSWORD, **more):
    return send(client, SIGN_IN, name=name, password=password, **more)


def test_the_form_is_complete_without_scripts_in_both_languages(client):
    german, english = client.get(SIGN_IN).text, client.get(f"{SIGN_IN}?lang=en").text
    assert 'lang="de"' in german
    assert "Kennwort" in german
    assert 'lang="en"' in english
    assert "Password" in english
    assert f'action="{SIGN_IN}?lang=en"' in english
    for page in (german, english):
        assert 'autocomplete="current-password"' in page
        assert "onclick" not in page
        assert page.count("<script") == page.count('<script src="/assets/')


def test_signing_in_opens_a_session_in_a_cookie_that_scripts_and_other_sites_do_not_get(client):
    answer = typed(client)
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/intern/"
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("keck_session="))
    parts = {part.strip() for part in cookie.split(";")[1:]}
    assert parts == {"HttpOnly", "Path=/intern/", "SameSite=Lax"}
    assert client.get("/intern/").status_code == 200


def test_a_cookie_that_was_set_before_is_not_adopted(client, services):
    client.set_cookie("keck_session", "chosen-by-a-stranger", path="/intern/")
    typed(client)
    found = client.get_cookie("keck_session", path="/intern/").value
    assert found != "chosen-by-a-stranger"
    assert services.staff.sessions.find("chosen-by-a-stranger") is None


def test_signing_out_ends_the_session_on_the_server(client, services):
    typed(client)
    token = client.get_cookie("keck_session", path="/intern/").value
    answer = send(client, "/intern/abmelden", page="/intern/konto")
    assert answer.headers["Location"] == "/intern/anmelden?done=out"
    assert services.staff.sessions.find(token) is None
    client.set_cookie("keck_session", token, path="/intern/")
    assert client.get("/intern/").status_code == 401
    assert "Sie sind abgemeldet" in client.get(answer.headers["Location"]).text


def test_a_new_password_signs_every_other_browser_out(server, services, client):
    other = sign_in(server, services.staff, "meier")
    typed(client)
    fields = {"old": PASSWORD, "password": NEW_PASSWORD, "again": NEW_PASSWORD}
    assert send(client, "/intern/konto/kennwort", page="/intern/konto", **fields).status_code == 303
    assert client.get("/intern/").status_code == 200
    assert other.get("/intern/").status_code == 401


@pytest.mark.parametrize(
    "fields",
    [
        {"password": "falsches kennwort"},
        {"name": "niemand"},
        {"name": "", "password": ""},
        {"name": "zwei worte"},
        {"password": "x" * 1900},
    ],
)
def test_every_mistake_gets_the_same_page(client, fields):
    answer = typed(client, **fields)
    assert answer.status_code == 401
    assert "Anmeldename, Kennwort oder Code stimmen nicht." in answer.text
    assert "<title>Fehler: Anmelden" in answer.text
    assert "falsches" not in answer.text
    assert "Set-Cookie" not in answer.headers


def test_the_sixth_mistake_is_told_to_wait_and_so_is_the_right_password(client, clock):
    for _ in range(5):
        assert typed(client, password="falsch").status_code == 401  # noqa: S106 - wrong on purpose
    answer = typed(client)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "60"
    assert "Warten Sie eine Minute" in answer.text
    clock.on(minutes=1)
    assert typed(client).status_code == 303


def test_mistakes_by_a_forged_address_are_counted_where_they_come_from(client):
    for n in range(5):
        token = form_token(client, SIGN_IN)
        forged = {"X-Forwarded-For": f"198.51.100.{n}", "Remote-User": "chef",
                  "Origin": "http://localhost"}  # fmt: skip
        fields = {"form_token": token, "name": f"name{n}", "password": "falsch"}
        assert client.post(SIGN_IN, data=fields, headers=forged).status_code == 401
    assert typed(client, name="chef").status_code == 429


def test_a_header_that_names_a_user_signs_nobody_in(client):
    headers = {"Remote-User": "chef", "X-Remote-User": "chef"}
    assert client.get("/intern/konto", headers=headers).status_code == 401


@pytest.mark.parametrize(("name", "status"), [("me\x00ier", 400), ("x" * 2001, 400)])
def test_what_no_form_sends_is_refused_unread(client, name, status):
    assert typed(client, name=name).status_code == status


def test_a_password_of_a_megabyte_is_refused_unread(client):
    assert typed(client, password="x" * 1_000_000).status_code == 413


@pytest.mark.parametrize(
    ("wanted", "goes_to"),
    [
        ("/intern/atlas?lang=en&areas=01", "/intern/atlas?lang=en&areas=01"),
        ("/intern/konto", "/intern/konto"),
        ("/intern/profil/quartiere/01", "/intern/profil/quartiere/01"),
        ("/intern/daten/hochladen?lang=en", "/intern/daten/hochladen?lang=en"),
        ("/intern/daten/lieferung/0a", "/intern/daten/lieferung/0a"),
        ("/intern/daten/lieferung/0a/einlesen", "/intern/"),
        ("/intern/einrichtungen/K1", "/intern/einrichtungen/K1"),
        ("//evil.example", "/intern/"),
        ("/\\evil.example", "/intern/"),
        ("https:evil.example", "/intern/"),
        ("https://evil.example/intern/", "/intern/"),
        ("%2f%2fevil.example", "/intern/"),
        ("/%2f%2fevil.example", "/intern/"),
        ("/intern/%2f%2fevil.example", "/intern/"),
        ("/intern/..//evil.example", "/intern/"),
        ("/intern/atlas\r\nSet-Cookie: a=b", "/intern/"),
        ("javascript:alert(1)", "/intern/"),
        ("/atlas", "/intern/"),
        ("/intern/abmelden", "/intern/"),
        ("/intern/nirgends", "/intern/"),
        ("/intern/_dash-layout", "/intern/"),
        ("/intern/" + "x" * 9000, "/intern/"),
        ("", "/intern/"),
    ],
)
def test_one_goes_on_to_own_pages_only(client, wanted, goes_to):
    assert typed(client, next=wanted).headers["Location"] == goes_to


def test_a_link_of_a_colleague_shows_the_form_and_nothing_of_the_view(client):
    answer = client.get("/intern/atlas?indicator=kinderarmut&areas=02")
    assert answer.status_code == 401
    assert "Kinderarmut" not in answer.text
    assert "Gebiet 02" not in answer.text
    assert 'value="/intern/atlas?indicator=kinderarmut&amp;areas=02"' in answer.text
    data = client.get("/intern/view/kleinstadt/x/quartiere/kinderarmut.json")
    assert data.status_code == 401
    assert data.json["error"]["code"] == "sign_in_needed"


@pytest.mark.parametrize("origin", [None, "null", "http://evil.example", "http://localhost:81"])
def test_a_form_of_another_site_is_refused_and_noted(server, services, origin):
    client = sign_in(server, services.staff, "meier")
    token = form_token(client, "/intern/konto")
    headers = {} if origin is None else {"Origin": origin}
    fields = {"form_token": token, "session": ""}
    answer = client.post("/intern/konto/sitzungen", data=fields, headers=headers)
    assert answer.status_code == 403
    count, rows = services.staff.log.rows(LogQuery(action="foreign_write"))
    assert (count, rows[0].actor, rows[0].result) == (1, "meier", "refused")


@pytest.mark.parametrize("token", ["", "x", "ü", "0" * 64])
def test_a_form_without_the_token_of_its_session_is_refused(server, services, token):
    client = sign_in(server, services.staff, "meier")
    headers = {"Origin": "http://localhost"}
    fields = {"form_token": token}
    answer = client.post("/intern/konto/sitzungen", data=fields, headers=headers)
    assert answer.status_code == 403
    assert answer.mimetype == "text/html"
    assert client.post(SIGN_IN, data=fields, headers=headers).status_code == 403


def test_the_token_of_another_session_does_not_fit(server, services):
    mine, theirs = (sign_in(server, services.staff, name) for name in ("meier", "chef"))
    fields = {"form_token": form_token(theirs, "/intern/konto")}
    headers = {"Origin": "http://localhost"}
    answer = mine.post("/intern/konto/sitzungen", data=fields, headers=headers)
    assert answer.status_code == 403


def test_nothing_internal_is_answered_over_plain_http_to_another_machine(client):
    for path in ("/intern/", SIGN_IN, "/intern/konto", "/intern/_dash-layout", "/intern/nutzer"):
        assert client.get(path, environ_overrides=OTHER).status_code == 404, path
    page = client.get("/_dash-layout", environ_overrides=OTHER)
    assert page.status_code == 200


def test_a_proxy_nobody_counted_opens_nothing(town_settings, services):
    settings = replace(town_settings, allowed_hosts=("atlas.example",))
    client = app.create_app(settings, services=services).test_client()
    headers = {"Host": "atlas.example", "X-Forwarded-Proto": "https"}
    assert client.get(SIGN_IN, headers=headers).status_code == 404


def test_behind_a_counted_proxy_with_tls_the_cookie_is_secure(town_settings, services):
    settings = replace(town_settings, allowed_hosts=("atlas.example",), proxy_hops=1)
    client = app.create_app(settings, services=services).test_client()
    headers = {"X-Forwarded-Host": "atlas.example", "X-Forwarded-Proto": "https",
               "X-Forwarded-For": "192.0.2.7", "Origin": "https://atlas.example"}  # fmt: skip
    answer = client.get(SIGN_IN, headers=headers)
    assert answer.status_code == 200
    assert "; Secure;" in answer.headers["Set-Cookie"]


def test_the_first_link_opens_on_this_machine_only_and_once(town_settings, unstaffed, changing):
    services, client = unstaffed, changing[0].test_client()
    told = app.first_account(town_settings, services)
    path = told[told.index("/intern/einrichten/") :]
    secure = {**OTHER, "wsgi.url_scheme": "https"}
    assert client.get(path, environ_overrides=secure).status_code == 404
    assert client.get(path).status_code == 200
    for password, again in (("kurz", "kurz"), (PASSWORD, NEW_PASSWORD)):
        answer = send(client, path, name="chef", password=password, again=again)
        assert answer.status_code == 400
        assert 'role="alert"' in answer.text
        assert f'"{password}"' not in answer.text
    answer = send(client, path, name="chef", password=PASSWORD, again=PASSWORD)
    assert answer.headers["Location"] == "/intern/konto"
    assert client.get("/intern/konto").status_code == 200
    assert client.get(path).status_code == 404
    assert app.first_account(town_settings, services) == ""


def test_a_server_prints_no_link(town_settings, unstaffed):
    told = app.first_account(replace(town_settings, host="0.0.0.0"), unstaffed)  # noqa: S104
    assert "user add" in told
    assert "einrichten" not in told


def test_the_public_head_line_leads_to_the_form_where_it_can_be_reached(client):
    assert '"/intern/anmelden"' in shown(client)
    assert "/intern" not in shown(client, OTHER)


def shown(client, environ=None):
    body = {
        "output": "page.children",
        "outputs": {"id": "page", "property": "children"},
        "inputs": [{"id": "url", "property": "pathname", "value": "/impressum"}],
        "changedPropIds": ["url.pathname"],
        "state": [{"id": "url", "property": "search", "value": ""}],
    }
    headers = {"Origin": "http://localhost"}
    answer = client.post(
        "/_dash-update-component", json=body, headers=headers, environ_overrides=environ or {}
    )
    assert answer.status_code == 200
    return json.dumps(answer.json)


def test_a_database_that_cannot_be_reached_is_told_in_words(client, services, monkeypatch):
    typed(client)

    def locked():
        raise sa.exc.OperationalError("SELECT", {}, Exception("database is locked"))

    monkeypatch.setattr(services.staff.sessions._database, "connect", locked)
    answer = client.get("/intern/konto")
    assert answer.status_code == 503
    assert "SELECT" not in answer.text
    assert client.get("/atlas").status_code == 200
