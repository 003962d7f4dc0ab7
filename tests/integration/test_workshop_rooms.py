"""Rooms of workshops: one presenter, votes that count once, pins, and nothing kept for ever."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from domain.workshop_answers import AnswerError
from domain.workshop_room import MoveError
from domain.workshop_script import Script, ScriptError, Slide, Words
from services.catalogue_edits import EditRefusedError
from services.container import build_services
from services.workshop_rooms import (
    ClosedError,
    Paces,
    Sent,
    StrangerError,
    TooFastError,
)
from services.workshop_views import ranked_in
from services.workshops import (
    LedByAnotherError,
    UnknownWorkshopError,
    WorkshopConflictError,
)
from tests import town_fixture as fixture

YES_NO = (Words("Ja"), Words("Nein"))
SLIDES = (
    Slide("poll", "poll", "single", Words("Stimmt das?"), options=YES_NO),
    Slide("pins", "pins", title=Words("Was fehlt?"), options=(Words("Spielplatz"),), view="/atlas"),
)


class Clock:
    def __init__(self):
        self.now = dt.datetime(2026, 5, 4, 18, 0, tzinfo=dt.UTC)

    def __call__(self):
        return self.now

    def wait(self, **span):
        self.now += dt.timedelta(**span)


class Room:
    """A data folder with one workshop in it, and the clock that everybody goes by."""

    def __init__(self, folder):
        settings = fixture.settings_for(folder / "instance")
        fixture.publish(fixture.small_town(), settings)
        self.clock = Clock()
        services = build_services(settings, clock=self.clock)
        self.release = services.monitoring.current()
        self.kept, self.rooms = services.workshops.kept, services.workshops.rooms
        self.made = self.kept.add(
            Script("Abend", SLIDES), release=self.release, level="quartiere", actor="anna"
        )

    @property
    def room(self):
        return self.kept.get(self.made.id)

    def move(self, deed, presenter="laptop", **told):
        return self.kept.move(self.made.id, presenter, deed, **told)

    def send(self, who, slide, key, **payload):
        self.clock.wait(seconds=1)
        self.rooms.answer(self.made.code, Sent(who, slide, key, payload))

    def phone(self, name):
        return self.rooms.join(self.made.code, name)


@pytest.fixture
def room(tmp_path):
    return Room(tmp_path)


def test_scripts_are_kept_changed_and_copied(room):
    assert room.kept.get(room.made.id) == room.made
    assert room.kept.of_code(room.made.code).id == room.made.id
    shorter = Script("Abend", SLIDES[:1])
    changed = room.kept.change(room.made.id, shorter, seen=1, actor="bert")
    assert (changed.version, room.room.script) == (2, shorter)
    with pytest.raises(WorkshopConflictError) as told:
        room.kept.change(room.made.id, Script("Nacht", SLIDES), seen=1, actor="anna")
    assert told.value.latest.script == shorter
    copy = room.kept.copy(room.made.id, "Noch ein Abend", actor="anna")
    assert copy.code != room.made.code
    assert {w.script.title for w in room.kept.all()} == {"Abend", "Noch ein Abend"}
    with pytest.raises(ScriptError):
        room.kept.copy(room.made.id, " ", actor="anna")
    with pytest.raises(UnknownWorkshopError):
        room.kept.of_code("ZZZZZZZZ")


def test_a_vote_counts_once_however_often_it_is_sent_and_the_last_word_counts(room):
    room.move("start")
    one, two = room.phone("eins"), room.phone("zwei")
    assert room.phone("eins") == one != two
    for _ in range(3):
        room.send(one, "poll", "k1", option=0)
    room.send(two, "poll", "k1", option=0)
    assert room.rooms.results(room.room, SLIDES[0]).counts == (2, 0)
    room.send(one, "poll", "k2", option=1)
    room.send(one, "poll", "k2", option=0)
    assert room.rooms.results(room.room, SLIDES[0]).counts == (1, 1)
    assert room.rooms.own(room.room, "poll", one).chosen == (1,)
    assert room.rooms.joined(room.room) == 2


def test_closed_questions_strangers_wrong_options_and_haste_are_refused(room):
    who = room.phone("eins")
    with pytest.raises(ClosedError) as told:
        room.send(who, "poll", "k", option=0)
    assert not told.value.is_over
    room.move("start")
    with pytest.raises(ClosedError):
        room.send(who, "pins", "k", area="01", text="x")
    with pytest.raises(AnswerError):
        room.send(who, "poll", "k", option=7)
    with pytest.raises(AnswerError):
        room.send(who, "poll", "", option=0)
    with pytest.raises(StrangerError):
        room.send("f" * 32, "poll", "k", option=0)
    sent = Sent(who, "poll", "k", {"option": 0})
    room.clock.wait(seconds=2)
    for _ in range(5):
        room.rooms.answer(room.made.code, sent)
    with pytest.raises(TooFastError):
        room.rooms.answer(room.made.code, sent)
    room.clock.wait(seconds=1)
    room.rooms.answer(room.made.code, sent)
    room.move("refuse")
    with pytest.raises(ClosedError):
        room.send(who, "poll", "k3", option=1)
    room.move("end")
    with pytest.raises(ClosedError) as told:
        room.send(who, "poll", "k4", option=1)
    assert told.value.is_over
    with pytest.raises(ClosedError):
        room.phone("spaet")


def test_pins_are_set_once_and_agreed_with_once(room):
    room.move("start")
    room.move("next")
    one, two = room.phone("eins"), room.phone("zwei")
    room.send(one, "pins", "p1", area="02", text="Licht <b>fehlt</b> 🙂")
    room.send(one, "pins", "p1", area="02", text="Licht <b>fehlt</b> 🙂")
    room.send(two, "pins", "p1", area="03", text="Bank")
    light, bench = room.rooms.pins(room.room)
    assert (light.answer.area, light.answer.text) == ("02", "Licht <b>fehlt</b> 🙂")
    for who in (two, two, one):
        room.clock.wait(seconds=1)
        room.rooms.agree(room.made.code, who, light.id)
    assert [p.upvotes for p in room.rooms.pins(room.room)] == [2, 0]
    with pytest.raises(AnswerError):
        room.rooms.agree(room.made.code, one, "nirgends")
    with pytest.raises(AnswerError):
        room.send(one, "pins", "p2", x=2.0, y=48.0, text="Paris")
    assert bench.answer.area == "03"


def test_a_room_has_one_presenter_until_the_lease_runs_out(room):
    room.move("start")
    with pytest.raises(LedByAnotherError):
        room.move("next", presenter="tablet")
    with pytest.raises(LedByAnotherError):
        room.kept.lead(room.made.id, "tablet")
    room.clock.wait(seconds=29)
    room.kept.lead(room.made.id, "laptop")
    room.clock.wait(seconds=29)
    with pytest.raises(LedByAnotherError):
        room.move("next", presenter="tablet")
    room.clock.wait(seconds=2)
    assert room.move("next", presenter="tablet").position == 1
    room.kept.lead(room.made.id, "laptop", by_force=True)
    assert room.move("back").position == 0


def test_moves_that_change_nothing_are_no_news(room):
    first = room.move("start")
    assert room.move("start") == first
    assert room.move("next").version == first.version + 1
    with pytest.raises(MoveError):
        room.move("explore", view="/intern/daten")
    assert room.room.opened == room.clock.now


def test_an_open_room_is_not_deleted_and_an_old_one_forgets_what_was_said(room):
    room.move("start")
    who = room.phone("eins")
    room.send(who, "poll", "k", option=0)
    with pytest.raises(EditRefusedError):
        room.kept.delete(room.made.id, actor="anna")
    room.move("end")
    with pytest.raises(EditRefusedError):
        room.kept.change(room.made.id, Script("x", SLIDES), seen=1, actor="anna")
    room.clock.wait(days=29)
    assert room.kept.forget_old() == 0
    assert room.rooms.joined(room.room) == 1
    room.clock.wait(days=2)
    assert room.kept.forget_old() == 1
    assert room.rooms.joined(room.room) == 0
    assert room.rooms.results(room.room, SLIDES[0]).answers == 0
    room.kept.delete(room.made.id, actor="anna")
    with pytest.raises(UnknownWorkshopError):
        room.kept.get(room.made.id)


def test_paces_forget_nobody_who_hurries():
    paces, clock = Paces(5.0), Clock()
    assert [paces.may("a", clock.now) for _ in range(7)] == [True] * 5 + [False] * 2
    assert paces.may("b", clock.now)
    clock.wait(seconds=0.2)
    assert paces.may("a", clock.now)
    assert not paces.may("a", clock.now)


def test_a_ranking_puts_the_areas_of_its_view_in_order():
    slide = Slide("r", "guess", "ranking", Words("?"), view="/atlas?areas=01,02,03&indicator=x")
    assert ranked_in(slide) == 3
    assert ranked_in(replace(slide, view="/atlas")) == 0
    assert ranked_in(SLIDES[0]) == 0
