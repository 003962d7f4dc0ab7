"""Twins, maps in step, rules and groups as a reader meets them, on the demo town."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.e2e.axe import barriers
from tests.e2e.conftest import open_page

PAGE = "/vergleich?level=stadtteile&areas=11,12"
PAINTED = "() => document.querySelectorAll('#sidemap-third path.sidemap__area').length === 32"


def told(page, key):
    return parse_qs(urlsplit(page.url).query).get(key, [""])


def opened(browser, address, *, painted=PAINTED, **look):
    page, faults = open_page(browser, **look)
    page.goto(address)
    page.wait_for_function(painted, timeout=90_000)
    return page, faults


def view_of(page):
    return page.evaluate("() => ({ ...window.keck.sideMaps.held.view })")


def test_maps_point_move_and_choose_in_step(browser, demo_url):
    page, faults = opened(browser, demo_url + PAGE)
    area = page.locator("#sidemap-left path[aria-label^='Nordstadt:']")
    area.hover()
    lines = page.locator("#sidemap-tooltip dd").all_inner_texts()
    assert len(lines) == 3
    rings = page.locator(".sidemap__ring").evaluate_all(
        "all => all.map((r) => r.getAttribute('d'))"
    )
    assert len([d for d in rings if d]) == 3
    page.get_by_role("button", name="vergrößern").click()
    assert view_of(page)["zoom"] == 1.5
    page.get_by_role("button", name="alles zeigen").click()
    assert view_of(page) == {"zoom": 1, "x": 0, "y": 0}
    area.click()
    page.wait_for_function("() => document.querySelectorAll('.comparison__chips li').length === 3")
    page.wait_for_function(PAINTED)
    assert len(told(page, "areas")[0].split(",")) == 3
    pressed = page.locator("path.sidemap__area[aria-pressed='true']")
    assert pressed.count() == 9
    with page.expect_download() as saved:
        page.locator("[data-sidemap-picture='third']").click()
    assert saved.value.suggested_filename.endswith("_third.png")
    page.select_option("#sidemap-left-indicator", "altersarmut")
    third = page.locator(".sidemap__map h3").nth(2)
    third.filter(has_text="gesicherter Unterschied zu").wait_for()
    assert told(page, "map") == ["city"]
    assert not faults


SHAPES = "() => document.querySelectorAll('#sidemap-left path[d]').length"
STRIPS = (
    "() => Number(document.querySelector('.comparison__strips .main-svg').getAttribute('width'))"
)
UNLOADED = """() => {
  for (const map of window.keck.sideMaps.held.maps) {
    map.data = null;
    map.group.replaceChildren();
    map.ring.removeAttribute('d');
  }
}"""


def test_a_print_that_does_not_wait_has_maps_and_words_of_a_readable_size(browser, demo_url):
    page, faults = opened(browser, demo_url + PAGE)
    hint = page.locator(".screen-only", has_text="↕")
    assert hint.is_visible()
    page.wait_for_selector(".comparison__strips .main-svg")  # drawn after the maps on a slow day
    wide = page.evaluate(STRIPS)
    page.evaluate(UNLOADED)
    assert page.evaluate(SHAPES) == 0
    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(SHAPES) >= 32
    assert page.evaluate(STRIPS) == 790 < wide
    page.emulate_media(media="print")
    assert hint.is_hidden()
    page.emulate_media(media="screen")
    page.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    page.wait_for_function(f"({STRIPS})() === {wide}")
    assert not faults


def test_the_keys_of_a_print_wait_for_the_maps(browser, demo_url):
    page, faults = opened(browser, demo_url + PAGE)
    page.evaluate("() => { window.print = () => { window.printed = true; }; }")
    page.evaluate(UNLOADED)
    page.keyboard.press("Control+p")
    assert not page.evaluate("() => window.printed")
    page.evaluate("() => window.keck.sideMaps.drawNow()")
    page.wait_for_function("() => window.printed")
    assert not faults


def test_the_keyboard_walks_the_map_and_chooses(browser, demo_url):
    page, faults = opened(browser, demo_url + PAGE)
    page.locator("#sidemap-left path[tabindex='0']").focus()
    first = page.evaluate("() => document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("ArrowDown")
    second = page.evaluate("() => document.activeElement.getAttribute('aria-label')")
    assert first != second
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelectorAll('.comparison__chips li').length === 3")
    page.wait_for_function(PAINTED)
    page.wait_for_function("() => document.activeElement.closest('#sidemap-left')")
    assert page.evaluate("() => document.activeElement.getAttribute('aria-label')") == second
    assert not faults


def test_a_rule_finds_areas_is_kept_in_the_address_and_says_what_is_wrong(browser, demo_url):
    page, faults = opened(browser, demo_url + PAGE)
    page.select_option("#rule-indicator-1", "kinderarmut")
    page.wait_for_function("() => document.getElementById('rule-help-1').innerText.includes('bis')")
    page.fill("#rule-value-1", "20,5")
    page.click("#rule-go")
    page.wait_for_selector(".rule__found")
    assert told(page, "rule") == ["kinderarmut > 20,5"]
    assert "erfüllen die Regel" in page.locator(".rule__found").inner_text()
    assert page.input_value("#rule-text") == '"Kinderarmut" > 20,5'
    page.locator(".rule__table .found__add").first.click()
    page.wait_for_function("() => document.querySelectorAll('.comparison__chips li').length === 3")
    page.fill("#rule-text", "Kinderarmut > 1.234")
    page.click("#rule-read")
    problem = page.locator(".rule__problem")
    problem.wait_for()
    assert "1234 oder 1,2340" in problem.inner_text()
    assert not faults


def test_a_group_stands_beside_the_areas_and_is_kept_by_the_browser(browser, demo_url):
    page, faults = opened(browser, demo_url + PAGE)
    page.click("#group-make")
    page.wait_for_function(
        "() => document.getElementById('group-said').innerText.includes('Namen')"
    )
    page.fill("#group-name", "Altstadt: rundum")
    page.click("#group-make")
    page.wait_for_function("() => document.querySelectorAll('.comparison__chips li').length === 3")
    assert told(page, "group") == ["Altstadt rundum:11,12"]
    assert "Altstadt rundum" in page.locator("#comparison-table thead").inner_text()
    page.locator(".groups__list a").click()
    page.wait_for_selector("#groups-kept li")
    assert told(page, "group") == [""]
    page.get_by_role("button", name="„Altstadt rundum“ verwenden").click()
    page.wait_for_selector(".groups__list li")
    assert told(page, "group") == ["Altstadt rundum:11,12"]
    assert not faults


FULL = (
    "&group=Hafen:11,12&rule=kinderarmut%3E20+and+kita-u3%3C40&left=kinderarmut@2020"
    "&right=kinderarmut@2025"
)


@pytest.mark.parametrize(
    ("look", "language"),
    [
        ({"width": 1440, "height": 900}, "de"),
        ({"width": 390, "height": 844, "dark": True}, "en"),
    ],
    ids=["light-de", "phone-dark-en"],
)
def test_axe_finds_no_barrier_in_the_sections(browser, demo_url, look, language):
    page, faults = opened(browser, f"{demo_url}{PAGE}{FULL}&lang={language}", **look)
    assert barriers(page) == []
    width = page.evaluate("() => document.documentElement.scrollWidth")
    assert width <= look["width"]
    assert not faults
