"""Papers of a workshop: its script as a run sheet, and a poster by which people join."""

from __future__ import annotations

from base64 import b64encode
from urllib.parse import urlsplit

from flask import Blueprint, Response, request

from domain.workshop_codes import shown_code
from domain.workshop_form import needed
from domain.workshop_room import QUESTION
from domain.workshop_script import GUESS
from figures.qr import qr_svg
from i18n import LANGUAGES, PLAIN, translator
from services.workshops import KeptWorkshop
from web.hosts import LOOPBACK, name_of
from web.own_addresses import own_addresses
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
    is_near, bases = name_of(request.host) in LOOPBACK, _bases()
    chosen = request.args.get("netz", "")
    base = chosen if chosen in bases else bases[0]
    address = f"{base}/w/{one.code}"
    drawn = qr_svg(address)
    return desk.pages.draw(
        "workshop_poster",
        one=one,
        address_of_room=address,
        short=f"{base.partition('://')[2]}/w",
        code=shown_code(one.code),
        qr="data:image/svg+xml;base64," + b64encode(drawn.encode()).decode() if drawn else "",
        texts=[("de" if x == PLAIN else x, translator(x)) for x in (*LANGUAGES, PLAIN)],
        is_question=one.kind == QUESTION,
        until=desk.pages.moment(one.until) if one.until else "",
        base=base,
        bases=bases,
        is_near=is_near,
        has_network=bases != _here(),
    )


def _here() -> tuple[str, ...]:
    return (request.host_url.removesuffix("/"),)


def _bases() -> tuple[str, ...]:
    """Return where phones reach this server: by its name, or in the local networks of a laptop.

    Staff of a laptop open the page on the machine itself, by a name that no phone can use.
    """
    if name_of(request.host) not in LOOPBACK:
        return _here()
    port = urlsplit(request.host_url).port
    end = f":{port}" if port else ""
    return tuple(f"{request.scheme}://{x}{end}" for x in own_addresses()) or _here()
