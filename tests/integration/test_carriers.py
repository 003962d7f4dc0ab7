"""Carriers propose what their facilities are, editors take it over, imports lay it over."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from data.importing.facility_changes import with_changes
from domain.facility_fields import WAS
from domain.model import Audience
from services.audit_log import LogQuery
from tests.release_desk import DeskTown
from tests.staff import send
from tests.town_fixture import small_town

PATH = "/intern/einrichtungen"
ONE = f"{PATH}/K1"
SAID = {"name": "Kita Sonne", "kind": "kita", "address": "Am See 1", "places_u3": "12",
        "places_ue3": "", "places_total": "60", "hours": "6–18", "valid_to": ""}  # fmt: skip


@pytest.fixture
def town(tmp_path):
    town = DeskTown.at(tmp_path)
    accounts = town.services.staff.accounts
    accounts.change(accounts.named("emil").id, department="STADT", actor="test")
    return town


@pytest.fixture
def browser(town):
    return town.browsers()


def seen(town):
    last = town.services.catalogue.edits.latest("facility_wish", "K1")
    return str(last.number if last else 0)


def propose(town, client, **changed):
    given = {**SAID, "seen": seen(town), **changed}
    return send(client, f"{ONE}/vorschlagen", page=ONE, **given)


def test_a_proposal_goes_from_the_carrier_over_the_editor_into_the_next_import(town, browser):
    emil, anna = browser("emil"), browser("anna")
    assert "Kita K1" in emil.get(PATH).text
    assert propose(town, emil).status_code == 303
    assert "Vorschlag von emil" in emil.get(PATH).text
    assert town.services.facility_edits.released("kleinstadt") == {}
    told = anna.get(ONE).text.split("<tbody>")[1].split("</tbody>")[0]
    assert "Kita K1" in told
    assert "Kita Sonne" in told
    answer = send(anna, f"{ONE}/uebernehmen", page=ONE, seen=seen(town))
    assert answer.status_code == 303
    edited = town.services.facility_edits.released("kleinstadt")
    assert edited["K1"][WAS] == "Kita K1"
    release = town.wait(lambda imported: with_changes(imported, edited))
    reader = town.services.store.open(release, Audience.PUBLIC)
    row = reader.facilities().set_index("facility_id").loc["K1"]
    reader.close()
    assert (row["name"], row["hours"], row["places_u3"], row["places_total"]) == (
        "Kita Sonne", "6–18", 12.0, 60.0
    )  # fmt: skip
    assert np.isnan(row["places_ue3"])
    _, rows = town.services.staff.log.rows(LogQuery())
    acts = {(r.actor, r.action) for r in rows}
    assert {("emil", "edit_facility_wish"), ("anna", "edit_facility")} <= acts
    assert "Einrichtung übernommen" in browser("bert").get("/intern/protokoll").text


@pytest.mark.parametrize("deed", ["vorschlagen", "uebernehmen"])
def test_a_form_after_the_end_of_a_session_gets_a_page(town, browser, deed):
    emil = browser("emil")
    page = emil.get(ONE)
    assert page.status_code == 200
    emil.delete_cookie("keck_session", path="/intern/")
    answer = emil.post(f"{ONE}/{deed}", data=SAID)
    assert answer.status_code in {401, 403}
    assert answer.mimetype == "text/html"


def test_a_carrier_sees_its_own_facilities_and_no_figures(town, browser):
    emil = browser("emil")
    assert emil.get(ONE).status_code == 200
    accounts = town.services.staff.accounts
    accounts.change(accounts.named("emil").id, department="Anderer Träger", actor="test")
    assert emil.get(ONE).status_code == 404
    listed = emil.get(PATH).text
    assert "Kita K1" not in listed
    assert "Anderer Träger" in listed
    assert propose_elsewhere(emil).status_code == 404
    accounts.change(accounts.named("emil").id, department="", actor="test")
    assert "trägt den Träger als Fachbereich ein" in emil.get(PATH).text
    for path in ("/intern/", "/intern/daten", "/intern/katalog"):
        assert emil.get(path).status_code == 403


def propose_elsewhere(client):
    return send(client, f"{ONE}/vorschlagen", page=PATH.replace("einrichtungen", "konto"), **SAID)


def test_a_carrier_releases_nothing_and_a_planner_changes_nothing(town, browser):
    emil = browser("emil")
    propose(town, emil)
    assert send(emil, f"{ONE}/uebernehmen", page=ONE, seen=seen(town)).status_code == 403
    assert browser("dora").get(PATH).status_code == 403
    assert town.services.facility_edits.released("kleinstadt") == {}


def test_what_cannot_be_is_told_and_what_was_typed_stays(town, browser):
    answer = propose(town, browser("emil"), places_u3="viele")
    assert answer.status_code == 400
    assert "„Plätze für Kinder unter 3 Jahren“ ist keine ganze Zahl" in answer.text
    assert 'value="viele"' in answer.text
    assert seen(town) == "0"


def test_a_proposal_is_declined_or_taken_back(town, browser):
    emil, anna = browser("emil"), browser("anna")
    propose(town, emil)
    assert send(anna, f"{ONE}/ablehnen", page=ONE, seen=seen(town)).status_code == 303
    assert "Vorschlag von" not in emil.get(ONE).text
    answer = send(anna, f"{ONE}/uebernehmen", page=ONE, seen=seen(town))
    assert answer.status_code == 400
    assert "nichts mehr vorgeschlagen" in answer.text
    assert town.services.facility_edits.released("kleinstadt") == {}


def test_the_second_of_two_overwrites_nothing(town, browser):
    emil, anna = browser("emil"), browser("anna")
    propose(town, emil)
    before = seen(town)
    propose(town, emil, hours="7–17")
    answer = send(anna, f"{ONE}/uebernehmen", page=ONE, seen=before)
    assert answer.status_code == 409
    assert "emil hat am" in answer.text
    assert "im Formular stehen noch Ihre Angaben" in answer.text
    assert town.services.facility_edits.released("kleinstadt") == {}


@pytest.mark.parametrize("language", ["de", "en"])
def test_both_pages_are_drawn_in_both_languages(town, browser, language):
    propose(town, browser("emil"))
    for name in ("emil", "anna"):
        client = browser(name)
        for path in (PATH, ONE):
            page = client.get(f"{path}?lang={language}")
            assert page.status_code == 200
            assert f'lang="{language}"' in page.text
            assert ("carrier" in page.text.lower()) is (language == "en")


def test_changes_that_fit_no_facility_any_more_are_told():
    edited = {
        "K1": {WAS: "Kita K1", "places_u3": None, "hours": "8–12"},
        "K2": {WAS: "Kita Alt", "hours": "8–12"},
        "K9": {WAS: "Kita Weg", "hours": "8–12"},
    }
    town = with_changes(small_town(), edited)
    rows = town.facilities.set_index("facility_id")
    assert rows.loc["K1", "hours"] == "8–12"
    assert np.isnan(rows.loc["K1", "places_u3"])
    assert rows.loc["K2", "hours"] == "7-16"
    told = [(f.code, f.params) for f in town.findings]
    assert told == [
        ("facilities_edited", {"count": 1}),
        ("facility_edit_unused", {"name": "Kita Alt"}),
        ("facility_edit_unused", {"name": "Kita Weg"}),
    ]
    unchanged = replace(small_town())
    assert with_changes(unchanged, {}) is unchanged
