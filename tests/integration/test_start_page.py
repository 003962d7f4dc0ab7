"""Start, search, methods and the pages the law asks for, asked as the browser asks them."""

from __future__ import annotations

import json
from dataclasses import replace

import pandas as pd
import pytest

import app
from callbacks import pages
from data.importing.town import STREET_COLUMNS
from domain.model import About, Audience, Text, Tile
from i18n import LANGUAGES, texts
from services.container import build_services
from services.start import derived_tiles, news
from tests import town_fixture as fixture
from tests.integration.callback_calls import body_of, post
from tests.integration.test_atlas_callbacks import _callbacks

FIRST, SECOND = "2026-11-24-1", "2026-11-24-2"
ABOUT = About(
    text=Text("Wir über uns.\n\nZweiter Absatz.", "About us."),
    contact=Text("amt@kleinstadt.example"),
    imprint=Text("Stadt Kleinstadt", "Town of Kleinstadt"),
)
TILES = (
    Tile(Text("Wo sind viele Kinder arm?", "Where are many children poor?"), "kinderarmut",
         level="quartiere"),
    Tile(Text("Was hängt zusammen?"), "kinderarmut", level="quartiere", second="gymnasium"),
    Tile(Text("Was hat sich geändert?"), "kinderarmut", level="quartiere", layer="change"),
    Tile(Text("Gibt es nicht"), "abgeschafft"),
)  # fmt: skip
STREETS = (
    ("Hafenstraße", "1-49", "quartiere", "01"),
    ("Hafenstraße", "50-90 even", "quartiere", "02"),
    ("Grüner Weg", "", "quartiere", "03"),
)
PARTS = ("indicators", "gaps", "methods", "signs", "glossary", "downloads")


def earlier_town():
    """Return the town before its last year and one of its indicators were known."""
    town = fixture.small_town()
    kept = tuple(i for i in town.catalogue.indicators if i.id != "gymnasium")
    values = town.values[
        (town.values["period"] != "2023") & (town.values["indicator"] != "gymnasium")
    ]
    return replace(town, values=values, catalogue=replace(town.catalogue, indicators=kept))


def present_town():
    town = fixture.small_town()
    catalogue = replace(town.catalogue, tiles=TILES, about=ABOUT)
    streets = pd.DataFrame(STREETS, columns=list(STREET_COLUMNS))
    return replace(town, catalogue=catalogue, streets=streets)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    settings = fixture.settings_for(tmp_path_factory.mktemp("start") / "instance")
    fixture.publish(earlier_town(), settings)
    fixture.publish(present_town(), settings, job="second")
    services = build_services(settings)
    yield app.create_app(settings, services=services), services
    services.releases.close()


@pytest.fixture
def client(served):
    return served[0].test_client()


def page(client, path, search=""):
    """Return the text of a page as the browser gets it."""
    server = client.application
    callbacks = _callbacks(client, server)
    output = next(k for k in callbacks if k.startswith("page.children"))
    values = {"url.pathname": path, "url.search": search}
    answer = post(client, body_of(output, callbacks[output], values))
    assert answer.status_code == 200
    return json.dumps(answer.json["response"]["page"]["children"], ensure_ascii=False)


def found(client, query, language="de"):
    answer = client.get(f"/search/kleinstadt/{SECOND}/{language}.json", query_string={"q": query})
    assert answer.status_code == 200
    return answer.json


# -- start ------------------------------------------------------------------------------------


def test_every_question_that_can_be_answered_is_a_tile_with_its_finding(client):
    text = page(client, "/")
    for question in ("Wo sind viele Kinder arm?", "Was hängt zusammen?", "Was hat sich geändert?"):
        assert question in text
    assert "Kinderarmut 2023:" in text
    assert "Gibt es nicht" not in text
    assert "/atlas?indicator=kinderarmut&period=2023&level=quartiere" in text
    assert "layer=change" in text
    assert f"release={SECOND}" not in text


def test_the_start_page_speaks_english_and_its_links_do(client):
    text = page(client, "/", "?lang=en")
    assert "Where are many children poor?" in text
    assert "Wo sind viele Kinder arm?" not in text
    assert "About us." in text
    assert "/methoden?theme=soziale-lage&lang=en" in text


def test_what_is_new_is_told_against_the_release_before(client, served):
    text = page(client, "/")
    assert f"Gegenüber Ausgabe {FIRST}:" in text
    assert "Neue Indikatoren (1): Gymnasium" in text
    assert "2023 (bei " in text
    told = news(served[1], Audience.PUBLIC, SECOND)
    assert [i.id for i in told.indicators] == ["gymnasium"]
    assert (told.gone, told.levels) == ((), ())


def test_a_release_of_its_own_is_named_in_every_link_and_says_it_is_old(client):
    text = page(client, "/", f"?release={FIRST}")
    assert f"release={FIRST}" in text
    assert "Dies ist die erste Ausgabe." in text
    assert SECOND in text  # the hint names the newer one


def test_removed_releases_are_told_as_removed(tmp_path):
    settings = fixture.settings_for(tmp_path / "instance")
    fixture.publish(earlier_town(), settings)
    fixture.publish(present_town(), settings, job="second")
    services = build_services(settings)
    services.store.prune(1)
    told = news(services, Audience.PUBLIC, SECOND)
    assert (told.previous, told.is_pruned) == (None, True)
    services.releases.close()


def test_a_town_without_questions_gets_one_a_theme(town_services):
    release = town_services.monitoring.current()
    catalogue = town_services.monitoring.catalogue(Audience.PUBLIC, release)
    choices = town_services.monitoring.choices(Audience.PUBLIC, release)
    tiles = list(derived_tiles(catalogue, choices))
    assert [t.indicator for t in tiles] == ["kinderarmut", "kinder"]
    assert {t.level for t in tiles} == {"quartiere"}


def test_themes_lead_to_their_indicators_with_their_number(client):
    text = page(client, "/")
    assert "/methoden?theme=soziale-lage" in text
    assert "5 Indikatoren" in text


# -- head and foot ------------------------------------------------------------------------------


def test_every_page_that_is_found_has_a_name_in_both_languages():
    found = [one.name for one in pages.PAGES if one.is_found]
    assert [n for n in found for tongue in LANGUAGES if f"page.{n}" not in texts(tongue)] == []


@pytest.mark.parametrize(
    "path", sorted({p for one in pages.PAGES if not one.is_bare for p in one.paths})
)
def test_every_page_has_the_foot_line_and_the_search(client, path):
    text = page(client, path)
    assert f"Ausgabe {SECOND} vom 24. November 2026 · Lizenz: CC0 1.0" in text
    for other in ("/impressum", "/datenschutz", "/barrierefreiheit"):
        assert f'"href": "{other}"' in text
    assert f"/search/kleinstadt/{SECOND}/de.json" in text


def test_the_town_speaks_for_itself_or_the_page_says_that_it_does_not(client):
    assert "Stadt Kleinstadt" in page(client, "/impressum")
    assert "Town of Kleinstadt" in page(client, "/impressum", "?lang=en")
    missing = page(client, "/datenschutz")
    assert "noch keinen Text hinterlegt" in missing
    assert "amt@kleinstadt.example" in missing
    assert "amt@kleinstadt.example" in page(client, "/barrierefreiheit")


def test_an_unknown_page_leads_to_the_start(client):
    text = page(client, "/methoden/gibt-es-nicht", "?lang=en")
    assert "/?lang=en" in text


# -- search -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "kind", "href"),
    [
        ("kinderarmt", "indicator", "/atlas?indicator=kinderarmut"),
        ("soziale lage", "theme", "/methoden?theme=soziale-lage"),
        ("Gebiet 01", "area", "/profil/quartiere/01"),
        ("kita k1", "area", "/profil/kitas/K1"),
        ("hafenstr. 52", "street", "/profil/quartiere/02"),
        ("gruener weg", "street", "/profil/quartiere/03"),
        ("methoden", "page", "/methoden"),
        ("geheimhaltung", "term", "/methoden?part=glossary&q=Geheimhaltung,+gesperrt"),
    ],
)
def test_everything_is_found_and_leads_somewhere(client, query, kind, href):
    hits = found(client, query)["hits"]
    assert (kind, href) in [(h["kind"], h["href"]) for h in hits]


def test_a_facility_leads_to_its_place_on_the_map(client):
    hit = next(h for h in found(client, "Kita K2")["hits"] if h["kind"] == "facility")
    assert hit["href"].startswith("/atlas?facilities=kita&extent=8.99800,")
    assert "Hauptstraße 1" in hit["detail"]


def test_the_search_speaks_the_language_of_its_address(client):
    hits = found(client, "social", "en")["hits"]
    assert hits[0]["name"] == "Social situation"
    assert hits[0]["href"] == "/methoden?theme=soziale-lage&lang=en"


def test_an_older_release_is_kept_in_the_links(client):
    answer = client.get(f"/search/kleinstadt/{FIRST}/de.json?q=kinderarmut").json
    assert answer["hits"][0]["href"] == f"/atlas?indicator=kinderarmut&release={FIRST}"


def test_nothing_asked_finds_nothing_and_no_list_leaves_the_server(client):
    assert found(client, "") == {"total": 0, "hits": []}
    assert found(client, "qqqqqqq") == {"total": 0, "hits": []}
    assert len(found(client, "e")["hits"]) <= 60


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/search/anderswo/{SECOND}/de.json?q=a", 404),
        ("/search/kleinstadt/1999-01-01-1/de.json?q=a", 404),
        (f"/search/kleinstadt/{SECOND}/fr.json?q=a", 404),
        (f"/search/kleinstadt/{SECOND}/de.json?q=a&q=b", 400),
        (f"/search/kleinstadt/{SECOND}/de.json?suche=a", 400),
        (f"/search/kleinstadt/{SECOND}/de.json?q={'a' * 201}", 400),
        (f"/search/kleinstadt/{SECOND}/de.json?q=%00%ff%F0%9F%98%80", 200),
        (f"/search/kleinstadt/{SECOND}/de.json?q={'a%20' * 40}", 200),
    ],
)
def test_strange_questions_are_answered_or_refused_clearly(client, path, status):
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.mimetype == "application/json"


# -- methods ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "part", ["indicators", "gaps", "methods", "signs", "glossary", "downloads"]
)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_part_of_the_methods_opens_in_both_languages(client, part, language):
    text = page(client, "/methoden", f"?part={part}&lang={language}")
    assert ("Indicators & methods" in text) == (language == "en")


def test_indicators_are_filtered_by_theme_and_word(client):
    assert '/methoden/kinder\\"' in page(client, "/methoden")
    assert '/methoden/kinder\\"' not in page(client, "/methoden", "?theme=soziale-lage")
    assert "1 Indikator" in page(client, "/methoden", "?q=gymnasum")
    assert "0 Indikatoren" in page(client, "/methoden", "?q=qqqqqq")


def test_what_nobody_knows_falls_back_with_a_hint(client):
    text = page(client, "/methoden", "?part=nix&theme=weg&level=auch-nicht")
    for word in ("nix", "weg", "auch-nicht"):
        assert f"„{word}“ gibt es hier nicht" in text


def test_gaps_tell_how_many_areas_have_a_number_and_why_there_is_none(client):
    text = page(client, "/methoden", "?part=gaps&level=quartiere")
    assert "für 1 von 12 Gebieten" in text  # the rent of one quarter
    districts = page(client, "/methoden", "?part=gaps&level=bezirke")
    assert "Der Wert lässt sich nicht aus kleineren Gebieten errechnen" in districts
    assert "Amt für Statistik · seit 2021" in text


def test_the_sheet_of_an_indicator_leads_to_map_and_values(client):
    text = page(client, "/methoden/kinderarmut")
    assert "Was kinderarmut sagt." in text
    assert "/atlas?indicator=kinderarmut" in text
    query = f"indicator=kinderarmut&level=bezirke&period=2023&release={SECOND}"
    address = f"/api/v1/values.csv?{query}"
    assert address in text
    assert client.get(address).status_code == 200


def test_every_download_exists(client):
    text = page(client, "/methoden", "?part=downloads")
    links = [part.split('"')[0] for part in text.split('"href": "') if part.startswith("/api")]
    assert len(links) >= 5
    assert {client.get(link).status_code for link in links} == {200}
