"""The frame around every page: skip link, head line, page container."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from i18n import Translate
from layouts.components import aria, data_attribute
from layouts.finder import finder_texts, search_button
from layouts.ids import Shell


def frame() -> Component:
    """Return what the app starts with; the page itself follows the address."""
    return html.Div(
        [
            dcc.Location(id=Shell.URL, refresh="callback-nav"),
            html.Div(id=Shell.PAGE, className="page"),
        ],
        className="shell",
    )


def header(tr: Translate, *, town: str, fictional: bool, language: str) -> Component:
    """Return the head line: name, town, pages, language, light or dark."""
    other = "en" if language == "de" else "de"
    note = html.Span(tr("shell.fictional"), className="header__note") if fictional else None
    return html.Header(
        [
            html.A(tr("shell.skip"), href="#main", className="skip-link"),
            html.A(
                [html.Span("KECK-Atlas", className="header__name"), html.Span(town), note],
                href="/atlas",
                className="header__brand",
            ),
            html.Nav(
                html.A(
                    tr("shell.atlas"),
                    href="/atlas",
                    className="header__link is-current",
                    **aria(current="page"),
                ),
                className="header__nav",
                **aria(label=tr("shell.pages")),
            ),
            html.Div(
                [
                    search_button(tr),
                    html.A(
                        tr(f"shell.language_{other}"),
                        href=f"?lang={other}",
                        hrefLang=other,
                        lang=other,
                        className="header__tool",
                        **data_attribute(language=other),
                    ),
                    html.Button(
                        [
                            html.Span(tr("shell.theme"), className="only-light"),
                            html.Span(tr("shell.theme_light"), className="only-dark"),
                        ],
                        id="theme-switch",
                        type="button",
                        className="header__tool header__button",
                    ),
                ],
                className="header__tools",
            ),
            finder_texts(tr),
        ],
        className="header",
    )


def not_found(tr: Translate) -> Component:
    """Return what an unknown address shows."""
    return html.Main(
        [
            html.H1(tr("shell.not_found_title")),
            html.P(tr("shell.not_found_text")),
            html.A(tr("shell.not_found_link"), href="/atlas"),
        ],
        id="main",
        className="message-page",
    )
