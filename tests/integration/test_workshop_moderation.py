"""Contributions of a workshop: looked after, published after a check, taken back, forgotten."""

from __future__ import annotations

import datetime as dt

import pytest

from domain.next_step import StepFacts
from services.audit_log import LogQuery
from services.catalogue_edits import EditRefusedError
from services.forgetting_clock import forgetting_clock
from services.workshop_moderation import HIDE, MERGE, SHOW, SORT, Deed
from services.workshops import UnknownWorkshopError
from tests.release_desk import DeskTown
from tests.staff import send
from tests.workshop_room import SAID, Took

FIRST, SECOND, THIRD = (pin["text"] for _, pin in SAID)


@pytest.fixture
def town(tmp_path):
    return DeskTown.at(tmp_path)


@pytest.fixture
def took(town):
    return Took(town.services, town.clock)


def act(took, kind, *texts, **more):
    ids = [took.pins()[t].id for t in texts]
    return took.set.moderation.act(took.made.id, Deed(kind, ids, **more), actor="anna")


def actions(town):
    _, rows = town.services.staff.log.rows(LogQuery())
    return [r for r in rows if r.action.startswith("workshop_")]


def test_hidden_pins_are_seen_again_and_the_log_holds_no_word(town, took):
    assert act(took, HIDE, FIRST, SECOND) == 2
    assert act(took, HIDE, FIRST) == 0
    assert [p.state for p in took.pins().values()] == ["hidden", "hidden", "shown"]
    assert act(took, SHOW, FIRST) == 1
    assert took.pins()[FIRST].state == "shown"
    rows = actions(town)
    assert [r.action for r in rows][:2] == ["workshop_show", "workshop_hide"]
    assert all("Spielplatz" not in r.object for r in rows)


def test_votes_of_merged_pins_count_together_and_once(took):
    took.agree("drei", FIRST)
    took.agree("drei", SECOND)
    took.agree("eins", SECOND)
    first = took.pins()[FIRST].id
    assert act(took, MERGE, FIRST, SECOND, into=first) == 1
    assert (took.pins()[FIRST].upvotes, took.pins()[SECOND].upvotes) == (2, 0)
    assert (took.pins()[SECOND].state, took.pins()[SECOND].into) == ("merged", first)
    assert act(took, MERGE, FIRST, into=took.pins()[THIRD].id) == 2
    assert took.pins()[THIRD].upvotes == 2
    act(took, SHOW, SECOND)
    assert [took.pins()[t].upvotes for t in (FIRST, SECOND, THIRD)] == [0, 2, 1]


def test_what_cannot_be_done_is_refused_with_a_reason(took):
    other = took.set.kept.add(
        took.made.script, release=took.made.release_id, level="quartiere", actor="anna"
    )
    refused = (
        (Deed("tanzen", ["x"]), "deed"),
        (Deed(HIDE, []), "none"),
        (Deed(MERGE, [took.pins()[FIRST].id], into="weg"), "into"),
        (Deed(SORT, [took.pins()[FIRST].id], slide="fehlt", category=9), "category"),
        (Deed(SORT, [took.pins()[FIRST].id], slide="gibt-es-nicht", category=0), "category"),
    )
    for deed, key in refused:
        with pytest.raises(EditRefusedError) as told:
            took.set.moderation.act(took.made.id, deed, actor="anna")
        assert told.value.key == f"workshop.moderation.problem.{key}"
    assert took.set.moderation.act(other.id, Deed(HIDE, ["x"]), actor="anna") == 0
    with pytest.raises(UnknownWorkshopError):
        took.set.moderation.act("weg", Deed(HIDE, ["x"]), actor="anna")


def test_pins_are_sorted_anew_and_keep_their_words(took):
    assert act(took, SORT, FIRST, slide="fehlt", category=1) == 1
    assert (took.pins()[FIRST].answer.category, took.pins()[FIRST].answer.text) == (1, FIRST)


def test_the_page_lists_filters_and_acts_on_what_is_ticked(town, took):
    anna, path = town.browsers()("anna"), f"{took.page}/beitraege"
    text = anna.get(path).text
    assert all(said in text for said in (FIRST, SECOND, THIRD))
    assert "Vielleicht persönlich:</strong> ein Name" in text
    assert SECOND not in anna.get(f"{path}?area=03").text
    assert THIRD not in anna.get(f"{path}?category=Spielplatz&state=shown&sort=area").text
    assert "In dieser Auswahl gibt es keine" in anna.get(f"{path}?state=hidden").text
    ids = [took.pins()[t].id for t in (FIRST, THIRD)]
    answer = send(anna, f"{path}/verbergen?state=shown", page=path, pin=ids)
    assert answer.status_code == 303
    assert "state=shown" in answer.headers["Location"]
    assert [took.pins()[t].state for t in (FIRST, SECOND, THIRD)] == ["hidden", "shown", "hidden"]
    assert send(anna, f"{path}/zeigen", page=path, pin=ids).status_code == 303
    into = took.pins()[FIRST].id
    second = took.pins()[SECOND].id
    merged = send(anna, f"{path}/zusammenfuehren", page=path, pin=second, into=into)
    assert merged.status_code == 303
    assert f"in {into[:6]}" in anna.get(f"{path}?state=merged").text
    sorted_in = send(anna, f"{path}/einordnen", page=path, pin=into, category="fehlt:1")
    assert sorted_in.status_code == 303
    assert took.pins()[FIRST].answer.category == 1


@pytest.mark.parametrize(
    "category", ["", "fehlt:", "fehlt:-1", "fehlt:²", "x:0", "fehlt:" + "9" * 5000]
)
def test_a_forged_kind_is_refused_in_words(town, took, category):
    anna, path = town.browsers()("anna"), f"{took.page}/beitraege"
    pin = took.pins()[FIRST].id
    answer = send(anna, f"{path}/einordnen", page=path, pin=pin, category=category)
    assert answer.status_code in (303, 400)
    assert took.pins()[FIRST].answer.category == 0


def test_nothing_ticked_and_strange_addresses_are_answered_in_words(town, took):
    anna, path = town.browsers()("anna"), f"{took.page}/beitraege"
    answer = send(anna, f"{path}/verbergen", page=path)
    assert answer.status_code == 400
    assert "Kein Beitrag ist angekreuzt" in answer.text
    for query in ("page=9999", "page=x", "state=x&sort=y", "slide=" + "z" * 5000, "area=%00"):
        assert anna.get(f"{path}?{query}").status_code == 200
    for tail in ("", "/beitraege", "/schritte", "/loeschen", "/protokoll.docx"):
        assert anna.get(f"/intern/werkstatt/gibt-es-nicht/ergebnisse{tail}").status_code == 404


def test_looking_first_is_switched_on_and_pins_then_wait(town, took):
    anna, path = town.browsers()("anna"), f"{took.page}/beitraege"
    assert send(anna, f"{path}/vorab", page=path, is_moderated="yes").status_code == 303
    assert took.room.is_moderated
    took.clock.on(seconds=5)
    took.who["vier"] = took.set.rooms.join(took.made.code, "vier")
    took.send("vier", "fehlt", area="02", category=0, text="Noch eine Bank")
    assert took.pins()["Noch eine Bank"].state == "waiting"
    assert "1 Beitrag wartet auf Prüfung" in anna.get(path).text
    pin = took.pins()["Noch eine Bank"].id
    send(anna, f"{path}/zeigen", page=path, pin=pin)
    assert took.pins()["Noch eine Bank"].state == "shown"


def test_publishing_asks_first_points_out_names_and_is_for_those_who_release(town, took):
    bert, path = town.browsers()("bert"), f"{took.page}/beitraege"
    publish = f"{path}/veroeffentlichen"
    ids = [p.id for p in took.pins().values()]
    assert send(town.browsers()("anna"), publish, page=path, pin=ids).status_code == 403
    asked = send(bert, publish, page=path, pin=ids)
    assert asked.status_code == 200
    assert took.set.published.all() == []
    ticked = [
        line for line in asked.text.splitlines() if 'name="pin"' in line and "checked" in line
    ]
    assert len(ticked) == 2
    unread = send(bert, publish, page=path, pin=ids, asked="yes")
    assert "Bitte bestätigen Sie" in unread.text
    assert took.set.published.all() == []
    done = send(bert, publish, page=path, pin=ids[:2], asked="yes", read="yes")
    assert done.status_code == 303
    found = {one.answer.text: one for one in took.set.published.all()}
    assert set(found) == {FIRST, SECOND}
    one = found[FIRST]
    assert (one.category, one.title, one.question) == ("Spielplatz", "Runder Tisch", "Was fehlt?")
    assert one.month == f"{took.clock.now:%Y-%m}"
    assert one.id != took.pins()[FIRST].id
    assert "veröffentlicht" in bert.get(path).text


def test_hidden_pins_cannot_be_published_and_hiding_takes_back(town, took):
    bert, path = town.browsers()("bert"), f"{took.page}/beitraege"
    first = took.pins()[FIRST].id
    took.set.published.publish(took.made.id, [first], actor="bert")
    assert send(bert, f"{path}/verbergen", page=path, pin=first).status_code == 303
    assert took.set.published.all() == []
    refused = send(bert, f"{path}/veroeffentlichen", page=path, pin=first, read="yes")
    assert refused.status_code == 400
    assert "Kein sichtbarer Beitrag" in refused.text
    with pytest.raises(EditRefusedError):
        took.set.published.publish(took.made.id, [first], actor="bert")


def test_published_ones_outlive_room_and_month_and_are_taken_back_by_an_editor(town, took):
    ids = [p.id for p in took.pins().values()]
    took.set.published.publish(took.made.id, ids, actor="bert")
    took.set.steps.add(took.made.id, StepFacts("Bänke"), actor="anna")
    took.move("end")
    clock = forgetting_clock(took.set.kept, town.services.leases)
    town.clock.on(days=29)
    assert clock.look() == 0
    assert len(took.pins()) == 3
    town.clock.on(days=2)
    assert clock.look() == 1
    assert took.pins() == {}
    assert took.set.rooms.joined(took.room) == 0
    assert len(took.set.published.all()) == 3
    assert len(took.set.steps.all(took.made.id)) == 1
    assert clock.look() == 0
    assert [r.actor for r in actions(town) if r.action == "workshop_forget"] == ["keck"]
    anna = town.browsers()("anna")
    assert "wurde nach dem" in anna.get(took.page).text
    page = "/intern/werkstatt/veroeffentlicht"
    assert FIRST in anna.get(page).text
    nothing = send(anna, f"{page}/zuruecknehmen", page=page)
    assert nothing.status_code == 400
    one = took.set.published.all()[0].id
    assert send(anna, f"{page}/zuruecknehmen", page=page, pin=one).status_code == 303
    assert len(took.set.published.all()) == 2
    assert anna.get(f"{page}?werkstatt=weg").status_code == 404


def test_a_meeting_nobody_ended_and_a_question_whose_day_has_passed_are_forgotten_too(town, took):
    question = took.set.kept.add(
        took.made.script, release=took.made.release_id, level="quartiere", actor="anna",
        kind="question",
    )  # fmt: skip
    until = town.clock.now + dt.timedelta(days=10)
    took.set.kept.arrange(question.id, is_moderated=True, until=until, actor="anna")
    took.set.rooms.join(question.code, "eins")
    town.clock.on(days=31)
    assert took.set.kept.forget_old() == 1
    assert took.pins() == {}
    town.clock.on(days=10)
    assert took.set.kept.forget_old() == 1


def test_deleting_asks_what_becomes_of_published_ones(town, took):
    took.set.published.publish(took.made.id, [took.pins()[FIRST].id], actor="bert")
    took.set.steps.add(took.made.id, StepFacts("Bänke"), actor="anna")
    anna, path = town.browsers()("anna"), f"{took.page}/loeschen"
    assert FIRST in anna.get(path).text
    assert "Die Werkstatt läuft" in send(anna, path, sure="yes").text
    took.move("end")
    assert "Bitte bestätigen Sie" in send(anna, path).text
    assert send(anna, path, sure="yes", published="stay").status_code == 303
    assert took.set.steps.all(took.made.id) == []
    assert [one.answer.text for one in took.set.published.all()] == [FIRST]
    text = anna.get("/intern/werkstatt/veroeffentlicht").text
    assert "Runder Tisch (gelöschte Werkstatt)" in text


def test_steps_are_kept_changed_and_become_measures(town, took):
    anna, path = town.browsers()("anna"), f"{took.page}/schritte"
    assert "Noch ist kein Schritt" in anna.get(path).text
    due = (town.clock.now.date() + dt.timedelta(days=200)).isoformat()
    form = {"text": "Zwei <b>Bänke</b>", "owner": "Grünflächenamt", "due": due, "areas": ["01"]}
    assert send(anna, f"{path}/neu", page=path, **form).status_code == 303
    step = took.set.steps.all(took.made.id)[0]
    assert (step.owner, step.due, step.areas) == ("Grünflächenamt", due, ("01",))
    assert "Zwei &lt;b&gt;Bänke" in anna.get(path).text
    wrong = send(anna, f"{path}/neu", page=path, **{**form, "due": "morgen"})
    assert wrong.status_code == 400
    assert "Bis wann: kein Tag" in wrong.text
    assert 'value="morgen"' in wrong.text
    changed = send(anna, f"{path}/{step.id}/aendern", page=path, **{**form, "text": "Vier Bänke"})
    assert changed.status_code == 303
    prefilled = f"/intern/massnahmen/neu?step={took.made.id}.{step.id}"
    text = anna.get(prefilled).text
    assert 'value="Vier Bänke"' in text
    assert "Vereinbart in der Werkstatt „Runder Tisch“" in text
    assert f'value="{due}"' in text
    measure = {
        "name": "Vier Bänke", "what": "Bänke", "level": "quartiere", "areas": ["01"],
        "since": town.clock.now.date().isoformat(), "target_group": "alle",
        "indicator": "kinderarmut", "direction": "down", "review": due,
        "step": f"{took.made.id}.{step.id}",
    }  # fmt: skip
    assert send(anna, "/intern/massnahmen/neu", page=prefilled, **measure).status_code == 303
    made = took.set.steps.get(took.made.id, step.id).measure
    assert town.services.measures.get(made).facts.name == "Vier Bänke"
    assert f"/intern/massnahmen/{made}" in anna.get(path).text
    assert send(anna, f"{path}/{step.id}/loeschen", page=path).status_code == 303
    assert send(anna, f"{path}/{step.id}/loeschen", page=path).status_code == 404
    assert anna.get("/intern/massnahmen/neu?step=weg.weg").status_code == 200


def test_a_workshop_has_only_so_many_steps(took, monkeypatch):
    monkeypatch.setattr("services.workshop_steps.MOST_STEPS", 1)
    took.set.steps.add(took.made.id, StepFacts("a"), actor="anna")
    with pytest.raises(EditRefusedError):
        took.set.steps.add(took.made.id, StepFacts("b"), actor="anna")


def test_planners_look_and_change_nothing(town, took):
    dora, path = town.browsers()("dora"), f"{took.page}/beitraege"
    for tail in ("", "/beitraege", "/schritte", "/protokoll.xlsx"):
        assert dora.get(took.page + tail).status_code == 200
    assert 'name="pin"' not in dora.get(path).text
    pin = took.pins()[FIRST].id
    assert send(dora, f"{path}/verbergen", page=path, pin=pin).status_code == 403
    assert dora.get(f"{took.page}/loeschen").status_code == 403
