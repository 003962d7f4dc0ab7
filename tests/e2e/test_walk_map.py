"""A planner looks closer: facilities, names, zoom, one panel over the whole window."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.atlas_page import AtlasPage
from tests.e2e.places import walked

pytestmark = pytest.mark.e2e

SCALE = "keck.map.graph('atlas-map')._fullLayout.geo.projection.scale"
HOME = "#atlas-map path[tabindex='0']"

A_PLACE = """(() => {
    const gd = keck.map.graph("atlas-map"), box = gd.getBoundingClientRect();
    const seen = keck.facilities.state.shown.filter(({ at }) => document.elementFromPoint(
        at[0] + box.x, at[1] + box.y)?.closest("#atlas-map"));
    const near = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]) < 15;
    const lone = seen.find((x) => seen.every((y) => y === x || !near(x.at, y.at))) || seen[0];
    return [lone.at[0] + box.x, lone.at[1] + box.y,
        seen.filter((y) => near(y.at, lone.at)).map((y) => y.place[3])];
})()"""


def drawn(walk: AtlasPage) -> int:
    """Return how many facilities are drawn on the map."""
    found: int = walk.js("keck.facilities.state.shown.length")
    return found


@walked()
def test_facilities_are_chosen_filtered_told_and_kept(walk: AtlasPage) -> None:
    walk.begin()
    walk.tool("map", "facilities").click()
    boxes = walk.dialog().locator("input[type=checkbox]")
    expect(boxes.first).to_be_visible()
    kinds = boxes.evaluate_all("bs => bs.map(b => b.value)")
    assert len(kinds) >= 3
    boxes.nth(0).check()
    boxes.nth(1).check()
    walk.page.wait_for_function("() => keck.facilities.state.shown.length > 0")
    walk.settle()
    assert walk.address("facilities") == ",".join(kinds[:2])
    n_all = drawn(walk)
    name = walk.js("keck.facilities.state.shown[0].place[3]")
    walk.dialog().locator("input[type=search]").fill(name.upper())
    assert 1 <= drawn(walk) < n_all
    counts = walk.page.locator(".legend__list--facilities .legend__count").all_inner_texts()
    assert sum(map(int, counts)) == drawn(walk)
    walk.dialog().locator("input[type=search]").fill("")
    walk.page.keyboard.press("Escape")
    assert walk.dialog().count() == 0
    assert drawn(walk) == n_all
    walk.reload()
    walk.page.wait_for_function("n => keck.facilities.state.shown.length === n", arg=n_all)
    expect(walk.tool("map", "facilities")).to_have_attribute("aria-pressed", "true")
    assert_facility_told(walk)


def assert_facility_told(walk: AtlasPage) -> None:
    """The kinds stand in the legend, and a facility under the mouse is told."""
    legend = walk.page.locator(".legend__list--facilities .legend__name").all_inner_texts()
    assert legend == walk.js("keck.facilities.state.data.kinds.slice(0, 2).map(k => k.name)")
    x, y, near = walk.js(A_PLACE)
    walk.page.mouse.move(x - 1, y)
    walk.page.mouse.move(x, y)
    expect(walk.page.locator("#atlas-tooltip .tooltip-card__name")).not_to_be_empty()
    assert walk.page.locator("#atlas-tooltip .tooltip-card__name").inner_text() in near
    assert any(kind in walk.tooltip() for kind in legend)


@walked()
def test_names_of_districts_are_switched_on_and_off(walk: AtlasPage) -> None:
    walk.begin()
    names = walk.page.locator("#atlas-map .keck-label--all")
    assert names.count() == 0
    walk.tool("map", "labels").click()
    assert 0 < names.count() <= walk.js("P.areas.length")
    boxes = names.evaluate_all(
        "ns => ns.map(n => n.getBBox()).map(b => [b.x, b.y, b.x + b.width, b.y + b.height])"
    )
    for k, a in enumerate(boxes):
        for b in boxes[:k]:
            apart = a[0] >= b[2] - 4 or b[0] >= a[2] - 4 or a[1] >= b[3] - 4 or b[1] >= a[3] - 4
            assert apart, (a, b)
    walk.tool("map", "labels").click()
    assert names.count() == 0


@walked()
def test_zoom_by_buttons_and_keys_is_kept_in_the_address(walk: AtlasPage) -> None:
    walk.begin()
    walk.settle()
    assert walk.page.evaluate(SCALE) == pytest.approx(1)
    walk.tool("map", "zoom-in").click()
    walk.page.wait_for_function("() => location.search.includes('extent=')")
    assert walk.page.evaluate(SCALE) == pytest.approx(1.5)
    walk.page.focus(HOME)
    walk.page.keyboard.press("+")
    walk.page.wait_for_function(f"() => {SCALE} > 2.2")
    walk.page.keyboard.press("-")
    walk.page.wait_for_function(f"() => {SCALE} < 1.6")
    walk.page.wait_for_timeout(400)
    walk.settle()
    extent = [float(x) for x in walk.address("extent").split(",")]
    walk.reload()
    walk.page.wait_for_function(f"() => {SCALE} > 1.3")
    walk.page.wait_for_timeout(400)
    walk.settle()
    again = [float(x) for x in walk.address("extent").split(",")]
    width = extent[2] - extent[0]
    assert again == pytest.approx(extent, abs=width * 0.03)


@walked()
def test_zoom_goes_home_by_key_and_by_button(walk: AtlasPage) -> None:
    walk.begin()
    walk.settle()
    for way_home in ("0", "home"):
        walk.tool("map", "zoom-in").click()
        walk.page.wait_for_function("() => location.search.includes('extent=')")
        walk.tool("map", "zoom-in").click()
        walk.tool("map", "zoom-out").click()
        walk.page.wait_for_function(f"() => Math.abs({SCALE} - 1.5) < 0.01")
        if way_home == "0":
            walk.page.focus(HOME)
            walk.page.keyboard.press("0")
        else:
            walk.tool("map", "home").click()
        walk.page.wait_for_function("() => !location.search.includes('extent=')")
        assert walk.page.evaluate(SCALE) == pytest.approx(1)


@walked()
def test_every_panel_fills_the_window_until_escape(walk: AtlasPage) -> None:
    walk.begin()
    for panel in ("map", "ranking", "scatter", "trend"):
        button = walk.tool(panel, "full")
        button.click()
        box = walk.page.locator(f".panel--{panel}").bounding_box()
        assert box is not None
        assert box["width"] >= 1400
        assert box["height"] >= 800
        walk.page.wait_for_function(
            "id => document.querySelector(id).getBoundingClientRect().width >= 1300",
            arg=f"#atlas-{panel} .main-svg",
        )
        expect(button).to_have_attribute("aria-pressed", "true")
        walk.page.keyboard.press("Escape")
        assert walk.page.locator(".panel--full").count() == 0
        expect(button).to_have_attribute("aria-pressed", "false")
    walk.settle()
    assert walk.page.evaluate("document.documentElement.scrollHeight") <= 900
