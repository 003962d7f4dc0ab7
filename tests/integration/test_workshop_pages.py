"""Workshops on the pages of staff: made, edited, opened, and nothing that was typed is lost."""

from __future__ import annotations

import io
import json
import re

import pytest

from domain.workshop_file import read_script
from domain.workshop_room import OPEN, QUESTION
from domain.workshop_script import Script, Slide, Words
from services.audit_log import LogQuery
from services.workshop_settings import Ground
from tests.release_desk import DeskTown
from tests.staff import form_token, send

PAGE = "/intern/werkstatt"
NEW = f"{PAGE}/neu"
QUARTER = "/atlas?indicator=kinderarmut&level=quartiere"
SLIDES = (
    Slide("a", "text", title=Words("Willkommen")),
    Slide("b", "poll", "single", Words("Stimmt das?"), options=(Words("Ja"), Words("Nein"))),
    Slide("c", "guess", "value", Words("Wie viele?"), view=f"{QUARTER}&areas=05", high=60.0),
)
ORIGIN = {"Origin": "http://localhost"}


class Town(DeskTown):
    """The town with one workshop, and what its service says of it."""

    @property
    def kept(self):
        return self.services.workshops.kept

    def make(self, slides=SLIDES, kind="room"):
        return self.kept.add(
            Script("Abend", slides), release=self.first, level="quartiere", actor="anna", kind=kind
        )


@pytest.fixture
def town(tmp_path):
    return Town.at(tmp_path)


@pytest.fixture
def one(town):
    return town.make()


@pytest.fixture
def anna(town):
    return town.browsers()("anna")


def mark(client, path):
    return re.search(r'name="mark" value="(\w*)"', client.get(path).text)[1]


def typed(client, path, **more):
    """Return what the form of a slide would send back unchanged, with what was typed over it."""
    text = client.get(path).text
    areas = dict(re.findall(r'<textarea id="(\w+)"[^>]*>([^<]*)</textarea>', text))
    lines = dict(re.findall(r'<input id="(\w+)" name="\w+" type="\w+" value="([^"]*)"', text))
    hidden = dict(re.findall(r'type="hidden" name="(mark|sort|place|form)" value="([^"]*)"', text))
    return {**areas, **lines, **hidden, **more}


def save(client, workshop, slide, **more):
    page = f"{PAGE}/{workshop}/folie/{slide}"
    return send(client, f"{page}/aendern", page=page, **typed(client, page, **more))


def test_an_editor_makes_edits_copies_and_deletes(town, anna):
    assert "Noch gibt es keine Werkstatt" in anna.get(PAGE).text
    answer = send(anna, NEW, way="empty", title="Runde im Norden", level="quartiere")
    assert answer.status_code == 303
    (one,) = town.kept.all()
    here = f"{PAGE}/{one.id}"
    assert (one.script.title, one.level, one.kind) == ("Runde im Norden", "quartiere", "room")
    assert "Der Ablauf hat noch keine Folie" in anna.get(here).text
    added = send(
        anna, f"{here}/folie", page=f"{here}/folie?sort=poll-single", sort="poll-single",
        title_de="Ja oder nein?", options_de="Ja\nNein", options_en="Yes\nNo",
    )  # fmt: skip
    assert added.status_code == 303
    assert f"at={town.kept.get(one.id).script.slides[0].id}" in added.location
    send(anna, f"{here}/folie", page=here, sort="break", title_de="Pause", minutes="10", place="1")
    assert [s.kind for s in town.kept.get(one.id).script.slides] == ["break", "poll"]
    send(anna, f"{here}/kopieren", title="Runde im Süden")
    assert {w.script.title for w in town.kept.all()} == {"Runde im Norden", "Runde im Süden"}
    assert "Runde im Norden" in anna.get(f"{here}/loeschen").text
    assert send(anna, f"{here}/loeschen").status_code == 303
    assert [w.script.title for w in town.kept.all()] == ["Runde im Süden"]
    assert anna.get(here).status_code == 404
    listed = anna.get(PAGE).text
    assert "von anna" in listed
    _, rows = town.services.staff.log.rows(LogQuery())
    assert {r.action for r in rows} >= {"workshop_add", "workshop_change", "workshop_delete"}


def test_planners_read_and_carriers_see_nothing(town, one):
    dora, emil = town.browsers()("dora"), town.browsers()("emil")
    here = f"{PAGE}/{one.id}"
    told = dora.get(here).text
    assert "Sie dürfen lesen" in told
    assert "verschieben" not in told
    assert "<fieldset disabled" in dora.get(f"{here}/folie/b").text
    for path in (NEW, f"{here}/folie?sort=text", f"{here}/loeschen", f"{PAGE}/aufnehmen"):
        assert dora.get(path).status_code == 403, path
    for deed in ("aktualisieren", "folie/b/loeschen", "folie/b/verschieben", "kopieren"):
        assert send(dora, f"{here}/{deed}", page=PAGE).status_code == 403, deed
    for path in (PAGE, here, f"{here}/folie/b", f"{here}/ablauf", f"{here}/ablauf.json"):
        assert emil.get(path).status_code == 403, path
    assert town.kept.get(one.id) == one


def test_slides_move_double_and_go(town, one, anna):
    here = f"{PAGE}/{one.id}"

    def ids():
        return [s.id for s in town.kept.get(one.id).script.slides]

    send(anna, f"{here}/folie/c/verschieben", page=here, to="1")
    assert ids() == ["c", "a", "b"]
    for odd in ("0", "-5", "", "viel"):
        send(anna, f"{here}/folie/c/verschieben", page=here, to=odd)
        assert ids()[0] == "c"
    send(anna, f"{here}/folie/a/verschieben", page=here, to="99")
    assert ids() == ["c", "b", "a"]
    send(anna, f"{here}/folie/b/verdoppeln", page=here)
    assert len(ids()) == 4
    path = f"{here}/folie/a"
    assert send(anna, f"{path}/loeschen", page=path, mark=mark(anna, path)).status_code == 303
    assert "a" not in ids()
    assert send(anna, f"{path}/loeschen", page=here).status_code == 404


def test_a_slide_keeps_its_id_and_what_was_typed_wrong_stays(town, one, anna):
    assert save(anna, one.id, "b", title_en="Is that so?").status_code == 303
    slide = town.kept.get(one.id).script.slides[1]
    assert (slide.id, slide.title) == ("b", Words("Stimmt das?", "Is that so?"))
    refused = save(anna, one.id, "b", options_de="Nur eine", title_plain="Stimmt es?")
    assert refused.status_code == 400
    assert "Folie 2: Bitte 2 bis 12 Antworten" in refused.text
    assert "Stimmt es?" in refused.text
    assert town.kept.get(one.id).script.slides[1] == slide


def test_another_form_asks_for_what_it_needs(town, one, anna):
    assert save(anna, one.id, "b", form="scale").status_code == 303
    slide = town.kept.get(one.id).script.slides[1]
    assert (slide.form, slide.low, slide.high, slide.options) == ("scale", 1.0, 5.0, ())
    refused = save(anna, one.id, "b", form="points")
    assert refused.status_code == 400
    assert 'name="options_de"' in refused.text
    assert 'name="low"' not in refused.text
    done = save(anna, one.id, "b", form="points", options_de="A\nB", points="3")
    assert done.status_code == 303
    assert town.kept.get(one.id).script.slides[1].points == 3


def test_an_address_is_read_told_and_refused(town, one, anna):
    path = f"{PAGE}/{one.id}/folie/c"
    told = anna.get(path).text
    assert "Die Zahlen sagen: 38,5\N{NO-BREAK SPACE}%." in told
    assert "Gebiet 05" in told
    pasted = "http://localhost/intern/atlas?indicator=gymnasium&release=x&lang=en"
    done = save(anna, one.id, "c", low="", high="", view=pasted)
    assert done.status_code == 303
    slide = town.kept.get(one.id).script.slides[2]
    assert (slide.view, slide.low, slide.high) == ("/atlas?indicator=gymnasium", 0.0, 60.0)
    for view, reason in (
        ("https://boese.example/atlas", "gehört zu boese.example"),
        ("/intern/daten", "lässt sich nicht zeigen"),
        ("javascript:alert(1)", "keine Adresse dieses Atlas"),
    ):
        answer = save(anna, one.id, "c", view=view)
        assert answer.status_code == 400
        assert reason in answer.text
    looked = save(anna, one.id, "c", view=f"{QUARTER}&areas=02", look="1")
    assert looked.status_code == 200
    assert "kein Wert veröffentlicht" in looked.text
    assert town.kept.get(one.id).script.slides[2] == slide


def test_the_second_of_two_is_told_and_loses_nothing(town, one, anna):
    bert, path = town.browsers()("bert"), f"{PAGE}/{one.id}/folie/b"
    mine = typed(anna, path, title_de="Von Anna")
    assert save(bert, one.id, "b", title_de="Von Bert").status_code == 303
    told = send(anna, f"{path}/aendern", page=path, **mine)
    assert told.status_code == 409
    assert "bert hat diese Folie inzwischen geändert" in told.text
    assert "Von Anna" in told.text
    assert town.kept.get(one.id).script.slides[1].title.de == "Von Bert"
    again = {**mine, "mark": re.search(r'name="mark" value="(\w*)"', told.text)[1]}
    assert send(anna, f"{path}/aendern", page=path, **again).status_code == 303
    assert town.kept.get(one.id).script.slides[1].title.de == "Von Anna"


def test_two_who_change_different_slides_do_not_meet(town, one, anna):
    bert = town.browsers()("bert")
    mine = typed(anna, f"{PAGE}/{one.id}/folie/b", title_de="Von Anna")
    assert save(bert, one.id, "a", title_de="Von Bert").status_code == 303
    path = f"{PAGE}/{one.id}/folie/b"
    assert send(anna, f"{path}/aendern", page=path, **mine).status_code == 303
    titles = [s.title.de for s in town.kept.get(one.id).script.slides]
    assert titles[:2] == ["Von Bert", "Von Anna"]


def test_a_slide_that_was_deleted_meanwhile_can_be_made_anew(town, one, anna):
    bert, path = town.browsers()("bert"), f"{PAGE}/{one.id}/folie/b"
    mine = typed(anna, path, title_de="Von Anna")
    send(bert, f"{path}/loeschen", page=path, mark=mark(bert, path))
    told = send(anna, f"{path}/aendern", page=f"{PAGE}/{one.id}", **mine)
    assert told.status_code == 409
    assert "bert hat diese Folie inzwischen gelöscht" in told.text
    assert "Von Anna" in told.text
    assert f'action="{PAGE}/{one.id}/folie"' in told.text
    gone = send(anna, f"{PAGE}/{one.id}/folie", page=PAGE, **{**mine, "mark": ""})
    assert gone.status_code == 303
    assert len(town.kept.get(one.id).script.slides) == 3


def test_settings_are_kept_and_told_when_somebody_was_quicker(town, one, anna):
    here = f"{PAGE}/{one.id}"
    told = {"mark": mark(anna, here), "title": "Neu", "release": town.first, "level": "bezirke"}
    assert send(anna, f"{here}/einstellen", page=here, **told, is_moderated="1").status_code == 303
    now = town.kept.get(one.id)
    assert (now.script.title, now.level, now.is_moderated) == ("Neu", "bezirke", True)
    stale = send(anna, f"{here}/einstellen", page=here, **{**told, "title": "Alt"})
    assert stale.status_code == 409
    assert 'value="Alt"' in stale.text
    assert town.kept.get(one.id).script.title == "Neu"
    own = {**told, "mark": mark(anna, here)}
    for wrong, reason in (
        ({"release": "weg"}, "Datenstand gibt es nicht"),
        ({"level": "monde"}, "Ebene gibt es"),
        ({"title": " "}, "braucht einen Titel"),
    ):
        answer = send(anna, f"{here}/einstellen", page=here, **{**own, **wrong})
        assert answer.status_code == 400
        assert reason in answer.text


def test_a_question_is_opened_until_a_day_and_closed_for_good(town, anna):
    answer = send(anna, NEW, way="views", views=QUARTER, title="Frage", kind="question",
                  until="2199-12-31")  # fmt: skip
    assert answer.status_code == 303
    (one,) = town.kept.all()
    assert (one.kind, one.is_moderated, one.until.year) == (QUESTION, True, 2199)
    here = f"{PAGE}/{one.id}"
    refused = send(anna, f"{here}/oeffnen", page=here)
    assert refused.status_code == 400
    assert "fragt nichts" in refused.text
    town.kept.change(one.id, Script("Frage", SLIDES), seen=town.kept.get(one.id).version, actor="x")
    assert send(anna, f"{here}/oeffnen", page=here).status_code == 303
    assert town.kept.get(one.id).state.phase == OPEN
    assert "offen bis 31.12.99" in anna.get(here).text
    assert "Bitte erst beenden" in send(anna, f"{here}/loeschen", page=PAGE).text
    assert send(anna, f"{here}/schliessen", page=here).status_code == 303
    assert "beendet" in anna.get(here).text
    for path in ("oeffnen", "schliessen", "folie/a/verschieben"):
        assert send(anna, f"{here}/{path}", page=PAGE, to="3").status_code == 400
    kept = town.kept.get(one.id)
    assert kept.ended is not None


def test_a_question_whose_day_has_passed_does_not_open_and_a_meeting_never_does(town, one, anna):
    here = f"{PAGE}/{one.id}"
    assert "auf der Bühne" in send(anna, f"{here}/oeffnen", page=here).text
    question = town.make(kind="question")
    ground = Ground(town.first, "quartiere", True, town.clock.now)
    town.services.workshops.settings.settle(question.id, ground, seen=1, actor="anna")
    path = f"{PAGE}/{question.id}"
    assert "in der Vergangenheit" in send(anna, f"{path}/oeffnen", page=path).text
    assert "ist kein Datum" in send(anna, NEW, way="empty", title="x", until="morgen").text


def test_a_newer_release_is_taken_on_wish(town, one, anna):
    here, settings = f"{PAGE}/{one.id}", town.services.workshops.settings
    settings.settle(one.id, Ground("2020-01-01-1", "quartiere"), seen=1, actor="anna")
    assert f"der neueste ist {town.first}" in anna.get(here).text
    answer = send(anna, f"{here}/aktualisieren", page=here, mark=mark(anna, here))
    assert answer.status_code == 303
    assert town.kept.get(one.id).release_id == town.first
    assert "der neueste ist" not in anna.get(here).text


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


def test_papers_show_script_and_code(town, one, anna):
    sheet = anna.get(f"{PAGE}/{one.id}/ablauf").text
    assert "Stimmt das?" in sheet
    assert "Die Zahlen sagen" in sheet
    poster = anna.get(f"{PAGE}/{one.id}/aushang").text
    assert f"http://localhost/w/{one.code}" in poster
    assert "nur auf diesem Rechner" in poster
    assert "Machen Sie mit!" in poster


@pytest.mark.parametrize("odd", ["\x00", "a" * 50_000, "1e308", "NaN", "<b>x</b>", "\u202e", "🙂"])
def test_odd_texts_are_kept_or_refused_in_words(one, anna, odd):
    for path, fields in (
        (f"{PAGE}/{one.id}/folie/c/aendern", typed(anna, f"{PAGE}/{one.id}/folie/c")),
        (f"{PAGE}/{one.id}/folie/b/aendern", typed(anna, f"{PAGE}/{one.id}/folie/b")),
        (NEW, {"way": "views", "views": "", "title": ""}),
        (f"{PAGE}/{one.id}/einstellen", {"title": "", "release": "", "level": "", "mark": ""}),
    ):
        for name in fields:
            answer = send(anna, path, page=PAGE if path != NEW else NEW, **{**fields, name: odd})
            assert answer.status_code in (303, 400, 404, 409), (path, name)
            assert "<b>x</b>" not in answer.text


def test_a_template_is_shown_in_english(town, anna):
    send(anna, f"{NEW}?lang=en", way="social", level="quartiere")
    (one,) = town.kept.all()
    told = anna.get(f"{PAGE}/{one.id}?lang=en").text
    assert "Neighbourhood conference Kleinstadt" in told
    assert "Guess: area" in told
