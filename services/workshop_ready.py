"""Whether a workshop is ready: everything that would embarrass whoever leads it on the evening."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from domain.workshop_room import QUESTION
from domain.workshop_script import GUESS, LANGUAGES, POINTS, RANKING, VALUE, Slide, Words
from services.workshop_facts import GuessFacts, WorkshopFacts
from services.workshops import KeptWorkshop

_OTHERS = LANGUAGES[1:]
_GRAVE = frozenset({"hint.indicator", "hint.city_only", "hint.unreadable", "workshop.view.no_page"})
"""What of an address makes a view another one than was meant."""


@dataclass(frozen=True)
class Notice:
    """One thing that is told.

    Attributes
    ----------
    slide
        Number of the slide from 1, 0 for the whole workshop.
    key, params
        The sentence; parameters named ``lang`` are a language, ``hint`` another sentence.
    is_grave
        Whether the evening fails over it; others are worth a look.
    """

    slide: int
    key: str
    params: dict[str, Any] = field(default_factory=dict)
    is_grave: bool = False


def notices(facts: WorkshopFacts, room: KeptWorkshop, newest: str) -> tuple[Notice, ...]:
    """Return what is to be told of a workshop, slide by slide, the whole and what is grave first.

    Parameters
    ----------
    newest
        The newest release that is public.
    """
    found = list(_of_whole(room, newest))
    for number, slide in enumerate(room.script.slides, start=1):
        if slide.kind == GUESS:
            found += _of_guess(facts.guess(room, slide), slide, number)
        if slide.view:
            found += _of_view(facts, room, slide, number)
        found += _of_options(slide, number)
        found += _missing_languages(slide, number)
    return tuple(sorted(found, key=lambda notice: (notice.slide, not notice.is_grave)))


def _of_whole(room: KeptWorkshop, newest: str) -> Iterator[Notice]:
    slides = room.script.slides
    if not slides:
        yield Notice(0, "workshop.ready.empty", is_grave=True)
    elif not any(slide.asks for slide in slides):
        yield Notice(0, "workshop.ready.asks_nothing", is_grave=room.kind == QUESTION)
    if room.release_id != newest:
        yield Notice(0, "workshop.ready.release", {"own": room.release_id, "newest": newest})
    if room.kind == QUESTION:
        if room.until is None:
            yield Notice(0, "workshop.ready.no_end")
        if not room.is_moderated:
            yield Notice(0, "workshop.ready.unmoderated")


def _missing_languages(slide: Slide, number: int) -> Iterator[Notice]:
    every: list[Words] = [slide.title, slide.text, *slide.options]
    for language in _OTHERS:
        missing = sum(bool(words.de) and not getattr(words, language) for words in every)
        if missing:
            params = {"lang": language, "n": missing}
            yield Notice(number, "workshop.ready.language", params)


def _of_options(slide: Slide, number: int) -> Iterator[Notice]:
    for language in LANGUAGES:
        read = Counter(" ".join(o.in_language(language).casefold().split()) for o in slide.options)
        if any(n > 1 for n in read.values()):
            twice = next(text for text, n in read.items() if n > 1)
            params = {"text": twice, "lang": language}
            yield Notice(number, "workshop.ready.equal", params, is_grave=True)
            return
    if slide.form == POINTS and slide.points < 2:  # noqa: PLR2004 - one point is a single choice
        yield Notice(number, "workshop.ready.one_point")


def _of_view(
    facts: WorkshopFacts, room: KeptWorkshop, slide: Slide, number: int
) -> Iterator[Notice]:
    for key, params in facts.view(room, slide.view).hints:
        yield Notice(number, "workshop.ready.view", {"hint": (key, params)}, key in _GRAVE)


def _of_guess(told: GuessFacts, slide: Slide, number: int) -> Iterator[Notice]:
    if told.why:
        yield Notice(number, f"workshop.unknown.{told.why}", is_grave=True)
        return
    value = told.truth.value
    if slide.form == VALUE and value is not None and not slide.low <= value <= slide.high:
        yield Notice(number, "workshop.ready.outside", is_grave=True)
    if slide.form == RANKING and told.is_tied:
        yield Notice(number, "workshop.ready.tie")
    if len(told.truth.areas) > 1:
        yield Notice(number, "workshop.ready.shared", {"n": len(told.truth.areas)})
