"""A planner puts an index together and shares money by it, by keyboard, in both languages."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.e2e.axe import barriers
from tests.e2e.conftest import open_page

PAINTED = "() => document.querySelectorAll('#sidemap-index path[aria-label]').length > 5"


def opened(browser, address, **look):
    page, faults = open_page(browser, **look)
    page.goto(address)
    page.wait_for_function(PAINTED, timeout=90_000)
    page.wait_for_selector("#resources-curve .main-svg")
    return page, faults


def told(page, key):
    return parse_qs(urlsplit(page.url).query).get(key, [""])[0]


def test_weights_amount_and_gearing_follow_the_keyboard(browser, demo_url, tmp_path):
    page, faults = opened(browser, f"{demo_url}/ressourcen")
    page.locator("#resources-weight-1").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("weights=3,1,1"))
    expect(page.locator(".resources__share").first).to_have_text("60 %")
    assert page.evaluate("document.activeElement.id") == "resources-weight-1"
    page.locator("#resources-amount").fill("50000")
    page.keyboard.press("Enter")
    expect(page.locator("#resources-share")).to_contain_text("50.000,00 Euro verteilt")
    page.locator("#resources-gearing").focus()
    page.keyboard.press("Home")
    expect(page.locator("#resources-share")).to_contain_text(
        "verteilt wie mit der Gießkanne: Keines von"
    )
    assert told(page, "gearing") == "0"
    page.select_option("#resources-unit", "half")
    expect(page.locator("#resources-share")).to_contain_text("10,0 Stellen")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Rechenblatt (XLSX)").click()
    file = tmp_path / "rechnung.xlsx"
    saved.value.save_as(file)
    assert load_workbook(file).sheetnames == ["Verteilung", "Faktor", "Hinweise"]
    page.go_back()
    expect(page.locator("#resources-share")).to_contain_text("50.000,00 Euro verteilt")
    page.close()
    assert not faults


def test_an_area_of_the_map_opens_its_profile_by_click_and_by_keyboard(browser, demo_url):
    page, faults = opened(browser, f"{demo_url}/ressourcen?lang=en")
    area = page.locator("#sidemap-index path[aria-label^='Nordstadt']")
    area.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Nordstadt")
    assert urlsplit(page.url).path.startswith("/profil/stadtteile/")
    assert told(page, "lang") == "en"
    page.go_back()
    page.wait_for_function(PAINTED, timeout=90_000)
    area.click()
    expect(page.locator("h1")).to_contain_text("Nordstadt")
    page.close()
    assert not faults


def test_limits_against_last_year_follow_the_keyboard(browser, demo_url):
    page, faults = opened(browser, f"{demo_url}/ressourcen?gearing=100")
    share = page.locator("section", has=page.locator("#resources-share"))
    expect(page.locator("#resources-fall")).to_be_hidden()
    page.locator("#resources-before").focus()
    page.keyboard.press("ArrowDown")
    expect(share).to_contain_text("Als Vorjahr gilt die Gießkanne über 100.000,00 Euro")
    page.locator("#resources-rise").fill("3")
    page.keyboard.press("Enter")
    expect(share).to_contain_text("Gegenüber dem Vorjahr gilt: höchstens 3 % mehr")
    assert told(page, "rise") == "3"
    page.locator("#resources-before-amount").fill("90000")
    page.keyboard.press("Enter")
    expect(share).to_contain_text("So lässt sich nicht verteilen: Im Vorjahr waren es 90.000,00")
    expect(page.locator("#resources-changes")).to_have_count(0)
    page.locator("#resources-rise").fill("20")
    page.keyboard.press("Enter")
    page.wait_for_selector("#resources-changes .main-svg")
    chart = page.locator("figure", has=page.locator("#resources-changes"))
    expect(chart).to_contain_text("Am meisten gewinnen (in Euro): ")
    chart.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(chart.locator("tbody tr")).to_have_count(32)
    page.close()
    assert not faults


@pytest.mark.parametrize(
    ("width", "height", "dark", "lang"), [(1440, 900, False, "de"), (390, 844, True, "en")]
)
def test_no_barrier_and_no_overflow(browser, demo_url, width, height, dark, lang):
    page, faults = opened(
        browser,
        f"{demo_url}/ressourcen?before=formula&fall=2&lang={lang}",
        width=width,
        height=height,
        dark=dark,
    )
    page.locator("#resources-parts").scroll_into_view_if_needed()
    page.locator(".resources__chart details summary").first.click()
    page.wait_for_selector(".resources__chart table")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
    assert not faults


@pytest.mark.long
@pytest.mark.towns
@pytest.mark.parametrize("town", ["flensburg_url", "berlin_url"])
def test_real_towns_share_as_well(browser, request, town):
    page, faults = opened(browser, f"{request.getfixturevalue(town)}/ressourcen")
    expect(page.locator("#resources-share")).to_contain_text("verteilt")
    assert barriers(page) == []
    page.close()
    assert not faults
