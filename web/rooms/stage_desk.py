"""What every route of the stage works with: finding a room by its id, drawing, its state."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from flask import Response, render_template, request

from config import Settings
from domain.workshop_codes import shown_code
from domain.workshop_room import shown_slide
from domain.workshop_script import GUESS, LANGUAGES, PINS, SHOWN_PAGES
from i18n import translator, written_language
from services.container import Services
from services.workshop_live import Live
from services.workshops import UnknownWorkshopError
from web.errors import RefusedRequestError
from web.rooms.files import url_of
from web.rooms.phone_parts import Reader
from web.rooms.stage_show import Stage, clock_text, stage_of
from web.rooms.stage_token import leads, presenter

_MOST_CODES = 1_000


class StageDesk:
    """Finds rooms and draws the pages of the stage."""

    def __init__(self, services: Services, settings: Settings) -> None:
        self.settings = settings
        self.workshops = services.workshops
        self._codes: dict[str, str] = {}

    @property
    def language(self) -> str:
        """Language of this request: one of the three that a script is written in."""
        wanted = request.args.get("lang", "")
        return wanted if wanted in LANGUAGES else self.settings.language

    def look(self, workshop_id: str, *, now: bool = False) -> Live:
        """Return what goes on in a room; ``now`` looks anew.

        Raises
        ------
        RefusedRequestError
            404 where there is no such workshop, 410 where there was one.
        """
        code = self._codes.get(workshop_id, "")
        try:
            if not code:
                code = self.workshops.kept.get(workshop_id).code
            live = self.workshops.live.look(code, now=now)
        except UnknownWorkshopError:
            status, reason = (410, "workshop_gone") if code else (404, "workshop_unknown")
            raise RefusedRequestError(status, reason, link="/werkstatt") from None
        if len(self._codes) >= _MOST_CODES:
            self._codes.clear()
        self._codes[workshop_id] = code
        return live

    def stage(self, live: Live) -> Stage:
        """Return what the stage shows in the language of this request."""
        return stage_of(live, self.reader(live))

    def reader(self, live: Live) -> Reader:
        """Return what slides are written with."""
        found, language = self.workshops, self.language
        return Reader(live.room, found.views, found.rooms, translator(language), language)

    def draw(self, page: str, live: Live, **more: Any) -> Response:
        """Return a page; it tells who leads, so it is kept by nobody."""
        text = render_template(f"stage_{page}.html", **self.context(live), **more)
        response = Response(text, mimetype="text/html")
        response.headers["Cache-Control"] = "private, no-store"
        response.vary.add("Cookie")
        return response

    def context(self, live: Live) -> Mapping[str, Any]:
        """Return what every template is given."""
        language = self.language
        return {
            "tr": translator(language),
            "lang": language,
            "written": written_language(language),
            "languages": LANGUAGES,
            "url_of": url_of,
            "room": live.room,
            "code": shown_code(live.room.code),
            "clock": clock_text,
            "pages": SHOWN_PAGES,
            "leads": leads(live.room),
        }

    def state(self, live: Live) -> dict[str, Any]:
        """Return what the scripts of stage and notes are told."""
        state, shown = live.room.state, self.stage(live)
        context = self.context(live)
        slide = shown_slide(state, live.room.script)
        return {
            "v": self.token(live),
            "now": int(time.time() * 1000),
            "script": live.room.version,
            "version": state.version,
            "phase": state.phase,
            "mode": shown.mode,
            "position": state.position,
            "of": shown.of,
            "asks": slide is not None and slide.asks,
            "hides": slide is not None and slide.asks and slide.kind != PINS,
            "closes": slide is not None and slide.kind == GUESS,
            "accepts": state.accepts,
            "revealed": state.is_revealed,
            "blank": state.is_blank,
            "explored": state.explored,
            "follows": state.follows,
            "counts": self._counts(live, shown),
            "leads": leads(live.room),
            "frame": shown.frame,
            "home": shown.home,
            "ends": shown.ends,
            "title": shown.title,
            "slide": render_template("stage_slide.html", **context, stage=shown),
            "results": render_template("stage_results.html", **context, stage=shown),
        }

    def _counts(self, live: Live, shown: Stage) -> dict[str, str]:
        """Return how many joined and answered, in words; pins count once others may see them."""
        tr = translator(self.language)
        told = {"joined": tr("workshop.stage.joined", n=live.joined), "answered": ""}
        if shown.board:
            told["answered"] = tr("workshop.stage.pins", n=shown.board.n)
        elif shown.ask:
            told["answered"] = tr("workshop.stage.answered", n=live.answered)
        return told

    def token(self, live: Live) -> str:
        """Return a short text that is another one when anything changed that the stage shows."""
        leader = "own" if leads(live.room) else live.room.presenter[:8]
        own = f"{live.joined}.{live.answered}.{leader}.{self.language}"
        return f"{live.token}-{own}"

    def note_presenter(self, live: Live) -> str:
        """Return who sends a step, or refuse whoever does not lead the room.

        Raises
        ------
        RefusedRequestError
            403; whoever has led the room before is told so.
        """
        if not leads(live.room):
            reason = "stage_taken" if presenter() else "stage_onlooker"
            raise RefusedRequestError(403, reason, link="/intern/werkstatt")
        return presenter()
