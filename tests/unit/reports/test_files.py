"""One document as PDF, slides and workbook: hostile texts are printed, hidden values are words."""

import datetime as dt
import io
import re
from dataclasses import replace
from itertools import pairwise

import openpyxl
import pypdfium2
import pytest
from pptx import Presentation

from reports.course_data import line_data
from reports.document import (
    Aside,
    BarData,
    Box,
    Bullets,
    Cell,
    Chapter,
    Column,
    DataTable,
    Document,
    Facts,
    Heading,
    Line,
    LineData,
    Lines,
    Paragraph,
    Picture,
    Row,
)
from reports.drawing.svg import Sheet
from reports.drawing.trend import Course, TrendPlan
from reports.pdf import to_pdf, to_png
from reports.slides import to_pptx
from reports.workbook import to_workbook
from tests import paper

DAY = dt.date(2026, 11, 27)
HOSTILE = '=cmd|"#import" *fett* $x$ @ref <label> `raw` \\u{41} // /* ] ) } &amp; „Grüße“'


def drawing():
    sheet = Sheet(120, 60)
    sheet.rect(0, 0, 50, 20, fill="#3579a8")
    sheet.text(0, 50, HOSTILE, size=6)
    return sheet.drawing()


def document(text=HOSTILE, rows=3, **changes):
    picture = Picture(text, drawing(), text, sub=text, note=text)
    bars = BarData((text, "Ost"), (1.5, None), ("#3579a8", "#3579a8"), "%", 1, ("1,5", "geheim"))
    lines = LineData(
        ("2022", "2023"), (Line(text, "#d1495b", (1.0, None)), Line("Ost", "#3579a8", (2.0, 3.0))),
        "%", 1,
    )  # fmt: skip
    table = DataTable(
        text,
        (Column(text, share=2.0), Column("Wert", "right", 1.0, 1)),
        tuple((Cell(f"{text} {i}"), Cell("1,5 %", 1.5, fill="#22346e")) for i in range(rows)),
        sub=text,
        notes=(text,),
    )
    blocks = (
        Paragraph(text, "lead"), Paragraph(text), Paragraph(text, "note"), Heading(text),
        Bullets((text, text)), Facts(((text, text),), text), Lines(text, (text, text, text)),
        Box(text, (text,)), picture, Aside((Bullets((text,)),), picture),
        Row(tuple(Picture(text, drawing(), text, data=data) for data in (bars, lines))),
        table,
    )  # fmt: skip
    chapter = Chapter(text, blocks, kicker=text, source=text, notes=(text,))
    whole = {
        "title": text, "language": "de", "town": text, "head": text, "foot": text,
        "chapters": (chapter,), "details": ((text, text),),
    }  # fmt: skip
    return Document(**{**whole, **changes})


def squeezed(text):
    return "".join(text.split())


def test_hostile_texts_are_printed_as_they_are():
    pdf = to_pdf(document(), DAY)
    said = squeezed(paper.text_of(pdf))
    assert said.count(squeezed(HOSTILE)) > 15


def test_a_pdf_is_tagged_titled_and_described():
    structure = paper.Structure(to_pdf(document("Größe & Maß"), DAY))
    assert structure.is_pdf_ua()
    assert structure.root.Lang == "de"
    assert structure.root.MarkInfo.Marked
    assert structure.figures() == ["Größe & Maß"] * 4
    assert structure.bookmarks() == ["Größe & Maß"]
    assert {"/Table", "/TH", "/TD", "/L", "/LI", "/P"} <= set(structure.tags())
    headings = structure.headings()
    assert headings[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(headings))
    assert all("Keck" in font for font in structure.fonts())


def test_a_pdf_has_its_language():
    assert paper.Structure(to_pdf(document("x", language="en"), DAY)).root.Lang == "en"


def test_a_document_with_a_cover_lists_its_chapters():
    chapters = tuple(Chapter(f"Kapitel {n}", (Paragraph("Text"),)) for n in range(3))
    pdf = to_pdf(document("Bericht", chapters=chapters, has_cover=True, subtitle="Jahr"), DAY)
    said = paper.text_of(pdf)
    assert paper.pages(pdf) == 4
    assert said.count("Kapitel 1") == 2
    assert "Inhalt" in said
    structure = paper.Structure(pdf)
    assert structure.bookmarks() == ["Kapitel 0", "Kapitel 1", "Kapitel 2"]


def test_what_a_report_says_of_itself_never_stands_alone_on_a_page():
    seen = set()
    for n in range(40, 52):
        words = tuple(Paragraph(f"Absatz {i}") for i in range(n))
        chapter = Chapter("Titel", (*words, Lines("Einfach", ("Letzter Satz.",))))
        pdf = to_pdf(document("x", chapters=(chapter,), details=(("Hinweis", "y"),) * 9), DAY)
        pages = [p.get_textpage().get_text_bounded() for p in pypdfium2.PdfDocument(pdf)]
        seen.add(len(pages))
        assert "Hinweis" in pages[-1]
        assert "Letzter Satz" in pages[-1]
    assert len(seen) > 1, "the lengths lie on both sides of the end of a page"


def test_the_name_of_a_release_is_never_broken():
    for n in range(0, 30, 3):
        text = "x" * n + " Wort" * 16 + " Ausgabe 2026-11-27-1"
        chapter = Chapter("Titel", (Paragraph(text),))
        pdf = to_pdf(replace(document("y"), chapters=(chapter,), details=()), DAY)
        lines = [line for p in pypdfium2.PdfDocument(pdf)
                 for line in p.get_textpage().get_text_bounded().splitlines()]  # fmt: skip
        assert any("2026-11-27-1" in line for line in lines)


def test_a_long_table_repeats_its_head_and_stays_on_the_page():
    whole = document("Sehr langer Name eines Gebietes " * 3, rows=200)
    table = tuple(whole.chapters[0].tables())
    pdf = to_pdf(replace(whole, chapters=(Chapter("Tabelle", table),)), DAY)
    assert paper.pages(pdf) > 4
    assert paper.text_of(pdf).count("Wert\n") >= paper.pages(pdf) - 1
    assert paper.outside_margins(pdf) == []
    assert paper.overlapping(pdf) == []


def test_the_same_document_gives_the_same_pdf():
    assert to_pdf(document("x"), DAY) == to_pdf(document("x"), DAY)


def test_a_letter_that_no_font_has_does_not_stop_a_report():
    assert "▯" in paper.text_of(to_pdf(document("漢字 Ω"), DAY))


def test_a_drawing_becomes_a_picture_of_its_size():
    png = to_png(drawing(), ppi=144)
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(png[16:20]) == pytest.approx(240, abs=2)


@pytest.fixture(scope="module")
def deck():
    return Presentation(io.BytesIO(to_pptx(document(rows=120), DAY)))


def shapes(deck):
    return [(slide, shape) for slide in deck.slides for shape in slide.shapes]


def test_every_slide_has_a_title_inside_the_slide(deck):
    assert len(deck.slides) > 6
    for slide in deck.slides:
        assert slide.shapes.title.text_frame.text
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height


def test_the_heading_of_charts_is_no_line_of_a_slide():
    text = "Wort"
    row = document(text).chapters[0].blocks[-2]
    blocks = (Heading("vor Worten"), Paragraph(text), Heading("vor Karten"), row)
    chapter = Chapter("Titel", blocks)
    deck = Presentation(io.BytesIO(to_pptx(document(text, chapters=(chapter,)), DAY)))
    written = [shape.text_frame.text for _, shape in shapes(deck) if shape.has_text_frame]
    assert any("vor Worten" in found for found in written)
    assert not any("vor Karten" in found for found in written)


def test_charts_can_be_edited_and_keep_gaps(deck):
    charts = [s.chart for _, s in shapes(deck) if s.has_chart]
    assert [len(c.plots[0].series) for c in charts] == [1, 2]
    assert tuple(charts[0].plots[0].series[0].values) == (1.5, None)
    assert list(charts[0].plots[0].categories)[1] == "Ost (geheim)"
    assert tuple(charts[1].plots[0].series[0].values) == (1.0, None)
    assert charts[0].part.chart_workbook.xlsx_part is not None


def test_no_text_behind_a_chart_acts_as_a_formula(deck):
    parts = [s.chart.part.chart_workbook.xlsx_part.blob for _, s in shapes(deck) if s.has_chart]
    books = [openpyxl.load_workbook(io.BytesIO(part)) for part in parts]
    cells = [c for b in books for sheet in b for row in sheet for c in row if c.value is not None]
    assert [c for c in cells if c.data_type == "f" or c.hyperlink] == []
    assert any(str(c.value).startswith(" =cmd") for c in cells)


def test_pictures_charts_and_tables_have_text_alternatives(deck):
    drawn = [s for _, s in shapes(deck) if s.has_chart or s.has_table or s.shape_type == 13]
    assert len(drawn) > 4
    assert all(s._element._nvXxPr.cNvPr.get("descr") for s in drawn)


def test_long_tables_end_with_how_many_rows_are_left(deck):
    said = [s.text_frame.text for _, s in shapes(deck) if s.has_text_frame]
    assert any(re.match(r"\d+ weitere Zeilen", text) for text in said)


def test_notes_tell_the_method(deck):
    assert any(s.has_notes_slide and HOSTILE in s.notes_slide.notes_text_frame.text
               for s in deck.slides)  # fmt: skip


@pytest.fixture(scope="module")
def book():
    return openpyxl.load_workbook(io.BytesIO(to_workbook(document(), DAY)))


def test_a_workbook_has_overview_tables_charts_and_notes(book):
    assert [book.sheetnames[0], *book.sheetnames[2:]] == ["Überblick", "Diagramme", "Erläuterung"]
    assert len(book["Diagramme"]._charts) == 2
    cells = [c.value for c in book.worksheets[1]["B"][:3]]
    assert cells == ["Wert", 1.5, 1.5]


def test_no_text_of_a_workbook_acts_as_a_formula(book):
    cells = [c for sheet in book for row in sheet for c in row if isinstance(c.value, str)]
    assert [c for c in cells if c.data_type == "f" or c.hyperlink] == []
    assert any(c.value.startswith("=cmd") for c in cells)


def test_a_hidden_value_is_a_word_in_the_numbers_of_a_chart(book):
    values = {row[0].value: row[1].value for row in book["Diagramme"].iter_rows(max_col=2)}
    assert values["Ost"] == "geheim"


def test_numbers_of_a_workbook_read_as_they_are_written_on_paper():
    columns = (Column("Name"), Column("Wert", "right"))
    written = [
        ("17,6\u00a0%", 17.556458), ("1.435", 1435.0), ("15,9\u00a0%* ▲", 15.93),
        ("(7,0\u00a0%)", 7.04), ("25,6 (23,4–27,9)", 25.61), ("–", 0.0),
    ]  # fmt: skip
    rows = tuple((Cell("Ost"), Cell(text, value, fill="#22346e")) for text, value in written)
    chapter = Chapter("Zahlen", (DataTable("Zahlen", columns, rows),))
    book = openpyxl.load_workbook(io.BytesIO(to_workbook(document("x", chapters=(chapter,)), DAY)))
    cells = [row[1] for row in book["Zahlen"].iter_rows(min_row=2, max_row=7)]
    assert [c.value for c in cells] == [value for _, value in written]
    assert [c.number_format for c in cells] == [
        '#,##0.0"\u00a0%"', "#,##0", '#,##0.0"\u00a0%* ▲"', '"("#,##0.0"\u00a0%)"', "#,##0.0",
        "General",
    ]  # fmt: skip
    assert cells[0].fill.fgColor.rgb == "FF22346E"
    assert "Zahlen" in [row[0].value for row in book.worksheets[0].iter_rows()]


def test_rows_of_a_workbook_are_as_high_as_their_texts():
    long = "Ein Satz, der in eine Zeile nicht passt. " * 8
    chapter = Chapter("Worte", (Bullets((long,)), DataTable("T", (Column("A"), Column("B")), ())))
    book = openpyxl.load_workbook(io.BytesIO(to_workbook(document("x", chapters=(chapter,)), DAY)))
    sheet = book.worksheets[0]
    row = next(r[0].row for r in sheet.iter_rows() if str(r[0].value).startswith("• Ein"))
    assert sheet.row_dimensions[row].height >= 45


def test_charts_that_are_edited_do_not_join_over_a_break():
    course = Course("Nord", "#d1495b", (((2019.0, 1.0), (2020.0, 2.0)), ((2021.0, 3.0),)))
    times = tuple((float(y), str(y)) for y in (2019, 2020, 2021))
    plan = TrendPlan((course,), times, 0.0, 3.0, "%", ((2021.0, "neue Grenzen"),), "de")
    data = line_data(plan, 1)
    assert data.labels == ("2019", "2020", "neue Grenzen", "2021")
    assert data.lines[0].values == (1.0, 2.0, None, 3.0)
    assert data.breaks == {2}
    chapter = Chapter("Verlauf", (Picture("Verlauf", drawing(), "Verlauf", data=data),))
    deck = Presentation(io.BytesIO(to_pptx(document("x", chapters=(chapter,)), DAY)))
    plot = next(s.chart.plots[0] for x in deck.slides for s in x.shapes if s.has_chart)
    assert list(plot.categories) == ["2019", "2020", " ", "2021"]
    assert list(plot.series[0].values) == [1.0, 2.0, None, 3.0]
