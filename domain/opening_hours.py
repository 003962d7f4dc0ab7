"""Opening hours as German offices write them: "Mo–Fr 7:00–16:30", "Di und Do 9.30 bis 11.30 Uhr".

What cannot be read is told apart from what is closed: nobody's hours are guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

DAYS = ("mo", "di", "mi", "do", "fr", "sa", "so")
HOURS_A_DAY = 24
_MINUTES = 60
_NAMES = {
    "mo": 0, "montag": 0, "montags": 0, "mon": 0, "monday": 0,
    "di": 1, "dienstag": 1, "dienstags": 1, "tue": 1, "tuesday": 1,
    "mi": 2, "mittwoch": 2, "mittwochs": 2, "wed": 2, "wednesday": 2,
    "do": 3, "donnerstag": 3, "donnerstags": 3, "thu": 3, "thursday": 3,
    "fr": 4, "freitag": 4, "freitags": 4, "fri": 4, "friday": 4,
    "sa": 5, "samstag": 5, "samstags": 5, "sonnabend": 5, "sat": 5, "saturday": 5,
    "so": 6, "sonntag": 6, "sonntags": 6, "sun": 6, "sunday": 6,
}  # fmt: skip
_DAY = r"[a-zäöü]+"
_TIME = r"\d{1,2}(?:[.:]\d{2})?"
_TO = r"\s*(?:-|bis|to)\s*"
_BLOCK = re.compile(
    rf"(?P<days>{_DAY}\.?(?:(?:{_TO}|\s*(?:,|und|and|&|\+|/)\s*){_DAY}\.?)*)\s*:?\s*"
    rf"(?P<times>(?:von\s+)?{_TIME}{_TO}{_TIME}(?:\s*uhr)?"
    rf"(?:\s*(?:,|und|and|&|/)\s*{_TIME}{_TO}{_TIME}(?:\s*uhr)?)*)"
)
_SPAN = re.compile(rf"({_TIME}){_TO}({_TIME})")
_LIST = re.compile(r"\s*(?:,|\bund\b|\band\b|&|\+|/)\s*")
_BETWEEN = re.compile(r"(?:[\s,;|/]|und\b|and\b)*")
_DASHES = re.compile("[\u2010-\u2015\u2212]")


@dataclass(frozen=True)
class Opening:
    """One stretch of one weekday (0 is Monday), in minutes since midnight."""

    day: int
    start: int
    end: int


def read_hours(text: str) -> tuple[Opening, ...]:
    """Return the openings of a week, empty where any part of the text cannot be read.

    Examples
    --------
    >>> read_hours("Mo und Mi 9:00–11:00")
    (Opening(day=0, start=540, end=660), Opening(day=2, start=540, end=660))
    >>> read_hours("nach Vereinbarung"), read_hours("Mo-Fr 7-16, außer in den Ferien")
    ((), ())
    """
    plain = _DASHES.sub("-", text).casefold().strip()
    found: set[Opening] = set()
    at = 0
    while at < len(plain):
        block = _BLOCK.match(plain, at)
        days = _days(block["days"]) if block else ()
        spans = _spans(block["times"]) if block else ()
        if block is None or not days or not spans:
            return ()
        found |= {Opening(day, *span) for day in days for span in spans}
        gap = _BETWEEN.match(plain, block.end())
        at = gap.end() if gap else block.end()
    return tuple(sorted(found, key=lambda o: (o.day, o.start, o.end)))


def _days(text: str) -> tuple[int, ...]:
    """Return the weekdays of a list of days and spans of days, empty where a word is none."""
    days: list[int] = []
    for part in _LIST.split(text):
        ends = [_NAMES.get(name.rstrip(".")) for name in re.split(_TO, part.strip())]
        if len(ends) > 2 or None in ends:  # noqa: PLR2004 - from and to
            return ()
        first, last = ends[0] or 0, ends[-1] or 0
        days += range(first, (last if last >= first else last + 7) + 1)
    return tuple(day % 7 for day in days)


def _spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return the stretches of a day in minutes, empty where one does not end after it begins."""
    spans = [(_minutes(a), _minutes(b)) for a, b in _SPAN.findall(text)]
    is_sound = all(a < b <= HOURS_A_DAY * _MINUTES for a, b in spans)
    return tuple(spans) if is_sound else ()


def _minutes(text: str) -> int:
    hours, _, minutes = text.replace(".", ":").partition(":")
    return int(hours) * _MINUTES + int(minutes or 0)


def open_share(openings: tuple[Opening, ...], day: int, hour: int) -> float:
    """Return for which part of an hour something is open, 0 to 1.

    Examples
    --------
    >>> open_share(read_hours("Mo 7:30-16:00"), 0, 7)
    0.5
    """
    start, end = hour * _MINUTES, (hour + 1) * _MINUTES
    minutes = sum(max(0, min(o.end, end) - max(o.start, start)) for o in openings if o.day == day)
    return min(1.0, minutes / _MINUTES)
