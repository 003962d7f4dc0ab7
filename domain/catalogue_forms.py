"""How a form and a recipe write the fields of a catalogue.

A value of a recipe is what TOML and JSON hold: text, number, truth, list, or a table with ``de``
and ``en``. A form holds texts by name; those of several languages or rows are joined by points, as
in ``name.de`` and ``series_break.0.period``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from domain.catalogue_fields import Field, Shape

LANGUAGES = ("de", "en")
LONGEST_TEXT = 4000
_GAPS = re.compile(r"[;\s]+")
_GAPS_OF_WORDS = re.compile(r"[,;\s]+")


def read(field: Field, typed: Mapping[str, str], at: str = "") -> Any:
    """Return the value a form says; None where the recipe shall not name the field.

    What is no number stays a text, so that the check of the recipe tells what is wrong with it.

    Examples
    --------
    >>> read(Field("breaks", Shape.NUMBERS), {"breaks": "10; 20,5 30"})
    [10.0, 20.5, 30.0]
    >>> read(Field("name", Shape.TEXT), {"name.de": " Kinder ", "name.en": ""})
    {'de': 'Kinder'}
    """
    return _READERS[field.shape](field, typed, at or field.name)


def _line(field: Field, typed: Mapping[str, str], name: str) -> Any:
    text = typed.get(name, "").strip()
    return _number(text, is_whole=True) if text and field.is_whole else text or None


def _flag(_field: Field, typed: Mapping[str, str], name: str) -> bool:
    return bool(typed.get(name, "").strip())


def _texts(_field: Field, typed: Mapping[str, str], name: str) -> dict[str, str] | None:
    given = {x: _lines(typed.get(f"{name}.{x}", "")) for x in LANGUAGES}
    return {x: t for x, t in given.items() if t or x == "de"} if any(given.values()) else None


def _one_number(field: Field, typed: Mapping[str, str], name: str) -> Any:
    text = typed.get(name, "").strip()
    return _number(text, is_whole=field.is_whole) if text else None


def _numbers(_field: Field, typed: Mapping[str, str], name: str) -> list[Any] | None:
    return [_number(part) for part in _GAPS.split(typed.get(name, "")) if part] or None


def _words(_field: Field, typed: Mapping[str, str], name: str) -> list[str] | None:
    return [part for part in _GAPS_OF_WORDS.split(typed.get(name, "")) if part] or None


def _rows(field: Field, typed: Mapping[str, str], name: str) -> list[dict[str, Any]] | None:
    numbers = {int(m[1]) for key in typed if (m := re.match(rf"{name}\.([0-9]{{1,3}})\.", key))}
    rows = []
    for n in sorted(numbers):
        cells = {part.name: read(part, typed, f"{name}.{n}.{part.name}") for part in field.parts}
        lead = field.parts[0].name
        written = [p.name for p in field.parts if p.shape in (Shape.LINE, Shape.TEXT)]
        if any(cells[x] for x in {lead, *written}):
            rows.append({key: value for key, value in cells.items() if value is not None})
    return rows or None


_READERS: dict[Shape, Callable[[Field, Mapping[str, str], str], Any]] = {
    Shape.LINE: _line,
    Shape.CHOICE: _line,
    Shape.PALETTE: _line,
    Shape.FLAG: _flag,
    Shape.TEXT: _texts,
    Shape.LONG: _texts,
    Shape.NUMBER: _one_number,
    Shape.NUMBERS: _numbers,
    Shape.WORDS: _words,
    Shape.ROWS: _rows,
}


def write(field: Field, value: Any, at: str = "") -> dict[str, str]:
    """Return what a form shows for a value of a recipe; the other way round of :func:`read`.

    Examples
    --------
    >>> write(Field("name", Shape.TEXT), "Kinder")
    {'name.de': 'Kinder', 'name.en': ''}
    >>> write(Field("breaks", Shape.NUMBERS), [10, 20.5])
    {'breaks': '10; 20.5'}
    """
    name = at or field.name
    match field.shape:
        case Shape.FLAG:
            return {name: "1" if value else ""}
        case Shape.TEXT | Shape.LONG:
            given = {"de": value} if isinstance(value, str) else (value or {})
            return {f"{name}.{x}": str(given.get(x, "")) for x in LANGUAGES}
        case Shape.NUMBERS:
            return {name: "; ".join(_plain(v) for v in value or ())}
        case Shape.WORDS:
            return {name: " ".join(value or ())}
        case Shape.ROWS:
            shown: dict[str, str] = {}
            for n, row in enumerate(value or ()):
                for part in field.parts:
                    shown |= write(part, row.get(part.name), f"{name}.{n}.{part.name}")
            return shown
    return {name: "" if value is None else _plain(value)}


def differing(
    fields: Sequence[Field], before: Mapping[str, Any], typed: Mapping[str, str]
) -> dict[str, Any]:
    """Return the fields of a form that say something else than the recipe does."""
    found = {}
    for field in fields:
        value = read(field, typed)
        if value != read(field, write(field, before.get(field.name))):
            found[field.name] = value
    return found


def _number(text: str, *, is_whole: bool = False) -> Any:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return text
    if not math.isfinite(value):
        return [text]
    return int(value) if is_whole and value.is_integer() else value


def _lines(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines()).strip()


def _plain(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return f"{value:.12g}"
