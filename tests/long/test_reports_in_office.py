"""Slides and workbooks open in LibreOffice without repair, and lose nothing on the way."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlencode

import pytest
from pptx import Presentation

import app
from services.container import build_services
from tests import paper
from tests.town_fixture import publish_small_town

SECONDS = 180
PAGES = {
    "atlas": {"indicator": "kinderarmut", "level": "quartiere", "areas": "01,03"},
    "vergleich": {"level": "quartiere", "areas": "01,02,03", "theme": "soziale-lage"},
    "profil": {"level": "quartiere", "area": "02"},
}

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a folder with the slides and the workbook of every page, in German."""
    place = tmp_path_factory.mktemp("office")
    settings = publish_small_town(place / "town")
    services = build_services(settings)
    client = app.create_app(settings, services=services).test_client()
    release = services.monitoring.current()
    for page, query in PAGES.items():
        for suffix in ("pptx", "xlsx"):
            asked = urlencode({"page": page, **query}, safe=",")
            answer = client.get(f"/export/kleinstadt/{release}/bericht.{suffix}?{asked}")
            assert answer.status_code == 200
            (place / f"{page}.{suffix}").write_bytes(answer.data)
    return place


def converted(file: Path) -> bytes:
    """Let LibreOffice print a file; a profile of its own keeps it apart from other runs."""
    office = shutil.which("soffice")
    assert office, "LibreOffice is missing: sh tools/ensure.sh soffice"
    target = file.parent / f"{file.stem}-{file.suffix[1:]}"
    profile = (file.parent / "profile").as_uri()
    done = subprocess.run(
        [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf",
         "--outdir", str(target), str(file)],
        capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Error" not in done.stderr
    return (target / f"{file.stem}.pdf").read_bytes()


@pytest.mark.parametrize("page", PAGES)
def test_slides_open_with_every_title_and_none_is_lost(folder, page):
    file = folder / f"{page}.pptx"
    deck = Presentation(str(file))
    pdf = converted(file)
    assert paper.pages(pdf) == len(deck.slides)
    said = "".join(paper.text_of(pdf).split())
    for slide in deck.slides:
        title = "".join(slide.shapes.title.text_frame.text.split())
        assert title in said


@pytest.mark.parametrize("page", PAGES)
def test_workbooks_open_with_their_texts(folder, page):
    said = paper.text_of(converted(folder / f"{page}.xlsx"))
    assert "Erfundene Stadt, erfundene Werte." in said
    assert "geheim gehalten" in said
    assert "#NAME?" not in said
    assert "Err:" not in said
