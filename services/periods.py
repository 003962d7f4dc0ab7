"""Periods as text and as positions on a time axis."""

from __future__ import annotations

import re

_YEAR = re.compile(r"\d{4}")


def first_year(period: str) -> tuple[int, str]:
    """Sort key of a period: its first year, then the text (``2023/24`` after ``2023``)."""
    found = _YEAR.search(period)
    return (int(found.group()) if found else 0, period)


def position(period: str) -> float:
    """Return where a period stands on a time axis, in years.

    A year stands at its number, a pooled period ``2021-2023`` at its middle, a school year
    ``2023/24`` half a year later.
    """
    years = [int(y) for y in _YEAR.findall(period)]
    if not years:
        return 0.0
    if "/" in period:
        return years[0] + 0.5
    return sum(years) / len(years)
