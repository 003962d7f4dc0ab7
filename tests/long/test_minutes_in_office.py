"""Minutes of a workshop open in LibreOffice, and nothing of them is lost on the way."""

from __future__ import annotations

import docx
import pytest

from tests import paper
from tests.long.test_reports_in_office import converted
from tests.release_desk import DeskTown
from tests.workshop_room import Took

HOSTILE = "=1+1 <w:p> \U0001f600"

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a folder with the minutes in both languages."""
    place = tmp_path_factory.mktemp("minutes")
    town = DeskTown.at(place / "town")
    took = Took(town.services, town.clock)
    took.send("eins", "fehlt", area="02", category=1, text=HOSTILE)
    browser = town.browsers()("anna")
    for lang in ("de", "en"):
        for suffix in ("docx", "xlsx"):
            answer = browser.get(f"{took.page}/protokoll.{suffix}?lang={lang}")
            (place / f"{lang}.{suffix}").write_bytes(answer.data)
    return place


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_heading_and_cell_of_the_word_file_is_printed(folder, lang):
    file = docx.Document(str(folder / f"{lang}.docx"))
    said = "".join(paper.text_of(converted(folder / f"{lang}.docx")).split())
    told = [p.text for p in file.paragraphs if p.style.name.startswith("Head")]
    told += [c.text for t in file.tables for r in t.rows for c in r.cells if HOSTILE not in c.text]
    assert len(told) > 20
    assert [text for text in told if "".join(text.split()) not in said] == []
    assert "=1+1<w:p>" in said


def test_the_workbook_opens_without_a_formula(folder):
    said = paper.text_of(converted(folder / "de.xlsx"))
    assert "=1+1" in said
    assert "Err:" not in said
    assert "#NAME?" not in said
