"""Scripts that come in: files, presentations, addresses; and what goes out: files and papers."""

from __future__ import annotations

import io
import json

import pytest

from domain.workshop_file import read_script
from domain.workshop_script import Words
from tests.staff import form_token, send
from tests.workshop_pages import NEW, PAGE, QUARTER, Town

ORIGIN = {"Origin": "http://localhost"}


@pytest.fixture
def town(tmp_path):
    return Town.at(tmp_path)


@pytest.fixture
def one(town):
    return town.make()


@pytest.fixture
def anna(town):
    return town.browsers()("anna")


def upload(client, text, **fields):
    data = {"form_token": form_token(client, NEW), "kind": "room", "level": "quartiere", **fields}
    data["file"] = (io.BytesIO(text if isinstance(text, bytes) else text.encode()), "ablauf.json")
    return client.post(f"{NEW}/datei", data=data, headers=ORIGIN)


def test_a_script_goes_out_as_a_file_and_comes_in_again(town, one, anna):
    answer = anna.get(f"{PAGE}/{one.id}/ablauf.json")
    assert "Abend.json" in answer.headers["Content-Disposition"]
    assert read_script(answer.text) == one.script
    assert upload(anna, answer.text).status_code == 303
    assert [w.script for w in town.kept.all()] == [one.script, one.script]


@pytest.mark.parametrize("template", ["social", "kita", "prevention"])
def test_a_template_goes_out_and_comes_in_as_the_same_script(town, anna, template):
    assert send(anna, NEW, way=template, level="quartiere").status_code == 303
    (made,) = town.kept.all()
    assert upload(anna, anna.get(f"{PAGE}/{made.id}/ablauf.json").text).status_code == 303
    assert [w.script for w in town.kept.all()] == [made.script, made.script]


def test_what_a_template_left_out_is_told(anna):
    answer = send(anna, NEW, way="kita", level="schulbezirke")
    told = anna.get(answer.location).text
    assert "Diese Folien der Vorlage fehlen" in told
    assert "Schätzen: Reihenfolge von Gebieten" in told


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "kein Ablauf einer Werkstatt"),
        (b"\xff\xfe", "kein Text in UTF-8"),
        (b"", "leer"),
        ("[" * 50_000, "kein Ablauf"),
        ('{"schema": 1, "title": "x", "slides": [{"id": "a", "kind": "film"}]}', "Folie 1"),
        ('{"format": "keck-presentation", "version": 9}', "Fassung des Formats"),
    ],
)
def test_a_wrong_file_makes_nothing_and_says_why(town, anna, text, reason):
    answer = upload(anna, text)
    assert answer.status_code == 400
    assert reason in answer.text
    assert town.kept.all() == []


def test_a_file_that_is_too_large_is_refused_before_it_is_read(town, anna, monkeypatch):
    monkeypatch.setattr("web.staff.workshops_new.MOST_BYTES", 1)
    answer = upload(anna, "x" * 70_000)
    assert answer.status_code == 413
    assert "Ein Ablauf ist nie so groß" in answer.text
    assert town.kept.all() == []


def test_a_presentation_becomes_slides(town, anna):
    slides = [
        {"title": "", "query": "?indicator=kinderarmut&level=quartiere", "panels": "map"},
        {"title": "Eigener Titel", "query": "?indicator=gymnasium", "panels": "all"},
        {"title": "Pause", "text": "- Kaffee"},
    ]
    told = {"format": "keck-presentation", "version": 1, "town": "kleinstadt", "release": "1"}
    assert upload(anna, json.dumps({**told, "slides": slides})).status_code == 303
    (one,) = town.kept.all()
    finding, own, pause = one.script.slides
    assert finding.title.de.startswith("Kinderarmut 2023")
    assert finding.title.en != finding.title.de
    assert finding.view == QUARTER
    assert own.title == Words("Eigener Titel")
    assert (pause.kind, pause.text.de) == ("text", "- Kaffee")
    other = upload(anna, json.dumps({**told, "town": "dorf", "slides": slides}))
    assert other.status_code == 400
    assert "gehört zu „dorf“" in other.text


def test_views_are_pasted_one_a_line(town, anna):
    pasted = f"http://localhost{QUARTER}\r\n\r\n/vergleich?areas=01,02"
    assert send(anna, NEW, way="views", views=pasted, title="Ansichten").status_code == 303
    (one,) = town.kept.all()
    assert [s.view for s in one.script.slides] == [QUARTER, "/vergleich?areas=01,02"]
    assert one.script.slides[1].title == Words("Vergleich", "Compare")
    for views, reason in (
        ("", "mindestens eine Adresse"),
        (f"{QUARTER}\nhttps://boese.example/atlas", "Zeile 2"),
        ("/praesentieren?slides=%%%", "Link aus „Präsentieren“"),
        ("\n".join([QUARTER] * 61), "höchstens 60 Folien"),
    ):
        answer = send(anna, NEW, way="views", views=views, title="Ansichten")
        assert answer.status_code == 400
        assert reason in answer.text
    assert len(town.kept.all()) == 1


def test_a_view_is_taken_into_a_workshop(town, one, anna):
    page = f"{PAGE}/aufnehmen?view=/atlas?indicator=gymnasium"
    assert "Gymnasium" in anna.get(page).text
    answer = send(anna, f"{PAGE}/aufnehmen", view="/atlas?indicator=gymnasium", workshop=one.id)
    assert answer.status_code == 303
    assert town.kept.get(one.id).script.slides[-1].view == "/atlas?indicator=gymnasium"
    assert send(anna, f"{PAGE}/aufnehmen", view="/weg", workshop=one.id).status_code == 400
    assert send(anna, f"{PAGE}/aufnehmen", view="/atlas", workshop="weg").status_code == 404


def test_papers_show_script_and_code(one, anna, monkeypatch):
    sheet = anna.get(f"{PAGE}/{one.id}/ablauf").text
    assert "Stimmt das?" in sheet
    assert "Die Zahlen sagen" in sheet
    path = f"{PAGE}/{one.id}/aushang"
    monkeypatch.setattr("web.staff.workshops_print.own_addresses", lambda: ("10.0.0.5", "10.1.0.5"))
    poster = anna.get(path).text
    assert f"http://10.0.0.5/w/{one.code}" in poster
    assert "make workshop" in poster
    other = anna.get(f"{path}?netz=http://10.1.0.5").text
    assert f"http://10.1.0.5/w/{one.code}" in other
    assert f"http://10.0.0.5/w/{one.code}" in anna.get(f"{path}?netz=http://boese.example").text
    monkeypatch.setattr("web.staff.workshops_print.own_addresses", tuple)
    assert "in keinem Netz" in anna.get(path).text
    assert "Machen Sie mit!" in poster
