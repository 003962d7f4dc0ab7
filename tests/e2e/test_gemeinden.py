"""The 10,997 Gemeinden in a browser: drawn on canvases, used like any other town."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from i18n.formats import number
from tests.e2e.atlas_page import BARS, MAP, RANKING, SCATTER, AtlasPage, middle
from tests.e2e.axe import barriers
from tests.e2e.conftest import open_page

pytestmark = [pytest.mark.e2e, pytest.mark.towns, pytest.mark.long]

AREAS = 10_997
CONSTANCE, SHARE, WOMEN = "08335043", "alter-65-plus", "frauenanteil"
FRAME_MS = 1000 / 60

_PIXEL = """([x, y]) => {
    const canvas = document.querySelector('.keck-ground__areas');
    const box = canvas.getBoundingClientRect();
    const ratio = canvas.width / box.width;
    return [...canvas.getContext('2d')
        .getImageData(Math.floor((x - box.x) * ratio), Math.floor((y - box.y) * ratio), 1, 1).data];
}"""
# A pixel that the map's own index gives to the area, as all beside it, so that it has one colour.
_SPOT = """(i) => {
    const gd = keck.map.graph('atlas-map'), box = gd.getBoundingClientRect();
    const [w, s, e, n] = keck.canvasMap.boxOf(gd, i);
    const steps = [.5, .4, .6, .3, .7, .2, .8, .1, .9];
    for (const fy of steps) for (const fx of steps) {
        const x = Math.round(w + fx * (e - w)) + .5, y = Math.round(n + fy * (s - n)) + .5;
        const beside = [[0, 0], [-1, 0], [1, 0], [0, -1], [0, 1], [1, 1], [-1, -1]];
        if (beside.every(([dx, dy]) => keck.canvasMap.hit(gd, x + dx, y + dy) === i)) {
            return [box.x + x, box.y + y];
        }
    }
    return null;
}"""
_IS_LARGE = """(i) => {
    const [w, s, e, n] = keck.canvasMap.boxOf(keck.map.graph('atlas-map'), i);
    return Math.max(e - w, s - n) > 30;
}"""
_FILL = """(i) => {
    const P = keck.app.payload, p = P.by[keck.app.period];
    return keck.inks.rgba(keck.map.groundOf(P, p, i));
}"""
_HOVER_MS = """(ids) => ids.map((i) => {
    const { payload, period } = keck.app, start = performance.now();
    keck.link.mark(i);
    keck.panels.showTooltip(payload, period, i, 300, 300);
    document.body.getBoundingClientRect();
    return performance.now() - start;
}).sort((a, b) => a - b)"""


@pytest.fixture(scope="module")
def page(browser: Browser, gemeinden_url: str) -> Iterator[AtlasPage]:
    """One page that all tests of this file use one after the other, as a reader would."""
    found, faults = open_page(browser)
    yield AtlasPage(found, gemeinden_url)
    found.close()
    assert faults == []


@pytest.fixture
def country(page: AtlasPage) -> AtlasPage:
    """The Gemeinden with a share of the census, nothing chosen."""
    page.open(f"?level=gemeinden&indicator={SHARE}&lang=de")
    page.settle()
    return page


def position(walk: AtlasPage, name: str) -> int:
    return int(walk.js("P.names.indexOf(arg)", name))


def spot(walk: AtlasPage, index: int) -> list[float]:
    found: list[float] = walk.page.evaluate(_SPOT, index)
    assert found is not None
    return found


def chosen_numbers(walk: AtlasPage, count: int) -> list[int]:
    """Return positions of large areas with a value and a pixel of their own, from all over."""
    found: list[int] = walk.js(
        "P.areas.map((_, i) => i).filter((i) => p.v[i] !== null && p.s[i] === 'o')"
        ".filter((i) => { const b = keck.canvasMap.boxOf(keck.map.graph('atlas-map'), i);"
        " return b[2] - b[0] > 7 && b[1] - b[3] > 7; })"
    )
    assert len(found) > 10 * count
    own = [i for i in found[:: len(found) // (2 * count)] if walk.page.evaluate(_SPOT, i)]
    assert len(own) >= count
    return own[:: len(own) // count][:count]


def test_every_gemeinde_is_drawn_in_the_colour_of_its_class(country: AtlasPage) -> None:
    assert country.js("P.areas.length") == AREAS
    assert country.page.locator(f"{MAP} path.choroplethlocation").count() == 0
    assert country.js("new Set(keck.map.graph('atlas-map').keckCanvas.dots).size") > 0.95 * AREAS
    colours = set()
    for index in chosen_numbers(country, 25):
        wanted = country.page.evaluate(_FILL, index)
        assert country.page.evaluate(_PIXEL, spot(country, index)) == wanted
        colours.add(tuple(wanted))
    assert len(colours) > 3


def test_outlines_are_asked_for_with_the_page_and_their_tolerance_is_told(
    country: AtlasPage,
) -> None:
    early = country.page.locator("link[rel=preload][as=fetch]").get_attribute("href")
    assert early == country.js("P.geometry")
    sheet = dict(country.js("P.sheet"))
    told = sheet[country.tr("sheet.outlines")]
    metres = re.search(r"(\d+) m$", told)
    assert metres is not None, told
    assert 200 < int(metres[1]) < 250


def test_the_pointer_marks_the_same_gemeinde_everywhere_within_a_frame(
    country: AtlasPage,
) -> None:
    index = chosen_numbers(country, 3)[0]
    country.page.mouse.move(*spot(country, index))
    assert country.js("P.names[arg]", index) in country.tooltip()
    for chart in (MAP, SCATTER):
        expect(country.page.locator(f"{chart} .is-hover")).to_have_count(1)
    country.page.mouse.move(*middle(country.page.locator(BARS).first))
    expect(country.page.locator("#atlas-tooltip")).to_contain_text(country.js("P.names[p.o[0]]"))
    for chart in (MAP, RANKING, SCATTER):
        expect(country.page.locator(f"{chart} .is-hover")).to_have_count(1)
    country.page.mouse.move(5, 5)
    expect(country.page.locator(".is-hover")).to_have_count(0)
    measured = country.page.evaluate(_HOVER_MS, list(range(0, AREAS, 200)))
    assert measured[len(measured) // 2] < FRAME_MS


def test_the_search_flies_to_a_gemeinde_and_a_reload_stays_there(country: AtlasPage) -> None:
    index = position(country, "Konstanz")
    assert country.page.evaluate(f"keck.canvasMap.boxOf(keck.map.graph('atlas-map'), {index})")
    country.page.keyboard.press("Control+k")
    country.page.keyboard.type("Konstanz")
    option = country.page.locator("#search-dialog [role=option]", has_text="Konstanz").first
    expect(option).to_be_visible()
    country.page.keyboard.press("Enter")
    expect(country.page.locator("#atlas-tray .chip__name")).to_have_text(["Konstanz"])
    country.page.wait_for_function(_IS_LARGE, arg=index)
    country.expect_address("areas", CONSTANCE)
    expect(country.page).to_have_url(re.compile(r"[?&]extent="))
    country.settle()
    assert country.page.evaluate(_SPOT, index) is not None
    country.reload()
    country.page.wait_for_function(_IS_LARGE, arg=index)


def test_a_year_needs_no_request_and_changes_all_charts(country: AtlasPage) -> None:
    country.choose("indicator", WOMEN)
    before = country.js("[p.v.slice(0, 50), keck.plane.gdOf('atlas-ranking').data[0].x]")
    asked = country.asked()
    country.choose("period", "2013")
    after = country.js("[p.v.slice(0, 50), keck.plane.gdOf('atlas-ranking').data[0].x]")
    assert asked == []
    assert after[0] != before[0]
    assert after[1] != before[1]
    index = chosen_numbers(country, 3)[1]
    wanted = country.page.evaluate(_FILL, index)
    assert country.page.evaluate(_PIXEL, spot(country, index)) == wanted


def test_a_click_chooses_and_clicking_again_takes_back(country: AtlasPage) -> None:
    index = chosen_numbers(country, 3)[2]
    name = country.js("P.names[arg]", index)
    country.click_at(*spot(country, index))
    assert country.chosen() == [name]
    expect(country.page.locator(f"{MAP} .keck-outline--line")).to_have_count(1)
    country.click_at(*spot(country, index))
    assert country.chosen() == []


def test_arrow_keys_walk_from_neighbour_to_neighbour(country: AtlasPage) -> None:
    area = country.page.locator(f"{MAP} .keck-live .keck-area")
    expect(area).to_have_count(1)
    area.focus()
    first = area.get_attribute("data-area")
    country.page.keyboard.press("ArrowRight")
    expect(area).to_have_count(1)
    second = area.get_attribute("data-area")
    assert second != first
    name = country.js("P.names[P.index.get(arg)]", second)
    assert (area.get_attribute("aria-label") or "").startswith(name + ", ")
    country.page.keyboard.press("+")
    country.page.keyboard.press("+")
    country.settle()
    assert country.page.evaluate(_SPOT, country.js("P.index.get(arg)", second)) is not None
    country.page.keyboard.press("Enter")
    expect(area).to_have_attribute("aria-pressed", "true")
    assert country.chosen() == [name]


def test_table_and_tables_in_place_of_charts_hold_every_gemeinde(country: AtlasPage) -> None:
    grid = country.page.locator("#atlas-table [role=treegrid], #atlas-table [role=grid]").first
    expect(grid).to_have_attribute("aria-rowcount", str(AREAS + 1))
    shown = country.page.locator("#atlas-table .ag-center-cols-container .ag-row").count()
    assert 0 < shown < 100
    country.tool("ranking", "data").click()
    rows = country.page.locator(".panel--ranking .datatable tbody tr")
    expect(rows).to_have_count(AREAS)
    country.tool("ranking", "data").click()


def test_the_page_has_no_barriers_that_axe_knows(country: AtlasPage) -> None:
    assert barriers(country.page) == []


def test_pictures_hold_every_area_as_shapes_in_the_colours_of_paper(country: AtlasPage) -> None:
    text = country.page.evaluate("keck.picture.svg(document.querySelector('.panel--map'))")
    colours = country.js("P.colours.length")
    assert text.count("<path") >= colours
    assert text.count("Z") > AREAS
    assert "var(--" not in text
    assert "<image" not in text
    cloud = country.page.evaluate("keck.picture.svg(document.querySelector('.panel--scatter'))")
    pairs = country.js("p.v.filter((v, i) => v !== null && p.w[i] !== null).length")
    assert cloud.count("<circle") >= pairs


def test_paper_is_light_and_its_table_says_what_it_leaves_out(country: AtlasPage) -> None:
    country.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    rows = country.page.locator(".print-table tbody tr")
    assert rows.count() == 600
    known = country.js("p.v.filter((v) => v !== null).length")
    # one row counts those without a value, another those that are left out
    said = country.tr("script.word.more_in_files", n=number(known - 598, 0, "de"))
    shown = country.page.locator(".print-table th", has_text=said)
    assert shown.count() == 1
    country.page.evaluate("dispatchEvent(new Event('afterprint'))")


def test_forced_colours_leave_the_map_its_classes(browser: Browser, gemeinden_url: str) -> None:
    context = browser.new_context(forced_colors="active")
    walk = AtlasPage(context.new_page(), gemeinden_url)
    walk.open(f"?level=gemeinden&indicator={SHARE}&lang=de")
    colours = walk.js("[...new Set(keck.map.graph('atlas-map').keckCanvas.paints.colour)]")
    context.close()
    assert len(colours) > 6, json.dumps(colours)
