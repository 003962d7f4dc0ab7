"""How a file writes numbers, told from its cells: decimal sign, thousands, percent, signs."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from domain.column_facts import Certainty, Reason
from domain.model import State

_BLANK = r"[ \u00a0\u202f\u2007\u2009]"
_GROUPED = {
    ".": re.compile(r"[+\-−]?\d{1,3}(?:\.\d{3})+(?:,\d+)?"),
    ",": re.compile(r"[+\-−]?\d{1,3}(?:,\d{3})+(?:\.\d+)?"),
    " ": re.compile(rf"[+\-−]?\d{{1,3}}(?:{_BLANK}\d{{3}})+(?:[.,]\d+)?"),
    "'": re.compile(r"[+\-−]?\d{1,3}(?:'\d{3})+(?:[.,]\d+)?"),
}
_CERTAIN_GROUPS = {
    ".": re.compile(r"[+\-−]?\d{1,3}(?:\.\d{3}){2,}|[+\-−]?\d{1,3}(?:\.\d{3})+,\d+"),
    ",": re.compile(r"[+\-−]?\d{1,3}(?:,\d{3}){2,}|[+\-−]?\d{1,3}(?:,\d{3})+\.\d+"),
}
_DECIMAL = {
    ",": re.compile(r"[+\-−]?\d[\d. \u00a0\u202f']*,(?:\d{1,2}|\d{4,})|[+\-−]?0,\d+"),
    ".": re.compile(r"[+\-−]?\d[\d, \u00a0\u202f']*\.(?:\d{1,2}|\d{4,})|[+\-−]?0\.\d+"),
}
_NUMBER = re.compile(
    rf"[+\-−]?(?:\d+|\d{{1,3}}(?:(?:[.,']|{_BLANK})\d{{3}})+)(?:[.,]\d+)?(?:[eE][+\-]?\d+)?"
)
_USUAL_SIGNS: Mapping[str, State] = {
    "": State.NOT_COLLECTED,
    "-": State.NIL,
    "–": State.NIL,
    "—": State.NIL,
    ".": State.SUPPRESSED,
    "•": State.SUPPRESSED,
    "·": State.SUPPRESSED,
    "*": State.SUPPRESSED,
    "**": State.SUPPRESSED,
    "…": State.PENDING,
    "...": State.PENDING,
    "/": State.UNRELIABLE,
    "x": State.NOT_APPLICABLE,
    "X": State.NOT_APPLICABLE,
    "k.A.": State.NOT_COLLECTED,
    "k. A.": State.NOT_COLLECTED,
    "n/a": State.NOT_COLLECTED,
    "NA": State.NOT_COLLECTED,
    "NULL": State.NOT_COLLECTED,
}
_CLEAR = frozenset({"", "…", "...", "k.A.", "k. A.", "n/a", "NA", "NULL"})
"""Signs that mean the same in every office; the others are for somebody to confirm."""


@dataclass(frozen=True)
class NumberMarks:
    """How the numbers of a file are written.

    ``decimal`` and ``thousands`` are as in a recipe; ``unclear`` are texts with two readings,
    ``unknown`` those that are neither number nor a sign anybody knows.
    """

    decimal: str = ""
    thousands: str = ""
    percent_sign: bool = False
    symbols: Mapping[str, State] = field(default_factory=dict)
    unclear: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    certainty: Certainty = Certainty.SURE
    reasons: tuple[Reason, ...] = ()


def is_number_like(text: str) -> bool:
    """Whether a text is a number in some notation, with or without a percent sign."""
    return _NUMBER.fullmatch(_bare(text)) is not None


def is_usual_sign(text: str) -> bool:
    """Whether a text is a sign that offices write in place of a number."""
    return text.strip() in _USUAL_SIGNS


def guess_marks(texts: Iterable[str]) -> NumberMarks:
    """Return how the numbers among some texts are written.

    Parameters
    ----------
    texts
        Different texts of all columns of figures; numbers of a workbook are not among them.

    Examples
    --------
    >>> found = guess_marks(["1.374", "35,5%", "*", ""])
    >>> found.decimal, found.thousands, found.percent_sign, found.symbols["*"].value
    (',', '.', True, 'suppressed')
    >>> guess_marks(["1.374"]).unclear
    ('1.374',)
    """
    different = list(dict.fromkeys(text.strip() for text in texts))
    numbers = [_bare(text) for text in different if is_number_like(text)]
    signs = [text for text in different if not is_number_like(text)]
    decimal, why = _decimal(numbers)
    thousands = _thousands(numbers, decimal)
    grouped = [t for t in numbers if _GROUPED["."].fullmatch(t) or _GROUPED[","].fullmatch(t)]
    is_clear = bool(decimal) or not grouped
    known = {text: _USUAL_SIGNS[text] for text in signs if text in _USUAL_SIGNS}
    asked = [text for text in known if text not in _CLEAR]
    certainty = Certainty.LIKELY if asked else Certainty.SURE
    reasons = list(why)
    if asked:
        reasons.append(Reason("usual_signs", {"signs": " ".join(asked)}))
    return NumberMarks(
        decimal=decimal,
        thousands=thousands if is_clear else "",
        percent_sign=any(text.endswith("%") for text in different),
        symbols=known,
        unclear=() if is_clear else tuple(grouped),
        unknown=tuple(text for text in signs if text not in _USUAL_SIGNS),
        certainty=certainty if is_clear else Certainty.UNSURE,
        reasons=tuple(reasons),
    )


def _bare(text: str) -> str:
    return text.strip().removesuffix("%").rstrip()


def _decimal(numbers: Collection[str]) -> tuple[str, list[Reason]]:
    """Return the decimal sign, empty where no number has one or both would do."""
    for sign, other in ((",", "."), (".", ",")):
        shown = next((t for t in numbers if _DECIMAL[sign].fullmatch(t)), None)
        if shown is not None:
            return sign, [Reason("decimal", {"sign": sign, "example": shown})]
        # 1.374.200 and 1.374,2 can be read one way only
        shown = next((t for t in numbers if _CERTAIN_GROUPS[other].fullmatch(t)), None)
        if shown is not None:
            return sign, [Reason("grouped", {"sign": other, "example": shown})]
    return "", []


def _thousands(numbers: Collection[str], decimal: str) -> str:
    for sign, pattern in _GROUPED.items():
        if sign != decimal and any(pattern.fullmatch(text) for text in numbers):
            return sign
    return "none"
