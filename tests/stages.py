"""A room of the small town for tests that is led from a stage."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from domain.workshop_script import Script, Slide, Words
from services.container import Services
from tests.phones import ORIGIN, PhoneRoom
from tests.staff import HandClock, send, sign_in

FORMS = "/intern/konto"
"""A page of everybody who is signed in that holds a form."""


class StageRoom(PhoneRoom):
    """One room and whoever leads it or looks on."""

    def __init__(self, server: Flask, services: Services, clock: HandClock) -> None:
        super().__init__(server, services, clock)
        self.staff = services.staff

    @property
    def path(self) -> str:
        """Address of the stage."""
        return f"/werkstatt/{self.made.id}"

    def person(self, name: str) -> FlaskClient:
        """Return a browser in which somebody is signed in."""
        return sign_in(self.server, self.staff, name)

    def open(self, client: FlaskClient, **fields: str) -> TestResponse:
        """Open the stage from the internal area."""
        path = f"/intern/werkstatt/{self.made.id}/buehne"
        return send(client, path, page=FORMS, **fields)

    def presenter(self, name: str = "anna") -> FlaskClient:
        """Return the browser of somebody who leads the room."""
        client = self.person(name)
        assert self.open(client).status_code == 303
        return client

    def step(self, client: FlaskClient, deed: Any, **more: Any) -> TestResponse:
        """Send a step as the script does."""
        return client.post(f"{self.path}/schritt", json={"deed": deed, **more}, headers=ORIGIN)

    def steps(self, client: FlaskClient, slide: str, *deeds: str) -> dict[str, Any]:
        """Begin where it has not, show a slide, make steps on it; return what the stage is told."""
        if self.room.state.phase == "waiting":
            assert self.step(client, "start").status_code == 200
        answer = self.step(client, "go", position=self.made.script.at(slide))
        for deed in deeds:
            answer = self.step(client, deed)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json
        return found

    def told(self, client: FlaskClient, **query: str) -> dict[str, Any]:
        """Return what the stage is told when it asks."""
        found: dict[str, Any] = client.get(f"{self.path}/stand", query_string=query).json
        return found

    def everything(self, client: FlaskClient) -> str:
        """Return all that the addresses of the stage say."""
        asked = ("", "/notizen", "/stand")
        return "\n".join(client.get(self.path + rest).text for rest in asked)


def reveal_hidden(services: Services) -> str:
    """Lead a room to a guess at a number that is hidden, and reveal it; return the room's id."""
    view = "/atlas?indicator=kinderarmut&level=quartiere&areas=02"
    slide = Slide("g", "guess", "value", Words("Wie viele?"), view=view)
    release = services.monitoring.current()
    assert release is not None
    kept = services.workshops.kept
    made = kept.add(Script("Abend", (slide,)), release=release, level="quartiere", actor="a")
    for deed in ("start", "reveal"):
        kept.move(made.id, "laptop", deed)
    return made.id


def token_of(answer: TestResponse) -> str:
    """Return the secret that an answer lets the browser keep."""
    found = re.search(r"keck_stage=([^;]+);", answer.headers["Set-Cookie"])
    assert found is not None
    return found[1]


def told_of(answer: TestResponse) -> tuple[str, str]:
    """Return what a refusal says in German and in English."""
    error = answer.json["error"]
    return error["message_de"], error["message_en"]
