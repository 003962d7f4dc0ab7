"""The funnel as the scripts draw it: limits as numbers, everything said about them as sentences."""

from __future__ import annotations

from typing import Any

from domain.funnel_view import Funnel, FunnelPeriod, has_parts
from domain.model import Indicator
from domain.view import IndicatorView
from figures.packing import power_of
from figures.sentences import after_preposition, quantity
from i18n import Translate
from i18n.formats import number

_CODES = {0: "i", 1: "h", 2: "H", -1: "l", -2: "L", None: "-"}
"""One letter an area; upper case beyond the outer limits."""
_WORDS = {"i": "inside", "h": "above", "H": "above_clear", "l": "below", "L": "below_clear"}
_CLEAR = 2


def funnel_payload(
    view: IndicatorView, funnel: Funnel, tr: Translate, language: str
) -> dict[str, Any]:
    """Return a funnel as plain JSON types; keys are read by ``44-funnel.js``."""
    indicator = view.indicator
    power = power_of(indicator)
    return {
        "bases": [round(x, 2) for x in funnel.bases],
        "log": funnel.is_logarithmic,
        "x_name": _x_name(indicator, tr, language, is_log=funnel.is_logarithmic),
        "base_name": indicator.denominator_text.in_language(language) or tr("funnel.base"),
        "words": {code: tr(f"funnel.{word}") for code, word in _WORDS.items()},
        "by": {
            period: {
                "centre": shown.centre,
                "centre_text": tr(
                    "funnel.centre", value=quantity(shown.centre, indicator, language)
                ),
                **{k: [round(x * power) for x in v] for k, v in shown.limits.items()},
                "sides": "".join(_CODES[s] for s in shown.sides),
                "title": _title(view, shown, tr, language),
                "sub": _sub(shown, tr, language),
            }
            for period, shown in funnel.by_period.items()
        },
        "none": {
            period: tr(f"funnel.{'no_cases' if has_parts(shown) else 'none'}")
            for period, shown in view.by_period.items()
            if period not in funnel.by_period
        },
    }


def _x_name(indicator: Indicator, tr: Translate, language: str, *, is_log: bool) -> str:
    base = indicator.denominator_text.in_language(language) or tr("funnel.base")
    return tr("funnel.log", base=base) if is_log else base


def _title(view: IndicatorView, shown: FunnelPeriod, tr: Translate, language: str) -> str:
    known = [s for s in shown.sides if s is not None]
    words = view.level.area_word.in_language(language)
    return tr(
        "funnel.title",
        outside=number(sum(abs(s) == _CLEAR for s in known), 0, language),
        n=number(len(known), 0, language),
        words=words,
        words_of=after_preposition(words, language),
    )


def _sub(shown: FunnelPeriod, tr: Translate, language: str) -> str:
    """Say what the lines are, whether they were widened, and how many areas are not drawn."""
    notes = [tr("funnel.lines")]
    if shown.widening > 1:
        notes.append(tr("funnel.widened", factor=number(shown.widening, 1, language)))
    absent = sum(s is None for s in shown.sides)
    if absent:
        notes.append(tr("funnel.absent", n=number(absent, 0, language)))
    return " · ".join(notes)
