"""The pages a participant opens: the door with its field for a code, and the room itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request

from domain.workshop_codes import typed_code
from domain.workshop_room import QUESTION
from services.workshop_live import Live
from web.rooms.phone_desk import NoRoomError, PhoneDesk
from web.rooms.phone_identity import FIELD, Phone, phone, remember
from web.rooms.phone_person import Fields, person_of
from web.rooms.phone_screen import Screen

_SENT = frozenset({"sent", "agreed"})
"""What an address may say was done."""


def register(blueprint: Blueprint, desk: PhoneDesk) -> None:
    """Mount ``/w``, ``/w/<code>`` and ``/werkstatt``."""

    @blueprint.get("/w")
    def door() -> Response:
        return _door(desk, "door")

    @blueprint.get("/werkstatt")
    def entry() -> Response:
        return _door(desk, "entry")

    @blueprint.get("/w/<code>")
    def room(code: str) -> Response:
        if typed_code(code) not in ("", code):
            return _to(code, desk.language)
        try:
            live = desk.look(code)
        except NoRoomError as fault:
            return desk.no_room(fault, code)
        return room_page(desk, live, phone())


def _door(desk: PhoneDesk, page: str) -> Response:
    typed = request.args.get("code", "")
    if not typed.strip():
        return desk.draw(page, questions=desk.workshops.kept.open_questions())
    try:
        live = desk.look(typed)
    except NoRoomError as fault:
        return desk.no_room(fault, typed)
    return _to(live.room.code, desk.language)


def _to(code: str, lang: str) -> Response:
    query = urlencode({"lang": lang})
    return redirect(f"/w/{typed_code(code)}?{query}", 303)  # type: ignore[return-value]


def back_to_room(desk: PhoneDesk, live: Live, one: Phone, done: str) -> Response:
    """Return the way back to the page of the room after something was sent by a plain form."""
    carried = {FIELD: one.secret} if one.refuses_cookies else {}
    query = urlencode({"lang": desk.language, "done": done, **carried})
    answer: Response = redirect(f"/w/{live.room.code}?{query}", 303)  # type: ignore[assignment]
    return remember(answer, one)


def room_page(
    desk: PhoneDesk,
    live: Live,
    one: Phone,
    *,
    status: int = 200,
    problem: str = "",
    typed: tuple[str, Fields] | None = None,
) -> Response:
    """Return the whole page of a room for one phone.

    ``problem`` stands above the form that was ``typed`` (its slide, and what its fields hold).
    """
    lang = desk.language
    screen = desk.screens.screen(live, lang)
    reader = desk.screens.reader(live, lang)
    person = person_of(reader, screen.slides, one)
    if typed is not None:
        person.fields[typed[0]] = typed[1]
    done = request.args.get("done", "")
    drawn = desk.draw(
        "room",
        status,
        live=live,
        room=live.room,
        screen=screen,
        person=person,
        problem=problem,
        problem_at=typed[0] if typed else "",
        done=done if done in _SENT and not problem else "",
        refuses_cookies=one.refuses_cookies,
        carried={FIELD: one.secret} if one.refuses_cookies else {},
        texts=_script_texts(reader.tr),
        left=desk.workshops.rooms.seconds_left(live.room),
        follows=live.room.kind != QUESTION,
        query=urlencode,
    )
    return remember(drawn, one)


def fragment(desk: PhoneDesk, live: Live, lang: str) -> Callable[[Screen], str]:
    """Return what renders the screen that all phones of a language share."""

    def render(screen: Screen) -> str:
        return render_template(
            "phone_screen.html", **desk.context(lang), screen=screen, room=live.room, person=None
        )

    return render


_SAID = (
    "sent", "queued", "offline", "online", "ended", "slide", "points_left", "minutes_left",
    "break_over", "agreed", "chosen", "waiting_state", "sent_state", "more", "less",
)  # fmt: skip


def _script_texts(tr: Callable[..., str]) -> dict[str, Any]:
    """Return what the script says, with ``%`` where a number or name comes in."""
    taken = {"slide": ("n", "of", "title"), "points_left": ("n",), "minutes_left": ("n",),
             "chosen": ("name",)}  # fmt: skip
    return {
        name: tr(f"workshop.phone.say_{name}", **{p: f"%{p}%" for p in taken.get(name, ())})
        for name in _SAID
    }
