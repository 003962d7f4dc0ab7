"""A script as a file that a town keeps, hands on and uses again (JSON)."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from domain.workshop_script import (
    LANGUAGES,
    MOST_OPTIONS,
    MOST_SLIDES,
    Script,
    ScriptError,
    Slide,
    Words,
    checked,
)

SCHEMA = 1
LONGEST_FILE = 400_000


def write_script(script: Script) -> str:
    """Return a script as the text of its file (JSON)."""
    told = {
        "schema": SCHEMA,
        "title": script.title,
        "slides": [_slide_json(slide) for slide in script.slides],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _slide_json(slide: Slide) -> dict[str, Any]:
    """Return the fields that say something."""
    plain = Slide(slide.id, slide.kind)
    told: dict[str, Any] = {"id": slide.id, "kind": slide.kind}
    for name in ("form", "notes", "view", "low", "high", "points", "minutes"):
        if getattr(slide, name) != getattr(plain, name):
            told[name] = getattr(slide, name)
    for name in ("title", "text"):
        if words := _words_json(getattr(slide, name)):
            told[name] = words
    if slide.options:
        told["options"] = [_words_json(option) for option in slide.options]
    return told


def _words_json(words: Words) -> dict[str, str]:
    return {name: text for name, text in vars(words).items() if text}


def read_script(text: str) -> Script:
    """Return the script of a file.

    Raises
    ------
    ScriptError
        The file is too large, no JSON, of another schema, or its script cannot be held.
    """
    if len(text) > LONGEST_FILE:
        raise ScriptError("workshop.problem.file_large", most=str(LONGEST_FILE // 1000))
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        raise ScriptError("workshop.problem.file") from None
    if not isinstance(told, dict) or told.get("schema") != SCHEMA:
        raise ScriptError("workshop.problem.file")
    slides = told.get("slides", [])
    if not isinstance(slides, list) or len(slides) > MOST_SLIDES:
        raise ScriptError("workshop.problem.many", most=str(MOST_SLIDES))
    title = told.get("title", "")
    return checked(
        Script(
            title if isinstance(title, str) else "",
            tuple(_slide(one, str(n)) for n, one in enumerate(slides, start=1)),
        )
    )


def _slide(told: object, number: str) -> Slide:
    if not isinstance(told, dict):
        raise ScriptError("workshop.problem.kind", slide=number)
    options = told.get("options", [])
    if not isinstance(options, list) or len(options) > MOST_OPTIONS:
        raise ScriptError(
            "workshop.problem.options", slide=number, least="1", most=str(MOST_OPTIONS)
        )
    return Slide(
        id=_text(told, "id"),
        kind=_text(told, "kind"),
        form=_text(told, "form"),
        title=_words(told.get("title")),
        text=_words(told.get("text")),
        notes=_text(told, "notes"),
        view=_text(told, "view"),
        options=tuple(_words(option) for option in options),
        low=_number(told, "low", 0.0),
        high=_number(told, "high", 100.0),
        points=int(_number(told, "points", 0.0)),
        minutes=int(_number(told, "minutes", 0.0)),
    )


def _text(told: Mapping[str, object], name: str) -> str:
    value = told.get(name, "")
    return value if isinstance(value, str) else ""


def _words(told: object) -> Words:
    if isinstance(told, str):
        return Words(told)
    if not isinstance(told, dict):
        return Words()
    return Words(*(_text(told, name) for name in LANGUAGES))


def _number(told: Mapping[str, object], name: str, default: float) -> float:
    value = told.get(name, default)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    number = float(value) if is_number else math.nan  # type: ignore[arg-type]
    # a number that is none, or out of all bounds, is caught where it is checked
    return number if abs(number) <= LONGEST_FILE else -1.0
