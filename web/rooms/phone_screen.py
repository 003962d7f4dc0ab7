"""What the phones of a room show at a moment: the same for all of them, and made once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from domain.model import Audience
from domain.workshop_room import ENDED, OPEN, QUESTION, WAITING, shown_slide, takes_answers
from domain.workshop_script import GUESS, PINS, Slide
from i18n import translator
from services.cache import FrameCache, cache_key
from services.workshop_live import Live
from services.workshop_set import WorkshopServices
from web.rooms.phone_parts import (
    Reader,
    SlidePart,
    ask_of,
    pins_part,
    result_part,
)
from web.rooms.phone_view import ViewPart, view_part

BLANK = "blank"
_MOST_SCREENS = 120
_MOST_VIEWS = 80


@dataclass(frozen=True)
class Screen:
    """What phones show: a phase of the room, or :data:`BLANK`, and the slides that are shown.

    ``frame`` is another one whenever more changed than answers and pins.
    """

    phase: str
    frame: str
    slides: tuple[SlidePart, ...] = ()
    is_question: bool = False


class Screens:
    """Builds screens of a process."""

    def __init__(self, workshops: WorkshopServices) -> None:
        self._workshops = workshops
        self._texts: FrameCache[str] = FrameCache(_MOST_SCREENS)
        self._views: FrameCache[ViewPart] = FrameCache(_MOST_VIEWS)

    def text(self, live: Live, language: str, render: Callable[[Screen], str]) -> str:
        """Return the screen as HTML, rendered once for all phones of a language."""
        key = self._key(live, "room_screen", (live.room.id, live.token, language))
        return self._texts.get_or_build(key, lambda: render(self.screen(live, language)))

    def reader(self, live: Live, language: str) -> Reader:
        """Return what parts of slides are written with."""
        found = self._workshops
        return Reader(live.room, found.views, found.rooms, translator(language), language)

    def screen(self, live: Live, language: str) -> Screen:
        """Return what phones show of a room."""
        room, reader = live.room, self.reader(live, language)
        phase = phase_of(live, is_over=self._workshops.rooms.is_over(room))
        is_question = room.kind == QUESTION
        if phase != OPEN:
            return Screen(phase, frame_of(live), is_question=is_question)
        if is_question:
            slides = room.script.slides
            parts = tuple(self._part(reader, live, s, n) for n, s in enumerate(slides, start=1))
            return Screen(phase, frame_of(live), parts, is_question=True)
        if room.state.explored and room.state.follows:
            return Screen(phase, frame_of(live), (self._explored(reader, live),))
        slide = shown_slide(room.state, room.script)
        shown = () if slide is None else (self._part(reader, live, slide, room.state.position + 1),)
        return Screen(phase, frame_of(live), shown)

    def _part(self, reader: Reader, live: Live, slide: Slide, number: int) -> SlidePart:
        room = reader.room
        is_open = takes_answers(room.state, room.script, slide.id, room.kind)
        is_revealed = room.kind != QUESTION and room.state.is_revealed
        is_hidden = slide.kind == PINS or (slide.kind == GUESS and not is_revealed)
        return SlidePart(
            number=number,
            slide=slide,
            title=slide.title.in_language(reader.language),
            text=slide.text.in_language(reader.language),
            view=self._view(reader, live, slide.view, number)
            if slide.view and not is_hidden
            else None,
            ask=ask_of(reader, slide, number, is_open=is_open) if slide.asks else None,
            result=result_part(reader, slide)
            if slide.asks and is_revealed and slide.kind != PINS
            else None,
            pins=pins_part(reader, slide) if slide.kind == PINS else None,
        )

    def _explored(self, reader: Reader, live: Live) -> SlidePart:
        view = self._view(reader, live, live.room.state.explored, 0)
        return SlidePart(0, Slide("", "view"), view.title, "", view, is_explored=True)

    def _view(self, reader: Reader, live: Live, address: str, number: int) -> ViewPart:
        key = self._key(live, "room_view", (address, reader.language, str(number)))

        def build() -> ViewPart:
            shown = reader.views.shown(reader.room, address, reader.written)
            level = shown.content and shown.content.view.level
            outlines = reader.views.outlines(reader.room, level) if level else None
            return view_part(shown, outlines, f"map{number}", reader.tr, reader.language)

        return self._views.get_or_build(key, build)

    def _key(self, live: Live, name: str, args: tuple[str, ...]) -> str:
        release = self._workshops.views.release(live.room)
        return cache_key(Audience.PUBLIC, release, name, args)


def phase_of(live: Live, *, is_over: bool) -> str:
    """Return the phase of a room as phones tell it."""
    state = live.room.state
    if is_over or state.phase == ENDED:
        return ENDED
    if state.phase == WAITING:
        return WAITING
    is_dark = state.is_blank and live.room.kind != QUESTION
    return BLANK if is_dark else OPEN


def frame_of(live: Live) -> str:
    """Return a short text that stays as it is while only answers and pins come in."""
    room, state = live.room, live.room.state
    explored = state.explored if state.follows else ""
    return "|".join(
        str(part)
        for part in (
            room.version, state.phase, state.position, int(state.accepts), int(state.is_revealed),
            int(state.is_blank), state.version if explored else "",
        )
    )  # fmt: skip


def state_json(live: Live, *, is_over: bool, left: int, retry_ms: int) -> dict[str, Any]:
    """Return what goes on in a room, in less than 4 KB; ``left`` are seconds of a break."""
    room, state = live.room, live.room.state
    slide = shown_slide(state, room.script)
    told: dict[str, Any] = {
        "v": live.token,
        "frame": frame_of(live),
        "phase": phase_of(live, is_over=is_over),
        "slide": slide.id if slide else "",
        "kind": slide.kind if slide else "",
        "position": state.position,
        "of": len(room.script.slides),
        "accepts": state.accepts,
        "revealed": state.is_revealed,
        "blank": state.is_blank,
        "joined": live.joined,
        "answered": live.answered,
        "left": left,
        "retry_ms": retry_ms,
    }
    if state.explored and state.follows:
        told["explored"] = state.explored[:_LONGEST_EXPLORED]
    return told


_LONGEST_EXPLORED = 1_500
"""An address may be longer than an answer; the screen that is fetched shows it whole."""
