"""The stage in a browser: a workshop by keyboard, notes in step, phones led along, barriers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from config import Settings
from domain.workshop_script import Script, Slide, Words
from services.container import build_services
from services.workshop_rooms import Sent
from tests.e2e.axe import barriers
from tests.e2e.conftest import open_page
from tests.e2e.test_staff import add_user, set_up

VIEW = "/atlas?indicator=kinderarmut&level=stadtteile"
SLIDES = (
    Slide("hallo", "text", title=Words("Worum es geht", "What this is about"),
          text=Words("Heute:\n- schätzen\n- schauen", "Today:\n- guess\n- look"),
          notes="Fenster schließen"),
    Slide("wert", "guess", "value", Words("Wie hoch ist sie?", "How high is it?"), view=VIEW,
          high=60.0, notes="Zwei Minuten"),
    Slide("sicht", "view", title=Words("Kinderarmut", "Child poverty"), view=VIEW),
    Slide("eins", "poll", "single", Words("Was zuerst?", "What first?"),
          options=(Words("Kita", "Day care"), Words("Schule", "School"))),
    Slide("fehlt", "pins", title=Words("Was fehlt?", "What is missing?"),
          options=(Words("Spielplatz", "Playground"),)),
    Slide("pause", "break", title=Words("Pause", "Break"), minutes=10),
)  # fmt: skip
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 1024, "height": 768}
OPEN = """([path, lang]) => {
    const form = document.createElement("form");
    form.method = "post";
    form.action = `${path}/buehne?lang=${lang}`;
    form.append(document.querySelector("[name=form_token]").cloneNode());
    document.body.append(form);
    form.submit();
}"""
"""The button of the editor."""


class Room:
    """A workshop of the demo town, as another process knows it."""

    def __init__(self, folder: Path) -> None:
        services = build_services(Settings.from_environ({"KECK_DATA_DIR": str(folder)}))
        self._workshops = services.workshops
        release = services.monitoring.current()
        assert release is not None
        self.made = self._workshops.kept.add(
            Script("Sozialraumkonferenz", SLIDES), release=release, level="stadtteile", actor="a"
        )

    @property
    def state(self) -> Any:
        return self._workshops.kept.get(self.made.id).state

    def pins(self) -> list[Any]:
        """Return what was said to be missing."""
        return self._workshops.rooms.pins(self.made)

    def answer(self, slide: str, **payload: Any) -> None:
        """Send an answer as a phone does."""
        who = self._workshops.rooms.join(self.made.code, "telefon")
        self._workshops.rooms.answer(self.made.code, Sent(who, slide, "k", payload))


@pytest.fixture
def room(folder: Path, url: str) -> Room:
    """Return a room that waits."""
    return Room(folder)


@pytest.fixture(scope="module")
def signed_in(browser: Browser, folder: Path, url: str) -> Iterator[BrowserContext]:
    """Return a browser in which a planner is signed in."""
    page, faults = open_page(browser)
    set_up(page, url, add_user(folder, "lotte", "planner"))
    yield page.context
    page.context.close()
    assert faults == []


def led(signed_in: BrowserContext, url: str, room: Room, lang: str) -> Page:
    """Open the stage from the internal area."""
    page = signed_in.new_page()
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    page.goto(f"{url}/intern/konto")
    page.evaluate(OPEN, [f"/intern/werkstatt/{room.made.id}", lang])
    page.wait_for_url(f"{url}/werkstatt/{room.made.id}*")
    return page


def shows(page: Page, mode: str, title: str) -> None:
    """Wait until the stage shows something."""
    expect(page.locator("body")).to_have_attribute("data-mode", mode)
    expect(page.locator("#slide h1")).to_have_text(title)


def fits(page: Page) -> bool:
    """Whether nothing has to be pushed to be seen."""
    return bool(
        page.evaluate(
            "document.documentElement.scrollWidth <= innerWidth"
            " && document.querySelector('.stage__slide').scrollHeight"
            " <= document.querySelector('.stage__main').clientHeight"
        )
    )


def pressed(page: Page, key: str, mode: str, title: str) -> None:
    """Press a key and wait until the stage shows something."""
    page.keyboard.press(key)
    shows(page, mode, title)


def test_a_whole_workshop_is_led_by_keyboard(signed_in, url, room):
    page = led(signed_in, url, room, "de")
    shows(page, "waiting", "Sozialraumkonferenz")
    code = f"{room.made.code[:4]} {room.made.code[4:]}"
    expect(page.locator(".stage__code")).to_have_text(code)
    pressed(page, "ArrowRight", "text", "Worum es geht")
    expect(page.locator("#slide li")).to_have_count(2)
    pressed(page, "Space", "ask", "Wie hoch ist sie?")
    expect(page.locator("#said")).to_have_text("Folie 2 von 6: Wie hoch ist sie?")
    guessed_and_revealed(page, room)
    page.keyboard.press("b")
    expect(page.locator("#black")).to_be_visible()
    page.keyboard.press(".")
    expect(page.locator("#black")).to_be_hidden()
    pressed(page, "End", "break", "Pause")
    expect(page.locator("#clock")).to_have_text(re.compile(r"^(10:00|9:5\d)$"))
    pressed(page, "PageUp", "pins", "Was fehlt?")
    room.answer("fehlt", category=0, text="Ein Spielplatz am Hafen", area="11")
    expect(page.locator("#results")).to_contain_text("Ein Spielplatz am Hafen")
    pressed(page, "ArrowLeft", "ask", "Was zuerst?")
    page.keyboard.press("a")
    expect(page.locator("#slide")).to_contain_text("Die Antworten sind geschlossen")
    asked_before_it_ends(page, room)
    shows(page, "ended", "Vielen Dank!")
    expect(page.get_by_role("link", name="Zu den Ergebnissen")).to_be_visible()
    page.close()


def guessed_and_revealed(page: Page, room: Room) -> None:
    """Results are nowhere before R, and are gone after another."""
    room.answer("wert", value=12)
    expect(page.locator(".stage__many")).to_have_text("1 Antwort")
    assert page.locator("#results").inner_text() == ""
    page.keyboard.press("r")
    expect(page.locator("#finding")).to_contain_text("Im Raum wurde 12,0 % geschätzt")
    expect(page.locator("#results svg.room-map")).to_be_visible()
    expect(page.locator("#said")).to_contain_text("Ergebnis: Im Raum wurde")
    assert not room.state.accepts
    page.keyboard.press("r")
    expect(page.locator("#finding")).to_have_count(0)


def asked_before_it_ends(page: Page, room: Room) -> None:
    """Keys do nothing behind a dialog, and the end is asked for."""
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    shows(page, "ask", "Was zuerst?")
    ending = page.locator("[data-tool=ending]")
    ending.press("Enter")
    page.get_by_role("button", name="Weitermachen").press("Enter")
    assert room.state.phase == "open"
    ending.press("Enter")
    page.get_by_role("button", name="Jetzt beenden").press("Enter")


def test_exploring_is_followed_and_led_back(signed_in, url, room):
    page = led(signed_in, url, room, "en")
    pressed(page, "ArrowRight", "text", "What this is about")
    page.keyboard.press("ArrowRight")
    pressed(page, "ArrowRight", "view", "Child poverty")
    frame = page.frame_locator("#frame")
    frame.locator("html[data-painted]").wait_for(timeout=60_000)
    expect(frame.locator(".header")).to_be_hidden()
    page.keyboard.press("e")
    shows(page, "explore", "Exploring freely")
    assert "indicator=kinderarmut" in room.state.explored
    # arrows belong to what has the focus inside the page, its other keys to the stage
    frame.locator("#atlas-period").focus()
    frame.locator(".time__button").first.click()
    expect(page.locator("#said")).to_have_text("Exploring freely. E returns to the script.")
    page.wait_for_function(
        "(path) => fetch(path).then((a) => a.json()).then((s) => s.explored.includes('period='))",
        arg=f"{url}/werkstatt/{room.made.id}/stand",
    )
    frame.locator("main").first.press("f")
    expect(page.locator("[data-tool=follow]")).to_have_attribute("aria-pressed", "false")
    assert not room.state.follows
    frame.locator("main").first.press("e")
    shows(page, "view", "Child poverty")
    assert room.state.explored == ""
    page.close()


def test_notes_and_stage_stay_in_step(signed_in, url, room):
    page = led(signed_in, url, room, "en")
    with signed_in.expect_page() as opened:
        page.keyboard.press("n")
    notes = opened.value
    expect(notes.locator(".notes__slide:visible h1")).to_have_text("What this is about")
    notes.get_by_role("button", name="Begin").click()
    shows(page, "text", "What this is about")
    expect(notes.locator("#elapsed")).to_have_text("0 min")
    expect(notes.locator(".notes__slide:visible")).to_contain_text("Fenster schließen")
    page.keyboard.press("ArrowRight")
    expect(notes.locator(".notes__slide:visible")).to_contain_text("Zwei Minuten")
    expect(notes.locator(".notes__slide:visible .notes__next")).to_contain_text("Child poverty")
    assert barriers(notes) == []
    notes.keyboard.press("ArrowLeft")
    shows(page, "text", "What this is about")
    notes.close()
    page.close()


def test_another_who_takes_over_and_a_lost_line_are_told(signed_in, url, room):
    page = led(signed_in, url, room, "de")
    page.keyboard.press("ArrowRight")
    shows(page, "text", "Worum es geht")
    signed_in.set_offline(True)
    page.keyboard.press("ArrowRight")
    expect(page.locator("#trouble")).to_contain_text("Keine Verbindung")
    signed_in.set_offline(False)
    shows(page, "ask", "Wie hoch ist sie?")
    expect(page.locator("#trouble")).to_be_hidden()
    assert room.state.position == 1
    room._workshops.kept.lead(room.made.id, "jemand", by_force=True)
    expect(page.locator("#trouble")).to_contain_text("an einem anderen Gerät geleitet")
    expect(page.locator("[data-tool=next]")).to_be_hidden()
    page.close()


@pytest.mark.parametrize(("look", "lang", "size"), [("light", "de", WIDE), ("dark", "en", NARROW)])
def test_no_barrier_on_any_slide(signed_in, url, room, look, lang, size):
    page = led(signed_in, url, room, lang)
    page.emulate_media(color_scheme=look)
    page.set_viewport_size(size)
    assert barriers(page) == []
    assert fits(page)
    for at in range(len(SLIDES)):
        page.keyboard.press("ArrowRight")
        expect(page.locator("#number")).to_have_text(f"{at + 1} / {len(SLIDES)}")
        expect(page.locator("#slide h1")).to_have_text(SLIDES[at].title.in_language(lang))
        assert barriers(page) == [], SLIDES[at].id
        assert fits(page), SLIDES[at].id
        if SLIDES[at].form:
            page.keyboard.press("r")
            expect(page.locator("#finding")).to_be_visible()
            assert barriers(page) == [], SLIDES[at].id
    page.keyboard.press("?")
    assert barriers(page) == []
    page.keyboard.press("Escape")
    page.locator("[data-tool=ending]").click()
    assert barriers(page) == []
    page.close()
