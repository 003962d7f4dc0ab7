"""The document of an article: its blocks as text, its live views as drawings of their release."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any, Protocol

from domain import articles
from domain.articles import Article, Run, Runs, View
from domain.links import in_language, pinned
from domain.model import Audience
from domain.selection import Selection, parse_query, serialise
from figures.atlas_view import AtlasView
from i18n import Translate, translator
from i18n.formats import date
from reports import build
from reports.atlas import TEXT_WIDTH, atlas_chapter
from reports.document import (
    BarData,
    Block,
    Box,
    Bullets,
    Cell,
    Chapter,
    Column,
    DataTable,
    Document,
    Heading,
    LineData,
    Paragraph,
    Picture,
    PointData,
)
from reports.drawing.svg import Drawing

_HIGHEST = 560.0
"""Points: a picture leaves room for a heading on its page."""

Files = Callable[[str], tuple[Path, int, int] | None]
"""From the name of a published picture to its file, width and height in pixels."""


class Monitoring(build.Monitoring, Protocol):
    """Reads addresses of views, and hands out what they say."""

    def selection(
        self, audience: Audience, raw: dict[str, str]
    ) -> tuple[Selection, tuple[tuple[str, dict[str, Any]], ...]]:
        """Return the valid selection nearest to a raw query, and hints on what was replaced."""


class Sources(build.Sources, Protocol):
    """The services that the document of an article is built from."""

    @property
    def monitoring(self) -> Monitoring:
        """Views."""


def article_document(
    sources: Sources, article: Article, files: Files, occasion: build.Occasion
) -> Document:
    """Return the document of one article."""
    writer = _Writer(sources, files, occasion, article.language, translator(article.language))
    about = [date(article.date, article.language), article.author]
    chapter = Chapter(
        article.title,
        (Paragraph(article.summary, "lead"), *writer.blocks(article.blocks)),
        kicker=" · ".join(part for part in about if part),
    )
    return build.document_of(sources, occasion, article.title, (chapter,))


def views_shown(sources: Sources, article: Article, audience: Audience, release: str) -> list[str]:
    """Return what the live views of an article show now, each as the address of its selection.

    A view whose release was withdrawn shows another one from then on, and so does its paper.
    """
    targets = [in_language(pinned(v.target, release), article.language) for v in article.views]
    return [serialise(_selection(sources, audience, target)) for target in targets]


def _selection(sources: Sources, audience: Audience, target: str) -> Selection:
    return sources.monitoring.selection(audience, parse_query(target.partition("?")[2]))[0]


@dataclass(frozen=True)
class _Writer:
    """Writes the blocks of one article."""

    sources: Sources
    files: Files
    occasion: build.Occasion
    language: str
    tr: Translate

    def blocks(self, blocks: tuple[articles.Block, ...]) -> list[Block]:
        """Return what is printed of some blocks."""
        return [made for block in blocks for made in self._block(block)]

    def _block(self, block: articles.Block) -> list[Block]:
        match block:
            case articles.Picture():
                found = self._picture(block)
            case View():
                found = self._view(block)
            case articles.Separator():
                found = []
            case _:
                found = [self._text(block)]
        return found

    def _text(self, block: articles.Block) -> Block:
        match block:
            case articles.Heading(runs=runs):
                made: Block = Heading(_plain(runs))
            case articles.Listing():
                made = Bullets(tuple(self._items(block)))
            case articles.Quotation(blocks=inner):
                made = Box("", tuple(_words(part) for part in inner))
            case articles.Table():
                made = _table(block)
            case _:
                made = Paragraph(_words(block))
        return made

    def _items(self, listing: articles.Listing) -> list[str]:
        texts = [" ".join(_words(part) for part in item) for item in listing.items]
        if not listing.is_ordered:
            return texts
        return [f"{n}. {text}" for n, text in enumerate(texts, 1)]

    def _picture(self, picture: articles.Picture) -> list[Block]:
        found = self.files(picture.file)
        if found is None:
            return [Box("", (picture.alt,))]
        path, width, height = found
        drawing = bitmap(path, width, height)
        made: list[Block] = [Picture("", drawing, picture.alt)]
        return [*made, Paragraph(picture.caption, "note")] if picture.caption else made

    def _view(self, view: View) -> list[Block]:
        """Return the drawing of a view; its finding and its address where there is none."""
        target = in_language(pinned(view.target, self.occasion.release), self.language)
        audience = self.occasion.audience
        selection = _selection(self.sources, audience, target)
        content = self.sources.monitoring.atlas_content(audience, selection)
        outlines = self.sources.outlines.outlines(audience, selection.release, content.view.level)
        atlas = AtlasView(content, selection, outlines)
        chapter = atlas_chapter(atlas)
        source = self.tr(
            "articles.source",
            office=content.office, licence=content.licence, release=selection.release,
        )  # fmt: skip
        note = " ".join(part for part in (view.caption, source) if part)
        wanted = next((b for b in chapter.blocks if _shows(b, view.panel)), None)
        if wanted is None:
            finding = atlas.texts()["scatter" if view.panel == "scatter" else "title"]
            return [Box(finding, (note, _address(self.occasion, target)))]
        if isinstance(wanted, Picture):
            wanted = replace(wanted, title=wanted.headline or wanted.title)
        return [wanted, Paragraph(note, "note")]


def _shows(block: Block, panel: str) -> bool:
    if panel == "table":
        return isinstance(block, DataTable)
    if not isinstance(block, Picture):
        return False
    kinds = {"map": type(None), "ranking": BarData, "trend": LineData, "scatter": PointData}
    return panel in kinds and isinstance(block.data, kinds[panel])


def _address(occasion: build.Occasion, target: str) -> str:
    host = occasion.address.partition("/artikel")[0]
    return f"{host}{target}"


def _table(table: articles.Table) -> DataTable:
    columns = tuple(Column(_plain(cell), share=1.0) for cell in table.head)
    rows = tuple(tuple(Cell(_plain(cell)) for cell in row) for row in table.rows)
    return DataTable("", columns, rows)


def _words(block: articles.Block) -> str:
    """Return the words of a block and of all inside it."""
    return " ".join(
        _plain(tuple(articles.runs_of(part)))
        for part in articles.walk((block,))
        if any(articles.runs_of(part))
    )


def _plain(runs: Runs) -> str:
    """Return a text without looks; links to the web show their address."""
    return "".join(_said(run) for run in runs).strip()


def _said(run: Run) -> str:
    is_web = run.link.startswith(("http://", "https://")) and run.link != run.text
    return f"{run.text} ({run.link})" if is_web else run.text


def bitmap(path: Path, width: int, height: int) -> Drawing:
    """Return a PNG or JPEG as a drawing of the width of the text; a high one is narrower."""
    scale = min(TEXT_WIDTH / width, _HIGHEST / height)
    wide, high = round(width * scale, 1), round(height * scale, 1)
    kind = "jpeg" if path.suffix == ".jpg" else "png"
    data = b64encode(path.read_bytes()).decode("ascii")
    return Drawing(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" '
        f'viewBox="0 0 {wide} {high}"><image width="{wide}" height="{high}" '
        f'href="{escape(f"data:image/{kind};base64,{data}")}"/></svg>',
        wide,
        high,
    )
