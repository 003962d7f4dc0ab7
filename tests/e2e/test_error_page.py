"""An address that leads nowhere: the head line leads on, in light and dark, in both languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.axe import barriers
from tests.e2e.conftest import open_page

pytestmark = pytest.mark.e2e

DRAWN_MS = 30_000
_INK = {False: "rgb(29, 36, 51)", True: "rgb(233, 236, 241)"}
"""``--ink`` of the light and the dark page."""


@pytest.mark.parametrize(
    ("dark", "language", "title", "width"),
    [
        (False, "de", "Seite nicht gefunden", 1440),
        (True, "en", "Page not found", 1440),
        (True, "de", "Seite nicht gefunden", 390),
        (False, "en", "Page not found", 390),
    ],
)
def test_no_barrier_on_a_page_that_does_not_exist(
    browser: Browser, demo_url: str, dark: bool, language: str, title: str, width: int
) -> None:
    page, faults = open_page(browser, width=width, dark=dark)
    page.goto(f"{demo_url}/nirgends?lang={language}")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(title)
    expect(heading).to_have_css("color", _INK[dark])
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.get_by_role("link", name="Deutsch" if language == "en" else "English").click()
    expect(heading).not_to_have_text(title)
    page.context.close()
    assert [fault for fault in faults if "404" not in fault] == []


def test_the_head_line_leads_to_a_page(browser: Browser, demo_url: str) -> None:
    page, _ = open_page(browser)
    page.goto(f"{demo_url}/nirgends?lang=en")
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Compare").click()
    expect(page.locator("main.comparison")).to_be_visible(timeout=DRAWN_MS)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.context.close()
