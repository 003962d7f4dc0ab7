"""A planner at the Atlas: two dropdowns, three linked charts, one address."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.atlas_page import AtlasPage
from tests.e2e.conftest import open_page

pytestmark = pytest.mark.e2e


def _another(options: list[str], current: str) -> str:
    return next(o for o in options if o != current)


def test_indicator_and_year_change_map_bars_and_scatter_together(atlas: AtlasPage) -> None:
    atlas.open()
    first = atlas.picture()
    atlas.choose("period", _another(atlas.options("period"), atlas.value("period")))
    second = atlas.picture()
    assert all(a != b for a, b in zip(first, second, strict=True))
    atlas.choose("indicator", _another(atlas.options("indicator"), atlas.value("indicator")))
    third = atlas.picture()
    assert all(a != b for a, b in zip(second, third, strict=True))


def test_a_year_inside_the_loaded_view_needs_no_request(atlas: AtlasPage) -> None:
    atlas.open()
    asked: list[str] = []
    atlas.page.on("request", lambda r: asked.append(r.url) if "_dash-update" in r.url else None)
    for period in atlas.options("period")[1:4]:
        atlas.choose("period", period)
    assert atlas.page.evaluate("keck.guard.answered") >= 3
    assert asked == []


def test_without_the_guard_every_chart_is_still_right(atlas: AtlasPage) -> None:
    atlas.open()
    period = _another(atlas.options("period"), atlas.value("period"))
    atlas.choose("period", period)
    painted_from_store = atlas.picture()
    atlas.open()
    atlas.page.evaluate("keck.guard.enabled = false")
    with atlas.page.expect_request("**/_dash-update-component**"):
        atlas.choose("period", period)
    assert atlas.picture() == painted_from_store


def test_a_click_in_any_chart_selects_in_all_and_in_the_address(atlas: AtlasPage) -> None:
    atlas.open()
    for click in (
        lambda: atlas.click_area(3),
        lambda: atlas.click_bar(2),
        lambda: atlas.click_dot(4),
    ):
        atlas.clear()
        click()
        (name,) = atlas.chosen()
        atlas.expect_address("areas", atlas.page.evaluate("keck.app.areas[0]"))
        expect(atlas.page.locator("#atlas-map .keck-label")).to_have_text(name)
        assert atlas.page.locator("#atlas-map path[aria-pressed='true']").count() == 1
        assert name in " ".join(atlas.ends())


def test_institutions_are_symbols_and_hidden_ones_are_hatched(atlas: AtlasPage) -> None:
    atlas.open("?indicator=sprache-kita&level=kitas")
    symbols = atlas.page.locator("#atlas-map .scattergeo path.point")
    states = atlas.page.evaluate("keck.app.payload.by[keck.app.period].s")
    expect(symbols).to_have_count(len(states))
    assert "s" in states
    fill = symbols.nth(states.index("s")).evaluate("node => node.style.fill")
    assert "keck-hatch-suppressed" in fill
    box = symbols.nth(states.index("o")).bounding_box()
    assert box is not None
    atlas.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    atlas.settle()
    assert len(atlas.chosen()) == 1


def test_a_second_click_deselects_and_ctrl_adds(atlas: AtlasPage) -> None:
    atlas.open()
    atlas.click_bar(0)
    atlas.click_bar(1, add=True)
    assert len(atlas.chosen()) == 2
    atlas.click_bar(0)
    assert len(atlas.chosen()) == 1
    atlas.clear()
    assert atlas.chosen() == []
    atlas.expect_address("areas")


def test_hovering_one_chart_marks_the_area_in_all(atlas: AtlasPage) -> None:
    atlas.open()
    box = atlas.page.locator("#atlas-ranking .barlayer .point path").nth(1).bounding_box()
    assert box is not None
    atlas.page.mouse.move(box["x"] + 4, box["y"] + box["height"] / 2)
    atlas.page.mouse.move(box["x"] + 8, box["y"] + box["height"] / 2)
    expect(atlas.page.locator("#atlas-map .is-hover")).to_have_count(1)
    expect(atlas.page.locator("#atlas-scatter .is-hover")).to_have_count(1)
    expect(atlas.page.locator("#atlas-tooltip")).to_be_visible()


def test_reload_back_and_forward_step_through_views(atlas: AtlasPage) -> None:
    atlas.open()
    start = (atlas.value("indicator"), atlas.value("period"))
    other = _another(atlas.options("indicator"), start[0])
    atlas.choose("indicator", other)
    atlas.click_bar(0)
    chosen = atlas.chosen()
    atlas.page.reload()
    atlas.painted()
    assert atlas.value("indicator") == other
    assert atlas.chosen() == chosen
    atlas.page.go_back()
    atlas.page.wait_for_timeout(800)
    assert atlas.chosen() == []
    atlas.page.go_back()
    expect(atlas.page.locator("#atlas-indicator")).to_have_value(start[0])
    atlas.page.go_forward()
    expect(atlas.page.locator("#atlas-indicator")).to_have_value(other)


def test_the_map_is_walked_with_arrow_keys_and_chosen_with_enter(atlas: AtlasPage) -> None:
    atlas.open()
    atlas.page.focus("#atlas-map path[tabindex='0']")
    before = atlas.page.evaluate("document.activeElement.dataset.area")
    for key in ("ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft"):
        atlas.page.keyboard.press(key)
        if atlas.page.evaluate("document.activeElement.dataset.area") != before:
            break
    after = atlas.page.evaluate("document.activeElement.dataset.area")
    assert after
    assert after != before
    spoken = atlas.page.inner_text("#atlas-live")
    atlas.page.keyboard.press("Enter")
    atlas.settle()
    (name,) = atlas.chosen()
    assert spoken.startswith(name)


def test_all_selectors_work_from_the_keyboard(atlas: AtlasPage) -> None:
    atlas.open()
    atlas.page.focus("#atlas-period")
    before = atlas.value("period")
    atlas.page.keyboard.press("ArrowDown")
    atlas.settle()
    assert atlas.value("period") != before
    atlas.expect_address("period", atlas.value("period"))


def test_an_impossible_link_opens_with_a_hint_and_no_error(atlas: AtlasPage) -> None:
    atlas.open("?indicator=gibt-es-nicht&period=0000&areas=zz,javascript:x&level=mars&lang=xx")
    hint = atlas.page.locator("#atlas-hint")
    expect(hint).to_be_visible()
    expect(hint).to_contain_text("gibt-es-nicht")


def test_the_english_page_holds_no_german_interface_word(browser: Browser, demo_url: str) -> None:
    page, faults = open_page(browser)
    atlas = AtlasPage(page, demo_url).open("?lang=en")
    assert page.evaluate("document.documentElement.lang") == "en"
    text = page.inner_text("body")
    for german in ("Jahr", "Ebene", "Ausgewählt", "Vergleich mit", "Schwankungsbereich", "Gebiet "):
        assert german not in text, german
    assert "Selected" in text
    assert atlas.options("indicator")
    page.close()
    assert faults == []


def test_the_table_holds_every_area_with_its_value(atlas: AtlasPage) -> None:
    atlas.open()
    atlas.page.wait_for_selector("#atlas-table .ag-row")
    rows = atlas.page.evaluate("dash_ag_grid.getApi('atlas-table').getDisplayedRowCount()")
    assert rows == len(atlas.fills())
    pinned = "#atlas-table .ag-pinned-left-cols-container .ag-row[row-index='0']"
    top = atlas.page.locator(pinned).inner_text()
    name = atlas.page.evaluate("keck.app.payload.names[keck.app.payload.by[keck.app.period].o[0]]")
    assert name in top
