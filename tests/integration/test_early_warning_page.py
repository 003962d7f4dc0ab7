"""The early-warning list: who moved, beside whom, what could not be tested, and its files."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from openpyxl import load_workbook

import app
from domain.model import Audience
from domain.warning_query import WarningQuery
from layouts.warning_ids import EarlyWarning
from layouts.warning_options import chosen_key
from services import early_warnings
from services.container import build_services
from tests import town_fixture as fixture
from tests.integration.callback_calls import body_of, post
from tests.integration.test_atlas_callbacks import _callbacks, ids_in
from tests.integration.test_comparison_page import words_in
from tests.integration.test_resources_page import table_of

PLAIN = "level=quartiere"
WORSE = ("05", "06")
"""Neighbours in which child poverty grows and fewer children go on to a Gymnasium."""
BETTER = "10"


def moved_town():
    """Return the small town, its last year changed in three quarters."""
    town = fixture.small_town()
    values = town.values.copy()
    for area, poor, passed in ((WORSE[0], 200, 60), (WORSE[1], 40, 15), (BETTER, 5, 72)):
        for indicator, cases in (("kinderarmut", poor), ("gymnasium", passed)):
            row = (
                (values["indicator"] == indicator)
                & (values["area"] == area)
                & (values["period"] == "2023")
            )
            values.loc[row, "numerator"] = float(cases)
            values.loc[row, "value"] = 100 * cases / values.loc[row, "denominator"]
    return replace(town, values=values)


@pytest.fixture(scope="module")
def moved(tmp_path_factory):
    settings = fixture.settings_for(tmp_path_factory.mktemp("moved") / "instance")
    fixture.publish(moved_town(), settings)
    services = build_services(settings)
    return app.create_app(settings, services=services), services


@pytest.fixture
def reader(moved):
    return moved[0].test_client()


def laid_out(client, server, search=f"?{PLAIN}"):
    callbacks = _callbacks(client, server)
    output = next(k for k in callbacks if "warning-body" in k)
    values = {"url.pathname": "/fruehwarnung", "url.search": search}
    answer = post(client, body_of(output, callbacks[output], values))
    assert answer.status_code == 200
    return answer.json["response"][EarlyWarning.BODY]["children"]


def view_of(services, search, audience=Audience.PUBLIC):
    query, hints = services.warnings.query(audience, search)
    assert hints == ()
    return services.warnings.view(audience, query)


def test_the_list_names_who_moved_to_which_side(reader, moved):
    view = view_of(moved[1], PLAIN)
    standing = dict(zip(view.area_ids, view.standings, strict=True))
    assert {a for a, s in standing.items() if s == "worse"} == set(WORSE)
    assert [a for a, s in standing.items() if s == "few"] == [BETTER]
    words = " ".join(words_in(laid_out(reader, moved[0])))
    assert "2 von 12 Gebieten haben sich bei mindestens 2 Indikatoren" in words
    assert "2 mit mehr Belastung" in words
    assert "gestiegen: mehr Belastung" in words
    assert "gesunken: mehr Belastung" in words
    assert "1 von 2 bewegt sich ebenso: Gebiet 06" in words


def test_each_row_leads_to_the_profile_and_to_the_change_in_the_atlas(reader, moved):
    said = json.dumps(laid_out(reader, moved[0]))
    assert '"/profil/quartiere/05"' in said
    atlas = "indicator=kinderarmut&period=2023&level=quartiere&areas=05&layer=change&since=2022"
    assert f"/atlas?{atlas}" in said


def test_what_is_hidden_takes_no_part_and_is_counted(reader, moved):
    view = view_of(moved[1], PLAIN)
    inner = view_of(moved[1], PLAIN, Audience.INTERNAL)
    assert view.untested()["hidden"] > 0
    assert inner.untested()["hidden"] == 0
    poor = next(k for k, t in enumerate(view.tested) if t.indicator.id == "kinderarmut")
    hidden = view.area_ids.index("02")
    assert not view.warned.directions[poor, hidden]
    assert str(view.warned.p[poor, hidden]) == "nan"
    words = " ".join(words_in(laid_out(reader, moved[0])))
    assert "weil ein Wert geheim gehalten wird" in words


def test_the_address_asks_for_more_or_fewer_indicators(reader, moved):
    words = " ".join(words_in(laid_out(reader, moved[0], f"?{PLAIN}&least=1")))
    assert "3 von 12 Gebieten" in words
    assert "1 mit weniger Belastung" in words
    words = " ".join(words_in(laid_out(reader, moved[0], f"?{PLAIN}&least=4&lang=en")))
    assert "None of 12 areas changed on at least 4 indicators" in words


def test_strange_addresses_open_with_a_hint(reader, moved):
    tree = laid_out(reader, moved[0], "?level=mond&q=nan&least=77&years=-1")
    words = " ".join(words_in(tree))
    for wrong in ("mond", "nan", "77", "-1"):
        assert f"Die Angabe „{wrong}“ passt hier nicht" in words
    assert EarlyWarning.MAP_DATA in ids_in(tree)


def test_every_area_stands_in_the_table_of_the_map(reader, moved):
    rows = {r[0]: r for r in table_of(laid_out(reader, moved[0]), "Einstufung")["rows"]}
    assert len(rows) == 12
    assert rows["Gebiet 05"][1:] == ["mehr Belastung bei mindestens 2 Indikatoren", "2"]


def test_the_files_hold_every_area_and_every_movement(reader, moved):
    release = moved[1].monitoring.current()
    place = f"/export/kleinstadt/{release}/fruehwarnung"
    answer = reader.get(f"{place}.csv?{PLAIN}")
    assert answer.status_code == 200
    head, *rows = csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";")
    assert head[:3] == ["Schlüssel", "Gebiet", "Einstufung"]
    table = [r for r in rows if len(r) == len(head) and r[0].isdigit()]
    assert {r[0] for r in table} == set(fixture.QUARTERS)
    poverty = next(r for r in table if r[0] == "05" and r[3] == "kinderarmut")
    assert float(poverty[7].replace(",", ".")) == pytest.approx(100 * 120 / 311, abs=1e-5)
    assert float(poverty[8].replace(",", ".")) == pytest.approx(100 * 200 / 312, abs=1e-5)
    book = load_workbook(io.BytesIO(reader.get(f"{place}.xlsx?{PLAIN}").data))
    assert book.sheetnames[0] == "Frühwarnliste"
    assert book.worksheets[0].max_row == len(table) + 1


def test_a_release_without_cases_says_so_instead_of_a_list(tmp_path):
    town = fixture.small_town()
    plain = tuple(replace(i, interval="none") for i in town.catalogue.indicators)
    settings = fixture.settings_for(tmp_path / "instance")
    release = fixture.publish(
        replace(town, catalogue=replace(town.catalogue, indicators=plain)), settings
    )
    server = app.create_app(settings)
    client = server.test_client()
    words = " ".join(words_in(laid_out(client, server)))
    assert "laden Sie Zähler und Nenner in der Datenwerkbank" in words
    for file in ("fruehwarnung.csv?", "bericht.pdf?page=fruehwarnung&"):
        answer = client.get(f"/export/kleinstadt/{release}/{file}lang=en")
        assert answer.status_code == 400
        assert "without them no change can be tested" in answer.get_data(as_text=True)


def test_the_start_page_leads_to_the_list(reader, moved):
    callbacks = _callbacks(reader, moved[0])
    output = next(k for k in callbacks if k.startswith("page.children"))
    values = {"url.pathname": "/", "url.search": "?lang=en"}
    answer = post(reader, body_of(output, callbacks[output], values))
    assert '"/fruehwarnung?lang=en"' in json.dumps(answer.json)


@pytest.mark.parametrize(
    ("value", "changed"),
    [(5, {}), (10, {"q": "0.1"}), (None, {}), ("5", {}), (-3, {"q": "-3"}), (10**400, None)],
)
def test_a_share_of_chance_no_slider_gives_is_left_to_the_address(value, changed):
    found = chosen_key("q", value, WarningQuery("quartiere"))
    assert found == (changed if changed is not None else {"q": "1" + "0" * 19})


def test_what_is_asked_of_the_tests_does_not_test_again(moved, monkeypatch):
    services = moved[1]
    tested = []
    plain = early_warnings.changes_tested
    monkeypatch.setattr(
        early_warnings, "changes_tested", lambda *given: tested.append(1) or plain(*given)
    )
    for search in ("years=2&q=0.03", "years=2&q=0.04", "years=2&least=1", "years=2&lang=en"):
        query, _ = services.warnings.query(Audience.INTERNAL, f"{PLAIN}&{search}")
        assert services.warnings.view(Audience.INTERNAL, query).query == query
    assert len(tested) == 1
