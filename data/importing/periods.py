"""Periods: text such as 2023, 2021-2023, 2023/24, 2023-Q4, 2023-H1 or 2023-06."""

from __future__ import annotations

import re

_FIRST_YEAR, _LAST_YEAR = 1800, 2199
_YEAR = re.compile(r"(\d{4})", re.ASCII)
_POOLED = re.compile(r"(\d{4})[-–](\d{4})", re.ASCII)
_SCHOOL_YEAR = re.compile(r"(\d{4})/(?:(\d{2})|(\d{4}))", re.ASCII)
_PART = re.compile(r"(\d{4})-(Q[1-4]|H[12]|0[1-9]|1[0-2])", re.ASCII)


def normal_period(text: str) -> str | None:
    """Return the period in its normal form, or None when the text is no period.

    >>> normal_period("2023/2024"), normal_period("2021–2023"), normal_period("21")
    ('2023/24', '2021-2023', None)
    """
    text = text.strip()
    if _YEAR.fullmatch(text):
        return text if _is_year(text) else None
    pooled = _POOLED.fullmatch(text)
    if pooled:
        first, last = pooled[1], pooled[2]
        return f"{first}-{last}" if _is_year(first) and _is_year(last) and first < last else None
    school = _SCHOOL_YEAR.fullmatch(text)
    if school:
        return _school_year(school[1], school[2] or school[3])
    part = _PART.fullmatch(text)
    return text if part and _is_year(part[1]) else None


def _school_year(first: str, last: str) -> str | None:
    is_next = str(int(first) + 1).endswith(last)
    return f"{first}/{last[-2:]}" if is_next and _is_year(first) else None


def _is_year(text: str) -> bool:
    return _FIRST_YEAR <= int(text) <= _LAST_YEAR
