"""A document as tagged PDF/UA-1, set by Typst with our own fonts; nothing is read from elsewhere.

Every text travels as JSON and is printed as text: no sign in it can be taken for markup.
"""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import Any

import typst

from figures import theme
from i18n import translator
from reports import typeface
from reports.document import (
    Aside,
    Block,
    Box,
    Bullets,
    Cell,
    Chapter,
    DataTable,
    Document,
    Facts,
    Heading,
    Lines,
    Paragraph,
    Picture,
    Row,
)
from reports.drawing.svg import Drawing

TEMPLATE = Path(__file__).parent / "template.typ"
_STANDARDS: list[Any] = ["ua-1"]
_PICTURE_PPI = 200.0
_LONG_TABLE = 60
_NARROWEST_TABLE, _NARROW_TABLE = 2, 3

Data = dict[str, Any]


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[typeface.FOLDER]
    )


def to_pdf(document: Document, day: dt.date) -> bytes:
    """Return the PDF; the same document and day give the same bytes."""
    return _compile(_document(document), day, "pdf")


def to_png(drawing: Drawing, ppi: float = _PICTURE_PPI) -> bytes:
    """Return a drawing as PNG for files that hold no vectors."""
    picture = {"svg": drawing.svg, "width": drawing.width, "height": drawing.height}
    compiler = _compiler()
    found = compiler.compile(
        format="png", ppi=ppi, sys_inputs={"data": json.dumps({"picture": picture})}
    )
    return _one(found)


def _compiler() -> typst.Compiler:
    return typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=_fonts())


def _compile(data: Data, day: dt.date, form: Any) -> bytes:
    moment = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
    found = _compiler().compile(
        format=form,
        pdf_standards=_STANDARDS,
        timestamp=moment,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    return _one(found)


def _one(found: bytes | list[bytes] | None) -> bytes:
    if isinstance(found, list):
        return found[0]
    return found or b""


def _document(document: Document) -> Data:
    tr = translator(document.language)
    return {
        "title": _text(document.title),
        "subtitle": _text(document.subtitle),
        "lang": document.language,
        "town": _text(document.town),
        "head": _text(document.head),
        "foot": _text(document.foot),
        "has_cover": document.has_cover,
        "contents": tr("document.contents"),
        "page": tr("document.page"),
        "details_title": tr("document.details"),
        "details": [[_text(label), _text(text)] for label, text in document.details],
        "chapters": [_chapter(chapter) for chapter in document.chapters],
    }


def _chapter(chapter: Chapter) -> Data:
    return {
        "title": _text(chapter.title),
        "kicker": _text(chapter.kicker),
        "source": _text(chapter.source),
        "blocks": [_block(block) for block in chapter.printed()],
    }


def _block(block: Block) -> Data:  # noqa: C901 - one case a kind of block
    found: Data
    match block:
        case Paragraph():
            found = {"text": _text(block.text), "style": block.style}
        case Heading():
            found = {"text": _text(block.text)}
        case Bullets():
            found = {"items": _texts(block.items)}
        case Facts():
            found = {"title": _text(block.title), "rows": [_texts(row) for row in block.rows]}
        case Lines():
            half = -(-len(block.lines) // 2)
            parts = (block.lines[:half], block.lines[half:])
            found = {"title": _text(block.title), "columns": [_texts(part) for part in parts]}
        case Box():
            found = {"title": _text(block.title), "items": _texts(block.items)}
        case Picture():
            found = _picture(block)
        case Row():
            found = {"pictures": [_picture(p) for p in block.pictures]}
        case Aside():
            inner = [_block(b) for b in block.blocks]
            found = {"blocks": inner, "picture": _picture(block.picture)}
        case DataTable():
            found = _table(block)
    return {"kind": type(block).__name__, **found}


def _texts(texts: tuple[str, ...]) -> list[str]:
    return [_text(text) for text in texts]


def _picture(picture: Picture) -> Data:
    return {
        "title": _text(picture.title),
        "sub": _text(picture.sub),
        "note": _text(picture.note),
        "alt": _text(picture.alt),
        "svg": picture.drawing.svg,
        "width": picture.drawing.width,
        "height": picture.drawing.height,
    }


def _table(table: DataTable) -> Data:
    return {
        "title": _text(table.title),
        "sub": _text(table.sub),
        "notes": [_text(n) for n in table.notes],
        "dense": table.is_dense,
        "beside": _beside(table),
        "aligns": [c.align for c in table.columns],
        "shares": [c.share for c in table.columns],
        "head": [_text(c.name) for c in table.columns],
        "areas": [c.is_area for c in table.columns],
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
    }


def _beside(table: DataTable) -> int:
    """Return in how many columns of the page a long and narrow table is set."""
    if len(table.rows) <= _LONG_TABLE or len(table.columns) > _NARROW_TABLE:
        return 1
    return 3 if len(table.columns) == _NARROWEST_TABLE else 2


def _cell(cell: Cell) -> Data | str:
    text = _text(cell.text)
    if not (cell.fill or cell.mark or cell.is_strong):
        return text
    ink = theme.ink_on(cell.fill) if cell.fill else theme.INK
    return {
        "text": text,
        "fill": cell.fill,
        "ink": ink,
        "mark": cell.mark,
        "strong": cell.is_strong,
    }


def _text(text: str) -> str:
    return typeface.printable(text)
