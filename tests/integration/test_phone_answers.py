"""What phones send: it counts once, wrong things are told, and nobody is known by name."""

from __future__ import annotations

import logging
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy.exc import OperationalError

from services.workshop_rooms import TooFastError
from tests.phones import FULL, JSON, ORIGIN
from web.rooms.phone_desk import MOST_NEWCOMERS
from web.rooms.phone_identity import COOKIE

FORGED = ("", "NaN", "1e308", "-1", "٣", "null", "[]", '{"a":1}', "\x00", "x" * 50_000, "0;1", "🙂")


def test_row_87_a_vote_counts_once_and_what_is_wrong_is_told(meeting):
    phone = meeting.phone()
    meeting.page(phone)
    assert meeting.send(phone, "eins", option="0").status_code == 409
    meeting.show("eins")
    for _ in range(3):
        assert meeting.send(phone, "eins", "same", option="0").json["done"] is True
    assert meeting.answers("eins").counts == (1, 0)
    unknown = meeting.send(phone, "eins", "k2", option="9")
    assert unknown.status_code == 400
    assert "angebotenen Antworten" in unknown.json["message"]
    assert meeting.send(phone, "punkte", option="0").status_code == 409
    assert meeting.send(phone, "nirgends", option="0").status_code == 409
    assert meeting.send(phone, "eins", "k3", option="1").status_code == 200
    assert meeting.answers("eins").counts == (0, 1)
    meeting.clock.on(seconds=2)
    body = {"slide": "eins", "key": "k4", "option": "0"}
    address = f"/w/{meeting.code}/antwort"
    hasty = [phone.post(address, data=body, headers=JSON) for _ in range(10)]
    assert [a.status_code for a in hasty] == [200] * 5 + [429] * 5
    assert hasty[-1].headers["Retry-After"] == "1"
    meeting.move("refuse")
    assert meeting.send(phone, "eins", "k5", option="1").status_code == 409
    meeting.move("end")
    late = meeting.send(phone, "eins", "k6", option="1")
    assert late.status_code == 409
    assert "beendet" in late.json["message"]


@pytest.mark.parametrize("slide", sorted(FULL))
@pytest.mark.parametrize("lang", ["de", "en"])
def test_row_88_no_forged_value_makes_a_room_stumble(meeting, slide, lang):
    meeting.show(slide)
    phone = meeting.phone()
    for name in ("option", "options", "value", "points", "area", "x", "category", "key", "text"):
        for value in FORGED:
            fields = {**FULL[slide], "key": "k", name: value, "y": "47"}
            meeting.clock.on(seconds=1)
            answer = phone.post(
                f"/w/{meeting.code}/antwort?lang={lang}",
                data={"slide": slide, **fields}, headers=JSON,
            )  # fmt: skip
            assert answer.status_code in (200, 400), (name, value)
            assert answer.json.get("message") or answer.json["done"]


def test_row_88_pins_outside_or_too_long_are_refused_and_markup_stays_text(meeting):
    meeting.show("fehlt")
    phone = meeting.phone()
    where = {"category": "0", "area": ""}
    for x, y in (("2.3", "48.8"), ("NaN", "54.1"), ("1e308", "54.1"), ("inf", "0")):
        answer = meeting.send(phone, "fehlt", text="x", x=x, y=y, **where)
        assert answer.status_code == 400, (x, y)
    long = meeting.send(phone, "fehlt", category="0", area="01", text="x" * 50_000)
    assert long.status_code == 400
    assert "500" in long.json["message"]
    huge = meeting.send(phone, "fehlt", category="0", area="01", text="x" * 70_000)
    assert huge.status_code == 413
    assert meeting.pins() == []
    text = "<b>Licht</b> 🙂 \u202e <script>alert(1)</script>"
    assert meeting.send(phone, "fehlt", category="0", area="01", text=text).status_code == 200
    page = meeting.page(phone).text
    assert "&lt;b&gt;Licht&lt;/b&gt; 🙂 &lt;script&gt;" in page
    assert "<b>Licht" not in page
    assert "\u202e" not in page


def test_row_91_without_script_and_cookies_answers_count_and_can_be_changed(meeting):
    meeting.show("eins")
    phone = meeting.server.test_client(use_cookies=False)
    page = meeting.page(phone)
    who = re.search(r'name="who" value="([\w-]+)"', page.text)[1]
    first = meeting.send(phone, "eins", form=True, option="0", who=who)
    assert first.status_code == 303
    after = phone.get(first.headers["Location"]).text
    assert "nimmt keine Cookies an" in after
    assert "Ihre Antwort: <strong>Ja" in after
    assert parse_qs(urlsplit(first.headers["Location"]).query)["who"] == [who]
    again = re.search(r'name="who" value="([\w-]+)"', after)[1]
    meeting.send(phone, "eins", "k2", form=True, option="1", who=again)
    assert meeting.answers("eins").counts == (0, 1)
    assert "führt keine Skripte aus" in after
    assert "Seite neu laden" in after


def test_row_91_where_a_plain_form_is_wrong_the_page_says_so_and_keeps_what_was_typed(meeting):
    meeting.show("fehlt")
    phone = meeting.phone()
    meeting.page(phone)
    answer = meeting.send(phone, "fehlt", form=True, category="1", text="Licht", area="")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert "Bitte ein Gebiet aus der Liste wählen." in answer.text
    assert ">Licht</textarea>" in answer.text


def test_with_cookies_the_secret_stands_in_no_page_and_no_address(meeting):
    meeting.show("eins")
    phone = meeting.phone()
    meeting.page(phone)
    secret = phone.get_cookie(COOKIE, path="/w/").value
    assert secret not in meeting.page(phone).text
    answer = meeting.send(phone, "eins", form=True, option="0")
    assert "who" not in answer.headers["Location"]
    cookie = next(c for c in meeting.page(meeting.phone()).headers.getlist("Set-Cookie"))
    assert "HttpOnly" in cookie
    assert "Path=/w/" in cookie
    assert "SameSite=Lax" in cookie


def test_opening_a_page_joins_nobody_and_saying_so_twice_joins_once(meeting):
    phone = meeting.phone()
    meeting.page(phone)
    assert meeting.workshops.rooms.joined(meeting.room) == 0
    for _ in range(2):
        assert phone.post(f"/w/{meeting.code}/da", headers=JSON).status_code == 200
    assert meeting.workshops.rooms.joined(meeting.room) == 1


def test_participants_agree_once_with_what_is_shown(meeting):
    meeting.show("fehlt")
    one, two = meeting.phone(), meeting.phone()
    for phone in (one, two):
        meeting.page(phone)
    meeting.send(one, "fehlt", **FULL["fehlt"])
    pin = meeting.pins()[0].id
    for _ in range(2):
        assert meeting.send(two, "", to="zustimmung", pin=pin).status_code == 200
    assert meeting.pins()[0].upvotes == 1
    page = meeting.page(two).text
    assert "Sie haben zugestimmt" in page
    assert "1 Zustimmung" in page
    assert meeting.send(two, "", to="zustimmung", pin="nichts").status_code == 400
    plain = meeting.send(one, "", to="zustimmung", form=True, pin=pin)
    assert plain.status_code == 303
    assert meeting.pins()[0].upvotes == 2


def test_other_sites_send_nothing_and_participants_present_nothing(meeting):
    meeting.show("eins")
    phone = meeting.phone()
    address = f"/w/{meeting.code}/antwort"
    body = {"slide": "eins", "key": "k", "option": "0"}
    for origin in ({}, {"Origin": "https://boese.example"}, {"Origin": "null"}):
        assert phone.post(address, data=body, headers=origin).status_code == 403
    before = meeting.room.state
    for path in (
        f"/w/{meeting.code}/schritt", f"/werkstatt/{meeting.made.id}/schritt",
        f"/intern/werkstatt/{meeting.made.id}/buehne", f"/live/{meeting.code}/state",
    ):  # fmt: skip
        answer = phone.post(path, data={"deed": "next", "do": "next"}, headers=ORIGIN)
        assert answer.status_code in (401, 403, 404, 405), path
    assert meeting.room.state == before
    assert meeting.answers("eins").answers == 0


def test_many_new_participants_of_a_question_from_one_address_have_to_wait(question, meeting):
    meeting.show("eins")

    def newcomer(room):
        phone = room.phone()
        phone.environ_base["REMOTE_ADDR"] = "10.5.5.5"
        return room.send(phone, "eins", option="0").status_code

    found = [newcomer(room) for room in (question, meeting) for _ in range(MOST_NEWCOMERS + 2)]
    assert found[: MOST_NEWCOMERS + 2] == [200] * MOST_NEWCOMERS + [429] * 2
    assert found[MOST_NEWCOMERS + 2 :] == [200] * (MOST_NEWCOMERS + 2)


def test_while_the_database_is_away_phones_are_asked_to_send_again(meeting, monkeypatch):
    meeting.show("eins")
    phone = meeting.phone()

    def away(*_):
        raise OperationalError("x", {}, Exception("away"))

    monkeypatch.setattr(meeting.workshops.rooms, "answer", away)
    answer = meeting.send(phone, "eins", option="0")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "3"
    assert "noch einmal senden" in answer.json["message"]
    assert meeting.send(phone, "eins", form=True, option="0").status_code == 503

    def hasty(*_):
        raise TooFastError

    monkeypatch.setattr(meeting.workshops.rooms, "answer", hasty)
    plain = meeting.send(phone, "eins", form=True, option="0")
    assert (plain.status_code, plain.headers["Retry-After"]) == (429, "1")


def test_no_log_holds_an_address_or_a_secret(meeting, caplog):
    caplog.set_level(logging.INFO)
    meeting.show("eins")
    phone = meeting.server.test_client(use_cookies=False)
    secret = "s" * 32
    phone.get(f"/w/{meeting.code}?who={secret}", environ_base={"REMOTE_ADDR": "10.9.8.7"})
    meeting.send(phone, "eins", form=True, option="0", who=secret)
    told = " ".join(f"{r.getMessage()} {getattr(r, 'fields', '')}" for r in caplog.records)
    assert f"/w/{meeting.code}" in told
    assert secret not in told
    assert "10.9.8.7" not in told
