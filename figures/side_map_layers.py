"""What each of the maps beside each other paints: values, a change, the words of a comparison."""

from __future__ import annotations

from dataclasses import dataclass

from domain.comparison import DIFFERENCES
from domain.model import SHOWN_STATES, Indicator, State
from domain.view import AtlasContent
from figures import theme
from figures.captions import class_labels, period_texts
from figures.layers import layer_payload, layer_period, points_of
from figures.palettes import colours_of
from figures.sentences import after_preposition, dated, quantity
from figures.signs import badge_texts
from i18n import Translate
from i18n.formats import number
from i18n.periods import period_label

_WORDS = (
    "worse_clear", "worse", "higher_clear", "higher", "similar", "better", "better_clear",
    "lower", "lower_clear", "not_compared",
)  # fmt: skip
"""Words of a comparison in the order of a legend, from the highest burden down."""
_NO_CLASS = "-"


@dataclass(frozen=True)
class Painted:
    """Letters of the areas, the meaning of each letter, and what the areas say."""

    letters: str
    rows: tuple[tuple[str, str, str], ...]
    legend_title: str
    texts: tuple[str, ...]
    title: str
    sub: str
    patterns: frozenset[str] = frozenset()
    shows_circles: bool = False


def painted_values(content: AtlasContent, tr: Translate, language: str) -> Painted:
    """Return the values of a period: classes as fills, counts as circles."""
    view = content.view
    shown = view.by_period[content.period]
    texts = period_texts(content, content.period, None, tr, language)
    words = view.level.area_word.in_language(language)
    unit = view.indicator.unit.in_language(language)
    is_circle = view.mark == "circle"
    labels = class_labels(view.breaks, view.indicator.decimals, tr, language)
    colours = colours_of(view.indicator, len(view.breaks))
    rows = tuple(
        (str(i), colour, label)
        for i, (colour, label) in enumerate(zip(colours, labels, strict=True))
    )
    return Painted(
        letters="".join(_NO_CLASS if c is None else str(c) for c in shown.classes),
        rows=() if is_circle else rows,
        legend_title=tr(
            "atlas.legend_circle" if is_circle else "atlas.legend", unit=unit, words=words
        ),
        texts=tuple(value_line(content, i, tr, language) for i in range(len(view.area_ids))),
        title=texts["title"],
        sub=texts["sub"],
        shows_circles=is_circle,
    )


def value_line(content: AtlasContent, row: int, tr: Translate, language: str) -> str:
    """Write what one area shows: value and interval, or why there is no value."""
    shown = content.view.by_period[content.period]
    indicator = content.view.indicator
    state, value = shown.states[row], shown.values[row]
    told = shown.group_of(row)
    if value is None or state not in SHOWN_STATES:
        return tr("group.no_own") if told else tr(f"state.{state}")
    text = quantity(value, indicator, language)
    lower, upper = shown.lowers[row], shown.uppers[row]
    if lower is not None and upper is not None:
        ends = (number(v, indicator.decimals, language) for v in (lower, upper))
        text += tr("sidemap.interval", lower=next(ends), upper=next(ends))
    return f"{text}, {tr('state.limited')}" if state is State.LIMITED else text


def painted_change(content: AtlasContent, tr: Translate, language: str) -> Painted:
    """Return the change of every area, where chance could be told from it.

    Raises
    ------
    ValueError
        The content has no painted layer.
    """
    layer = content.layer
    told = layer_period(content, content.period, tr, language)
    about = layer_payload(content, tr, language)
    if layer is None or told is None or about is None:
        raise ValueError("the content has no painted layer")
    rows = {row["key"]: row for row in about["legend"]}
    points = layer.by_period[content.period].numbers
    changes = points[0] if points else (None,) * len(told["c"])
    return Painted(
        letters=told["c"],
        rows=tuple((key, row.get("colour", ""), row["label"]) for key, row in rows.items()),
        legend_title=about["legend_title"],
        texts=tuple(
            _change_line(content, i, (change, rows.get(key, {}).get("label", "")), tr, language)
            for i, (key, change) in enumerate(zip(told["c"], changes, strict=True))
        ),
        title=told["title"],
        sub=told["sub"],
        patterns=frozenset(key for key, row in rows.items() if "pattern" in row),
    )


def _change_line(
    content: AtlasContent, row: int, told: tuple[float | None, str], tr: Translate, language: str
) -> str:
    change, label = told
    if change is None:
        state = content.view.by_period[content.period].states[row]
        return label if state in SHOWN_STATES else tr(f"state.{state}")
    return f"{_signed(change, content.view.indicator, tr, language)}, {label}"


def _signed(change: float, indicator: Indicator, tr: Translate, language: str) -> str:
    sign = "+" if round(change, indicator.decimals) > 0 else ""
    text = number(change, indicator.decimals, language)
    return f"{sign}{text} {points_of(indicator, tr, language)}".rstrip()


def painted_words(content: AtlasContent, tr: Translate, language: str) -> Painted:
    """Return the difference of every area to the town, in the words of the comparison."""
    view = content.view
    shown = view.by_period[content.period]
    clear = shown.signs.clear or (False,) * len(shown.badges)
    found = [f"{b}_clear" if c else b for b, c in zip(shown.badges, clear, strict=True)]
    texts = badge_texts(view.indicator.polarity, tr)
    colours = theme.badge_colours(view.indicator.polarity)
    keys = {word: chr(ord("a") + i) for i, word in enumerate(_WORDS)}
    used = [w for w in _WORDS if w in colours or w == "not_compared"]
    is_shown = [s in SHOWN_STATES for s in shown.states]
    n_apart = sum(b in DIFFERENCES for b, s in zip(shown.badges, is_shown, strict=True) if s)
    words = view.level.area_word.in_language(language)
    return Painted(
        letters="".join(keys[w] if s else _NO_CLASS for w, s in zip(found, is_shown, strict=True)),
        rows=tuple((keys[w], colours.get(w, ""), texts[w]) for w in used),
        legend_title=tr("sidemap.city_legend", town=content.town_name, words=words),
        texts=tuple(
            _word_line(content, i, texts[word], tr, language) for i, word in enumerate(found)
        ),
        title=tr(
            "sidemap.city_title",
            dated=dated(
                view.indicator.short_name.in_language(language),
                period_label(content.period, language),
            ),
            n=number(n_apart, 0, language),
            all=number(sum(is_shown), 0, language),
            words=after_preposition(words, language),
            town=content.town_name,
        ),
        sub=tr("sidemap.city_sub"),
        patterns=frozenset({keys["not_compared"]}),
    )


def _word_line(content: AtlasContent, row: int, word: str, tr: Translate, language: str) -> str:
    shown = content.view.by_period[content.period]
    value, city = shown.values[row], shown.city.value
    if value is None or shown.states[row] not in SHOWN_STATES:
        return tr(f"state.{shown.states[row]}")
    if city is None:
        return word
    return f"{_signed(value - city, content.view.indicator, tr, language)}, {word}"
