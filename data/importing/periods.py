"""Periods as files write them, read without guessing: one clear meaning, or a reason.

``Schuljahr 2022/2023``, ``1. Hj. 2022``, ``2019–2021`` and ``2023 (vorläufig)`` are read as they
stand. What may mean several things is refused with all of them, unless the recipe says which
kind of period the table holds. Dates are read only where it says what they stand for.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from data.importing.period_forms import MONTH_NUMBERS, Meaning, meanings
from domain.model import Flag
from domain.periods import PARTS, Period, PeriodKind

_SHOWN = 60
_PROVISIONAL = r"vorläufig(?:e|er|es)?|vorl\.?|provisional|prov\.?|prel(?:iminary|im)?\.?"
_REVISED = r"revidiert(?:e|er|es)?|berichtigt(?:e|er|es)?|rev\.?|revised|r"
_ESTIMATED = r"geschätzt(?:e|er|es)?|schätzung|estimated?|s"
_MARKS = (
    (Flag.PROVISIONAL, rf"{_PROVISIONAL}|p|v"),
    (Flag.REVISED, _REVISED),
    (Flag.ESTIMATED, _ESTIMATED),
)
_MARKED = tuple(
    (flag, re.compile(rf"(.*\d)\s*(?:\((?:{words})\)|\[(?:{words})\]|,?\s?(?:{words}))", re.I))
    for flag, words in _MARKS
)
_SPLIT_WORDS = (
    r"schuljahr|schulj\.?|sj\.?|kita-?jahr|kindergartenjahr|ausbildungsjahr|school year|"
    r"academic year|financial year|fiscal year|fy"
)
_EITHER_WORDS = r"haushaltsjahr|rechnungsjahr|wirtschaftsjahr|geschäftsjahr"
_YEAR_WORDS = r"kalenderjahr|berichtsjahr|jahr|calendar year|year"
_POOLED_WORDS = r"ø|durchschnitt|mittelwert|mittel|average|mean"
_DATE_WORDS = r"stand:?|stichtag:?|am|zum|per|as of"
_WORDS: tuple[tuple[re.Pattern[str], frozenset[PeriodKind]], ...] = tuple(
    (re.compile(rf"(?:{words}) ?(?=\d)(.*)"), frozenset(kinds))
    for words, kinds in (
        (_SPLIT_WORDS, {PeriodKind.SPLIT_YEAR}),
        (_EITHER_WORDS, {PeriodKind.SPLIT_YEAR, PeriodKind.YEAR}),
        (_YEAR_WORDS, {PeriodKind.YEAR}),
        (_POOLED_WORDS, {PeriodKind.POOLED}),
    )
)
_BEFORE_DATE = re.compile(rf"(?:{_DATE_WORDS}) ")
_DATES = (
    re.compile(r"(?P<d>\d{1,2})\. ?(?P<m>\d{1,2})\. ?(?P<y>\d{4})", re.ASCII),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?:[t ]00:00(?::00)?)?", re.ASCII),
    re.compile(rf"(?P<d>\d{{1,2}})\. (?P<m>{'|'.join(MONTH_NUMBERS)})\.? (?P<y>\d{{4}})", re.ASCII),
)


@dataclass(frozen=True)
class PeriodRule:
    """What the recipe says of the periods of a table.

    ``kind`` is the one kind of period it holds, empty where that is left to the text; ``dates``
    the kind of period a date stands for, empty where there are none; ``marks`` are signs behind
    a period that flag its figures.
    """

    kind: str = ""
    dates: str = ""
    marks: Mapping[str, Flag] = field(default_factory=dict)


@dataclass(frozen=True)
class ReadPeriod:
    """A period, the flags its figures get, and the date that was written, if one was."""

    id: str
    flags: str = ""
    date: dt.date | None = None


@dataclass(frozen=True)
class NoPeriod:
    """A text that is no period; ``code`` says which finding fits."""

    code: str
    params: dict[str, str | int | float] = field(default_factory=dict)


_NO_RULE = PeriodRule()


def read_period(text: str, rule: PeriodRule = _NO_RULE) -> ReadPeriod | NoPeriod:
    """Read a period as it is written.

    >>> read_period("Schuljahr 2022/2023"), read_period("2023 (vorläufig)")
    (ReadPeriod(id='2022/23', flags='', date=None), ReadPeriod(id='2023', flags='p', date=None))
    >>> read_period("2022/24").params["readings"]
    '2022-2024'
    """
    bare, flags = _without_mark(_plain(text), rule.marks)
    cell: dict[str, str | int | float] = {"cell": text.strip()[:_SHOWN]}
    date = _date(bare)
    if date is not None:
        return _of_date(date, flags, rule, cell)
    bare, allowed = _without_word(bare)
    wanted = rule.kind or "/".join(sorted(allowed))
    if rule.kind:
        allowed = allowed & {PeriodKind(rule.kind)}
    found = _of_word(meanings(bare), allowed)
    if not found:
        return NoPeriod("period_unreadable", cell)
    fitting = [m for m in found if m.period.kind in allowed]
    if not fitting:
        return NoPeriod("period_other_kind", {**cell, "kind": wanted, "found": _listed(found)})
    usual = [m for m in fitting if m.is_usual or rule.kind]
    if len(usual) != 1:
        return NoPeriod("period_unclear", {**cell, "readings": _listed(fitting)})
    return ReadPeriod(usual[0].period.id, flags)


def _plain(text: str) -> str:
    """Return the text with single blanks and plain hyphens."""
    hyphens = re.sub(r"[\u2010-\u2015\u2212]", "-", text)
    return re.sub(r"\s+", " ", hyphens).strip()


def _without_mark(text: str, marks: Mapping[str, Flag]) -> tuple[str, str]:
    for mark, flag in marks.items():
        if mark and text.endswith(mark) and text != mark:
            return text.removesuffix(mark).rstrip(), flag.value
    for flag, pattern in _MARKED:
        match = pattern.fullmatch(text)
        if match:
            return match[1], flag.value
    return text, ""


def _without_word(text: str) -> tuple[str, frozenset[PeriodKind]]:
    """Return the text without a word such as Schuljahr, and the kinds the word allows."""
    small = text.lower()
    for pattern, kinds in _WORDS:
        match = pattern.fullmatch(small)
        if match:
            return match[1], kinds
    return small, frozenset(PeriodKind)


def _of_word(found: list[Meaning], allowed: frozenset[PeriodKind]) -> list[Meaning]:
    """Return both school years that ``Schuljahr 2022`` may mean, else what was found."""
    years = [m.period.year for m in found if m.period.kind is PeriodKind.YEAR]
    if not years or allowed != {PeriodKind.SPLIT_YEAR}:
        return found
    both = (Period(PeriodKind.SPLIT_YEAR, years[0] - back) for back in (1, 0))
    return [*found, *(Meaning(period, is_usual=False) for period in both)]


def _date(text: str) -> dt.date | None:
    small = _BEFORE_DATE.sub("", text.lower(), count=1)
    match = next((m for m in (p.fullmatch(small) for p in _DATES) if m), None)
    if match is None:
        return None
    month = MONTH_NUMBERS.get(match["m"]) or int(match["m"])
    try:
        return dt.date(int(match["y"]), month, int(match["d"]))
    except ValueError:
        return None


def _of_date(
    date: dt.date, flags: str, rule: PeriodRule, cell: dict[str, str | int | float]
) -> ReadPeriod | NoPeriod:
    if not rule.dates:
        # spreadsheets turn the school year 2011/12 into the first of December 2011
        if date.day == 1 and date.month == (date.year + 1) % 100:
            school_year = Period(PeriodKind.SPLIT_YEAR, date.year).id
            return NoPeriod("period_date_or_school_year", {**cell, "school_year": school_year})
        return NoPeriod("period_date", cell)
    kind = PeriodKind(rule.dates)
    length = 12 // PARTS.get(kind, 1)
    part = 0 if kind is PeriodKind.YEAR else (date.month - 1) // length + 1
    return ReadPeriod(Period(kind, date.year, part).id, flags, date)


def _listed(found: list[Meaning]) -> str:
    return ", ".join(dict.fromkeys(m.period.id for m in found))
