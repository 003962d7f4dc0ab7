"""Phones in a room: with a script and a gap in the network, without one, by keyboard alone."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from config import Settings
from domain.workshop_script import Script, Slide, Words
from services.container import build_services
from tests.e2e.axe import barriers
from tests.e2e.conftest import open_page

VIEW = "/atlas?indicator=kinderarmut&level=stadtteile"
SLIDES = (
    Slide("wo", "guess", "district", Words("Wo ist sie am höchsten?", "Where is it highest?"),
          view=VIEW),
    Slide("eins", "poll", "single", Words("Was zuerst?", "What first?"),
          options=(Words("Kita", "Day care"), Words("Schule", "School"))),
    Slide("fehlt", "pins", title=Words("Was fehlt?", "What is missing?"),
          options=(Words("Spielplatz", "Playground"), Words("Licht", "Light"))),
    Slide("sicht", "view", title=Words("Kinderarmut", "Child poverty"), view=VIEW),
    Slide("punkte", "poll", "points", Words("Zehn Punkte", "Ten points"), points=10,
          options=(Words("Kita", "Day care"), Words("Schule", "School"))),
    Slide("pause", "break", title=Words("Pause", "Break"), minutes=10),
)  # fmt: skip
WIDTH = 360


class Stage:
    """The presenter of a room, in another process than the one that serves it."""

    def __init__(self, folder: Path) -> None:
        services = build_services(Settings.from_environ({"KECK_DATA_DIR": str(folder)}))
        self._workshops = services.workshops
        release = services.monitoring.current()
        assert release is not None
        self.made = self._workshops.kept.add(
            Script("Sozialraumkonferenz", SLIDES), release=release, level="stadtteile", actor="a"
        )
        self.move("start")

    def move(self, deed: str, **told: Any) -> None:
        self._workshops.kept.move(self.made.id, "laptop", deed, **told)

    def show(self, slide: str) -> None:
        self.move("go", position=self.made.script.at(slide))

    def counts(self, slide: str) -> tuple[int, ...]:
        found = next(s for s in SLIDES if s.id == slide)
        return self._workshops.rooms.results(self.made, found).counts

    def pins(self) -> list[Any]:
        return self._workshops.rooms.pins(self.made)


@pytest.fixture
def stage(folder: Path, url: str) -> Stage:
    """Return a room that has begun."""
    return Stage(folder)


def known(page: Page, url: str, stage: Stage, slide: str) -> None:
    """Ask until the serving process knows which slide is shown: it looks a few times a second."""
    for _ in range(200):
        if page.request.get(f"{url}/live/{stage.made.code}/state").json()["slide"] == slide:
            return
    raise AssertionError(slide)


def headed(page: Page, text: str) -> None:
    """Wait until a slide is shown."""
    expect(page.locator("#screen h1")).to_have_text(text)


def test_a_phone_follows_answers_and_sends_once_what_a_gap_held_back(browser, url, stage):
    page, faults = open_page(browser, width=WIDTH, height=740)
    page.goto(f"{url}/w/{stage.made.code}?lang=de")
    headed(page, "Wo ist sie am höchsten?")
    assert page.locator(".phone__legend").count() == 0
    page.locator("svg.room-map [data-area]").nth(6).click()
    chosen = page.locator("select[name=area] option:checked").inner_text()
    expect(page.locator("[data-touched]")).to_have_text(f"Gewählt: {chosen}")
    page.get_by_role("button", name="Senden").click()
    expect(page.locator("#told")).to_have_text("Gesendet.")
    expect(page.locator("[data-answer]")).to_contain_text(chosen)
    assert barriers(page) == []

    stage.move("reveal")
    expect(page.locator(".phone__legend li").first).to_be_visible()
    expect(page.locator("[data-answer]")).to_contain_text(chosen)
    stage.show("eins")
    headed(page, "Was zuerst?")
    expect(page.locator("#announced")).to_have_text("Folie 2 von 6: Was zuerst?")
    stage.move("end")
    headed(page, "Die Werkstatt ist beendet. Danke.")
    page.close()
    assert faults == []


def test_what_a_gap_in_the_network_held_back_is_sent_once(browser, url, stage):
    stage.show("eins")
    page, faults = open_page(browser, width=WIDTH, height=740)
    page.goto(f"{url}/w/{stage.made.code}?lang=de")
    page.context.set_offline(True)
    page.get_by_label("Kita").check()
    page.get_by_role("button", name="Senden").click()
    expect(page.locator("#told")).to_contain_text("sobald das Netz wieder da ist")
    page.get_by_label("Schule").check()
    page.get_by_role("button", name="Senden").click()
    kept = json.loads(page.evaluate(f"localStorage.getItem('keck-room-{stage.made.code}')"))
    assert len(json.loads(kept["queue"])) >= 1
    assert stage.counts("eins") == (0, 0)
    page.context.set_offline(False)
    expect(page.locator("#told")).to_have_text("Gesendet.")
    expect(page.locator("[data-answer]")).to_contain_text("Schule")
    page.wait_for_function(
        f"() => JSON.parse(JSON.parse(localStorage.getItem('keck-room-{stage.made.code}')).queue)"
        ".length === 0"
    )
    assert stage.counts("eins") == (0, 1)
    page.close()
    assert [f for f in faults if "ERR_INTERNET_DISCONNECTED" not in f] == []


def test_points_are_handed_out_by_touch_and_kept_through_a_break(browser, url, stage):
    stage.show("punkte")
    page, faults = open_page(browser, width=WIDTH, height=740)
    page.goto(f"{url}/w/{stage.made.code}?lang=de")
    headed(page, "Zehn Punkte")
    more = page.get_by_role("button", name="Kita: mehr")
    for _ in range(3):
        more.click()
    expect(page.locator("[data-points]")).to_have_text("Noch 7 Punkte übrig.")
    stage.show("pause")
    expect(page.locator("[data-break]")).to_contain_text("Weiter geht es in 10 Min.")
    stage.show("punkte")
    expect(page.locator("input[name=points]").first).to_have_value("3")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= WIDTH
    page.close()
    assert faults == []


def test_without_a_script_forms_do_what_is_needed(browser, url, stage):
    context = browser.new_context(
        viewport={"width": WIDTH, "height": 740}, java_script_enabled=False, locale="de-DE"
    )
    page = context.new_page()
    page.goto(f"{url}/w")
    page.get_by_label("Code der Werkstatt").fill(stage.made.code.lower())
    page.get_by_role("button", name="Teilnehmen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wo ist sie am höchsten?")
    expect(page.get_by_text("Ihr Browser führt keine Skripte aus.")).to_be_visible()
    page.get_by_label("Gebiet").select_option(index=3)
    page.get_by_role("button", name="Senden").click()
    expect(page.locator("#told")).to_have_text("Gesendet.")
    expect(page.locator("[data-answer]")).to_be_visible()
    stage.show("fehlt")
    known(page, url, stage, "fehlt")
    page.get_by_role("link", name="Seite neu laden").click()
    page.get_by_label("Licht").check()
    page.get_by_label("Ihr Beitrag").fill("Am Bahnhof ist es dunkel.")
    page.get_by_label("Wo?").select_option(index=2)
    page.get_by_role("button", name="Senden").click()
    expect(page.locator("[data-own-pins]")).to_contain_text("Am Bahnhof ist es dunkel.")
    page.get_by_role("button", name="Dem stimme ich zu").click()
    expect(page.get_by_role("button", name="Sie haben zugestimmt")).to_be_visible()
    assert [(p.answer.text, p.upvotes) for p in stage.pins()] == [("Am Bahnhof ist es dunkel.", 1)]
    context.close()


def test_by_keyboard_in_english_focus_goes_to_the_new_slide(browser, url, stage):
    page, faults = open_page(browser, width=390, height=844, dark=True, language="en-GB")
    page.goto(f"{url}/w/{stage.made.code}")
    headed(page, "Where is it highest?")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.textContent") == "To the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#told")).to_have_text("Sent.")
    stage.show("eins")
    headed(page, "What first?")
    focused = "() => document.activeElement.textContent.trim()"
    assert page.evaluate(focused) == "What first?"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-answer]")).to_contain_text("Day care")
    expect(page.locator("#told")).to_have_text("Sent.")
    assert stage.counts("eins") == (1, 0)
    page.close()
    assert faults == []


def test_a_dark_phone_has_no_barrier_and_keeps_what_was_typed(browser, url, stage):
    stage.show("fehlt")
    page, faults = open_page(browser, width=390, height=844, dark=True, language="en-GB")
    page.goto(f"{url}/w/{stage.made.code}")
    headed(page, "What is missing?")
    assert page.evaluate("() => document.documentElement.dataset.bsTheme") == "dark"
    assert barriers(page) == []
    page.get_by_label("Your contribution").fill("A place to meet")
    stage.show("sicht")
    headed(page, "Child poverty")
    expect(page.locator("svg.room-map").first).to_have_attribute("aria-label", re.compile("2025"))
    page.get_by_text("All areas as a table").click()
    assert barriers(page) == []
    stage.show("fehlt")
    expect(page.get_by_label("Your contribution")).to_have_value("A place to meet")
    page.close()
    assert faults == []


@pytest.mark.parametrize(("lang", "dark"), [("de", False), ("en", True), ("plain", False)])
def test_doors_have_no_barrier_and_do_not_overflow(
    browser: Browser, url: str, stage: Stage, lang: str, *, dark: bool
) -> None:
    page, faults = open_page(browser, width=WIDTH, height=740, dark=dark)
    for path in ("/w", "/werkstatt", f"/w/{stage.made.code}"):
        page.goto(f"{url}{path}?lang={lang}")
        assert barriers(page) == []
        assert page.evaluate("() => document.documentElement.scrollWidth") <= WIDTH
    page.close()
    assert faults == []


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_head_line_names_the_workshop_and_stays_one_line(browser, url, lang):
    page, faults = open_page(browser)
    page.goto(f"{url}/bedarf?lang={lang}")
    link = page.locator(".header__nav a[href^='/werkstatt']")
    expect(link).to_have_text("Werkstatt" if lang == "de" else "Workshop")
    expect(page.locator("#main h1")).to_be_visible()
    assert page.locator(".header").bounding_box()["height"] < 60
    link.click()
    page.wait_for_url(re.compile("/werkstatt"))
    expect(page.locator("[aria-current=page]")).to_be_visible()
    page.close()
    assert faults == []
