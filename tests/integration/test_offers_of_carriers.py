"""Carriers change, add and end offers; editors take it over, and imports lay it over."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest

from data.importing.facility_changes import with_changes
from data.importing.offer_changes import with_offer_changes
from data.importing.town import OFFER_COLUMNS
from domain.model import Audience
from services.audit_log import LogQuery
from services.proposals import laid_over
from tests.release_desk import DeskTown
from tests.staff import send
from tests.town_fixture import small_town

HOUSE = "/intern/einrichtungen/K1"
NEW = f"{HOUSE}/angebote/neu"
SAID = {"offer": "Krippe", "target_group": "Kinder unter 3", "period": "2026", "hours": "8–12",
        "places": "12", "taken": "11", "waiting": "3"}  # fmt: skip


def with_offers(town):
    rows = [
        ("K1", "Krippe", "Kinder unter 3", "2025", "7–16", 10.0, 9.0, 2.0),
        ("K1", "Hort", "Schulkinder", "2025", "", 20.0, float("nan"), 0.0),
        ("K2", "Hort", "Schulkinder", "2025", "", 20.0, 17.0, 5.0),
    ]
    return replace(town, offers=pd.DataFrame(rows, columns=list(OFFER_COLUMNS)))


@pytest.fixture
def town(tmp_path):
    town = DeskTown.at(tmp_path)
    accounts = town.services.staff.accounts
    accounts.change(accounts.named("emil").id, department="STADT", actor="test")
    town.wait(with_offers)
    return town


@pytest.fixture
def browser(town):
    return town.browsers()


def address_of(client, name, period):
    """Return the address of an offer that the page of its facility lists."""
    rows = re.findall(r"<tr>.*?</tr>", client.get(HOUSE).text, re.DOTALL)
    row = next(r for r in rows if f">{name}</a>" in r and f"<td>{period}</td>" in r)
    found = re.search(r'href="([^"]+)"', row)
    assert found is not None
    return found[1]


def seen(client, path):
    found = re.search(r'name="seen" value="(\d+)"', client.get(path).text)
    return found[1] if found else "0"


def tell(client, path, deed, **fields):
    return send(client, f"{path}/{deed}", page=path, **{"seen": seen(client, path), **fields})


def imported(town):
    """Return the offers of a release that is built with everything that was taken over."""
    wanted = laid_over(town.services.catalogue.edits, "kleinstadt")

    def change(bare):
        laid = with_changes(with_offers(bare), wanted["facilities"])
        return with_offer_changes(laid, wanted["offers"], wanted["facilities"])

    release = town.wait(change)
    frames = {}
    for audience in (Audience.PUBLIC, Audience.INTERNAL):
        reader = town.services.store.open(release, audience)
        frames[audience] = reader.offers()
        reader.close()
    return frames


def test_a_changed_offer_goes_from_the_carrier_over_the_editor_into_the_next_import(town, browser):
    emil, anna = browser("emil"), browser("anna")
    path = address_of(emil, "Krippe", "2025")
    shown = emil.get(path).text
    assert 'id="taken" name="taken" type="text" value="9"' in shown
    answer = tell(emil, path, "vorschlagen", **{**SAID, "period": "2025"})
    assert answer.status_code == 303
    assert "Änderung, Vorschlag von emil" in emil.get(HOUSE).text
    assert laid_over(town.services.catalogue.edits, "kleinstadt")["offers"] == {}
    assert "8–12" in anna.get(path).text.split("<tbody>")[1].split("</tbody>")[0]
    assert tell(anna, path, "uebernehmen").status_code == 303
    frames = imported(town)
    inner = frames[Audience.INTERNAL].set_index(["facility_id", "offer"])
    row = inner.loc[("K1", "Krippe")]
    assert (row["hours"], row["places"], row["taken"], row["waiting"]) == ("8–12", 12, 11, 3)
    assert inner.loc[("K2", "Hort"), "taken"] == 17
    _, rows = town.services.staff.log.rows(LogQuery())
    acts = {(r.actor, r.action) for r in rows}
    assert {("emil", "edit_offer_wish"), ("anna", "edit_offer")} <= acts
    assert "Angebot übernommen" in browser("bert").get("/intern/protokoll").text
    assert address_of(emil, "Krippe", "2025") == path


def test_who_comes_and_who_waits_stays_out_of_the_public_release(town, browser):
    emil, anna = browser("emil"), browser("anna")
    assert tell(emil, NEW, "vorschlagen", **SAID).status_code == 303
    path = address_of(emil, "Krippe", "2026")
    assert tell(anna, path, "uebernehmen").status_code == 303
    frames = imported(town)
    inner, outer = frames[Audience.INTERNAL], frames[Audience.PUBLIC]
    assert len(inner) == len(outer) == 4
    assert {11.0, 17.0} <= set(inner["taken"])
    assert outer[["taken", "waiting"]].isna().all(axis=None)
    added = outer[outer["period"] == "2026"].iloc[0]
    assert (added["offer"], added["places"], added["hours"]) == ("Krippe", 12, "8–12")
    assert address_of(emil, "Krippe", "2026") == path


def test_an_offer_ends_and_is_resumed(town, browser):
    emil, anna = browser("emil"), browser("anna")
    path = address_of(emil, "Hort", "2025")
    assert tell(emil, path, "beenden").status_code == 303
    assert "soll enden, Vorschlag von emil" in emil.get(HOUSE).text
    assert tell(anna, path, "uebernehmen").status_code == 303
    frame = imported(town)[Audience.PUBLIC]
    assert list(frame["facility_id"] + frame["offer"]) == ["K1Krippe", "K2Hort"]
    page = emil.get(path).text
    assert "beendet" in page
    assert "Angaben ändern" not in page
    assert tell(emil, path, "beenden").status_code == 303
    assert tell(anna, path, "uebernehmen").status_code == 303
    assert len(imported(town)[Audience.PUBLIC]) == 3


def test_a_proposal_is_taken_back_or_declined(town, browser):
    emil, anna = browser("emil"), browser("anna")
    tell(emil, NEW, "vorschlagen", **SAID)
    path = address_of(emil, "Krippe", "2026")
    assert tell(emil, path, "zuruecknehmen").status_code == 303
    assert emil.get(path).status_code == 404
    path = address_of(emil, "Hort", "2025")
    tell(emil, path, "beenden")
    assert tell(anna, path, "ablehnen").status_code == 303
    answer = tell(anna, path, "uebernehmen")
    assert answer.status_code == 400
    assert "nichts mehr vorgeschlagen" in answer.text
    assert laid_over(town.services.catalogue.edits, "kleinstadt")["offers"] == {}


def test_the_second_of_two_overwrites_nothing(town, browser):
    emil, anna = browser("emil"), browser("anna")
    path = address_of(emil, "Krippe", "2025")
    tell(emil, path, "vorschlagen", **{**SAID, "period": "2025"})
    before = seen(emil, path)
    tell(emil, path, "vorschlagen", **{**SAID, "period": "2025", "hours": "9–11"})
    for client, deed in ((anna, "uebernehmen"), (emil, "vorschlagen"), (emil, "beenden")):
        answer = tell(client, path, deed, **{**SAID, "seen": before})
        assert answer.status_code == 409, deed
        assert "emil hat am" in answer.text
    assert "9–11" in anna.get(path).text
    assert laid_over(town.services.catalogue.edits, "kleinstadt")["offers"] == {}


def test_nobody_reaches_the_offers_of_others(town, browser):
    emil = browser("emil")
    path = address_of(emil, "Krippe", "2025")
    assert tell(emil, path, "vorschlagen", **SAID).status_code == 303
    assert send(emil, f"{path}/uebernehmen", page=path, seen=seen(emil, path)).status_code == 403
    assert browser("dora").get(path).status_code == 403
    assert emil.get(f"{HOUSE}/angebote/{'0' * 16}").status_code == 404
    moved = path.replace("K1", "K2")
    assert emil.get(moved).status_code == 404
    accounts = town.services.staff.accounts
    accounts.change(accounts.named("emil").id, department="Anderer Träger", actor="test")
    for one in (path, NEW):
        assert emil.get(one).status_code == 404
        for deed in ("vorschlagen", "beenden", "zuruecknehmen"):
            answer = send(emil, f"{one}/{deed}", page="/intern/konto", **SAID)
            assert answer.status_code == 404, (one, deed)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"offer": " "}, "braucht einen Namen"),
        ({"period": "morgen"}, "kein Schuljahr"),
        ({"taken": "viele"}, "„Belegt“ ist keine ganze Zahl"),
        ({"period": "2025"}, "gibt es hier schon"),
    ],
)
def test_what_cannot_be_is_told_and_what_was_typed_stays(town, browser, change, told):
    emil = browser("emil")
    answer = tell(emil, NEW, "vorschlagen", **{**SAID, "hours": "montags", **change})
    assert answer.status_code == 400
    assert told in answer.text
    assert 'value="montags"' in answer.text
    assert "Vorschlag von" not in emil.get(HOUSE).text


@pytest.mark.parametrize("deed", ["beenden", "zuruecknehmen", "uebernehmen", "ablehnen"])
def test_nothing_is_done_to_an_offer_that_is_not_there_yet(town, browser, deed):
    answer = send(browser("anna"), f"{NEW}/{deed}", page=NEW, seen="0")
    assert answer.status_code == 400
    assert "Vorschlag von" not in browser("anna").get(HOUSE).text


def test_an_offer_begins_with_that_of_another_year(town, browser):
    emil = browser("emil")
    key = address_of(emil, "Krippe", "2025").rsplit("/", 1)[1]
    page = emil.get(f"{NEW}?von={key}").text
    for name, value in (("offer", "Krippe"), ("hours", "7–16"), ("places", "10"), ("taken", "")):
        assert f'id="{name}" name="{name}" type="text" value="{value}"' in page
    assert emil.get(f"{NEW}?von=x").status_code == 200


@pytest.mark.parametrize("language", ["de", "en"])
def test_all_pages_are_drawn_in_both_languages(town, browser, language):
    emil = browser("emil")
    tell(emil, NEW, "vorschlagen", **SAID)
    paths = [HOUSE, NEW, *(address_of(emil, "Krippe", year) for year in ("2025", "2026"))]
    for path in paths:
        page = browser("anna").get(f"{path}?lang={language}")
        assert page.status_code == 200
        assert ("Waiting list" in page.text) is (language == "en")


def test_changes_that_fit_no_offer_any_more_are_told():
    known = {"facility": "K1", "known_as": ["Kita K1"]}
    krippe, hort = ["Krippe", "Kinder unter 3", "2025", 0], ["Hort", "Schulkinder", "2025", 0]
    edited = {
        "a": {**known, "was": krippe, "hours": "8–12", "waiting": None},
        "b": {**known, "was": ["Krippe", "", "1999", 0], "hours": "8–12"},
        "c": {**known, "was": ["Krippe", "", "1998", 0], "withdrawn": True},
        "d": {"facility": "K9", "known_as": ["Kita K9"], "was": None, "offer": "Spielkreis"},
        "e": {"facility": "K2", "known_as": ["Kita Alt"], "was": hort, "offer": "Ganztag"},
        "f": {"facility": "K2", "known_as": ["Kita K2"], "was": None, "offer": "Spielkreis"},
    }
    town = with_offer_changes(with_offers(small_town()), edited, {})
    rows = town.offers.set_index(["facility_id", "offer"])
    assert rows.loc[("K1", "Krippe"), "hours"] == "8–12"
    assert pd.isna(rows.loc[("K1", "Krippe"), "waiting"])
    assert rows.loc[("K2", "Hort"), "taken"] == 17.0
    assert pd.isna(rows.loc[("K2", "Spielkreis"), "places"])
    told = [(f.code, f.params) for f in town.findings]
    assert told == [
        ("offers_edited", {"n": 2}),
        ("offer_edit_unused", {"name": "Krippe"}),
        ("offer_edit_unused", {"name": "Spielkreis"}),
        ("offer_edit_unused", {"name": "Ganztag"}),
    ]
    unchanged = with_offers(small_town())
    assert with_offer_changes(unchanged, {}, {}) is unchanged


def test_offers_of_a_facility_renamed_here_are_found_by_its_earlier_name():
    facilities = {"K1": {"was": "Kita K1", "name": "Kita Sonne"}}
    edited = {"a": {"facility": "K1", "known_as": ["Kita K1"], "was": None, "offer": "Spielkreis"}}
    town = with_changes(with_offers(small_town()), facilities)
    assert "Spielkreis" in set(with_offer_changes(town, edited, facilities).offers["offer"])
