"""Articles of the data folder: listed when sound, never a fault, checked by the command line."""

import io
import re

import pikepdf
import pypdfium2
import pytest
from PIL import Image

import app
from config import Settings
from domain.links import EMBEDDED
from services.container import build_services
from services.demo import DEMO_RECIPE
from tests import town_fixture as fixture
from tests.integration.test_sharing import page

FIRST = "2026-11-24-1"
SHEET = """author = "Amt für Jugend"
date = {date}
state = "{state}"
title = {{ de = "{title}", en = "{title} (en)" }}
summary = {{ de = "Kurz gesagt", en = "In short" }}
"""
VIEW = (
    "```view\n/atlas?indicator=kinderarmut&period=2022&level=quartiere&panel=trend\nVerlauf\n```\n"
)


def write(settings, name, text, *, date="2026-10-01", state="public", title="Titel", english=True):
    folder = settings.data_dir / "articles" / "kleinstadt" / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "article.toml").write_text(
        SHEET.format(date=date, state=state, title=title), encoding="utf-8"
    )
    (folder / "article.de.md").write_text(text, encoding="utf-8")
    if english:
        (folder / "article.en.md").write_text("Some words.\n", encoding="utf-8")
    return folder


@pytest.fixture
def town(tmp_path):
    settings = fixture.publish_small_town(tmp_path)
    services = build_services(settings)
    return settings, services, app.create_app(settings, services=services)


def test_no_article_is_said_in_words(town):
    assert "Noch gibt es keine Artikel" in page(town[2], "/artikel")


def test_articles_are_listed_newest_first_and_drafts_are_not(town):
    settings, services, server = town
    write(settings, "alt", "Text.\n", date="2025-01-01", title="Der alte")
    write(settings, "neu", "Text.\n", date="2026-01-01", title="Der neue")
    write(settings, "entwurf", "Text.\n", state="draft", title="Unfertig")
    assert [a.id for a in services.articles.listed("de")] == ["neu", "alt"]
    text = page(server, "/artikel")
    assert text.index("Der neue") < text.index("Der alte")
    assert "Unfertig" not in text
    assert "not-found" not in page(server, "/artikel/neu")
    assert "Unfertig" not in page(server, "/artikel/entwurf")


def test_a_view_tells_its_finding_and_stands_in_a_frame_of_our_own(town):
    settings, _, server = town
    write(settings, "mit-ansicht", f"Text.\n\n{VIEW}")
    text = page(server, "/artikel/mit-ansicht")
    frame = re.search(r'"data-frame": ?"([^"]+)"', text)[1]
    assert frame.startswith("/embed/atlas?")
    assert "panel=trend" in frame
    assert "lang=de" in frame
    assert "release" not in frame
    assert "Kinderarmut" in text
    answer = server.test_client().get(frame)
    assert answer.status_code == 200
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]


def test_an_article_in_an_older_release_shows_the_views_of_that_release(town):
    settings, _, server = town
    write(settings, "mit-ansicht", f"Text.\n\n{VIEW}")
    later = fixture.CLOCK.replace(day=26)
    fixture.publish(fixture.small_town(), settings, clock=later)
    text = page(server, "/artikel/mit-ansicht", f"?release={FIRST}&lang=en")
    assert f"/artikel?lang=en&release={FIRST}" in text
    text = page(server, "/artikel/mit-ansicht", f"?release={FIRST}")
    assert f"release={FIRST}" in re.search(r'"data-frame": ?"([^"]+)"', text)[1]


def test_a_text_in_another_language_is_marked_as_such(town):
    settings, _, server = town
    write(settings, "deutsch", "Text.\n", english=False)
    text = page(server, "/artikel/deutsch", "?lang=en")
    assert "in German" in text
    assert '"lang":"de"' in text.replace(": ", ":")


BROKEN = {
    "html": "<script>alert(1)</script>\n",
    "ohne-alt": "![](bild.png)\n",
    "pfad": "![Ein Bild](../../../app.db)\n",
    "ansicht": "```view\n/atlas?indicator=ausgedacht\n```\n",
    "leer": "",
}


def test_broken_articles_are_left_out_and_never_a_fault(town):
    settings, services, server = town
    write(settings, "gut", "Text.\n", title="Der gute")
    for name, text in BROKEN.items():
        write(settings, name, text, title=f"Kaputt {name}")
    folder = settings.data_dir / "articles" / "kleinstadt"
    (folder / "nur-ordner").mkdir()
    (folder / "datei.txt").write_text("x")
    (folder / "Großer Name").mkdir()
    assert [a.id for a in services.articles.listed("de")] == ["gut"]
    text = page(server, "/artikel")
    assert "Der gute" in text
    assert "Kaputt" not in text
    for name in (*BROKEN, "nur-ordner", "datei.txt", "..", "x" * 300):
        text = page(server, f"/artikel/{name}")
        assert "Kaputt" not in text
        assert "shell-not-found" in text or "message-page" in text


def test_a_mended_article_appears_without_a_new_start(town):
    settings, services, _ = town
    folder = write(settings, "kaputt", "<b>x</b>\n")
    assert services.articles.listed("de") == ()
    (folder / "article.de.md").write_text("Jetzt ohne HTML.\n", encoding="utf-8")
    assert [a.id for a in services.articles.listed("de")] == ["kaputt"]


def test_articles_of_another_town_are_not_shown(town):
    settings, services, _ = town
    folder = write(settings, "fremd", "Text.\n")
    folder.parent.rename(folder.parent.parent / "anderswo")
    assert services.articles.listed("de") == ()


def test_a_picture_is_served_by_the_name_of_its_content_only(town):
    settings, services, server = town
    folder = write(settings, "bild", "![Ein blaues Feld](feld.png)\n")
    Image.new("RGB", (30, 20), "#1f5673").save(folder / "feld.png")
    (name,) = services.articles.works()[0].pictures
    client = server.test_client()
    answer = client.get(f"/pictures/kleinstadt/{name}")
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert "immutable" in answer.headers["Cache-Control"]
    for path in ("kleinstadt/feld.png", f"anderswo/{name}", "kleinstadt/..%2f..%2fapp.db",
                 "kleinstadt/" + "a" * 24 + ".png"):  # fmt: skip
        assert client.get(f"/pictures/{path}").status_code == 404
    (settings.data_dir / "cache" / "articles" / name).unlink()
    assert name in page(server, "/artikel/bild")
    assert client.get(f"/pictures/kleinstadt/{name}").status_code == 200


def test_a_picture_of_a_draft_or_of_a_withdrawn_article_is_not_served(town):
    settings, services, server = town
    text = "![Ein blaues Feld](bilder/feld.png)\n"
    folder = write(settings, "bild", text, state="draft")
    (folder / "bilder").mkdir()
    Image.new("RGB", (30, 20), "#1f5673").save(folder / "bilder" / "feld.png")
    (name,) = services.articles.works()[0].pictures
    client = server.test_client()
    assert client.get(f"/pictures/kleinstadt/{name}").status_code == 404
    write(settings, "bild", text, state="public")
    assert client.get(f"/pictures/kleinstadt/{name}").status_code == 200
    Image.new("RGB", (30, 20), "#aa5673").save(folder / "bilder" / "feld.png")
    (other,) = services.articles.works()[0].pictures
    assert other != name
    assert client.get(f"/pictures/kleinstadt/{name}").status_code == 404
    write(settings, "bild", text, state="draft")
    assert client.get(f"/pictures/kleinstadt/{other}").status_code == 404


def test_a_fault_of_the_disk_is_forgotten_when_the_disk_is_well_again(town, monkeypatch):
    settings, services, _ = town
    folder = write(settings, "bild", "![Ein blaues Feld](feld.png)\n")
    Image.new("RGB", (30, 20), "#1f5673").save(folder / "feld.png")

    def full(*_args):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("pathlib.Path.write_bytes", full)
        assert services.articles.listed("de") == ()
    assert len(services.articles.listed("de")) == 1


HOSTILE = 'Straße #set(1) $x$ @ref *x* \\u0007 `#eval("1")` größer als „zehn“.'


def pdf_of(server, query="", release=FIRST):
    address = f"/export/kleinstadt/{release}/artikel.pdf?id=druck{query}"
    return server.test_client().get(address)


def test_an_article_is_printed_as_tagged_pdf_with_text_views_and_pictures(town):
    settings, _, server = town
    panels = "\n".join(VIEW.replace("trend", panel) for panel in EMBEDDED)
    text = (
        f"{HOSTILE}\n\n## Größe\n\n- eins\n\n1. erstens\n\n> gesagt\n\n"
        f'| A | B |\n|---|---|\n| 1 | 2 |\n\n![Ein blaues Feld](feld.png "Das Feld")\n\n{panels}'
    )
    folder = write(settings, "druck", text)
    Image.new("RGB", (300, 200), "#1f5673").save(folder / "feld.png")
    answer = pdf_of(server)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert "UTF-8''" in answer.headers["Content-Disposition"]
    with pikepdf.open(io.BytesIO(answer.data)) as pdf:
        assert str(pdf.Root.Lang) == "de"
        assert bool(pdf.Root.MarkInfo.Marked)
        alts = [
            str(o.Alt) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o
        ]
    assert "Ein blaues Feld" in alts
    assert len(alts) >= 4
    paper = pypdfium2.PdfDocument(answer.data)
    said = " ".join(page.get_textpage().get_text_range() for page in paper)
    said = " ".join(said.split())
    for part in (
        "#set(1) $x$ @ref",
        "größer als",
        "Größe",
        "erstens",
        FIRST,
        "Das Feld",
        "Verlauf",
    ):
        assert part in said, part


def test_a_printed_article_is_found_by_its_name_only(town):
    settings, _, server = town
    write(settings, "druck", "Text.\n", state="draft")
    assert pdf_of(server).status_code == 404
    assert pdf_of(server, release="2020-01-01-1").status_code == 404
    write(settings, "druck", "Text.\n")
    assert pdf_of(server).status_code == 200
    assert pdf_of(server, "&lang=en").data != pdf_of(server).data


def test_the_demo_articles_have_no_error_in_either_language(tmp_path):
    source = DEMO_RECIPE.parent / "articles"
    from data.articles.folder import read_folder

    works = [read_folder(x, tmp_path / "kept") for x in sorted(source.iterdir())]
    assert len(works) == 2
    for work in works:
        assert work.findings == ()
        assert work.is_public
        assert set(work.articles) == {"de", "en"}
        assert len(work.articles["de"].views) == len(work.articles["en"].views) >= 2
        german = [v.target for v in work.articles["de"].views]
        assert german == [v.target for v in work.articles["en"].views]


def test_an_empty_folder_has_no_articles(tmp_path):
    services = build_services(Settings(data_dir=tmp_path))
    assert services.articles.works() == ()
    assert services.articles.article("x", "de") is None


def test_a_printed_article_shows_no_release_that_was_withdrawn_since(town):
    settings, services, server = town
    later = fixture.CLOCK.replace(day=26)
    fixture.publish(fixture.small_town(), settings, clock=later)
    second = "2026-11-26-1"
    write(settings, "druck", f"Text.\n\n{VIEW.replace('panel', f'release={FIRST}&panel')}")

    def printed():
        pages = pypdfium2.PdfDocument(pdf_of(server, release=second).data)
        return " ".join(page.get_textpage().get_text_range() for page in pages)

    assert FIRST in printed()
    assert services.releases._store.prune(1) == [FIRST]
    said = printed()
    assert second in said
    assert FIRST not in said
