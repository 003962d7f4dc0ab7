"""What goes on in a room, and what its slides show: one look for many, public figures only."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from domain.model import Audience
from domain.workshop_script import Script, Slide, Words, option_words
from services import workshop_live as module
from services.container import build_services
from services.workshop_live import FRESH_SECONDS, KNOWN_SECONDS, LiveRooms
from services.workshop_rooms import Sent
from services.workshops import UnknownWorkshopError
from tests import town_fixture as fixture

VIEW = "/atlas?indicator=kinderarmut&period=2023&level=quartiere"
SLIDES = (
    Slide("poll", "poll", "single", Words("Ja?"), options=option_words(("Ja", "Nein"))),
    Slide("pins", "pins", title=Words("Was fehlt?"), options=option_words(("Spielplatz",))),
    Slide("most", "guess", "district", Words("Wo ist es am höchsten?"), view=VIEW),
    Slide("how", "guess", "value", Words("Wie viel?"), view=VIEW),
    Slide("hidden", "guess", "value", Words("Wie viel in 02?"), view=f"{VIEW}&areas=02"),
)


class Hands:
    """A clock that is moved by hand."""

    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def services(tmp_path):
    return build_services(fixture.publish_small_town(tmp_path))


@pytest.fixture
def made(services):
    release = services.monitoring.current()
    script = Script("Abend", SLIDES)
    kept = services.workshops.kept
    one = kept.add(script, release=release, level="quartiere", actor="anna")
    kept.move(one.id, "laptop", "start")
    return kept.get(one.id)


@pytest.fixture
def clock():
    return Hands()


@pytest.fixture
def live(services, clock):
    database = services.leases._database
    return LiveRooms(database, services.workshops.kept, clock)


def test_many_who_ask_are_told_from_one_look(live, made, clock, monkeypatch):
    looks = []
    read = live._read
    monkeypatch.setattr(live, "_read", lambda code: looks.append(code) or read(code))
    first = live.look(made.code)
    for _ in range(50):
        assert live.look(made.code) is first
    assert len(looks) == 1
    clock.now += FRESH_SECONDS
    assert live.look(made.code) is not first
    assert len(looks) == 2
    live.look(made.code, now=True)
    assert len(looks) == 3


def test_the_token_is_another_one_exactly_when_phones_show_something_else(live, made, services):
    kept, rooms = services.workshops.kept, services.workshops.rooms
    who = rooms.join(made.code, "eins")

    def token():
        return live.look(made.code, now=True).token

    before = token()
    rooms.answer(made.code, Sent(who, "poll", "k1", {"option": 0}))
    assert token() == before
    kept.move(made.id, "laptop", "reveal")
    revealed = token()
    assert revealed != before
    other = rooms.join(made.code, "zwei")
    rooms.answer(made.code, Sent(other, "poll", "k1", {"option": 0}))
    assert token() != revealed
    kept.move(made.id, "laptop", "next")
    at_pins = token()
    rooms.answer(made.code, Sent(who, "pins", "k2", {"area": "01", "text": "Rutsche"}))
    with_pin = token()
    assert with_pin != at_pins
    (pin,) = rooms.pins(made)
    rooms.agree(made.code, other, pin.id)
    assert token() != with_pin
    found = live.look(made.code, now=True)
    assert (found.joined, found.answered) == (2, 1)


def test_while_the_database_is_away_what_was_known_is_told_on_for_a_while(
    live, made, clock, monkeypatch
):
    known = live.look(made.code)

    def away(_code):
        raise sa.exc.OperationalError("select", {}, Exception("away"))

    monkeypatch.setattr(live, "_read", away)
    clock.now += KNOWN_SECONDS - 1
    assert live.look(made.code) is known
    clock.now += 2
    with pytest.raises(sa.exc.OperationalError):
        live.look(made.code)


def test_a_room_that_was_deleted_is_known_no_more(live, made, clock, services):
    live.look(made.code)
    services.workshops.kept.move(made.id, "laptop", "end")
    services.workshops.kept.delete(made.id, actor="anna")
    clock.now += FRESH_SECONDS
    for _ in range(2):
        with pytest.raises(UnknownWorkshopError):
            live.look(made.code)


def test_few_rooms_are_remembered(live, made, services, monkeypatch):
    monkeypatch.setattr(module, "_MOST_ROOMS", 1)
    script, release = Script("Zwei", SLIDES), made.release_id
    other = services.workshops.kept.add(script, release=release, level="quartiere", actor="anna")
    live.look(made.code)
    live.look(other.code)
    assert list(live._seen) == [other.code]


def test_views_show_public_figures_and_name_what_is_right(services, made):
    views = services.workshops.views
    shown = views.shown(made, VIEW)
    assert shown.path == "/atlas"
    assert f"release={made.release_id}" in shown.address
    assert views.shown(made, VIEW) is shown
    most, how, hidden = SLIDES[2:]
    values = shown.content.view.by_period["2023"].values
    highest = max(v for v in values if v is not None)
    truth = views.truth(made, most)
    ids = shown.content.view.area_ids
    assert truth.areas == tuple(a for a, v in zip(ids, values, strict=True) if v == highest)
    assert views.truth(made, how).value == shown.content.view.by_period["2023"].city.value
    assert not views.truth(made, hidden).is_known
    assert not views.truth(made, SLIDES[0]).is_known


def test_places_are_those_of_the_view_or_of_the_room(services, made):
    views = services.workshops.views
    of_districts = "/atlas?indicator=kinderarmut&period=2023&level=bezirke"
    guess = Slide("g", "guess", "district", Words("Wo?"), view=of_districts)
    assert views.level(made, guess).id == "bezirke"
    assert views.level(made, SLIDES[1]).id == "quartiere"
    place = views.place(made, SLIDES[1])
    assert place.areas == set(views.names(made, SLIDES[1]))
    west, south, east, north = place.bounds
    assert west < east
    assert south < north
    assert views.outlines(made, views.level(made, guess)) is not None


def test_other_pages_are_led_to_with_the_release_of_the_room(services, made):
    shown = services.workshops.views.shown(made, "/bedarf?part=places&lang=de&release=x", "en")
    assert shown.address == f"/bedarf?part=places&release={made.release_id}&lang=en"
    assert shown.content is None
    assert services.workshops.views.shown(made, "/vergleich").address.startswith("/vergleich?rel")


def test_a_room_whose_release_is_gone_shows_the_present_one(services, made):
    old = replace(made, release_id="2001-01-01-1", level="gibt-es-nicht")
    views = services.workshops.views
    assert views.release(old) == services.monitoring.current()
    levels = services.monitoring.catalogue(Audience.PUBLIC, views.release(old)).levels
    assert views.level(old, SLIDES[1]) in levels
