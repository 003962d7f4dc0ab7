"""A cell's text as a number or a state, by the declared dialect.

What is neither a number nor a declared sign is handed back as unreadable with the reason;
nothing is ever guessed. Numbers are read as decimals, so that no digit changes on the way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from data.importing.dialects import Dialect
from domain.model import State

_BLANKS = " \t\u00a0\u202f\u2007\u2009"
_GROUP_BLANK = r"[ \u00a0\u202f\u2007\u2009]"
_PLAIN_NUMBER = re.compile(r"[+\-]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_NATIVE_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+\-]?[0-9]{1,3})?")
_MARK = re.compile(
    r"[+\-]?[0-9][0-9.,' \u00a0\u202f]*?[ \u00a0]?([a-z]|\([a-z]\)|\*\)?|[¹²³])", re.IGNORECASE
)
_MAX_DIGITS = 18
_LIMIT = Decimal(10) ** 15


@dataclass(frozen=True)
class Reading:
    """A readable cell: its state, its number where it has one, flags, and printed decimals."""

    state: State
    number: Decimal | None = None
    flags: str = ""
    decimals: int = 0


@dataclass(frozen=True)
class Unreadable:
    """A cell that is neither number nor declared sign; ``code`` says which finding fits."""

    code: str
    params: dict[str, str | int | float] = field(default_factory=dict)


def parse_cell(text: str, dialect: Dialect, *, is_native: bool = False) -> Reading | Unreadable:
    """Read one cell.

    Parameters
    ----------
    text
        The cell as written; blanks around it (also no-break spaces) do not count.
    dialect
        The declared dialect.
    is_native
        The cell was a number in a workbook: its text has a point as decimal sign.
    """
    stripped = text.strip(_BLANKS)
    if stripped in dialect.symbols:
        state = dialect.symbols[stripped]
        return Reading(state, Decimal(0) if state is State.NIL else None)
    if is_native:
        return _native(stripped)
    return _marked(stripped, dialect)


def _native(text: str) -> Reading | Unreadable:
    if _NATIVE_NUMBER.fullmatch(text):
        return _number(Decimal(text), text)
    return Unreadable("number_unreadable", {"cell": text})


def _marked(text: str, dialect: Dialect) -> Reading | Unreadable:
    """Read a number that may carry brackets or a mark such as ``p``."""
    flags, bare = _without_flags(text, dialect)
    if flags and bare in dialect.symbols:
        state = dialect.symbols[bare]
        return Reading(state, Decimal(0) if state is State.NIL else None, flags)
    is_limited = dialect.limited_in_brackets and bare.startswith("(") and bare.endswith(")")
    reading = _written(bare[1:-1] if is_limited else bare, dialect)
    if isinstance(reading, Unreadable):
        mark = _MARK.fullmatch(text) if reading.code == "number_unreadable" else None
        if mark:
            return Unreadable("number_mark_undeclared", {"cell": text[:60], "mark": mark[1]})
        return Unreadable(reading.code, {**reading.params, "cell": text[:60]})
    state = State.LIMITED if is_limited else reading.state
    return Reading(state, reading.number, flags, reading.decimals)


def _without_flags(text: str, dialect: Dialect) -> tuple[str, str]:
    for mark, flag in dialect.flags.items():
        if mark and text.endswith(mark) and text != mark:
            return flag.value, text.removesuffix(mark).rstrip(_BLANKS)
    return "", text


def _written(text: str, dialect: Dialect) -> Reading | Unreadable:
    if text.endswith("%"):
        if not dialect.percent_sign:
            return Unreadable("number_percent_undeclared")
        text = text.removesuffix("%").rstrip(_BLANKS)
    text = text.replace("\u2212", "-", 1) if text.startswith("\u2212") else text
    match = _grammar(
        dialect.decimal_sign, dialect.thousands, has_bare=dialect.bare_decimal
    ).fullmatch(text)
    if match is None:
        return _refusal(text, dialect)
    if _is_ambiguous(text, dialect):
        return _two_readings(text)
    digits = re.sub(rf"{_GROUP_BLANK}|'", "", text)
    if dialect.thousands in {".", ","}:
        digits = digits.replace(dialect.thousands, "")
    digits = digits.replace(dialect.decimal_sign, ".")
    return _number(Decimal(digits), digits)


@lru_cache(maxsize=64)
def _grammar(decimal: str, thousands: str, *, has_bare: bool = False) -> re.Pattern[str]:
    """Return the pattern of a number: thousands only in whole groups of three digits.

    ``has_bare`` also allows ``.5``, a number that begins with its decimal sign.
    """
    plain = "0|[1-9][0-9]*"
    whole = plain
    if thousands and thousands != "none":
        sign = _GROUP_BLANK if thousands == " " else re.escape(thousands)
        whole = rf"{plain}|[1-9][0-9]{{0,2}}(?:{sign}[0-9]{{3}})+"
    rest = rf"{re.escape(decimal)}[0-9]+"
    bare = f"|{rest}" if has_bare else ""
    return re.compile(rf"[+\-]?(?:(?:{whole})(?:{rest})?{bare})")


def _is_ambiguous(text: str, dialect: Dialect) -> bool:
    """Tell whether ``1.374`` could be one thousand three hundred and seventy-four."""
    undeclared = dialect.decimal_sign == "." and not dialect.thousands
    return undeclared and re.fullmatch(r"[+\-]?[1-9][0-9]{0,2}\.[0-9]{3}", text) is not None


def _refusal(text: str, dialect: Dialect) -> Unreadable:
    if (
        dialect.decimal == ","
        and not dialect.thousands
        and re.fullmatch(r"[+\-]?[1-9][0-9]{0,2}\.[0-9]{3}", text)
    ):
        return _two_readings(text)
    is_grouped = dialect.thousands in {".", ","} and dialect.thousands in text
    if is_grouped and re.fullmatch(r"[+\-]?[0-9.,]+", text):
        return Unreadable("number_wrong_groups", {"thousands": dialect.thousands})
    return Unreadable("number_unreadable")


def _two_readings(text: str) -> Unreadable:
    whole, _, rest = text.partition(".")
    return Unreadable("number_ambiguous", {"first": f"{whole}{rest}", "second": f"{whole},{rest}"})


def _number(value: Decimal, text: str) -> Reading | Unreadable:
    digits = sum(character.isdigit() for character in text)
    if digits > _MAX_DIGITS or abs(value) >= _LIMIT:
        return Unreadable("number_too_large", {"cell": text[:60]})
    exponent = value.as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return Reading(State.OK, value, "", decimals)


def plain_number(text: str) -> float | None:
    """Return a number written without any dialect (``12`` or ``12.5``), else None."""
    stripped = text.strip(_BLANKS)
    return float(stripped) if _PLAIN_NUMBER.fullmatch(stripped) else None
