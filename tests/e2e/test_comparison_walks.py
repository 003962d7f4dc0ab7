"""Maps, rules and twins of real towns: hundreds of areas, levels without outlines, thousands."""

from __future__ import annotations

import json
from urllib.request import urlopen

import pytest

from tests.e2e.axe import barriers
from tests.e2e.conftest import open_page

pytestmark = pytest.mark.long

PAINTED = "(n) => document.querySelectorAll('#sidemap-left path').length >= n"


def areas_of(url, level):
    with urlopen(f"{url}/api/v1/areas?level={level}") as answer:  # noqa: S310
        return [x["id"] for x in json.load(answer)["features"]]


def opened(browser, address, least):
    page, faults = open_page(browser, width=1920, height=1080)
    page.goto(address)
    page.wait_for_function(PAINTED, arg=least, timeout=120_000)
    return page, faults


def test_berlin_has_542_areas_in_step(browser, berlin_url):
    first, second = areas_of(berlin_url, "planungsraeume")[:2]
    page, faults = opened(
        browser,
        f"{berlin_url}/vergleich?level=planungsraeume&areas={first},{second}"
        "&rule=kinderarmut>40 and anteil-unter-6>6&right=kinderarmut&left=anteil-unter-6",
        542,
    )
    assert page.locator(".twins__table tbody tr").count() == 10
    assert "nicht prüfbar" in page.locator(".rule__finding").inner_text()
    moved = page.evaluate(
        "() => { const m = window.keck.sideMaps; m.zoom(3); m.settle(); return m.held.view.zoom; }"
    )
    assert moved == 3
    assert barriers(page, ".sidemap") == []
    assert not faults


def test_flensburg_tells_twins_and_says_where_there_are_no_outlines(browser, flensburg_url):
    page, faults = opened(
        browser, f"{flensburg_url}/vergleich?level=stadtteile&areas=01,02&group=Nord:03,04", 13
    )
    assert page.locator(".twins__table").count() == 2
    page.goto(f"{flensburg_url}/vergleich?level=stadtbezirke")
    page.wait_for_selector("#rules-title")
    assert barriers(page) == []
    assert not faults


def test_thousands_of_areas_are_drawn_and_found_under_the_pointer(browser, gemeinden_url):
    page, faults = opened(browser, f"{gemeinden_url}/vergleich?level=gemeinden", 5)
    box = page.locator("#sidemap-left svg").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_selector("#sidemap-tooltip:not([hidden])")
    assert page.locator("#sidemap-tooltip dd").count() >= 2
    assert not faults
