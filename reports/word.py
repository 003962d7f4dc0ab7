"""A document as DOCX to edit: real headings, tables with head rows, pictures with alternatives.

Texts stay texts: no field is made of what somebody wrote, control signs are left out.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
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
    Column,
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

TEXT_WIDTH = 468.0
"""Points between the margins of a page of A4."""
_A4 = (595.3, 841.9)
_MARGIN = 63.6
_FONT = "Calibri"
_SIZES = {"Normal": 11, "Title": 24, "Heading 1": 17, "Heading 2": 13, "Heading 3": 11.5}
_SMALL = 9
_LOCALES = {"de": "de-DE", "en": "en-GB"}
_CREATOR = "KECK-Atlas"
_HEAD_FILL = theme.NEUTRAL_FILL.lstrip("#")
_RULE = theme.RULE.lstrip("#")


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
        _set_style(file.styles[name], _SIZES["Normal"] if name == "List Bullet" else _SMALL)
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
        run.font.size = Pt(_SMALL)
        _add_field(foot, "PAGE")

    def _chapter(self, chapter: Chapter) -> None:
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
                self._heading(text, 2)
            case Bullets(items=items):
                self._list("", items)
            case Box(title=title, items=items) | Lines(title=title, lines=items):
                self._list(title, items)
            case Facts(rows=rows, title=title):
                if title:
                    self._heading(title, 2)
                self._facts(rows)

    def _heading(self, text: str, level: int) -> None:
        self._file.add_heading(clean_text(text), level)

    def _small(self, text: str) -> None:
        run = self._file.add_paragraph().add_run(clean_text(text))
        run.font.size = Pt(_SMALL)
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
        told = shape._inline.docPr  # noqa: SLF001 - python-docx has no other way to the alternative
        told.set("descr", clean_text(picture.alt))
        told.set("title", clean_text(picture.title))
        if picture.note:
            self._small(picture.note)

    def _above(self, text: str) -> None:
        if text:
            caption = self._file.add_paragraph(clean_text(text), style="Caption")
            caption.paragraph_format.keep_with_next = True

    def _table(self, table: DataTable) -> None:
        self._above(table.title)
        columns = table.columns
        made = self._file.add_table(rows=1, cols=len(columns), style="Table Grid")
        _describe(made, table.title)
        _colour_rules(made)
        head = made.rows[0]
        _set_row(head, "tblHeader")
        for place, column in zip(head.cells, columns, strict=True):
            _shade(place)
            _write_cell(place, Cell(column.name, is_strong=True), column)
        for row in table.rows:
            cells = made.add_row()
            _set_row(cells, "cantSplit")
            for place, cell, column in zip(cells.cells, row, columns, strict=True):
                _write_cell(place, cell, column)
        _set_widths(made, columns)
        for note in (table.sub, *table.notes):
            if note:
                self._small(note)
        if not table.notes:
            self._file.add_paragraph().paragraph_format.space_after = Pt(0)


def _write_cell(place: Any, cell: Cell, column: Column) -> None:
    paragraph = place.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    if column.align == "right":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(clean_text(cell.text))
    run.font.size = Pt(_SMALL + 1)
    run.bold = cell.is_strong or None


def _set_widths(made: Any, columns: tuple[Column, ...]) -> None:
    """Share the width by the shares of the columns; one without a share has a narrow part."""
    made.autofit = False
    shares = [column.share or 1.0 for column in columns]
    for position, share in enumerate(shares):
        width = Pt(TEXT_WIDTH * share / sum(shares))
        made.columns[position].width = width
        for cell in made.columns[position].cells:
            cell.width = width


def _set_row(row: Any, name: str) -> None:
    """Mark a row: as head that is repeated and read out, or as one that is not parted."""
    row._tr.get_or_add_trPr().append(OxmlElement(f"w:{name}"))  # noqa: SLF001 - as above


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), _HEAD_FILL)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - as above


def _describe(made: Any, title: str) -> None:
    """Give a table the name by which a screen reader announces it."""
    told = OxmlElement("w:tblCaption")
    told.set(qn("w:val"), clean_text(title))
    made._tbl.tblPr.append(told)  # noqa: SLF001 - as above


def _colour_rules(made: Any) -> None:
    rules = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        rule = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", _RULE)):
            rule.set(qn(f"w:{name}"), value)
        rules.append(rule)
    # the order of parts is fixed: borders come before the layout
    made._tbl.tblPr.insert_element_before(  # noqa: SLF001 - as above
        rules, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption"
    )


def _add_field(paragraph: Any, instruction: str) -> None:
    """Add a field that the word processor works out, as the number of the page."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    paragraph._p.append(field)  # noqa: SLF001 - as above
