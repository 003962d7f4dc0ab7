"""What the stage and its notes are told, and what they are never told."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from data.accounts import writing
from data.workshop_contributions import put_pin
from domain.workshop_script import Words
from tests.phones import FULL
from tests.stages import told_of


@pytest.mark.parametrize("slide", ["schaetzen", "wo", "reihe", "eins", "viele", "skala", "punkte"])
def test_results_stand_nowhere_before_they_are_revealed(stage, slide):
    anna, onlooker, phone = stage.presenter("anna"), stage.phone(), stage.phone()
    stage.steps(anna, slide)
    stage.send(phone, slide, to="da")
    assert stage.send(phone, slide, **FULL[slide]).status_code == 200
    told = stage.step(anna, "stay").json
    assert told["counts"]["answered"] == "1 Antwort"
    revealed = stage.step(anna, "reveal").json
    finding = re.search(r'id="finding">([^<]+)<', revealed["results"])[1]
    assert finding
    assert finding in stage.told(onlooker)["results"]
    hidden = stage.step(anna, "hide").json
    assert hidden["results"].strip() == hidden["frame"] == ""
    numbers = set(re.findall(r"\d+,\d", revealed["results"]))
    for client in (anna, onlooker):
        seen = stage.everything(client)
        assert finding not in seen
        assert not numbers & set(re.findall(r"\d+,\d", re.sub(r' d="[^"]*"', "", seen)))


def test_a_revealed_guess_has_its_map_beside_it_and_a_page_without_one_its_frame(stage):
    anna = stage.presenter("anna")
    told = stage.steps(anna, "wo", "reveal")
    assert "room-map" in told["results"]
    right = re.search(r"Wert hat ([^<]+)\.", told["results"])[1]
    assert f">{right}</text>" in told["results"]
    assert told["frame"] == ""
    assert told["home"].startswith("/atlas?indicator=kinderarmut")
    assert stage.steps(anna, "bedarf")["frame"].startswith("/bedarf?level=quartiere&release=")
    assert "release=" in stage.steps(anna, "sicht")["frame"]


def test_contributions_are_shown_live_and_hidden_ones_never(stage):
    anna, phone = stage.presenter("anna"), stage.phone()
    stage.steps(anna, "fehlt")
    stage.send(phone, "fehlt", to="da")
    fields = {**FULL["fehlt"], "text": "<b>Licht</b> am Weg"}
    assert stage.send(phone, "fehlt", **fields).status_code == 200
    told = stage.told(stage.phone())
    assert told["counts"]["answered"] == "1 Beitrag"
    assert "&lt;b&gt;Licht&lt;/b&gt; am Weg" in told["results"]
    assert "Karte der Beiträge" in told["results"]
    pin, rooms = stage.pins()[0], stage.workshops.rooms
    with writing(rooms._database) as connection:
        put_pin(connection, "kleinstadt", stage.made.id, replace(pin, state="hidden"))
    for client in (anna, stage.phone()):
        assert "am Weg" not in stage.everything(client)
    assert stage.told(anna)["counts"]["answered"] == "0 Beiträge"


def test_notes_are_for_the_presenter_alone(stage):
    anna, onlooker = stage.presenter("anna"), stage.phone()
    slides = tuple(replace(s, notes=f"Geheim {s.id}") for s in stage.made.script.slides)
    script = replace(stage.made.script, slides=slides)
    stage.workshops.kept.change(stage.made.id, script, seen=1, actor="anna")
    notes = anna.get(f"{stage.path}/notizen?lang=en")
    assert "Geheim hallo" in notes.text
    assert "Slide 1 of 12" in notes.text
    assert onlooker.get(f"{stage.path}/notizen").status_code == 403
    assert "Geheim" not in stage.everything(onlooker)
    assert "no-store" in notes.headers["Cache-Control"]


def test_nothing_new_is_nothing_and_whoever_joins_is_counted(stage):
    anna = stage.presenter("anna")
    stage.steps(anna, "hallo")
    told = stage.told(anna)
    assert anna.get(f"{stage.path}/stand", query_string={"v": told["v"]}).status_code == 204
    stage.send(stage.phone(), "eins", to="da")
    again = stage.told(anna, v=told["v"])
    assert again["counts"]["joined"] == "1 Person dabei"
    assert stage.told(anna, v=again["v"], lang="en")["counts"]["joined"] == "1 person here"
    assert "Hallo" in stage.told(anna, lang="plain")["slide"]


def test_exploring_leads_phones_along_and_back(stage):
    anna = stage.presenter("anna")
    stage.steps(anna, "hallo")
    view = "/vergleich?level=quartiere&areas=01,03"
    told = stage.step(anna, "explore", view=view, follows=True).json
    assert (told["mode"], told["explored"]) == ("explore", view)
    assert told["frame"].startswith(view)
    assert "vergleich" in stage.page(stage.phone()).text
    stage.step(anna, "explore", view=view, follows=False)
    assert "Guten Abend" in stage.page(stage.phone()).text
    refused = stage.step(anna, "explore", view="/methoden")
    assert refused.status_code == 409
    assert "kann auf der Bühne nicht gezeigt werden" in told_of(refused)[0]
    assert stage.step(anna, "return").json["mode"] == "text"


def test_a_break_ends_when_it_is_over(stage):
    anna = stage.presenter("anna")
    told = stage.steps(anna, "pause")
    assert told["ends"] == stage.room.state.since + 15 * 60
    assert "Weiter geht es um" in told["slide"]


def test_what_a_script_says_stays_text(stage):
    anna = stage.presenter("anna")
    evil = Words("</script><img src=x onerror=alert(1)>")
    slides = (replace(stage.made.script.slides[0], title=evil), *stage.made.script.slides[1:])
    script = replace(stage.made.script, slides=slides, title=evil.de)
    stage.workshops.kept.change(stage.made.id, script, seen=1, actor="anna")
    stage.step(anna, "start")
    for path in ("", "/notizen"):
        page = anna.get(stage.path + path).text
        assert "<img" not in page
        assert page.count("</script>") == page.count("<script")
