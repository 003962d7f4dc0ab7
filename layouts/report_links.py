"""Links to a page as a file for paper and for a talk."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from i18n import Translate

PAPER, TALK = "pdf", "pptx"


def report_links(tr: Translate, addresses: dict[str, str]) -> Component:
    """Return one link a kind of file; ``addresses`` is suffix → address.

    They are no downloads by themselves: where the answer is a page that says why there is no
    file now, a browser shows it.
    """
    return html.Span(
        [
            html.A(tr(f"report_link.{suffix}"), href=href, className="report-link")
            for suffix, href in addresses.items()
        ],
        className="report-links",
    )
