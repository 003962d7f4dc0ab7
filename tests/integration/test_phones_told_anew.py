"""What moderation, the last day of a question and changes of a script mean for phones at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from domain.workshop_script import Script, Words, is_view
from services.workshop_moderation import HIDE, SHOW, SORT, Deed


def act(room, kind, ids, **more):
    room.workshops.moderation.act(room.made.id, Deed(kind, ids, **more), actor="anna")


def screen(room, phone):
    return phone.get(f"/live/{room.code}/screen?lang=de").text


def state(room, phone, version=""):
    return phone.get(f"/live/{room.code}/state?v={version}")


def pinned(room, phone, key, text):
    sent = room.send(phone, "fehlt", key, category="0", area="01", text=text)
    assert sent.status_code == 200
    return next(p.id for p in room.pins() if p.answer.text == text)


def test_what_was_hidden_never_comes_back_although_the_counts_do(meeting):
    meeting.show("fehlt")
    phone = meeting.phone()
    rude, bench = (pinned(meeting, phone, k, k) for k in ("Schimpfwort", "Bank"))
    act(meeting, HIDE, [bench])
    assert "Schimpfwort" in screen(meeting, phone)
    version = state(meeting, phone).json["v"]
    act(meeting, SHOW, [bench])
    act(meeting, HIDE, [rude])
    assert state(meeting, phone, version).status_code == 200
    shown = screen(meeting, phone)
    assert "Schimpfwort" not in shown
    assert "Bank" in shown


def test_another_kind_of_a_contribution_is_told(meeting):
    meeting.show("fehlt")
    phone = meeting.phone()
    one = pinned(meeting, phone, "k1", "Bank")
    version = state(meeting, phone).json["v"]
    act(meeting, SORT, [one], slide="fehlt", category=1)
    assert state(meeting, phone, version).status_code == 200


def test_a_question_shows_what_was_let_through_and_hides_what_was_hidden(question):
    phone = question.phone()
    assert "Rutsche" not in screen(question, phone)
    one = pinned(question, phone, "k1", "Rutsche")
    act(question, SHOW, [one])
    assert "Rutsche" in screen(question, phone)
    act(question, HIDE, [one])
    assert "Rutsche" not in screen(question, phone)


def test_a_question_ends_on_phones_when_its_last_day_has_passed(question):
    phone = question.phone()
    until = question.clock() + dt.timedelta(minutes=5)
    question.workshops.kept.arrange(question.made.id, is_moderated=True, until=until, actor="a")
    assert 'data-slide="eins"' in screen(question, phone)
    version = state(question, phone).json["v"]
    question.clock.on(seconds=3600)
    assert state(question, phone, version).status_code == 200
    assert 'data-slide="eins"' not in screen(question, phone)


def test_an_answer_to_a_room_deleted_a_moment_ago_is_told_so(meeting):
    meeting.show("eins")
    phone = meeting.phone()
    meeting.send(phone, "eins", option="0")
    meeting.move("end")
    meeting.workshops.live._clock = lambda: 1000.0
    meeting.page(phone)
    meeting.workshops.kept.delete(meeting.made.id, actor="a")
    assert meeting.send(phone, "eins", "k2", option="1").status_code == 410


def test_a_secret_that_an_address_brings_is_not_kept(meeting):
    planted = "A" * 32
    answer = meeting.page(meeting.phone(), who=planted)
    assert planted not in answer.headers.get("Set-Cookie", "")


def test_answers_from_before_an_option_was_added_are_left_out(meeting):
    meeting.show("punkte")
    phone = meeting.phone()
    meeting.send(phone, "punkte", points=["3", "2"])
    slides = tuple(
        replace(s, options=(*s.options, Words("Neu"))) if s.id == "punkte" else s
        for s in meeting.room.script.slides
    )
    seen = meeting.room.version
    meeting.workshops.kept.change(meeting.made.id, Script("Abend", slides), seen=seen, actor="a")
    meeting.move("reveal")
    assert phone.get(f"/werkstatt/{meeting.made.id}/stand").status_code == 200
    assert meeting.page(phone).status_code == 200
    slide = next(s for s in slides if s.id == "punkte")
    assert meeting.workshops.rooms.results(meeting.room, slide).answers == 0


def test_where_answers_are_closed_nobody_is_asked_to_agree(meeting):
    meeting.show("fehlt")
    phone = meeting.phone()
    pinned(meeting, phone, "k1", "Bank")
    assert "/zustimmung" in screen(meeting, phone)
    meeting.move("refuse")
    state(meeting, phone)
    closed = screen(meeting, phone)
    assert "/zustimmung" not in closed
    assert "Bank" in closed


def test_nobody_agrees_on_a_slide_that_was_left(meeting):
    meeting.show("fehlt")
    phone = meeting.phone()
    one = pinned(meeting, phone, "k1", "Bank")
    meeting.show("eins")
    assert meeting.send(phone, "fehlt", "k9", to="zustimmung", pin=one).status_code == 409
    assert [p.upvotes for p in meeting.pins()] == [0]


@pytest.mark.parametrize(
    "path", ["/atlas/%2e%2e/intern/", "/atlas/%2E./intern/", "/atlas/\\intern"]
)
def test_no_spelling_leads_a_slide_to_internal_pages(path):
    assert not is_view(path)
