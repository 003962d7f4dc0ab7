"""Scenarios in a browser without scripts: saved, locked, copied, side by side; barriers."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.e2e.axe import barriers
from tests.e2e.conftest import open_page
from tests.e2e.test_staff import add_user, set_up

PAGE = "/intern/szenarien"
SIDEWAYS = """() => [...document.querySelectorAll('.staff__scroll')]
    .filter((box) => box.scrollWidth > box.clientWidth).map((box) => box.scrollWidth)"""
"""Lists that have to be pushed sideways to be read."""


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
            assert seen.evaluate(SIDEWAYS) == [], address
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
    with page.expect_download() as saved:
        page.get_by_role("link", name="Tabelle (CSV)").click()
    assert "Haushalt 2027" in Path(saved.value.path()).read_text(encoding="utf-8-sig")
    english = f"{page.url}&lang=en"
    looked_at(browser, page, (url + PAGE, page.url, english))
    compared_with_last_year(browser, page, url)
    page.context.close()


def compared_with_last_year(browser: Browser, page: Page, url: str) -> None:
    """Choose the locked scenario as last year by keyboard, and look at what follows."""
    seen, faults = open_page(browser)
    seen.context.add_cookies(page.context.cookies())  # type: ignore[arg-type]
    seen.goto(f"{url}/intern/ressourcen?amount=50000&gearing=100")
    options = seen.locator("#resources-before option")
    expect(options.filter(has_text="Haushalt 2027").first).to_be_attached()
    expect(options.filter(has_text="Voll nach Bedarf")).to_have_count(0)
    seen.locator("#resources-before").focus()
    seen.keyboard.type("Haushalt 2027")
    seen.keyboard.press("Enter")
    share = seen.locator("section", has=seen.locator("#resources-share"))
    expect(share).to_contain_text("Vorjahr ist das Szenario „Haushalt 2027“")
    seen.locator("#resources-fall").fill("2")
    seen.keyboard.press("Enter")
    expect(share).to_contain_text("höchstens 2 % weniger")
    seen.wait_for_selector("#resources-changes .main-svg")
    assert barriers(seen) == []
    outside = seen.url.replace("/intern/", "/")
    seen.goto(outside)
    expect(seen.locator(".hint")).to_contain_text("nur nach der Anmeldung zu sehen")
    expect(seen.locator("#main")).not_to_contain_text("Haushalt 2027")
    seen.context.close()
    assert not faults
