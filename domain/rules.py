"""Rules a reader looks areas up by: "Kinderarmut > 20 % UND Kita-Quote < 30 %".

A rule is read strictly: what could be meant in two ways is refused with place and remedy. It is
decided in three values, so that an area whose value is not shown is neither found nor ruled out
unless what is shown of it decides alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

MOST_CONDITIONS = 8
LONGEST_RULE = 600

OPERATORS = (">=", "<=", "!=", ">", "<", "=")
_SAME = {"≥": ">=", "≤": "<=", "≠": "!=", "=>": ">=", "=<": "<=", "==": "=", "<>": "!="}
_OPERATOR = re.compile(r"[<>=!≥≤≠]+")
_JOIN = re.compile(r"\s(und|and|oder|or)\s", re.IGNORECASE)
_AND = frozenset({"und", "and"})
_NUMBER = re.compile(r"[-+−]?\d+(?:[.,]\d+)*")
_GERMAN = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
_ENGLISH = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_LONGEST_SHOWN = 40
_THOUSANDS = 3


@dataclass(frozen=True)
class Condition:
    """One comparison of an indicator with a number in its unit."""

    indicator: str
    operator: str
    value: float

    @property
    def text(self) -> str:
        """The condition as it stands in an address."""
        return f"{self.indicator}{self.operator}{self.number}"

    @property
    def number(self) -> str:
        """The number as it stands in an address, with a point before the decimals."""
        return _plain(self.value)

    def holds(self, value: float) -> bool:
        """Return whether a value fulfils the condition."""
        return {
            ">": value > self.value,
            ">=": value >= self.value,
            "<": value < self.value,
            "<=": value <= self.value,
            "=": value == self.value,
            "!=": value != self.value,
        }[self.operator]


@dataclass(frozen=True)
class Rule:
    """Conditions of which all of one row must hold, in any one of the rows."""

    rows: tuple[tuple[Condition, ...], ...]

    @property
    def text(self) -> str:
        """The rule as it stands in an address; reading it gives the same rule."""
        return " or ".join(" and ".join(c.text for c in row) for row in self.rows)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """All conditions in their order."""
        return tuple(c for row in self.rows for c in row)

    @property
    def indicators(self) -> tuple[str, ...]:
        """Every indicator the rule asks for, once each."""
        return tuple(dict.fromkeys(c.indicator for c in self.conditions))


@dataclass(frozen=True)
class RuleProblem:
    """Why a text is no rule.

    ``code`` names a text, ``place`` counts the condition from 1, ``params`` are told in the text.
    """

    code: str
    place: int
    params: tuple[tuple[str, str], ...] = ()


class _NoRuleError(Exception):
    def __init__(self, code: str, place: int, **params: str) -> None:
        self.problem = RuleProblem(code, place, tuple(sorted(params.items())))
        super().__init__(code)


def parse_rule(
    text: str, names: Mapping[str, Sequence[str]], language: str = "de"
) -> Rule | RuleProblem | None:
    """Read a rule; None where there is none.

    Parameters
    ----------
    text
        Conditions joined by UND/AND and ODER/OR; UND binds closer. A name that holds such a word
        stands in quotation marks. A number may be followed by ``%``.
    names
        Indicator id → what else it is called.
    language
        Decides what a number such as 1.234 means: with it German has a thousand, English one and
        a bit; the other reading is refused where both are possible.

    Examples
    --------
    >>> parse_rule("armut > 20,5 % UND kita<30", {"armut": (), "kita": ()}).text
    'armut>20.5 and kita<30'
    >>> parse_rule("armut mehr als 20", {"armut": ()}).code
    'no_operator'
    """
    if not text.strip():
        return None
    try:
        return _parse(text, names, language)
    except _NoRuleError as wrong:
        return wrong.problem


def _parse(text: str, names: Mapping[str, Sequence[str]], language: str) -> Rule:
    if len(text) > LONGEST_RULE:
        raise _NoRuleError("too_long", 1, most=str(LONGEST_RULE))
    known = _by_name(names)
    rows: list[list[Condition]] = [[]]
    for place, (join, part) in enumerate(_split(text), start=1):
        if place > MOST_CONDITIONS:
            raise _NoRuleError("too_many", place, most=str(MOST_CONDITIONS))
        if place > 1 and join not in _AND:
            rows.append([])
        rows[-1].append(_condition(part, place, known, language))
    return Rule(tuple(tuple(row) for row in rows))


def _by_name(names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return name → id; a name that two indicators share is of nobody, an id always counts."""
    found: dict[str, str] = {}
    shared: set[str] = set()
    for indicator, others in names.items():
        for name in {n.strip().casefold() for n in others if n.strip()}:
            if found.setdefault(name, indicator) != indicator:
                shared.add(name)
    plain = {name: i for name, i in found.items() if name not in shared}
    return plain | {i.casefold(): i for i in names}


def _split(text: str) -> list[tuple[str, str]]:
    """Return the parts of a rule with the word before each; words in quotation marks stay."""
    quoted: list[str] = []

    def hide(found: re.Match[str]) -> str:
        quoted.append(found.group(1))
        return f"\x00{len(quoted) - 1}\x00"

    marked = re.sub(r"[\"„“”]([^\"„“”]*)[\"“”]", hide, text.replace("\x00", " "))
    pieces = _JOIN.split(f" {marked} ")
    joins = ["", *(w.lower() for w in pieces[1::2])]

    def shown(part: str) -> str:
        return re.sub(r"\x00(\d+)\x00", lambda m: f'"{quoted[int(m.group(1))]}"', part).strip()

    return [(join, shown(part)) for join, part in zip(joins, pieces[::2], strict=True)]


def _condition(part: str, place: int, known: Mapping[str, str], language: str) -> Condition:
    if not part:
        raise _NoRuleError("empty", place)
    name, operator, written = _cut(part, place)
    indicator = known.get(name.casefold())
    if not name:
        raise _NoRuleError("no_name", place, part=part[:_LONGEST_SHOWN])
    if indicator is None:
        near = _near(name, known)
        code = "unknown_near" if near else "unknown"
        raise _NoRuleError(code, place, name=name[:_LONGEST_SHOWN], near=near)
    return Condition(indicator, operator, _value(written, place, language))


def _cut(part: str, place: int) -> tuple[str, str, str]:
    quoted = re.match(r'"([^"]*)"\s*', part)
    start = quoted.end() if quoted else 0
    found = _OPERATOR.search(part, start)
    if found is None:
        raise _NoRuleError("no_operator", place, part=part[:_LONGEST_SHOWN])
    sign = found.group()
    operator = _SAME.get(sign, sign)
    if operator not in OPERATORS:
        raise _NoRuleError("bad_operator", place, sign=sign)
    name = quoted.group(1) if quoted else part[: found.start()]
    return name.strip(), operator, part[found.end() :].strip()


def _value(written: str, place: int, language: str) -> float:
    number = written.removesuffix("%").strip()
    if not number:
        raise _NoRuleError("no_number", place)
    if not _NUMBER.fullmatch(number):
        raise _NoRuleError("bad_number", place, number=number[:_LONGEST_SHOWN])
    sign = -1.0 if number[0] in "-−" else 1.0
    digits = number.lstrip("+-−")
    readings = {"de": _as_german(digits), "en": _as_english(digits)}
    both = {v for v in readings.values() if v is not None}
    if not both:
        raise _NoRuleError("bad_number", place, number=number[:_LONGEST_SHOWN])
    if not all(math.isfinite(v) for v in both):
        raise _NoRuleError("bad_number", place, number=number[:_LONGEST_SHOWN])
    if len(both) > 1:
        plain = digits.replace(".", "").replace(",", "")
        comma = re.sub(r"[.,]", "," if language == "de" else ".", digits)
        raise _NoRuleError("two_numbers", place, number=digits, plain=plain, comma=comma + "0")
    return sign * both.pop()


def _as_german(digits: str) -> float | None:
    if not _GERMAN.fullmatch(digits):
        return None
    return float(digits.replace(".", "").replace(",", "."))


def _as_english(digits: str) -> float | None:
    return float(digits.replace(",", "")) if _ENGLISH.fullmatch(digits) else None


def _near(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    found = get_close_matches(name.casefold(), list(known), n=1, cutoff=0.6)
    return found[0] if found else ""


def _plain(value: float) -> str:
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    # three decimals could be a group of thousands: 1.2340 cannot
    text += "0" if len(text.partition(".")[2]) == _THOUSANDS else ""
    return "0" if text in ("-0", "") else text


def decide(rule: Rule, values: Mapping[str, float | None]) -> bool | None:
    """Return whether an area fulfils a rule, None where that cannot be told.

    Parameters
    ----------
    values
        Indicator → shown value; None or left out where none is shown. A condition on it is
        neither true nor false (Kleene's logic): "or" with one that holds is true, "and" with one
        that does not is false, anything else is not to be told.

    Examples
    --------
    >>> rule = Rule(((Condition("a", ">", 1.0), Condition("b", "<", 5.0)),))
    >>> decide(rule, {"a": 2.0, "b": 3.0}), decide(rule, {"a": 2.0}), decide(rule, {"a": 0.0})
    (True, None, False)
    """
    rows = [_all(_holds(c, values.get(c.indicator)) for c in row) for row in rule.rows]
    if any(r is True for r in rows):
        return True
    return False if all(r is False for r in rows) else None


def _holds(condition: Condition, value: float | None) -> bool | None:
    return None if value is None else condition.holds(value)


def _all(parts: Iterable[bool | None]) -> bool | None:
    found = list(parts)
    if any(p is False for p in found):
        return False
    return True if all(p is True for p in found) else None
