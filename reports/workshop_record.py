"""What a workshop leaves, read once: for the page of its results, the minutes and the tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from domain.personal_hints import personal_hints
from domain.print_outlines import PrintOutlines
from domain.word_list import WordCount, frequent_words
from domain.workshop_answers import Tally
from domain.workshop_script import PINS, RANKING, VALUE, Slide
from domain.workshop_truth import Truth
from figures.pin_map import Spot
from figures.sentences import unit_suffix
from figures.workshop_results import Asked, Result, result_of
from i18n import translator
from services.workshop_rooms import KeptPin
from services.workshop_set import WorkshopServices
from services.workshop_steps import KeptStep
from services.workshop_views import ShownView, asked_areas
from services.workshops import KeptWorkshop, forgotten_at

SHOWN = "shown"


@dataclass(frozen=True)
class PinRecord:
    """A contribution with the names of its place and kind.

    Attributes
    ----------
    pin
        As it is kept.
    area, area_name
        The district it names or lies in; both empty outside of all.
    category
        Its kind in the language of the record, empty where the slide has it no more.
    hints
        What in its text may be personal (:mod:`domain.personal_hints`).
    """

    pin: KeptPin
    area: str
    area_name: str
    category: str
    hints: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What it says."""
        return self.pin.answer.text

    @property
    def is_shown(self) -> bool:
        """Whether everybody sees it: neither hidden nor waiting nor part of another."""
        return self.pin.state == SHOWN

    @property
    def spot(self) -> Spot:
        """Where it lies."""
        return Spot(self.area, self.pin.answer.at)


@dataclass(frozen=True)
class SlideRecord:
    """A slide and what was said to it.

    Attributes
    ----------
    number
        From 1.
    result, tally, truth
        What was answered; None where the slide does not ask, or asks for contributions.
    pins
        Its contributions in every state, those with most votes first.
    shown
        What its view shows; None without one.
    """

    number: int
    slide: Slide
    result: Result | None = None
    tally: Tally | None = None
    truth: Truth | None = None
    pins: tuple[PinRecord, ...] = ()
    shown: ShownView | None = None

    @property
    def shown_pins(self) -> tuple[PinRecord, ...]:
        """The contributions that everybody sees."""
        return tuple(p for p in self.pins if p.is_shown)

    def title(self, language: str) -> str:
        """Return its question or heading."""
        return self.slide.title.in_language(language)


@dataclass(frozen=True)
class Record:
    """A whole workshop.

    Attributes
    ----------
    names
        Area → name, of the areas that can be named.
    forgotten
        When what was said is deleted; None while it is not over.
    """

    room: KeptWorkshop
    language: str
    release: str
    joined: int
    slides: tuple[SlideRecord, ...]
    steps: tuple[KeptStep, ...]
    names: Mapping[str, str]
    outlines: PrintOutlines | None
    forgotten: dt.datetime | None = None

    @property
    def pins(self) -> tuple[PinRecord, ...]:
        """All contributions."""
        return tuple(p for s in self.slides for p in s.pins)

    @property
    def words(self) -> tuple[WordCount, ...]:
        """Frequent words of the contributions that everybody sees."""
        return frequent_words(p.text for p in self.pins if p.is_shown)

    def area_names(self, areas: tuple[str, ...]) -> str:
        """Return the names of some areas."""
        return ", ".join(self.names.get(a, a) for a in areas)


def read_record(workshops: WorkshopServices, workshop_id: str, language: str) -> Record:
    """Return what a workshop leaves.

    Parameters
    ----------
    language
        ``de`` or ``en``.

    Raises
    ------
    UnknownWorkshopError
        There is no such workshop.
    """
    room = workshops.kept.get(workshop_id)
    pins = workshops.rooms.pins(room)
    slides = tuple(
        _slide(workshops, room, n, slide, [p for p in pins if p.slide == slide.id], language)
        for n, slide in enumerate(room.script.slides, start=1)
    )
    anywhere = Slide("", PINS)
    return Record(
        room=room,
        language=language,
        release=workshops.views.release(room),
        joined=workshops.rooms.joined(room),
        slides=slides,
        steps=tuple(workshops.steps.all(room.id)),
        names=workshops.views.names(room, anywhere),
        outlines=workshops.views.outlines(room, workshops.views.level(room, anywhere)),
        forgotten=forgotten_at(room),
    )


def _slide(
    workshops: WorkshopServices,
    room: KeptWorkshop,
    number: int,
    slide: Slide,
    pins: list[KeptPin],
    language: str,
) -> SlideRecord:
    views = workshops.views
    shown = views.shown(room, slide.view, language) if slide.view else None
    if not slide.asks:
        return SlideRecord(number, slide, shown=shown)
    names = views.names(room, slide)
    if slide.kind == PINS:
        told = [
            _pin(pin, views.area_of(room, slide, pin.answer), names, slide, language)
            for pin in pins
        ]
        told.sort(key=lambda p: (-p.pin.upvotes, p.pin.at, p.pin.id))
        return SlideRecord(number, slide, pins=tuple(told), shown=shown)
    counted, truth = workshops.rooms.results(room, slide), views.truth(room, slide)
    asked = asked_about(slide, names, shown, language)
    result = result_of(asked, counted, truth, translator(language), language)
    return SlideRecord(number, slide, result, counted, truth, shown=shown)


def _pin(
    pin: KeptPin, area: str, names: Mapping[str, str], slide: Slide, language: str
) -> PinRecord:
    place = pin.answer.category
    has_kind = 0 <= place < len(slide.options)
    return PinRecord(
        pin=pin,
        area=area,
        area_name=names.get(area, area),
        category=slide.options[place].in_language(language) if has_kind else "",
        hints=personal_hints(pin.answer.text),
    )


def asked_about(
    slide: Slide, names: Mapping[str, str], shown: ShownView | None, language: str
) -> Asked:
    """Return what the result of a slide is about."""
    unit, decimals = "", 0
    if shown is not None and shown.content is not None and slide.form == VALUE:
        indicator = shown.content.view.indicator
        unit, decimals = unit_suffix(indicator, language), indicator.decimals
    ranked = asked_areas(slide) if slide.form == RANKING else ()
    return Asked(slide, names, ranked, unit, decimals)
