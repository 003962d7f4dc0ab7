"""Signing in and what staff see, in a browser: with scripts and without, light and dark."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.axe import barriers
from tests.e2e.conftest import open_page
from tests.serving import ROOT
from tests.staff import PASSWORD

SLOW = 60_000
SHARED = ("/assets/", "/bundle/", "/_dash-component-suites/", "/arms/", "/_favicon.ico")


def add_user(folder: Path, name: str, role: str, *more: str) -> str:
    """Add an account by the command of the manual and return the path of its link."""
    done = subprocess.run(
        [sys.executable, "cli.py", "user", "add", name, "--role", role, *more],
        cwd=ROOT,
        env={**os.environ, "KECK_DATA_DIR": str(folder)},
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    found = re.search(r"/intern/einrichten/\S+", done.stdout)
    assert found is not None
    return found[0]


def set_up(page: Page, url: str, path: str) -> None:
    page.goto(url + path)
    page.fill("#password", PASSWORD)
    page.fill("#again", PASSWORD)
    page.click("main button")
    page.wait_for_url("**/intern/konto")


@pytest.fixture(scope="module")
def signed_in(browser: Browser, folder: Path, url: str) -> Iterator[BrowserContext]:
    """Return a browser in which an admin is signed in."""
    page, faults = open_page(browser)
    set_up(page, url, add_user(folder, "chefin", "admin"))
    yield page.context
    page.context.close()
    assert faults == []


@pytest.fixture
def page(signed_in: BrowserContext) -> Iterator[Page]:
    made = signed_in.new_page()
    yield made
    made.close()


@pytest.mark.parametrize(("look", "width"), [("light", 1440), ("dark", 390)])
def test_no_barrier_on_the_pages_of_staff(page: Page, url: str, look: str, width: int) -> None:
    page.emulate_media(color_scheme=look)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 900})
    paths = ("konto?lang=en", "nutzer", "protokoll", "protokoll?lang=en&actor=x", "einrichtungen")
    for path in paths:
        page.goto(f"{url}/intern/{path}")
        assert barriers(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.click("main table a")
    expect(page.locator("#places_u3")).to_be_visible()
    assert barriers(page) == []
    page.goto(f"{url}/intern/nutzer")
    page.click("details summary")
    assert barriers(page) == []


@pytest.mark.parametrize("look", [False, True])
def test_no_barrier_before_signing_in(browser: Browser, url: str, look: bool) -> None:
    page, faults = open_page(browser, dark=look)
    page.goto(f"{url}/intern/anmelden?lang=en")
    expect(page.locator("h1")).to_have_text("Sign in")
    assert barriers(page) == []
    page.fill("#name", "niemand")
    page.fill("#password", "falsches kennwort")
    page.click("main button")
    expect(page.locator("[role=alert]")).to_be_visible()
    assert barriers(page) == []
    page.context.close()
    assert all("401" in fault for fault in faults), faults


def test_without_scripts_one_signs_in_and_out(browser: Browser, folder: Path, url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    set_up(page, url, add_user(folder, "ohne", "carrier"))
    expect(page.locator("#theme-switch")).to_be_hidden()
    page.click(".header button:has-text('Abmelden')")
    expect(page.locator("[role=status]")).to_have_text("Sie sind abgemeldet.")
    page.fill("#name", "ohne")
    page.fill("#password", PASSWORD)
    page.click("main button")
    expect(page.locator("h1")).to_have_text("Mein Konto")
    context.close()


def test_the_atlas_of_staff_asks_below_its_prefix_alone(page: Page, url: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{url}/intern/atlas")
    expect(page.locator("#atlas-map path.choroplethlayer, #atlas-map path").first).to_be_attached(
        timeout=SLOW
    )
    expect(page.locator(".header__inside")).to_have_text("Intern")
    expect(page.locator(".header__who")).to_have_text("chefin · Verwaltung")
    page.wait_for_url("**/intern/atlas?indicator=*")
    page.keyboard.press("Control+k")
    page.keyboard.type("kinder")
    expect(page.locator("#search-dialog [role=option]").first).to_be_visible(timeout=SLOW)
    own = [a.removeprefix(url) for a in asked if a.startswith(url)]
    assert [a for a in own if not a.startswith(("/intern/", *SHARED))] == []
    assert any(a.startswith("/intern/search/") for a in own)
    page.keyboard.press("Escape")
    assert barriers(page) == []
    page.click(".header__nav >> text=Profil")
    page.wait_for_url("**/intern/profil**")
    page.click(".header__brand")
    expect(page.locator(".tile").first).to_be_visible(timeout=SLOW)
    assert page.url.startswith(f"{url}/intern/")


def test_an_ended_session_shows_the_form_and_leads_back(browser: Browser, folder: Path, url: str):
    page, _ = open_page(browser)
    set_up(page, url, add_user(folder, "kurz", "planner"))
    page.goto(f"{url}/intern/methoden")
    expect(page.locator("main.methods")).to_be_visible(timeout=SLOW)
    page.context.clear_cookies()
    page.click(".header__nav >> text=Vergleich")
    expect(page.locator("h1")).to_have_text("Anmelden", timeout=SLOW)
    page.fill("#name", "kurz")
    page.fill("#password", PASSWORD)
    page.click("main button")
    page.wait_for_url("**/intern/vergleich**")
    expect(page.locator("main.comparison")).to_be_visible(timeout=SLOW)
    # a page that is still being built may replace the button between press and release
    page.wait_for_load_state("networkidle")
    page.click(".header button:has-text('Abmelden')")
    page.wait_for_url("**/intern/anmelden?done=out")
    page.context.close()


def test_the_public_head_line_leads_to_the_form(browser: Browser, url: str) -> None:
    page, faults = open_page(browser)
    page.goto(url)
    expect(page.locator(".tile").first).to_be_visible(timeout=SLOW)
    expect(page.locator(".header__inside")).to_have_count(0)
    page.click(".header >> text=Anmelden")
    page.wait_for_url("**/intern/anmelden")
    page.context.close()
    assert faults == []
