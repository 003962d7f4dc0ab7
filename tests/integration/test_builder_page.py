"""The page of reports of one's own, asked as a browser asks it."""

from __future__ import annotations

import base64
from urllib.parse import parse_qs

import pytest

from i18n import LANGUAGES, translator
from layouts.ids import Report
from services.export_jobs import PROFILES, REPORT, ExportOrder, NoOrder, NoOrderError
from services.heavy_exports import ExportsBusyError
from tests.integration.callback_calls import body_of, post, python_callbacks
from tests.town_fixture import PERIODS

PATH = "/bericht"
SEARCH = "?level=quartiere&areas=01,03&indicators=kinderarmut,kinder"


@pytest.fixture
def callbacks(client, town_server):
    client.get("/_dash-layout")
    dispatch = town_server.view_functions["/_dash-update-component"]
    (dash_app,) = [
        c.cell_contents for c in dispatch.__closure__ if hasattr(c.cell_contents, "callback_map")
    ]
    return python_callbacks(dash_app.callback_map)


@pytest.fixture
def ask(client, callbacks):
    """Call the callback that writes an output; ``triggered`` is the input that changed."""

    def call(part, triggered="", search=SEARCH, **values):
        output, callback = next(
            (o, c)
            for o, c in callbacks.items()
            if part in o and (not triggered or _takes(c, triggered))
        )
        given = {f"report-{k.replace('_', '-')}": v for k, v in values.items()}
        body = body_of(
            output,
            callback,
            {"url.pathname": PATH, "url.search": search, **_named(callback, given)},
        )
        if triggered:
            body["changedPropIds"] = [triggered]
        return post(client, body)

    return call


def _takes(callback, name):
    return any(f"{i['id']}.{i['property']}" == name for i in callback["inputs"])


def _named(callback, given):
    specs = [*callback["inputs"], *callback["state"]]
    return {f"{s['id']}.{s['property']}": given[s["id"]] for s in specs if s["id"] in given}


@pytest.fixture
def page(client, callbacks):
    def lay_out(search):
        output = next(k for k in callbacks if k.startswith("page.children"))
        values = {"url.pathname": PATH, "url.search": search}
        return post(client, body_of(output, callbacks[output], values)).get_data(as_text=True)

    return lay_out


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_the_language_of_its_address(page, language):
    text = page(f"{SEARCH}&lang={language}")
    assert translator(language)("builder.outline") in text
    assert translator(language)("builder.chapter_comparison") in text


def test_every_id_of_the_page_is_laid_out_exactly_once(page):
    text = page(SEARCH)
    for declared in Report:
        assert text.count(f'"id":"{declared.value}"') == 1, declared


def test_whatever_an_address_says_the_page_opens_with_a_hint(page):
    text = page("?level=zzz&areas=99&indicators=x,y&chapters=q&format=exe&periods=1&theme=t")
    assert "report-outline" in text
    for word in ("zzz", "exe", "q"):
        assert word in text


def test_a_selector_writes_the_address(ask):
    answer = ask("url.search", "report-format.value", format="pptx")
    assert "format=pptx" in answer.json["response"]["url"]["search"]


def test_a_rule_that_cannot_be_read_is_said(page):
    query = "level=quartiere&chapters=cover,rule&rule=kinderarmut"
    text = page(f"?{query}")
    assert "Regel ist nicht lesbar" in text
    assert "fehlt ein Vergleich" in text


def test_selectors_of_maps_and_rule_write_the_address(ask):
    search = f"{SEARCH}&left=kinderarmut@{PERIODS[0]}&rule=kinderarmut+>+20&chapters=maps,rule"

    def after(name, **values):
        answer = ask("url.search", f"report-{name}.value", search=search, **values)
        return parse_qs(answer.json["response"]["url"]["search"].lstrip("?"))

    found = after("map-left", map_left="kinder")
    assert found["left"] == [f"kinder@{PERIODS[0]}"]
    assert found["map"] == ["city"]
    assert after("rule", rule=" kinder < 5 ")["rule"] == ["kinder < 5"]
    same = ask("url.search", "report-rule.value", search=search, rule="kinderarmut > 20")
    assert same.status_code == 204


def test_twins_of_more_areas_than_a_comparison_holds_are_cut_and_said(page):
    text = page("?level=quartiere&areas=all&chapters=twins")
    assert "Zwillinge gibt es zu den ersten 8 von 12 Gebieten" in text


def test_another_level_has_other_areas(ask):
    answer = ask("url.search", "report-level.value", level="bezirke")
    search = answer.json["response"]["url"]["search"]
    assert "level=bezirke" in search
    assert "areas" not in search


def test_a_selector_that_was_only_laid_out_anew_writes_nothing(ask):
    assert ask("url.search", "report-format.value", format="pdf").status_code == 204


def test_an_area_is_found_by_name_and_added_by_a_link(ask):
    text = ask("report-found.children", find="Gebiet 05").get_data(as_text=True)
    assert "areas=01,03,05" in text


def test_the_outline_grows_with_the_texts(ask):
    def said(texts):
        return ask("report-outline.children", "url.search", texts=texts).get_data(as_text=True)

    long = {"texts": {"methods": "x" * 4000}}
    assert said(None) != said(long)


def test_an_order_is_started_with_the_texts_of_the_page(ask, town_services, monkeypatch):
    taken = []
    monkeypatch.setattr(town_services.exports, "start", lambda o: taken.append(o) or "abc")
    answer = ask("report-job.data", "report-make.n_clicks", make=1, title="T", text_cover="Hallo")
    assert answer.json["response"]["report-job"]["data"] == {"job": "abc"}
    ask("report-job.data", "report-archive.n_clicks", archive=1, title="T")
    report, archive = taken
    assert isinstance(report, ExportOrder)
    assert (report.kind, report.suffix, report.texts["title"]) == (REPORT, "pdf", "T")
    assert report.texts["texts"] == {"cover": "Hallo"}
    assert (archive.kind, archive.suffix, archive.texts) == (PROFILES, "zip", {})
    assert "areas=all" in archive.query


def test_an_order_too_many_is_refused_in_words(ask, town_services, monkeypatch):
    def full(_order):
        raise ExportsBusyError("full")

    monkeypatch.setattr(town_services.exports, "start", full)
    held = ask("report-job.data", "report-make.n_clicks", make=1).json["response"]["report-job"]
    text = ask("report-standing.children", job=held["data"]).get_data(as_text=True)
    assert translator("de")("web.error.exports_busy")[:30] in text


@pytest.mark.parametrize("reason", NoOrder)
def test_an_order_the_disk_does_not_take_is_refused_in_words(
    ask, town_services, monkeypatch, reason
):
    def broken(_order):
        raise NoOrderError(reason)

    monkeypatch.setattr(town_services.exports, "start", broken)
    held = ask("report-job.data", "report-make.n_clicks", make=1).json["response"]["report-job"]
    text = ask("report-standing.children", job=held["data"]).get_data(as_text=True)
    assert translator("de")(f"builder.no_order_{reason}")[:30] in text


def test_an_archive_of_a_whole_country_is_refused_in_words(ask, town_services, monkeypatch):
    monkeypatch.setattr(town_services.exports, "start", lambda _order: pytest.fail("ordered"))
    monkeypatch.setattr("callbacks.builder_page.MOST_ARCHIVED", 2)
    held = ask("report-job.data", "report-archive.n_clicks", archive=1).json["response"]
    text = ask("report-standing.children", job=held["report-job"]["data"]).get_data(as_text=True)
    assert "2 Profile auf einmal" in text


def test_an_archive_that_cannot_be_is_not_offered(ask, monkeypatch):
    part = "report-archive-note.children"
    offered = ask(part).json["response"]
    assert "aller 12 Gebiete" in offered["report-archive-note"]["children"]
    assert offered["report-archive"]["disabled"] is False
    monkeypatch.setattr("callbacks.builder_page.MOST_ARCHIVED", 2)
    refused = ask(part).json["response"]
    assert "höchstens 2 Profile" in refused["report-archive-note"]["children"]
    assert refused["report-archive"]["disabled"] is True


def test_an_order_that_nobody_knows_shows_nothing(ask):
    for held in (None, {}, {"job": "0" * 32}, {"job": "../x"}, {"job": 5}, [1]):
        answer = ask("report-standing.children", job=held)
        assert answer.status_code == 200
        assert answer.json["response"]["report-standing"]["children"] == []


def test_a_template_is_kept_opened_saved_and_deleted(ask):
    kept = ask(
        "report-templates.data", "report-template-save.n_clicks",
        template_save=1, template_name=" Jahr ", title="T", text_cover="Hallo",
    ).json["response"]["report-templates"]["data"]  # fmt: skip
    assert kept == {"Jahr": {"query": SEARCH[1:], "title": "T", "texts": {"cover": "Hallo"}}}
    opened = ask("report-title.value", "report-template-open.n_clicks", search="", templates=kept,
                 template_open=1, template_kept="Jahr").json["response"]  # fmt: skip
    assert opened["url"]["search"] == SEARCH
    assert opened["report-text-cover"]["value"] == "Hallo"
    saved = ask("report-template-file.data", "report-template-export.n_clicks", templates=kept,
                template_export=1, template_kept="Jahr").json["response"]  # fmt: skip
    file = saved["report-template-file"]["data"]
    assert file["filename"] == "Jahr.json"
    again = ask(
        "report-templates.data", "report-template-import.contents", template_import=_url(file),
    ).json["response"]["report-templates"]["data"]  # fmt: skip
    assert again == kept
    left = ask("report-templates.data", "report-template-delete.n_clicks", templates=kept,
               template_delete=1, template_kept="Jahr").json["response"]  # fmt: skip
    assert left["report-templates"]["data"] == {}


def _url(file):
    return "data:application/json;base64," + base64.b64encode(file["content"].encode()).decode()


@pytest.mark.parametrize(
    "contents",
    ["", "data:,", "data:x;base64,@@@", _url({"content": "{}"}), _url({"content": "[1"}), 5],
)
def test_a_file_that_is_no_template_is_refused_in_words(ask, contents):
    answer = ask(
        "report-templates.data", "report-template-import.contents", template_import=contents
    )
    assert answer.status_code in (200, 204)
    if answer.status_code == 200:
        assert "report-templates" not in answer.json["response"]
        assert "Vorlage" in answer.json["response"]["report-template-said"]["children"]


def test_no_foreign_page_can_order_a_file(client, callbacks, town_services, monkeypatch):
    monkeypatch.setattr(town_services.exports, "start", lambda _order: pytest.fail("ordered"))
    output = next(o for o in callbacks if "report-job.data" in o)
    body = body_of(output, callbacks[output], {"url.search": SEARCH, "report-make.n_clicks": 1})
    for headers in ({"Origin": "https://example.org"}, {"Origin": "null"}, {"X": "y"}):
        assert post(client, body, headers=headers).status_code == 403
