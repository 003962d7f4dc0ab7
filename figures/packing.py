"""Numbers and states as the scripts of the Atlas page read them: short, and exact when written."""

from __future__ import annotations

import math

from domain.model import SHOWN_STATES, Indicator, State
from i18n.formats import number

STATE_CODES = {
    State.OK: "o",
    State.NIL: "n",
    State.BELOW_UNIT: "b",
    State.SUPPRESSED: "s",
    State.UNRELIABLE: "u",
    State.LIMITED: "l",
    State.PENDING: "p",
    State.NOT_APPLICABLE: "x",
    State.NOT_COLLECTED: "m",
}

"""One letter a state; read by ``10-format.js``."""

SIGNS = {
    State.NIL: "–",
    State.BELOW_UNIT: "0",
    State.SUPPRESSED: ".",
    State.UNRELIABLE: "/",
    State.PENDING: "…",
    State.NOT_APPLICABLE: "x",
    State.NOT_COLLECTED: "",
}
"""Signs of official statistics for values that are not shown (docs/methods.md, states)."""


_EXACT = 1e-6
"""What arithmetic adds to a number that is whole."""


def power_of(indicator: Indicator) -> int:
    """Return by how much numbers are multiplied: one decimal more than is written is kept."""
    return int(10 ** (indicator.decimals + 1))


def scaled(numbers: tuple[float | None, ...], power: int) -> list[int | None] | None:
    """Return whole numbers, or None where no area has one."""
    found = [None if v is None else kept(v * power) for v in numbers]
    return None if all(v is None for v in found) else found


def kept(number: float) -> int:
    """Cut a number so that rounding it once more gives what rounding it at once would give.

    10.0495 kept as 10.05 would be written 10.1. So digits are cut off, and where that leaves a
    last digit of 0 or 5, which would look like an exact half or whole, it is moved by one.
    """
    whole = round(number)
    if abs(number - whole) < _EXACT:
        return whole
    cut = math.trunc(number)
    return cut if cut % 5 else cut + (1 if number > 0 else -1)


def plain(numbers: tuple[float | None, ...]) -> list[float | None] | None:
    """Return counts, whole where they are, or None where no area has one."""
    found = [None if v is None else int(v) if v == int(v) else round(v, 2) for v in numbers]
    return None if all(v is None for v in found) else found


def written(state: State, value: float | None, decimals: int, language: str) -> str:
    """Write a value as it stands in charts, or the sign of why there is none."""
    if state not in SHOWN_STATES or value is None:
        return SIGNS.get(state, "")
    text = number(value, decimals, language)
    return f"({text})" if state is State.LIMITED else text
