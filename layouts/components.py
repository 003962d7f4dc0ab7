"""Shared pieces of layout, one function a pattern."""

from __future__ import annotations

from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from figures.theme import CONFIG
from i18n import Translate
from layouts.finder import finder_attributes

Option = dict[str, Any]


def aria(**texts: str) -> dict[str, Any]:
    """Return attributes for assistive technology: ``aria(label="Karte")``."""
    return {f"aria-{name}": text for name, text in texts.items()}


def data_attribute(**texts: str) -> dict[str, Any]:
    """Return attributes that scripts read: ``data_attribute(language="en")``."""
    return {f"data-{name}": text for name, text in texts.items()}


def selector(
    component_id: str, label: str, options: list[Option], value: str | None, *, class_name: str
) -> Component:
    """Return a labelled native list; it works with keyboard, phone and screen reader as it is."""
    return html.Div(
        [
            html.Label(label, htmlFor=component_id, className="field__label"),
            dbc.Select(id=component_id, options=options, value=value, class_name="field__input"),
        ],
        className=f"field {class_name}",
        **finder_attributes(component_id),
    )


def chart(
    component_id: str, figure: Any, *, label: str, language: str, zoom: bool = False
) -> Component:
    """Return a plotly chart that fills its panel and speaks the page's language."""
    return html.Div(
        dcc.Graph(
            id=component_id,
            figure=figure,
            config=CONFIG | {"locale": language, "scrollZoom": zoom},
            responsive=True,
            className="chart__graph",
        ),
        className="chart",
        role="group",
        **aria(label=label),
    )


def panel_title(
    title_id: str,
    sub_id: str,
    *,
    level: int = 2,
    tools: list[Component] | None = None,
    note_id: str | None = None,
) -> Component:
    """Return a heading that states the finding, with unit and reading aid below it.

    ``note_id`` is that of a further line below these.
    """
    heading = html.H1 if level == 1 else html.H2
    return html.Div(
        [
            html.Div(
                [
                    heading(id=title_id, className="panel__title"),
                    html.P(id=sub_id, className="panel__sub"),
                    *([html.P(id=note_id, className="panel__note")] if note_id else []),
                ],
                className="panel__words",
            ),
            html.Div(tools or [], className="panel__tools"),
        ],
        className="panel__head",
    )


def tool(tr: Translate, name: str, *, is_switch: bool = False) -> Component:
    """Return a small button with a drawn sign; its name is read out and shown as a tip."""
    pressed = aria(pressed="false") if is_switch else {}
    return html.Button(
        type="button",
        className=f"tool tool--{name}",
        title=tr(f"tool.{name}"),
        **aria(label=tr(f"tool.{name}")),
        **pressed,
        **data_attribute(tool=name),
    )


def paragraphs(text: str) -> list[Component]:
    """Return a text of the town as paragraphs; blank lines divide them, line ends stay."""
    parts = (part.strip() for part in text.replace("\r\n", "\n").split("\n\n"))
    return [html.P(part, className="lines") for part in parts if part]
