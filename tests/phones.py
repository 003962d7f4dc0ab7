"""A room of the small town for tests, and phones that look at it."""

from __future__ import annotations

import itertools
import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from domain.workshop_room import MEETING, QUESTION
from domain.workshop_script import Script, Slide, Words
from services.container import Services
from tests.staff import HandClock
from tests.town_fixture import QUARTERS

ORIGIN = {"Origin": "http://localhost"}
JSON = {**ORIGIN, "Accept": "application/json"}
VIEW = "/atlas?indicator=kinderarmut&level=quartiere&areas=01,03"
RANKED = "/atlas?indicator=kinderarmut&level=quartiere&areas=01,03,05"
SLIDES = (
    Slide("hallo", "text", title=Words("Guten Abend", "Good evening", "Hallo"),
          text=Words("Worum es geht.")),
    Slide("schaetzen", "guess", "value", Words("Wie viele?"), view=VIEW, low=0.0, high=80.0),
    Slide("wo", "guess", "district", Words("Wo am meisten?"), view=VIEW),
    Slide("reihe", "guess", "ranking", Words("In welcher Reihe?"), view=RANKED),
    Slide("sicht", "view", title=Words("Kinderarmut"), view=VIEW),
    Slide("bedarf", "view", title=Words("Bedarf"), view="/bedarf?level=quartiere"),
    Slide("eins", "poll", "single", Words("Stimmt das?"),
          options=(Words("Ja", "Yes"), Words("Nein", "No"))),
    Slide("viele", "poll", "multiple", Words("Was alles?"),
          options=(Words("Kita"), Words("Schule"), Words("Verein"))),
    Slide("skala", "poll", "scale", Words("Wie sehr?"), low=0.0, high=10.0),
    Slide("punkte", "poll", "points", Words("Was zuerst?"), points=5,
          options=(Words("Kita"), Words("Schule"))),
    Slide("fehlt", "pins", title=Words("Was fehlt?"),
          options=(Words("Spielplatz"), Words("Licht"))),
    Slide("pause", "break", title=Words("Pause"), minutes=15),
)  # fmt: skip


class PhoneRoom:
    """One room, its presenter, and the phones in it."""

    def __init__(
        self, server: Flask, services: Services, clock: HandClock, kind: str = MEETING
    ) -> None:
        self.server = server
        self.workshops = services.workshops
        self.clock = clock
        # whatever was looked up a moment ago is looked up anew
        self.workshops.live._clock = itertools.count().__next__
        release = services.monitoring.current()
        assert release is not None
        self.made = self.workshops.kept.add(
            Script("Ein Abend", SLIDES), release=release, level="quartiere", actor="anna", kind=kind
        )

    @property
    def code(self) -> str:
        """The code by which participants join."""
        return self.made.code

    @property
    def room(self) -> Any:
        """The room as it is kept now."""
        return self.workshops.kept.get(self.made.id)

    def move(self, deed: str, **told: Any) -> None:
        """Move the room on."""
        self.workshops.kept.move(self.made.id, "laptop", deed, **told)

    def show(self, slide: str, *deeds: str) -> Slide:
        """Show a slide, and move on it."""
        if self.room.state.phase == "waiting":
            self.move("start")
        at = self.room.script.at(slide)
        self.move("go", position=at)
        for deed in deeds:
            self.move(deed)
        return self.room.script.slides[at]

    def phone(self) -> FlaskClient:
        """Return a browser that has not been here."""
        return self.server.test_client()

    def page(self, client: FlaskClient, lang: str = "de", **query: str) -> TestResponse:
        """Open the page of the room."""
        return client.get(f"/w/{self.code}", query_string={"lang": lang, **query})

    def send(
        self, client: FlaskClient, slide: str, key: str = "k1", *, to: str = "antwort",
        form: bool = False, **fields: Any,
    ) -> TestResponse:  # fmt: skip
        """Send what a form or the script sends, a second after what was sent before."""
        self.clock.on(seconds=1)
        return client.post(
            f"/w/{self.code}/{to}",
            data={"slide": slide, "key": key, **fields},
            headers=ORIGIN if form else JSON,
        )

    def answers(self, slide: str) -> Any:
        """Return what the answers to a slide say together."""
        found = next(s for s in SLIDES if s.id == slide)
        return self.workshops.rooms.results(self.room, found)

    def pins(self) -> list[Any]:
        """Return all pins of the room."""
        return self.workshops.rooms.pins(self.room)


def ask_everybody(services: Services) -> None:
    """Open a question that shows indicators with hidden numbers."""
    slides = tuple(
        Slide(
            indicator, "view", title=Words("Ansicht"),
            view=f"/atlas?indicator={indicator}&level=quartiere&areas=01,02,03",
        )
        for indicator in ("kinderarmut", "geheim", "amtlich")
    )  # fmt: skip
    release = services.monitoring.current()
    assert release is not None
    asked = services.workshops.kept.add(
        Script("Frage", slides), release=release, level="quartiere", actor="a", kind=QUESTION
    )
    services.workshops.kept.move(asked.id, "a", "start")


def numbers_in(html: str) -> set[str]:
    """Return all numbers a page holds outside of the outlines of its map."""
    drawing = r' (d|viewBox|data-(west|top|step|unit)|stroke-width|patternTransform)="[^"]*"'
    plain = re.sub(drawing, "", html)
    return set(re.findall(r"\d+[.,]\d+", plain))


FULL = {
    "schaetzen": {"value": "12,5"}, "wo": {"area": QUARTERS[4]},
    "reihe": {"options": ["2", "0", "1"]},
    "eins": {"option": "1"}, "viele": {"options": ["0", "2"]}, "skala": {"value": "7"},
    "punkte": {"points": ["3", "2"]},
    "fehlt": {"category": "1", "text": "Hier ist es dunkel", "area": QUARTERS[2]},
}  # fmt: skip
"""A sound answer to every slide that asks."""
