"""Periods: a stretch of time under a short name that sorts, compares and lies on an axis.

The name of a period is its key in tables, addresses and answers: ``2023`` (calendar year),
``2021-2023`` (years pooled), ``2023/24`` (school or financial year), ``2023-H1``, ``2023-Q4``
and ``2023-06``. How it is written for readers is a matter of language (``i18n.periods``).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from domain.model import Indicator

FIRST_YEAR, LAST_YEAR = 1800, 2199
_FORM = re.compile(
    r"(\d{4})(?:-(?P<last>\d{4})|/(?P<next>\d{2})|-H(?P<half>[12])|-Q(?P<quarter>[1-4])"
    r"|-(?P<month>0[1-9]|1[0-2]))?",
    re.ASCII,
)


class PeriodKind(StrEnum):
    """What a period spans."""

    YEAR = "year"
    POOLED = "pooled"
    SPLIT_YEAR = "split_year"
    HALF_YEAR = "half_year"
    QUARTER = "quarter"
    MONTH = "month"


PARTS = {PeriodKind.HALF_YEAR: 2, PeriodKind.QUARTER: 4, PeriodKind.MONTH: 12}
"""Into how many periods of a kind a calendar year is divided."""


@dataclass(frozen=True)
class Period:
    """A stretch of time.

    ``part`` is the last year of pooled years, or the number of the half-year, quarter or month.
    """

    kind: PeriodKind
    year: int
    part: int = 0

    @property
    def id(self) -> str:
        """The key of the period, such as ``2023/24``."""
        match self.kind:
            case PeriodKind.YEAR:
                return f"{self.year:04}"
            case PeriodKind.POOLED:
                return f"{self.year:04}-{self.part:04}"
            case PeriodKind.SPLIT_YEAR:
                return f"{self.year:04}/{(self.year + 1) % 100:02}"
            case PeriodKind.HALF_YEAR:
                return f"{self.year:04}-H{self.part}"
            case PeriodKind.QUARTER:
                return f"{self.year:04}-Q{self.part}"
            case PeriodKind.MONTH:
                return f"{self.year:04}-{self.part:02}"

    @property
    def position(self) -> float:
        """Where the period stands on a time axis, in years: a calendar year at its number.

        All others stand as far from it as their middles are apart; a split year is taken to
        begin at midsummer, wherever that is decided otherwise.
        """
        if self.kind is PeriodKind.POOLED:
            return (self.year + self.part) / 2
        if self.kind is PeriodKind.SPLIT_YEAR:
            return self.year + 0.5
        if self.kind is PeriodKind.YEAR:
            return float(self.year)
        parts = PARTS[self.kind]
        return self.year + (self.part - (parts + 1) / 2) / parts

    def months(self) -> frozenset[int]:
        """Return the months it spans, counted from year 0; a split year from August."""
        first = 12 * self.year
        if self.kind is PeriodKind.POOLED:
            return frozenset(range(first, 12 * self.part + 12))
        if self.kind is PeriodKind.SPLIT_YEAR:
            return frozenset(range(first + 7, first + 19))
        if self.kind is PeriodKind.YEAR:
            return frozenset(range(first, first + 12))
        length = 12 // PARTS[self.kind]
        begin = first + length * (self.part - 1)
        return frozenset(range(begin, begin + length))

    def days(self, year_begins: str) -> tuple[dt.date, dt.date]:
        """Return first and last day; ``year_begins`` is the first day (MM-DD) of split years."""
        if self.kind is PeriodKind.SPLIT_YEAR:
            month, day = (int(x) for x in year_begins.split("-"))
            first = dt.date(self.year, month, day)
            return first, dt.date(self.year + 1, month, day) - dt.timedelta(days=1)
        months = self.months()
        year, month = divmod(min(months), 12)
        next_year, next_month = divmod(max(months) + 1, 12)
        after = dt.date(next_year, next_month + 1, 1)
        return dt.date(year, month + 1, 1), after - dt.timedelta(days=1)


@dataclass(frozen=True)
class PeriodFacts:
    """What a release says of a period of one indicator.

    ``kind`` is that of :class:`PeriodKind`, with ``school_year`` or ``financial_year`` where the
    indicator says which kind of split year it has.
    """

    kind: str
    first_day: dt.date
    last_day: dt.date


@lru_cache(maxsize=4096)
def period_of(key: str) -> Period | None:
    """Return the period of a key, None where the text is none.

    >>> period_of("2023/24"), period_of("2023/25")
    (Period(kind=<PeriodKind.SPLIT_YEAR: 'split_year'>, year=2023, part=0), None)
    """
    match = _FORM.fullmatch(key)
    if match is None or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        return None
    year = int(match[1])
    if match["last"]:
        last = int(match["last"])
        return Period(PeriodKind.POOLED, year, last) if year < last <= LAST_YEAR else None
    if match["next"]:
        is_next = int(match["next"]) == (year + 1) % 100
        return Period(PeriodKind.SPLIT_YEAR, year) if is_next else None
    for name, kind in zip(("half", "quarter", "month"), PARTS, strict=True):
        if match[name]:
            return Period(kind, year, int(match[name]))
    return Period(PeriodKind.YEAR, year)


def in_time(key: str) -> tuple[float, str]:
    """Sort key of a period: its place on the time axis, then its text.

    >>> sorted(["2022-Q1", "2021-2023", "2022", "2021/22", "2021"], key=in_time)
    ['2021', '2021/22', '2022-Q1', '2021-2023', '2022']
    """
    return position(key), key


def position(key: str) -> float:
    """Return where a period stands on a time axis, in years; 0 for a text that is no period."""
    found = period_of(key)
    return found.position if found else 0.0


def first_from(periods: Sequence[str], key: str) -> int | None:
    """Return which of some periods in time order is the first that lies at another or behind it.

    A break of a series may be named by a year though the series has school years or quarters.

    >>> first_from(["2018/19", "2019/20", "2020/21"], "2020"), first_from(["2021"], "2022")
    (2, None)
    """
    return next((i for i, p in enumerate(periods) if position(p) >= position(key)), None)


def period_facts(indicator: Indicator, key: str) -> PeriodFacts | None:
    """Return kind, first and last day of a period of an indicator, None for a foreign key."""
    found = period_of(key)
    if found is None:
        return None
    kind: str = found.kind
    if found.kind is PeriodKind.SPLIT_YEAR and indicator.time_reference.endswith("_year"):
        kind = indicator.time_reference
    return PeriodFacts(kind, *found.days(indicator.year_begins))
