"""Measures and their effects by keyboard, in both languages; staff enter one without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.axe import barriers
from tests.e2e.conftest import open_page
from tests.e2e.test_staff import add_user, set_up

STRONG = "Zufall ist eine unwahrscheinliche Erklärung. Andere Ursachen sind möglich."


def opened(browser, address, **look):
    page, faults = open_page(browser, **look)
    page.goto(address)
    page.wait_for_selector("#effects-development .main-svg", timeout=90_000)
    return page, faults


def test_measure_filter_and_year_follow_the_keyboard(browser, demo_url):
    page, faults = opened(browser, f"{demo_url}/wirkung")
    expect(page.locator("#effects-said")).to_contain_text("Sprachbildung in Kitas")
    expect(page.locator(".effects__said")).to_contain_text("keine vom Zufall unterscheidbare")
    page.locator("#effects-status").focus()
    page.keyboard.type("beendet")
    expect(page).to_have_url(re.compile("status=ended"))
    expect(page.locator("#effects-said")).to_contain_text("Sport im Quartier")
    expect(page.locator(".effects__said")).to_contain_text(STRONG)
    page.wait_for_selector("#effects-placebo .main-svg")
    page.locator("#effects-year").focus()
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile("year=20"))
    expect(page.locator("#effects-in-year")).to_contain_text(re.compile(r"20\d\d: \d Maßnahme"))
    assert page.evaluate("document.activeElement.id") == "effects-year"
    page.go_back()
    expect(page.locator("#effects-in-year")).to_have_count(0)
    page.select_option("#effects-status", "all")
    expect(page.locator("#effects-register")).to_contain_text("3 Maßnahmen")
    page.select_option("#effects-area", label="Bahnhofsviertel")
    expect(page.locator("#effects-said")).to_contain_text("Lotsinnen für Vorsorge")
    expect(page.locator(".effects__said")).to_contain_text("Über eine Wirkung lässt sich")
    page.close()
    assert not faults


@pytest.mark.parametrize(
    ("width", "height", "dark", "lang"), [(1440, 900, False, "de"), (390, 844, True, "en")]
)
def test_no_barrier_and_no_overflow(browser, demo_url, width, height, dark, lang):
    page, faults = opened(
        browser,
        f"{demo_url}/wirkung?status=ended&year=2025&lang={lang}",
        width=width,
        height=height,
        dark=dark,
    )
    page.locator(".resources__chart details summary").first.click()
    page.wait_for_selector(".resources__chart table")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
    assert not faults


def test_a_profile_leads_to_the_measures_of_its_area(browser, demo_url):
    page, faults = open_page(browser)
    page.goto(f"{demo_url}/profil/stadtteile/41")
    page.click("text=1 Maßnahme in diesem Gebiet")
    expect(page.locator("#effects-said")).to_contain_text("Sprachbildung in Kitas")
    page.close()
    assert not faults


def test_an_editor_enters_a_measure_without_scripts(browser, folder, url):
    page = browser.new_context(java_script_enabled=False).new_page()
    set_up(page, url, add_user(folder, "edda", "editor"))
    page.click(".header__nav >> text=Maßnahmen")
    page.click("text=Maßnahme eintragen")
    page.fill("#name", "Spielmobil")
    page.fill("#what", "Ein Bus mit Spielgeräten kommt zweimal in der Woche.")
    page.get_by_label("Nordstadt").check()
    page.fill("#since", "2026-05-01")
    page.fill("#target_group", "Kinder von 6 bis 12 Jahren")
    page.select_option("#indicator", "sportverein")
    page.select_option("#direction", "up")
    page.fill("#review", "2026-04-01")
    page.click("text=Speichern")
    expect(page.locator("[role=alert]")).to_contain_text("muss nach dem Beginn liegen")
    expect(page.locator("#name")).to_have_value("Spielmobil")
    expect(page.get_by_label("Nordstadt")).to_be_checked()
    page.fill("#review", "2028-04-01")
    page.click("text=Speichern")
    expect(page.locator("[role=status]")).to_contain_text("gespeichert")
    for address in (page.url, f"{url}/intern/massnahmen", f"{url}/intern/massnahmen/neu?lang=en"):
        for look, width in ((False, 1440), (True, 390)):
            seen, _ = open_page(browser, dark=look)
            seen.context.add_cookies(page.context.cookies())
            seen.set_viewport_size({"width": width, "height": 900})
            seen.goto(address)
            assert barriers(seen) == [], address
            assert seen.evaluate("document.documentElement.scrollWidth") <= width, address
            seen.context.close()
    page.context.close()
