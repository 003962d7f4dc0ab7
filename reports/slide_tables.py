"""Native tables of slides, in type that is read from the back of a room.

A table that is too long goes on on further slides, one that is too wide as well: each of them
repeats the first column.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Pt

from figures import theme
from reports import typeface
from reports.document import Cell, Column, DataTable
from reports.slide_parts import Frame, Slide, colour, describe, line_count, style_run

SIZE = 14.0
"""Points of all words of a table; the smallest that is read from afar."""
_LINE = SIZE * 1.22
_MOST_LINES = 3
_INSET, _ROOM_BETWEEN = 10.0, 7.0
_NARROWEST, _WIDEST_WORD, _WIDEST = 44.0, 190.0, 0.45
_WIDER, _BOLD_WIDER = 1.14, 1.42
"""Texts are measured this much wider, because other programs have other typefaces."""
_ALIGN = {"left": PP_ALIGN.LEFT, "right": PP_ALIGN.RIGHT, "center": PP_ALIGN.CENTER}
_PLAIN_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""The style "no style, no grid"."""

Rows = tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Part:
    """What one slide holds of a table; widths and heights in points, the head first."""

    columns: tuple[Column, ...]
    rows: Rows
    widths: tuple[float, ...]
    heights: tuple[float, ...]


def parts_of(table: DataTable, frame: Frame) -> Iterator[tuple[Part, ...]]:
    """Part a table into slides: by columns, and those of each part by rows as the height allows."""
    for places in _beside(table, frame.width):
        columns = tuple(table.columns[p] for p in places)
        rows = tuple(tuple(row[p] for p in places) for row in table.rows)
        widths = _widths(columns, rows, frame.width)
        yield tuple(_below(columns, rows, widths, frame.height))


def _beside(table: DataTable, room: float) -> Iterator[tuple[int, ...]]:
    """Part the columns so that the longest word of each has room; the first stands in all parts."""
    first, *others = range(len(table.columns))
    least = [_least(table, place) for place in range(len(table.columns))]
    part: list[int] = []
    for place in others:
        if part and least[first] + sum(least[p] for p in part) + least[place] > room:
            yield (first, *part)
            part = []
        part.append(place)
    yield (first, *part)


def _least(table: DataTable, place: int) -> float:
    cells = [Cell(table.columns[place].name, is_strong=True), *(row[place] for row in table.rows)]
    widest = max(
        typeface.width(word, SIZE) * (_BOLD_WIDER if cell.is_strong else _WIDER)
        for cell in cells
        for word in cell.text.split() or ("",)
    )
    return min(max(widest + _INSET, _NARROWEST), _WIDEST_WORD)


def _widths(columns: tuple[Column, ...], rows: Rows, room: float) -> tuple[float, ...]:
    """Return widths as needed, stretched or, down to the longest word, narrowed to the room."""
    table = DataTable("", columns, rows)
    least, wanted = [], []
    for place in range(len(columns)):
        longest = max((typeface.width(r[place].text, SIZE) for r in rows), default=0.0)
        least.append(_least(table, place))
        wanted.append(max(min(longest * _WIDER + _INSET, room * _WIDEST), least[-1]))
    if sum(wanted) <= room:
        return tuple(width * room / sum(wanted) for width in wanted)
    more = sum(wanted) - sum(least)
    share = (room - sum(least)) / more if more else 0.0
    narrowed = [low + max(0.0, share) * (w - low) for low, w in zip(least, wanted, strict=True)]
    return tuple(width * room / sum(narrowed) for width in narrowed)


def _below(
    columns: tuple[Column, ...], rows: Rows, widths: tuple[float, ...], height: float
) -> Iterator[Part]:
    head = _height(tuple(Cell(c.name) for c in columns), widths, is_bold=True)
    part: list[tuple[Cell, ...]] = []
    heights = [head]
    for row in rows:
        needed = _height(row, widths)
        if part and sum(heights) + needed > height:
            yield Part(columns, tuple(part), widths, tuple(heights))
            part, heights = [], [head]
        part.append(row)
        heights.append(needed)
    if part:
        yield Part(columns, tuple(part), widths, tuple(heights))


def _height(row: tuple[Cell, ...], widths: tuple[float, ...], *, is_bold: bool = False) -> float:
    lines = max(
        line_count(cell.text, SIZE, width - _INSET, is_bold=is_bold or cell.is_strong)
        for cell, width in zip(row, widths, strict=True)
    )
    return min(max(lines, 1), _MOST_LINES) * _LINE + _ROOM_BETWEEN


def add_table(slide: Slide, part: Part, frame: Frame, *, alt: str) -> None:
    """Add a part of a table; texts longer than three lines are cut with an ellipsis."""
    shape = slide.slide.shapes.add_table(
        len(part.rows) + 1,
        len(part.columns),
        Pt(frame.left),
        Pt(frame.top),
        Pt(frame.width),
        Pt(sum(part.heights)),
    )
    describe(shape, alt)
    table = shape.table
    shape._element.graphic.graphicData.tbl.tblPr.find(  # noqa: SLF001 - no other way to a style
        "{http://schemas.openxmlformats.org/drawingml/2006/main}tableStyleId"
    ).text = _PLAIN_STYLE
    table.first_row = True
    table.horz_banding = False
    heads = tuple(Cell(c.name, is_strong=True) for c in part.columns)
    for place, width in enumerate(part.widths):
        table.columns[place].width = Pt(width)
    for number, (row, height) in enumerate(zip((heads, *part.rows), part.heights, strict=True)):
        table.rows[number].height = Pt(height)
        for place, cell in enumerate(row):
            room = _MOST_LINES * (part.widths[place] - _INSET)
            _write(slide, table.cell(number, place), cell, part.columns[place], room)


def _write(slide: Slide, target: Any, cell: Cell, column: Column, room: float) -> None:
    target.margin_left = target.margin_right = Pt(_INSET / 2)
    target.margin_top = target.margin_bottom = Pt(1)
    target.vertical_anchor = MSO_ANCHOR.MIDDLE
    frame = target.text_frame
    frame.word_wrap = True
    paragraph = frame.paragraphs[0]
    paragraph.alignment = _ALIGN[column.align]
    run = paragraph.add_run()
    text = f"■ {cell.text}" if cell.mark else cell.text
    run.text = typeface.printable(typeface.shortened(text, SIZE * _WIDER, room))
    ink = theme.INK
    if cell.fill:
        target.fill.solid()
        target.fill.fore_color.rgb = colour(cell.fill)
        ink = theme.ink_on(cell.fill)
    else:
        target.fill.background()
    style_run(run, SIZE, ink=cell.mark or ink, is_bold=cell.is_strong, language=slide.language)
