"""Offers, outlook and changes to try out, by keyboard, on a phone, in both languages."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.axe import barriers
from tests.e2e.conftest import open_page

PAINTED = "() => document.querySelectorAll('#sidemap-plan path[aria-label]').length > 5"


def test_changes_are_noted_by_keyboard_and_taken_back(browser, demo_url):
    page, faults = open_page(browser)
    page.goto(f"{demo_url}/bedarf")
    page.get_by_role("link", name="Was wäre, wenn?").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("part=plan"))
    page.select_option("#need-plan-opened-in", label="Nordstadt")
    page.locator("#need-plan-open").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#need-plan-said")).to_contain_text("unvollständig")
    page.locator("#need-plan-opened-places").focus()
    page.keyboard.type("80")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("plan=open~"))
    expect(page.locator(".plan__changes")).to_contain_text(
        "Neue Einrichtung in Nordstadt mit 80 Plätzen"
    )
    page.wait_for_function(PAINTED, timeout=90_000)
    area = page.locator("#sidemap-plan path[aria-label^='Nordstadt:']")
    expect(area).to_have_attribute("aria-label", re.compile("→"))
    page.locator("#need-plan-title").fill("Kita am Hafen")
    page.keyboard.press("Tab")
    expect(page.locator("#need-plan-part")).to_contain_text("Kita am Hafen: Es fehlen")
    page.get_by_role("link", name="zurücknehmen", exact=True).click()
    expect(page.locator("#need-plan-part")).to_have_count(0)
    page.go_back()
    expect(page.locator("#need-plan-part")).to_contain_text("Kita am Hafen: Es fehlen")
    page.close()
    assert not faults


def test_the_outlook_follows_group_and_area(browser, demo_url):
    page, faults = open_page(browser)
    page.goto(f"{demo_url}/bedarf?part=outlook")
    found = page.locator("#need-outlook-part")
    expect(found).to_contain_text("Kinder unter 3 Jahren")
    expect(found).to_contain_text("Ausblick bei unverändertem Trend: Musterstadt hat 2030")
    page.select_option("#need-group", "ue3")
    expect(found).to_contain_text("Kinder von 3 bis 5 Jahren")
    page.select_option("#need-area", label="Nordstadt")
    expect(found).to_contain_text("Trend: Nordstadt hat 2030")
    page.wait_for_selector("#need-outlook .main-svg")
    page.close()
    assert not faults


def test_the_public_sees_places_and_hours_of_offers_and_nobody_who_waits(browser, demo_url):
    page, faults = open_page(browser)
    page.goto(f"{demo_url}/bedarf?part=offers")
    page.select_option("#need-offer", "Offener Treff")
    found = page.locator("section[aria-labelledby=need-offers]")
    expect(found).to_contain_text("Offener Treff 2025")
    expect(found).to_contain_text("nur im internen Bereich")
    listed = page.locator("section[aria-labelledby=need-offer-list]")
    listed.locator("summary").click()
    heads = listed.locator("thead th").all_inner_texts()
    assert heads[-1] == "Plätze"
    assert not {"Belegt", "Warteliste", "Hinweis"} & set(heads)
    expect(listed).to_contain_text("haben dieses Angebot")
    page.close()
    assert not faults


@pytest.mark.parametrize("part", ["offers", "outlook", "plan"])
@pytest.mark.parametrize(("width", "dark", "lang"), [(1440, False, "de"), (390, True, "en")])
def test_no_barrier_and_no_overflow_in_any_part(browser, demo_url, part, width, dark, lang):
    page, faults = open_page(browser, width=width, height=900, dark=dark)
    page.goto(f"{demo_url}/bedarf?part={part}&lang={lang}&plan=close~KI01;open~22~80")
    page.wait_for_selector(".resources__chart .main-svg")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
    assert not faults
