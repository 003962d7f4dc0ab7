"""A level without outlines in the browser: a message in place of the map, everything else works."""

import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.e2e.atlas_page import BARS, DOTS, MAP, RANKING, AtlasPage
from tests.e2e.conftest import open_page
from tests.e2e.present_page import PresentPage
from tests.e2e.readers import served
from tests.serving import ROOT
from tests.small_delivery import write_delivery
from tests.unlocated_delivery import DRAWN_HEAD, DRAWN_TABLES, LINES

LISTED = "?indicator=anteil&level=listen&period=2021&second=kinder"


@pytest.fixture(scope="module")
def mixed_url(tmp_path_factory):
    """The application on a town with a map of one level only."""
    folder = tmp_path_factory.mktemp("delivery")
    recipe = write_delivery(folder, LINES, head=DRAWN_HEAD, table=DRAWN_TABLES)
    data_dir = tmp_path_factory.mktemp("mixed")
    subprocess.run(
        [sys.executable, "cli.py", "import", str(recipe), "--data", str(folder), "--release"],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "KECK_DATA_DIR": str(data_dir)},
        check=True,
        capture_output=True,
        timeout=120,
    )
    yield from served(data_dir)


@pytest.fixture
def atlas(browser, mixed_url):
    page, faults = open_page(browser)
    yield AtlasPage(page, mixed_url)
    page.close()
    assert faults == []


def test_the_message_stands_in_place_of_the_map_and_the_charts_share_the_room(atlas):
    atlas.open(LISTED)
    page = atlas.page
    expect(page.locator("#atlas-no-map")).to_contain_text("Keine Karte")
    expect(page.locator("#atlas-no-map")).to_contain_text("Viertel")
    expect(page.locator(MAP)).to_be_hidden()
    expect(page.locator(".map-tools")).to_be_hidden()
    expect(page.locator(BARS)).to_have_count(12)
    expect(page.locator(DOTS)).to_have_count(12)
    message = page.locator(".panel--map").bounding_box()
    ranking = page.locator(".panel--ranking").bounding_box()
    assert message["height"] < 190
    assert ranking["width"] > 700
    assert ranking["height"] > 200
    expect(page.locator(".panel--table")).to_contain_text("Waldrand")
    bar = page.locator(BARS).first.bounding_box()
    page.mouse.click(bar["x"] + 20, bar["y"] + bar["height"] / 2)
    expect(page.locator("#atlas-tray-chips .chip")).to_contain_text("Ostufer")


def test_the_map_comes_and_goes_with_the_level(atlas):
    atlas.open(LISTED)
    page = atlas.page
    page.select_option("#atlas-level", "viertel")
    atlas.painted()
    expect(page.locator("#atlas-no-map")).to_be_hidden()
    expect(page.locator(f"{MAP} path.choroplethlocation")).to_have_count(3)
    box, panel = page.locator(MAP).bounding_box(), page.locator(".panel--map").bounding_box()
    assert box["width"] > 0.9 * panel["width"]
    paths = page.locator(f"{MAP} path.choroplethlocation")
    assert paths.first.bounding_box()["width"] > 80
    page.select_option("#atlas-level", "listen")
    atlas.painted()
    expect(page.locator(MAP)).to_be_hidden()
    expect(page.locator(BARS)).to_have_count(12)


@pytest.mark.long
@pytest.mark.parametrize(("width", "height", "dark"), [(390, 844, False), (1440, 900, True)])
def test_message_and_charts_stand_on_every_screen(browser, mixed_url, width, height, dark):
    page, faults = open_page(browser, width=width, height=height, dark=dark, language="en-GB")
    AtlasPage(page, mixed_url).open(f"{LISTED}&lang=en")
    expect(page.locator("#atlas-no-map")).to_contain_text("No map")
    message = page.locator(".panel--map").bounding_box()
    ranking = page.locator(RANKING).bounding_box()
    assert message["y"] + message["height"] <= ranking["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
    assert faults == []


@pytest.mark.long
def test_a_slide_of_the_map_shows_the_message_and_the_ranking(atlas):
    atlas.open(LISTED)
    atlas.page.click("#atlas-keep")
    present = PresentPage(atlas.page, atlas.base_url).open()
    atlas.page.locator("#present-list select").first.select_option("map")
    present.start()
    assert present.shown() == ["map", "ranking"]
    expect(atlas.page.locator("#present-stage .no-map")).to_contain_text("Keine Karte")
    expect(atlas.page.locator("#present-stage .map-tools")).to_be_hidden()
    box = atlas.page.locator(f"#present-stage {RANKING}").bounding_box()
    assert box["width"] > 1000
    assert box["height"] > 250
