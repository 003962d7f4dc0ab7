"""What every route of the phones works with: finding a room, and guarding codes from guessing."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from flask import Response, render_template, request

from domain.model import Audience, Town
from domain.workshop_codes import shown_code, typed_code
from domain.workshop_script import LANGUAGES
from i18n import translator, written_language
from i18n.formats import date
from services.container import Services
from services.sign_in import network_of
from services.workshop_live import Live
from services.workshops import UnknownWorkshopError
from web.error_page import Links
from web.rooms.files import url_of
from web.rooms.minute_counts import MinuteCounts
from web.rooms.phone_language import language
from web.rooms.phone_screen import Screens

MOST_WRONG_CODES = 30
"""Wrong codes an address may try a minute; right ones never count."""
MOST_NEWCOMERS = 60
"""New participants of a question a minute and address; a meeting takes everybody in a room."""
_MOST_CODES = 2_000


class NoRoomError(LookupError):
    """No room has the code.

    Attributes
    ----------
    status
        404, 410 where this process knew one, 429 where too many were tried.
    wait
        Seconds to wait before the next try; 0 for none.
    """

    def __init__(self, status: int, wait: int = 0) -> None:
        super().__init__(status)
        self.status = status
        self.wait = wait


class PhoneDesk:
    """Finds rooms by code and draws pages for phones."""

    def __init__(self, services: Services, default_language: str, links: Links) -> None:
        self.services = services
        self.workshops = services.workshops
        self.links = links
        self.screens = Screens(services.workshops)
        self.newcomers = MinuteCounts(MOST_NEWCOMERS)
        self._default = default_language
        self._wrong = MinuteCounts(MOST_WRONG_CODES)
        self._guard = threading.Lock()
        self._known: OrderedDict[str, None] = OrderedDict()

    @property
    def language(self) -> str:
        """Language of this request."""
        return language(self._default)

    def look(self, typed: str, *, now: bool = False) -> Live:
        """Return what goes on in the room of a code, however it was typed.

        Raises
        ------
        NoRoomError
            There is none; only then it counts against the address.
        """
        code = typed_code(typed)
        if not code:
            raise self._unknown(code)
        try:
            live = self.workshops.live.look(code, now=now)
        except UnknownWorkshopError:
            raise self._unknown(code) from None
        self._remember(code)
        return live

    def _unknown(self, code: str) -> NoRoomError:
        with self._guard:
            if code in self._known:
                return NoRoomError(410)
        wait = self._wrong.wait_after(self.address())
        return NoRoomError(429, wait) if wait else NoRoomError(404)

    def _remember(self, code: str) -> None:
        with self._guard:
            self._known[code] = None
            self._known.move_to_end(code)
            if len(self._known) > _MOST_CODES:
                self._known.popitem(last=False)

    def address(self) -> str:
        """Return what counts as one address of this request; it is kept for a minute at most."""
        return network_of(request.remote_addr or "")

    def town(self) -> Town | None:
        """Return the town whose rooms these are, None before there is a release."""
        release = self.services.monitoring.current()
        if release is None:
            return None
        return self.services.monitoring.catalogue(Audience.PUBLIC, release).town

    def draw(self, page: str, /, status: int = 200, **more: Any) -> Response:
        """Return a page in the language of this request."""
        lang = self.language
        text = render_template(f"phone_{page}.html", **self.context(lang), **more)
        return Response(text, status, mimetype="text/html")

    def context(self, lang: str) -> Mapping[str, Any]:
        """Return what every template is given."""
        tr = translator(lang)
        return {
            "tr": tr,
            "lang": lang,
            "written": written_language(lang),
            "languages": LANGUAGES,
            "url_of": url_of,
            "town": self.town(),
            "links": self.links,
            "shown_code": shown_code,
            "day": lambda moment: date(moment.astimezone().date(), written_language(lang)),
        }

    def why(self, fault: NoRoomError) -> str:
        """Say why there is no room, and what helps."""
        reason = {404: "unknown", 410: "gone", 429: "too_many"}[fault.status]
        return translator(self.language)(f"workshop.phone.{reason}", seconds=str(fault.wait))

    def no_room(self, fault: NoRoomError, typed: str) -> Response:
        """Return the page that says why there is no room, with a field for the code."""
        response = self.draw("no_room", fault.status, problem=self.why(fault), typed=typed[:40])
        if fault.wait:
            response.headers["Retry-After"] = str(fault.wait)
        response.headers["Cache-Control"] = "no-store"
        return response
