"""What the painters of the Atlas page need, in one object: numbers, colours and sentences.

The scripts in ``assets/20-js`` only move what stands here; every sentence, class label and
colour is made in Python, where it is tested without a browser.
"""

from __future__ import annotations

from typing import Any

from domain.model import SHOWN_STATES, Indicator, State
from domain.view import AtlasContent, IndicatorView, PeriodView
from figures import theme
from figures.captions import badge_texts, class_labels, period_texts
from figures.choropleth import largest_value
from figures.ranking import value_range
from figures.sentences import unit_suffix
from i18n import Translate
from i18n.formats import number

_CODES = {
    State.OK: "o",
    State.NIL: "n",
    State.BELOW_UNIT: "b",
    State.SUPPRESSED: "s",
    State.UNRELIABLE: "u",
    State.LIMITED: "l",
    State.PENDING: "p",
    State.NOT_APPLICABLE: "x",
    State.NOT_COLLECTED: "m",
}

SIGNS = {
    State.NIL: "–",
    State.BELOW_UNIT: "0",
    State.SUPPRESSED: ".",
    State.UNRELIABLE: "/",
    State.PENDING: "…",
    State.NOT_APPLICABLE: "x",
    State.NOT_COLLECTED: "",
}
"""Signs of official statistics for values that are not shown (docs/methods.md, states)."""


def value_text(view: IndicatorView, shown: PeriodView, row: int, language: str) -> str:
    """Write one value, or the sign of why there is none."""
    state, value = shown.states[row], shown.values[row]
    if state not in SHOWN_STATES or value is None:
        return SIGNS.get(state, "")
    text = number(value, view.indicator.decimals, language)
    return f"({text})" if state is State.LIMITED else text


def atlas_payload(content: AtlasContent, tr: Translate, language: str) -> dict[str, Any]:
    """Return the payload as plain JSON types; keys are read by ``assets/20-js``."""
    view, second = content.view, content.second
    words = view.level.area_word.in_language(language)
    return {
        "lang": language,
        "town": view.town,
        "release": view.release,
        "request": {
            "indicator": view.indicator.id,
            "level": view.level.id,
            "second": second.indicator.id if second else None,
            "compare": view.compare,
        },
        "level": {"id": view.level.id, "vintage": view.level.vintage, "words": words},
        "mark": view.mark,
        "indicator": _indicator(view.indicator, language),
        "second": _indicator(second.indicator, language) if second else None,
        "areas": list(view.area_ids),
        "names": list(view.area_names),
        "points": [
            [round(x, 5), round(y, 5)]
            for x, y in zip(content.frame.longitudes, content.frame.latitudes, strict=True)
        ],
        "periods": list(view.periods),
        "positions": list(content.positions),
        "series_breaks": _series_breaks(content, language),
        "colours": list(theme.class_colours(len(view.breaks), view.indicator.polarity)),
        "empty": theme.EMPTY_FILL,
        "dot": theme.DOT,
        "largest": largest_value(view),
        "circle_steps": _circle_steps(view, language),
        "range": {
            "value": value_range(view),
            "second": value_range(second) if second else None,
        },
        "by": {p: _period(content, p, tr, language) for p in view.periods},
        **_texts(content, tr, language),
    }


def _texts(content: AtlasContent, tr: Translate, language: str) -> dict[str, Any]:
    view = content.view
    indicator = view.indicator
    short = indicator.short_name.in_language(language)
    unit = indicator.unit.in_language(language)
    words = view.level.area_word.in_language(language)
    first, last = view.periods[0], view.periods[-1]
    title = "atlas.trend_title_single" if first == last else "atlas.trend_title"
    legend = "atlas.legend_circle" if view.mark == "circle" else "atlas.legend"
    return {
        "class_labels": class_labels(view.breaks, indicator.decimals, tr, language),
        "legend_title": tr(legend, unit=unit, words=words),
        "trend_title": tr(title, indicator=short, first=first, last=last),
        "table_title": short,
        "city_name": content.town_name,
        "compare_name": tr(f"atlas.compare_short_{view.compare}", town=content.town_name),
        "axis": {
            "value": f"{short}, {unit}",
            "second_unit": (
                content.second.indicator.unit.in_language(language) if content.second else ""
            ),
        },
        "sign": {s.value: SIGNS.get(s, "") for s in State},
        "state_names": {s.value: tr(f"state.{s.value}") for s in State},
        "flag_names": {f: tr(f"flag.{f}") for f in ("p", "r", "s", "break", "boundary")},
        "badges": badge_texts(indicator.polarity, tr),
        "words": {
            w: tr(f"atlas.word_{w}")
            for w in ("interval", "base", "of", "comparison", "class", "more", "remove")
        },
    }


def _indicator(indicator: Indicator, language: str) -> dict[str, Any]:
    return {
        "id": indicator.id,
        "short": indicator.short_name.in_language(language),
        "unit_suffix": unit_suffix(indicator, language),
        "decimals": indicator.decimals,
        "kind": indicator.kind.value,
    }


def _series_breaks(content: AtlasContent, language: str) -> list[dict[str, Any]]:
    view = content.view
    where = dict(zip(view.periods, content.positions, strict=True))
    return [
        {"position": where[b.period], "text": b.text.in_language(language)}
        for b in view.indicator.series_breaks
        if b.period in where and not b.comparable
    ]


def _circle_steps(view: IndicatorView, language: str) -> list[dict[str, Any]]:
    """Return three round numbers for the size legend, largest first."""
    largest = largest_value(view)
    if view.mark != "circle" or largest <= 0:
        return []
    power = 10 ** (len(str(int(largest))) - 1)
    top = next((m * power for m in (5, 2, 1) if m * power <= largest), largest)
    steps = [top, top / 2, top / 10]
    unique = sorted({s for s in steps if s >= 1 or s == top}, reverse=True)
    return [{"value": s, "text": number(s, 0, language)} for s in unique]


def _period(content: AtlasContent, period: str, tr: Translate, language: str) -> dict[str, Any]:
    shown = content.view.by_period[period]
    relation = content.associations.get(period)
    return {
        "v": list(shown.values),
        "s": "".join(_CODES[s] for s in shown.states),
        "f": list(shown.flags),
        "lo": list(shown.lowers),
        "hi": list(shown.uppers),
        "n": list(shown.numerators),
        "d": list(shown.denominators),
        "c": list(shown.classes),
        "o": list(shown.order),
        "b": list(shown.badges),
        "bm": list(shown.benchmarks),
        "counts": list(shown.class_counts),
        "empties": _empties(shown),
        "city": {"v": shown.city.value, "lo": shown.city.lower, "hi": shown.city.upper},
        "w": list(relation.second_values) if relation else None,
        "fit": [relation.fit.slope, relation.fit.intercept] if relation and relation.fit else None,
        **period_texts(content, period, relation, tr, language),
    }


def _empties(shown: PeriodView) -> dict[str, int]:
    """Count each kind of empty that occurs, in the fixed order of the states."""
    return {
        state.value: shown.states.count(state)
        for state in State
        if state not in SHOWN_STATES and state in shown.states
    }
