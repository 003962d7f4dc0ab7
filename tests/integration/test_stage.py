"""The stage of a workshop: who may move it, who leads it, and what becomes of a step."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from services.audit_log import LogQuery
from services.workshops import LEASE
from tests.phones import ORIGIN
from tests.stages import token_of, told_of


def test_only_who_opened_the_stage_after_signing_in_moves_it(stage):
    onlooker = stage.phone()
    assert stage.told(onlooker)["leads"] is False
    refused = stage.step(onlooker, "start")
    assert refused.status_code == 403
    assert told_of(refused)[0].startswith("Steuern und Notizen lesen kann nur")
    assert told_of(refused)[1].startswith("Only whoever leads")
    onlooker.set_cookie("keck_stage", "x" * 43, path=stage.path)
    assert stage.step(onlooker, "start").status_code == 403
    onlooker.set_cookie("keck_stage", "x" * 3_000, path=stage.path)
    assert stage.step(onlooker, "start").status_code == 403
    assert stage.room.state.phase == "waiting"
    anna = stage.presenter("anna")
    assert stage.step(anna, "start").json["phase"] == "open"
    # a participant has a cookie too, but not this one
    phone = stage.phone()
    stage.send(phone, "eins", to="da")
    assert stage.step(phone, "next").status_code == 403
    assert stage.room.state.position == 0


def test_the_secret_of_the_presenter_is_kept_as_a_hash_and_stands_in_no_page(stage):
    anna = stage.person("anna")
    answer = stage.open(anna)
    token, cookie = token_of(answer), answer.headers["Set-Cookie"]
    assert len(token) >= 43
    for part in ("HttpOnly", "SameSite=Strict", f"Path={stage.path}"):
        assert part in cookie
    assert stage.room.presenter == hashlib.sha256(token.encode()).hexdigest()
    assert token not in answer.headers["Location"]
    shown = stage.everything(anna)
    assert stage.made.script.title in shown
    assert token not in shown
    assert stage.room.presenter not in shown


def test_who_may_not_see_drafts_opens_no_stage(stage):
    assert stage.open(stage.person("emil")).status_code == 403
    path = f"/intern/werkstatt/{stage.made.id}/buehne"
    assert stage.phone().post(path, headers=ORIGIN).status_code == 401
    assert stage.room.presenter == ""
    assert stage.phone().get("/werkstatt/gibt-es-nicht").status_code == 404
    unknown = stage.person("anna")
    stage.made = replace(stage.made, id="gibt-es-nicht")
    assert stage.open(unknown).status_code == 404


def test_a_question_without_a_meeting_has_no_stage(stage, question):
    stage.made = question.made
    assert stage.phone().get(stage.path).headers["Location"] == f"/w/{question.code}"
    assert stage.open(stage.person("anna")).status_code == 400


def test_a_second_presenter_is_told_who_leads_and_may_take_over(stage):
    anna, bert = stage.presenter("anna"), stage.person("bert")
    stage.steps(anna, "eins", "reveal")
    conflict = stage.open(bert)
    assert conflict.status_code == 409
    assert "anna leitet diese Werkstatt gerade, mindestens bis" in conflict.text
    assert stage.step(bert, "next").status_code == 403
    assert stage.open(bert, force="1").status_code == 303
    refused = stage.step(anna, "next")
    assert refused.status_code == 403
    assert "an einem anderen Gerät" in told_of(refused)[0]
    assert stage.told(anna)["leads"] is False
    assert anna.get(f"{stage.path}/notizen").status_code == 403
    shown = stage.told(bert)
    assert (shown["leads"], shown["revealed"]) == (True, True)
    _, rows = stage.staff.log.rows(LogQuery(action="workshop_lead"))
    mine = [row.actor for row in rows if row.object == f"workshop {stage.made.id}"]
    assert mine == ["bert", "anna"]


def test_of_two_presenters_the_one_who_lost_the_lead_meanwhile_gets_409(stage, monkeypatch):
    anna = stage.presenter("anna")
    looked = stage.workshops.live.look(stage.code, now=True)
    stage.workshops.kept.lead(stage.made.id, "jemand", by_force=True)
    monkeypatch.setattr(stage.workshops.live, "look", lambda *_a, **_k: looked)
    conflict = stage.step(anna, "start")
    assert conflict.status_code == 409
    assert "leitet diese Werkstatt, mindestens bis" in told_of(conflict)[0]
    assert stage.room.state.phase == "waiting"


def test_coming_back_asks_for_nothing_and_neither_does_a_lead_that_ran_out(stage):
    stage.presenter("anna")
    again = stage.person("anna")
    assert stage.open(again).status_code == 303
    assert stage.step(again, "start").status_code == 200
    stage.clock.on(seconds=LEASE.total_seconds() + 1)
    bert = stage.person("bert")
    assert stage.open(bert).status_code == 303
    assert stage.step(bert, "next").status_code == 200


def test_an_open_stage_prolongs_the_lead(stage):
    anna = stage.presenter("anna")
    for _ in range(3):
        stage.clock.on(seconds=20)
        assert stage.step(anna, "stay").status_code == 200
    assert stage.open(stage.person("bert")).status_code == 409


def test_row_89_the_state_stays_when_the_laptop_is_closed(stage):
    anna = stage.presenter("anna")
    stage.steps(anna, "punkte", "reveal")
    before = stage.room.state
    stage.clock.on(hours=1)
    phone = stage.phone()
    assert stage.room.state == before
    assert "Was zuerst?" in stage.page(phone).text
    assert stage.step(anna, "next").json["position"] == before.position + 1


def test_row_89_a_room_that_is_deleted_is_told_as_such(stage):
    anna = stage.presenter("anna")
    stage.steps(anna, "eins")
    ended = stage.step(anna, "end").json
    assert ended["mode"] == "ended"
    assert f"/intern/werkstatt/{stage.made.id}/ergebnisse" in ended["slide"]
    assert "/ergebnisse" not in stage.told(stage.phone())["slide"]
    assert stage.step(anna, "next").status_code == 409
    stage.workshops.kept.delete(stage.made.id, actor="bert")
    for path in ("", "/stand"):
        assert anna.get(stage.path + path).status_code == 410
    gone = stage.step(anna, "next")
    assert gone.status_code == 410
    assert told_of(gone) == ("Diese Werkstatt wurde gelöscht.", "This workshop was deleted.")


@pytest.mark.parametrize(
    "body",
    [
        b"", b"null", b"[]", b'"next"', b"{", b'{"deed": NaN}', b'{"deed": 1e999}', b"[" * 100_000,
        b'{"deed": ["next"]}', b'{"deed": "springen"}', b'{"deed": "go"}',
        b'{"deed": "go", "position": "1"}', b'{"deed": "go", "position": true}',
        b'{"deed": "go", "position": 1e308}', b'{"deed": "go", "position": 1.5}',
        b'{"deed": "explore", "view": {"a": 1}}', b'{"deed": "next", "follows": 1}',
        b'{"deed": "explore", "view": "/atlas?' + b"x" * 50_000 + b'"}',
        b'{"deed": "next\\u0000"}', b"\xff\xfe",
    ],
)  # fmt: skip
def test_no_forged_step_makes_the_stage_stumble(stage, body):
    anna = stage.presenter("anna")
    stage.steps(anna, "hallo")
    version = stage.room.state.version
    answer = anna.post(
        f"{stage.path}/schritt", data=body, headers=ORIGIN, content_type="application/json"
    )
    assert answer.status_code == 400
    assert "Diesen Schritt kennt die Bühne nicht" in told_of(answer)[0]
    assert stage.room.state.version == version


def test_a_step_of_another_site_is_refused(stage):
    anna = stage.presenter("anna")
    path = f"{stage.path}/schritt"
    for headers in ({}, {"Origin": "http://boese.example"}):
        assert anna.post(path, json={"deed": "start"}, headers=headers).status_code == 403
    assert stage.room.state.phase == "waiting"
