"""The script of a workshop: slides in their order, what may stand on them, and their order.

A script is plain data, so that a town can keep it, hand it on and use it again next year. What a
slide shows of the atlas is the address of a page; its figures are those of the release on the day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote

GUESS, VIEW, POLL, PINS, TEXT, BREAK = KINDS = ("guess", "view", "poll", "pins", "text", "break")
VALUE, RANKING, DISTRICT = GUESSES = ("value", "ranking", "district")
SINGLE, MULTIPLE, SCALE, POINTS = POLLS = ("single", "multiple", "scale", "points")
FORMS: Mapping[str, tuple[str, ...]] = {GUESS: GUESSES, POLL: POLLS}
"""Kinds that ask in one of several forms."""
LANGUAGES = ("de", "en", "plain")
"""German, English, and German in plain words (Einfache Sprache)."""
SHOWN_PAGES = ("/atlas", "/vergleich", "/profil", "/bedarf", "/ressourcen", "/wirkung")
MOST_SLIDES = 60
MOST_OPTIONS = 12
FEWEST_OPTIONS = 2
LONGEST_TITLE = 160
LONGEST_TEXT = 2_000
LONGEST_OPTION = 120
LONGEST_VIEW = 4_096
MOST_POINTS = 100
LONGEST_BREAK = 240
MOST_NUMBER = 1e9
"""Ends of what can be guessed lie within it on both sides of zero."""
_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_LEAST_SCALE, _MOST_SCALE = 0, 100
_OF_OPTIONS = frozenset({SINGLE, MULTIPLE, POINTS})


class ScriptError(ValueError):
    """A script that cannot be held; ``key`` names the sentence, ``params`` what stands in it."""

    def __init__(self, key: str, **params: str) -> None:
        super().__init__(f"{key} {params}")
        self.key = key
        self.params = params


@dataclass(frozen=True)
class Words:
    """A text in up to three languages; those that are missing are read in German."""

    de: str = ""
    en: str = ""
    plain: str = ""

    def in_language(self, language: str) -> str:
        """Return the text in one of :data:`LANGUAGES`."""
        return str(getattr(self, language) or self.de)


@dataclass(frozen=True)
class Slide:
    """One slide.

    Attributes
    ----------
    id
        Unique in its script; answers are kept under it.
    kind, form
        One of :data:`KINDS`, and how it asks (:data:`FORMS`), else empty.
    title, text
        The question or heading, and what stands below it.
    notes
        For the presenter alone.
    view
        Address of the page that is shown, without host; empty for none. A guess asks for what it
        shows.
    options
        Answers of a poll, or kinds of pins.
    low, high
        Ends of a scale, or of what can be guessed.
    points
        Points that everybody may hand out.
    minutes
        Length of a break.
    """

    id: str
    kind: str
    form: str = ""
    title: Words = Words()
    text: Words = Words()
    notes: str = ""
    view: str = ""
    options: tuple[Words, ...] = ()
    low: float = 0.0
    high: float = 100.0
    points: int = 0
    minutes: int = 0

    @property
    def asks(self) -> bool:
        """Whether participants answer it."""
        return self.kind in (GUESS, POLL, PINS)


@dataclass(frozen=True)
class Script:
    """A workshop before it takes place."""

    title: str
    slides: tuple[Slide, ...] = ()

    def at(self, slide_id: str) -> int:
        """Return the position of a slide, -1 where there is none of this id."""
        return next((n for n, s in enumerate(self.slides) if s.id == slide_id), -1)


def moved(script: Script, slide_id: str, to: int) -> Script:
    """Return the script with a slide at another position; positions beyond the ends are ends."""
    at = script.at(slide_id)
    if at < 0:
        return script
    rest = [*script.slides[:at], *script.slides[at + 1 :]]
    rest.insert(min(max(to, 0), len(rest)), script.slides[at])
    return replace(script, slides=tuple(rest))


def doubled(script: Script, slide_id: str, new_id: str) -> Script:
    """Return the script with a copy of a slide right behind it."""
    at = script.at(slide_id)
    if at < 0:
        return script
    copy = replace(script.slides[at], id=new_id)
    return checked(
        replace(script, slides=(*script.slides[: at + 1], copy, *script.slides[at + 1 :]))
    )


def checked(script: Script) -> Script:
    """Return the script, or say what is wrong with it and on which slide.

    Raises
    ------
    ScriptError
        With ``slide``, its number from 1, where a slide is meant.
    """
    if not script.title.strip() or not _is_text(script.title, LONGEST_TITLE):
        raise ScriptError("workshop.problem.title", most=str(LONGEST_TITLE))
    if len(script.slides) > MOST_SLIDES:
        raise ScriptError("workshop.problem.many", most=str(MOST_SLIDES))
    seen: set[str] = set()
    for number, slide in enumerate(script.slides, start=1):
        if not _ID.fullmatch(slide.id) or slide.id in seen:
            raise ScriptError("workshop.problem.id", slide=str(number))
        seen.add(slide.id)
        _check(slide, str(number))
    return script


def _check(slide: Slide, number: str) -> None:
    if slide.kind not in KINDS:
        raise ScriptError("workshop.problem.kind", slide=number)
    if slide.form not in FORMS.get(slide.kind, ("",)):
        raise ScriptError("workshop.problem.form", slide=number)
    if not slide.title.de.strip():
        raise ScriptError("workshop.problem.slide_title", slide=number)
    texts = (
        *((t, LONGEST_TITLE) for t in _all(slide.title)),
        *((t, LONGEST_TEXT) for t in (*_all(slide.text), slide.notes)),
        *((t, LONGEST_OPTION) for option in slide.options for t in _all(option)),
    )
    for text, most in texts:
        if not _is_text(text, most):
            raise ScriptError("workshop.problem.long", slide=number, most=str(most))
    if len(slide.view) > LONGEST_VIEW or (slide.view and not is_view(slide.view)):
        raise ScriptError("workshop.problem.view", slide=number)
    if slide.kind in (GUESS, VIEW) and not slide.view:
        raise ScriptError("workshop.problem.no_view", slide=number)
    _check_answers(slide, number)


def _check_answers(slide: Slide, number: str) -> None:
    needs_options = slide.form in _OF_OPTIONS or slide.kind == PINS
    n = len(slide.options)
    least = 1 if slide.kind == PINS else FEWEST_OPTIONS
    if needs_options and not (
        least <= n <= MOST_OPTIONS and all(o.de.strip() for o in slide.options)
    ):
        raise ScriptError(
            "workshop.problem.options", slide=number, least=str(least), most=str(MOST_OPTIONS)
        )
    if slide.form in (SCALE, VALUE):
        is_span = -MOST_NUMBER <= slide.low < slide.high <= MOST_NUMBER
        is_scale = slide.form == VALUE or (
            slide.low >= _LEAST_SCALE
            and slide.high <= _MOST_SCALE
            and slide.low.is_integer()
            and slide.high.is_integer()
        )
        if not (is_span and is_scale):
            raise ScriptError("workshop.problem.span", slide=number)
    if slide.form == POINTS and not 1 <= slide.points <= MOST_POINTS:
        raise ScriptError("workshop.problem.points", slide=number, most=str(MOST_POINTS))
    if slide.kind == BREAK and not 1 <= slide.minutes <= LONGEST_BREAK:
        raise ScriptError("workshop.problem.minutes", slide=number, most=str(LONGEST_BREAK))


def _is_text(text: str, most: int) -> bool:
    """Whether a text is short enough and can be kept everywhere, in files and in the database."""
    return len(text) <= most and not _UNWRITABLE.search(text)


def is_view(address: str) -> bool:
    """Whether an address is that of a page a slide may show; never one of another host.

    Examples
    --------
    >>> is_view("/atlas?indicator=kinderarmut"), is_view("//boese.example/atlas")
    (True, False)
    """
    # browsers read %2e%2e as two dots
    path = unquote(address.partition("?")[0])
    is_page = any(path == page or path.startswith(page + "/") for page in SHOWN_PAGES)
    return is_page and address.isprintable() and ".." not in path and "\\" not in path


def _all(words: Words) -> tuple[str, str, str]:
    return words.de, words.en, words.plain


def option_words(texts: Sequence[str]) -> tuple[Words, ...]:
    """Return options of lines that were typed, blank ones left out."""
    return tuple(Words(text.strip()) for text in texts if text.strip())
