"""The live protocol: small answers, one rendering for all, codes that cannot be guessed."""

from __future__ import annotations

import pytest

from domain.workshop_codes import LETTERS
from tests.phones import JSON, SLIDES
from web.rooms import phone_pages
from web.rooms.phone_live import POLL_MS, RETRY_HEADER, Pressure

FIELDS = {"v", "frame", "phase", "slide", "kind", "position", "of", "accepts", "revealed", "blank",
          "joined", "answered", "left", "retry_ms"}  # fmt: skip


def state(room, phone, version=""):
    return phone.get(f"/live/{room.code}/state", query_string={"v": version})


def wrong(n):
    return "WW" + LETTERS[n // 29] + LETTERS[n % 29] + "WWWW"


def from_address(address):
    return {"environ_base": {"REMOTE_ADDR": address}}


def test_a_state_is_small_and_told_only_when_it_is_news(meeting):
    phone = meeting.phone()
    first = state(meeting, phone)
    assert set(first.json) == FIELDS
    assert (first.json["phase"], first.json["slide"]) == ("waiting", "")
    nothing = state(meeting, phone, first.json["v"])
    assert (nothing.status_code, nothing.data) == (204, b"")
    assert nothing.headers[RETRY_HEADER] == str(POLL_MS)
    for slide in SLIDES:
        meeting.show(slide.id, "reveal")
        answer = state(meeting, phone, first.json["v"])
        assert answer.status_code == 200
        assert len(answer.data) < 4096
        assert (answer.json["slide"], answer.json["revealed"]) == (slide.id, True)
    long = "/atlas?areas=" + ",".join(str(n) for n in range(900))
    meeting.move("explore", view=long)
    assert len(state(meeting, phone).data) < 4096


def test_a_screen_is_rendered_once_for_all_phones_of_a_language(meeting, monkeypatch):
    rendered = []
    monkeypatch.setattr(
        phone_pages, "render_template", lambda name, **given: rendered.append(given["lang"]) or "x"
    )
    meeting.show("sicht")
    for lang in ("de", "en"):
        for _ in range(20):
            answer = meeting.phone().get(f"/live/{meeting.code}/screen?lang={lang}")
            assert answer.status_code == 200
    assert rendered == ["de", "en"]
    meeting.move("next")
    meeting.phone().get(f"/live/{meeting.code}/screen?lang=de")
    assert rendered == ["de", "en", "de"]


def test_the_shared_screen_holds_nothing_of_a_phone(meeting):
    meeting.show("eins")
    phone = meeting.phone()
    meeting.page(phone)
    meeting.send(phone, "eins", option="1")
    assert "<strong>Nein" in meeting.page(phone).text
    shared = phone.get(f"/live/{meeting.code}/screen?lang=de").text
    assert "<strong>Nein" not in shared
    assert "checked" not in shared
    assert 'name="key"' not in shared
    assert 'name="who"' not in shared


def test_the_frame_stays_while_only_answers_come_in(meeting):
    phone = meeting.phone()
    meeting.show("eins", "reveal")
    before = state(meeting, phone).json
    meeting.send(phone, "eins", option="1")
    after = state(meeting, phone, before["v"]).json
    assert after["v"] != before["v"]
    assert after["frame"] == before["frame"]
    meeting.move("hide")
    assert state(meeting, phone).json["frame"] != before["frame"]


@pytest.mark.parametrize("address", ["10.1.1.1", "2001:db8:7::1"])
def test_row_86_wrong_codes_are_counted_and_200_joins_of_one_address_pass(meeting, address):
    phone = meeting.phone()
    found = [phone.get(f"/w/{wrong(n)}", **from_address(address)).status_code for n in range(33)]
    assert found == [404] * 30 + [429] * 3
    last = phone.get(f"/live/{wrong(40)}/state", **from_address(address))
    assert last.status_code == 429
    assert 0 < int(last.headers["Retry-After"]) <= 60
    other = "2001:db8:7::ffff" if ":" in address else address
    assert phone.get(f"/w/{wrong(41)}", **from_address(other)).status_code == 429
    assert phone.get(f"/w/{wrong(41)}", **from_address("10.2.2.2")).status_code == 404
    for _ in range(200):
        joining = meeting.phone()
        assert joining.get(f"/w/{meeting.code}", **from_address(address)).status_code == 200
        joined = joining.post(f"/w/{meeting.code}/da", headers=JSON, **from_address(address))
        assert joined.status_code == 200
    assert meeting.workshops.rooms.joined(meeting.room) == 200


def test_a_room_that_was_deleted_is_gone_for_phones_that_follow_it(meeting):
    phone = meeting.phone()
    version = state(meeting, phone).json["v"]
    meeting.move("end")
    meeting.workshops.kept.delete(meeting.made.id, actor="anna")
    assert state(meeting, phone, version).status_code == 410
    assert phone.get(f"/live/{meeting.code}/screen").status_code == 410
    assert meeting.send(phone, "eins", option="0").status_code == 410


def test_under_pressure_phones_are_asked_to_ask_less_often():
    now = [0.0]
    pressure = Pressure(lambda: now[0])
    assert pressure.retry_ms() == POLL_MS
    waits = [pressure.retry_ms() for _ in range(1400)]
    assert waits[-1] > 1.9 * POLL_MS
    now[0] = 1.0
    assert pressure.retry_ms() > 1.9 * POLL_MS
    now[0] = 5.0
    assert pressure.retry_ms() == POLL_MS


def test_phones_of_a_question_seldom_ask(question):
    answer = state(question, question.phone())
    assert int(answer.headers[RETRY_HEADER]) >= 30_000
