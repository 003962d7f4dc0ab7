"""The catalogue and who owes what, in a browser without scripts; barriers in both looks."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from domain.model import Polarity
from domain.palettes import Palette
from figures.palettes import class_colours
from tests.e2e.axe import barriers
from tests.e2e.conftest import open_page
from tests.e2e.test_staff import add_user, set_up

OBJECT = "/intern/katalog/indikator/kinderarmut"
FREE = "/intern/katalog/indikator/jugendarmut"
THEME = "/intern/katalog/thema/soziale-lage"
TEAL = class_colours(5, Polarity.HIGH_BURDEN, Palette.TEAL)
GAPS = "/intern/daten/zustaendig"


def looked_at(browser: Browser, page: Page, url: str) -> None:
    """Hold every page against the rules of axe: wide and light, narrow and dark."""
    for look, width in ((False, 1440), (True, 390)):
        seen, _ = open_page(browser, dark=look)
        seen.context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
        seen.set_viewport_size({"width": width, "height": 900})
        for path in ("/intern/katalog", OBJECT, THEME, f"{GAPS}?lang=en", f"{GAPS}/kinderarmut"):
            seen.goto(url + path)
            assert barriers(seen) == [], path
            assert seen.evaluate("document.documentElement.scrollWidth") <= width, path
        seen.context.close()


def test_a_note_is_previewed_saved_taken_back_and_somebody_owes_the_figures(
    browser: Browser, folder: Path, url: str
) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    set_up(page, url, add_user(folder, "anna", "editor"))
    page.click(".header__nav >> text=Katalog")
    page.click("main >> text=Kinderarmut")
    page.fill("[id='context_note.de']", "So ist die Zahl zu lesen.")
    page.fill("#breaks", "30 20")
    page.click("button[value=preview]")
    expect(page.locator(".staff__list")).to_contain_text("steigen nicht an")
    page.fill("#breaks", "20 30")
    page.click("button[value=preview]")
    expect(page.locator(".staff__preview")).to_contain_text("So ist die Zahl zu lesen.")
    expect(page.locator(".staff__swatches li")).to_have_count(3)
    page.click("button[value=save]")
    expect(page.locator("[role=status]")).to_contain_text("ab der nächsten importierten Ausgabe")
    expect(page.locator("#breaks")).to_have_value("20; 30")
    page.click("text=Auf das Rezept zurücksetzen")
    expect(page.locator("#breaks")).to_have_value("10; 20; 30; 40")

    page.click("text=Zuständigkeit und Kommentare")
    page.fill("#department", "Jugendamt")
    page.fill("#first", "2027-03-31")
    page.click("form[action*=aendern] button")
    page.fill("#text", "Die Zahlen kommen im Mai.")
    page.click("form[action*=kommentar] button")
    expect(page.locator(".staff__thread")).to_contain_text("Die Zahlen kommen im Mai.")
    page.click("text=Alle Zuständigkeiten")
    page.click("th >> text=Fachbereich")
    expect(page.locator("tbody tr").first).to_contain_text("Jugendamt")
    looked_at(browser, page, url)
    page.context.close()


def test_a_palette_is_chosen_by_its_colours_and_seen_before_it_is_saved(
    browser: Browser, folder: Path, url: str
) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    set_up(page, url, add_user(folder, "bert", "editor"))
    page.goto(url + FREE)
    palettes = page.get_by_role("group", name="Farbreihe")
    expect(palettes.get_by_role("radio")).to_have_count(6)
    expect(palettes.locator("svg")).to_have_count(6)
    palettes.get_by_role("radio", name="Automatisch").focus()
    page.keyboard.press("ArrowDown")
    expect(palettes.get_by_role("radio", name="Blau")).to_be_checked()
    palettes.get_by_role("radio", name="Petrol").check()
    page.click("button[value=preview]")
    preview = page.locator(".staff__preview")
    expect(preview).to_contain_text("Petrol")
    expect(preview.locator("rect").first).to_have_attribute("fill", TEAL[0])
    page.click("button[value=save]")
    expect(page.locator("[role=status]")).to_contain_text("ab der nächsten importierten Ausgabe")
    expect(page.get_by_role("radio", name="Petrol")).to_be_checked()
    page.click("text=Auf das Rezept zurücksetzen")
    expect(page.get_by_role("radio", name="Wie das Thema")).to_be_checked()
    page.context.close()
