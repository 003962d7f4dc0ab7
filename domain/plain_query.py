"""Addresses of one value a key: read, each value picked from what is allowed, written back.

Whatever an address says, the page opens: what is unknown falls back and leaves a hint.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from domain.selection import LONGEST_QUERY, Hint

UNREADABLE = "unreadable"
SHOWN = 60
"""Letters of a wrong value that a hint repeats."""
_MOST_FIELDS = 40

Raw = tuple[tuple[str, str], ...]
"""Keys and texts of an address in its order."""


def parse_plain(text: str, keys: Collection[str], longest: int) -> Raw:
    """Read a query string; foreign keys are passed over, doubled and endless ones left out.

    Examples
    --------
    >>> parse_plain("?level=a&utm_source=post", ("level",), 60)
    (('level', 'a'),)
    >>> parse_plain("level=x&level=y", ("level",), 60)
    (('unreadable', 'level'),)
    """
    if len(text) > LONGEST_QUERY:
        return ((UNREADABLE, "address"),)
    try:
        pairs = parse_qsl(text.lstrip("?"), max_num_fields=_MOST_FIELDS)
    except ValueError:
        return ((UNREADABLE, "address"),)
    pairs = [(k, v) for k, v in pairs if k in keys]
    names = [k for k, _ in pairs]
    kept = [
        (k, v) for k, v in pairs if names.count(k) == 1 and len(v) <= longest and v.isprintable()
    ]
    left_out = sorted({k for k, v in pairs if (k, v) not in kept})
    return (*kept, *(((UNREADABLE, ", ".join(left_out)),) if left_out else ()))


@dataclass(frozen=True)
class PlainReading:
    """One address on its way to a query; ``hint`` is the key of what is said of wrong values."""

    raw: dict[str, str]
    hint: str
    hints: list[Hint] = field(default_factory=list)

    def begin(self) -> None:
        """Say what of the address could not be read."""
        if self.raw.get(UNREADABLE):
            self.note("hint.unreadable", wanted=self.raw[UNREADABLE])

    def note(self, key: str, **params: object) -> None:
        """Keep a hint."""
        self.hints.append((key, params))

    def pick(self, name: str, allowed: Collection[str], default: str) -> str:
        """Return the value asked for if it is allowed, else the default with a hint."""
        wanted = self.raw.get(name, "")
        if not wanted or wanted in allowed:
            return wanted or default
        self.note("hint.lang" if name == "lang" else self.hint, wanted=wanted[:SHOWN])
        return default

    def number(self, name: str, least: float, most: float, default: float | None) -> float | None:
        """Return the number asked for if it lies within the limits, else the default."""
        wanted = self.raw.get(name, "")
        if not wanted:
            return default
        try:
            found = float(wanted)
        except ValueError:
            found = math.nan
        if not least <= found <= most:
            self.note(self.hint, wanted=wanted[:SHOWN])
            return default
        return found


def written(value: object) -> str:
    """Return a value as it stands in an address: lists by commas, numbers without noughts.

    Examples
    --------
    >>> written(("a", "b")), written(7.50), written(None)
    ('a,b', '7.5', '')
    """
    if isinstance(value, tuple):
        return ",".join(str(x) for x in value)
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return "" if value is None else str(value)
