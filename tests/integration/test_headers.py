from __future__ import annotations

import re
from dataclasses import replace

import pytest

import app
from callbacks.pages import PAGES
from tests.integration.callback_calls import CALLBACK
from web.error_page import SCRIPT, STYLESHEETS

ADDRESSES = [
    "/",
    "/atlas",
    "/nirgends",
    "/intern/",
    "/healthz",
    "/readyz",
    "/_dash-layout",
    "/_dash-dependencies",
    "/_favicon.ico",
    "/assets/10-css/00-tokens.css",
    "/assets/fehlt.css",
    "/api/v1/catalogue",
    "/api/v1/openapi.json",
    "/api/v1/values",
    "/api/v2/",
    "/arms/kleinstadt/2026-11-24-1/fehlt.png",
    "/geo/kleinstadt/2026-11-24-1/fehlt.json",
    "/view/kleinstadt/2026-11-24-1/quartiere/kinder.json",
    CALLBACK,
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_security_headers(client, address):
    headers = client.get(address).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    on_stages = address in {"/", "/atlas", "/nirgends", CALLBACK}
    ancestors = "'self'" if on_stages else "'none'"
    assert f"frame-ancestors {ancestors};" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == ("SAMEORIGIN" if on_stages else "DENY")
    assert "Cache-Control" in headers
    for name in ("Server", "Server-Timing", "X-Powered-By"):
        assert name not in headers
    # the form to sign in is bound to a browser by a cookie of its own; the public gets none
    assert ("Set-Cookie" in headers) is (address == "/intern/")


def test_the_policy_allows_no_inline_and_no_evaluated_script(client):
    policy = client.get("/").headers["Content-Security-Policy"]
    parts = dict(p.strip().split(" ", 1) for p in policy.split(";"))
    assert parts["default-src"] == "'self'"
    assert "unsafe" not in parts["script-src"]
    assert parts["object-src"] == parts["base-uri"] == "'none'"
    assert "http" not in policy
    assert "*" not in policy


def test_the_policy_names_every_inline_script_of_the_page(client, town_server):
    page = client.get("/").get_data(as_text=True)
    policy = client.get("/").headers["Content-Security-Policy"]
    inline = [
        text
        for attributes, text in re.findall(r"<script([^>]*)>(.*?)</script>", page, re.DOTALL)
        if "src=" not in attributes and "application/json" not in attributes
    ]
    hashes = re.findall(r"'sha256-[^']+'", policy)
    assert len(inline) == len(hashes) == 1


def test_the_page_asks_no_other_host_for_anything(client):
    page = client.get("/").get_data(as_text=True)
    assert not re.findall(r"(?:src|href)=\"(?:https?:)?//", page)


def test_transport_security_is_promised_on_tls_only(client):
    assert "Strict-Transport-Security" not in client.get("/").headers
    secure = client.get("/", base_url="https://localhost").headers
    assert "max-age" in secure["Strict-Transport-Security"]


def test_a_page_is_asked_for_again_and_a_callback_is_never_kept(client):
    assert client.get("/").headers["Cache-Control"] == "no-cache"
    assert client.get("/_dash-layout").headers["Cache-Control"] == "no-store"


def test_the_page_does_not_name_the_python_version(client):
    assert '"python_version":""' in client.get("/").get_data(as_text=True)


@pytest.mark.parametrize(
    ("language", "word"), [("de", "Seite nicht gefunden"), ("en", "Page not found")]
)
def test_an_error_page_speaks_the_language_of_its_address(client, language, word):
    answer = client.get(f"/nirgends?lang={language}")
    page = answer.get_data(as_text=True)
    assert f'<html lang="{language}">' in page
    assert word in page
    assert answer.headers["X-Request-ID"] in page


def test_an_unexpected_fault_shows_neither_path_nor_statement(town_settings, town_services, caplog):
    server = app.create_app(town_settings, services=town_services)

    def broken():
        raise RuntimeError("SELECT secret FROM /var/lib/keck")

    server.view_functions["healthz"] = broken
    answer = server.test_client().get("/healthz")
    assert answer.status_code == 500
    assert answer.json["error"]["code"] == "internal"
    assert "SELECT" not in answer.get_data(as_text=True)
    assert "Traceback" not in answer.get_data(as_text=True)
    assert any(r.exc_info for r in caplog.records)


@pytest.mark.parametrize(
    "path",
    ["/intern/", "/intern/atlas", "/intern/anmelden", "/intern/_dash-layout", "/werkstatt", "/w"],
)
def test_no_page_but_those_a_stage_shows_may_be_framed(client, path):
    headers = client.get(path).headers
    assert headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


@pytest.fixture
def behind_proxy(town_settings, town_services):
    settings = replace(town_settings, proxy_hops=1, allowed_hosts=("atlas.musterstadt.de",))
    return app.create_app(settings, services=town_services).test_client()


def test_a_configured_proxy_tells_name_and_tls(behind_proxy):
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "atlas.musterstadt.de"}
    answer = behind_proxy.get("/atlas", headers=headers)
    assert answer.status_code == 200
    assert "Strict-Transport-Security" in answer.headers


def test_a_name_nobody_listed_is_refused_behind_a_proxy_too(behind_proxy):
    assert behind_proxy.get("/", headers={"X-Forwarded-Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", ("Zum Inhalt springen", "Vergleich", 'href="?lang=en" hreflang="en"')),
        ("en", ("Skip to content", "Compare", 'href="?lang=de" hreflang="de"')),
    ],
)
def test_an_error_page_has_the_head_line_of_every_page(client, language, words):
    page = client.get(f"/nirgends?lang={language}").get_data(as_text=True)
    assert all(word in page for word in words)
    paths = [page.paths[0] for page in PAGES if page.is_in_head]
    assert len(paths) > 3
    assert [f'href="{path}?lang={language}"' in page for path in paths] == [True] * len(paths)
    assert page.index('class="header"') < page.index('id="main"')


def test_the_files_that_error_pages_load_are_served(client):
    found = [client.get(f"/{path}").status_code for path in (*STYLESHEETS, SCRIPT)]
    assert found == [200, 200, 200]
