"""What whoever runs a facility may say of it, read from a form and written into one."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from typing import Any

TEXTS = ("name", "address", "hours")
COUNTS = ("places_u3", "places_ue3", "places_total")
FIELDS = ("name", "kind", "address", *COUNTS, "hours", "valid_to")
"""Columns of a facility that can be changed; where it lies and who runs it cannot."""
WAS, ROW, ADDED, CLOSED = "was", "row", "added", "closed"
"""Beside the fields of a change: its name when it was changed (ids may be those of rows, which
move), the whole facility, whether a carrier added it, and whether it has closed by now."""
LONGEST = 200
MOST_PLACES = 5000
_MOST_DIGITS = 4
_NEAR_DEGREES = {"x": 0.003, "y": 0.002}

Fields = dict[str, Any]


class FacilityFieldError(ValueError):
    """A field that cannot be what was typed; ``key`` and ``params`` name the sentence."""

    def __init__(self, key: str, **params: str) -> None:
        super().__init__(f"{key} {params}")
        self.key = key
        self.params = params


def shown(row: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields of a facility as a form shows them; unknown numbers are empty.

    Examples
    --------
    >>> shown({"name": "Kita Nord", "places_u3": 10.0, "places_ue3": float("nan")})["places_u3"]
    '10'
    """
    return {name: shown_value(row.get(name)) for name in FIELDS}


def shown_value(value: Any) -> str:
    """Return one field as a form shows it: whole numbers bare, unknown ones empty."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    return f"{value:.0f}" if isinstance(value, int | float) else str(value)


def are_alike(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two rows are one facility: same name and kind, and same carrier or same place.

    Two carriers may each have a "Jugendzentrum"; places are in degrees, the same within some 200 m.

    Examples
    --------
    >>> here = {"name": "Jugendzentrum", "kind": "treff", "operator": "AWO", "x": 9.43, "y": 54.78}
    >>> are_alike(here, {**here, "name": "JUGENDZENTRUM", "x": 9.5})
    True
    >>> are_alike(here, {**here, "operator": "DRK", "x": 9.5})
    False
    """
    if any(_plain(one, name) != _plain(other, name) for name in ("name", "kind")):
        return False
    if _plain(one, "operator") == _plain(other, "operator"):
        return True
    return all(
        abs(float(one[axis]) - float(other[axis])) < reach for axis, reach in _NEAR_DEGREES.items()
    )


def _plain(row: Mapping[str, Any], name: str) -> str:
    return str(row[name]).strip().casefold()


def read(typed: Mapping[str, str], kinds: Iterable[str]) -> Fields:
    """Return the fields of a form.

    Parameters
    ----------
    typed
        Text by name of the field; missing ones count as empty.
    kinds
        Ids of the kinds of facilities there are.

    Raises
    ------
    FacilityFieldError
        The name is empty, a text is too long or not printable, the kind is unknown, a number is
        none or too large, the parts are more than the whole, or the day is none.

    Examples
    --------
    >>> read({"name": " Kita  Nord ", "kind": "kita", "places_u3": "10"}, ["kita"])["places_u3"]
    10.0
    """
    fields: Fields = {name: text_typed(name, typed.get(name, "")) for name in TEXTS}
    if not fields["name"]:
        raise FacilityFieldError("facility.problem.name")
    fields["kind"] = typed.get("kind", "")
    if fields["kind"] not in set(kinds):
        raise FacilityFieldError("facility.problem.kind")
    fields |= {name: count_typed(name, typed.get(name, "")) for name in COUNTS}
    parts = sum(fields[name] or 0.0 for name in COUNTS[:2])
    whole = fields["places_total"]
    if whole is not None and parts > whole:
        raise FacilityFieldError("facility.problem.sum")
    fields["valid_to"] = _day(typed.get("valid_to", ""))
    return fields


def text_typed(name: str, typed: str) -> str:
    """Return a text on one line; FacilityFieldError where it is too long or not printable."""
    text = " ".join(typed.split())
    if len(text) > LONGEST or not (text.isprintable() or not text):
        raise FacilityFieldError("facility.problem.text", field=name, most=str(LONGEST))
    return text


def count_typed(name: str, typed: str) -> float | None:
    """Return a whole number, None where nothing was typed; FacilityFieldError for any other."""
    text = typed.strip()
    if not text:
        return None
    is_short = text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS
    if not (is_short and int(text) <= MOST_PLACES):
        raise FacilityFieldError("facility.problem.count", field=name, most=str(MOST_PLACES))
    return float(text)


def _day(typed: str) -> str:
    try:
        return dt.date.fromisoformat(typed.strip()).isoformat() if typed.strip() else ""
    except ValueError:
        raise FacilityFieldError("facility.problem.day") from None


def changes(row: Mapping[str, Any], fields: Fields) -> Fields:
    """Return the fields that differ from what a facility is."""
    before = shown(row)
    return {name: value for name, value in fields.items() if shown_value(value) != before[name]}
