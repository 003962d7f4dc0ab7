"""When an office owes the figures of an indicator, and whether they have come."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

_FIRST_YEAR, _LAST_YEAR = 2000, 2100
MOST_YEARS = 10
"""The longest rhythm of deliveries, and how far figures may lie behind their delivery."""


@dataclass(frozen=True)
class DueDate:
    """When figures are due.

    Attributes
    ----------
    first
        The first day they are due.
    every_years
        Years between two deliveries; 0 for figures that are due once.
    lag_years
        How many years before the day the figures speak of: 1 where those of 2025 are due in 2026.
    """

    first: dt.date
    every_years: int = 1
    lag_years: int = 1


@dataclass(frozen=True)
class Delivery:
    """Where a delivery stands.

    ``state`` is ``late``, ``awaited``, ``delivered`` (nothing more is due) or ``no_date``; ``day``
    is the day it was or is due, ``year`` the year whose figures are meant.
    """

    state: str
    day: dt.date | None = None
    year: int | None = None
    days_late: int = 0


def delivery_of(due: DueDate | None, newest: dt.date | None, today: dt.date) -> Delivery:
    """Hold what is due against the newest figures.

    Parameters
    ----------
    newest
        Last day of the newest period with figures; None where there are none.

    Examples
    --------
    >>> due = DueDate(dt.date(2024, 3, 31))
    >>> delivery_of(due, dt.date(2024, 12, 31), dt.date(2026, 4, 10))
    Delivery(state='late', day=datetime.date(2026, 3, 31), year=2025, days_late=10)
    >>> delivery_of(due, dt.date(2025, 12, 31), dt.date(2026, 4, 10)).day
    datetime.date(2027, 3, 31)
    """
    if due is None:
        return Delivery("no_date")
    passed = _passed(due, today)
    if passed is not None and not _is_here(due, passed, newest):
        # the oldest delivery that is missing is the one that is late
        while passed > due.first and not _is_here(due, _step(due, passed, -1), newest):
            passed = _step(due, passed, -1)
        late = (today - passed).days
        return Delivery("late" if late else "awaited", passed, passed.year - due.lag_years, late)
    following = due.first if passed is None else _step(due, passed, 1)
    while due.every_years and _is_here(due, following, newest):
        following = _step(due, following, 1)
    if not due.every_years and (passed is not None or _is_here(due, following, newest)):
        return Delivery("delivered", due.first, due.first.year - due.lag_years)
    return Delivery("awaited", following, following.year - due.lag_years)


def _is_here(due: DueDate, day: dt.date, newest: dt.date | None) -> bool:
    return newest is not None and newest.year >= day.year - due.lag_years


def _passed(due: DueDate, today: dt.date) -> dt.date | None:
    """Return the last day figures were due up to today, None before the first."""
    if today < due.first:
        return None
    if not due.every_years:
        return due.first
    steps = (today.year - due.first.year) // due.every_years
    day = _in_year(due.first, due.first.year + steps * due.every_years)
    return day if day <= today else _step(due, day, -1)


def _step(due: DueDate, day: dt.date, steps: int) -> dt.date:
    return _in_year(due.first, day.year + steps * due.every_years)


def _in_year(day: dt.date, year: int) -> dt.date:
    """Return the same day of another year; 29 February becomes the 28th where there is none."""
    last = calendar.monthrange(year, day.month)[1]
    return dt.date(year, day.month, min(day.day, last))


def due_date(fields: Mapping[str, str]) -> DueDate | None:
    """Return a due date as it was typed, None where no day is given.

    Raises
    ------
    ValueError
        Not a day of the years 2000 to 2100, or numbers of years outside 0 to :data:`MOST_YEARS`.
    """
    if not fields.get("first"):
        return None
    first = dt.date.fromisoformat(fields["first"])
    years = {k: int(fields.get(k, "1")) for k in ("every_years", "lag_years")}
    is_near = _FIRST_YEAR <= first.year <= _LAST_YEAR
    if not is_near or not all(0 <= n <= MOST_YEARS for n in years.values()):
        raise ValueError(first.isoformat())
    return DueDate(first, **years)
