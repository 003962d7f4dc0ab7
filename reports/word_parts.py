"""What python-docx does not offer: head rows, grounds of cells, names of tables, fields."""

from __future__ import annotations

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from domain.plain_text import clean_text
from figures import theme
from reports.document import Cell, Column

TEXT_WIDTH = 468.0
"""Points between the margins of a page of A4."""
SMALL = 9
_HEAD_FILL = theme.NEUTRAL_FILL.lstrip("#")
_RULE = theme.RULE.lstrip("#")


def write_cell(place: Any, cell: Cell, column: Column, size: float) -> None:
    """Write the text of a cell in a size of points, aligned as its column."""
    paragraph = place.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    if column.align == "right":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(clean_text(cell.text))
    run.font.size = Pt(size)
    run.bold = cell.is_strong or None


def set_widths(made: Any, columns: tuple[Column, ...]) -> None:
    """Share the width by the shares of the columns; one without a share has a narrow part."""
    made.autofit = False
    shares = [column.share or 1.0 for column in columns]
    for position, share in enumerate(shares):
        width = Pt(TEXT_WIDTH * share / sum(shares))
        made.columns[position].width = width
        for cell in made.columns[position].cells:
            cell.width = width


def set_row(row: Any, name: str) -> None:
    """Mark a row: as head that is repeated and read out, or as one that is not parted."""
    row._tr.get_or_add_trPr().append(OxmlElement(f"w:{name}"))  # noqa: SLF001 - as above


def shade(cell: Any) -> None:
    """Set the ground of a head cell."""
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), _HEAD_FILL)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - as above


def describe(made: Any, title: str) -> None:
    """Give a table the name by which a screen reader announces it."""
    told = OxmlElement("w:tblCaption")
    told.set(qn("w:val"), clean_text(title))
    made._tbl.tblPr.append(told)  # noqa: SLF001 - as above


def colour_rules(made: Any) -> None:
    """Draw thin rules around all cells."""
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


def add_field(paragraph: Any, instruction: str) -> None:
    """Add a field that the word processor works out, as the number of the page."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    paragraph._p.append(field)  # noqa: SLF001 - as above
