"""Scenarios in a browser without scripts: saved, locked, copied, side by side; barriers."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.e2e.axe import barriers
from tests.e2e.conftest import open_page
from tests.e2e.test_staff import add_user, set_up

PAGE = "/intern/szenarien"


def save(page: Page, name: str, address: str) -> None:
    page.fill("#name", name)
    page.fill("#address", address)
    page.keyboard.press("Enter")
    expect(page.locator("[role=status]")).to_contain_text("gespeichert")


def looked_at(browser: Browser, page: Page, addresses: tuple[str, ...]) -> None:
    """Hold every page against the rules of axe: wide and light, narrow and dark."""
    for look, width in ((False, 1440), (True, 390)):
        seen, _ = open_page(browser, dark=look)
        seen.context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
        seen.set_viewport_size({"width": width, "height": 900})
        for address in addresses:
            seen.goto(address)
            for closed in seen.locator("main details").all():
                closed.locator("summary").click()
            assert barriers(seen) == [], address
            assert seen.evaluate("document.documentElement.scrollWidth") <= width, address
        seen.context.close()


def test_a_scenario_is_saved_locked_copied_and_compared(
    browser: Browser, folder: Path, url: str
) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    set_up(page, url, add_user(folder, "petra", "planner"))
    page.click(".header__nav >> text=Szenarien")
    save(page, "Haushalt 2027", f"{url}/intern/ressourcen?amount=50000&gearing=0")
    page.get_by_label("Haushalt 2027 ändern oder kopieren").focus()
    page.keyboard.press("Enter")
    page.click("button[value=lock]")
    expect(page.locator("tbody tr").first).to_contain_text("Für den Ausschuss gesperrt")
    page.get_by_label("Haushalt 2027 ändern oder kopieren").click()
    expect(page.locator("button[value=delete]")).to_have_count(0)
    page.click("button[value=copy]")
    expect(page.locator("tbody tr")).to_have_count(2)
    save(page, "Voll nach Bedarf", f"{url}/ressourcen?amount=50000&gearing=100")
    for name in ("Haushalt 2027", "Voll nach Bedarf"):
        page.get_by_label(f"{name} zum Vergleich auswählen", exact=True).focus()
        page.keyboard.press("Space")
    page.click("text=Ausgewählte nebeneinanderstellen")
    expect(page.locator("h1")).to_have_text("Szenarien nebeneinander")
    expect(page.locator("table").first).to_contain_text("Suits-Index")
    expect(page.locator("table")).to_have_count(2)
    english = f"{page.url}&lang=en"
    looked_at(browser, page, (url + PAGE, page.url, english))
    page.context.close()
