"""Editors change the figures of their own department and nobody's; admins change all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.importing.town import ImportedTown
from domain.model import Text
from domain.roles import Role
from services.catalogue_edits import EditRefusedError
from services.release_drafts import DeskRefusedError
from services.responsibilities import KIND
from tests.release_desk import DeskTown
from tests.staff import send

GAPS = "/intern/daten/zustaendig"


@pytest.fixture
def town(tmp_path):
    town = DeskTown.at(tmp_path)
    own(town, "kinderarmut", "Jugendamt")
    own(town, "gymnasium", "Schulamt")
    work(town, "anna", "jugendamt")
    return town


def own(town, indicator, department):
    edits = town.services.catalogue.edits
    edits.save(KIND, indicator, {"department": department}, seen=0, actor="bert")


def work(town, name, department):
    accounts = town.services.staff.accounts
    accounts.change(accounts.named(name).id, department=department, actor="test")


def person(town, name):
    return town.services.staff.accounts.named(name)


def raising(indicator):
    """Return a change of a town: one more case in every cell of an indicator."""

    def change(town: ImportedTown) -> ImportedTown:
        values = town.values.copy()
        values.loc[values["indicator"] == indicator, "numerator"] += 1
        rows = values["indicator"] == indicator
        values.loc[rows, "value"] = 100 * values["numerator"] / values["denominator"]
        return replace(town, values=values)

    return change


def hand_in(town, name, release):
    page = f"/intern/daten/ausgabe/{release}"
    fields = {"note_de": "Neu", "note_en": "New"}
    return send(town.browsers()(name), f"{page}/vorlegen", page=page, **fields)


def test_owners_are_those_the_list_of_figures_names(town):
    assert town.services.limits.owners() == {"kinderarmut": "Jugendamt", "gymnasium": "Schulamt"}
    foreign = town.services.limits.foreign
    asked = ["kinderarmut", "gymnasium", "kinder"]
    assert foreign(person(town, "anna"), asked) == {"gymnasium": "Schulamt"}
    assert foreign(person(town, "bert"), asked) == {}
    assert set(foreign(person(town, "dora"), asked)) == {"kinderarmut", "gymnasium"}


def test_a_release_that_changes_figures_of_others_is_not_handed_in(town):
    release = town.wait(raising("gymnasium"))
    answer = hand_in(town, "anna", release)
    assert answer.status_code == 400
    assert "erst prüfen" in answer.text
    town.check(release)
    answer = hand_in(town, "anna", release)
    assert answer.status_code == 400
    assert "gymnasium (Schulamt)" in answer.text
    assert town.services.desk.draft(release).state == "open"
    work(town, "anna", "Schulamt")
    assert hand_in(town, "anna", release).status_code == 303
    assert town.services.desk.draft(release).row.department == "Schulamt"


def test_own_figures_are_handed_in_and_an_admin_hands_in_all(town):
    release = town.wait(raising("kinderarmut"))
    town.check(release)
    town.services.limits.admit_draft(person(town, "anna"), town.services.desk.draft(release))
    town.services.limits.admit_draft(person(town, "bert"), town.services.desk.draft(release))
    work(town, "anna", "")
    with pytest.raises(DeskRefusedError, match=r"desk\.problem\.department"):
        town.services.limits.admit_draft(person(town, "anna"), town.services.desk.draft(release))


def renaming(indicator):
    """Return a change of a town: other words for an indicator, the same figures."""

    def change(town: ImportedTown) -> ImportedTown:
        found = tuple(
            replace(one, definition=Text("Anders gesagt")) if one.id == indicator else one
            for one in town.catalogue.indicators
        )
        return replace(town, catalogue=replace(town.catalogue, indicators=found))

    return change


def test_words_that_another_department_edited_keep_nobody_from_handing_in(town):
    release = town.wait(renaming("gymnasium"))
    town.check(release)
    assert hand_in(town, "anna", release).status_code == 303


def undo(town, name, release, deed):
    page = f"/intern/daten/ausgabe/{release}"
    return send(town.browsers()(name), f"{page}/{deed}", page=page)


def test_the_work_of_others_is_taken_back_and_thrown_away_by_those_it_is_of(town):
    accounts = town.services.staff.accounts
    release = town.wait(raising("kinderarmut"))
    town.check(release)
    assert hand_in(town, "anna", release).status_code == 303
    accounts.change(accounts.named("dora").id, role=Role.EDITOR, department="Sport", actor="test")
    answer = undo(town, "dora", release, "zuruecknehmen")
    assert answer.status_code == 400
    assert "Arbeit anderer" in answer.text
    answer = undo(town, "anna", release, "verwerfen")
    assert answer.status_code == 400
    assert "zuerst zurücknehmen" in answer.text
    assert undo(town, "anna", release, "zuruecknehmen").status_code == 303
    assert undo(town, "dora", release, "verwerfen").status_code == 400
    assert town.services.store.holds(release)
    assert undo(town, "bert", release, "verwerfen").status_code == 303
    assert not town.services.store.holds(release)
    assert not (town.services.store.folder / release).exists()
    browser = town.browsers()("bert")
    assert browser.get(f"/intern/daten/ausgabe/{release}").status_code == 404
    assert "Ausgabe verworfen" in browser.get("/intern/protokoll").text
    assert town.wait(raising("kinderarmut")) != release


def test_nobody_takes_the_figures_of_another_department_over(town):
    fields = {"department": "Jugendamt", "first": "", "every_years": "1", "lag_years": "0"}
    page = f"{GAPS}/gymnasium"
    seen = str(town.services.responsibilities.edits.latest(KIND, "gymnasium").number)
    answer = send(town.browsers()("anna"), f"{page}/aendern", page=page, seen=seen, **fields)
    assert answer.status_code == 400
    assert "Schulamt" in answer.text
    assert town.services.limits.owners()["gymnasium"] == "Schulamt"
    answer = send(town.browsers()("bert"), f"{page}/aendern", page=page, seen=seen, **fields)
    assert answer.status_code == 303
    assert town.services.limits.owners()["gymnasium"] == "Jugendamt"


def test_an_indicator_of_another_department_is_not_edited(town):
    with pytest.raises(EditRefusedError, match="Schulamt"):
        town.services.limits.admit_edit(person(town, "anna"), "gymnasium")
    town.services.limits.admit_edit(person(town, "anna"), "kinderarmut")
    town.services.limits.admit_edit(person(town, "anna"), "kinder")
    town.services.limits.admit_edit(person(town, "bert"), "gymnasium")
    assert person(town, "bert").role is Role.ADMIN
