"""The parts of a slide on a phone: what it asks, what was answered, what others say is missing."""

from __future__ import annotations

from dataclasses import dataclass

from domain.workshop_script import PINS, SCALE, VALUE, Slide
from figures.room_map import MOST_AREAS, Look, RoomMap, blank_map
from figures.workshop_results import Asked, Result, result_of
from i18n import Translate, written_language
from i18n.formats import plain
from reports.workshop_record import asked_about
from services.workshop_rooms import KeptPin, RoomService
from services.workshop_views import WorkshopViews
from services.workshops import KeptWorkshop
from web.rooms.phone_view import ViewPart

MOST_STEPS = 11
"""Steps of a scale that stand as buttons; a longer one is a field."""
MOST_LISTED = 100
"""Pins that stand on a phone; the others are counted."""
_SHOWN = "shown"


@dataclass(frozen=True)
class Ask:
    """What a slide asks, and with what it can be answered.

    Attributes
    ----------
    form
        That of the slide, or ``pins``.
    options, ranked
        Texts of the answers, and names of the areas of a ranking, in the order of their numbers.
    areas
        Ids and names of areas to choose from, by name.
    map
        The same areas to touch, without any value; None where a list has to do.
    low, high, unit
        Ends of a number, written, and what follows it.
    steps
        Steps of a short scale.
    """

    form: str
    is_open: bool
    options: tuple[str, ...] = ()
    ranked: tuple[str, ...] = ()
    areas: tuple[tuple[str, str], ...] = ()
    map: RoomMap | None = None
    low: str = ""
    high: str = ""
    unit: str = ""
    steps: tuple[int, ...] = ()
    points: int = 0


@dataclass(frozen=True)
class PinRow:
    """A pin as others see it; ``state`` is told to whom it belongs alone."""

    id: str
    category: str
    place: str
    text: str
    votes: int
    state: str = _SHOWN


@dataclass(frozen=True)
class Pins:
    """The pins of a slide; ``more`` are counted, not listed."""

    rows: tuple[PinRow, ...]
    more: int = 0


@dataclass(frozen=True)
class SlidePart:
    """One slide on a phone."""

    number: int
    slide: Slide
    title: str
    text: str
    view: ViewPart | None = None
    ask: Ask | None = None
    result: Result | None = None
    pins: Pins | None = None
    is_explored: bool = False


@dataclass(frozen=True)
class Reader:
    """For whom a slide is written: the room it belongs to, and in which language."""

    room: KeptWorkshop
    views: WorkshopViews
    rooms: RoomService
    tr: Translate
    language: str

    @property
    def written(self) -> str:
        """How numbers and names are written."""
        return written_language(self.language)


def ask_of(reader: Reader, slide: Slide, number: int, *, is_open: bool) -> Ask:
    """Return what a slide asks; nothing of what it may reveal is in it."""
    asked = asked_of(reader, slide)
    needs_areas = slide.kind == PINS or slide.form == "district"
    areas = tuple(asked.names.items()) if needs_areas else ()
    steps = range(int(slide.low), int(slide.high) + 1) if slide.form == SCALE else ()
    return Ask(
        form=slide.form or slide.kind,
        is_open=is_open,
        options=tuple(option.in_language(reader.language) for option in slide.options),
        ranked=tuple(asked.names.get(area, area) for area in asked.ranked),
        areas=areas,
        map=_map(reader, slide, number, asked) if areas and is_open else None,
        low=str(plain(slide.low, reader.written)),
        high=str(plain(slide.high, reader.written)),
        unit=asked.unit if slide.form == VALUE else "",
        steps=tuple(steps) if 0 < len(steps) <= MOST_STEPS else (),
        points=slide.points,
    )


def _map(reader: Reader, slide: Slide, number: int, asked: Asked) -> RoomMap | None:
    level = reader.views.level(reader.room, slide)
    outlines = reader.views.outlines(reader.room, level)
    if outlines is None or len(outlines.ids) > MOST_AREAS:
        return None
    # behind institutions other areas are drawn: those cannot be chosen
    if not all(area in asked.names for area in outlines.ids):
        return None
    return blank_map(outlines, Look(f"ask{number}", told=asked.names))


def asked_of(reader: Reader, slide: Slide) -> Asked:
    """Return what a slide is about, for its form and its results."""
    shown = reader.views.shown(reader.room, slide.view, reader.written)
    names = reader.views.names(reader.room, slide)
    return asked_about(slide, names, shown, reader.written)


def result_part(reader: Reader, slide: Slide) -> Result:
    """Return what was answered, and what the figures say; only for what is revealed."""
    tally = reader.rooms.results(reader.room, slide)
    truth = reader.views.truth(reader.room, slide)
    return result_of(asked_of(reader, slide), tally, truth, reader.tr, reader.language)


def pins_part(reader: Reader, slide: Slide) -> Pins:
    """Return what others say is missing: the ones most agree with first, then the newest."""
    found = shown_pins(reader, slide)
    found.sort(key=lambda pin: (-pin.upvotes, -pin.at.timestamp()))
    rows = pin_rows(reader, slide, found[:MOST_LISTED])
    return Pins(rows, max(len(found) - MOST_LISTED, 0))


def shown_pins(reader: Reader, slide: Slide) -> list[KeptPin]:
    """Return the pins of a slide that everybody may see, in the order in which they came."""
    return [p for p in reader.rooms.pins(reader.room) if p.slide == slide.id and p.state == _SHOWN]


def pin_rows(reader: Reader, slide: Slide, found: list[KeptPin]) -> tuple[PinRow, ...]:
    """Write pins."""
    names = reader.views.names(reader.room, slide)
    options = [option.in_language(reader.language) for option in slide.options]
    return tuple(
        PinRow(
            pin.id,
            options[pin.answer.category] if 0 <= pin.answer.category < len(options) else "",
            names.get(pin.answer.area, "") or reader.tr("workshop.phone.point"),
            pin.answer.text,
            pin.upvotes,
            pin.state,
        )
        for pin in found
    )
