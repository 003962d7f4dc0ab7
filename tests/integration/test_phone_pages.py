"""What a phone shows of a room: by kind of slide, in three languages, and never too early."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from tests.integration.canary_crawl import told
from tests.phones import FULL, SLIDES, PhoneRoom, numbers_in

ASKING = [slide.id for slide in SLIDES if slide.asks]


def test_a_room_waits_begins_goes_dark_and_ends(meeting):
    phone = meeting.phone()
    assert "Gleich geht es los" in meeting.page(phone).text
    meeting.show("hallo")
    page = meeting.page(phone).text
    assert "Folie 1 von 12" in page
    assert "Worum es geht." in page
    meeting.move("blank")
    assert "Bitte nach vorn schauen" in meeting.page(phone).text
    meeting.move("light")
    meeting.move("end")
    assert "Die Werkstatt ist beendet. Danke." in meeting.page(phone).text
    meeting.workshops.kept.delete(meeting.made.id, actor="anna")
    gone = meeting.page(phone)
    assert gone.status_code == 410
    assert "Die Werkstatt ist beendet" in gone.text


@pytest.mark.parametrize(
    ("lang", "said"),
    [("de", ("Guten Abend", "Folie 1")), ("en", ("Good evening", "Slide 1")),
     ("plain", ("Hallo", "Folie 1"))],
)  # fmt: skip
def test_a_phone_speaks_three_languages(meeting, lang, said):
    meeting.show("hallo")
    page = meeting.page(meeting.phone(), lang).text
    assert all(text in page for text in said)
    assert f'<html lang="{"en" if lang == "en" else "de"}">' in page


def test_the_first_visit_is_in_the_language_of_the_browser(meeting):
    address = f"/w/{meeting.code}"
    english = meeting.phone().get(address, headers={"Accept-Language": "en-GB,en;q=0.9"})
    assert "It is about to begin" in english.text
    other = meeting.phone().get(address, headers={"Accept-Language": "tr"})
    assert "Gleich geht es los" in other.text


def test_plain_words_differ_from_the_german_ones(meeting):
    meeting.show("fehlt")
    plain = meeting.page(meeting.phone(), "plain").text
    german = meeting.page(meeting.phone(), "de").text
    assert "Was möchten Sie sagen?" in plain
    assert "Was möchten Sie sagen?" not in german


@pytest.mark.parametrize("slide", ASKING)
def test_every_question_is_answered_by_a_plain_form_and_the_answer_is_shown(meeting, slide):
    meeting.show(slide)
    phone = meeting.phone()
    page = meeting.page(phone).text
    key = re.search(r'name="key" value="([\w-]+)"', page)[1]
    answer = meeting.send(phone, slide, key, form=True, **FULL[slide])
    assert answer.status_code == 303
    after = phone.get(answer.headers["Location"]).text
    assert "Gesendet." in after
    shown = {
        "schaetzen": "Ihre Antwort: <strong>12,5", "wo": "<strong>Gebiet 05",
        "reihe": "1. Gebiet 05, 2. Gebiet 01, 3. Gebiet 03", "eins": "<strong>Nein",
        "viele": "<strong>Kita, Verein", "skala": "<strong>7", "punkte": "Kita: 3, Schule: 2",
        "fehlt": "Hier ist es dunkel",
    }  # fmt: skip
    assert shown[slide] in after


@pytest.mark.parametrize("slide", ["schaetzen", "wo", "reihe"])
@pytest.mark.parametrize("lang", ["de", "en", "plain"])
def test_before_the_reveal_a_guess_holds_no_value_class_or_colour(meeting, slide, lang):
    meeting.show(slide)
    phone = meeting.phone()
    shared = phone.get(f"/live/{meeting.code}/screen?lang={lang}").text
    for page in (meeting.page(phone, lang).text, shared):
        assert numbers_in(page) == set()
        assert set(re.findall(r'fill="([^"]+)"', page)) <= {"#e9e6dd"}
        assert "Kinderarmut" not in page
        assert "phone__legend" not in page
    meeting.move("reveal")
    after = meeting.page(phone, lang).text
    assert len(numbers_in(after)) > 5
    assert len(set(re.findall(r'fill="(#\w+)"', after))) > 3
    assert "Kinderarmut" in after


def test_a_view_is_a_map_a_legend_and_a_table_that_names_every_state(meeting):
    meeting.show("sicht")
    page = meeting.page(meeting.phone()).text
    assert 'role="img" aria-label="' in page
    assert page.count("data-area=") == 12
    assert "map5-suppressed" in page
    table = page[page.index("<table>") :]
    assert table.count('<th scope="row">') == 12
    assert "geheim" in table
    assert "Gebiet 01</text>" in page


def test_other_pages_are_told_and_opened_by_a_link(meeting):
    meeting.show("bedarf")
    page = meeting.page(meeting.phone(), "en").text
    link = re.search(r'href="(/bedarf\?[^"]+)"', page)[1]
    assert "lang=en" in link
    assert "release=" in link


def test_what_the_presenter_explores_is_followed_or_not(meeting):
    meeting.show("hallo")
    phone = meeting.phone()
    meeting.move("explore", view="/atlas?indicator=gymnasium&level=quartiere", follows=True)
    assert "Gymnasium" in meeting.page(phone).text
    meeting.move("explore", view="/atlas?indicator=gymnasium&level=quartiere", follows=False)
    assert "Guten Abend" in meeting.page(phone).text
    assert phone.get(f"/live/{meeting.code}/state").json.get("explored") is None


def test_a_break_tells_how_long_it_still_lasts(meeting):
    meeting.show("pause")
    meeting.clock.on(minutes=4, seconds=30)
    phone = meeting.phone()
    assert "Weiter geht es in 11 Minuten." in meeting.page(phone).text
    assert phone.get(f"/live/{meeting.code}/state").json["left"] == 630
    assert "Pause von 15 Minuten." in phone.get(f"/live/{meeting.code}/screen?lang=de").text


def test_results_are_shown_when_they_are_revealed_and_not_before(meeting):
    meeting.show("eins")
    phone = meeting.phone()
    meeting.send(phone, "eins", option="1")
    assert "1 von 1" not in meeting.page(phone).text
    meeting.move("reveal")
    page = meeting.page(phone).text
    assert "Am häufigsten: Nein (1 von 1)" in page
    assert "1 (100 %)" in page
    meeting.show("wo", "reveal")
    assert "Noch keine Antwort." in meeting.page(phone).text


def test_pins_of_a_moderated_room_wait_and_are_told_to_whom_they_belong(meeting):
    meeting.workshops.kept.arrange(meeting.made.id, is_moderated=True, until=None, actor="anna")
    meeting.show("fehlt")
    phone, other = meeting.phone(), meeting.phone()
    assert "wird geprüft" in meeting.page(phone).text
    meeting.send(phone, "fehlt", **FULL["fehlt"])
    assert "Hier ist es dunkel" in meeting.page(phone).text
    assert "Hier ist es dunkel" not in meeting.page(other).text
    assert "Hier ist es dunkel" not in phone.get(f"/live/{meeting.code}/screen?lang=de").text


def test_a_question_shows_all_its_slides_at_once_and_closes_on_its_day(question, client):
    phone = question.phone()
    page = question.page(phone).text
    assert all(slide.title.de in page for slide in SLIDES)
    assert page.count("<form") >= len(ASKING)
    assert question.send(phone, "punkte", points=["5", "0"]).status_code == 200
    assert question.send(phone, "eins", option="0").status_code == 200
    until = question.clock.now + dt.timedelta(days=3)
    question.workshops.kept.arrange(question.made.id, is_moderated=True, until=until, actor="anna")
    door = phone.get("/werkstatt?lang=de").text
    assert f"/w/{question.code}" in door
    assert "Offen bis 27. November 2026." in door
    question.clock.on(days=4)
    assert "Diese Frage war bis 27. November 2026 offen." in question.page(phone).text
    assert f"/w/{question.code}" not in phone.get("/w").text
    assert question.send(phone, "eins", "k9", option="1").status_code == 409


def test_no_phone_shows_a_hidden_number(canary_server, hidden):
    server, services = canary_server
    room = PhoneRoom(server, services, None)
    room.move("start")
    phone = room.phone()
    asked = 0
    for indicator in ("kinderarmut", "geheim", "amtlich"):
        for level in ("quartiere", "bezirke"):
            for layer in ("value", "difference", "change"):
                view = f"/atlas?indicator={indicator}&level={level}&layer={layer}&areas=01,02,03"
                room.move("explore", view=view)
                for lang in ("de", "en", "plain"):
                    page = room.page(phone, lang)
                    asked += page.status_code == 200 and "<table>" in page.text
                    assert not told(hidden, page.text), (view, lang)
    assert asked == 54
    for slide in ("schaetzen", "wo", "reihe"):
        room.show(slide, "reveal")
        assert not told(hidden, room.page(phone).text), slide


def test_doors_have_a_field_for_the_code_and_lead_on(meeting):
    phone = meeting.phone()
    for path in ("/w", "/werkstatt"):
        page = phone.get(path).text
        assert 'name="code"' in page
    typed = f" {meeting.code[:4].lower()}-{meeting.code[4:]} "
    answer = phone.get("/w", query_string={"code": typed, "lang": "en"})
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/w/{meeting.code}?lang=en"
    assert phone.get(f"/w/{meeting.code.lower()}").status_code == 303
    assert phone.get("/w?code=nix").status_code == 404
    assert "/intern/werkstatt" in phone.get("/werkstatt").text


def test_scripts_and_styles_are_small_named_by_content_and_none_of_dash(meeting):
    phone = meeting.phone()
    page = meeting.page(phone).text
    assert "_dash" not in page
    assert "plotly" not in page
    addresses = re.findall(r'(?:src|href)="(/rooms/[^"]+)"', page)
    assert len(addresses) == 2
    for address in addresses:
        answer = phone.get(address, headers={"Accept-Encoding": "br"})
        assert answer.headers["Content-Encoding"] == "br"
        assert "immutable" in answer.headers["Cache-Control"]
        assert len(phone.get(address).data) < 60_000
        old = re.sub(r"/rooms/\w+/", "/rooms/0123/", address)
        assert phone.get(old).headers["Cache-Control"] == "no-store"
    assert phone.get("/rooms/0123/other.js").status_code == 404
    assert "phone.js" not in phone.get("/atlas").text
