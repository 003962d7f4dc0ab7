"""What the stage shows of a room at a moment: a slide, its results once revealed, a page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from domain.selection import parse_query
from domain.workshop_room import ENDED, WAITING, shown_slide
from domain.workshop_script import BREAK, DISTRICT, PINS, TEXT, VIEW, Slide
from domain.workshop_text import Block, blocks
from figures.room_map import MOST_AREAS, Look, RoomMap
from figures.workshop_pins import pins_map
from figures.workshop_results import Bar, Result
from services.workshop_live import Live
from services.workshop_views import ATLAS
from web.rooms.phone_parts import Ask, PinRow, Reader, ask_of, pin_rows, result_part, shown_pins
from web.rooms.phone_view import ViewPart, view_part

EXPLORE, ASK, EMPTY = "explore", "ask", "empty"
"""What is shown besides kinds of slides and phases of a room; a question is ``ask``."""
NEWEST = 6
"""Pins that are read on the stage; all of them stand on the phones."""
MOST_BARS = 8
_MAP_WIDE = 760.0


@dataclass(frozen=True)
class Board:
    """The pins of a slide on the stage: how many, the newest, and by district."""

    n: int
    newest: tuple[PinRow, ...] = ()
    map: RoomMap | None = None
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True)
class Stage:
    """What stands on the stage.

    Attributes
    ----------
    mode
        A phase or a kind of slide, or one of :data:`EXPLORE`, :data:`ASK`, :data:`EMPTY`.
    number, of
        The slide, from 1, of how many.
    beside
        The view of a question once it is revealed, where it is a map.
    frame
        Address of the page that is shown; empty for none, and before a guess is revealed.
    home
        Where exploring begins.
    ends
        When a break is over, in seconds since 1970.
    """

    mode: str
    number: int = 0
    of: int = 0
    slide: Slide | None = None
    title: str = ""
    text: tuple[Block, ...] = ()
    ask: Ask | None = None
    result: Result | None = None
    beside: ViewPart | None = None
    board: Board | None = None
    frame: str = ""
    home: str = ""
    ends: int = 0


def stage_of(live: Live, reader: Reader) -> Stage:
    """Return what the stage shows; of results nothing before they are revealed."""
    room, state = live.room, live.room.state
    of = len(room.script.slides)
    if state.phase in (WAITING, ENDED):
        return Stage(state.phase, of=of, title=room.script.title)
    slide = shown_slide(state, room.script)
    if state.explored:
        shown = reader.views.shown(room, state.explored, reader.written)
        title = reader.tr("workshop.stage.exploring")
        return Stage(
            EXPLORE, state.position + 1, of, slide, title, frame=shown.address, home=shown.address
        )
    if slide is None:
        return Stage(EMPTY, of=of, title=room.script.title)
    return _slide(live, reader, slide)


def _slide(live: Live, reader: Reader, slide: Slide) -> Stage:
    room, state = live.room, live.room.state
    plain = Stage(
        mode=slide.kind if slide.kind in (TEXT, BREAK, VIEW, PINS) else ASK,
        number=state.position + 1,
        of=len(room.script.slides),
        slide=slide,
        title=slide.title.in_language(reader.language),
        text=blocks(slide.text.in_language(reader.language)),
        home=_page(reader, ATLAS),
    )
    if slide.kind == BREAK:
        return replace(plain, ends=state.since + 60 * slide.minutes)
    if slide.kind == VIEW:
        page = _page(reader, slide.view)
        return replace(plain, frame=page, home=page)
    if slide.kind == PINS:
        return replace(plain, board=_board(reader, slide))
    return plain if slide.kind == TEXT else _asked(reader, slide, plain)


def _asked(reader: Reader, slide: Slide, plain: Stage) -> Stage:
    state = reader.room.state
    ask = ask_of(reader, slide, plain.number, is_open=state.accepts)
    if not state.is_revealed:
        return replace(plain, ask=ask)
    shown = replace(plain, ask=ask, result=result_part(reader, slide))
    if not slide.view:
        return shown
    page = _page(reader, slide.view)
    beside = _beside(reader, slide)
    # a map is drawn large beside the answers; the page itself is one key away
    return replace(shown, beside=beside, frame="" if beside else page, home=page)


def _beside(reader: Reader, slide: Slide) -> ViewPart | None:
    shown = reader.views.shown(reader.room, _marked(reader, slide), reader.written)
    level = shown.content and shown.content.view.level
    outlines = reader.views.outlines(reader.room, level) if level else None
    part = view_part(shown, outlines, "beside", reader.tr, reader.language)
    return part if part.map else None


def _marked(reader: Reader, slide: Slide) -> str:
    """Return the view of a question; where districts were guessed, the right one is marked."""
    right = reader.views.truth(reader.room, slide).areas if slide.form == DISTRICT else ()
    if not right:
        return slide.view
    path, _, query = slide.view.partition("?")
    return f"{path}?{urlencode({**parse_query(query), 'areas': ','.join(right)})}"


def _page(reader: Reader, view: str) -> str:
    return reader.views.shown(reader.room, view, reader.written).address


def _board(reader: Reader, slide: Slide) -> Board:
    found = shown_pins(reader, slide)
    newest = sorted(found, key=lambda pin: pin.at, reverse=True)[:NEWEST]
    counts: dict[str, int] = {}
    for pin in found:
        if pin.answer.area:
            counts[pin.answer.area] = counts.get(pin.answer.area, 0) + 1
    spots = [pin.answer.at for pin in found if pin.answer.at and not pin.answer.area]
    drawn = _map(reader, slide, counts, spots)
    return Board(
        len(found),
        pin_rows(reader, slide, newest),
        drawn,
        () if drawn else _bars(reader, slide, counts),
    )


def _map(
    reader: Reader, slide: Slide, counts: dict[str, int], spots: list[tuple[float, float]]
) -> RoomMap | None:
    outlines = reader.views.outlines(reader.room, reader.views.level(reader.room, slide))
    if outlines is None or len(outlines.ids) > MOST_AREAS:
        return None
    names = reader.views.names(reader.room, slide)
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], names.get(pair[0], pair[0])))
    told = ", ".join(f"{names.get(area, area)}: {n}" for area, n in ranked)
    alt = reader.tr("workshop.stage.pins_map", told=told or reader.tr("workshop.stage.no_pins"))
    look = Look("pins", alt=alt, wide=_MAP_WIDE)
    return pins_map(outlines, counts, spots, look, (reader.tr, reader.language))


def _bars(reader: Reader, slide: Slide, counts: dict[str, int]) -> tuple[Bar, ...]:
    names = reader.views.names(reader.room, slide)
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], names.get(pair[0], pair[0])))
    most = max(counts.values(), default=1)
    return tuple(Bar(names.get(a, a), str(n), n / most) for a, n in ranked[:MOST_BARS])


def clock_text(seconds: int) -> str:
    """Return a point in time as a clock of this machine shows it, such as 19:05."""
    return dt.datetime.fromtimestamp(seconds).astimezone().strftime("%H:%M")
