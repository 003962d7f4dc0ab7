"""Districts side by side as a reader puts them there: from the Atlas, by search, by keyboard."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.atlas_page import AtlasPage
from tests.e2e.axe import barriers
from tests.e2e.conftest import open_page

pytestmark = pytest.mark.e2e

TABLE = "#comparison-table"
CHARTS = ".comparison .js-plotly-plot .main-svg"
DRAWN_MS = 30_000


def sort_by_keyboard(page: Page, name: str) -> None:
    """Sort by an indicator without a pointer; the focus stays where it was."""
    step = f'[data-step="sort-{name}"]'
    page.locator(step).focus()
    page.keyboard.press("Enter")
    row = page.locator(f"{TABLE} th[scope=row]").filter(has=page.locator(step))
    expect(row).to_have_attribute("aria-sort", "descending", timeout=DRAWN_MS)
    expect(page.locator(step)).to_be_focused()


def query_of(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def heads(page: Page) -> list[str]:
    return page.locator(f"{TABLE} .heat__name").all_inner_texts()


def drawn(page: Page, n_areas: int) -> None:
    """Wait until the table has that many districts and every indicator its chart."""
    expect(page.locator(f"{TABLE} .heat__area")).to_have_count(n_areas, timeout=DRAWN_MS)
    n = page.locator(".course .comparison__graph").count()
    expect(page.locator(".course .main-svg").nth(n - 1)).to_be_visible(timeout=DRAWN_MS)


def test_districts_go_from_the_atlas_side_by_side(browser: Browser, demo_url: str) -> None:
    """Tray, search with a slip, sorting, folds, removal, back: all by address and keyboard."""
    page, faults = open_page(browser)
    AtlasPage(page, demo_url).open("?indicator=kinderarmut&level=stadtteile&areas=31,11")
    page.click("#atlas-side")
    drawn(page, 2)
    assert heads(page) == ["Nordstadt", "Altstadt"]
    assert query_of(page) == {
        "level": ["stadtteile"], "areas": ["31,11"], "theme": ["soziale-lage"],
    }  # fmt: skip
    page.fill("#comparison-find", "hafeninsl")
    page.locator(".found__add", has_text="Hafeninsel").click()
    drawn(page, 3)
    assert query_of(page)["areas"] == ["31,11,22"]
    expect(page.locator("#comparison-find")).to_be_focused()
    for slot in (1, 2, 3):
        expect(page.locator(f"{TABLE} .heat__area").nth(slot - 1)).to_have_class(
            re.compile(f"slot-{slot}")
        )
    sort_by_keyboard(page, "kinderarmut")
    assert heads(page)[0] == "Nordstadt"

    fold = page.locator(".course details").first
    fold.locator("summary").click()
    expect(fold.locator("tbody tr").first.locator("th")).to_have_text("2012")
    page.click('[data-step="remove-11"]')
    drawn(page, 2)
    page.go_back()
    drawn(page, 3)
    assert query_of(page)["areas"] == ["31,11,22"]
    page.close()
    assert faults == []


def test_selectors_write_the_address_and_files_hold_what_is_shown(
    browser: Browser, demo_url: str
) -> None:
    page, faults = open_page(browser)
    page.goto(f"{demo_url}/vergleich?level=stadtteile&areas=22,31&theme=gesundheit")
    drawn(page, 2)
    hidden = page.locator(f"{TABLE} .heat__cell--empty").first
    expect(hidden).to_contain_text("geheim gehalten")
    assert not re.search(r"\d", hidden.inner_text())
    page.select_option("#comparison-interval", "on")
    expect(page.locator(".heat__interval").first).to_be_visible(timeout=DRAWN_MS)
    page.select_option("#comparison-theme", "bildung")
    expect(page.locator(TABLE)).to_contain_text("Ganztag", timeout=DRAWN_MS)
    assert (query_of(page)["theme"], query_of(page)["interval"]) == (["bildung"], ["on"])
    page.click(".many > summary")
    page.get_by_label("Kinderarmut", exact=True).check()
    page.click("#comparison-apply")
    expect(page.locator(TABLE)).to_contain_text("Kinderarmut", timeout=DRAWN_MS)
    assert "kinderarmut" in query_of(page)["indicators"][0]
    with page.expect_download() as waiting:
        page.locator(".comparison__actions a", has_text="CSV").first.click()
    text = waiting.value.path().read_text("utf-8-sig")
    assert "Kinderarmut" in text
    assert "geheim gehalten" in text
    page.click(".header__tools [data-language=en]")
    expect(page.locator("html")).to_have_attribute("lang", "en", timeout=DRAWN_MS)
    drawn(page, 2)
    assert "kinderarmut" in query_of(page)["indicators"][0]
    page.close()
    assert faults == []


@pytest.mark.parametrize(
    ("width", "height", "dark", "language"),
    [(1440, 900, False, "de"), (390, 844, True, "en")],
)
def test_no_barrier_and_no_overflow(
    browser: Browser, demo_url: str, width: int, height: int, dark: bool, language: str
) -> None:
    page, faults = open_page(browser, width=width, height=height, dark=dark)
    areas = "11,22,31,14,21,24,13,12"
    for query in (f"areas={areas}&theme=gesundheit&interval=on", "areas=11", ""):
        page.goto(f"{demo_url}/vergleich?level=stadtteile&lang={language}&{query}")
        page.wait_for_selector(".comparison h1", timeout=DRAWN_MS)
        if query:
            drawn(page, query.partition("&")[0].count(",") + 1)
            page.locator("details summary").first.click()
        assert barriers(page) == [], query
        assert page.evaluate("document.documentElement.scrollWidth") <= width, query
        assert page.locator("h1").count() == 1
    page.close()
    assert faults == []


@pytest.mark.long
@pytest.mark.towns
@pytest.mark.parametrize(
    ("fixture", "width"), [("flensburg_url", 1440), ("berlin_url", 1920), ("berlin_url", 390)]
)
def test_real_towns_stand_side_by_side(
    browser: Browser, request: pytest.FixtureRequest, fixture: str, width: int
) -> None:
    """Every level and every theme of a real town: charts drawn, no barrier, nothing overflows."""
    address: str = request.getfixturevalue(fixture)
    page, faults = open_page(browser, width=width, height=1080)
    page.goto(f"{address}/vergleich")
    page.wait_for_selector(".comparison h1", timeout=DRAWN_MS)
    levels = page.locator("#comparison-level option").evaluate_all(
        "x => x.map((o) => o.value).filter(Boolean)"
    )
    for level in levels:
        page.goto(f"{address}/vergleich?level={level}")
        page.wait_for_selector(".comparison h1", timeout=DRAWN_MS)
        town = page.request.get(f"{address}/api/v1/catalogue").json()
        found = page.request.get(f"{address}/api/v1/areas?level={level}").json()["features"]
        areas = [f["properties"].get("area_id") or f["id"] for f in found][:8]
        themes = page.locator("#comparison-theme option").evaluate_all(
            "x => x.map((o) => o.value).filter(Boolean)"
        )
        assert town["release"]
        for theme in themes:
            page.goto(f"{address}/vergleich?level={level}&theme={theme}&areas={','.join(areas)}")
            drawn(page, len(areas))
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (level, theme)
        assert barriers(page) == [], level
    page.close()
    assert faults == []
