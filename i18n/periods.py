"""Periods as the language writes them: 2019–2021, 2022/23, 1. Halbjahr 2022, June 2022."""

from __future__ import annotations

import re
from collections.abc import Iterable

from babel.dates import get_month_names

from i18n import translator

_POOLED = re.compile(r"(\d{4})-(\d{4})", re.ASCII)
_PART = re.compile(r"(?P<year>\d{4})-(?P<kind>[HQ])(?P<n>\d)", re.ASCII)
_MONTH = re.compile(r"(?P<year>\d{4})-(?P<n>0[1-9]|1[0-2])", re.ASCII)
_KEYS = {"H": "period.half_year", "Q": "period.quarter"}


def period_label(key: str, language: str) -> str:
    """Write a period; a text that is no period is written as it is.

    >>> [period_label(key, "de") for key in ("2019-2021", "2022-H1", "2022/23", "2022-05")]
    ['2019–2021', '1. Halbjahr 2022', '2022/23', 'Mai 2022']
    """
    if pooled := _POOLED.fullmatch(key):
        return f"{pooled[1]}–{pooled[2]}"
    if part := _PART.fullmatch(key):
        return translator(language)(_KEYS[part["kind"]], n=part["n"], year=part["year"])
    if month := _MONTH.fullmatch(key):
        return f"{get_month_names('wide', locale=language)[int(month['n'])]} {month['year']}"
    return key


def period_range(keys: Iterable[str], language: str) -> str:
    """Write the first and the last of periods in time order, or the only one.

    >>> period_range(["2019", "2020"], "en"), period_range(["2019-2021", "2022-2024"], "en")
    ('2019–2020', '2019–2021 – 2022–2024')
    """
    labels = [period_label(key, language) for key in keys]
    if len(labels) <= 1:
        return "".join(labels)
    is_plain = labels[0].isdigit() and labels[-1].isdigit()
    return ("–" if is_plain else " – ").join((labels[0], labels[-1]))


def changed_labels(keys: Iterable[str], language: str) -> dict[str, str]:
    """Return the labels of those periods that are not written as their key."""
    labels = {key: period_label(key, language) for key in keys}
    return {key: label for key, label in labels.items() if label != key}
