"""The figures of a profile as texts: every kind of empty in words, intervals, signs of chance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from domain.comparison import NOT_COMPARED
from domain.model import SHOWN_STATES, Indicator, State
from domain.profile import KeyFigure, ProfileView
from domain.view import CityValue
from figures.packing import SIGNS
from figures.sentences import quantity
from figures.signs import badge_texts, trend_texts
from i18n import Translate
from i18n.formats import number
from i18n.periods import period_label

_FLAGS = ("p", "r", "s", "break", "boundary")


@dataclass(frozen=True)
class FigureRow:
    """One key figure, written. ``state`` is that of the value; ``side`` colours nothing alone.

    ``short`` is the value without words, for narrow places; ``badge_class`` is the word of the
    comparison, with ``_clear`` where it holds at 99.8 %.
    """

    id: str
    name: str
    definition: str
    period: str
    value: str
    short: str
    state: str
    interval: str
    city: str
    parent: str
    twins: str
    twins_interval: str
    badge: str
    badge_class: str
    trend: str
    trend_class: str
    standing: str
    notes: tuple[str, ...]
    link: str


def figure_row(
    figure: KeyFigure, view: ProfileView, tr: Translate, language: str, *, release: str = ""
) -> FigureRow:
    """Write one key figure; ``release`` is named by its link where the address of the page does."""
    indicator = figure.indicator
    badge = f"{figure.badge}_clear" if figure.is_clear else figure.badge
    return FigureRow(
        id=indicator.id,
        name=indicator.short_name.in_language(language),
        definition=indicator.definition.in_language(language),
        period=period_label(figure.period, language),
        value=cell_text(figure.found, indicator, tr, language),
        short=short_text(figure.found, indicator, language),
        state=figure.found.state.value,
        interval=interval_text(figure.found, indicator, language),
        city=cell_text(figure.city, indicator, tr, language),
        parent=cell_text(figure.parent, indicator, tr, language) if figure.parent else "",
        twins=cell_text(figure.twins, indicator, tr, language) if figure.twins else "",
        twins_interval=interval_text(figure.twins, indicator, language) if figure.twins else "",
        badge="" if figure.badge == NOT_COMPARED else badge_texts(indicator.polarity, tr)[badge],
        badge_class=badge,
        trend=trend_texts(indicator.polarity, tr)[figure.trend] if figure.trend else "",
        trend_class=figure.trend,
        standing=figure.standing,
        notes=notes_of(figure, tr, language),
        link=atlas_link(figure, view, language, release),
    )


def cell_text(found: CityValue, indicator: Indicator, tr: Translate, language: str) -> str:
    """Write a value with its unit, or in words why there is none."""
    if found.state in SHOWN_STATES and found.value is not None:
        text = quantity(found.value, indicator, language)
        return f"({text})" if found.state is State.LIMITED else text
    return tr(f"state.{found.state}")


def short_text(found: CityValue, indicator: Indicator, language: str) -> str:
    """Write a value with its unit, or the sign of why there is none."""
    if found.state in SHOWN_STATES and found.value is not None:
        return quantity(found.value, indicator, language)
    return SIGNS.get(found.state, "")


def interval_text(found: CityValue, indicator: Indicator, language: str) -> str:
    """Write the interval without unit, empty where there is none."""
    if found.lower is None or found.upper is None:
        return ""
    low, high = (number(x, indicator.decimals, language) for x in (found.lower, found.upper))
    return f"{low}–{high}"


def notes_of(figure: KeyFigure, tr: Translate, language: str) -> tuple[str, ...]:
    """Return remarks on a figure: flags, few cases, several areas together, age."""
    notes = [tr(f"flag.{f}") for f in _FLAGS if f in figure.found.flags.split()]
    if figure.found.state is State.LIMITED:
        notes.append(tr("state.limited"))
    if figure.group is not None:
        notes.append(tr("profile.together", name=figure.group.name.in_language(language)))
    if figure.is_old:
        notes.append(tr("profile.old", period=period_label(figure.period, language)))
    return tuple(notes)


def atlas_link(figure: KeyFigure, view: ProfileView, language: str, release: str) -> str:
    """Return the address of the Atlas with the indicator, its period and the area chosen."""
    level = view.area.level
    if level.kind == "city":
        return ""
    pairs: Mapping[str, str] = {
        "indicator": figure.indicator.id,
        "period": figure.period,
        "level": level.id,
        "areas": view.area.id,
        **({"release": release} if release else {}),
        **({"lang": language} if language != "de" else {}),
    }
    return "/atlas?" + urlencode(pairs, safe=",:/@")
