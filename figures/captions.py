"""Titles, subtitles and labels of a view in the language of the page."""

from __future__ import annotations

import math
from collections.abc import Sequence

from domain.model import Indicator, Polarity
from domain.view import Association, AtlasContent
from figures.sentences import Context, sentence
from i18n import Translate
from i18n.formats import number

_LONGEST_REFERENCE = 24

BADGES = ("better", "similar", "worse", "higher", "lower", "not_compared")
"""Words of a comparison that the page knows how to write."""


def badge_texts(polarity: Polarity, tr: Translate) -> dict[str, str]:
    """Write every word of a comparison; the triangle says on which side the value lies."""
    above, below = ("above", "below") if polarity is not Polarity.LOW_BURDEN else ("below", "above")
    sides = {"worse": f"worse_{above}", "better": f"better_{below}"}
    return {b: tr(f"badge.{sides.get(b, b)}") for b in BADGES}


def class_labels(breaks: Sequence[float], decimals: int, tr: Translate, language: str) -> list[str]:
    """Write the right-closed classes; the first and last are open, so new years fit in."""
    limits = [number(b, _needed_decimals(breaks, decimals), language) for b in breaks]
    if len(limits) <= 1:
        return [tr("atlas.class_all")] * len(limits)
    labels = [tr("atlas.class_up_to", to=limits[0])]
    labels += [
        tr("atlas.class_between", lower=limits[i - 1], to=limits[i])
        for i in range(1, len(limits) - 1)
    ]
    return [*labels, tr("atlas.class_last", lower=limits[-2])]


def _needed_decimals(breaks: Sequence[float], decimals: int) -> int:
    for places in range(decimals + 1):
        if all(math.isclose(round(b, places), b, abs_tol=1e-9) for b in breaks[:-1]):
            return places
    return decimals


def period_texts(
    content: AtlasContent,
    period: str,
    relation: Association | None,
    tr: Translate,
    language: str,
) -> dict[str, str]:
    """Return finding, subtitles, source line and text alternative of one period."""
    view = content.view
    indicator = view.indicator
    short = indicator.short_name.in_language(language)
    # the line is the town's also where areas are compared with their own parents
    line = "target" if view.compare == "target" else "city"
    compare = tr(f"atlas.compare_short_{line}", town=content.town_name)
    reading = {"count": "atlas.ranking_sub_count"}.get(
        indicator.kind,
        "atlas.ranking_sub" if indicator.interval != "none" else "atlas.ranking_sub_plain",
    )
    about = Context(indicator, period, content.town_name, view.level.area_word)
    title = sentence(view.by_period[period].message, tr, language, about)
    return {
        "title": title,
        "sub": _subtitle(content, period, tr, language),
        "alt": tr("atlas.map") + ": " + title,
        "ranking": _capitalised(
            tr(
                "atlas.ranking_title",
                words=view.level.area_word.in_language(language),
                indicator=short,
            )
        ),
        "ranking_sub": tr(reading, compare=compare),
        "source": tr(
            "atlas.source",
            reference=_reference(indicator, period, language),
            office=content.office,
            licence=content.licence,
            release=view.release,
        ),
        **_relation_texts(content, period, relation, tr, language),
    }


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _reference(indicator: Indicator, period: str, language: str) -> str:
    """Write the reference date, such as 31.12.2024; long remarks stand in the indicator sheet."""
    text = indicator.time_reference_text.in_language(language)
    if len(text) > _LONGEST_REFERENCE:
        return period
    return f"{text}{period}" if text.endswith(".") else f"{text} {period}".strip()


def _subtitle(content: AtlasContent, period: str, tr: Translate, language: str) -> str:
    view, shown = content.view, content.view.by_period[period]
    known = [v for v in shown.values if v is not None]
    decimals = view.indicator.decimals
    definition = view.indicator.definition.in_language(language).rstrip()
    if not known:
        return tr("atlas.sub_none", definition=definition)
    low, high = (number(v, decimals, language) for v in (min(known), max(known)))
    city = shown.city.value
    if city is None:
        return tr("atlas.sub_no_city", definition=definition, low=low, high=high)
    return tr(
        "atlas.sub",
        definition=definition,
        low=low,
        high=high,
        town=content.town_name,
        city=number(city, decimals, language),
    )


def _relation_texts(
    content: AtlasContent,
    period: str,
    relation: Association | None,
    tr: Translate,
    language: str,
) -> dict[str, str]:
    second = content.second
    if second is None or relation is None:
        return {"scatter": tr("atlas.no_second"), "scatter_sub": ""}
    name = second.indicator.short_name
    view = content.view
    about = Context(
        view.indicator, period, content.town_name, view.level.area_word, second.indicator
    )
    head = sentence(relation.message, tr, language, about)
    notes = [tr("atlas.scatter_warning")]
    params = relation.message.params
    if "r" in params:
        texts = {k: number(float(params[k]), 2, language) for k in ("r", "lower", "upper")}
        notes.insert(0, tr("atlas.scatter_r", **texts))
    if relation.second_period not in (None, period):
        notes.append(
            tr(
                "atlas.second_other_year",
                second=name.in_language(language),
                period=relation.second_period,
                wanted=period,
            )
        )
    return {"scatter": head, "scatter_sub": " · ".join(notes)}
