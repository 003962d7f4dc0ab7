"""The key of the heat table: shades, signs of the comparison, kinds of empty."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from domain.model import Polarity, State
from domain.side_by_side import ComparisonView
from figures import theme
from figures.heat_table import empty_states, flags_told
from figures.packing import SIGNS
from figures.signs import badge_texts
from i18n import Translate

_STEPS = 5
_SIGNED = ("worse_clear", "worse", "similar", "better", "better_clear")
_PLAIN = ("higher_clear", "higher", "similar", "lower", "lower_clear")


def legend(view: ComparisonView, tr: Translate) -> list[Component]:
    """Return the parts of the key that the table needs."""
    polarities = {x.indicator.polarity for x in view.indicators if x.breaks}
    parts: list[Component] = []
    if polarities - {Polarity.NONE}:
        parts.append(_scale(tr, Polarity.HIGH_BURDEN, "burden"))
    if Polarity.NONE in polarities:
        parts.append(_scale(tr, Polarity.NONE, "neutral"))
    parts += _signs(view, tr)
    flags = flags_told(view, tr)
    parts += [html.P(f"* {'; '.join(flags)}", className="heat-key__row")] if flags else []
    states = [_state(tr, state) for state in empty_states(view)]
    if states:
        parts.append(html.Ul(states, className="heat-key__states"))
    return parts


def _scale(tr: Translate, polarity: Polarity, name: str) -> Component:
    swatches = [
        html.Span(className="heat-key__swatch", style={"backgroundColor": colour})
        for colour in theme.class_colours(_STEPS, polarity)
    ]
    return html.P(
        [
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
