"""A script as a file that a town keeps, hands on and uses again (JSON)."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from domain.workshop_script import (
    LANGUAGES,
    MOST_NUMBER,
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
_SCRIPT_FIELDS = frozenset({"schema", "title", "slides"})
_SLIDE_FIELDS = frozenset(Slide.__dataclass_fields__)
_LONGEST_NAME = 40


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


def storable(script: Script) -> Script:
    """Return the script if it can be held and its file can be read again; see :func:`checked`.

    Raises
    ------
    ScriptError
        Something on a slide, or all texts together are too long.
    """
    if len(write_script(checked(script))) > LONGEST_FILE:
        raise ScriptError("workshop.problem.script_large", most=str(LONGEST_FILE // 1000))
    return script


def read_script(text: str) -> Script:
    """Return the script of a file.

    Raises
    ------
    ScriptError
        The file is too large, no JSON, of another schema, holds a field that is not known or not
        of its kind, or its script cannot be held.
    """
    if len(text) > LONGEST_FILE:
        raise ScriptError("workshop.problem.file_large", most=str(LONGEST_FILE // 1000))
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        raise ScriptError("workshop.problem.file") from None
    if not isinstance(told, dict) or told.get("schema") != SCHEMA:
        raise ScriptError("workshop.problem.file")
    if strays := [name for name in told if name not in _SCRIPT_FIELDS]:
        raise ScriptError("workshop.problem.script_field", field=strays[0][:_LONGEST_NAME])
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
    _refuse_strays(told, _SLIDE_FIELDS, number)
    options = told.get("options", [])
    if not isinstance(options, list) or len(options) > MOST_OPTIONS:
        raise ScriptError(
            "workshop.problem.options", slide=number, least="1", most=str(MOST_OPTIONS)
        )
    plain = Slide("", "")
    read: dict[str, Any] = {
        "options": tuple(_words(option, "options", number) for option in options)
    }
    read |= {name: _text(told, name, number) for name in ("id", "kind", "form", "notes", "view")}
    read |= {name: _words(told.get(name, ""), name, number) for name in ("title", "text")}
    read |= {n: _number(told, n, getattr(plain, n), number) for n in ("low", "high")}
    read |= {name: _whole(told, name, number) for name in ("points", "minutes")}
    return Slide(**read)


def _refuse_strays(told: Mapping[str, object], known: Collection[str], number: str) -> None:
    if strays := [name for name in told if name not in known]:
        raise _wrong(strays[0], number)


def _wrong(field: str, number: str) -> ScriptError:
    return ScriptError("workshop.problem.field", slide=number, field=field[:_LONGEST_NAME])


def _text(told: Mapping[str, object], name: str, number: str) -> str:
    value = told.get(name, "")
    if not isinstance(value, str):
        raise _wrong(name, number)
    return value


def _words(told: object, name: str, number: str) -> Words:
    if isinstance(told, str):
        return Words(told)
    if not isinstance(told, dict):
        raise _wrong(name, number)
    _refuse_strays(told, LANGUAGES, number)
    return Words(*(_text(told, language, number) for language in LANGUAGES))


def _number(told: Mapping[str, object], name: str, default: float, number: str) -> float:
    value = told.get(name, default)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    # whole numbers of a file have no end; one beyond all bounds cannot even be a float
    if not is_number or not -MOST_NUMBER <= value <= MOST_NUMBER:  # type: ignore[operator]
        raise _wrong(name, number)
    return float(value)  # type: ignore[arg-type]


def _whole(told: Mapping[str, object], name: str, number: str) -> int:
    value = _number(told, name, 0.0, number)
    if not value.is_integer():
        raise _wrong(name, number)
    return int(value)
