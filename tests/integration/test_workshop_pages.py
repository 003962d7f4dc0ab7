"""Workshops on the pages of staff: made, edited, opened, and nothing that was typed is lost."""

from __future__ import annotations

import re

import pytest

from domain.workshop_room import OPEN, QUESTION
from domain.workshop_script import Script, Words
from services.audit_log import LogQuery
from services.workshop_settings import Ground
from tests.staff import send
from tests.workshop_pages import NEW, PAGE, QUARTER, SLIDES, Town, mark, save, typed


@pytest.fixture
def town(tmp_path):
    return Town.at(tmp_path)


@pytest.fixture
def one(town):
    return town.make()


@pytest.fixture
def anna(town):
    return town.browsers()("anna")


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
