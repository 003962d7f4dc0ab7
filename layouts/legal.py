"""Imprint, privacy and the statement on accessibility: the town's own words, or that they lack."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from i18n import Translate
from layouts.components import paragraphs


def layout(tr: Translate, name: str, text: str, contact: str = "") -> Component:
    """Return a page of the town's text; without one it says clearly that it is missing."""
    own = paragraphs(text) or [html.P(tr("legal.missing"), className="hint")]
    asked = [html.H2(tr("legal.contact")), *paragraphs(contact)] if contact and not text else []
    return _page([html.H1(tr(f"page.{name}")), *own, *asked])


def accessibility(tr: Translate, contact: str) -> Component:
    """Return the statement: what was checked, what is known to be hard, whom to tell."""
    known = ("maps", "charts", "documents", "own")
    checked = ("demo", "towns", "keys", "hand")
    asked = paragraphs(contact) or [html.P(tr("legal.no_contact"), className="hint")]
    return _page(
        [
            html.H1(tr("page.accessibility")),
            html.P(tr("access.lead")),
            html.H2(tr("access.done_title")),
            html.Ul([html.Li(tr(f"access.done_{n}")) for n in ("keys", "words", "colour", "type")]),
            html.H2(tr("access.known_title")),
            html.Ul([html.Li(tr(f"access.known_{name}")) for name in known]),
            html.H2(tr("access.checked_title")),
            html.Ul([html.Li(tr(f"access.checked_{name}")) for name in checked]),
            html.H2(tr("access.tell_title")),
            html.P(tr("access.tell")),
            *asked,
        ]
    )


def _page(content: list[Component]) -> Component:
    return html.Main(content, id="main", className="prose", tabIndex=-1)
