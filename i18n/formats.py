"""Numbers and dates as the language writes them (1.234,5 in German, 1,234.5 in English)."""

from __future__ import annotations

import datetime as dt
import math
from decimal import ROUND_HALF_UP, Decimal

from babel.dates import format_date
from babel.numbers import format_decimal

_LOCALES = {"de": "de_DE", "en": "en_GB"}


def number(value: float, decimals: int, language: str) -> str:
    """Write a number with exactly ``decimals`` places, grouped, with a true minus sign.

    A half is rounded away from zero, as official statistics and the scripts of the page do.
    """
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    exact = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    # A small change down is "0,0", not "−0,0": no reader knows a negative zero.
    text = format_decimal(exact or Decimal(0), format=pattern, locale=_LOCALES[language])
    return text.replace("-", "−")


def plain(value: object, language: str) -> object:
    """Write a number with a point in the form of the language, three places at most."""
    if not isinstance(value, float) or not math.isfinite(value):
        return value
    places = next((n for n in range(3) if math.isclose(value, round(value, n), abs_tol=1e-9)), 3)
    return number(value, places, language)


def date(value: dt.date, language: str) -> str:
    """Write a date in full, such as 24. November 2026."""
    return format_date(value, format="long", locale=_LOCALES[language])
