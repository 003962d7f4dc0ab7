"""Titles, subtitles and labels of a view in the language of the page."""

from __future__ import annotations

import math
from collections.abc import Sequence

from domain.built_in import built_in
from domain.model import Indicator, Kind
from domain.periods import first_from
from domain.view import Association, AtlasContent
from figures.sentences import Context, sentence, unit_suffix
from i18n import Translate
from i18n.formats import number
from i18n.periods import period_label

_LONGEST_REFERENCE = 24
_FEWEST_FOR_A_RANGE = 2


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
        "ranking": _ranking_title(content, period, tr, language),
        "ranking_sub": _capitalised(
            tr(
                "atlas.ranking_title",
                words=view.level.area_word.in_language(language),
                indicator=short,
            )
            + " · "
            + tr(reading)
        ),
        "source": tr(
            "atlas.source",
            reference=_reference(indicator, period, language),
            office=content.office,
            licence=content.licence,
            release=view.release,
        ),
        **_relation_texts(content, period, relation, tr, language),
    }


def _ranking_title(content: AtlasContent, period: str, tr: Translate, language: str) -> str:
    """Say how far apart the values lie; no area is named, so that none is put on show."""
    indicator = content.view.indicator
    known = [v for v in content.view.by_period[period].values if v is not None]
    if len(known) < _FEWEST_FOR_A_RANGE:
        return tr("atlas.ranking_few", indicator=indicator.short_name.in_language(language))
    low, high = min(known), max(known)
    if indicator.kind is Kind.COUNT:
        texts = (number(v, indicator.decimals, language) for v in (low, high))
        return tr("atlas.ranking_range", low=next(texts), high=next(texts))
    gap = number(high - low, indicator.decimals, language)
    unit = indicator.unit.in_language(language)
    if unit.startswith("%"):
        return tr("atlas.ranking_points", gap=gap)
    return tr("atlas.ranking_gap", gap=gap, unit=unit)


def trend_title(content: AtlasContent, tr: Translate, language: str) -> str:
    """Say how the value of the town moved since its first year, or since the last break."""
    view = content.view
    short = view.indicator.short_name.in_language(language)
    town = _town_series(content)
    times = [p for p, _ in town]
    begins = [first_from(times, b.period) for b in view.indicator.series_breaks if not b.comparable]
    since = max((i for i in begins if i is not None), default=0)
    known = [(p, v) for p, v in town[since:] if v is not None]
    first, last = (period_label(town[k][0], language) for k in (0, -1))
    if len(known) < _FEWEST_FOR_A_RANGE:
        title = "atlas.trend_title_single" if first == last else "atlas.trend_title"
        return tr(title, indicator=short, first=first, last=last)
    decimals = view.indicator.decimals
    (start, before), (end, after) = known[0], known[-1]
    change = round(after, decimals) - round(before, decimals)
    word = "up" if change > 0 else "down" if change < 0 else "same"
    return tr(
        f"atlas.trend_{word}",
        indicator=short,
        first=period_label(start, language),
        last=period_label(end, language),
        before=number(before, decimals, language),
        after=number(after, decimals, language) + unit_suffix(view.indicator, language),
    )


def _town_series(content: AtlasContent) -> list[tuple[str, float | None]]:
    """Return period and value of the town over all boundary vintages, in time order."""
    view = content.view
    points = [
        (x, p, view.by_period[p].city.value)
        for x, p in zip(content.positions, view.periods, strict=True)
    ]
    for other in content.elsewhere:
        points += zip(other.positions, other.periods, other.city, strict=True)
    return [(p, v) for _, p, v in sorted(points, key=lambda x: x[0])]


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _reference(indicator: Indicator, period: str, language: str) -> str:
    """Write the reference date, such as 31.12.2024; long remarks stand in the indicator sheet."""
    text = indicator.time_reference_text.in_language(language)
    written = period_label(period, language)
    if len(text) > _LONGEST_REFERENCE:
        return written
    return f"{text}{written}" if text.endswith(".") else f"{text} {written}".strip()


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
    shared = built_in(view.indicator, second.indicator)
    if shared:
        notes.append(tr(f"atlas.built_in_{shared}"))
    if relation.second_period and relation.second_period != period:
        notes.append(
            tr(
                "atlas.second_other_year",
                second=name.in_language(language),
                period=period_label(relation.second_period, language),
                wanted=period_label(period, language),
            )
        )
    return {"scatter": head, "scatter_sub": " · ".join(notes)}
