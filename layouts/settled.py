"""Parts of a page that never change once laid out, handed over as one component.

Dash keeps a record of every component, and its work grows with the square of their number: a page
of 1,600 took eight seconds. A settled part is one component that carries its tree as JSON; the
script ``93-settled.js`` builds it with the same tags, attributes and texts.
"""

from __future__ import annotations

import json
from typing import Any

from dash import html
from dash.development.base_component import Component

from layouts.components import data_attribute

_NAMES = {"className": "class", "colSpan": "colspan", "tabIndex": "tabindex"}

Node = str | list[Any]
"""A text, or tag, attributes and children."""


def settled(tree: Component) -> Component:
    """Return a part of a page that needs no callback as one component."""
    text = json.dumps(node_of(tree), ensure_ascii=False, separators=(",", ":"))
    return html.Div(className="settled", **data_attribute(settled=text))


def node_of(part: Component | str | float) -> Node:
    """Return a tree of html components as plain JSON.

    Examples
    --------
    >>> node_of(html.Td([html.A("Altstadt", href="/profil/stadtteile/11"), None], colSpan=2))
    ['td', {'colspan': '2'}, ['a', {'href': '/profil/stadtteile/11'}, 'Altstadt']]
    """
    if not isinstance(part, Component):
        return str(part)
    told = part.to_plotly_json()
    props = dict(told["props"])
    children = props.pop("children", None)
    several = children if isinstance(children, (list, tuple)) else [children]
    attributes = {
        _NAMES.get(name, name): "" if value is True else str(value)
        for name, value in props.items()
        if value is not None and value is not False
    }
    return [told["type"].lower(), attributes, *(node_of(c) for c in several if c is not None)]
