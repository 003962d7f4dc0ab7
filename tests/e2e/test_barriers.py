"""No barrier on any town, level, screen, colour scheme or language, whatever is open."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.atlas_page import AtlasPage
from tests.e2e.axe import barriers
from tests.e2e.conftest import open_page
from tests.e2e.places import walks

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize(
    ("width", "height"), [(1440, 900), (1920, 1080), (390, 844)], ids=["desk", "wall", "phone"]
)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("where", walks())
def test_no_barrier_and_no_sideways_scrolling(
    browser: Browser,
    request: pytest.FixtureRequest,
    where: Any,
    dark: bool,
    width: int,
    height: int,
) -> None:
    place, language = where
    page, faults = open_page(browser, width=width, height=height, dark=dark)
    start = {"level": place.level, "lang": language}
    atlas = AtlasPage(page, request.getfixturevalue(place.address), start).begin()
    atlas.click_bar(0)
    assert len(atlas.chosen()) == 1
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width >= 1440:
        assert page.evaluate("document.documentElement.scrollHeight") <= height
    page.locator("#atlas-legend .legend__edit").click()
    expect(atlas.dialog()).to_be_visible()
    assert barriers(page) == []
    page.keyboard.press("Escape")
    for panel in ("map", "ranking", "scatter", "trend"):
        atlas.tool(panel, "data").click()
    expect(page.locator(".chart__data")).to_have_count(4)
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()
    assert faults == []
