"""The typeface of everything printed: where it lies, how wide a text is, what it can show.

Texts of towns and of readers may hold any letter; one that our fonts lack is replaced by a small
box, because a PDF/UA file must not hold letters that cannot be shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

from PIL import ImageFont

from domain.plain_text import clean_text

FOLDER = Path(__file__).parent / "fonts"
FAMILY = "Keck Sans"
EXTENDED = "Keck Sans Ext"
SIGNS = "Keck Signs"
FAMILIES = (FAMILY, EXTENDED, SIGNS)
UNKNOWN = "\u25af"
REGULAR, SEMIBOLD = 400, 600
_STYLES = {REGULAR: "regular", SEMIBOLD: "semibold"}
_EM = 100
_FIRST_EXTENDED = 0x0100
_FIRST_SIGN = 0x2190
_OF_MAIN = frozenset("Œœ…\u2009–—‘’‚“”„•′″‹›⁄€™↑↓−∕ıˆ˚˜")


@cache
def covered() -> frozenset[str]:
    """Return every letter that one of the fonts can show."""
    codes = (FOLDER / "coverage.txt").read_text(encoding="ascii").split()
    return frozenset(chr(int(code, 16)) for code in codes) | {"\n"}


def printable(text: str) -> str:
    """Return a text with control signs taken out and unknown letters as small boxes.

    >>> printable("Grüße 漢")
    'Grüße ▯'
    """
    known = covered()
    return "".join(c if c in known else UNKNOWN for c in clean_text(text).replace("\t", " "))


def family_of(letter: str) -> str:
    """Return the family that holds a letter."""
    if ord(letter) < _FIRST_EXTENDED or letter in _OF_MAIN:
        return FAMILY
    return SIGNS if ord(letter) >= _FIRST_SIGN and letter in _signs() else EXTENDED


@cache
def _signs() -> frozenset[str]:
    return frozenset("▲△▼▽●○▯⋮→←↗↘≤≥")


def runs(text: str) -> Iterator[tuple[str, str]]:
    """Give family and text of each part that is set in one font."""
    for family, letters in groupby(text, key=family_of):
        yield family, "".join(letters)


@cache
def _font(family: str, weight: int) -> ImageFont.FreeTypeFont:
    name = {FAMILY: "keck-sans-", EXTENDED: "keck-sans-ext-", SIGNS: "keck-signs"}[family]
    style = "" if family == SIGNS else _STYLES[weight]
    return ImageFont.truetype(FOLDER / f"{name}{style}.ttf", _EM)


@cache
def _advance(letter: str, weight: int) -> float:
    return float(_font(family_of(letter), weight).getlength(letter)) / _EM


def width(text: str, size: float, weight: int = REGULAR) -> float:
    """Return how wide a text is in the unit of ``size``, a little too wide where letters kern."""
    return size * sum(_advance(letter, weight) for letter in text)


def shortened(text: str, size: float, room: float, weight: int = REGULAR) -> str:
    """Return a text that fits a room, cut with an ellipsis where it must be.

    >>> shortened("Kinderarmut", 10, 200), shortened("Kinderarmut", 10, 30)
    ('Kinderarmut', 'Kind…')
    """
    if width(text, size, weight) <= room:
        return text
    while text and width(text + "…", size, weight) > room:
        text = text[:-1]
    return text.rstrip(" -/(,") + "…"


def wrapped(
    text: str, size: float, room: float, *, weight: int = REGULAR, most: int = 2
) -> list[str]:
    """Break a text into at most so many lines; the last one is cut where it must be."""
    lines: list[str] = []
    words = text.split()
    while words and len(lines) < most - 1:
        line = words.pop(0)
        while words and width(f"{line} {words[0]}", size, weight) <= room:
            line = f"{line} {words.pop(0)}"
        lines.append(shortened(line, size, room, weight))
    return [*lines, shortened(" ".join(words), size, room, weight)] if words else lines
