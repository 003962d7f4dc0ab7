"""What a view says of chance, in words: two levels of difference, trends, how much is chance.

One letter an area travels for a comparison (upper case where the difference is clear) and one
for a trend; the words stand once in the payload.
"""

from __future__ import annotations

from typing import Any

from domain.comparison import DIFFERENCES
from domain.intervals import EXACT_BELOW
from domain.model import Indicator, Polarity
from domain.trend_windows import WINDOW
from domain.trends import NO_TREND, NOT_DETERMINABLE
from domain.view import AtlasContent, PeriodView
from figures.sentences import Context, sentence
from i18n import Translate
from i18n.periods import period_label

_BADGE_CODES = {
    "better": "b",
    "worse": "w",
    "similar": "s",
    "higher": "h",
    "lower": "l",
    "not_compared": "n",
}
_TREND_CODES = {
    "better": "b",
    "worse": "w",
    "higher": "h",
    "lower": "l",
    NO_TREND: "n",
    NOT_DETERMINABLE: "x",
}


def badge_texts(polarity: Polarity, tr: Translate) -> dict[str, str]:
    """Write every word of a comparison; ``…_clear`` are those of differences at 99.8 %.

    The triangle says on which side the value lies, and is filled where the difference is clear.
    """
    above, below = ("above", "below") if polarity is not Polarity.LOW_BURDEN else ("below", "above")
    sides = {"worse": f"worse_{above}", "better": f"better_{below}"}
    texts = {b: tr(f"badge.{sides.get(b, b)}") for b in _BADGE_CODES}
    clear = {f"{b}_clear": tr(f"badge.{sides.get(b, b)}_clear") for b in sorted(DIFFERENCES)}
    return texts | clear


def trend_texts(polarity: Polarity, tr: Translate) -> dict[str, str]:
    """Write every trend word; the arrow says where the value goes."""
    up, down = ("up", "down") if polarity is not Polarity.LOW_BURDEN else ("down", "up")
    sides = {"worse": f"worse_{up}", "better": f"better_{down}"}
    return {w: tr(f"trend_word.{sides.get(w, w)}") for w in _TREND_CODES}


def view_signs(content: AtlasContent, tr: Translate) -> dict[str, Any]:
    """Return the words of a view: comparison, trend, and the method of its intervals."""
    indicator = content.view.indicator
    return {
        "badges": badge_texts(indicator.polarity, tr),
        "trend_words": trend_texts(indicator.polarity, tr),
        "interval": interval_method(indicator, tr),
        "table_sub": _table_sub(indicator, tr),
    }


def interval_method(indicator: Indicator, tr: Translate) -> dict[str, Any] | None:
    """Name the method of the intervals; fewer cases than ``below`` have the one of ``few``."""
    if indicator.interval == "wilson":
        return {"name": tr("method.wilson")}
    if indicator.interval == "byar":
        effect = indicator.design_effect or 1.0
        return {
            "name": tr("method.byar"),
            "few": tr("method.exact"),
            "below": EXACT_BELOW * effect,
        }
    return None


def _table_sub(indicator: Indicator, tr: Translate) -> str:
    """Say what the column of intervals means, or why there is none."""
    if indicator.interval == "none":
        return tr("atlas.table_sub_none")
    return tr("atlas.table_sub", method=tr(f"method.{indicator.interval}"))


def period_signs(
    content: AtlasContent, period: str, tr: Translate, language: str
) -> dict[str, Any]:
    """Return letters and sentences of one period."""
    shown = content.view.by_period[period]
    signs = shown.signs
    return {
        "b": badge_letters(shown),
        "tr": "".join(_TREND_CODES[w] for w in signs.trends),
        "tt": _TREND_CODES.get(signs.town_trend, ""),
        "tw": trend_note(content, period, tr, language),
        "trend_sub": _trend_sub(content, period, tr, language),
        "chance": chance_text(content, period, tr, language),
    }


def badge_letters(shown: PeriodView) -> str:
    """Return one letter an area, upper case where the difference is clear."""
    letters = [_BADGE_CODES[b] for b in shown.badges]
    clear = shown.signs.clear or (False,) * len(letters)
    return "".join(
        letter.upper() if is_clear else letter
        for letter, is_clear in zip(letters, clear, strict=True)
    )


def chance_text(content: AtlasContent, period: str, tr: Translate, language: str) -> str:
    """Say how many areas differ and how many would by chance, or why that is not known."""
    view = content.view
    messages = view.by_period[period].signs.chance
    about = Context(view.indicator, period, content.town_name, view.level.area_word)
    if not messages:
        return ""
    texts = [sentence(m, tr, language, about) for m in messages]
    return " ".join((tr("chance.title"), *texts))


def trend_note(content: AtlasContent, period: str, tr: Translate, language: str) -> str:
    """Say why no area has a trend in a period, empty where some have."""
    reason = content.view.by_period[period].signs.trend_reason
    if not reason:
        return ""
    return tr(f"trend_reason.{reason}", period=period_label(period, language))


def _trend_sub(content: AtlasContent, period: str, tr: Translate, language: str) -> str:
    """Write the line below the title of the trend panel, after the name of its axis."""
    view = content.view
    signs = view.by_period[period].signs
    at = view.periods.index(period)
    has_town = signs.town_trend not in ("", NOT_DETERMINABLE)
    if not has_town and not signs.trends:
        note = trend_note(content, period, tr, language)
        return note and tr("atlas.trend_sub_none", reason=note)
    span = {
        "first": period_label(view.periods[at - WINDOW + 1], language),
        "last": period_label(period, language),
    }
    if not has_town:
        return tr("atlas.trend_sub_areas", **span)
    word = trend_texts(view.indicator.polarity, tr)[signs.town_trend]
    return tr("atlas.trend_sub", **span, town=content.town_name, word=word)
