"""No barrier on any town, level, screen, colour scheme or language, whatever is open."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.atlas_page import AtlasPage
from tests.e2e.axe import barriers
from tests.e2e.conftest import open_page
from tests.e2e.places import DEMO, LONG, NAMES, Place

pytestmark = pytest.mark.e2e


SIZES = {"desk": (1440, 900), "wall": (1920, 1080), "phone": (390, 844)}
QUICK = (("desk", False, "de"), ("desk", True, "en"), ("phone", False, "en"), ("wall", True, "de"))
"""Screen, dark and language that every run looks at, on the demo town."""
TOWNS = (("desk", False, "de"), ("desk", True, "en"), ("phone", True, "de"), ("wall", False, "en"))


def looks() -> list[object]:
    """Return some screens, schemes and languages on the demo town, others on the real ones."""
    found: list[tuple[Place, tuple[str, bool, str], tuple[pytest.MarkDecorator, ...]]]
    found = [(DEMO, look, ()) for look in QUICK]
    found += [(place, look, LONG) for place in NAMES if place is not DEMO for look in TOWNS]
    return [
        pytest.param(
            place,
            look,
            id="-".join((NAMES[place], look[0], "dark" if look[1] else "light", look[2])),
            marks=marks,
        )
        for place, look, marks in found
    ]


@pytest.mark.parametrize(("place", "look"), looks())
def test_no_barrier_and_no_sideways_scrolling(
    browser: Browser,
    request: pytest.FixtureRequest,
    place: Place,
    look: tuple[str, bool, str],
) -> None:
    size, dark, language = look
    width, height = SIZES[size]
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
    page.close()
    assert faults == []
