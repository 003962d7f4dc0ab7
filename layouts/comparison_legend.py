"""The key of the heat table: shades, signs of the comparison, kinds of empty."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from domain.model import Polarity, State
from domain.palettes import Palette
from domain.side_by_side import ComparisonView
from figures.heat_table import empty_states, flags_told
from figures.packing import SIGNS
from figures.palettes import class_colours
from figures.signs import badge_texts
from i18n import Translate

_STEPS = 5
_SIGNED = ("worse_clear", "worse", "similar", "better", "better_clear")
_PLAIN = ("higher_clear", "higher", "similar", "lower", "lower_clear")


def legend(view: ComparisonView, tr: Translate) -> list[Component]:
    """Return the parts of the key that the table needs."""
    parts: list[Component] = _scales(view, tr)
    parts += _signs(view, tr)
    flags = flags_told(view, tr)
    parts += [html.P(f"* {'; '.join(flags)}", className="heat-key__row")] if flags else []
    states = [_state(tr, state) for state in empty_states(view)]
    if states:
        parts.append(html.Ul(states, className="heat-key__states"))
    return parts


def _scales(view: ComparisonView, tr: Translate) -> list[Component]:
    """Return every scale of the table, those of burden first.

    One scale of burden and one of what is not judged need no names: the automatic one, else that
    of most indicators. Every other one names its indicators.
    """
    language = view.query.lang
    found: dict[tuple[bool, Palette], list[str]] = {}
    for one in (x.indicator for x in view.indicators if x.breaks):
        scale = (one.polarity is Polarity.NONE, one.palette)
        found.setdefault(scale, []).append(one.short_name.in_language(language))
    in_order = sorted(found, key=lambda s: (s[0], s[1] is not Palette.AUTOMATIC, -len(found[s])))
    unnamed = {s[0]: s for s in reversed(in_order)}
    return [
        _scale(tr, *scale, "" if unnamed[scale[0]] == scale else ", ".join(found[scale]))
        for scale in in_order
    ]


def _scale(tr: Translate, is_plain: bool, palette: Palette, names: str) -> Component:
    polarity = Polarity.NONE if is_plain else Polarity.HIGH_BURDEN
    name = "neutral" if is_plain else "burden"
    swatches = [
        html.Span(className="heat-key__swatch", style={"backgroundColor": colour})
        for colour in class_colours(_STEPS, polarity, palette)
    ]
    return html.P(
        [
            *([html.Span(f"{names}:")] if names else []),
            html.Span(tr(f"side.key_{name}_low")),
            html.Span(swatches, className="heat-key__scale"),
            html.Span(tr(f"side.key_{name}_high")),
        ],
        className="heat-key__row",
    )


def _signs(view: ComparisonView, tr: Translate) -> list[Component]:
    """Return every sign that occurs, with its words for either direction of burden."""
    found: dict[str, None] = {}
    for polarity in Polarity:
        columns = [x for x in view.indicators if x.indicator.polarity is polarity]
        texts = badge_texts(polarity, tr)
        used = {
            c.badge + ("_clear" if c.is_clear else "")
            for x in columns
            for c in x.cells
            if c.is_shown
        }
        names = _PLAIN if polarity is Polarity.NONE else _SIGNED
        found |= dict.fromkeys(texts[n] for n in names if n in used)
    against = tr(f"side.against_{view.query.compare}", town=view.catalogue.town.name)
    if not found:
        return []
    words = [html.Span(text) for text in (tr("side.key_signs", against=against), *found)]
    return [html.P(words, className="heat-key__row heat-key__signs")]


def _state(tr: Translate, state: State) -> Component:
    sign = "( )" if state is State.LIMITED else SIGNS.get(state, "")
    name = f"{sign} {tr(f'web.state.{state}')}".strip()
    if state is State.LIMITED:
        return html.Li(name)
    swatch = html.Span(className=f"legend__swatch legend__swatch--{state}")
    return html.Li([swatch, html.Span(name)])
