"""A document as DOCX to edit: real headings, tables with head rows, pictures with alternatives.

Texts stay texts: no field is made of what somebody wrote, control signs are left out.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from domain.plain_text import clean_text
from figures import theme
from i18n import translator
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
from reports.pdf import to_png
from reports.steady import steady
from reports.word_parts import (
    SMALL,
    TEXT_WIDTH,
    add_field,
    colour_rules,
    describe,
    set_row,
    set_widths,
    shade,
    write_cell,
)

_MANY_COLUMNS = 5
_A4 = (595.3, 841.9)
_MARGIN = 63.6
_FONT = "Calibri"
_SIZES = {"Normal": 11, "Title": 24, "Heading 1": 17, "Heading 2": 13, "Heading 3": 11.5}
_LOCALES = {"de": "de-DE", "en": "en-GB"}
_CREATOR = "KECK-Atlas"


def to_docx(document: Document, day: dt.date) -> bytes:
    """Return a document for a word processor; the same content of the same day, the same bytes."""
    file = docx.Document()
    _set_up(file, document, day)
    _Writer(file, document).write()
    stream = io.BytesIO()
    file.save(stream)
    return steady(stream.getvalue(), day)


def _set_up(file: Any, document: Document, day: dt.date) -> None:
    """Set paper, type, language and what the file says of itself."""
    properties = file.core_properties
    properties.title = clean_text(document.title)[:255]
    properties.author = properties.last_modified_by = _CREATOR
    properties.comments = ""
    properties.language = _LOCALES[document.language]
    properties.created = properties.modified = dt.datetime(day.year, day.month, day.day)  # noqa: DTZ001
    section = file.sections[0]
    section.page_width, section.page_height = (Pt(x) for x in _A4)
    section.left_margin = section.right_margin = Pt(_MARGIN)
    section.top_margin = section.bottom_margin = Pt(_MARGIN)
    for name, size in _SIZES.items():
        _set_style(file.styles[name], size)
    for name in ("List Bullet", "Caption"):
        _set_style(file.styles[name], _SIZES["Normal"] if name == "List Bullet" else SMALL)
    file.styles["Caption"].font.bold = False
    language = OxmlElement("w:lang")
    for part in ("val", "eastAsia", "bidi"):
        language.set(qn(f"w:{part}"), _LOCALES[document.language])
    defaults = file.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault"))
    properties_of_runs = defaults.find(qn("w:rPr"))
    for old in properties_of_runs.findall(qn("w:lang")):
        properties_of_runs.remove(old)
    properties_of_runs.append(language)


def _set_style(style: Any, size: float) -> None:
    style.font.name = _FONT
    style.font.size = Pt(size)
    style.font.color.rgb = RGBColor.from_string(theme.INK.lstrip("#"))
    # headings of the template name a typeface of the theme, which would win
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for part in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{part}"), None)
    if style.name == "Title":
        for border in style.element.iter(qn("w:pBdr")):
            border.getparent().remove(border)
            break


class _Writer:
    """Writes the parts of one document from the top."""

    def __init__(self, file: Any, document: Document) -> None:
        self._file = file
        self._document = document
        self._tr = translator(document.language)
        self._level = 2
        self._last = ""
        """The heading that stands above; a table of the same name needs no second one."""

    def write(self) -> None:
        document = self._document
        self._file.add_heading(clean_text(document.title), 0)
        for line in (document.subtitle, document.head):
            if line:
                self._small(line)
        for chapter in document.chapters:
            self._chapter(chapter)
        self._heading(self._tr("document.details"), 1)
        self._facts(document.details)
        self._foot()

    def _foot(self) -> None:
        foot = self._file.sections[0].footer.paragraphs[0]
        run = foot.add_run(f"{clean_text(self._document.foot)} · ")
        run.font.size = Pt(SMALL)
        add_field(foot, "PAGE")

    def _chapter(self, chapter: Chapter) -> None:
        is_whole = chapter.title == self._document.title
        self._level = 1 if is_whole else 2
        if not is_whole:
            self._heading(chapter.title, 1)
        if chapter.kicker:
            self._small(chapter.kicker)
        for block in chapter.printed():
            self._block(block)
        if chapter.source:
            self._small(chapter.source)

    def _block(self, block: Block) -> None:
        match block:
            case Paragraph() | Heading() | Bullets() | Box() | Lines() | Facts():
                self._words(block)
            case Picture():
                self._picture(block)
            case Row(pictures=pictures):
                for picture in pictures:
                    self._picture(picture)
            case Aside():
                for part in block.blocks:
                    self._block(part)
                self._picture(block.picture)
            case DataTable():
                self._table(block)

    def _words(self, block: Paragraph | Heading | Bullets | Box | Lines | Facts) -> None:
        match block:
            case Paragraph(text=text, style="note"):
                self._small(text)
            case Paragraph(text=text):
                self._file.add_paragraph(clean_text(text))
            case Heading(text=text):
                self._heading(text, self._level)
            case Bullets(items=items):
                self._list("", items)
            case Box(title=title, items=items) | Lines(title=title, lines=items):
                self._list(title, items)
            case Facts(rows=rows, title=title):
                if title:
                    self._heading(title, self._level)
                self._facts(rows)

    def _heading(self, text: str, level: int) -> None:
        self._last = text
        self._file.add_heading(clean_text(text), level)

    def _small(self, text: str) -> None:
        run = self._file.add_paragraph().add_run(clean_text(text))
        run.font.size = Pt(SMALL)
        run.font.color.rgb = RGBColor.from_string(theme.MUTE.lstrip("#"))

    def _list(self, title: str, items: tuple[str, ...]) -> None:
        if title:
            paragraph = self._file.add_paragraph()
            paragraph.paragraph_format.keep_with_next = True
            paragraph.add_run(clean_text(title)).bold = True
        for item in items:
            self._file.add_paragraph(clean_text(item), style="List Bullet")

    def _facts(self, rows: tuple[tuple[str, str], ...]) -> None:
        for label, text in rows:
            paragraph = self._file.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(3)
            paragraph.add_run(f"{clean_text(label)}: ").bold = True
            paragraph.add_run(clean_text(text))

    def _picture(self, picture: Picture) -> None:
        """Write a picture with its title above, so that both stay on one page."""
        self._above(picture.title)
        drawing = picture.drawing
        width = min(TEXT_WIDTH, drawing.width)
        paragraph = self._file.add_paragraph()
        shape = paragraph.add_run().add_picture(io.BytesIO(to_png(drawing)), width=Pt(width))
        inline = shape._inline  # noqa: SLF001 - python-docx has no other way to the alternative
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")
        told = inline.docPr
        told.set("descr", clean_text(picture.alt))
        told.set("title", clean_text(picture.title))
        if picture.note:
            self._small(picture.note)

    def _above(self, text: str) -> None:
        if text and text != self._last:
            caption = self._file.add_paragraph(clean_text(text), style="Caption")
            caption.paragraph_format.keep_with_next = True

    def _table(self, table: DataTable) -> None:
        self._above(table.title)
        columns = table.columns
        size = SMALL - 1 if len(columns) > _MANY_COLUMNS else SMALL + 1
        made = self._file.add_table(rows=1, cols=len(columns), style="Table Grid")
        describe(made, table.title)
        colour_rules(made)
        head = made.rows[0]
        set_row(head, "tblHeader")
        for place, column in zip(head.cells, columns, strict=True):
            shade(place)
            write_cell(place, Cell(column.name, is_strong=True), column, size)
        for row in table.rows:
            cells = made.add_row()
            set_row(cells, "cantSplit")
            for place, cell, column in zip(cells.cells, row, columns, strict=True):
                write_cell(place, cell, column, size)
        set_widths(made, columns)
        for note in (table.sub, *table.notes):
            if note:
                self._small(note)
        if not table.notes:
            self._file.add_paragraph().paragraph_format.space_after = Pt(0)
