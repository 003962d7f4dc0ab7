"""A planner looks for an indicator or a district by its name."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.e2e.atlas_page import AtlasPage
from tests.e2e.axe import barriers
from tests.e2e.conftest import open_page

pytestmark = pytest.mark.e2e

FIELD = ".finder input[role=combobox]"
SLOW = 20_000
"""Milliseconds for what needs the server and another map."""
SEARCH = "#search-dialog input[role=combobox]"


def press(atlas: AtlasPage, selector: str) -> None:
    """Press the mouse on a native select, as a reader does."""
    place = atlas.page.locator(f"#atlas-{selector}")
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box is not None
    atlas.page.mouse.click(box["x"] + 30, box["y"] + box["height"] / 2)
    expect(atlas.page.locator(FIELD)).to_be_focused()


def option(atlas: AtlasPage, value: str) -> Locator:
    """Return the option of an indicator or area in whatever list is open."""
    return atlas.page.locator(f"[role=option][data-value='{value}']:visible")


def active(atlas: AtlasPage) -> Locator:
    """Return the option the arrow keys stand on."""
    field = atlas.page.locator("input[role=combobox]:focus")
    return atlas.page.locator(f"#{field.get_attribute('aria-activedescendant')}")


def focused(atlas: AtlasPage) -> str:
    return atlas.page.evaluate("document.activeElement.id")


def search(atlas: AtlasPage, text: str, *, by: str = "Control+k") -> None:
    """Open the search of the page and type."""
    atlas.page.keyboard.press(by)
    expect(atlas.page.locator(SEARCH)).to_be_focused()
    atlas.page.wait_for_function("() => keck.places.loaded() !== null")
    atlas.page.keyboard.type(text)


def test_the_mouse_opens_the_list_and_chooses_across_themes(atlas: AtlasPage) -> None:
    atlas.open()
    press(atlas, "indicator")
    current = option(atlas, atlas.value("indicator"))
    expect(current).to_have_attribute("aria-selected", "true")
    expect(current).to_be_in_viewport()
    assert atlas.page.locator(".finder [role=group]").count() == 6
    expect(atlas.page.locator(".finder [role=status]")).to_have_text("81 Indikatoren")
    atlas.page.keyboard.type("klassengroesse")
    expect(option(atlas, "klassengroesse").locator("mark")).to_have_text("Klassengröße")
    expect(option(atlas, "klassengroesse")).to_contain_text("wechselt die Ebene")
    option(atlas, "klassengroesse").click()
    expect(atlas.page.locator("#atlas-finding")).to_contain_text("Klassengröße", timeout=SLOW)
    expect(atlas.page.locator("#atlas-indicator")).to_have_value("klassengroesse")
    expect(atlas.page.locator("#atlas-theme")).to_have_value("bildung")
    expect(atlas.page.locator("#atlas-level")).to_have_value("grundschulbezirke")
    assert "klassengroesse" in atlas.options("indicator")
    atlas.expect_address("indicator", "klassengroesse")
    assert focused(atlas) == "atlas-indicator"


def test_the_keyboard_opens_walks_chooses_and_returns_the_focus(atlas: AtlasPage) -> None:
    atlas.open()
    for key in ("Enter", " ", "Alt+ArrowDown"):
        atlas.page.focus("#atlas-indicator")
        atlas.page.keyboard.press(key)
        expect(atlas.page.locator(FIELD)).to_be_focused()
        expect(atlas.page.locator(FIELD)).to_have_value("")
        atlas.page.keyboard.press("Escape")
        expect(atlas.page.locator(FIELD)).to_be_hidden()
        assert focused(atlas) == "atlas-indicator"
    atlas.page.keyboard.press("j")
    expect(atlas.page.locator(FIELD)).to_have_value("j")
    atlas.page.keyboard.type("ugenda")
    names = [active(atlas).get_attribute("data-value")]
    for key in ("ArrowDown", "End", "Home", "ArrowUp", "PageUp"):
        atlas.page.keyboard.press(key)
        names.append(active(atlas).get_attribute("data-value"))
    first, second, *_ = names
    last = names[2]
    assert len({first, second}) == 2
    assert names == [first, second, last, first, last, first]
    atlas.page.keyboard.press("Enter")
    expect(atlas.page.locator("#atlas-indicator")).to_have_value(str(first))
    assert focused(atlas) == "atlas-indicator"


def test_plain_arrow_keys_and_scripts_use_the_native_select_as_ever(atlas: AtlasPage) -> None:
    atlas.open()
    before = atlas.value("indicator")
    atlas.page.focus("#atlas-indicator")
    atlas.page.keyboard.press("ArrowDown")
    expect(atlas.page.locator("#atlas-indicator")).not_to_have_value(before)
    assert atlas.page.locator(FIELD).count() == 0
    atlas.settle()
    atlas.choose("indicator", before)


def test_tab_and_a_click_outside_close_the_list(atlas: AtlasPage) -> None:
    atlas.open()
    press(atlas, "indicator")
    atlas.page.keyboard.press("Tab")
    expect(atlas.page.locator(FIELD)).to_be_hidden()
    assert focused(atlas) == "atlas-period"
    press(atlas, "indicator")
    atlas.page.mouse.click(1300, 120)
    expect(atlas.page.locator(FIELD)).to_be_hidden()


def test_what_cannot_be_shown_is_grey_and_says_why(atlas: AtlasPage) -> None:
    atlas.open()
    press(atlas, "second")
    same = option(atlas, atlas.value("indicator"))
    expect(same).to_have_attribute("aria-disabled", "true")
    expect(same).to_contain_text("steht schon auf der Karte")
    elsewhere = option(atlas, "uebergang-gymnasium")
    expect(elsewhere).to_have_attribute("aria-disabled", "true")
    expect(elsewhere).to_contain_text("nicht für Stadtteile")
    before = atlas.value("second")
    atlas.page.keyboard.type("Übergang Gymnasium")
    atlas.page.keyboard.press("Enter")
    expect(atlas.page.locator(".finder [role=status]")).to_contain_text("nicht für Stadtteile")
    assert atlas.value("second") == before
    atlas.page.fill(FIELD, "altersarmut")
    atlas.page.keyboard.press("Enter")
    expect(atlas.page.locator("#atlas-second")).to_have_value("altersarmut")
    assert focused(atlas) == "atlas-second"


def test_a_finger_keeps_the_native_list(browser: Browser, demo_url: str) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    atlas = AtlasPage(context.new_page(), demo_url).open()
    atlas.page.tap("#atlas-indicator")
    assert atlas.page.locator(FIELD).count() == 0
    context.close()


def test_a_misspelt_district_is_found_and_added_to_the_tray(atlas: AtlasPage) -> None:
    atlas.open()
    atlas.page.focus("#atlas-period")
    search(atlas, "Nordstatd", by="/")
    expect(option(atlas, "31").locator("mark")).to_have_text("Nordstadt")
    atlas.page.keyboard.press("Enter")
    expect(atlas.page.locator("#search-dialog")).to_be_hidden()
    assert focused(atlas) == "atlas-period"
    expect(atlas.page.locator("#atlas-tray .chip__name")).to_have_text(["Nordstadt"])
    search(atlas, "grossenhagen")
    expect(option(atlas, "74").locator("mark")).to_have_text("Großenhagen")
    atlas.page.keyboard.press("Enter")
    expect(atlas.page.locator("#atlas-tray .chip__name")).to_have_text(["Nordstadt", "Großenhagen"])
    expect(atlas.page.locator("#atlas-live")).to_have_text("Großenhagen ausgewählt")
    search(atlas, "nordstadt")
    expect(option(atlas, "31")).to_contain_text("schon ausgewählt")


def test_a_district_of_another_level_changes_the_level(atlas: AtlasPage) -> None:
    atlas.open("?indicator=kinderarmut&period=2023")
    search(atlas, "Pulvermuehle")
    expect(option(atlas, "KI04")).to_contain_text("Indikator nicht für Kitas")
    option(atlas, "1202").click()
    expect(atlas.page.locator("#atlas-level")).to_have_value("sozialraeume")
    chips = atlas.page.locator("#atlas-tray .chip__name")
    expect(chips).to_have_text(["Pulvermühle"], timeout=SLOW)
    expect(atlas.page).to_have_url(re.compile("areas=1202"))
    assert atlas.value("period") == "2023"


def test_an_indicator_is_found_by_the_search_of_the_page(atlas: AtlasPage) -> None:
    atlas.open()
    atlas.page.click("#search-open")
    expect(atlas.page.locator(SEARCH)).to_be_focused()
    expect(atlas.page.locator(SEARCH)).to_have_attribute("aria-expanded", "false")
    atlas.page.keyboard.type("adipostas")
    option(atlas, "adipositas").click()
    expect(atlas.page.locator("#atlas-finding")).to_contain_text("Adipositas", timeout=SLOW)
    assert focused(atlas) == "search-open"


def test_nothing_found_says_so_with_a_hint(atlas: AtlasPage) -> None:
    atlas.open()
    search(atlas, "Grossschule")
    expect(atlas.page.locator("#search-dialog .finder__empty")).to_contain_text("Nichts gefunden")
    expect(atlas.page.locator("#search-dialog .finder__status")).to_have_text("Nichts gefunden")
    expect(atlas.page.locator(SEARCH)).to_have_attribute("aria-expanded", "false")


def test_what_the_page_knows_is_found_while_the_server_does_not_answer(
    browser: Browser, demo_url: str
) -> None:
    page, _ = open_page(browser)  # a refused request is written to the console, as it must be
    atlas = AtlasPage(page, demo_url).open()
    page.route("**/search/**", lambda route: route.fulfill(status=503, body="{}"))
    page.keyboard.press("Control+k")
    page.keyboard.type("armut")
    note = page.locator(".search__note")
    expect(note).to_contain_text("antwortet nicht")
    expect(option(atlas, "jugendarmut")).to_be_visible()
    page.unroute("**/search/**")
    page.click(".search__retry")
    expect(note).to_be_hidden()
    page.fill(SEARCH, "Hafeninsel")
    expect(option(atlas, "22")).to_be_visible()
    page.close()


def test_the_single_key_can_be_switched_off(atlas: AtlasPage) -> None:
    atlas.open()
    atlas.page.keyboard.press("/")
    atlas.page.uncheck("#search-dialog input[type=checkbox]")
    atlas.page.keyboard.press("Escape")
    atlas.page.keyboard.press("/")
    expect(atlas.page.locator("#search-dialog")).to_be_hidden()
    atlas.page.keyboard.press("Control+k")
    expect(atlas.page.locator("#search-dialog")).to_be_visible()


def test_an_indicator_of_the_town_alone_is_listed_with_the_reason(flensburg: AtlasPage) -> None:
    flensburg.open()
    flensburg.page.select_option("#atlas-theme", "all")
    flensburg.settle()
    assert "schuldnerberatung" not in flensburg.options("indicator")
    press(flensburg, "indicator")
    alone = option(flensburg, "schuldnerberatung")
    expect(alone).to_have_attribute("aria-disabled", "true")
    expect(alone).to_contain_text("nur insgesamt")
    before = flensburg.value("indicator")
    alone.click(force=True)  # the mark as disabled is for assistive technology
    expect(flensburg.page.locator(".finder [role=status]")).to_contain_text("nur insgesamt")
    assert flensburg.value("indicator") == before


@pytest.mark.parametrize(
    ("width", "dark", "language"), [(1440, False, "de"), (390, True, "en"), (390, False, "de")]
)
def test_list_and_dialog_have_no_barrier(
    browser: Browser, demo_url: str, width: int, dark: bool, language: str
) -> None:
    page, faults = open_page(browser, width=width, height=844, dark=dark)
    atlas = AtlasPage(page, demo_url).open(f"?lang={language}")
    press(atlas, "second")
    assert barriers(atlas.page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert barriers(atlas.page) == []
    page.wait_for_function("() => keck.places.loaded() !== null")
    page.keyboard.type("am")
    expect(page.locator("#search-dialog [role=option]").nth(10)).to_be_attached()
    assert barriers(atlas.page) == []
    page.fill(SEARCH, "qqqq")
    assert barriers(atlas.page) == []
    page.close()
    assert faults == []
