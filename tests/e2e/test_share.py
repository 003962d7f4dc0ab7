"""Handing on a view, reading an article, a chart in the page of another site."""

from __future__ import annotations

import http.server
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.servers import free_port
from tests.e2e.axe import barriers
from tests.e2e.conftest import open_page

pytestmark = pytest.mark.e2e

VIEW = "/atlas?indicator=kinderarmut&level=stadtteile&areas=31,22"
LOOKS = ((1440, 900, False, "de"), (390, 844, True, "en"), (1920, 1080, False, "en"))
ARTICLE = "/artikel/kinderarmut-in-zahlen"


def painted(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("html[data-painted]")


def share(page: Page) -> None:
    page.click("#share-open")
    page.wait_for_selector("#share-full")


def walk_dialog(page: Page, url: str, language: str) -> None:
    painted(page, f"{url}{VIEW}&lang={language}")
    page.focus("#share-open")
    page.keyboard.press("Enter")
    page.wait_for_selector("#share-full")
    full, short = page.input_value("#share-full"), page.input_value("#share-short")
    assert "release=" in full
    assert "areas=31,22" in full
    assert re.fullmatch(rf"{url}/s/[2-9a-z]{{7,16}}", short)
    assert short in (page.get_attribute(".share__qr", "alt") or "")
    assert barriers(page, "#share-dialog") == []
    mail = page.get_attribute("a[href^='mailto:']", "href") or ""
    assert "subject=" in mail
    assert short.replace(":", "%3A") in mail
    page.click("[data-of=share-short]")
    expect(page.locator("#share-said")).not_to_be_empty()
    page.click("[data-share=large]")
    box = page.locator(".share__qr").bounding_box()
    assert box
    assert box["width"] > min(page.viewport_size.values()) * 0.6
    page.keyboard.press("Escape")
    expect(page.locator("#share-dialog")).not_to_be_visible()
    assert page.evaluate("document.activeElement.id") == "share-open"
    page.goto(short)
    page.wait_for_selector("html[data-painted]")
    assert "release=" in page.url
    assert page.locator(".chip").count() == 2


@pytest.mark.parametrize(
    ("width", "height", "dark", "language"),
    [pytest.param(*look, marks=() if i < 2 else pytest.mark.long) for i, look in enumerate(LOOKS)],
)
def test_a_view_is_handed_on_by_keyboard_and_opened_from_its_short_link(
    browser: Browser, demo_url: str, width: int, height: int, dark: bool, language: str
) -> None:
    page, faults = open_page(browser, width=width, height=height, dark=dark)
    walk_dialog(page, demo_url, language)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
    assert faults == []


@pytest.mark.parametrize(
    ("width", "height", "dark", "language"),
    [pytest.param(*look, marks=() if i < 2 else pytest.mark.long) for i, look in enumerate(LOOKS)],
)
def test_an_article_is_read_with_its_live_views(
    browser: Browser, demo_url: str, width: int, height: int, dark: bool, language: str
) -> None:
    page, faults = open_page(browser, width=width, height=height, dark=dark)
    page.goto(f"{demo_url}/artikel?lang={language}")
    page.wait_for_selector(".article-card")
    assert barriers(page) == []
    page.click(".article-card a >> nth=0")
    page.wait_for_selector(".article h1")
    assert f"lang={language}" in page.url or language == "de"
    frame = page.frame_locator(".article-view iframe").first
    page.locator("[data-frame]").first.scroll_into_view_if_needed()
    frame.locator("html[data-painted]").wait_for(state="attached")
    assert (
        frame.locator(".panel--map h1")
        .inner_text()
        .startswith("Kinderarmut" if language == "de" else "Child poverty")
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert barriers(page) == []
    page.emulate_media(media="print")
    expect(page.locator(".article-view__finding").first).to_be_visible()
    expect(page.locator(".article-view__frame").first).not_to_be_visible()
    page.close()
    assert faults == []


@pytest.fixture
def other_site(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A page of another origin."""
    port = free_port()

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args: object) -> None:
            super().__init__(*args, directory=str(tmp_path))

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{port}/", tmp_path
    server.shutdown()
    server.server_close()


def test_a_page_of_another_origin_gets_no_frame_unless_it_is_allowed(
    browser: Browser, demo_url: str, other_site: tuple[str, Path]
) -> None:
    address, folder = other_site
    for path in ("/embed/atlas?panel=trend", "/atlas"):
        (folder / "index.html").write_text(
            f'<!DOCTYPE html><title>x</title><iframe src="{demo_url}{path}"></iframe>'
        )
        page, faults = open_page(browser)
        page.goto(address)
        page.wait_for_timeout(1000)
        assert any("frame-ancestors" in fault for fault in faults), path
        page.close()
    frame, faults = open_page(browser, width=700, height=460)
    painted(frame, f"{demo_url}/embed/atlas?indicator=kinderarmut&areas=31&panel=trend")
    expect(frame.locator(".panel--trend")).to_be_visible()
    expect(frame.locator(".panel--map")).not_to_be_visible()
    expect(frame.locator(".embed__foot")).to_contain_text("Ausgabe")
    assert barriers(frame) == []
    frame.close()
    assert faults == []


@pytest.mark.long
@pytest.mark.towns
@pytest.mark.parametrize("town", ["flensburg_url", "berlin_url"])
def test_views_of_real_towns_are_handed_on_and_framed(
    browser: Browser, request: pytest.FixtureRequest, town: str
) -> None:
    url = request.getfixturevalue(town)
    page, faults = open_page(browser)
    painted(page, f"{url}/atlas")
    share(page)
    short = page.input_value("#share-short")
    page.goto(short)
    page.wait_for_selector("html[data-painted]")
    query = page.url.partition("?")[2]
    for panel in ("map", "ranking", "trend", "scatter", "table"):
        painted(page, f"{url}/embed/atlas?{query}&panel={panel}")
        expect(page.locator(f".panel--{panel}")).to_be_visible()
        expect(page.locator(".embed__foot")).to_contain_text("Ausgabe")
        assert barriers(page) == []
    page.close()
    assert faults == []
