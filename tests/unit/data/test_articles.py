"""Articles are read strictly: whatever stands in the folder, there is an article or a finding."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from data.articles.findings import MOST, Remarks
from data.articles.folder import read_folder
from data.articles.markdown import LONGEST_TEXT, read_text
from data.articles.sheet import read_sheet
from domain.articles import (
    Heading,
    Listing,
    Paragraph,
    Picture,
    Quotation,
    Run,
    Separator,
    Table,
    View,
)
from domain.findings import Severity

SHEET = """author = "Amt"
date = 2026-11-27

[title]
de = "Titel"

[summary]
de = "Worum es geht"
"""
TEXT = "Einleitung.\n\n## Teil\n\nText.\n"


def text(markdown):
    remarks = Remarks("article.de.md")
    return read_text(markdown, remarks), [(f.code, f.place.row) for f in remarks.found]


def png(size=(40, 20)):
    out = io.BytesIO()
    Image.new("RGB", size, "#1f5673").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "kleiner-artikel"
    made.mkdir()
    (made / "article.toml").write_text(SHEET, encoding="utf-8")
    (made / "article.de.md").write_text(TEXT, encoding="utf-8")
    return made


def read(folder):
    return read_folder(folder, folder.parent / "kept")


def codes(folder):
    return {f.code for f in read(folder).findings}


def test_every_kind_of_block_is_read():
    blocks, found = text(
        "Ein **fetter**, *kursiver* [Link](/atlas) und `Code`.\n\n## Teil\n\n- eins\n- zwei\n\n"
        "1. erstens\n\n> gesagt\n\n---\n\n| A | B |\n|---|---|\n| 1 | **2** |\n\n"
        '![Kinder spielen](bild.jpg "Unterschrift")\n\n'
        "```view\n/atlas?indicator=armut&panel=trend\nWas zu\nsehen ist.\n```\n"
    )
    assert found == []
    assert [type(b) for b in blocks] == [
        Paragraph, Heading, Listing, Listing, Quotation, Separator, Table, Picture, View,
    ]  # fmt: skip
    assert Run("fetter", strong=True) in blocks[0].runs
    assert Run("Link", link="/atlas") in blocks[0].runs
    assert Run("Code", code=True) in blocks[0].runs
    assert blocks[7] == Picture("bild.jpg", "Kinder spielen", "Unterschrift", 18)
    assert blocks[8] == View("/atlas?indicator=armut", "trend", "Was zu sehen ist.", 20)


@pytest.mark.parametrize(
    ("markdown", "code", "line"),
    [
        ("gut\n\n<script>alert(1)</script>\n", "article_html", 3),
        ("a <b>fett</b>", "article_html", 1),
        ("<!-- versteckt -->", "article_html", 1),
        ("gut\nund <img src=x onerror=alert(1)>", "article_html", 2),
        ("[x](javascript:alert(1))", "article_link", 1),
        ("[x](data:text/html;base64,PHN2Zz4=)", "article_link", 1),
        ("[x](//evil.example)", "article_link", 1),
        ("[x](https://user@evil.example/)", "article_link", 1),
        ("[x](mailto:a@b.de?bcc=c@d.de)", "article_link", 1),
        ("<javascript:alert(1)>", "article_link", 1),
        ("![](bild.png)", "article_no_alt", 1),
        ("Text ![Bild von etwas](bild.png) weiter", "article_picture_inline", 1),
        ("# Titel", "article_heading", 1),
        ("## A\n\n#### C", "article_heading", 3),
        ("##### tief", "article_heading", 1),
        ("```python\nimport os\n```", "article_fence", 1),
        ("```view\nhttps://evil.example:x/\n```", "article_view", 1),
        ("```view\n/vergleich?areas=1\n```", "article_view", 1),
        ("```view\n/atlas?panel=all\n```", "article_panel", 1),
        ("```view\n\n```", "article_view", 1),
        ("```view\n/atlas\n" + "x" * 500 + "\n```", "article_caption", 1),
        ("x" * (LONGEST_TEXT + 1), "article_too_long", None),
        (">" * 15 + " tief", "article_too_deep", 1),
    ],
)
def test_what_cannot_be_taken_over_is_a_finding_with_its_line(markdown, code, line):
    blocks, found = text(markdown)
    assert (code, line) in found
    assert "<" not in "".join(r.text for b in blocks for r in getattr(b, "runs", ()))


def test_a_hundred_faults_are_told_up_to_a_limit():
    assert len(text("<b>\n\n" * 200)[1]) == MOST


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("#*_`[]()<>!|-\n ab/\\:\"'&;1.~>"), max_size=300))
def test_whatever_is_written_the_reader_answers(markdown):
    blocks, _ = text(markdown)
    assert isinstance(blocks, tuple)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("[title]", "title = 1\n[x]"), "article_bad_value"),
        (('author = "Amt"', 'author = "Amt"\nautor = "x"'), "article_unknown_key"),
        (("date = 2026-11-27\n", ""), "article_missing_key"),
        (("2026-11-27", '"27.11.2026"'), "article_bad_value"),
        (('de = "Titel"', 'de = ""'), "article_bad_value"),
        (('de = "Titel"', 'fr = "Titre"'), "article_bad_value"),
        (('author = "Amt"', "author = "), "article_toml"),
        (('author = "Amt"', 'author = "Amt"\nstate = "geheim"'), "article_bad_value"),
    ],
)
def test_a_wrong_sheet_is_a_finding(change, code):
    remarks = Remarks("article.toml")
    assert read_sheet(SHEET.replace(*change), remarks) is None
    assert code in {f.code for f in remarks.found}


def test_a_sound_folder_is_an_article_without_findings(folder):
    work = read(folder)
    assert work.findings == ()
    assert work.is_public
    assert (work.articles["de"].title, work.articles["de"].author) == ("Titel", "Amt")


def test_pictures_are_written_anew_under_the_name_of_their_content(folder):
    (folder / "Häfen 1.png").write_bytes(png((3000, 1000)))
    (folder / "article.de.md").write_text("![Ein Hafen](<Häfen 1.png>)\n", encoding="utf-8")
    work = read(folder)
    assert work.findings == ()
    (name,) = work.pictures
    kept = folder.parent / "kept" / name
    with Image.open(kept) as opened:
        assert opened.size == (1600, 533)


@pytest.mark.parametrize(
    ("file", "content", "code"),
    [
        ("../secret.png", png(), "path_outside"),
        ("..%2fsecret.png", png(), "path_outside"),
        ("/etc/passwd", None, "path_outside"),
        ("fehlt.png", None, "file_missing"),
        ("bild.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "picture_is_svg"),
        ("bild.png", b"MZ" + b"\0" * 300, "picture_unknown"),
        ("bild.png", png()[:40], "picture_damaged"),
        ("bild.png", png((5000, 5000)), "picture_too_many_pixels"),
        ("https://evil.example/x.png", None, "article_picture_foreign"),
    ],
)
def test_strange_pictures_are_findings_and_nothing_of_them_is_kept(folder, file, content, code):
    if content is not None:
        (folder / file.replace("%2f", "/")).write_bytes(content)
    (folder / "article.de.md").write_text(f"Text.\n\n![Ein Bild]({file})\n", encoding="utf-8")
    work = read(folder)
    assert (code, 3) in {(f.code, f.place.row) for f in work.findings}
    assert not work.is_sound
    assert not (folder.parent / "kept").exists()


def test_links_out_of_the_folder_are_not_followed(folder, tmp_path):
    (tmp_path / "geheim.md").write_text("Geheim.", encoding="utf-8")
    (folder / "article.de.md").unlink()
    (folder / "article.de.md").symlink_to(tmp_path / "geheim.md")
    work = read(folder)
    assert "path_outside" in {f.code for f in work.findings}
    assert work.articles == {}


def test_a_text_without_title_in_its_language_is_a_finding(folder):
    (folder / "article.en.md").write_text("Text.\n", encoding="utf-8")
    assert "article_untitled" in codes(folder)


def test_bytes_that_are_no_text_are_a_finding_with_their_line(folder):
    (folder / "article.de.md").write_bytes("gut\nT\xe4xt".encode("latin-1"))
    assert ("article_encoding", 2) in {(f.code, f.place.row) for f in read(folder).findings}


def test_missing_and_empty_texts_are_findings(folder):
    (folder / "article.de.md").write_text("\n\n", encoding="utf-8")
    assert codes(folder) == {"article_empty"}
    (folder / "article.de.md").unlink()
    assert codes(folder) == {"article_no_text"}
    (folder / "article.toml").unlink()
    assert codes(folder) == {"file_missing"}


@pytest.mark.parametrize("name", ["Große Stadt", "a_b", "-a", "a" * 61, "A"])
def test_a_folder_that_cannot_be_an_address_is_a_finding(tmp_path, name):
    (tmp_path / name).mkdir()
    work = read(tmp_path / name)
    assert [f.code for f in work.findings] == ["article_folder"]
    assert {f.severity for f in work.findings} == {Severity.ERROR}
