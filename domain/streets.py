"""House numbers of a street: read as offices write them, and asked whether they hold one."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBERS = re.compile(
    r"(?P<first>\d{1,5}) ?[a-z]?"
    r"(?: ?(?:-|–|bis) ?(?P<last>\d{1,5})[a-z]?"
    r"(?:,? (?P<side>gerade|ungerade|even|odd|g|u))?)?",
    re.IGNORECASE,
)
_SIDES = {
    "gerade": "even",
    "g": "even",
    "even": "even",
    "ungerade": "odd",
    "u": "odd",
    "odd": "odd",
}
_ASKED = re.compile(r"\b(\d{1,5}) ?[a-z]?\b", re.IGNORECASE)


@dataclass(frozen=True)
class HouseNumbers:
    """The numbers from ``first`` to ``last``; ``side`` is ``even``, ``odd`` or empty for both."""

    first: int
    last: int
    side: str = ""

    def __str__(self) -> str:
        """Return the one spelling that is stored: ``2-20 even``, ``7``, ``1-49``."""
        span = str(self.first) if self.first == self.last else f"{self.first}-{self.last}"
        return f"{span} {self.side}".rstrip()

    def holds(self, number: int) -> bool:
        """Return whether a house number is one of these."""
        if self.side and (number % 2 == 0) != (self.side == "even"):
            return False
        return self.first <= number <= self.last


def read_house_numbers(text: str) -> HouseNumbers | None:
    """Return what a cell says, None where it says no house numbers; letters are left out.

    >>> str(read_house_numbers("2 – 20b gerade"))
    '2-20 even'
    >>> read_house_numbers("20-2") is None
    True
    """
    found = _NUMBERS.fullmatch(" ".join(text.split()))
    if found is None:
        return None
    first = int(found["first"])
    last = int(found["last"] or first)
    if last < first:
        return None
    return HouseNumbers(first, last, _SIDES.get((found["side"] or "").lower(), ""))


def asked_number(query: str) -> int | None:
    """Return the house number in what somebody typed, None where there is none.

    >>> asked_number("Hafenstr. 12a")
    12
    """
    found = _ASKED.findall(query)
    return int(found[-1]) if found else None
