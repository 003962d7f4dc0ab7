"""Slides of *Präsentieren* as a file or a link: read as strictly as the page itself reads them.

``assets/20-js/95-slides.js`` writes both; its limits and causes are these.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass, fields
from urllib.parse import parse_qsl

from domain.selection import Selection

FORMAT, VERSION = "keck-presentation", 1
PANELS = ("map-ranking", "map", "map-trend", "ranking", "scatter", "all")
MOST_PRESENTED = 60
LONGEST_PRESENTATION = 1_000_000
_LONGEST_TITLE, _LONGEST_TEXT, _LONGEST_QUERY, _LONGEST_NAME = 300, 1_500, 4_000, 80
_LONGEST_FIELD = 40
_MOST_KEYS = 40
_KEYS = frozenset(f.name for f in fields(Selection))
_VIEW, _TEXT = ("title", "query", "panels"), ("title", "text")


class PresentationError(ValueError):
    """A file or link that is no presentation.

    Attributes
    ----------
    cause
        The last part of the text key ``present.fault.…``.
    field
        The field that is wrong, empty where the whole is.
    slide
        The number of the slide from 1, 0 where none is meant.
    town
        The town the file is of, where that is the cause.
    """

    def __init__(self, cause: str, field: str = "", slide: int = 0, town: str = "") -> None:
        super().__init__(f"{cause} {field} {slide}")
        self.cause, self.field, self.slide, self.town = cause, field, slide, town


@dataclass(frozen=True)
class Presented:
    """One slide: a view of the atlas by its query, or a text (``query`` is None)."""

    title: str
    query: str | None = None
    text: str = ""


def read_presentation(text: str, town: str) -> tuple[Presented, ...]:
    """Return the slides of a file of *Präsentieren* that was saved for a town.

    Raises
    ------
    PresentationError
        It is none, of another town or version, or a slide is wrong.
    """
    if len(text) > LONGEST_PRESENTATION:
        raise PresentationError("large")
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        raise PresentationError("json") from None
    _check_frame(told, town)
    return _slides(told.get("slides"))


def _check_frame(told: object, town: str) -> None:
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise PresentationError("format", "format")
    if told.get("version") != VERSION:
        raise PresentationError("version", "version")
    for name in ("town", "release"):
        if not _is_text(told.get(name), _LONGEST_NAME):
            raise PresentationError("words", name)
    if told["town"] != town:
        raise PresentationError("town", "town", town=told["town"])


def _slides(told: object) -> tuple[Presented, ...]:
    if not isinstance(told, list) or not told:
        raise PresentationError("none", "slides")
    if len(told) > MOST_PRESENTED:
        raise PresentationError("many", "slides")
    return tuple(_slide(one, number) for number, one in enumerate(told, start=1))


def read_presented_link(packed: str) -> tuple[Presented, ...]:
    """Return the slides of ``/praesentieren?slides=…``.

    Raises
    ------
    PresentationError
        The link is damaged, empty or too long, or a slide is wrong.
    """
    try:
        padded = packed + "=" * (-len(packed) % 4)
        told = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, RecursionError, binascii.Error):
        raise PresentationError("link") from None
    parts = [_unpacked(part) for part in told] if isinstance(told, list) else told
    return _slides(parts)


def _unpacked(part: object) -> object:
    """Return a part of a link as the file writes a slide; what is none stays as it is."""
    if not isinstance(part, list) or len(part) not in (len(_TEXT), len(_VIEW)):
        return part
    names = _VIEW if len(part) == len(_VIEW) else _TEXT
    return dict(zip(names, part, strict=True))


def _slide(told: object, number: int) -> Presented:
    if not isinstance(told, dict):
        raise PresentationError("slide", "", number)
    names = _TEXT if "text" in told else _VIEW
    if strays := [name for name in told if name not in names]:
        raise PresentationError("stray", strays[0][:_LONGEST_FIELD], number)
    if not _is_text(told.get("title"), _LONGEST_TITLE):
        raise PresentationError("words", "title", number)
    if names is _TEXT:
        if not _is_text(told.get("text"), _LONGEST_TEXT):
            raise PresentationError("words", "text", number)
        return Presented(told["title"], text=told["text"])
    if not _is_query(told.get("query")):
        raise PresentationError("query", "query", number)
    if told.get("panels") not in PANELS:
        raise PresentationError("panels", "panels", number)
    return Presented(told["title"], query=told["query"])


def _is_text(value: object, most: int) -> bool:
    return isinstance(value, str) and len(value) <= most


def _is_query(value: object) -> bool:
    """Whether a query holds keys of a view only, each once."""
    if not isinstance(value, str) or len(value) > _LONGEST_QUERY or not value.isprintable():
        return False
    if value and not value.startswith("?"):
        return False
    try:
        keys = [
            k for k, _ in parse_qsl(value[1:], keep_blank_values=True, max_num_fields=_MOST_KEYS)
        ]
    except ValueError:
        return False
    return len(set(keys)) == len(keys) and _KEYS.issuperset(keys)
