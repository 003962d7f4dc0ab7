"""A planner asks where several indicators moved, by keyboard, in both languages."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.axe import barriers
from tests.e2e.conftest import open_page

PAINTED = "() => document.querySelectorAll('#sidemap-warning path[aria-label]').length > 5"
LISTED = "level=stadtteile&years=3"


def opened(browser, address, **look):
    page, faults = open_page(browser, **look)
    page.goto(address)
    page.wait_for_function(PAINTED, timeout=90_000)
    page.wait_for_selector("#warning-moved .main-svg")
    return page, faults


def test_the_list_follows_the_keyboard_and_leads_on(browser, demo_url):
    page, faults = opened(browser, f"{demo_url}/fruehwarnung?{LISTED}")
    expect(page.locator("#warning-found")).to_contain_text("von 32 Gebieten")
    first = page.locator(".warned__area a").first
    name = first.inner_text()
    area = page.locator(f"#sidemap-warning path[aria-label^='{name}:']")
    expect(area).to_have_attribute("aria-label", re.compile("Belastung"))
    page.locator("#warning-q").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("20")
    expect(page).to_have_url(re.compile("q=0.2"))
    expect(page.locator("#warning-found")).to_contain_text("im Mittel höchstens 20 % Zufall")
    assert page.evaluate("document.activeElement.id") == "warning-q"
    page.select_option("#warning-least", "1")
    expect(page).to_have_url(re.compile("least=1"))
    expect(page.locator("#warning-found")).to_contain_text("bei mindestens 1 Indikator")
    region = page.locator(".heat__scroll:has(.warned)")
    region.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.warned__area') !== null")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/atlas\?.*layer=change.*since="))
    page.close()
    assert not faults


@pytest.mark.parametrize(
    ("width", "height", "dark", "lang"), [(1440, 900, False, "de"), (390, 844, True, "en")]
)
def test_no_barrier_and_no_overflow(browser, demo_url, width, height, dark, lang):
    page, faults = opened(
        browser,
        f"{demo_url}/fruehwarnung?{LISTED}&lang={lang}",
        width=width, height=height, dark=dark,
    )  # fmt: skip
    page.locator(".resources__chart details summary").first.click()
    page.wait_for_selector(".resources__chart table")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
    assert not faults
