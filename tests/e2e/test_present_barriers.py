"""List and stage of a presentation have no barrier, in both languages, light and dark."""

from __future__ import annotations

import itertools

import pytest
from playwright.sync_api import Browser

from tests.e2e.axe import barriers
from tests.e2e.conftest import open_page
from tests.e2e.present_page import PresentPage

pytestmark = pytest.mark.e2e

VIEW = "?indicator=kinderarmut&areas=31,22"


SIZES = {"desk": (1440, 900), "wall": (1920, 1080)}
QUICK = (("desk", False, "de"), ("wall", True, "en"))
"""Screen, dark and language that every run looks at; the others belong to the long run."""


@pytest.mark.parametrize(
    ("size", "dark", "language"),
    [
        pytest.param(*look, marks=() if look in QUICK else (pytest.mark.long,))
        for look in itertools.product(SIZES, (False, True), ("de", "en"))
    ],
)
def test_no_barrier_in_list_and_on_stage(
    browser: Browser, demo_url: str, size: str, dark: bool, language: str
) -> None:
    width, height = SIZES[size]
    page, faults = open_page(browser, width=width, height=height, dark=dark)
    present = PresentPage(page, demo_url).open(f"?lang={language}")
    slides = [
        {"title": "", "query": VIEW, "panels": "all"},
        {"title": "Frage", "text": "- eins\n- zwei"},
    ]
    query = page.evaluate("([s, l]) => keck.slides.link(s, l)", [slides, language])
    present.open(query)
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    present.start()
    assert barriers(page) == []
    present.press("ArrowRight")
    assert barriers(page) == []
    page.close()
    assert faults == []
