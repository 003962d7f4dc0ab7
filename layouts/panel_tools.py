"""Tools in the head of a chart panel: save what it shows as a picture."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from i18n import Translate
from layouts.components import aria, data_attribute

_KINDS = ("png", "svg")
_TEXTS = ("date", "states", "failed")
"""Words that ``assets/20-js/56-picture.js`` writes into a picture; ``{text}`` is filled there."""


def picture_buttons(tr: Translate) -> Component:
    """Return the buttons that save the panel around them as PNG or SVG.

    The script listens to ``data-picture`` and finds the panel by itself, so no id is needed.
    """
    texts = {f"picture-{name}": tr(f"picture.{name}") for name in _TEXTS}
    return html.Div(
        [
            html.Button(
                kind.upper(),
                type="button",
                className="panel__save",
                title=tr(f"picture.save_{kind}"),
                **aria(label=tr(f"picture.save_{kind}")),
                **data_attribute(picture=kind),
            )
            for kind in _KINDS
        ],
        className="panel__links",
        **data_attribute(**texts),
    )
