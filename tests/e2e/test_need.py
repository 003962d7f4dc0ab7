"""A planner sees where places are missing and what is in reach, by keyboard, in both languages."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.axe import barriers
from tests.e2e.conftest import open_page

PAINTED = "() => document.querySelectorAll('#sidemap-reach path[aria-label]').length > 5"


def opened(browser, address, **look):
    page, faults = open_page(browser, **look)
    page.goto(address)
    page.wait_for_function(PAINTED, timeout=90_000)
    page.wait_for_selector("#need-gaps .main-svg")
    return page, faults


def test_target_group_and_list_follow_the_keyboard(browser, demo_url):
    page, faults = opened(browser, f"{demo_url}/bedarf")
    expect(page.locator("#need-supply")).to_contain_text("gemessen an 45 je 100 Kinder")
    page.locator("#need-target").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("60")
    expect(page).to_have_url(re.compile("target=60"))
    expect(page.locator("#need-supply")).to_contain_text("gemessen an 60 je 100 Kinder")
    assert page.evaluate("document.activeElement.id") == "need-target"
    page.select_option("#need-group", "ue3")
    expect(page.locator("#need-supply")).to_contain_text("ab 3 Jahren")
    expect(page).to_have_url(re.compile("group=ue3"))
    page.select_option("#need-area", label="Nordstadt")
    expect(page.locator("#need-list")).to_contain_text("in Nordstadt")
    area = page.locator("#sidemap-gap path[aria-label^='Nordstadt:']")
    expect(area).to_have_attribute("aria-label", re.compile("Plätze"))
    page.close()
    assert not faults


@pytest.mark.parametrize(
    ("width", "height", "dark", "lang"), [(1440, 900, False, "de"), (390, 844, True, "en")]
)
def test_no_barrier_and_no_overflow(browser, demo_url, width, height, dark, lang):
    page, faults = opened(
        browser, f"{demo_url}/bedarf?lang={lang}", width=width, height=height, dark=dark
    )
    page.locator(".resources__chart details summary").first.click()
    page.wait_for_selector(".resources__chart table")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
    assert not faults
