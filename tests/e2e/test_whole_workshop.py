"""A whole workshop: one stage, three phones (one German, one English, one by keyboard alone)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.axe import barriers
from tests.e2e.conftest import open_page
from tests.e2e.test_stage import Room, led, shows, signed_in

__all__ = ["signed_in"]
KEYS = 40
"""So often Tab may be pressed until something is reached."""


@pytest.fixture
def room(folder: Path, url: str) -> Room:
    """Return a room that waits."""
    return Room(folder)


def phone(browser: Browser, url: str, room: Room, lang: str, **look: Any) -> tuple[Page, list[str]]:
    """Return a phone that was led to the room by its code."""
    page, faults = open_page(browser, width=360, height=740, **look)
    page.goto(f"{url}/w/{room.made.code.lower()}?lang={lang}")
    return page, faults


def headed(page: Page, text: str) -> None:
    """Wait until a phone shows a slide."""
    expect(page.locator("#screen h1")).to_have_text(text)


def answered(stage: Page, text: str) -> None:
    """Wait until the stage counts so many answers."""
    expect(stage.locator(".stage__many")).to_have_text(text)


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until something has the focus."""
    for _ in range(KEYS):
        if page.evaluate("s => document.activeElement?.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached by Tab")


def guess(page: Page, value: str, button: str) -> None:
    page.locator("input[name=value]").fill(value)
    page.get_by_role("button", name=button, exact=True).click()


def all_headed(phones: list[Page], german: str, english: str) -> None:
    """Wait until all phones show a slide, each in its language."""
    for page, title in zip(phones, (german, english, german), strict=True):
        headed(page, title)


def test_a_workshop_from_joining_to_the_end(
    browser: Browser, signed_in: BrowserContext, url: str, room: Room
) -> None:
    stage = led(signed_in, url, room, "de")
    shows(stage, "waiting", "Sozialraumkonferenz")
    joined = [
        phone(browser, url, room, "de"),
        phone(browser, url, room, "en", dark=True, language="en-GB"),
        phone(browser, url, room, "de"),
    ]
    phones = [page for page, _ in joined]
    stage.keyboard.press("ArrowRight")
    shows(stage, "text", "Worum es geht")
    all_headed(phones, "Worum es geht", "What this is about")
    all_guess(stage, phones)
    stage.keyboard.press("ArrowRight")
    all_headed(phones, "Kinderarmut", "Child poverty")
    all_vote(stage, phones)
    one_pins_and_another_agrees(stage, phones)
    it_ends(stage, phones)
    (pin,) = room.pins()
    assert (pin.answer.text, pin.upvotes) == ("Ein Spielplatz am Hafen", 1)
    assert [fault for _, faults in joined for fault in faults] == []
    for page in (*phones, stage):
        page.close()


def all_guess(stage: Page, phones: list[Page]) -> None:
    """Guess, the last one by keyboard alone; nothing is told before it is revealed."""
    german, english, keys = phones
    stage.keyboard.press("ArrowRight")
    shows(stage, "ask", "Wie hoch ist sie?")
    all_headed(phones, "Wie hoch ist sie?", "How high is it?")
    guess(german, "10,5", "Senden")
    guess(english, "20.5", "Send")
    tab_to(keys, "input[name=value]")
    keys.keyboard.type("30")
    keys.keyboard.press("Enter")
    answered(stage, "3 Antworten")
    for page in phones:
        assert page.locator(".phone__legend").count() == 0
        assert barriers(page) == []
    stage.keyboard.press("r")
    expect(stage.locator("#finding")).to_contain_text("Im Raum wurde 20,5 % geschätzt")
    for page in phones:
        expect(page.locator(".phone__legend li").first).to_be_visible()
    assert barriers(stage) == []


def all_vote(stage: Page, phones: list[Page]) -> None:
    """Vote, and read in every language what the room said."""
    stage.keyboard.press("PageDown")
    shows(stage, "ask", "Was zuerst?")
    vote_by_touch_and_keys(*phones)
    answered(stage, "3 Antworten")
    stage.keyboard.press("r")
    expect(stage.locator("#finding")).to_contain_text("Schule (2 von 3)")
    expect(phones[1].locator("#screen")).to_contain_text("School (2 of 3)")


def one_pins_and_another_agrees(stage: Page, phones: list[Page]) -> None:
    """Say what is missing, and see it on the stage."""
    stage.keyboard.press("PageDown")
    shows(stage, "pins", "Was fehlt?")
    pin_and_agree(phones[0], phones[1])
    expect(stage.locator("#results")).to_contain_text("Ein Spielplatz am Hafen")


def it_ends(stage: Page, phones: list[Page]) -> None:
    """End the workshop; all phones say so."""
    stage.locator("[data-tool=ending]").press("Enter")
    stage.get_by_role("button", name="Jetzt beenden").press("Enter")
    shows(stage, "ended", "Vielen Dank!")
    german, english = "Die Werkstatt ist beendet. Danke.", "The workshop is over. Thank you."
    all_headed(phones, german, english)


def vote_by_touch_and_keys(german: Page, english: Page, keys: Page) -> None:
    """Vote for the school twice, once by keyboard alone, and for the Kita once."""
    headed(german, "Was zuerst?")
    german.get_by_label("Schule").check()
    german.get_by_role("button", name="Senden", exact=True).click()
    headed(english, "What first?")
    english.get_by_label("Day care").check()
    english.get_by_role("button", name="Send", exact=True).click()
    headed(keys, "Was zuerst?")
    tab_to(keys, "input[name=option]")
    keys.keyboard.press("ArrowDown")
    expect(keys.get_by_label("Schule")).to_be_checked()
    tab_to(keys, "form.phone__form button")
    keys.keyboard.press("Enter")
    for page in (german, keys):
        expect(page.locator("[data-answer]")).to_contain_text("Schule")


def pin_and_agree(german: Page, english: Page) -> None:
    """Say on one phone what is missing, and agree on another."""
    headed(german, "Was fehlt?")
    german.locator("textarea[name=text]").fill("Ein Spielplatz am Hafen")
    german.locator("select[name=area]").select_option(index=1)
    german.get_by_role("button", name="Senden", exact=True).click()
    expect(german.locator("#told")).to_have_text("Gesendet.")
    headed(english, "What is missing?")
    said = english.locator("li", has_text="Ein Spielplatz am Hafen")
    said.get_by_role("button").click()
    expect(said).to_contain_text("1")
