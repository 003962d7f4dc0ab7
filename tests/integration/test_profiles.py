"""Profiles of the small town: every area of every level, equal to the API, hidden stays hidden."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from urllib.parse import quote

import pytest

from callbacks.profile_page import _overline, profile_body
from domain.model import SHOWN_STATES, Audience, State
from i18n import translator
from layouts.settled import node_of
from reports.profile_tables import figures_table
from tests.integration.callback_calls import body_of, post, python_callbacks
from tests.town_fixture import DISTRICTS, QUARTERS

LEVELS = {
    "stadt": ("kleinstadt",), "bezirke": DISTRICTS, "quartiere": QUARTERS,
    "schulbezirke": ("S1", "S2"), "kitas": ("K1", "K2"),
}  # fmt: skip
EVERY = [(level, area) for level, areas in LEVELS.items() for area in areas]


@pytest.fixture(scope="module")
def profiles(town_services):
    release = town_services.releases.current()

    def profile(level, area, **more):
        return town_services.profiles.profile(Audience.PUBLIC, release, level, area, **more)

    return profile


def page(client, path, search=""):
    """Return the page of an address as the browser gets it, as text with settled parts opened."""
    assert client.get("/_dash-dependencies").status_code == 200
    dispatch = client.application.view_functions["/_dash-update-component"]
    dash_app = next(
        c.cell_contents for c in dispatch.__closure__ if hasattr(c.cell_contents, "callback_map")
    )
    callbacks = python_callbacks(dash_app.callback_map)
    output = "page.children"
    values = {"url.pathname": path, "url.search": search}
    answer = post(client, body_of(output, callbacks[output], values))
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


@pytest.mark.parametrize(("level", "area"), EVERY)
def test_every_area_of_every_level_has_a_profile(client, profiles, level, area):
    view = profiles(level, area)
    assert (view.area.level.id, view.area.id) == (level, area)
    text = page(client, f"/profil/{level}/{area}")
    assert view.area.name in text
    assert "profile-body" in text


@pytest.mark.parametrize(("level", "area"), EVERY)
def test_figures_are_those_of_the_api(client, profiles, level, area):
    view = profiles(level, area)
    for figure in view.figures:
        query = f"indicator={figure.indicator.id}&level={level}&period={figure.period}"
        rows = client.get(f"/api/v1/values?{query}").json["values"]
        row = next(r for r in rows if r["area_id"] == area)
        assert row["state"] == figure.found.state.value
        for name in ("value", "lower", "upper", "numerator", "denominator"):
            told, kept = row[name], getattr(figure.found, name)
            assert (told is None) == (kept is None), (figure.indicator.id, name)
            assert told is None or told == pytest.approx(kept, abs=1e-5)


def test_badges_and_trends_are_those_of_the_atlas(client, town_services, profiles):
    release = town_services.releases.current()
    level = profiles("quartiere", "01").area.level
    for indicator in ("kinderarmut", "gymnasium"):
        shown = town_services.monitoring.view(Audience.PUBLIC, release, level, indicator)
        last = shown.by_period[shown.periods[-1]]
        for i, area in enumerate(shown.area_ids):
            figure = profiles("quartiere", area).figure(indicator)
            assert figure.badge == last.badges[i]
            assert figure.is_clear == last.signs.clear[i]
            assert figure.trend_reason == last.signs.trend_reason


def test_a_hidden_figure_has_no_number_and_is_counted(profiles):
    view = profiles("quartiere", "02")
    figure = view.figure("kinderarmut")
    assert figure.found.state is State.SUPPRESSED
    assert figure.found.value is figure.found.numerator is figure.found.lower is None
    assert figure.third == ""
    assert view.trust.suppressed >= 1
    assert any(s.key.startswith("hidden") for s in view.statements)
    for one in view.figures:
        for cell in (one.found, *one.series):
            assert cell.state in SHOWN_STATES or cell.value is None


def test_parents_and_areas_inside_follow_every_hierarchy(profiles):
    quarter = profiles("quartiere", "06")
    assert [(h, a.id) for h, a in quarter.parents] == [("schule", "S2"), ("verwaltung", "B")]
    assert quarter.inside == ()
    school = profiles("schulbezirke", "S1")
    assert [(x.level.id, x.hierarchy, [a.area.id for a in x.areas]) for x in school.inside] == [
        ("quartiere", "schule", ["01", "02", "03", "04", "05"])
    ]
    figures = {a.area.id: a.cells for a in school.inside[0].areas}
    at = [i.id for i in school.inside[0].indicators].index("kinderarmut")
    assert figures["02"][at].value is None
    assert figures["01"][at].value == profiles("quartiere", "01").figure("kinderarmut").found.value


def test_the_place_of_an_area_is_drawn_and_that_of_an_institution_is_a_point(profiles):
    assert profiles("quartiere", "01").position.area
    kita = profiles("kitas", "K1")
    assert kita.position.point is not None
    assert kita.figures == ()
    assert kita.headline.key == "empty"


def test_an_area_without_figures_offers_no_file_and_judges_no_reliability(client):
    text = page(client, "/profil/kitas/K1")
    assert "keine Indikatoren" in text
    assert "0 von 0" not in text
    assert "profil.xlsx" not in text
    assert "bericht.pdf" not in text
    assert "profil.xlsx" in page(client, "/profil/quartiere/01")


def test_the_profile_of_the_town_is_not_compared_with_itself(client):
    town, area = page(client, "/profil/stadt/kleinstadt"), page(client, "/profil/quartiere/01")
    assert "Durchgezogen dieses Gebiet" in area
    assert "Durchgezogen dieses Gebiet" not in town
    assert "Kleinstadt in Kleinstadt" not in town


def test_an_earlier_period_is_shown_when_asked_for(profiles):
    figure = profiles("quartiere", "01", period="2022").figure("kinderarmut")
    assert figure.period == "2022"
    assert profiles("quartiere", "01", compare="parent").compare == "parent"


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/profil", "Profil eines Gebiets"),
        ("/profil/", "Profil eines Gebiets"),
        ("/profil/nirgends", "gibt es in dieser Ausgabe nicht"),
        ("/profil/quartiere/99", "gibt es in dieser Ausgabe nicht"),
        ("/profil/mars/01", "gibt es in dieser Ausgabe nicht"),
        ("/profil/" + quote("Gebiet 02"), "Meinten Sie"),
        ("/profil/quartiere@1900/01", "gibt es in dieser Ausgabe nicht"),
        ("/profil/quartiere/01/mehr", "gibt es in dieser Ausgabe nicht"),
        ("/profil/" + quote("<script>alert(1)</script>"), "gibt es in dieser Ausgabe nicht"),
    ],
)
def test_an_address_without_an_area_offers_what_there_is(client, path, told):
    assert told in json.loads(json.dumps(page(client, path)))


def test_an_id_of_one_level_alone_is_enough(client):
    assert "Gebiet S1" in page(client, "/profil/S1")
    assert "Gebiet S1" in page(client, "/profil/S1", "?lang=en&period=2022&length=easy")


def test_unknown_choices_leave_a_visible_hint(client):
    text = page(client, "/profil/quartiere/01", "?period=1850&compare=mars&length=x&release=alt")
    assert text.count("1850") >= 1
    assert "mars" in text
    assert "alt" in text


@pytest.mark.parametrize("length", ["headline", "paragraph", "easy"])
def test_the_page_writes_the_findings_at_the_length_asked_for(town_services, length):
    _, body = profile_body(town_services, Audience.PUBLIC, "quartiere/05", f"?length={length}")
    text = json.dumps([node_of(x) if hasattr(x, "children") else x for x in body], default=str)
    assert ("profile__text--easy" in text) == (length == "easy")


def rows_of(answer):
    assert answer.status_code == 200, answer.get_data(as_text=True)
    lines = answer.get_data().decode("utf-8-sig").split("\r\n\r\n")[0]
    return list(csv.DictReader(io.StringIO(lines), delimiter=";"))


def test_the_file_holds_what_the_page_shows_and_no_hidden_number(client, profiles):
    release = client.get("/api/v1/catalogue").json["release"]
    place = f"/export/kleinstadt/{release}/profil"
    rows = rows_of(client.get(f"{place}.csv?level=quartiere&area=02"))
    assert len(rows) == len(profiles("quartiere", "02").figures)
    hidden = next(r for r in rows if r["Indikator"] == "Kinderarmut")
    assert hidden["Wert"] == hidden["Fälle"] == ""
    assert hidden["Wertstatus"]
    courses = rows_of(client.get(f"{place}.csv?level=quartiere&area=01&scope=all_periods"))
    assert {r["Gebiet"] for r in courses} == {"Gebiet 01", "Kleinstadt"}
    book = client.get(f"{place}.xlsx?level=quartiere&area=01&lang=en")
    assert book.get_data()[:2] == b"PK"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("level=quartiere", 400),
        ("level=quartiere&area=99", 404),
        ("level=x&area=01", 404),
    ],
)
def test_a_file_of_no_area_is_refused_in_words(client, query, status):
    release = client.get("/api/v1/catalogue").json["release"]
    answer = client.get(f"/export/kleinstadt/{release}/profil.csv?{query}")
    assert answer.status_code == status
    assert len(answer.get_data(as_text=True)) > 100


def test_search_finds_areas_with_a_slip(town_services):
    release = town_services.releases.current()
    found = town_services.profiles.find(Audience.PUBLIC, release, "gebeit 02")
    assert "02" in [a.id for a in found]
    assert town_services.profiles.find(Audience.PUBLIC, release, "S2")[0].level.id == "schulbezirke"


def test_links_go_on_naming_the_release_of_the_address(client, town_services):
    release = town_services.releases.current()
    named = page(client, "/profil/quartiere/02", f"?release={release}").replace("\\u002f", "/")
    assert f"&release={release}" in named  # rows of the table lead to the Atlas
    assert named.count(f"/profil?release={release}") == 2  # head line, and the way back
    plain = page(client, "/profil/quartiere/02").replace("\\u002f", "/")
    assert f"/profil?release={release}" not in plain


def test_columns_that_say_nothing_are_left_out_on_paper(profiles):
    def heads(view):
        table = figures_table(view, translator("de"), "de")
        return [c.name for c in table.columns], table.sub

    view = profiles("quartiere", "03")
    names, about = heads(view)
    assert {"Bereich 95 %", "Vergleich"} <= set(names)
    assert "Bereich:" in about
    bare = tuple(
        replace(f, found=replace(f.found, lower=None, upper=None), badge="not_compared", trend="")
        for f in view.figures
    )
    themes = tuple(
        replace(t, figures=tuple(b for b in bare if b.indicator.theme == t.id)) for t in view.themes
    )
    names, about = heads(replace(view, themes=themes))
    assert not {"Bereich 95 %", "Vergleich"} & set(names)
    assert "Bereich:" not in about


def test_a_town_that_is_called_as_its_level_is_named_once(profiles):
    view = profiles("stadt", "kleinstadt")
    name = view.area.level.name.in_language("de")
    same = replace(view, town=replace(view.town, name=name))
    assert _overline(same, translator("de"), "de").split(" · ").count(name) == 1
    assert view.town.name in _overline(view, translator("de"), "de")
