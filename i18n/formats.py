"""Numbers and dates as the language writes them (1.234,5 in German, 1,234.5 in English)."""

from __future__ import annotations

import datetime as dt

from babel.dates import format_date
from babel.numbers import format_decimal

_LOCALES = {"de": "de_DE", "en": "en_GB"}


def number(value: float, decimals: int, language: str) -> str:
    """Write a number with exactly ``decimals`` places, grouped, with a true minus sign."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text = format_decimal(value, format=pattern, locale=_LOCALES[language])
    return text.replace("-", "−")


def date(value: dt.date, language: str) -> str:
    """Write a date in full, such as 24. November 2026."""
    return format_date(value, format="long", locale=_LOCALES[language])
