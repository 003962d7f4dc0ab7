"""A planner selects districts: by click, by box and lasso, by class, and takes them back."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.atlas_page import BARS, DOTS, AtlasPage, middle
from tests.e2e.facts import positions
from tests.e2e.places import BERLIN_143, DEMO, KOELN, walked

pytestmark = pytest.mark.e2e

FIELD = ".finder input[role=combobox]"

PIXELS = """(() => {
    const gd = keck.map.graph(arg), box = gd.getBoundingClientRect();
    if (arg === "atlas-map") {
        return keck.pointer.pixels(gd, P).map((at) => at && [at[0] + box.x, at[1] + box.y]);
    }
    const { l, t } = keck.plane.frame(gd);
    return gd.keckPlaces.map((at) => at && [at[0] + l + box.x, at[1] + t + box.y]);
})()"""

EMPTY = """(() => {
    const gd = keck.map.graph("atlas-map"), box = gd.getBoundingClientRect();
    for (let k = 0; k < 1e5; k += 1) {
        const x = box.right - 20 - 7 * (k % 80), y = box.y + 20 + 7 * Math.floor(k / 80);
        const isOurs = gd.contains(document.elementFromPoint(x, y));
        if (isOurs && keck.pointer.areaAt(gd, "atlas-map", { clientX: x, clientY: y }) < 0) {
            return [x, y];
        }
    }
})()"""

COLOURS = """(([place, index, row]) => {
    const { slots } = keck.app, gd = keck.map.graph("atlas-map");
    const chip = document.querySelectorAll("#atlas-tray .chip")[place];
    const line = keck.plane.gdOf("atlas-trend").querySelectorAll("path.keck-line")[place + 1];
    return {
        tray: chip.style.getPropertyValue("--chip"),
        ranking: document.querySelectorAll("BARS")[row].style.fill,
        scatter: keck.scatterChart.dots(keck.plane.gdOf("atlas-scatter"))[index].style.fill,
        trend: line.style.stroke,
        map: gd.querySelectorAll(".keck-outline--line")[place].style.stroke,
    };
})(arg)""".replace("BARS", BARS)


def held(atlas: AtlasPage) -> list[str]:
    found: list[str] = atlas.js("keck.app.areas")
    return found


def pixels(atlas: AtlasPage, chart: str) -> list[tuple[float, float] | None]:
    found: list[tuple[float, float] | None] = atlas.js(PIXELS, chart)
    return found


def around(places: list[Any], how_many: int) -> tuple[float, float, float, float]:
    """Return a box that holds the middles of the areas nearest to one another."""
    known = [p for p in places if p]
    cx, cy = sorted(known, key=lambda p: p[0])[len(known) // 2]
    near = sorted(known, key=lambda p: abs(p[0] - cx) + abs(p[1] - cy))[:how_many]
    xs, ys = [p[0] for p in near], [p[1] for p in near]
    return min(xs) - 3.5, min(ys) - 3.5, max(xs) + 3.5, max(ys) + 3.5


def inside(place: Any, box: tuple[float, float, float, float]) -> bool:
    return bool(place) and box[0] < place[0] < box[2] and box[1] < place[1] < box[3]


@walked()
def test_up_to_eight_districts_have_one_colour_in_all_charts(walk: AtlasPage) -> None:
    walk.begin()
    for _ in range(8):
        # the more are chosen the higher is the tray, and the fewer rows of others are left
        marked = walk.js("[...keck.app.marked]")
        free = (k for k, r in enumerate(walk.rows())
                if "position" in r and r["position"] not in marked)  # fmt: skip
        walk.click_bar(next(free), add=True)
    assert len(walk.chosen()) == 8
    shown = walk.rows()
    seen = set()
    for place, index in enumerate(walk.js("[...keck.app.slots.keys()]")):
        row = next(k for k, r in enumerate(shown) if r.get("position") == index)
        if not walk.js("keck.plane.gdOf('atlas-scatter').keckPlaces[arg]", index):
            continue
        colours = walk.js(COLOURS, [place, index, row])
        assert set(colours.values()) == {f"var(--sel-{place + 1})"}, colours
        seen.add(place)
    assert len(seen) >= 6
    n = walk.js("P.areas.length")
    assert walk.page.locator("#atlas-map path.choroplethlocation.is-dim").count() == n - 8
    assert walk.page.locator(f"{BARS}.is-dim:visible").count() == sum(
        "position" in r for r in shown
    ) - len([r for r in shown if r.get("position") in walk.js("[...keck.app.marked]")])
    bright = walk.page.eval_on_selector_all(
        f"{DOTS}:not([style*='display: none'])", "ds => ds.map(d => Number(d.style.fillOpacity))"
    )
    assert sum(x > 0.9 for x in bright) <= 8 < sum(x < 0.3 for x in bright) + 8
    assert len(walk.address("areas").split(",")) == 8


@walked()
def test_a_ninth_district_makes_one_group_without_colours(walk: AtlasPage) -> None:
    walk.begin()
    first = walk.js("p.o.slice(0, 8).map(i => P.areas[i])")
    walk.begin(areas=",".join(first))
    expect(walk.page.locator("#atlas-map .keck-outline--line")).to_have_count(8)
    marked = walk.js("[...keck.app.marked]")
    ninth = next(k for k, r in enumerate(walk.rows()) if r.get("position", marked[0]) not in marked)
    walk.click_bar(ninth, add=True)
    words = walk.js("P.level.words")
    assert walk.chosen() == [walk.tr("script.word.group", n=9, words=words)]
    assert walk.page.locator("#atlas-map .keck-outline--line").count() == 0
    assert walk.page.locator("#atlas-map .keck-outline--group").count() == 9
    assert walk.page.locator("#atlas-map path.is-dim").count() == walk.js("P.areas.length") - 9
    walk.page.click("#atlas-tray .chip__remove")
    walk.settle()
    assert walk.chosen() == []


@walked()
def test_ctrl_adds_a_second_click_deselects_and_empty_space_clears(walk: AtlasPage) -> None:
    walk.begin()
    order = walk.js("p.o")
    first, second = walk.js("arg.map(i => P.areas[i])", [order[0], order[5]])
    walk.click_area(order[0])
    assert held(walk) == [first]
    walk.click_area(order[5], add=True)
    assert held(walk) == [first, second]
    walk.click_area(order[0], add=True)
    assert held(walk) == [second]
    walk.click_area(order[5])
    assert held(walk) == []
    walk.click_area(order[0])
    walk.click_at(*walk.js(EMPTY))
    assert held(walk) == []
    expect(walk.page.locator("#atlas-live")).to_have_text(walk.tr("script.select.none"))
    walk.click_area(order[0])
    walk.page.click("#atlas-clear")
    walk.settle()
    assert held(walk) == []
    assert walk.address("areas") == ""


def with_pairs(walk: AtlasPage) -> None:
    """Take another second indicator where the proposed one has no value of this year."""
    if not any(pixels(walk, "atlas-scatter")):
        walk.choose("second", walk.options("second")[0])


@walked()
def test_a_box_selects_the_districts_inside_and_adds_to_them(walk: AtlasPage) -> None:
    walk.begin()
    with_pairs(walk)
    ids = walk.js("P.areas")
    for chart in ("map", "scatter"):
        walk.clear()
        places = pixels(walk, f"atlas-{chart}")
        box = around(places, 4)
        wanted = {area for area, place in zip(ids, places, strict=True) if inside(place, box)}
        assert 4 <= len(wanted) < len(ids)
        row = next(
            k
            for k, r in enumerate(walk.rows())
            if ids[r.get("position", 0)] not in wanted and "position" in r
        )
        walk.click_bar(row)
        (outside,) = held(walk)
        button = walk.tool(chart, "box")
        button.click()
        assert button.get_attribute("aria-pressed") == "true"
        walk.drag([(box[0], box[1]), (box[2], box[3])])
        assert set(held(walk)) == wanted | {outside}
        walk.page.keyboard.press("Escape")
        assert button.get_attribute("aria-pressed") == "false"
        assert walk.page.locator("svg.lasso").count() == 0
        assert set(held(walk)) == wanted | {outside}


@walked()
def test_a_lasso_selects_the_districts_it_surrounds(walk: AtlasPage) -> None:
    walk.begin()
    with_pairs(walk)
    ids = walk.js("P.areas")
    for chart in ("map", "scatter"):
        walk.clear()
        places = pixels(walk, f"atlas-{chart}")
        left, top, right, bottom = around(places, 5)
        # a diamond in the box: |x| + |y| <= 1 in halves of its sides
        cx, cy = (left + right) / 2, (top + bottom) / 2
        rx, ry = (right - left) / 2, (bottom - top) / 2
        reach = {
            area: abs(p[0] - cx) / rx + abs(p[1] - cy) / ry
            for area, p in zip(ids, places, strict=True)
            if p
        }
        walk.tool(chart, "lasso").click()
        walk.drag([(cx, top), (right, cy), (cx, bottom), (left, cy), (cx, top)])
        found = set(held(walk))
        assert found
        assert {a for a, d in reach.items() if d < 0.97} <= found
        assert found <= {a for a, d in reach.items() if d < 1.03}
        walk.tool(chart, "lasso").click()
        assert walk.page.locator("svg.lasso").count() == 0


@walked()
def test_a_class_of_the_legend_is_selected_everywhere_and_taken_back(walk: AtlasPage) -> None:
    walk.begin()
    counts = walk.js("p.counts")
    k = min((n, k) for k, n in enumerate(counts) if n)[1]
    ids = walk.js("P.areas.filter((_, i) => p.c[i] === arg)", k)
    entry = walk.page.locator("#atlas-legend .legend__button").nth(k)
    assert entry.locator(".legend__count").inner_text() == str(len(ids))
    entry.click()
    walk.settle()
    assert set(held(walk)) == set(ids)
    expect(walk.page.locator("#atlas-legend .legend__button").nth(k)).to_have_attribute(
        "aria-pressed", "true"
    )
    dim = walk.page.locator("#atlas-map path.choroplethlocation.is-dim")
    expect(dim).to_have_count(walk.js("P.areas.length") - len(ids))
    expect(walk.page.locator("#atlas-live")).to_have_text(
        walk.tr("script.select.chosen", n=len(ids))
    )
    walk.page.locator("#atlas-legend .legend__button").nth(k).click()
    walk.settle()
    assert held(walk) == []


@walked(DEMO)
def test_a_kind_of_empty_is_selected_like_a_class(walk: AtlasPage) -> None:
    walk.start = {**walk.start, "level": "kitas", "indicator": "sprache-kita"}
    walk.begin()
    hidden = positions(walk, "s")
    assert hidden
    entry = walk.page.locator("#atlas-legend .legend__button", has_text=walk.tr("state.suppressed"))
    assert entry.locator(".legend__count").inner_text() == str(len(hidden))
    entry.click()
    walk.settle()
    assert set(held(walk)) == set(walk.js("arg.map(i => P.areas[i])", hidden))
    assert walk.js("[...keck.app.marked].every(i => p.v[i] === null)")


@walked(BERLIN_143, KOELN)
def test_indicators_are_found_by_typing_and_impossible_ones_say_why(walk: AtlasPage) -> None:
    walk.begin()
    kept = walk.value("indicator")
    wanted = next(i for i in walk.options("second") if i.startswith("anteil-ab-65"))
    place = walk.page.locator("#atlas-second")
    walk.click_at(*middle(place))
    expect(walk.page.locator(FIELD)).to_be_focused()
    own = walk.page.locator(f"[role=option][data-value='{kept}']:visible")
    expect(own).to_have_attribute("aria-disabled", "true")
    walk.page.keyboard.type("65")
    walk.page.locator(f"[role=option][data-value='{wanted}']:visible").click()
    walk.settle()
    assert walk.address("second") == wanted
    walk.click_at(*middle(walk.page.locator("#atlas-indicator")))
    names = walk.js("keck.app.catalogue.indicators.map(i => [i.id, i.name])")
    walk.page.keyboard.type(dict(names)["anteil-frauen"])
    walk.page.keyboard.press("Enter")
    walk.settle()
    assert walk.address("indicator") == "anteil-frauen"
