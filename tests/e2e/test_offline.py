"""The offline folder from disk: everything a council laptop can do with it, without any server."""

import os
import re

import pytest
from playwright.sync_api import expect

from tests.e2e.offline_folder import OfflineFolder, exported
from tests.made_once import made_once

CHOSEN = ("kinderarmut", "einwohner", "sprache-kita")


@pytest.fixture(scope="module")
def folder(demo_dir, tmp_path_factory):
    options = [part for one in CHOSEN for part in ("--indicator", one)]

    def export(empty):
        target = empty / "musterstadt"
        exported(demo_dir, target, *options, "--profiles-of", "stadtbezirke", environ=os.environ)

    return made_once("offline-demo", tmp_path_factory, export) / "musterstadt"


@pytest.fixture
def reader(browser, folder):
    opened = OfflineFolder(browser, folder)
    yield opened
    opened.close()


def test_map_time_boundaries_and_language_work_from_disk(reader):
    atlas = reader.atlas("?indicator=kinderarmut&level=stadtteile").ranked()
    atlas.settle()
    before = atlas.picture()
    newest = atlas.value("period")
    atlas.choose("period", atlas.options("period")[1])
    assert atlas.picture() != before
    atlas.choose("period", "2015")
    assert atlas.js("P.level.vintage") == "2012"
    atlas.choose("period", newest)
    assert atlas.picture() == before
    atlas.click_area(2)
    atlas.click_area(5, add=True)
    assert len(atlas.chosen()) == 2
    expect(atlas.page).to_have_url(re.compile(r"areas=[^&]+,[^&]+"))
    atlas.choose("level", "stadtbezirke")
    assert len(atlas.fills()) == 8
    atlas.click_area(1)
    assert atlas.page.locator("#atlas-tray a[href^='profil/stadtbezirke/']").count() == 1
    atlas.page.select_option("#atlas-theme", "all")
    atlas.choose("indicator", "einwohner")
    assert atlas.js("P.mark") == "circle"
    german = atlas.finding()
    atlas.page.click("a[data-language='en']")
    atlas.painted().settle()
    assert atlas.finding() != german
    assert atlas.js("P.lang") == "en"
    assert (atlas.value("indicator"), atlas.value("level")) == ("einwohner", "stadtbezirke")
    atlas.page.go_back()
    atlas.painted()


def test_tables_tooltips_dialogs_pictures_and_files_work_from_disk(reader):
    atlas = reader.atlas("?indicator=kinderarmut&level=sozialraeume&areas=nichts").ranked()
    atlas.settle()
    page = atlas.page
    page.wait_for_selector("#atlas-table .ag-row")
    page.mouse.move(*atlas.inside(3))
    assert atlas.js("P.names[3]") in atlas.tooltip()
    atlas.tool("map", "data").click()
    expect(page.locator(".panel--map table tbody tr").first).to_be_visible()
    atlas.tool("map", "data").click()
    atlas.tool("map", "info").click()
    expect(atlas.dialog().locator("dt").first).to_be_visible()
    page.keyboard.press("Escape")
    atlas.tool("map", "save").click()
    expect(atlas.dialog().get_by_role("link")).to_have_count(1)
    with page.expect_download() as table:
        atlas.dialog().get_by_role("link").click()
    assert "Kinderarmut" in table.value.path().read_text("utf-8-sig")
    with page.expect_download() as picture:
        atlas.dialog().get_by_role("button", name="SVG").click()
    assert "<svg" in picture.value.path().read_text("utf-8")
    assert page.locator("#atlas-keep").is_hidden()
    assert reader.barriers() == []
    page.click("#theme-switch")
    assert page.evaluate("document.documentElement.dataset.bsTheme") == "dark"
    assert reader.barriers() == []


def test_pages_lead_from_the_overview_to_a_profile_and_back_to_the_map(reader):
    page = reader.open("index.html")
    assert reader.barriers() == []
    page.fill("#offline-search", "kinderarm")
    expect(page.locator("#offline-count")).to_contain_text("passen")
    expect(page.locator(".offline__list li:visible")).to_have_count(1)
    page.fill("#offline-search", "")
    page.locator("summary", has_text="Stadtbezirke").click()
    page.locator("a[href^='profil/stadtbezirke/']").first.click()
    page.wait_for_selector("html[data-unpacked]")
    expect(page.locator("main h1")).to_have_count(1)
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    assert reader.barriers() == []
    page.locator("summary", has_text="Einfache Sprache").click()
    page.click("a[data-language='en']")
    page.wait_for_selector("html[data-unpacked]")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.locator("main a[href*='atlas.html?indicator=']").first.click()
    page.wait_for_selector("html[data-painted]")
    assert page.evaluate("keck.app.payload.lang") == "en"
    for name in ("hinweise.html", "methoden.en.html"):
        reader.open(name)
        assert reader.barriers() == []


def test_the_search_of_the_map_finds_areas_without_a_server(reader):
    atlas = reader.atlas("?indicator=kinderarmut&level=stadtteile")
    atlas.settle()
    atlas.page.click("#search-open")
    atlas.page.keyboard.type("hafenvorst")
    expect(atlas.page.locator("#search-list [role=option]").first).to_contain_text("Hafenvorstadt")
    expect(atlas.page.locator(".search__note")).to_be_hidden()
    atlas.page.keyboard.press("ArrowDown")
    atlas.page.keyboard.press("Enter")
    expect(atlas.page.locator("#atlas-tray .chip__name")).to_have_text("Hafenvorstadt")


@pytest.mark.parametrize("width", [390, 1920])
def test_no_page_is_wider_than_the_window(browser, folder, width):
    reader = OfflineFolder(browser, folder, width=width)
    profile = next((folder / "profil/stadtbezirke").iterdir()).relative_to(folder)
    for name in ("index.html", "hinweise.html", "methoden.html", "atlas.html", str(profile)):
        page = reader.open(name)
        if name == "atlas.html":
            page.wait_for_selector("html[data-painted]")
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, name
    reader.close()
