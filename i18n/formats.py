"""Numbers and dates as the language writes them (1.234,5 in German, 1,234.5 in English)."""

from __future__ import annotations

import datetime as dt
import math
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, get_decimal_symbol

_LOCALES = {"de": "de_DE", "en": "en_GB"}


@lru_cache(maxsize=16_384)
def number(value: float, decimals: int, language: str) -> str:
    """Write a number with exactly ``decimals`` places, grouped, with a true minus sign.

    A half is rounded away from zero, as official statistics and the scripts of the page do.
    What was written is kept: a page writes the same number in a table, a chart and a sentence.
    """
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    exact = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    # A small change down is "0,0", not "−0,0": no reader knows a negative zero.
    text = format_decimal(exact or Decimal(0), format=pattern, locale=_LOCALES[language])
    return text.replace("-", "−")


def decimal_sign(language: str) -> str:
    """Return what parts the whole of a number from its places.

    >>> decimal_sign("de"), decimal_sign("en")
    (',', '.')
    """
    return get_decimal_symbol(_LOCALES[language])


COUNTS = frozenset({"n", "all", "of", "done", "count", "cells", "hidden", "kept", "limit", "most"})
"""Names of parameters that count; a whole number of another name may be a year or a code."""

_FINEST = 0.0001


def written(name: str, value: object, language: str) -> object:
    """Write the parameter of a sentence: counts in groups of three digits, numbers as plain."""
    if isinstance(value, int) and not isinstance(value, bool) and name in COUNTS:
        return number(value, 0, language)
    return plain(value, language)


def plain(value: object, language: str) -> object:
    """Write a number with a point in the form of the language, three places at most.

    A number that would be written as zero keeps one digit that counts, or is told to be smaller
    than the smallest that is written.
    """
    if not isinstance(value, float) or not math.isfinite(value):
        return value
    if 0 < abs(value) < _FINEST:
        sign = "" if value > 0 else "−"
        return f"{sign}< {number(_FINEST, 4, language)}"
    places = next((n for n in range(3) if math.isclose(value, round(value, n), abs_tol=1e-9)), 3)
    if value and not round(value, places):
        places = 4
    return number(value, places, language)


def date(value: dt.date, language: str) -> str:
    """Write a date in full, such as 24. November 2026."""
    return format_date(value, format="long", locale=_LOCALES[language])


def written_date(text: str, language: str) -> str:
    """Write a date given as text, such as 2026-02-15, in full; other words stay as they are."""
    try:
        return date(dt.date.fromisoformat(text), language)
    except ValueError:
        return text


def moment(value: dt.datetime, language: str) -> str:
    """Write a point in time to the minute, in the time zone of the machine."""
    return format_datetime(value.astimezone(), "short", locale=_LOCALES[language], tzinfo=None)
