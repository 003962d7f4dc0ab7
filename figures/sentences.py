"""Sentences from message keys: numbers get the decimals and the unit of their indicator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from domain.links import RELEASE_HINTS
from domain.model import Indicator, Text
from domain.view import AtlasContent
from domain.wording import Message
from i18n import Translate
from i18n.formats import number
from i18n.periods import period_label


def unit_suffix(indicator: Indicator, language: str) -> str:
    """Return what follows a number: a percent sign, or a blank and the unit.

    In German a blank stands before the percent sign; no line breaks there.
    """
    unit = indicator.unit.in_language(language)
    if unit.startswith("%"):
        return "\N{NO-BREAK SPACE}%" if language == "de" else "%"
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


def page_hints(tr: Translate, hints: Iterable[tuple[str, Mapping[str, Any]]]) -> tuple[str, ...]:
    """Write the hints of a page, without those that the frame around every page tells."""
    return tuple(hint_text(tr, key, params) for key, params in hints if key not in RELEASE_HINTS)


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
    name = about.indicator.short_name.in_language(language)
    since = {"dated_since": dated(name, str(texts["since"]))} if "since" in texts else {}
    return tr(
        message.key,
        **texts,
        **since,
        indicator=name,
        dated=dated(name, period_label(about.period, language)),
        second=about.second.short_name.in_language(language) if about.second else "",
        period=period_label(about.period, language),
        town=about.town,
        words=words,
        words_of=after_preposition(words, language),
    )


def dated(name: str, period: str) -> str:
    """Return a name and its period; a comma parts them where the name ends in a number.

    "Kinder 3 bis 5 2024" would leave open where the ages end and the year begins.
    """
    return f"{name}, {period}" if name[-1:].isdigit() else f"{name} {period}"


_TAKES_N = ("e", "el", "er")
_SMALL_WORDS = ("der", "oder")


def after_preposition(plural: str, language: str) -> str:
    """Return a plural as it stands after "von": German adds an n to nouns and adjectives.

    Words such as "statistische Bezirke" and "Kreise und kreisfreie Städte" change as a whole;
    plurals in -n and -s, and words without a plural, stay as they are.
    """
    if language != "de":
        return plural
    return " ".join(
        word + "n" if word.endswith(_TAKES_N) and word.lower() not in _SMALL_WORDS else word
        for word in plural.split(" ")
    )
