"""Carriers add facilities and close them; editors take it over, and imports lay it over."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pandas as pd
import pytest

from data.importing.facility_changes import with_changes
from data.importing.offer_changes import with_offer_changes
from data.importing.town import OFFER_COLUMNS
from domain.model import Audience
from services.proposals import laid_over
from tests.release_desk import DeskTown
from tests.staff import send
from tests.town_fixture import small_town

LIST = "/intern/einrichtungen"
ADD = "/intern/einrichtung-hinzufuegen"
IN_A, IN_B = "54.1508, 9.02297", "54,1508; 9,06891"
SAID = {"name": "Kita Neu", "kind": "kita", "address": "Am Deich 2", "district": "A",
        "point": IN_A, "places_u3": "10", "places_ue3": "", "places_total": "30",
        "hours": "7–15", "operator": ""}  # fmt: skip


@pytest.fixture
def town(tmp_path):
    town = DeskTown.at(tmp_path)
    accounts = town.services.staff.accounts
    accounts.change(accounts.named("emil").id, department="Stadt", actor="test")
    return town


@pytest.fixture
def browser(town):
    return town.browsers()


def with_offer(town):
    rows = [("K2", "Hort", "Schulkinder", "2025", "", 20.0, 17.0, 5.0)]
    return replace(town, offers=pd.DataFrame(rows, columns=list(OFFER_COLUMNS)))


def imported(town, deliver=with_offer):
    """Return facilities, offers and findings of a release with everything that was taken over."""
    wanted = laid_over(town.services.catalogue.edits, "kleinstadt")
    found = []

    def change(bare):
        laid = with_changes(deliver(bare), wanted["facilities"])
        laid = with_offer_changes(laid, wanted["offers"], wanted["facilities"])
        found.extend(laid.findings)
        return laid

    reader = town.services.store.open(town.wait(change), Audience.PUBLIC)
    frames = reader.facilities().set_index("facility_id"), reader.offers()
    reader.close()
    return *frames, [f.code for f in found]


def seen(client, path):
    found = re.search(r'name="seen" value="(\d+)"', client.get(path).text)
    assert found is not None
    return found[1]


def add(client, **changed):
    """Propose a facility and return its address."""
    answer = send(client, ADD, **{**SAID, **changed})
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"].split("?")[0]


def tell(client, path, deed, **fields):
    return send(client, f"{path}/{deed}", page=path, seen=seen(client, path), **fields)


def test_a_new_facility_goes_from_the_carrier_over_the_editor_into_the_next_import(town, browser):
    emil, anna = browser("emil"), browser("anna")
    path = add(emil)
    assert "neu, Vorschlag von emil" in emil.get(LIST).text
    page = anna.get(path).text
    assert "54,15080; 9,02297" in page
    assert "Angebot hinzufügen" not in page
    assert anna.get(f"{path}/angebote/neu").status_code == 404
    assert tell(emil, path, "vorschlagen", **{**SAID, "hours": "8–14"}).status_code == 303
    assert tell(anna, path, "uebernehmen").status_code == 303
    assert tell(emil, path, "vorschlagen", **{**SAID, "hours": "9–13"}).status_code == 303
    assert tell(anna, path, "uebernehmen").status_code == 303
    offer = {"offer": "Spielkreis", "period": "2026", "taken": "4"}
    there = f"{path}/angebote/neu"
    assert send(emil, f"{there}/vorschlagen", page=there, seen="0", **offer).status_code == 303
    assert "1 Angebot wartet" in anna.get(LIST).text
    found = re.search(r'href="([^"]+/angebote/[0-9a-f]{16})"', anna.get(path).text)
    assert tell(anna, found[1], "uebernehmen").status_code == 303
    facilities, offers, codes = imported(town)
    row = facilities.loc[path.rsplit("/", 1)[1]]
    assert (row["name"], row["operator"], row["kind"], row["hours"]) == (
        "Kita Neu", "Stadt", "kita", "9–13"
    )  # fmt: skip
    assert (row["x"], row["y"], row["places_u3"], row["source"]) == (9.02297, 54.1508, 10, "amt")
    assert pd.isna(row["places_ue3"])
    assert set(offers["offer"]) == {"Hort", "Spielkreis"}
    assert codes == ["facilities_edited", "offers_edited"]
    assert emil.get(path).status_code == 200
    assert "Kita Neu" in emil.get(LIST).text


def test_a_carrier_adds_for_itself_alone_and_an_editor_for_any(town, browser):
    emil, anna = browser("emil"), browser("anna")
    own = add(emil, operator="Anderer Träger")
    other = add(anna, name="Kita Fern", operator="Anderer Träger")
    assert emil.get(own).status_code == 200
    assert emil.get(other).status_code == 404
    assert "Anderer Träger" in anna.get(other).text
    assert browser("dora").get(ADD).status_code == 403
    accounts = town.services.staff.accounts
    accounts.change(accounts.named("emil").id, department="", actor="test")
    assert "Koordinaten" not in emil.get(ADD).text
    answer = send(emil, ADD, page="/intern/konto", **SAID)
    assert answer.status_code == 400
    assert emil.get(own).status_code == 404


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"name": ""}, "braucht einen Namen"), ({"kind": "x"}, "Art von Einrichtung"),
        ({"point": "Am See"}, "keine zwei Zahlen"), ({"point": "9.02297, 54.1508"}, "nicht in der"),
        ({"point": IN_B}, "liegt in „Gebiet B“"), ({"district": "x"}, "liegt in „Gebiet A“"),
        ({"name": "KITA k2"}, "gibt es schon"), ({"places_total": "5"}, "zusammen mehr"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_and_what_was_typed_stays(town, browser, change, told):
    emil = browser("emil")
    answer = send(emil, ADD, **{**SAID, "address": "Am Deich 99", **change})
    assert answer.status_code == 400
    assert told in answer.text
    assert 'value="Am Deich 99"' in answer.text
    assert "neu, Vorschlag" not in emil.get(LIST).text


def test_the_same_facility_is_not_proposed_twice_and_can_be_taken_back(town, browser):
    emil = browser("emil")
    path = add(emil)
    assert send(emil, ADD, **SAID).status_code == 400
    assert tell(emil, path, "zuruecknehmen").status_code == 303
    assert emil.get(path).status_code == 404
    assert laid_over(town.services.catalogue.edits, "kleinstadt")["facilities"] == {}
    assert emil.get(add(emil)).status_code == 200


def test_a_facility_taken_over_and_not_imported_yet_is_not_proposed_again(town, browser):
    emil, anna = browser("emil"), browser("anna")
    path = add(emil)
    assert tell(anna, path, "uebernehmen").status_code == 303
    again = send(emil, ADD, **{**SAID, "name": "KITA NEU"})
    assert again.status_code == 400
    assert "KITA NEU" in again.text


def test_two_carriers_may_each_have_one_of_a_name_at_two_places(town, browser):
    emil, anna = browser("emil"), browser("anna")
    add(emil)
    there = {"point": IN_B, "district": "B", "operator": "Kirche"}
    assert add(anna, **there) != ""
    near = {**SAID, "operator": "Verein"}
    assert send(anna, ADD, **near).status_code == 400


def test_the_second_of_two_overwrites_nothing(town, browser):
    emil, anna = browser("emil"), browser("anna")
    path = add(emil)
    before = seen(emil, path)
    tell(emil, path, "vorschlagen", **{**SAID, "hours": "8–14"})
    answer = send(anna, f"{path}/uebernehmen", page=path, seen=before)
    assert answer.status_code == 409
    assert laid_over(town.services.catalogue.edits, "kleinstadt")["facilities"] == {}


def test_a_facility_that_has_closed_is_left_out_and_opens_again(town, browser):
    emil, anna = browser("emil"), browser("anna")
    path, last = f"{LIST}/K2", town.clock.now.date() + dt.timedelta(days=3)
    said = {**SAID, "name": "Kita K2", "valid_to": last.isoformat()}
    assert tell(emil, path, "vorschlagen", **said).status_code == 303
    assert tell(anna, path, "uebernehmen").status_code == 303
    facilities, offers, _ = imported(town)
    assert facilities.loc["K2", "valid_to"] == last.isoformat()
    assert len(offers) == 1
    town.clock.on(days=4)
    emil, anna = browser("emil"), browser("anna")
    facilities, offers, codes = imported(town)
    assert list(facilities.index) == ["K1"]
    assert offers.empty
    assert codes == ["facilities_edited", "facilities_closed"]
    assert "geschlossen, fehlt" in emil.get(LIST).text
    assert tell(emil, path, "vorschlagen", **{**said, "valid_to": ""}).status_code == 303
    assert tell(anna, path, "uebernehmen").status_code == 303
    facilities, offers, _ = imported(town)
    assert list(facilities.index) == ["K1", "K2"]
    assert len(offers) == 1


@pytest.mark.parametrize("language", ["de", "en"])
def test_all_pages_are_drawn_in_both_languages(browser, language):
    anna = browser("anna")
    path = add(anna, operator="Verein am Deich")
    for one in (ADD, path, LIST):
        page = anna.get(f"{one}?lang={language}")
        assert page.status_code == 200
        assert f'lang="{language}"' in page.text
        assert ("carrier" in page.text.lower()) is (language == "en")


def test_a_facility_that_the_town_delivers_by_now_is_not_shown_twice():
    bare = small_town()
    row = bare.facilities.to_dict("records")[1] | {"facility_id": "neu-1"}
    added = {"was": "Kita K2", "added": True, "row": row}
    other = {**added, "row": {**row, "facility_id": "neu-2", "name": "Kita N"}, "was": "Kita N"}
    strange = {**other, "row": {**other["row"], "facility_id": "neu-3", "kind": "hort"}}
    town = with_changes(bare, {"neu-1": added, "neu-2": other, "neu-3": strange})
    assert list(town.facilities["facility_id"]) == ["K1", "K2", "neu-2"]
    assert [(f.code, f.params) for f in town.findings] == [
        ("facilities_edited", {"count": 1}),
        ("facility_edit_unused", {"name": "Kita N"}),
        ("facility_added_twice", {"name": "Kita K2"}),
    ]
