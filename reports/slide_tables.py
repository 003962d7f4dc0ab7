"""Native tables of slides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Pt

from figures import theme
from reports import typeface
from reports.document import Cell, Column, DataTable
from reports.slide_parts import Frame, Slide, colour, describe, style_run

ROWS = 15
"""Rows of a slide below the head."""
_SIZE = 10.0
_HEAD_SIZE = 9.5
_ROW, _TALL_ROW = 21.0, 34.0
_FEW_ROWS = 8
_HEAD = 30.0
_WIDER = 1.14
"""Texts are measured this much wider, because other programs have other typefaces."""
_ALIGN = {"left": PP_ALIGN.LEFT, "right": PP_ALIGN.RIGHT, "center": PP_ALIGN.CENTER}
_PLAIN_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""The style "no style, no grid"."""

Rows = tuple[tuple[Cell, ...], ...]


def parts_of(table: DataTable) -> Iterator[Rows]:
    """Part the rows of a table into slides."""
    for start in range(0, len(table.rows), ROWS):
        yield table.rows[start : start + ROWS]


def add_table(
    slide: Slide, columns: tuple[Column, ...], rows: Rows, frame: Frame, *, alt: str
) -> None:
    """Add a table; texts that are too long for a cell are cut with an ellipsis."""
    # a short table has room for two lines a row
    lines = 2 if len(rows) <= _FEW_ROWS else 1
    row_height = _TALL_ROW if lines > 1 else _ROW
    height = _HEAD + row_height * len(rows)
    shape = slide.slide.shapes.add_table(
        len(rows) + 1, len(columns), Pt(frame.left), Pt(frame.top), Pt(frame.width), Pt(height)
    )
    describe(shape, alt)
    table = shape.table
    shape._element.graphic.graphicData.tbl.tblPr.find(  # noqa: SLF001 - no other way to a style
        "{http://schemas.openxmlformats.org/drawingml/2006/main}tableStyleId"
    ).text = _PLAIN_STYLE
    table.first_row = True
    table.horz_banding = False
    widths = _widths(columns, rows, frame.width)
    table.rows[0].height = Pt(_HEAD)
    for place, column in enumerate(columns):
        table.columns[place].width = Pt(widths[place])
        head = Cell(column.name, is_strong=True)
        _write(slide, table.cell(0, place), head, column, (widths[place] * 2 - 12, _HEAD_SIZE))
    for number, row in enumerate(rows, start=1):
        table.rows[number].height = Pt(row_height)
        for place, cell in enumerate(row):
            size = (widths[place] * lines - 12 * (lines - 1), _SIZE)
            _write(slide, table.cell(number, place), cell, columns[place], size)


def _widths(columns: tuple[Column, ...], rows: Rows, room: float) -> list[float]:
    """Return widths as needed, stretched or narrowed to the room of the slide."""
    needed = []
    for place, column in enumerate(columns):
        longest = max((typeface.width(r[place].text, _SIZE) for r in rows), default=0.0)
        head = max((typeface.width(w, _HEAD_SIZE) for w in column.name.split()), default=0.0)
        needed.append(min(max(longest, head, 30.0) * 1.12 + 14, room * 0.4))
    scale = room / sum(needed)
    return [width * scale for width in needed]


def _write(
    slide: Slide, target: Any, cell: Cell, column: Column, size: tuple[float, float]
) -> None:
    room, points = size
    target.margin_left = target.margin_right = Pt(5)
    target.margin_top = target.margin_bottom = Pt(1)
    target.vertical_anchor = MSO_ANCHOR.MIDDLE
    frame = target.text_frame
    frame.word_wrap = True
    paragraph = frame.paragraphs[0]
    paragraph.alignment = _ALIGN[column.align]
    run = paragraph.add_run()
    text = f"■ {cell.text}" if cell.mark else cell.text
    run.text = typeface.printable(typeface.shortened(text, points * _WIDER, room - 12))
    ink = theme.INK
    if cell.fill:
        target.fill.solid()
        target.fill.fore_color.rgb = colour(cell.fill)
        ink = theme.ink_on(cell.fill)
    else:
        target.fill.background()
    style_run(run, points, ink=cell.mark or ink, is_bold=cell.is_strong, language=slide.language)
