"""What phones send: that they are there, answers, and that they agree; each counts once.

The same addresses serve plain forms, which are led back to the page, and the script, which asks for
JSON and is told in the status what became of it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from domain.workshop_answers import AnswerError, Payload
from domain.workshop_room import MEETING
from i18n import translator
from services.releases import DATABASE_FAULTS
from services.workshop_live import Live
from services.workshop_rooms import (
    ClosedError,
    Sent,
    StrangerError,
    TooFastError,
    participant_of,
)
from services.workshops import UnknownWorkshopError
from web.rooms.phone_desk import NoRoomError, PhoneDesk
from web.rooms.phone_identity import Phone, phone, remember
from web.rooms.phone_pages import back_to_room, room_page

LONGEST_BODY = 64 * 1024
_LONGEST_FIELD = 40
RETRY_SECONDS = 3
_LISTS = frozenset({"options", "points"})
_ONES = frozenset({"option", "value", "area", "x", "y", "category", "text"})
_LOG = logging.getLogger("keck.rooms")


@dataclass(frozen=True)
class Told:
    """What became of what was sent; ``wait`` are seconds until it is worth sending it again."""

    status: int
    message: str
    wait: int = 0


class WaitError(Exception):
    """Too many new participants from one address; ``seconds`` until the next may come."""

    def __init__(self, seconds: int) -> None:
        super().__init__("wait")
        self.seconds = seconds


def register(blueprint: Blueprint, desk: PhoneDesk) -> None:
    """Mount what phones post to below ``/w/<code>``."""

    @blueprint.post("/w/<code>/da")
    def arrive(code: str) -> Response:
        return _handle(desk, code, lambda live, one: _join(desk, live, one), "")

    @blueprint.post("/w/<code>/antwort")
    def answer(code: str) -> Response:
        return _handle(desk, code, lambda live, one: _answer(desk, live, one), "sent")

    @blueprint.post("/w/<code>/zustimmung")
    def agree(code: str) -> Response:
        return _handle(desk, code, lambda live, one: _agree(desk, live, one), "agreed")


def _handle(desk: PhoneDesk, code: str, do: Callable[[Live, Phone], object], done: str) -> Response:
    """Do what was asked for and tell what became of it, to a form or to the script."""
    found = _sender(desk, code)
    if isinstance(found, Told):
        return _without_room(desk, found)
    live, one = found
    try:
        told = _done(desk, do, live, one)
    except UnknownWorkshopError:  # deleted since it was looked up
        return _without_room(desk, Told(410, _say(desk, "gone", seconds="0")))
    if not _wants_json():
        return _to_form(desk, live, one, told or done)
    answer = jsonify({"done": True, "v": live.token}) if told is None else _json(told)
    return remember(answer, one)


def _to_form(desk: PhoneDesk, live: Live, one: Phone, told: Told | str) -> Response:
    """Lead a form back to the page of its room, or show there what is wrong with it."""
    if isinstance(told, str):
        return back_to_room(desk, live, one, told)
    try:
        return _page_of(desk, desk.look(live.room.code, now=True), one, told)
    except (NoRoomError, *DATABASE_FAULTS):
        return _without_room(desk, told)


def _sender(desk: PhoneDesk, code: str) -> tuple[Live, Phone] | Told:
    """Return the room and who sends, or why nothing can be taken."""
    if (request.content_length or 0) > LONGEST_BODY:
        return Told(413, _say(desk, "too_long"))
    try:
        return desk.look(code), phone()
    except NoRoomError as fault:
        return Told(fault.status, desk.why(fault), fault.wait)
    except DATABASE_FAULTS as fault:
        return _database_away(desk, fault)
    except HTTPException as fault:
        return Told(fault.code or 400, _say(desk, "unreadable"))


def _done(
    desk: PhoneDesk, do: Callable[[Live, Phone], object], live: Live, one: Phone
) -> Told | None:
    """Do it; return None where it went well, else what is to be told."""
    try:
        do(live, one)
    except AnswerError as fault:
        return Told(400, translator(desk.language)(fault.key))
    except ClosedError as closed:
        return Told(409, _say(desk, "over" if closed.is_over else "closed"))
    except TooFastError:
        return Told(429, _say(desk, "too_fast"), 1)
    except WaitError as wait:
        return Told(429, _say(desk, "newcomers", seconds=str(wait.seconds)), wait.seconds)
    except DATABASE_FAULTS as fault:
        return _database_away(desk, fault)
    return None


def _database_away(desk: PhoneDesk, fault: BaseException) -> Told:
    _LOG.error("a phone could not be heard", exc_info=fault)
    return Told(503, _say(desk, "busy"), RETRY_SECONDS)


def _join(desk: PhoneDesk, live: Live, one: Phone) -> str:
    if live.room.kind != MEETING and (wait := desk.newcomers.wait_after(desk.address())):
        raise WaitError(wait)
    return desk.workshops.rooms.join(live.room.code, one.secret)


def _answer(desk: PhoneDesk, live: Live, one: Phone) -> None:
    who = participant_of(one.secret, live.room)
    sent = Sent(who, _field("slide"), _field("key"), payload())
    rooms, code = desk.workshops.rooms, live.room.code
    try:
        rooms.answer(code, sent)
    except StrangerError:
        _join(desk, live, one)
        rooms.answer(code, sent)


def _agree(desk: PhoneDesk, live: Live, one: Phone) -> None:
    who = participant_of(one.secret, live.room)
    rooms, code = desk.workshops.rooms, live.room.code
    try:
        rooms.agree(code, who, _field("pin"))
    except StrangerError:
        _join(desk, live, one)
        rooms.agree(code, who, _field("pin"))


def payload() -> Payload:
    """Return what the fields of the form say; whatever else is sent is left out."""
    found: dict[str, object] = {name: request.form.getlist(name) for name in _LISTS}
    for name in _ONES & request.form.keys():
        found[name] = request.form[name]
    return found


def _field(name: str) -> str:
    return request.form.get(name, "")[: _LONGEST_FIELD * 2]


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _json(told: Told) -> Response:
    answer = jsonify({"done": False, "message": told.message})
    answer.status_code = told.status
    return _waiting(answer, told)


def _waiting(answer: Response, told: Told) -> Response:
    if told.wait:
        answer.headers["Retry-After"] = str(told.wait)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _page_of(desk: PhoneDesk, live: Live, one: Phone, told: Told) -> Response:
    """Return the page of the room with the problem above the form that was sent."""
    typed = (_field("slide"), request.form.to_dict(flat=False))
    page = room_page(desk, live, one, status=told.status, problem=told.message, typed=typed)
    if told.wait:
        page.headers["Retry-After"] = str(told.wait)
    return page


def _without_room(desk: PhoneDesk, told: Told) -> Response:
    if _wants_json():
        return _json(told)
    return _waiting(desk.draw("no_room", told.status, problem=told.message, typed=""), told)


def _say(desk: PhoneDesk, reason: str, **params: str) -> str:
    return translator(desk.language)(f"workshop.phone.{reason}", **params)
