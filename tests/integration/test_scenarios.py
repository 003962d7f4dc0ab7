"""Saved scenarios: drafts, locks, copies, two people at once, and who may do what."""

from __future__ import annotations

import pytest

from services.audit_log import LogQuery
from services.catalogue_edits import EditRefusedError
from services.scenarios import ScenarioConflictError, UnknownScenarioError
from tests.release_desk import DeskTown
from tests.staff import send

PAGE = "/intern/szenarien"
SET = "/ressourcen?unit=euro&amount=50000&gearing=40"
OTHER = "/intern/ressourcen?unit=euro&amount=70000&lang=en"


@pytest.fixture
def town(tmp_path):
    return DeskTown.at(tmp_path)


@pytest.fixture
def saved(town):
    return town.services.scenarios.save("Haushalt", SET, actor="dora", release=town.first)


def actions(town):
    _, rows = town.services.staff.log.rows(LogQuery())
    return [row.action for row in rows if row.action.startswith("scenario_")]


def test_a_scenario_keeps_the_address_and_the_release_it_was_made_with(town, saved):
    assert saved.parameters == {
        "unit": "euro", "amount": "50000", "gearing": "40", "release": town.first,
    }  # fmt: skip
    assert (saved.kind, saved.state, saved.version) == ("allocation", "draft", 1)
    assert town.services.scenarios.get(saved.id) == saved
    assert town.services.scenarios.all("supply") == []


def test_a_planner_saves_opens_changes_locks_and_copies_on_the_page(town):
    dora = town.browsers()("dora")
    assert "Noch ist kein Szenario gespeichert" in dora.get(PAGE).text
    answer = send(dora, PAGE, page=PAGE, name="Haushalt 2027", address=SET)
    assert answer.status_code == 303
    one = town.services.scenarios.all()[0]
    told = dora.get(f"{PAGE}?done=scenario_saved").text
    assert "Das Szenario ist gespeichert" in told
    link = f"/intern/ressourcen?unit=euro&amp;amount=50000&amp;gearing=40&amp;release={town.first}"
    assert f'<a href="{link}">Haushalt 2027</a>' in told
    path = f"{PAGE}/{one.id}"
    renamed = {"deed": "rename", "seen": "1", "name": "Haushalt <b>"}
    assert send(dora, path, page=PAGE, **renamed).status_code == 303
    assert "Haushalt &lt;b&gt;" in dora.get(PAGE).text
    replaced = {"deed": "replace", "seen": "2", "address": OTHER}
    assert send(dora, path, page=PAGE, **replaced).status_code == 303
    assert town.services.scenarios.get(one.id).parameters == {
        "unit": "euro", "amount": "70000", "release": town.first,
    }  # fmt: skip
    assert send(dora, path, page=PAGE, deed="lock", seen="3").status_code == 303
    locked = dora.get(f"{PAGE}?lang=en").text
    assert "Locked for the committee" in locked
    assert 'value="delete"' not in locked
    refused = send(dora, path, page=PAGE, deed="delete", seen="4")
    assert refused.status_code == 400
    assert "nur kopieren" in refused.text
    copied = send(dora, path, page=PAGE, deed="copy", name="Zweiter Versuch")
    assert copied.status_code == 303
    assert sorted((s.name, s.state) for s in town.services.scenarios.all()) == [
        ("Haushalt <b>", "locked"), ("Zweiter Versuch", "draft"),
    ]  # fmt: skip


def test_what_is_locked_stays_as_it_is(town, saved):
    service = town.services.scenarios
    locked = service.lock(saved.id, seen=1, actor="anna")
    assert (locked.locked_by, locked.locked) == ("anna", town.clock.now)
    for attempt in (
        lambda: service.rename(saved.id, "anders", seen=2, actor="dora"),
        lambda: service.replace(saved.id, OTHER, seen=2, actor="dora"),
        lambda: service.lock(saved.id, seen=2, actor="dora"),
        lambda: service.delete(saved.id, seen=2, actor="dora"),
    ):
        with pytest.raises(EditRefusedError, match=r"scenarios\.problem\.locked"):
            attempt()
    assert service.get(saved.id) == locked


def test_the_second_of_two_is_told_and_overwrites_nothing(town, saved):
    service = town.services.scenarios
    service.rename(saved.id, "von Anna", seen=1, actor="anna")
    with pytest.raises(ScenarioConflictError):
        service.rename(saved.id, "von Dora", seen=1, actor="dora")
    dora = town.browsers()("dora")
    stale = {"deed": "delete", "seen": "1"}
    answer = send(dora, f"{PAGE}/{saved.id}", page=PAGE, **stale)
    assert answer.status_code == 409
    assert "inzwischen geändert" in answer.text
    assert service.get(saved.id).name == "von Anna"


def test_a_deleted_draft_is_gone_and_the_log_tells_of_each_deed(town, saved):
    service = town.services.scenarios
    service.copy(saved.id, "Kopie", actor="anna")
    service.delete(saved.id, seen=1, actor="dora")
    with pytest.raises(UnknownScenarioError):
        service.get(saved.id)
    assert sorted(actions(town)) == ["scenario_copy", "scenario_delete", "scenario_save"]
    assert town.services.staff.log.broken() == []
    told = town.browsers()("bert").get("/intern/protokoll").text
    assert "Szenario gelöscht" in told
    assert send(town.browsers()("dora"), f"{PAGE}/{saved.id}", page=PAGE, deed="lock",
                seen="1").status_code == 404  # fmt: skip


@pytest.mark.parametrize(
    ("name", "address", "told"),
    [
        ("", SET, "Bitte einen Namen"),
        ("x" * 121, SET, "Bitte einen Namen"),
        ("gut", "/profil?area=1", "keine Adresse der Seite"),
        ("gut", "http://[kaputt", "keine Adresse der Seite"),
        ("gut", "/ressourcen", "nichts eingestellt"),
        ("gut", "/ressourcen?a=" + "x" * 7000, "zu lang"),
    ],
)
def test_what_cannot_be_saved_is_said_and_what_was_typed_stays(town, name, address, told):
    answer = send(town.browsers()("dora"), PAGE, page=PAGE, name=name, address=address)
    assert answer.status_code == 400
    assert told in answer.text
    assert town.services.scenarios.all() == []


def test_an_address_handed_over_stands_in_the_form(town):
    text = town.browsers()("dora").get(PAGE, query_string={"adresse": SET}).text
    assert 'value="/ressourcen?unit=euro&amp;amount=50000&amp;gearing=40"' in text


def test_carriers_and_the_public_see_nothing(town, saved):
    emil = town.browsers()("emil")
    assert emil.get(PAGE).status_code == 403
    assert send(emil, f"{PAGE}/{saved.id}", page="/intern/konto", deed="delete",
                seen="1").status_code == 403  # fmt: skip
    assert town.services.scenarios.get(saved.id) == saved


def test_a_draft_takes_no_address_of_another_page(town, saved):
    with pytest.raises(EditRefusedError, match=r"scenarios\.problem\.kind"):
        town.services.scenarios.replace(saved.id, "/bedarf?kind=kita", seen=1, actor="dora")


def test_without_a_release_nothing_is_kept(town):
    with pytest.raises(EditRefusedError, match=r"scenarios\.problem\.release"):
        town.services.scenarios.save("gut", SET, actor="dora", release="")


def test_an_address_of_a_page_that_is_not_there_is_refused(town, monkeypatch):
    monkeypatch.setattr("web.staff.scenarios.is_page", lambda _path: False)
    answer = send(town.browsers()("dora"), PAGE, page=PAGE, name="gut", address=SET)
    assert answer.status_code == 400
    assert "keine Adresse der Seite" in answer.text


def test_a_saved_scenario_opens_the_page(town):
    dora = town.browsers()("dora")
    send(dora, PAGE, page=PAGE, name="Haushalt 2027", address=SET)
    link = dora.get(PAGE).text.split('scope="row"><a href="')[1].split('"')[0]
    assert dora.get(link.replace("&amp;", "&")).status_code == 200
