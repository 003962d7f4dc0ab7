"""Handing a view on: short links, the dialog, frames of other sites, older releases."""

import datetime as dt
import json
import re
from dataclasses import replace

import pytest
import sqlalchemy as sa

import app
from data.appdb import SHORT_LINKS, open_database
from domain.links import code_of
from i18n import translator
from services.container import build_services
from services.sharing import SharingService
from tests import town_fixture as fixture
from tests.integration.callback_calls import body_of, post, python_callbacks

FIRST, SECOND = "2026-11-24-1", "2026-11-25-1"
VIEW = "/atlas?indicator=kinderarmut&period=2023&level=quartiere"
SITE = "https://www.stadt.example"


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    made = fixture.publish_small_town(tmp_path_factory.mktemp("town"))
    later = fixture.CLOCK + dt.timedelta(days=1)
    fixture.publish(fixture.small_town(), made, clock=later)
    return replace(made, embed_ancestors=(SITE,))


@pytest.fixture(scope="module")
def services(settings):
    return build_services(settings)


@pytest.fixture(scope="module")
def server(settings, services):
    return app.create_app(settings, services=services)


@pytest.fixture
def client(server):
    return server.test_client()


def callback(server, part):
    dispatch = server.view_functions["/_dash-update-component"]
    dash_app = next(
        c.cell_contents for c in dispatch.__closure__ if hasattr(c.cell_contents, "callback_map")
    )
    server.test_client().get("/_dash-dependencies")
    found = python_callbacks(dash_app.callback_map)
    return next((k, v) for k, v in found.items() if part in k)


def shared(server, wanted):
    output, declared = callback(server, "share-body")
    return post(server.test_client(), body_of(output, declared, {"share-wanted.data": wanted}))


def page(server, path, search=""):
    output, declared = callback(server, "page.children")
    values = {"url.pathname": path, "url.search": search}
    return plain(post(server.test_client(), body_of(output, declared, values)))


def plain(answer):
    """Return an answer of Dash as JSON text without its escapes."""
    return json.dumps(answer.json, ensure_ascii=False)


def handed_on(server, address, title="Kinderarmut steigt"):
    return shared(server, {"href": f"http://localhost{address}", "title": title, "turn": 1})


def test_a_short_link_leads_to_the_view_in_its_release(server, client):
    text = plain(handed_on(server, VIEW))
    target = f"{VIEW}&release={SECOND}"
    code = code_of("kleinstadt", target)
    assert f"http://localhost/s/{code}" in text
    assert json.dumps(f"http://localhost{target}") in text
    answer = client.get(f"/s/{code}")
    assert (answer.status_code, answer.headers["Location"]) == (302, target)


def test_the_same_view_is_kept_once(server, services, settings):
    for _ in range(3):
        handed_on(server, VIEW + "&areas=01")
    engine = open_database(settings.database, settings.data_dir)
    with engine.connect() as connection:
        kept = connection.execute(sa.select(SHORT_LINKS.c.target)).scalars().all()
    engine.dispose()
    assert sum("areas=01" in target for target in kept) == 1
    assert {c.name for c in SHORT_LINKS.columns} == {"town", "code", "target", "created"}


@pytest.mark.parametrize("code", ["zzzzzzz", "abc", "A" * 7, "%2e%2e", "a" * 500])
def test_an_unknown_code_is_not_found_in_words(client, code):
    answer = client.get(f"/s/{code}")
    assert answer.status_code == 404
    assert "Link" in answer.get_data(as_text=True)


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_database_that_is_away_is_told_in_words(client, services, monkeypatch, language):
    def away(*_):
        raise sa.exc.OperationalError("SELECT", {}, Exception("database is locked"))

    monkeypatch.setattr(services.sharing, "_found", away)
    answer = client.get(f"/s/abcdefg?lang={language}")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert translator(language)("web.error.link_fault") in answer.text


@pytest.mark.parametrize("target", ["/nirgends", "/api/v1/values", "//evil.example", "/intern/"])
def test_a_code_leads_to_nothing_but_pages(client, services, target):
    code = services.sharing.shorten("kleinstadt", target)
    assert client.get(f"/s/{code}").status_code == 404


@pytest.mark.parametrize(
    "wanted",
    [
        None, 5, [], {}, {"href": 1, "title": ""}, {"href": "javascript:alert(1)", "title": ""},
        {"href": "http://localhost/nirgends", "title": "x"}, {"href": "http://[", "title": "x"},
        {"href": "http://localhost/atlas?<b>=1", "title": "x"},
        {"href": "http://localhost/atlas?" + "a" * 90_000, "title": "x"},
    ],
)  # fmt: skip
def test_strange_wishes_are_answered_with_nothing(server, wanted):
    assert shared(server, wanted).status_code == 204


def test_the_title_of_a_view_leaves_no_markup_behind(server):
    text = plain(handed_on(server, VIEW, '"><script>alert(1)</script>'))
    assert "script" in text
    assert "<script" not in text


def test_an_older_release_stays_named_and_an_unknown_one_does_not(server):
    assert f"release={FIRST}" in plain(handed_on(server, f"{VIEW}&release={FIRST}"))
    text = plain(handed_on(server, f"{VIEW}&release=2020-01-01-1"))
    assert "2020-01-01-1" not in text
    assert f"release={SECOND}" in text


def test_every_page_can_be_handed_on_but_only_the_atlas_offers_single_charts(server):
    assert "share-panel" in plain(handed_on(server, VIEW))
    for path in ("/praesentieren", "/artikel"):
        answer = handed_on(server, path)
        assert answer.status_code == 200
        assert "share-panel" not in answer.get_data(as_text=True)


def test_code_for_embedding_is_offered_only_where_a_site_is_allowed(server, settings, services):
    text = plain(handed_on(server, VIEW))
    assert "<iframe" in text
    assert SITE in text
    closed = replace(services, sharing=SharingService(None, None, makes_links=False))
    other = app.create_app(replace(settings, embed_ancestors=()), services=closed)
    text = plain(handed_on(other, VIEW))
    assert "herausgibt" in text
    assert "KECK_" not in text
    assert "iframe" not in text
    assert "/s/" not in text


def test_files_are_offered_where_a_page_has_some(server, client, services):
    place = f"/export/kleinstadt/{SECOND}"
    text = plain(handed_on(server, VIEW))
    for suffix in ("pdf", "pptx", "xlsx"):
        assert f"{place}/bericht.{suffix}?page=atlas&indicator=kinderarmut" in text
    found = re.search(r"/export/[^\"]*bericht\.xlsx[^\"]*", text)[0]
    assert client.get(found).status_code == 200
    assert "page=profil&level=quartiere&area=01" in plain(handed_on(server, "/profil/quartiere/01"))
    assert "/export/" not in plain(handed_on(server, "/praesentieren"))
    assert f"{place}/artikel.pdf?id=neu" in plain(handed_on(server, "/artikel/neu"))


def test_links_of_head_and_foot_go_on_naming_an_older_release(server):
    text = page(server, "/artikel", f"?release={FIRST}&lang=en")
    for path in ("/atlas", "/vergleich", "/impressum"):
        assert f'"{path}?lang=en&release={FIRST}"' in text, path
    assert '"/atlas?lang=en"' in page(server, "/artikel", "?lang=en")


def ancestors(answer):
    policy = answer.headers["Content-Security-Policy"]
    return next(p for p in policy.split("; ") if p.startswith("frame-ancestors"))


def test_only_the_page_of_a_frame_may_be_framed_and_only_by_allowed_sites(client, settings):
    frame = client.get("/embed/atlas?panel=map")
    assert frame.status_code == 200
    assert ancestors(frame) == f"frame-ancestors 'self' {SITE}"
    assert "X-Frame-Options" not in frame.headers
    for path in ("/", "/atlas", "/artikel", "/embed/atlas/", "/embed", "/embed/karte",
                 "/embed/atlas/x", "/embed/../atlas"):  # fmt: skip
        answer = client.get(path)
        # stages of workshops, pages of this server, show public pages
        assert ancestors(answer) == "frame-ancestors 'self'", path
        assert answer.headers["X-Frame-Options"] == "SAMEORIGIN", path


def test_without_the_setting_only_our_own_pages_frame(settings, services):
    closed = app.create_app(replace(settings, embed_ancestors=()), services=services)
    assert ancestors(closed.test_client().get("/embed/atlas")) == "frame-ancestors 'self'"


def test_a_frame_holds_one_panel_with_source_release_and_way_to_the_whole(server):
    text = page(server, "/embed/atlas", "?indicator=kinderarmut&panel=trend&lang=en")
    assert '"data-panel": "trend"' in text or '"data-panel":"trend"' in text
    assert SECOND in text
    assert "Open in the Atlas" in text
    assert "share-open" not in text
    text = page(server, "/embed/atlas", f"?indicator=kinderarmut&panel=map&release={FIRST}")
    assert f"release={FIRST}" in text


def test_an_unknown_panel_falls_back_with_a_hint(server):
    text = page(server, "/embed/atlas", "?panel=welt")
    assert "welt" in text
    assert '"data-panel":"map"' in text.replace(": ", ":")


@pytest.mark.parametrize(
    "path",
    ["/", "/atlas", "/praesentieren", "/artikel", "/embed/atlas", "/vergleich",
     "/profil/quartiere/01", "/profil", "/bericht", "/methoden", "/impressum"],
)  # fmt: skip
def test_an_older_release_is_told_on_every_page_with_a_way_to_the_newest(server, path):
    text = page(server, path, f"?release={FIRST}&lang=de")
    assert "Es gibt eine neuere vom 25. November 2026" in text
    assert f'"href":"{path}?lang=de"' in text.replace(": ", ":")
    assert text.count("Es gibt eine neuere") == 1
    assert "hint.old_release" not in text
    assert "Die neueste ist" not in text


def test_a_release_that_is_not_there_is_told(server):
    text = page(server, "/atlas", "?release=2020-01-01-1&lang=en")
    assert "There is no release" in text
    assert "newer one of" not in text
    assert "neuer" not in page(server, "/atlas", f"?release={SECOND}")


def test_a_release_that_was_removed_is_told_as_such(server, monkeypatch, services):
    monkeypatch.setattr(services.releases, "was_removed", lambda _release: True)
    text = page(server, "/atlas", "?release=2020-01-01-1&lang=de")
    assert "wird nicht mehr aufbewahrt" in text


def test_what_is_newer_than_the_published_release_is_not_called_older(server, services):
    assert services.releases.is_older(FIRST, SECOND)
    assert services.releases.is_older("2026-11-24-9", "2026-11-24-10")
    assert not services.releases.is_older(SECOND, FIRST)
