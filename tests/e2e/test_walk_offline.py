"""Offline folders of real towns, walked from disk: Flensburg and Berlin, in both languages."""

import os

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import real_town
from tests.e2e.offline_folder import OfflineFolder, exported
from tests.made_once import made_once

pytestmark = pytest.mark.long

MEGABYTE = 1_000_000
TOWNS = {
    "flensburg": ("sgb2-quote", 10, ()),
    "berlin": ("", 60, ("--profiles-of", "bezirke")),
}
"""Town → indicator to look at (the opening one when empty), most megabytes, options."""


@pytest.fixture(scope="module", params=TOWNS)
def town(request):
    return request.param


@pytest.fixture(scope="module")
def folder(town, tmp_path_factory):
    data_dir = real_town(town, tmp_path_factory)

    def export(empty):
        exported(data_dir, empty / "folder", *TOWNS[town][2], environ=os.environ)

    return made_once(f"offline-{town}", tmp_path_factory, export) / "folder"


@pytest.fixture
def reader(browser, folder):
    opened = OfflineFolder(browser, folder)
    yield opened
    opened.close()


def test_the_folder_is_small_enough_to_be_carried(town, folder):
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    assert size < TOWNS[town][1] * MEGABYTE


def test_every_level_and_year_of_an_indicator_is_drawn(town, reader):
    indicator = TOWNS[town][0]
    atlas = reader.atlas(f"?indicator={indicator}" if indicator else "")
    atlas.settle()
    for level in atlas.options("level"):
        if level != atlas.value("level"):
            atlas.choose("level", level)
        years = atlas.options("period")
        for year in [x for x in years if x != atlas.value("period")][:2]:
            atlas.choose("period", year)
            assert atlas.js("keck.app.period") == year
            assert year[:4] in atlas.finding()
    assert atlas.js("P.areas.length") > 5


@pytest.mark.parametrize("language", ["de", "en"])
def test_overview_profile_and_map_have_no_barrier(reader, language):
    suffix = "" if language == "de" else ".en"
    page = reader.open(f"index{suffix}.html")
    assert reader.barriers() == []
    page.locator("details summary").first.click()
    page.locator("details a[href*='profil/']").first.click()
    page.wait_for_selector("html[data-unpacked]")
    expect(page.locator("main h1")).to_have_count(1)
    assert reader.barriers() == []
    page.locator("main a[href*='atlas.html?indicator=']").first.click()
    page.wait_for_selector("html[data-painted]")
    assert page.evaluate("keck.app.payload.lang") == language
    assert reader.barriers() == []
