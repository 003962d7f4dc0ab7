"""What a report is made of, before it is a file: chapters of blocks, in one language.

A document says the same as PDF, as slides and as a workbook; the writers (:mod:`reports.pdf`,
:mod:`reports.slides`, :mod:`reports.workbook`) know blocks and nothing of views. All texts are
plain texts: whatever signs a name or a reader's own text holds, they are printed, never obeyed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from reports.drawing.svg import Drawing

Align = Literal["left", "right", "center"]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``lead`` is larger and opens a chapter, ``note`` is small."""

    text: str
    style: Literal["text", "lead", "note"] = "text"


@dataclass(frozen=True)
class Heading:
    """A heading inside a chapter."""

    text: str


@dataclass(frozen=True)
class Bullets:
    """A list; each item may begin with a sign of its own."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """Labels with texts, such as the sheet of an indicator; an empty title has no heading."""

    rows: tuple[tuple[str, str], ...]
    title: str = ""


@dataclass(frozen=True)
class Lines:
    """Short sentences, one a line, in two columns: plain language."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Box:
    """A framed remark that a reader must not overlook."""

    title: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class BarData:
    """The numbers of a bar chart, so that slides and workbooks hold one that can be edited."""

    names: tuple[str, ...]
    values: tuple[float | None, ...]
    colours: tuple[str, ...]
    unit: str
    decimals: int
    texts: tuple[str, ...] = ()
    """What stands at each bar; says why where there is no value."""
    reference: str = ""
    """The value all bars are compared with, in words."""


@dataclass(frozen=True)
class Line:
    """One line of a line chart; a missing value is a gap."""

    name: str
    colour: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class LineData:
    """The numbers of a line chart; ``breaks`` are the places that part it and bear no period."""

    labels: tuple[str, ...]
    lines: tuple[Line, ...]
    unit: str
    decimals: int
    breaks: frozenset[int] = frozenset()


@dataclass(frozen=True)
class PointData:
    """The numbers of a scatter: one pair an area, of areas with both numbers only."""

    names: tuple[str, ...]
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    units: tuple[str, str]
    places: tuple[int, int]


ChartData = BarData | LineData | PointData


@dataclass(frozen=True)
class Picture:
    """A map or chart: the title states the finding, ``alt`` says it to those who do not see.

    ``data`` are its numbers where it can be a chart that is edited; a map has none.
    """

    title: str
    drawing: Drawing
    alt: str
    sub: str = ""
    note: str = ""
    headline: str = ""
    """Title on a slide of its own, where the title only says what is shown."""
    data: ChartData | None = None


@dataclass(frozen=True)
class Row:
    """Pictures beside each other, of equal width."""

    pictures: tuple[Picture, ...]


@dataclass(frozen=True)
class Aside:
    """Words with a small picture beside them; the picture has no title of its own."""

    blocks: tuple[Paragraph | Bullets, ...]
    picture: Picture


@dataclass(frozen=True)
class Cell:
    """A cell: its text for paper, its number for spreadsheets.

    ``fill`` is a colour behind the text, ``mark`` that of a chosen area before it.
    """

    text: str
    number: float | None = None
    fill: str = ""
    mark: str = ""
    is_strong: bool = False


@dataclass(frozen=True)
class Column:
    """A column; ``share`` is its part of the width beside the others (0: as wide as needed).

    The head of a column ``is_area`` is the name of an area: German in every language, and parted
    and read aloud as such.
    """

    name: str
    align: Align = "left"
    share: float = 0.0
    decimals: int | None = None
    is_area: bool = False


@dataclass(frozen=True)
class DataTable:
    """A table; its head is repeated on every page it reaches."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sub: str = ""
    notes: tuple[str, ...] = ()
    is_dense: bool = False
    is_for_books: bool = False
    """Whether only workbooks hold it: the numbers of what is a picture elsewhere."""


Block = Paragraph | Heading | Bullets | Facts | Lines | Box | Picture | Row | Aside | DataTable


@dataclass(frozen=True)
class Chapter:
    """A part of a document. The title states the finding; ``kicker`` stands small above it.

    ``source`` is the line of source, licence and release below its pictures on slides.
    """

    title: str
    blocks: tuple[Block, ...]
    kicker: str = ""
    source: str = ""
    notes: tuple[str, ...] = ()
    """What a speaker should know: definition and method."""

    def printed(self) -> Iterator[Block]:
        """Give all blocks of paper and slides."""
        for block in self.blocks:
            if not (isinstance(block, DataTable) and block.is_for_books):
                yield block

    def pictures(self) -> Iterator[Picture]:
        """Give all pictures, those beside each other one after the other."""
        for block in self.blocks:
            match block:
                case Picture():
                    yield block
                case Row():
                    yield from block.pictures

    def words(self) -> Iterator[Block]:
        """Give all blocks, those beside a picture as well."""
        for block in self.blocks:
            if isinstance(block, Aside):
                yield from block.blocks
            else:
                yield block

    def spoken(self) -> Iterator[Block]:
        """Give all words but headings of pictures and tables, which bear titles of their own.

        A note below such a heading is about the pictures and goes with it.
        """
        blocks = [b for b in self.words() if not isinstance(b, Paragraph) or b.style != "note"]
        for block, behind in zip_longest(blocks, blocks[1:]):
            if not (isinstance(block, Heading) and isinstance(behind, Picture | Row | DataTable)):
                yield block

    def asides(self) -> Iterator[Picture]:
        """Give the small pictures beside words."""
        yield from (b.picture for b in self.blocks if isinstance(b, Aside))

    def tables(self) -> Iterator[DataTable]:
        """Give all tables."""
        yield from (b for b in self.blocks if isinstance(b, DataTable))


@dataclass(frozen=True)
class Document:
    """A whole report.

    ``head`` stands at the top of every page, ``foot`` at its bottom (source, licence, release,
    date); ``details`` are what a file says of itself at its end: address, date, notes.
    """

    title: str
    language: str
    town: str
    head: str
    foot: str
    chapters: tuple[Chapter, ...]
    subtitle: str = ""
    details: tuple[tuple[str, str], ...] = ()
    has_cover: bool = False
    """Whether a title page with the contents comes first."""
