"""Sentences from message keys: numbers get the decimals and the unit of their indicator."""

from __future__ import annotations

from domain.model import Indicator, Text
from domain.wording import Message
from i18n import Translate
from i18n.formats import number


def unit_suffix(indicator: Indicator, language: str) -> str:
    """Return what follows a number: a percent sign, or a blank and the unit."""
    unit = indicator.unit.in_language(language)
    if unit.startswith("%"):
        return " %" if language == "de" else "%"
    return f" {unit}" if unit else ""


def quantity(value: float, indicator: Indicator, language: str) -> str:
    """Write a value with its unit, such as ``18,4 %``."""
    return number(value, indicator.decimals, language) + unit_suffix(indicator, language)


def sentence(
    message: Message,
    tr: Translate,
    language: str,
    *,
    indicator: Indicator,
    period: str,
    town: str,
    words: Text,
    second: Indicator | None = None,
) -> str:
    """Write one message.

    Floats are values of the indicator and get its decimals; ``value``, ``city``, ``low`` and
    ``high`` also its unit where the sentence has room for it. Correlations keep two decimals.
    """
    correlation = {"r", "lower", "upper"}
    texts: dict[str, object] = {}
    for name, param in message.params.items():
        if isinstance(param, float) and name in correlation:
            texts[name] = number(param, 2, language)
        elif isinstance(param, float):
            texts[name] = number(param, indicator.decimals, language)
            texts[f"{name}_unit"] = quantity(param, indicator, language)
        else:
            texts[name] = param
    return tr(
        message.key,
        **texts,
        indicator=indicator.short_name.in_language(language),
        second=second.short_name.in_language(language) if second else "",
        period=period,
        town=town,
        words=words.in_language(language),
        words_of=_after_preposition(words.in_language(language), language),
    )


def _after_preposition(plural: str, language: str) -> str:
    """Return a plural as it stands after "von": German adds an n unless one is there."""
    if language != "de" or plural.endswith(("n", "s")):
        return plural
    return plural + "n"
