"""Area keys of a delivery against the areas of the map.

Ids are text and never numbers, so that leading zeros stay. Names are joined in a normal form
(case, umlauts, underscores, hyphens, "St."); a name that two areas carry is never guessed.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

_REPLACED = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa"}
_SHORTENED = (
    (re.compile(r"\bst\.\s*"), "sankt "),
    (re.compile(r"\bst\b"), "sankt"),
    (re.compile(r"str\.(?=\s|$)"), "strasse"),
)
_SEPARATORS = re.compile(r"[\s_\-–/.,']+")
SUGGESTION_SCORE = 0.6


@dataclass(frozen=True)
class AreaMatch:
    """The area of a key, or why there is none and what may have been meant (with score)."""

    area: str = ""
    problem: str = ""
    suggestions: tuple[tuple[str, float], ...] = ()


def normal_name(name: str) -> str:
    """Return the form in which names are compared.

    >>> normal_name("Westliche_Höhe") == normal_name("westliche höhe")
    True
    >>> normal_name("St. Jürgen") == normal_name("Sankt-Juergen")
    True
    """
    text = unicodedata.normalize("NFC", name).casefold()
    for letter, plain in _REPLACED.items():
        text = text.replace(letter, plain)
    for pattern, full in _SHORTENED:
        text = pattern.sub(full, text)
    return _SEPARATORS.sub(" ", text).strip()


def extracted(text: str, pattern: re.Pattern[str] | None, pad: int = 0) -> str | None:
    """Return the key in a cell: group 1 of the pattern (or its match), padded with zeros.

    None means that the pattern does not occur in the text.
    """
    key = text.strip()
    if pattern is not None:
        match = pattern.search(key)
        if match is None:
            return None
        key = (match[1] if pattern.groups else match[0]) or ""
    return key.strip().zfill(pad) if pad and key.strip() else key.strip()


def text_of(value: object) -> str:
    """Write an attribute of a map as text; whole numbers keep no decimal point."""
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


class AreaKeys:
    """The ids and names of one level, ready for look-ups."""

    def __init__(self, names: Mapping[str, str], aliases: Mapping[str, str] | None = None) -> None:
        """Take the names of the areas by id and the areas of aliases by written name."""
        self._names = dict(names)
        self._by_name: dict[str, list[str]] = {}
        for area, name in self._names.items():
            self._by_name.setdefault(normal_name(name), []).append(area)
        self._aliases = {normal_name(written): area for written, area in (aliases or {}).items()}
        self._written = {written.strip(): area for written, area in (aliases or {}).items()}

    @property
    def areas(self) -> Iterable[str]:
        """All ids, in the order of the map."""
        return self._names.keys()

    def has_id(self, key: str) -> bool:
        """Whether a key is an id or an alias; unlike :meth:`find` it seeks nothing similar."""
        return key in self._names or key in self._written

    def name(self, area: str) -> str:
        """Return the name of an area of this level."""
        return self._names[area]

    def find(self, key: str, *, by: str) -> AreaMatch:
        """Return the area of a key.

        Parameters
        ----------
        key
            The key or name as extracted from the cell.
        by
            ``"id"`` or ``"name"``.
        """
        return self._find_name(key) if by == "name" else self._find_id(key)

    def _find_id(self, key: str) -> AreaMatch:
        if key in self._names:
            return AreaMatch(key)
        if key in self._written:
            return AreaMatch(self._written[key])
        bare = key.lstrip("0")
        lost_zeros = [(area, 0.99) for area in self._names if area.lstrip("0") == bare and bare]
        close = lost_zeros or _closest(key, {area: area for area in self._names})
        return AreaMatch(problem="unknown", suggestions=tuple(close[:3]))

    def _find_name(self, name: str) -> AreaMatch:
        normal = normal_name(name)
        if normal in self._aliases:
            return AreaMatch(self._aliases[normal])
        areas = self._by_name.get(normal, [])
        if len(areas) == 1:
            return AreaMatch(areas[0])
        if areas:
            return AreaMatch(problem="ambiguous", suggestions=tuple((a, 1.0) for a in areas))
        known = {one: self._names[found[0]] for one, found in self._by_name.items()}
        return AreaMatch(problem="unknown", suggestions=tuple(_closest(normal, known)))


def _closest(key: str, known: Mapping[str, str]) -> list[tuple[str, float]]:
    """Return up to three known names with their likeness, best first."""
    scored = [
        (shown, round(difflib.SequenceMatcher(None, key, one).ratio(), 2))
        for one, shown in known.items()
    ]
    likely = [pair for pair in scored if pair[1] >= SUGGESTION_SCORE]
    return sorted(likely, key=lambda pair: (-pair[1], pair[0]))[:3]
