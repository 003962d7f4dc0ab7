"""Minutes of a workshop as DOCX, XLSX and PDF, and its answers as tables."""

from __future__ import annotations

import io
import zipfile

import docx
import openpyxl
import pytest

from domain.next_step import StepFacts
from services.workshop_moderation import HIDE, Deed
from tests import paper
from tests.release_desk import DeskTown
from tests.town_fixture import CANARY
from tests.workshop_room import SAID, Took

FIRST, SECOND, THIRD = (pin["text"] for _, pin in SAID)
HOSTILE = "=1+1 \u202e <script> \U0001f600 漢"


@pytest.fixture(scope="module")
def took(tmp_path_factory):
    town = DeskTown.at(tmp_path_factory.mktemp("minutes"))
    found = Took(town.services, town.clock)
    found.send("eins", "fehlt", area="02", category=1, text=HOSTILE)
    third = found.pins()[THIRD].id
    found.set.moderation.act(found.made.id, Deed(HIDE, [third]), actor="anna")
    found.agree("drei", FIRST)
    facts = StepFacts("Bänke aufstellen", "Grünflächenamt", "2027-03-01", ("01", "03"))
    found.set.steps.add(found.made.id, facts, actor="anna")
    found.browser = town.browsers()("anna")
    return found


def minutes(took, suffix, lang="de"):
    answer = took.browser.get(f"{took.page}/protokoll.{suffix}?lang={lang}")
    assert answer.status_code == 200
    return answer


def words(file):
    said = [p.text for p in file.paragraphs]
    return "\n".join(said + [c.text for t in file.tables for r in t.rows for c in r.cells])


def test_the_word_file_holds_slides_votes_truth_pins_and_steps(took):
    answer = minutes(took, "docx")
    assert "Protokoll%20Runder%20Tisch.docx" in answer.headers["Content-Disposition"]
    file = docx.Document(io.BytesIO(answer.data))
    said = words(file)
    heads = [p.text for p in file.paragraphs if p.style.name == "Heading 1"]
    assert heads[:5] == [
        "1. Willkommen", "2. Stimmt das?", "3. Wo ist es am höchsten?", "4. Was fehlt?",
        "Häufige Wörter",
    ]  # fmt: skip
    for text in (
        "Protokoll: Runder Tisch", "Teilnehmende: 3 Geräte im Raum", "2 (67 %)",
        "Den höchsten veröffentlichten Wert hat", FIRST, "Bänke aufstellen", "Grünflächenamt",
        "1. März 2027", "Gebiet 01, Gebiet 03", "Amt für Statistik", "wird am",
    ):  # fmt: skip
        assert text in said, text
    assert THIRD not in said
    assert [s._inline.docPr.get("descr")[:6] for s in file.inline_shapes].count("Karte ") >= 1
    assert all(s._inline.docPr.get("descr") for s in file.inline_shapes)
    assert f"{CANARY:.0f}" not in said


def test_minutes_are_written_in_english_too(took):
    file = docx.Document(io.BytesIO(minutes(took, "docx", "en").data))
    said = words(file)
    for text in ("Minutes: Runder Tisch", "2. Is it so?", "Yes", "Playground", "1 March 2027"):
        assert text in said, text


def test_what_people_wrote_is_text_in_every_file(took):
    file = docx.Document(io.BytesIO(minutes(took, "docx").data))
    assert "=1+1 <script> \U0001f600 漢" in words(file)
    book = openpyxl.load_workbook(io.BytesIO(minutes(took, "xlsx").data))
    cells = [c for s in book for row in s.iter_rows() for c in row if c.value is not None]
    assert any(str(c.value).startswith("=1+1") and c.data_type == "s" for c in cells)
    assert not any(c.data_type == "f" for c in cells)
    assert {"Antworten zu Folie 2", "Was vereinbart wurde"} <= set(book.sheetnames)
    assert "<script>" in paper.text_of(minutes(took, "pdf").data)
    assert zipfile.ZipFile(io.BytesIO(minutes(took, "docx").data)).testzip() is None


def test_answers_are_counted_and_nobody_is_told_apart(took):
    text = took.browser.get(f"{took.page}/antworten.csv").text
    assert "2;Stimmt das?;Ja;;2" in text
    assert "3;Wo ist es am höchsten?;Gebiet 02;;1" in text
    assert not any(who in text for who in took.who.values())
    pins = took.browser.get(f"{took.page}/meinungen.csv").text
    assert f"4;Was fehlt?;Weg;{THIRD};03;Gebiet 03;;;0;verborgen;" in pins
    assert "'=1+1" in pins
    assert not any(who in pins for who in took.who.values())
    book = took.browser.get(f"{took.page}/meinungen.xlsx?lang=en")
    assert book.status_code == 200


def test_the_page_shows_bars_map_words_and_when_all_is_deleted(took):
    text = took.browser.get(took.page).text
    for told in ("2 (67 %)", "<svg", "Häufige Wörter", "Spielplatz", "wird am", "Protokoll zum"):
        assert told in text, told
    english = took.browser.get(f"{took.page}?lang=en").text
    assert "Minutes to edit (DOCX)" in english
