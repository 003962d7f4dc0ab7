"""Papers of a workshop: its script as a run sheet, and a poster by which people join."""

from __future__ import annotations

from base64 import b64encode

from flask import Blueprint, Response, request

from domain.workshop_codes import shown_code
from domain.workshop_form import needed
from domain.workshop_room import QUESTION
from domain.workshop_script import GUESS
from figures.qr import qr_svg
from i18n import LANGUAGES, PLAIN, translator
from services.workshops import KeptWorkshop
from web.hosts import LOOPBACK, name_of
from web.staff.page import Desk
from web.staff.workshops import known
from web.staff.workshops_told import (
    guess_told,
    kind_text,
    plain_number,
    sort_text,
    state_text,
    view_told,
)


def register(blueprint: Blueprint, desk: Desk) -> None:
    """Mount both papers."""

    @blueprint.get("/werkstatt/<workshop>/ablauf")
    def run_sheet(workshop: str) -> Response:
        return _sheet(desk, known(desk, workshop))

    @blueprint.get("/werkstatt/<workshop>/aushang")
    def poster(workshop: str) -> Response:
        return _poster(desk, known(desk, workshop))


def _sheet(desk: Desk, one: KeptWorkshop) -> Response:
    tr, lang, facts = desk.pages.tr, desk.pages.language, desk.workshops.facts
    rows = []
    for number, slide in enumerate(one.script.slides, start=1):
        view = facts.view(one, slide.view) if slide.view else None
        truth = ""
        if slide.kind == GUESS and view is not None:
            truth = guess_told(tr, lang, slide, facts.guess(one, slide), view.content)
        rows.append({
            "number": number,
            "slide": slide,
            "sort": sort_text(tr, slide),
            "view": view_told(tr, lang, view).rows[:-1] if view is not None else (),
            "truth": truth,
            "has_span": "low" in needed(slide),
        })  # fmt: skip
    minutes = sum(slide.minutes for slide in one.script.slides)
    return desk.pages.draw(
        "workshop_sheet",
        one=one,
        code=shown_code(one.code),
        kind=kind_text(tr, one),
        state=state_text(desk, one),
        rows=rows,
        minutes=minutes,
        number=lambda value: plain_number(value, lang),
    )


def _poster(desk: Desk, one: KeptWorkshop) -> Response:
    """Return how to join, in the three languages of those who do."""
    address = f"{request.host_url}w/{one.code}"
    drawn = qr_svg(address)
    return desk.pages.draw(
        "workshop_poster",
        one=one,
        address_of_room=address,
        short=f"{request.host_url}w",
        code=shown_code(one.code),
        qr="data:image/svg+xml;base64," + b64encode(drawn.encode()).decode() if drawn else "",
        texts=[("de" if x == PLAIN else x, translator(x)) for x in (*LANGUAGES, PLAIN)],
        is_question=one.kind == QUESTION,
        until=desk.pages.moment(one.until) if one.until else "",
        is_near=name_of(request.host) in LOOPBACK,
    )
