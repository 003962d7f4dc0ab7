"""Every letter that is printed can be shown, and texts are as wide as they are set."""

import hashlib

import pytest
from defusedxml import minidom

from reports import typeface
from reports.drawing.svg import Sheet


def test_the_fonts_have_the_hashes_that_are_written_down():
    lines = (typeface.FOLDER / "SHA256SUMS").read_text(encoding="ascii").splitlines()
    written = {name: digest for digest, name in (line.split() for line in lines)}
    found = {
        p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in typeface.FOLDER.glob("*.ttf")
    }
    assert found == written
    assert len(found) == 5
    assert "SIL OPEN FONT LICENSE" in (typeface.FOLDER / "keck-sans.LICENSE").read_text()


@pytest.mark.parametrize("letter", "aäöüßÄÖÜé–„“…−%▲△▼▽●→↗↘⋮≥≤Łőčşž")
def test_letters_of_names_and_signs_are_covered(letter):
    assert typeface.printable(letter) == letter
    assert typeface.width(letter, 10) > 0


@pytest.mark.parametrize("text", ["漢", "😀", "ع", "\ue000"])
def test_a_letter_no_font_has_becomes_a_box(text):
    assert typeface.printable(f"a{text}b") == f"a{typeface.UNKNOWN}b"


def test_control_signs_are_taken_out():
    assert typeface.printable("a\x00b\x1bc\td") == "abc d"


def test_a_shortened_text_fits_and_says_that_it_is_cut():
    text = "Auguste-Viktoria-Allee und Umgebung"
    short = typeface.shortened(text, 8, 60)
    assert short.endswith("…")
    assert typeface.width(short, 8) <= 60
    assert typeface.shortened(text, 8, 500) == text


def test_wrapped_lines_fit_and_lose_nothing_where_there_is_room():
    lines = typeface.wrapped("eins zwei drei vier", 8, 40, most=4)
    assert " ".join(lines) == "eins zwei drei vier"
    assert all(typeface.width(line, 8) <= 40 for line in lines)
    assert len(typeface.wrapped("eins zwei drei vier fünf sechs", 8, 30, most=2)) == 2


def test_texts_of_a_drawing_are_texts_and_never_markup():
    sheet = Sheet(100, 20)
    sheet.text(0, 10, '<script>&"\u25b2', size=8)
    svg = sheet.drawing().svg
    parsed = minidom.parseString(svg)
    assert [n.tagName for n in parsed.documentElement.childNodes] == ["text"]
    assert "<script" not in svg
    assert '<tspan font-family="Keck Signs">▲</tspan>' in svg
