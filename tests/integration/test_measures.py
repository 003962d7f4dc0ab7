"""The register of measures: who may do what, what is told of changes, what the public sees."""

from __future__ import annotations

import datetime as dt

import pytest

from domain.measure import WrongFieldError
from domain.model import Audience
from services.audit_log import LogQuery
from services.catalogue_edits import EditRefusedError
from services.measures import MeasureConflictError, UnknownMeasureError
from tests.measures import TYPED
from tests.release_desk import DeskTown
from tests.staff import send

PAGE = "/intern/massnahmen"
NEW = f"{PAGE}/neu"


@pytest.fixture
def town(tmp_path):
    return DeskTown.at(tmp_path)


@pytest.fixture
def draft(town):
    return town.services.measures.add(TYPED, actor="anna")


def form(**more):
    typed = {**TYPED, **more}
    return {k: v for k, v in typed.items() if k != "areas"} | {"areas": typed["areas"].split(",")}


def actions(town):
    _, rows = town.services.staff.log.rows(LogQuery())
    return sorted(row.action for row in rows if row.action.startswith("measure_"))


def test_an_editor_enters_and_an_admin_publishes_on_the_page(town):
    anna, bert = town.browsers()("anna"), town.browsers()("bert")
    assert "Noch ist keine Maßnahme eingetragen" in anna.get(PAGE).text
    assert 'value="03"' in anna.get(f"{NEW}?level=quartiere").text
    answer = send(anna, NEW, page=NEW, **form())
    assert answer.status_code == 303
    one = town.services.measures.all(Audience.INTERNAL)[0]
    assert (one.state, one.author, one.facts.areas) == ("draft", "anna", ("01", "03"))
    assert town.services.measures.all(Audience.PUBLIC) == []
    path = f"{PAGE}/{one.id}"
    assert "Die Maßnahme ist gespeichert" in anna.get(f"{path}?done=measure_saved").text
    refused = send(anna, f"{path}/veroeffentlichen", page=path, seen="1")
    assert refused.status_code == 403
    assert send(bert, f"{path}/veroeffentlichen", page=path, seen="1").status_code == 303
    assert [m.id for m in town.services.measures.all(Audience.PUBLIC)] == [one.id]
    changed = send(anna, f"{path}/aendern", page=path, seen="2", **form(size="4", name="Lesen <b>"))
    assert changed.status_code == 303
    told = anna.get(path).text
    assert "Lesen &lt;b&gt;" in told
    assert "<td>2,5</td><td>4</td>" in told
    # what an editor changed is not public before it is released
    assert town.services.measures.all(Audience.PUBLIC) == []
    assert send(bert, f"{path}/veroeffentlichen", page=path, seen="3").status_code == 303
    assert send(bert, f"{path}/zuruecknehmen", page=path, seen="4").status_code == 303
    assert town.services.measures.all(Audience.PUBLIC) == []
    assert send(anna, f"{path}/loeschen", page=path, seen="5").status_code == 303
    assert town.services.measures.all(Audience.INTERNAL) == []
    assert actions(town) == ["measure_add", "measure_change", "measure_delete", "measure_publish",
                             "measure_withdraw"]  # fmt: skip
    assert town.services.staff.log.broken() == []
    assert "Maßnahme zurückgenommen" in bert.get("/intern/protokoll").text


def test_planners_read_and_carriers_see_nothing(town, draft):
    dora, emil = town.browsers()("dora"), town.browsers()("emil")
    path = f"{PAGE}/{draft.id}"
    told = dora.get(path).text
    assert "Ändern dürfen Redaktion und Verwaltung" in told
    assert "veroeffentlichen" not in told
    assert dora.get(NEW).status_code == 403
    sent = send(dora, f"{path}/aendern", page=PAGE, seen="1", **form(name="anders"))
    assert sent.status_code == 403
    assert emil.get(PAGE).status_code == 403
    assert emil.get(path).status_code == 403
    assert town.services.measures.get(draft.id) == draft


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"name": ""}, "Name: Bitte ausfüllen"),
        ({"areas": "99"}, "„99“ gibt es auf dieser Ebene nicht"),
        ({"indicator": "kinder"}, "reine Anzahl"),
        ({"level": "monde"}, "Ebene: Diese Ebene hat"),
        ({"cost": "viel"}, "Kosten in Euro: keine Zahl über 0"),
        ({"review": "2020-01-01"}, "muss nach dem Beginn liegen"),
    ],
)
def test_what_cannot_be_saved_is_said_and_what_was_typed_stays(town, change, told):
    anna = town.browsers()("anna")
    answer = send(anna, NEW, page=NEW, **form(carrier="Verein Nord", **change))
    assert answer.status_code == 400
    assert told in answer.text
    assert "Verein Nord" in answer.text
    assert town.services.measures.all(Audience.INTERNAL) == []


def test_the_second_of_two_is_told_and_overwrites_nothing(town, draft):
    service = town.services.measures
    service.change(draft.id, {**TYPED, "name": "von Bert"}, seen=1, actor="bert")
    with pytest.raises(MeasureConflictError):
        service.publish(draft.id, seen=1, actor="anna")
    anna, path = town.browsers()("anna"), f"{PAGE}/{draft.id}"
    answer = send(anna, f"{path}/aendern", page=path, seen="1", **form(name="von Anna"))
    assert answer.status_code == 409
    assert "inzwischen geändert" in answer.text
    assert "abweichend sind: Name" in answer.text
    assert service.get(draft.id).facts.name == "von Bert"
    stale = send(town.browsers()("bert"), f"{path}/veroeffentlichen", page=path, seen="1")
    assert stale.status_code == 409
    assert service.get(draft.id).state == "draft"


def test_changes_keep_who_when_before_and_after(town, draft):
    service = town.services.measures
    town.clock.now += dt.timedelta(hours=1)
    service.change(draft.id, {**TYPED, "until": "2026-01-31"}, seen=1, actor="bert")
    service.publish(draft.id, seen=2, actor="cora")
    told = [(c.actor, c.field, c.before, c.after) for c in service.changes(draft.id)]
    assert told == [("cora", "state", "draft", "published"), ("bert", "until", "", "2026-01-31")]
    assert service.changes(draft.id)[0].at == town.clock.now
    assert service.get(draft.id).created == draft.created
    assert (
        service.change(draft.id, {**TYPED, "until": "2026-01-31"}, seen=3, actor="x").version == 3
    )


def test_a_published_measure_is_withdrawn_before_it_is_deleted(town, draft):
    service = town.services.measures
    service.publish(draft.id, seen=1, actor="bert")
    with pytest.raises(EditRefusedError, match=r"measures\.problem\.published"):
        service.delete(draft.id, seen=2, actor="bert")
    path = f"{PAGE}/{draft.id}"
    answer = send(town.browsers()("anna"), f"{path}/loeschen", page=path, seen="2")
    assert answer.status_code == 400
    assert "Nehmen Sie sie zuerst zurück" in answer.text
    with pytest.raises(UnknownMeasureError):
        service.get("gibt-es-nicht")
    assert town.browsers()("anna").get(f"{PAGE}/gibt-es-nicht").status_code == 404


def test_the_list_shows_reviews_that_are_due(town, draft):
    day = town.services.measures.today()
    soon = {**TYPED, "name": "Bald", "review": (day + dt.timedelta(30)).isoformat()}
    later = {**TYPED, "name": "Später", "review": (day + dt.timedelta(300)).isoformat()}
    for typed in (soon, later):
        town.services.measures.add(typed, actor="anna")
    anna = town.browsers()("anna")
    names = ("Lesepaten", "Bald", "Später")
    for show, listed in (("due", "Lesepaten"), ("soon", "Bald")):
        text = anna.get(f"{PAGE}?show={show}").text
        assert [n for n in names if f">{n}</a>" in text] == [listed]
    assert all(f">{n}</a>" in anna.get(f"{PAGE}?show=draft&lang=en").text for n in names)


def test_too_many_measures_are_refused(town, draft, monkeypatch):
    monkeypatch.setattr("services.measures.MOST", 1)
    answer = send(town.browsers()("anna"), NEW, page=NEW, **form())
    assert answer.status_code == 400
    assert "Löschen Sie zuerst Entwürfe" in answer.text


def test_the_register_refuses_what_the_release_does_not_hold(town):
    with pytest.raises(WrongFieldError) as wrong:
        town.services.measures.add({**TYPED, "indicator": "gibt-es-nicht"}, actor="anna")
    assert wrong.value.field == "indicator"


def test_who_may_not_release_says_nothing_to_the_public(town, draft):
    service = town.services.measures
    service.publish(draft.id, seen=1, actor="bert")
    path = f"{PAGE}/{draft.id}"
    anna = town.browsers()("anna")
    assert "wieder zum Entwurf" in anna.get(path).text
    send(anna, f"{path}/aendern", page=path, seen="2", **form(what="Etwas ganz anderes"))
    assert service.get(draft.id).state == "draft"
    assert service.all(Audience.PUBLIC) == []
    service.publish(draft.id, seen=3, actor="bert")
    bert = town.browsers()("bert")
    assert "wieder zum Entwurf" not in bert.get(path).text
    send(bert, f"{path}/aendern", page=path, seen="4", **form(what="Noch etwas"))
    assert service.get(draft.id).state == "published"
    assert [m.facts.what for m in service.all(Audience.PUBLIC)] == ["Noch etwas"]
