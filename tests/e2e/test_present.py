"""A planner keeps views, arranges them, and presents them in the council."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.atlas_page import AtlasPage
from tests.e2e.conftest import open_page
from tests.e2e.present_page import ITEMS, PresentPage

pytestmark = pytest.mark.e2e

VIEWS = ("?indicator=kinderarmut&areas=31,22", "?indicator=arbeitslosigkeit&period=2020")
BODY_PX = 32


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh browser window; script errors and foreign requests fail the test."""
    opened, faults = open_page(browser, width=1920, height=1080)
    yield opened
    opened.close()
    assert faults == []


@pytest.fixture(scope="module")
def keepsake(browser: Browser, demo_url: str) -> dict[str, str]:
    """What a browser remembers that has kept two views in the Atlas."""
    page, faults = open_page(browser, width=1920, height=1080)
    atlas = AtlasPage(page, demo_url)
    for n, query in enumerate(VIEWS, start=1):
        atlas.open(query)
        page.click("#atlas-keep")
        expect(page.locator("#atlas-live")).to_contain_text(f"jetzt {n}")
        expect(page.locator("#present-count")).to_have_text(str(n))
    remembered: dict[str, str] = page.evaluate("() => ({ ...localStorage })")
    page.close()
    assert faults == []
    return remembered


@pytest.fixture
def kept(page: Page, demo_url: str, keepsake: dict[str, str]) -> PresentPage:
    """The page that arranges two kept views."""
    page.goto(f"{demo_url}/intern/anmelden")  # a page of the same site that is quick
    page.evaluate("(all) => Object.assign(localStorage, all)", keepsake)
    return PresentPage(page, demo_url).open()


def test_kept_views_are_listed_with_their_findings(kept: PresentPage) -> None:
    first, second = kept.titles
    assert first.startswith("Kinderarmut")
    assert first != second
    expect(kept.page.locator(f"{ITEMS} .slide__words").first).to_contain_text("2 Gebiete")
    kept.page.reload()
    kept.page.wait_for_selector(ITEMS)
    assert kept.titles == [first, second]


def test_the_same_view_is_kept_once(page: Page, demo_url: str) -> None:
    AtlasPage(page, demo_url).open()
    page.click("#atlas-keep")
    page.click("#atlas-keep")
    expect(page.locator("#atlas-live")).to_contain_text("schon gemerkt")
    expect(page.locator("#present-count")).to_have_text("1")


def test_slides_are_moved_doubled_removed_and_brought_back(kept: PresentPage) -> None:
    first, second = kept.titles
    kept.page.locator(f"{ITEMS} [data-act=down]").first.focus()
    kept.press("Enter")
    assert kept.titles == [second, first]
    assert kept.page.evaluate("document.activeElement.dataset.act") == "up"
    kept.act(1, "copy_slide")
    assert kept.titles == [second, second, first]
    kept.act(3, "remove")
    assert kept.titles == [second, second]
    kept.page.click("#present-undo")
    assert kept.titles == [second, second, first]
    kept.page.click("#present-clear")
    assert kept.titles == []
    expect(kept.page.locator("#present-start")).to_be_disabled()
    kept.page.click("#present-undo")
    assert kept.titles == [second, second, first]


def test_keys_and_clicker_turn_slides_without_loading_the_page(kept: PresentPage) -> None:
    kept.page.click("#present-text")
    kept.page.evaluate("window.sameTab = true")
    kept.page.locator(f"{ITEMS} .slide__handle").first.click()
    kept.stands().start()
    page = kept.page
    assert kept.number == "1 / 3"
    expect(page.locator("#stage-title")).to_be_focused()
    expect(page.locator("#present-live")).to_contain_text("Folie 1 von 3: Kinderarmut")
    kept.press("ArrowRight")
    assert kept.number == "2 / 3"
    assert kept.page.evaluate("keck.app.payload.request.indicator") == "arbeitslosigkeit"
    assert kept.page.evaluate("keck.app.period") == "2020"
    kept.press("PageDown")
    assert kept.number == "3 / 3"
    expect(page.locator("#stage-text li")).to_have_count(2)
    assert kept.shown() == []
    kept.press("PageUp").press("ArrowLeft")
    assert kept.number == "1 / 3"
    kept.press("End")
    assert kept.number == "3 / 3"
    kept.press("Home").press("Space")
    assert kept.number == "2 / 3"
    assert page.evaluate("window.sameTab") is True


def test_b_blanks_the_screen_and_escape_ends(kept: PresentPage) -> None:
    page = kept.page
    kept.start().press("ArrowRight").press("b")
    expect(page.locator("#stage-black")).to_be_visible()
    kept.press("b")
    expect(page.locator("#stage-black")).to_be_hidden()
    expect(page).to_have_url(re.compile("#2$"))
    kept.press("Escape")
    expect(page.locator("html")).to_have_attribute("data-stage", "off")
    expect(page.locator("#present-start")).to_be_focused()
    expect(page).to_have_url(re.compile("^[^#]*$"))


def test_a_slide_is_explored_live_and_the_next_key_goes_on(kept: PresentPage) -> None:
    kept.start()
    atlas = AtlasPage(kept.page, kept.base_url)
    before = kept.page.locator("#stage-title").inner_text()
    address = kept.page.url
    atlas.click_area(3)
    assert len(atlas.chosen()) == 1
    expect(kept.page.locator("#atlas-tooltip")).to_be_visible()
    kept.page.locator(".legend__button:enabled").last.click()
    kept.page.locator(".time__button").first.click()
    atlas.settle()
    expect(kept.page.locator("#stage-title")).not_to_have_text(before)
    assert kept.page.url == address
    kept.press("ArrowRight")
    assert kept.number == "2 / 2"
    kept.press("ArrowLeft")
    expect(kept.page.locator("#stage-title")).to_have_text(before)
    assert len(atlas.chosen()) == 2


def test_arrow_keys_walk_the_map_once_it_was_reached_by_tab(kept: PresentPage) -> None:
    kept.start()
    kept.page.keyboard.press("Tab")
    kept.page.focus("#atlas-map path[tabindex='0']")
    before = kept.page.evaluate("document.activeElement.dataset.area")
    for key in ("ArrowRight", "ArrowLeft"):
        kept.press(key)
    assert kept.number == "1 / 2"
    assert before
    kept.press("PageDown")
    assert kept.number == "2 / 2"


@pytest.mark.parametrize(
    ("panels", "seen"),
    [
        ("map", {"map"}),
        ("map-ranking", {"map", "ranking"}),
        ("map-trend", {"map", "trend"}),
        ("ranking", {"ranking"}),
        ("scatter", {"scatter"}),
        ("all", {"map", "ranking", "scatter", "trend"}),
    ],
)
def test_only_the_chosen_panels_are_seen_in_large_type(
    page: Page, demo_url: str, panels: str, seen: set[str]
) -> None:
    present = PresentPage(page, demo_url).open()
    slide = [{"title": "", "query": VIEWS[0], "panels": panels}]
    packed = page.evaluate("slides => keck.slides.link(slides, 'de')", slide)
    present.open(packed).start()
    assert set(present.shown()) == seen
    sizes = page.evaluate(
        """() => [...document.querySelectorAll(
            '#stage-title, #stage-sub, #present-stage .panel__title, #present-stage .chip__name, '
            + '.keck-layer text, .legend__name, text.keck-label, .axis-name')]
            .filter(n => n.textContent && n.checkVisibility({visibilityProperty: true}))
            .map(n => [n.outerHTML.slice(0, 80), parseFloat(getComputedStyle(n).fontSize)])"""
    )
    assert sizes
    assert [pair for pair in sizes if pair[1] < BODY_PX] == []


def test_a_link_shows_the_same_slides_elsewhere(
    kept: PresentPage, browser: Browser, demo_url: str
) -> None:
    kept.page.locator(f"{ITEMS} .slide__title").first.fill("Eigener „Titel“ – mit Größe")
    kept.page.locator(f"{ITEMS} select").nth(1).select_option("scatter")
    kept.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    kept.page.click("#present-copy")
    expect(kept.page.locator("#present-said")).to_contain_text("alle 2 Folien")
    link = kept.page.evaluate("navigator.clipboard.readText()")
    other, faults = open_page(browser, width=1920, height=1080)
    there = PresentPage(other, demo_url).open(link.split("/praesentieren")[1])
    assert there.titles == kept.titles
    expect(other.locator("#present-notice")).to_contain_text("aus einem Link")
    there.start()
    expect(other.locator("#stage-title")).to_have_text("Eigener „Titel“ – mit Größe")
    kept.page.locator(f"{ITEMS} .slide__handle").first.click()
    kept.stands().start()
    for _ in range(2):
        assert there.shown() == kept.shown()
        state = "[keck.app.payload.request, keck.app.period, keck.app.areas]"
        assert other.evaluate(state) == kept.page.evaluate(state)
        there.press("ArrowRight")
        kept.press("ArrowRight")
    there.press("Escape")
    other.click("#present-notice button >> nth=0")
    assert len(there.titles) == 2
    assert "slides=" not in other.url
    other.close()
    assert faults == []


def test_a_link_with_unknown_parts_opens_with_a_hint(page: Page, demo_url: str) -> None:
    present = PresentPage(page, demo_url).open("?slides=AAAA")
    expect(page.locator("#present-notice")).to_contain_text("beschädigt")
    slides = [{"title": "x", "query": "?indicator=gibt-es-nicht", "panels": "map"}]
    present.open(page.evaluate("slides => keck.slides.link(slides, 'de')", slides)).start()
    expect(page.locator("#stage-hint")).to_contain_text("gibt-es-nicht")


def test_a_file_comes_back_and_a_wrong_one_changes_nothing(
    kept: PresentPage, tmp_path: Path
) -> None:
    page, titles = kept.page, kept.titles
    with page.expect_download() as download:
        page.click("#present-save")
    assert download.value.suggested_filename == "musterstadt_praesentation.json"
    saved = tmp_path / "folien.json"
    download.value.save_as(saved)
    page.click("#present-clear")
    _choose(page, saved)
    expect(page.locator(ITEMS)).to_have_count(2)
    assert kept.titles == titles
    broken = json.loads(saved.read_text(encoding="utf-8"))
    broken["slides"][1]["panels"] = "mars"
    wrong = tmp_path / "kaputt.json"
    wrong.write_text(json.dumps(broken), encoding="utf-8")
    _choose(page, wrong)
    said = page.locator("#present-said")
    for part in ("kaputt.json", "Folie 2", "panels", "Erlaubt sind", "unverändert"):
        expect(said).to_contain_text(part)
    wrong.write_text("keine Präsentation", encoding="utf-8")
    _choose(page, wrong)
    expect(said).to_contain_text("kein lesbares JSON")
    assert kept.titles == titles


def _choose(page: Page, path: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.click("#present-open")
    chooser.value.set_files(path)


def test_a_window_that_stores_nothing_carries_the_list_in_the_link(
    browser: Browser, demo_url: str
) -> None:
    page, faults = open_page(browser)
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused'); }});"
    )
    AtlasPage(page, demo_url).open(VIEWS[0])
    page.click("#atlas-keep")
    expect(page.locator("#atlas-live")).to_contain_text("bewahrt nichts auf")
    page.click(".header__nav a[href^='/praesentieren']")
    page.wait_for_selector(ITEMS)
    assert len(PresentPage(page, demo_url).titles) == 1
    page.close()
    assert faults == []


def test_print_has_one_slide_a_page(kept: PresentPage) -> None:
    # a function that an expression yields is called at once, so this is a statement
    kept.page.evaluate("() => { window.print = () => { window.printed = true; }; }")
    kept.page.click("#present-print")
    kept.page.wait_for_function("() => window.printed")
    expect(kept.page.locator("body > .present-print > .present-print__page")).to_have_count(2)
    pdf = kept.page.pdf(prefer_css_page_size=True)
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") == 2
