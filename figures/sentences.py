"""Sentences from message keys: numbers get the decimals and the unit of their indicator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.model import Indicator, Text
from domain.view import AtlasContent
from domain.wording import Message
from i18n import Translate
from i18n.formats import number
from i18n.periods import period_label


def unit_suffix(indicator: Indicator, language: str) -> str:
    """Return what follows a number: a percent sign, or a blank and the unit."""
    unit = indicator.unit.in_language(language)
    if unit.startswith("%"):
        return " %" if language == "de" else "%"
    return f" {unit}" if unit else ""


def quantity(value: float, indicator: Indicator, language: str) -> str:
    """Write a value with its unit, such as ``18,4 %``."""
    return number(value, indicator.decimals, language) + unit_suffix(indicator, language)


def hint_text(tr: Translate, key: str, params: Mapping[str, Any]) -> str:
    """Write what had to be replaced in a selection; a layer and its reason by their names."""
    if "reason" not in params:
        return tr(key, **params)
    names = {"layer": f"layer.{params['layer']}", "reason": f"layer.reason.{params['reason']}"}
    return tr(key, **{**params, **{name: tr(text) for name, text in names.items()}})


def no_map_texts(content: AtlasContent, tr: Translate, language: str) -> list[str]:
    """Say that a level has no outlines, where there is a map of the indicator, and what helps."""
    levels = ", ".join(level.name.in_language(language) for level in content.drawn_levels)
    return [
        tr("atlas.no_map_cause", level=content.view.level.name.in_language(language)),
        *([tr("atlas.no_map_elsewhere", levels=levels)] if levels else []),
        tr("atlas.no_map_remedy"),
    ]


@dataclass(frozen=True)
class Context:
    """What a sentence speaks of beside its numbers."""

    indicator: Indicator
    period: str
    town: str
    words: Text
    second: Indicator | None = None


def sentence(message: Message, tr: Translate, language: str, about: Context) -> str:
    """Write one message.

    Floats are values of the indicator and get its decimals; ``value_unit``, ``city_unit`` and
    the like carry its unit as well. Correlations keep two decimals, whole numbers are counts.
    """
    correlation = {"r", "lower", "upper"}
    texts: dict[str, object] = {}
    for name, param in message.params.items():
        if isinstance(param, float) and name in correlation:
            texts[name] = number(param, 2, language)
        elif isinstance(param, float):
            texts[name] = number(param, about.indicator.decimals, language)
            texts[f"{name}_unit"] = quantity(param, about.indicator, language)
        elif isinstance(param, int):
            texts[name] = number(param, 0, language)
        else:
            texts[name] = param
    words = about.words.in_language(language)
    return tr(
        message.key,
        **texts,
        indicator=about.indicator.short_name.in_language(language),
        second=about.second.short_name.in_language(language) if about.second else "",
        period=period_label(about.period, language),
        town=about.town,
        words=words,
        words_of=after_preposition(words, language),
    )


def after_preposition(plural: str, language: str) -> str:
    """Return a plural as it stands after "von": German adds an n unless one is there."""
    if language != "de" or plural.endswith(("n", "s")):
        return plural
    return plural + "n"
