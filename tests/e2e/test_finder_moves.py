"""A district that another year knows is found, and the year follows."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.atlas_page import AtlasPage
from tests.e2e.test_finder import SLOW, option, search

VIEWS = "**/_dash-update-component**"


@pytest.mark.parametrize("is_painted_between", [False, True], ids=["at-once", "painted-between"])
def test_a_district_that_an_old_year_does_not_know_moves_the_year(
    atlas: AtlasPage, is_painted_between: bool
) -> None:
    atlas.open("?indicator=kinderarmut&period=2014&level=sozialraeume")
    atlas.settle()
    atlas.page.evaluate("keck.places.load()")
    atlas.page.wait_for_function("() => keck.places.loaded() !== null")
    name, area = atlas.page.evaluate(
        """() => {
            const level = keck.places.loaded().levels.find((x) => x.id === "sozialraeume");
            const isNew = ([id]) => !keck.app.payload.index.has(id) &&
                keck.places.successor("sozialraeume", "2021", "2012", id) === null;
            const [id, name] = level.areas.find(isNew);
            return [name, id];
        }"""
    )
    search(atlas, name)
    expect(option(atlas, area)).to_be_visible()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    if is_painted_between:
        atlas.page.evaluate("keck.guard.enabled = false")
        atlas.page.route(VIEWS, hold)
    option(atlas, area).click()
    expect(atlas.page.locator("#atlas-period")).to_have_value("2025")
    if is_painted_between:
        expect(atlas.page.locator("html[data-loading]")).to_have_count(1)
        before = atlas.js("keck.app.stamps.n")
        atlas.page.evaluate("keck.app.repaint()")
        atlas.page.wait_for_function("n => keck.app.stamps.n > n", arg=before)
        for route in held:
            route.continue_()
        atlas.page.unroute(VIEWS)
    expect(atlas.page.locator("#atlas-tray .chip__name")).to_have_text([name], timeout=SLOW)
