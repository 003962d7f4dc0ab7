"""The start page: search, questions, themes, what is new, how to read, whose page this is."""

from __future__ import annotations

from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from figures.answers import TileTexts
from i18n import Translate
from layouts.components import aria, data_attribute, paragraphs


@dataclass(frozen=True)
class Link:
    """A line of a list: text, address, and a remark behind it."""

    text: str
    href: str
    remark: str = ""


@dataclass(frozen=True)
class StartPage:
    """Everything the page says, in its language."""

    town: str
    language: str
    tiles: tuple[TileTexts, ...]
    themes: tuple[Link, ...]
    news: tuple[str, ...]
    note: str
    note_language: str
    about: str
    contact: str
    methods: str
    """Address of the page of methods."""
    warning: Link
    """The list of areas that changed by more than chance since the year before."""
    articles: tuple[Link, ...] = ()
    hints: tuple[str, ...] = ()


def layout(tr: Translate, page: StartPage) -> Component:
    """Return the page."""
    return html.Main(
        [
            *(html.P(hint, className="hint", role="status") for hint in page.hints),
            _opening(tr, page),
            _tiles(tr, page),
            html.Div(
                [
                    _themes(tr, page),
                    _news(tr, page),
                    *([_articles(tr, page)] if page.articles else []),
                    _reading(tr, page),
                    *([_about(tr, page)] if page.about or page.contact else []),
                ],
                className="start__columns",
            ),
        ],
        id="main",
        className="start",
        tabIndex=-1,
    )


def _opening(tr: Translate, page: StartPage) -> Component:
    return html.Div(
        [
            html.H1(tr("start.title", town=page.town), className="start__title"),
            html.P(tr("start.lead"), className="start__lead"),
            html.Button(
                [html.Span(className="header__glass"), html.Span(tr("start.search"))],
                type="button",
                className="start__search",
                **aria(haspopup="dialog"),
                **data_attribute(**{"search-open": ""}),
            ),
        ],
        className="start__opening",
    )


def _tiles(tr: Translate, page: StartPage) -> Component:
    return html.Section(
        [
            html.H2(tr("start.questions"), id="start-questions", className="start__heading"),
            html.Ul(
                [
                    html.Li(
                        html.A(
                            [
                                html.H3(tile.question, className="tile__question"),
                                html.P(tile.finding, className="tile__finding"),
                                html.P(tile.detail, className="tile__detail"),
                            ],
                            href=tile.href,
                            className="tile",
                        )
                    )
                    for tile in page.tiles
                ],
                className="tiles",
            ),
        ],
        **aria(labelledby="start-questions"),
    )


def _section(heading: str, content: list[Component], name: str) -> Component:
    return html.Section(
        [html.H2(heading, id=f"start-{name}", className="start__heading"), *content],
        className=f"start__section start__section--{name}",
        **aria(labelledby=f"start-{name}"),
    )


def _links(links: tuple[Link, ...]) -> Component:
    return html.Ul([_link(link) for link in links], className="start__list")


def _link(link: Link) -> Component:
    parts: list[Component | str] = [html.A(link.text, href=link.href)]
    if link.remark:
        parts += [" ", html.Span(link.remark, className="mute")]
    return html.Li(parts)


def _themes(tr: Translate, page: StartPage) -> Component:
    return _section(tr("start.themes"), [_links(page.themes)], "themes")


def _news(tr: Translate, page: StartPage) -> Component:
    note: list[Component] = [html.P(page.note, lang=page.note_language)] if page.note else []
    lines = [*(html.Li(line) for line in page.news), _link(page.warning)]
    return _section(tr("start.news"), [*note, html.Ul(lines, className="start__list")], "news")


def _articles(tr: Translate, page: StartPage) -> Component:
    return _section(tr("start.articles"), [_links(page.articles)], "articles")


def _reading(tr: Translate, page: StartPage) -> Component:
    lines = ("colour", "empty", "chance", "people", "link")
    return _section(
        tr("start.reading"),
        [
            html.Ul(
                [html.Li(tr(f"start.reading_{line}")) for line in lines], className="start__list"
            ),
            html.P(html.A(tr("start.to_methods"), href=page.methods)),
        ],
        "reading",
    )


def _about(tr: Translate, page: StartPage) -> Component:
    contact: list[Component] = (
        [html.H3(tr("start.contact"), className="start__small"), *paragraphs(page.contact)]
        if page.contact
        else []
    )
    return _section(tr("start.about", town=page.town), [*paragraphs(page.about), *contact], "about")
