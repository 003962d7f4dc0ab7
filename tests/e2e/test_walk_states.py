"""What the page shows while it waits, when an answer fails and when there is no value."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.e2e.atlas_page import AtlasPage
from tests.e2e.conftest import open_page
from tests.e2e.places import DEMO, walked

pytestmark = pytest.mark.e2e

VIEWS = "**/_dash-update-component**"


@pytest.fixture(params=["de", "en"])
def troubled(
    browser: Browser, demo_url: str, request: pytest.FixtureRequest
) -> Iterator[AtlasPage]:
    """A page on which requests fail: the browser writes that to the console, as it must."""
    page, _ = open_page(browser)
    yield AtlasPage(page, demo_url, start={"lang": request.param}).begin()
    page.close()


def test_a_slow_answer_is_announced_and_the_last_view_stays(troubled: AtlasPage) -> None:
    troubled.settle()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    troubled.page.route(VIEWS, hold)
    before = troubled.finding()
    other = next(o for o in troubled.options("indicator") if o != troubled.value("indicator"))
    troubled.page.select_option("#atlas-indicator", other)
    expect(troubled.page.locator("html[data-loading]")).to_have_count(1)
    expect(troubled.page.locator("#atlas-live")).to_have_text(troubled.tr("script.loading"))
    assert troubled.finding() == before
    for route in held:
        route.continue_()
    troubled.page.unroute(VIEWS)
    expect(troubled.page.locator("html[data-loading]")).to_have_count(0)
    troubled.settle()
    assert troubled.js("P.request.indicator") == other
    assert troubled.finding() != before


@pytest.mark.parametrize("failure", ["aborted", "refused"])
def test_a_failed_answer_is_told_and_asked_for_again(troubled: AtlasPage, failure: str) -> None:
    troubled.settle()
    before = troubled.finding()
    troubled.page.route(
        VIEWS,
        lambda route: route.abort() if failure == "aborted" else route.fulfill(status=500, body=""),
    )
    other = next(o for o in troubled.options("indicator") if o != troubled.value("indicator"))
    troubled.page.select_option("#atlas-indicator", other)
    fault = troubled.page.locator("#atlas-fault")
    expect(fault).to_contain_text(troubled.tr("script.fault.load"))
    assert troubled.finding() == before
    troubled.page.unroute(VIEWS)
    fault.get_by_role("button", name=troubled.tr("script.fault.retry")).click()
    troubled.page.wait_for_function("i => keck.app.payload.request.indicator === i", arg=other)
    troubled.settle()
    expect(fault).to_be_hidden()
    assert troubled.finding() != before


@walked(DEMO)
def test_a_year_without_values_says_so_in_every_chart(walk: AtlasPage) -> None:
    walk.begin(indicator="zahngesund", period="2025")
    assert walk.js("p.v.every(v => v === null)")
    for chart in ("map", "ranking"):
        note = walk.page.locator(f".panel--{chart} .chart__note")
        expect(note).to_have_text(walk.tr("script.empty.period", period="2025"))
    expect(walk.page.locator(".panel--scatter .chart__note")).to_have_text(
        walk.tr("script.empty.pairs")
    )
    legend = walk.page.locator("#atlas-legend .legend__button", has_text=walk.tr("state.pending"))
    assert legend.locator(".legend__count").inner_text() == str(walk.js("P.areas.length"))
    assert walk.page.locator("#atlas-map path.choroplethlocation.is-empty").count() == 32
    walk.choose("period", "2024")
    for chart in ("map", "ranking"):
        expect(walk.page.locator(f".panel--{chart} .chart__note")).to_be_hidden()
