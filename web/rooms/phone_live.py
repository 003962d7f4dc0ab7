"""What goes on in a room, asked a thousand times and worked out once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from flask import Blueprint, Response, json, request

from domain.workshop_room import QUESTION
from services.releases import DATABASE_FAULTS
from services.workshop_live import Live
from web.errors import RefusedRequestError
from web.rooms.phone_desk import NoRoomError, PhoneDesk
from web.rooms.phone_pages import fragment
from web.rooms.phone_screen import state_json

POLL_MS = 1_500
"""How often a phone asks; it varies this by 30 % either way."""
POLLS_A_SECOND = 700
"""Beyond so many a second phones are asked to ask less often."""
QUESTION_MS = 30_000
RETRY_HEADER = "Keck-Retry-Ms"
_MOST_MS = 15_000


class Pressure:
    """Counts questions of the last whole second and says how long phones should wait."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._guard = threading.Lock()
        self._second = 0
        self._now = 0
        self._last = 0

    def retry_ms(self) -> int:
        """Count one more question and return the milliseconds until the next."""
        second = int(self._clock())
        with self._guard:
            if second != self._second:
                self._last = self._now if second == self._second + 1 else 0
                self._second, self._now = second, 0
            self._now += 1
            rate = max(self._last, self._now)
        return min(int(POLL_MS * max(1.0, rate / POLLS_A_SECOND)), _MOST_MS)


def register(blueprint: Blueprint, desk: PhoneDesk) -> None:
    """Mount ``/live/<code>/state`` and ``/live/<code>/screen``."""
    pressure = Pressure()

    @blueprint.get("/live/<code>/state")
    def room_state(code: str) -> Response:
        wait = pressure.retry_ms()
        try:
            live = desk.look(code)
        except NoRoomError as fault:
            raise _refused(fault) from None
        except DATABASE_FAULTS:
            raise RefusedRequestError(503, "unavailable", retry_after=3) from None
        if live.room.kind == QUESTION:
            wait = QUESTION_MS
        answer = Response(status=204)
        if request.args.get("v") != live.token:
            answer = Response(_state(desk, live, wait), mimetype="application/json")
        answer.headers[RETRY_HEADER] = str(wait)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    @blueprint.get("/live/<code>/screen")
    def room_screen(code: str) -> Response:
        try:
            live = desk.look(code)
        except NoRoomError as fault:
            raise _refused(fault) from None
        lang = desk.language
        text = desk.screens.text(live, lang, fragment(desk, live, lang))
        answer = Response(text, mimetype="text/html")
        answer.headers["Keck-Version"] = live.token
        answer.headers["Cache-Control"] = "no-store"
        return answer


def _state(desk: PhoneDesk, live: Live, wait: int) -> str:
    rooms = desk.workshops.rooms
    is_over, left = rooms.is_over(live.room), rooms.seconds_left(live.room)
    return json.dumps(state_json(live, is_over=is_over, left=left, retry_ms=wait))


def _refused(fault: NoRoomError) -> RefusedRequestError:
    reason = {404: "not_found", 410: "gone", 429: "too_many"}[fault.status]
    return RefusedRequestError(fault.status, reason, retry_after=fault.wait)
