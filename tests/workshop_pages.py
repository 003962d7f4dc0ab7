"""A town with a workshop and the forms of its pages, for tests of the pages of staff."""

from __future__ import annotations

import re

from domain.workshop_script import Script, Slide, Words
from tests.release_desk import DeskTown
from tests.staff import send

PAGE = "/intern/werkstatt"
NEW = f"{PAGE}/neu"
QUARTER = "/atlas?indicator=kinderarmut&level=quartiere"
SLIDES = (
    Slide("a", "text", title=Words("Willkommen")),
    Slide("b", "poll", "single", Words("Stimmt das?"), options=(Words("Ja"), Words("Nein"))),
    Slide("c", "guess", "value", Words("Wie viele?"), view=f"{QUARTER}&areas=05", high=60.0),
)


class Town(DeskTown):
    """The town with one workshop, and what its service says of it."""

    @property
    def kept(self):
        return self.services.workshops.kept

    def make(self, slides=SLIDES, kind="room"):
        return self.kept.add(
            Script("Abend", slides), release=self.first, level="quartiere", actor="anna", kind=kind
        )


def mark(client, path):
    return re.search(r'name="mark" value="(\w*)"', client.get(path).text)[1]


def typed(client, path, **more):
    """Return what the form of a slide would send back unchanged, with what was typed over it."""
    text = client.get(path).text
    areas = dict(re.findall(r'<textarea id="(\w+)"[^>]*>([^<]*)</textarea>', text))
    lines = dict(re.findall(r'<input id="(\w+)" name="\w+" type="\w+" value="([^"]*)"', text))
    hidden = dict(re.findall(r'type="hidden" name="(mark|sort|place|form)" value="([^"]*)"', text))
    return {**areas, **lines, **hidden, **more}


def save(client, workshop, slide, **more):
    page = f"{PAGE}/{workshop}/folie/{slide}"
    return send(client, f"{page}/aendern", page=page, **typed(client, page, **more))
