"""The profile of an area in a real browser: found, read at every length, printed."""

from __future__ import annotations

import io
import re
from itertools import pairwise

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.axe import barriers
from tests.e2e.conftest import open_page

pytestmark = pytest.mark.e2e
SLOW = 30_000
LOOKS = (("de", False, 1920, 1080), ("en", True, 1440, 900), ("de", True, 390, 844))
LANGUAGES = ("de", "en")


def opened(page: Page, address: str) -> Page:
    """Open a profile and wait until its settled parts stand."""
    page.goto(address)
    expect(page.locator("h1")).to_be_visible(timeout=SLOW)
    expect(page.locator(".settled").last).not_to_be_empty(timeout=SLOW)
    return page


def headings(page: Page) -> list[int]:
    return [int(tag[1]) for tag in page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4')].map((h) => h.tagName)")]  # fmt: skip


def is_clean(page: Page, width: int) -> None:
    """No barrier, one h1, headings in order, nothing that scrolls sideways."""
    assert barriers(page) == []
    levels = headings(page)
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels)), levels
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_area_is_found_by_a_slip_and_read_at_every_length(
    browser: Browser, demo_url: str
) -> None:
    page, faults = open_page(browser)
    opened(page, f"{demo_url}/profil")
    is_clean(page, 1440)
    page.get_by_label("Gebiet suchen").fill("Rosenviertl")
    page.locator("#profile-found a", has_text="Rosenviertel").first.click()
    page.wait_for_url(re.compile("/profil/stadtteile/12"))
    expect(page.locator("h1")).to_contain_text("Rosenviertel", timeout=SLOW)
    expect(page.locator(".profile__section--figures tbody tr")).not_to_have_count(0)
    is_clean(page, 1440)
    page.get_by_role("link", name="Einfache Sprache").click()
    page.wait_for_url(re.compile("length=easy"))
    easy = page.locator(".profile__text--easy")
    expect(easy).to_contain_text("von 100", timeout=SLOW)
    assert "%" not in easy.inner_text()
    page.select_option("#profile-period", "2020")
    page.wait_for_url(re.compile("period=2020"))
    expect(page.locator(".profile__section--figures .is-period", has_text="2025")).to_have_count(
        0, timeout=SLOW
    )
    page.go_back()
    expect(
        page.locator(".profile__section--figures .is-period", has_text="2025")
    ).not_to_have_count(0, timeout=SLOW)
    fold = page.locator(".profile__course summary").first
    fold.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".profile__course table").first).to_be_visible()
    page.locator(".profile__section--inside a").first.click()
    page.wait_for_url(re.compile("/profil/sozialraeume/"))
    page.close()
    assert faults == []


@pytest.mark.parametrize(("language", "dark", "width", "height"), LOOKS)
def test_profiles_have_no_barrier_on_any_screen(
    browser: Browser, demo_url: str, language: str, dark: bool, width: int, height: int
) -> None:
    page, faults = open_page(browser, width=width, height=height, dark=dark)
    for path in ("stadtteile/21", "kitas/KI01"):
        opened(page, f"{demo_url}/profil/{path}?lang={language}")
        is_clean(page, width)
    page.close()
    assert faults == []


def test_a_profile_prints_on_two_pages_with_nothing_cut_off(
    browser: Browser, demo_url: str
) -> None:
    page, faults = open_page(browser)
    opened(page, f"{demo_url}/profil/stadtteile/11")
    names = page.locator(".profile__section--figures tbody th[scope=row] a").all_inner_texts()
    document = pypdfium2.PdfDocument(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    texts = [document[i].get_textpage().get_text_range() for i in range(len(document))]
    assert len(texts) <= 2
    printed = " ".join(" ".join(texts).split())
    assert [n for n in names if n.split()[0] not in printed] == []
    assert "Wie verlässlich ist das?" in printed
    for sheet in document:
        width, height = sheet.get_size()
        text = sheet.get_textpage()
        boxes = [text.get_charbox(i) for i in range(text.count_chars())]
        assert all(0 <= b[0] <= b[2] <= width and 0 <= b[1] <= b[3] <= height for b in boxes)
    page.close()
    assert faults == []


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("town", "paths"),
    [
        ("flensburg_url", ("stadtteile", "stadtbezirke", "stadt")),
        ("berlin_url", ("planungsraeume", "bezirksregionen", "bezirke", "stadt")),
    ],
)
def test_profiles_of_real_towns_open_on_every_level(
    browser: Browser,
    request: pytest.FixtureRequest,
    town: str,
    paths: tuple[str, ...],
    language: str,
) -> None:
    address = request.getfixturevalue(town)
    for dark, width, height in ((False, 1440, 900), (True, 390, 844)):
        page, faults = open_page(browser, width=width, height=height, dark=dark)
        for level in paths:
            opened(page, f"{address}/profil/{level}/{_area(page, address, level)}?lang={language}")
            is_clean(page, width)
        page.close()
        assert faults == []


def _area(page: Page, address: str, level: str) -> str:
    answer = page.request.get(f"{address}/api/v1/areas?level={level}").json()
    features = answer["features"]
    return str(features[len(features) // 2]["properties"]["area_id"])
