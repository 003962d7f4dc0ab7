"""Word files: headings, head rows, alternatives, language, and texts that are nothing but texts."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from figures.workshop_results import Bar
from reports.document import (
    Aside,
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
from reports.drawing.svg import Sheet
from reports.drawing.votes import votes_drawing
from reports.files import file_bytes

DAY = dt.date(2026, 5, 4)
HOSTILE = (
    '=HYPERLINK("http://boese.example")',
    "a\x00b\x0bc\u202ed\ufffe",
    "ab" * 20_000,
    "<w:p>{ PAGE }</w:p> & \U0001f600",
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\u202e\ufffe]")


def drawing():
    sheet = Sheet(300, 20)
    sheet.rect(0, 0, 10, 10, fill="#000000")
    return sheet.drawing()


def document(*blocks, language="de", title="Bericht"):
    return Document(
        title=title, language=language, town="Kleinstadt", head="Kopf", foot="Fuß",
        chapters=(Chapter(title, blocks), Chapter("Zweites", (Heading("Darin"),))),
        details=(("Ausgabe", "2026"),),
    )  # fmt: skip


def written(*blocks, **told):
    return docx.Document(io.BytesIO(file_bytes(document(*blocks, **told), "docx", DAY)))


def headings(file):
    return [(p.style.name, p.text) for p in file.paragraphs if p.style.name.startswith("Head")]


TABLE = DataTable(
    "Werte", (Column("Gebiet"), Column("Wert", "right")), ((Cell("Nord"), Cell("1", 1.0)),)
)


def test_headings_follow_each_other_without_a_gap():
    file = written(Heading("Erstens"))
    assert file.paragraphs[0].style.name == "Title"
    assert headings(file) == [
        ("Heading 1", "Erstens"), ("Heading 1", "Zweites"), ("Heading 2", "Darin"),
        ("Heading 1", "Zu diesem Bericht"),
    ]  # fmt: skip


def test_tables_have_a_head_row_that_is_repeated_and_a_name():
    table = written(TABLE).tables[0]
    head, row = table.rows
    assert head._tr.trPr.find(qn("w:tblHeader")) is not None
    assert row._tr.trPr.find(qn("w:cantSplit")) is not None
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Werte"
    assert [c.text for c in row.cells] == ["Nord", "1"]


def test_pictures_have_alternatives():
    file = written(Picture("Karte", drawing(), "Nord liegt vorn"))
    told = [shape._inline.docPr.get("descr") for shape in file.inline_shapes]
    assert told == ["Nord liegt vorn"]


@pytest.mark.parametrize(("language", "locale"), [("de", "de-DE"), ("en", "en-GB")])
def test_the_file_says_which_language_it_is_in(language, locale):
    file = written(language=language)
    assert file.core_properties.language == locale
    marks = [x.get(qn("w:val")) for x in file.styles.element.iter(qn("w:lang"))]
    assert marks == [locale]


def test_every_kind_of_block_is_written():
    file = written(
        Paragraph("ein Satz"), Paragraph("klein", "note"), Bullets(("Punkt",)),
        Box("Achtung", ("wichtig",)), Lines("Leicht", ("kurz",)), Facts((("Ort", "Rathaus"),), "F"),
        Row((Picture("a", drawing(), "A"), Picture("b", drawing(), "B"))),
        Aside((Paragraph("daneben"),), Picture("", drawing(), "C")), TABLE,
    )  # fmt: skip
    said = "\n".join(p.text for p in file.paragraphs)
    for word in (
        "ein Satz",
        "klein",
        "Punkt",
        "Achtung",
        "wichtig",
        "kurz",
        "Ort: Rathaus",
        "neben",
    ):
        assert word in said
    assert len(file.inline_shapes) == 3


@pytest.mark.parametrize("text", HOSTILE, ids=["formula", "control", "long", "markup"])
def test_texts_stay_texts(text):
    cell = DataTable(text, (Column(text),), ((Cell(text),),))
    file = written(Paragraph(text), Heading(text), Picture(text, drawing(), text), cell)
    said = file.paragraphs[2].text
    assert said
    assert not _CONTROL.search(said)
    assert len(said) <= 32_767
    body = file.element.body
    assert body.findall(f".//{qn('w:fldSimple')}") == []
    assert body.findall(f".//{qn('w:hyperlink')}") == []


def test_the_same_content_has_the_same_bytes():
    first, second = (file_bytes(document(TABLE), "docx", DAY) for _ in range(2))
    assert first == second
    names = zipfile.ZipFile(io.BytesIO(first)).namelist()
    assert "word/document.xml" in names


def test_bars_of_votes_say_in_words_what_is_right():
    bars = (Bar("Ja", "3 (75 %)", 1.0, is_right=True), Bar("Nein", "1 (25 %)", 0.33))
    svg = votes_drawing(bars, "so die Zahlen", 400).svg
    assert "3 (75 %) · so die Zahlen" in svg
    assert svg.count("so die Zahlen") == 1
    assert "<svg" in votes_drawing((), "x", 400).svg
