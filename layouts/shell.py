"""The frame around every page: skip link, head line, page container."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from domain.model import Town
from i18n import DEFAULT_LANGUAGE, Translate
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


def header(
    tr: Translate,
    town: Town,
    *,
    arms: str,
    language: str,
    links: tuple[tuple[str, str], ...],
    page: str,
) -> Component:
    """Return the head line: arms, name, town, pages, language, light or dark.

    ``arms`` is the address of their picture; an empty one leaves no gap. ``links`` are the names
    and paths of pages, ``page`` is the name of the one that is shown.
    """
    other = "en" if language == "de" else "de"
    note = html.Span(tr("shell.fictional"), className="header__note") if town.fictional else None
    picture = html.Img(src=arms, alt=tr("shell.arms", town=town.name), className="header__arms")
    return html.Header(
        [
            html.A(tr("shell.skip"), href="#main", className="skip-link"),
            html.A(
                [
                    picture if arms else None,
                    html.Span("KECK-Atlas", className="header__name"),
                    html.Span(town.name),
                    note,
                ],
                href="/atlas",
                className="header__brand",
            ),
            html.Nav(
                [
                    _page_link(
                        _present_name(tr, town) if name == "present" else tr(f"page.{name}"),
                        path,
                        language,
                        is_current=name == page,
                    )
                    for name, path in links
                ],
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


def _present_name(tr: Translate, town: Town) -> list[Component | str]:
    """Return the name of the page of kept views, with how many the browser keeps for the town."""
    count = html.Span(
        id="present-count", className="header__count", hidden=True, **data_attribute(town=town.name)
    )
    return [tr("page.present"), count]


def _page_link(
    content: str | list[Component | str], path: str, language: str, *, is_current: bool
) -> Component:
    query = "" if language == DEFAULT_LANGUAGE else f"?lang={language}"
    return html.A(
        content,
        href=path + query,
        className="header__link is-current" if is_current else "header__link",
        **(aria(current="page") if is_current else {}),
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
