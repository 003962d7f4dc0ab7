"""Articles: the list of all, and one of them with its live views and pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from domain.articles import (
    Article,
    Block,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Quotation,
    Run,
    Runs,
    Separator,
    Table,
    View,
)
from i18n import Translate
from i18n.formats import date
from layouts.components import data_attribute
from layouts.ids import Articles
from layouts.share import EMBED_HEIGHTS


@dataclass(frozen=True)
class ShownView:
    """What a live view says without being drawn: its finding, its frame, where it leads."""

    finding: str
    frame: str
    link: str
    source: str


@dataclass(frozen=True)
class Shown:
    """An article with everything its blocks refer to.

    ``language`` is that of the page; ``query`` is appended to links of this page, ``pictures``
    is the address below which pictures lie.
    """

    article: Article
    language: str
    query: str = ""
    pictures: str = ""
    views: dict[View, ShownView] = field(default_factory=dict)


def listing(tr: Translate, articles: Sequence[Article], language: str, query: str) -> Component:
    """Return the page ``/artikel``."""
    return html.Main(
        [
            html.H1(tr("articles.title"), className="articles__title"),
            html.P(
                tr("articles.lead" if articles else "articles.none"), className="articles__lead"
            ),
            cards(tr, articles, language, query),
        ],
        id="main",
        className="articles",
        tabIndex=-1,
    )


def cards(
    tr: Translate, articles: Sequence[Article], language: str, query: str, *, level: int = 2
) -> Component:
    """Return the list of articles, for this page and for the start page.

    ``level`` is that of the headings, ``query`` is appended to each link.
    """
    heading = html.H2 if level == 2 else html.H3  # noqa: PLR2004 - order of headings
    return html.Ul(
        [
            html.Li(
                [
                    heading(
                        html.A(
                            article.title,
                            href=f"/artikel/{article.id}{query}",
                            **_tongue(article, language),
                        ),
                        className="article-card__title",
                    ),
                    html.P(
                        article.summary,
                        className="article-card__summary",
                        **_tongue(article, language),
                    ),
                    html.P(about_article(tr, article, language), className="article-card__about"),
                ],
                className="article-card",
            )
            for article in articles
        ],
        className="article-cards",
    )


def _tongue(article: Article, language: str) -> dict[str, Any]:
    """Name the language of a text that is not that of the page."""
    return {} if article.language == language else {"lang": article.language}


def about_article(tr: Translate, article: Article, language: str) -> str:
    """Return date, author, time to read, and the language where it is another one."""
    parts = [date(article.date, language)]
    if article.author:
        parts.append(article.author)
    parts.append(tr("articles.minutes", n=article.minutes))
    if article.language != language:
        parts.append(tr(f"articles.only_{article.language}"))
    return " · ".join(parts)


def layout(tr: Translate, shown: Shown, actions: Sequence[tuple[str, str]] = ()) -> Component:
    """Return the page of one article; ``actions`` are text keys and addresses of files."""
    article = shown.article
    return html.Main(
        [
            dcc.Store(id=Articles.FRAMES, data=len(shown.views)),
            dcc.Store(id=Articles.WATCHED),
            html.Article(
                [
                    html.P(
                        html.A(tr("articles.all"), href=f"/artikel{shown.query}"),
                        className="article__back",
                    ),
                    html.H1(article.title, className="article__title"),
                    html.P(article.summary, className="article__lead"),
                    html.P(about_article(tr, article, shown.language), className="article__about"),
                    *_blocks(tr, shown, article.blocks),
                ],
                className="article",
                **_tongue(article, shown.language),
            ),
            html.P(
                [
                    html.Button(
                        tr("share.print"), type="button", className="share__button",
                        **data_attribute(share="print"),
                    ),
                    *(
                        html.A(tr(key), href=address, className="share__button", download="")
                        for key, address in actions
                    ),
                ],
                className="article__actions",
            ),
        ],
        id="main",
        className="article-page",
        tabIndex=-1,
    )  # fmt: skip


def _blocks(tr: Translate, shown: Shown, blocks: Sequence[Block]) -> list[Component]:
    return [_block(tr, shown, block) for block in blocks]


def _block(tr: Translate, shown: Shown, block: Block) -> Component:
    match block:
        case Heading(level=level, runs=runs):
            made: Component = {2: html.H2, 3: html.H3, 4: html.H4}[level](_runs(runs))
        case Paragraph(runs=runs):
            made = html.P(_runs(runs))
        case Quotation(blocks=blocks):
            made = html.Blockquote(_blocks(tr, shown, blocks))
        case Listing(items=items, is_ordered=is_ordered):
            rows = [html.Li(_blocks(tr, shown, item)) for item in items]
            made = html.Ol(rows) if is_ordered else html.Ul(rows)
        case Table():
            made = _table(block)
        case Picture() | View():
            made = _figure(tr, shown, block)
        case Separator():
            made = html.Hr()
    return made


def _figure(tr: Translate, shown: Shown, block: Picture | View) -> Component:
    return _picture(shown, block) if isinstance(block, Picture) else _view(tr, shown, block)


def _runs(runs: Runs) -> list[Component | str]:
    return [_run(run) for run in runs]


def _run(run: Run) -> Component | str:
    if run.text == "\n":
        return html.Br()
    made: Component | str = html.Code(run.text) if run.code else run.text
    if run.emphasis:
        made = html.Em(made)
    if run.strong:
        made = html.Strong(made)
    if not run.link:
        return made
    return html.A(
        made, href=run.link, rel="" if run.link.startswith("/") else "noopener noreferrer"
    )


def _table(table: Table) -> Component:
    head = html.Tr([html.Th(_runs(cell), scope="col") for cell in table.head])
    rows = [html.Tr([html.Td(_runs(cell)) for cell in row]) for row in table.rows]
    return html.Div(
        html.Table([html.Thead(head), html.Tbody(rows)], className="article__table"),
        className="article__wide",
    )


def _picture(shown: Shown, picture: Picture) -> Component:
    return html.Figure(
        [
            html.Img(src=f"{shown.pictures}/{picture.file}", alt=picture.alt),
            html.Figcaption(picture.caption) if picture.caption else None,
        ],
        className="article__picture",
    )


def _view(tr: Translate, shown: Shown, view: View) -> Component:
    """Return a live view: its frame is loaded when it is near, its finding stands in words."""
    found = shown.views[view]
    return html.Figure(
        [
            html.Div(
                className="article-view__frame",
                style={"height": f"{EMBED_HEIGHTS[view.panel]}px"},
                **data_attribute(frame=found.frame, title=found.finding),
            ),
            html.P(found.finding, className="article-view__finding"),
            html.Figcaption(
                [
                    html.Span(f"{view.caption} ") if view.caption else None,
                    html.Span(f"{found.source} ", className="article-view__source"),
                    html.A(tr("embed.full"), href=found.link, className="article-view__link"),
                ]
            ),
        ],
        className="article-view",
    )
