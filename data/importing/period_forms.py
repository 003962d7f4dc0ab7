"""The forms in which German and English files write a period, each with all it may mean.

A form that usually means one thing has one usual reading; the others are taken only where the
recipe says which kind of period a table holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from babel.dates import get_month_names

from domain.periods import FIRST_YEAR, LAST_YEAR, PARTS, Period, PeriodKind

_HALF = r"(?:hj\.?|halbjahr|half(?: year)?)"
_QUARTER = r"(?:vj\.?|vierteljahr|quartal|quart\.?|qu\.?|quarter)"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def _month_numbers() -> dict[str, int]:
    """Return the German and English names and short names of months, in small letters."""
    found = {"mrz": 3, "mär": 3, "jänner": 1}
    for language in ("de", "en"):
        for width in ("wide", "abbreviated"):
            names = get_month_names(width, locale=language)
            found |= {name.lower().removesuffix("."): n for n, name in names.items()}
    for name, n in list(found.items()):
        found[name[:3]] = n
    return found


MONTH_NUMBERS = _month_numbers()
_MONTH = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
_CENTURY = 100
_CENTURIES = (1900, 2000)


@dataclass(frozen=True)
class Meaning:
    """One thing a written period may mean; ``is_usual``: without being asked."""

    period: Period
    is_usual: bool = True


Found = Iterator[Meaning]
_Form = tuple[re.Pattern[str], Callable[[re.Match[str]], Found]]


def meanings(text: str) -> list[Meaning]:
    """Return all that a text may mean; nothing for a text that is no period.

    Parameters
    ----------
    text
        In small letters, with single blanks and plain hyphens.
    """
    found = [
        meaning
        for pattern, read in _FORMS
        for match in [pattern.fullmatch(text)]
        if match
        for meaning in read(match)
    ]
    return [m for m in found if m.period.year >= FIRST_YEAR and _last(m.period) <= LAST_YEAR]


def _last(period: Period) -> int:
    return max(period.year, period.part)


def _year(match: re.Match[str]) -> Found:
    yield Meaning(Period(PeriodKind.YEAR, int(match[1])))


def _two_years(match: re.Match[str]) -> Found:
    """``2019-2021`` is pooled, ``2022-2023`` may be a school year as well."""
    first, last = int(match[1]), int(match[2])
    if last > first:
        yield Meaning(Period(PeriodKind.POOLED, first, last))
    if last == first + 1:
        yield Meaning(Period(PeriodKind.SPLIT_YEAR, first))


def _two_years_in_words(match: re.Match[str]) -> Found:
    """``2019 bis 2021`` spans whole years."""
    if int(match[2]) > int(match[1]):
        yield Meaning(Period(PeriodKind.POOLED, int(match[1]), int(match[2])))


def _years_with_slash(match: re.Match[str]) -> Found:
    """``2022/2023`` and ``2022/23`` are one split year; ``2022/24`` may be three pooled ones."""
    first, last = int(match[1]), _completed(int(match[1]), match[2])
    if last == first + 1:
        yield Meaning(Period(PeriodKind.SPLIT_YEAR, first))
    if last > first:
        yield Meaning(Period(PeriodKind.POOLED, first, last), is_usual=False)
    if len(match[2]) == 2:  # noqa: PLR2004 - two digits
        yield from _month(first, int(match[2]), is_usual=False)


def _year_and_two_digits(match: re.Match[str]) -> Found:
    """``2023-06`` is a month; ``2010-11`` may be years as well."""
    first, last = int(match[1]), _completed(int(match[1]), match[2])
    yield from _month(first, int(match[2]))
    if last == first + 1:
        yield Meaning(Period(PeriodKind.SPLIT_YEAR, first))
    if last > first:
        yield Meaning(Period(PeriodKind.POOLED, first, last))


def _completed(first: int, digits: str) -> int:
    """Return the second year, its century that of the first or the next at a turn."""
    if len(digits) > 2:  # noqa: PLR2004 - two digits
        return int(digits)
    last = first - first % _CENTURY + int(digits)
    is_turn = last < first and int(digits) == (first + 1) % _CENTURY
    return last + _CENTURY if is_turn else last


def _month(year: int, number: int, *, is_usual: bool = True) -> Found:
    yield from _part(PeriodKind.MONTH, year, number, is_usual=is_usual)


def _part(kind: PeriodKind, year: int, number: int, *, is_usual: bool = True) -> Found:
    if 1 <= number <= PARTS[kind]:
        yield Meaning(Period(kind, year, number), is_usual)


def _two_digits(match: re.Match[str]) -> Found:
    """``22/23`` lacks its century; ``06/22`` too."""
    first, last = int(match[1]), int(match[2])
    for century in _CENTURIES:
        if last == (first + 1) % _CENTURY:
            yield Meaning(Period(PeriodKind.SPLIT_YEAR, century + first), is_usual=False)
        yield from _month(century + last, first, is_usual=False)


def _number_and_year(match: re.Match[str]) -> Found:
    """``06/2022`` is a month; ``1/2022`` may be half a year, a quarter or a month."""
    number, year = int(match[1]), int(match[2])
    is_month = len(match[1]) == 2  # noqa: PLR2004 - two digits
    yield from _month(year, number, is_usual=is_month)
    for kind in (PeriodKind.QUARTER, PeriodKind.HALF_YEAR):
        if not is_month:
            yield from _part(kind, year, number, is_usual=False)


def _roman_and_year(match: re.Match[str]) -> Found:
    """``II/2022`` may be half a year or a quarter."""
    for kind in (PeriodKind.QUARTER, PeriodKind.HALF_YEAR):
        yield from _part(kind, int(match[2]), _ROMAN[match[1]], is_usual=False)


def _named_part(kind: PeriodKind) -> Callable[[re.Match[str]], Found]:
    def read(match: re.Match[str]) -> Found:
        written = match["n"]
        yield from _part(kind, int(match["y"]), _ROMAN.get(written) or int(written))

    return read


def _named_month(match: re.Match[str]) -> Found:
    yield from _month(int(match[2]), MONTH_NUMBERS[match[1]])


def _forms(written: dict[str, Callable[[re.Match[str]], Found]]) -> tuple[_Form, ...]:
    return tuple((re.compile(pattern, re.ASCII), read) for pattern, read in written.items())


_half, _quarter = _named_part(PeriodKind.HALF_YEAR), _named_part(PeriodKind.QUARTER)

_FORMS = _forms(
    {
        r"(\d{4})": _year,
        r"(\d{4}) ?- ?(\d{4})": _two_years,
        r"(\d{4}) (?:bis|to) (\d{4})": _two_years_in_words,
        r"(\d{4}) ?/ ?(\d{4}|\d{2})": _years_with_slash,
        r"(\d{4})-(\d{2})": _year_and_two_digits,
        r"(\d{2}) ?/ ?(\d{2})": _two_digits,
        r"(\d{1,2}) ?[/.] ?(\d{4})": _number_and_year,
        r"(i{1,3}|iv) ?/ ?(\d{4})": _roman_and_year,
        rf"(?P<n>[12])(?:\.|st|nd)? ?{_HALF}(?: of)? ?/? ?(?P<y>\d{{4}})": _half,
        rf"(?P<n>ii?)\.? ?{_HALF} ?/? ?(?P<y>\d{{4}})": _half,
        r"h ?(?P<n>[12])[ /-]?(?P<y>\d{4})": _half,
        r"(?P<y>\d{4})[ /-]?h ?(?P<n>[12])": _half,
        rf"(?P<n>[1-4])(?:\.|st|nd|rd|th)? ?{_QUARTER}(?: of)? ?/? ?(?P<y>\d{{4}})": _quarter,
        rf"(?P<n>i{{1,3}}|iv)\.? ?{_QUARTER} ?/? ?(?P<y>\d{{4}})": _quarter,
        r"q ?(?P<n>[1-4])[ /-]?(?P<y>\d{4})": _quarter,
        r"(?P<y>\d{4})[ /-]?q ?(?P<n>[1-4])": _quarter,
        rf"({_MONTH})\.? ?(\d{{4}})": _named_month,
    }
)
