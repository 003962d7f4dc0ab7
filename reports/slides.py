"""A document as slides: each title states a finding, charts and tables can be edited.

A map is a picture with a text alternative. What a speaker should know stands in the notes.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

from pptx import Presentation
from pptx.util import Pt

from i18n import Translate, translator
from reports import typeface
from reports.document import (
    BarData,
    Block,
    Box,
    Bullets,
    Chapter,
    DataTable,
    Document,
    Facts,
    Heading,
    LineData,
    Paragraph,
    Picture,
    Row,
)
from reports.pdf import to_png
from reports.slide_charts import add_chart
from reports.slide_parts import (
    BODY_TOP,
    EDGE,
    HEIGHT,
    WIDTH,
    Frame,
    Slide,
    fill_rows,
)
from reports.slide_tables import SIZE, Part, add_table, parts_of
from reports.steady import steady

_TEXT_SIZE = 18.0
_MAP_SHARE = 0.64
_MOST_TABLE_SLIDES = 6
_CREATOR = "KECK-Atlas"


def to_pptx(document: Document, day: dt.date) -> bytes:
    """Return a presentation in 16:9."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    properties = deck.core_properties
    properties.title = typeface.printable(document.title)[:255]
    properties.author = properties.last_modified_by = _CREATOR
    properties.language = document.language
    properties.created = properties.modified = dt.datetime(day.year, day.month, day.day)  # noqa: DTZ001
    _Deck(deck, document).write()
    stream = io.BytesIO()
    deck.save(stream)
    return steady(stream.getvalue(), day)


class _Deck:
    """Writes the slides of one document."""

    def __init__(self, deck: Any, document: Document) -> None:
        self._deck = deck
        self._document = document
        self._tr: Translate = translator(document.language)

    def write(self) -> None:
        self._cover()
        for chapter in self._document.chapters:
            self._chapter(chapter)
        self._details()

    def _slide(self, title: str, *, kicker: str = "", source: str = "") -> Slide:
        foot = source or self._document.foot
        slide = Slide(self._deck, self._document.language)
        slide.title(title)
        slide.kicker(kicker or self._document.town)
        note = self._tr("web.table.fictional")
        slide.foot(f"{foot} · {note}" if self._is_fictional() else foot)
        return slide

    def _is_fictional(self) -> bool:
        return self._document.head.startswith(self._tr("web.table.fictional").rstrip("."))

    def _cover(self) -> None:
        slide = Slide(self._deck, self._document.language)
        slide.title(self._document.title, Frame(EDGE, 170, WIDTH - 2 * EDGE, 130), size=36)
        sub = "\n".join(t for t in (self._document.subtitle, self._document.head) if t)
        slide.text(sub, Frame(EDGE, 310, WIDTH - 2 * EDGE, 60), size=18, is_mute=True)
        slide.kicker(f"KECK-Atlas · {self._document.town}", top=140)
        slide.foot(self._document.foot)

    def _chapter(self, chapter: Chapter) -> None:
        """Write what was said in words, then pictures and tables in their order."""
        said = [line for block in chapter.spoken() for line in _lines(block)]
        boxes = [b for b in chapter.blocks if isinstance(b, Box)]
        pictures = list(chapter.pictures())
        if said or (boxes and not pictures):
            self._words(chapter, [*said, *(i for b in boxes for i in b.items)])
        for block in chapter.printed():
            self._block(chapter, block)

    def _block(self, chapter: Chapter, block: Block) -> None:
        match block:
            case Picture():
                self._picture(chapter, block)
            case Row():
                for picture in block.pictures:
                    self._picture(chapter, picture)
            case DataTable():
                self._table(chapter, block)
            case Facts():
                self._facts(chapter, block)
            case _:
                pass  # words stand on slides of their own

    def _words(self, chapter: Chapter, lines: list[str]) -> None:
        room = Frame(EDGE, BODY_TOP, WIDTH - 2 * EDGE, HEIGHT - BODY_TOP - 60)
        for number, part in enumerate(fill_rows(lines, room, _TEXT_SIZE)):
            title = chapter.title if number == 0 else self._continued(chapter.title)
            slide = self._slide(title, kicker=chapter.kicker, source=chapter.source)
            slide.bullets(part, room, size=_TEXT_SIZE)
            slide.notes(chapter.notes)

    def _continued(self, title: str) -> str:
        return self._tr("document.continued", title=title)

    def _picture(self, chapter: Chapter, picture: Picture) -> None:
        title = picture.headline or picture.title
        slide = self._slide(title, kicker=chapter.kicker, source=chapter.source)
        slide.notes((picture.title, picture.alt, picture.note, *chapter.notes))
        lead = _lead(chapter) if picture.headline and picture.data is None else ""
        said = title.partition(": ")[2]
        told = picture.sub.removeprefix(said).removeprefix(" · ")
        sub = " · ".join(t for t in (told, getattr(picture.data, "reference", "")) if t)
        body = Frame(EDGE, BODY_TOP, WIDTH - 2 * EDGE, HEIGHT - BODY_TOP - 46)
        if isinstance(picture.data, BarData | LineData):
            if sub:
                slide.text(sub, Frame(body.left, body.top, body.width, 18), size=11, is_mute=True)
                body = Frame(body.left, body.top + 20, body.width, body.height - 20)
            add_chart(slide, picture.data, body, alt=picture.alt)
            return
        if lead:
            wide = body.width * _MAP_SHARE
            beside = Frame(body.left + wide + 24, body.top, body.width - wide - 24, body.height)
            slide.text(lead, beside, size=15)
            body = Frame(body.left, body.top, wide, body.height)
        slide.picture(to_png(picture.drawing), picture.drawing, body, alt=picture.alt)

    def _table(self, chapter: Chapter, table: DataTable) -> None:
        body = Frame(EDGE, BODY_TOP, WIDTH - 2 * EDGE, HEIGHT - BODY_TOP - 66)
        is_first = True
        for parts in parts_of(table, body):
            left_out = sum(len(p.rows) for p in parts[_MOST_TABLE_SLIDES:])
            shown = parts[:_MOST_TABLE_SLIDES]
            for part in shown:
                is_cut = left_out and part is shown[-1]
                note = self._tr("document.more_rows", n=left_out) if is_cut else ""
                self._table_slide(chapter, table, part, note=note, is_first=is_first)
                is_first = False

    def _table_slide(
        self, chapter: Chapter, table: DataTable, part: Part, *, note: str, is_first: bool
    ) -> None:
        title = table.title or chapter.title
        slide = self._slide(
            title if is_first else self._continued(title),
            kicker=chapter.kicker,
            source=chapter.source,
        )
        body = Frame(EDGE, BODY_TOP, WIDTH - 2 * EDGE, HEIGHT - BODY_TOP - 66)
        add_table(slide, part, body, alt=title)
        below = Frame(EDGE, HEIGHT - 60, WIDTH - 2 * EDGE, 18)
        slide.text(note or " ".join(table.notes), below, size=10, is_mute=True)
        slide.notes((table.sub, *table.notes, *chapter.notes))

    def _facts(self, chapter: Chapter, facts: Facts) -> None:
        lines = [f"{label}: {text}" for label, text in facts.rows]
        room = Frame(EDGE, BODY_TOP, WIDTH - 2 * EDGE, HEIGHT - BODY_TOP - 60)
        title = facts.title or chapter.title
        for number, part in enumerate(fill_rows(lines, room, SIZE)):
            slide = self._slide(
                title if number == 0 else self._continued(title), kicker=chapter.kicker
            )
            slide.bullets(part, room, size=SIZE)

    def _details(self) -> None:
        lines = [f"{label}: {text}" for label, text in self._document.details]
        room = Frame(EDGE, BODY_TOP, WIDTH - 2 * EDGE, HEIGHT - BODY_TOP - 60)
        for part in fill_rows(lines, room, SIZE):
            slide = self._slide(self._tr("document.details"))
            slide.bullets(part, room, size=SIZE)


def _lines(block: Block) -> tuple[str, ...]:
    """Return the lines of a block of words; headings and texts stand in their order."""
    match block:
        case Heading() | Paragraph(style="text"):
            return (block.text,)
        case Bullets():
            return block.items
    return ()


def _lead(chapter: Chapter) -> str:
    """Return the opening words of a chapter, and what its boxes say of chance."""
    return "\n".join(_lead_parts(chapter))


def _lead_parts(chapter: Chapter) -> Iterator[str]:
    for block in chapter.blocks:
        if isinstance(block, Paragraph) and block.style == "lead":
            yield block.text
        elif isinstance(block, Box):
            yield from block.items
