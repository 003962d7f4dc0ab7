"""Who owes which figures: the list, its files, the comments, and two editors at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

import app
from domain.roles import Role
from services.audit_log import LogQuery
from services.catalogue_edits import EditConflictError
from services.container import build_services
from tests.release_desk import DeskTown
from tests.staff import HandClock, account, send, sign_in, with_staff
from tests.town_fixture import settings_for

GAPS = "/intern/daten/zustaendig"
ONE = f"{GAPS}/kinderarmut"
DUE = {"department": "Jugendamt", "first": "2024-03-31", "every_years": "1", "lag_years": "1"}


@pytest.fixture
def town(tmp_path):
    town = DeskTown.at(tmp_path)
    town.clock.now = dt.datetime(2026, 6, 15, 12, tzinfo=dt.UTC)
    anna = town.services.staff.accounts.named("anna")
    town.services.staff.accounts.change(anna.id, actor="test", department="Jugendamt")
    return town


@pytest.fixture
def browser(town):
    return town.browsers()


def row(text, name="Kinderarmut"):
    return next(r for r in text.split("<tr") if f">{name}</a>" in r)


def test_who_is_late_is_told_with_days_and_own_department(town, browser):
    anna = browser("anna")
    assert send(anna, f"{ONE}/aendern", page=ONE, seen="0", **DUE).status_code == 303
    told = row(anna.get(GAPS).text)
    for text in (
        "Jugendamt",
        "Ihr Fachbereich",
        "überfällig: Zahlen für",
        "31. März",
        "staff__own",
    ):
        assert text in told
    newest = town.services.responsibilities.one("kinderarmut")
    assert newest.delivery.state == "late"
    assert f">{newest.delivery.days_late}<" in told
    told = row(browser("bert").get(f"{GAPS}?lang=en").text)
    assert "overdue: figures of" in told
    assert "staff__own" not in told


def test_the_list_is_sorted_chosen_and_saved_as_a_file(town, browser):
    anna = browser("anna")
    send(anna, f"{ONE}/aendern", page=ONE, seen="0", **DUE)
    first = anna.get(GAPS).text.split("<tbody>")[1].split("</tr>")[0]
    assert "Kinderarmut" in first
    names = [r.indicator.id for r in town.services.responsibilities.owed()]
    down = anna.get(f"{GAPS}?sort=indicator&way=down").text
    assert 'aria-sort="descending"' in down
    assert down.index(names[0].capitalize()) > 0
    for show, count in (("late", 1), ("own", 1), ("nobody", len(names) - 1), ("x", len(names))):
        assert anna.get(f"{GAPS}?show={show}").text.count('<th scope="row">') == count, show
    told = anna.get(f"{GAPS}.csv?show=late")
    assert told.mimetype == "text/csv"
    lines = told.get_data().decode("utf-8-sig").splitlines()
    assert lines[1].startswith("kinderarmut;Kinderarmut;Jugendamt;")
    assert anna.get(f"{GAPS}.xlsx").get_data()[:2] == b"PK"


def test_a_waiting_release_counts_as_delivered(town):
    assert town.services.catalogue.edits.release().id == town.first
    waiting = town.wait()
    assert town.services.catalogue.edits.release().id == waiting


def test_comments_name_author_and_time_and_carry_no_markup(town, browser):
    dora = browser("dora")
    text = "<b>Fehlt</b> noch,\nkommt bald"
    assert send(dora, f"{ONE}/kommentar", page=ONE, text=text).status_code == 303
    told = browser("anna").get(ONE).text
    assert "&lt;b&gt;Fehlt&lt;/b&gt; noch,\nkommt bald" in told
    assert "dora" in told.split("staff__thread")[1]
    assert "1 Kommentar" in row(dora.get(GAPS).text)
    _, rows = town.services.staff.log.rows(LogQuery())
    assert ("dora", "comment", "indicator kinderarmut") in {
        (r.actor, r.action, r.object) for r in rows
    }
    assert town.services.staff.log.broken() == []


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 2001, "a\x00b"])
def test_a_comment_that_cannot_be_is_refused_and_kept_for_its_author(town, browser, text):
    answer = send(browser("dora"), f"{ONE}/kommentar", page=ONE, text=text)
    assert answer.status_code == 400
    assert "2.000 Zeichen" in answer.text or "2000 Zeichen" in answer.text
    assert town.services.responsibilities.thread("kinderarmut")[0] == []


def test_a_planner_comments_and_assigns_nothing_and_carriers_see_nothing(town, browser):
    dora = browser("dora")
    assert "/aendern" not in dora.get(ONE).text
    assert send(dora, f"{ONE}/aendern", page=ONE, seen="0", **DUE).status_code == 403
    emil = browser("emil")
    assert emil.get(GAPS).status_code == 403
    assert emil.get(ONE).status_code == 403
    stranger = dora.application.test_client()
    assert stranger.get(GAPS).status_code == 401
    assert stranger.get(f"{GAPS}.csv").status_code == 401


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"first": "morgen"}, "Termin"), ({"every_years": "99"}, "Termin"),
        ({"lag_years": "x"}, "Termin"), ({"department": "x" * 81}, "Fachbereich"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_and_nothing_is_saved(town, browser, wrong, told):
    answer = send(browser("anna"), f"{ONE}/aendern", page=ONE, seen="0", **{**DUE, **wrong})
    assert answer.status_code == 400
    assert told in answer.text.split('role="alert"')[1].split("</p>")[0]
    assert town.services.responsibilities.one("kinderarmut").department == ""


def test_the_second_editor_gets_the_difference_and_may_save_knowingly(town, browser):
    anna, bert = browser("anna"), browser("bert")
    send(anna, f"{ONE}/aendern", page=ONE, seen="0", **DUE)
    mine = {**DUE, "department": "Sozialamt"}
    answer = send(bert, f"{ONE}/aendern", page=ONE, seen="0", **mine)
    assert answer.status_code == 409
    assert "anna hat am" in answer.text
    table = answer.text.split("<table")[1].split("</table>")[0]
    assert "Jugendamt" in table
    assert "Sozialamt" in table
    assert town.services.responsibilities.one("kinderarmut").department == "Jugendamt"
    assert send(bert, f"{ONE}/aendern", page=ONE, seen="1", **mine).status_code == 303
    told = anna.get(ONE).text
    assert "Jugendamt → Sozialamt" in told
    assert "Verlauf: 2 Änderungen" in told


def test_saving_what_is_already_so_leaves_no_trace(town):
    service = town.services.responsibilities
    assert service.assign("kinderarmut", DUE, seen=0, actor="anna")
    assert not service.assign("kinderarmut", DUE, seen=1, actor="anna")
    with pytest.raises(EditConflictError):
        service.assign("kinderarmut", {}, seen=0, actor="bert")
    assert service.assign("kinderarmut", {}, seen=1, actor="anna")
    assert service.one("kinderarmut").due is None


def test_an_unknown_indicator_is_not_found(browser):
    anna = browser("anna")
    assert anna.get(f"{GAPS}/gibtsnicht").status_code == 404


def test_without_a_release_the_list_is_empty_and_says_so(tmp_path):
    settings = replace(settings_for(tmp_path), two_person="off")
    services = with_staff(build_services(settings), settings, HandClock())
    account(services.staff, "gast", Role.PLANNER)
    gast = sign_in(app.create_app(settings, services=services), services.staff, "gast")
    assert "Noch ist keine Ausgabe da" in gast.get(GAPS).text
    assert gast.get(f"{GAPS}.csv").status_code == 200
