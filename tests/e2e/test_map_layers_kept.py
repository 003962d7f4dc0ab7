"""Layers of the map leave the page, stand on slides, raise no barrier; real towns have theirs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.atlas_page import MAP, AtlasPage
from tests.e2e.axe import barriers
from tests.e2e.conftest import open_page
from tests.e2e.places import LONG
from tests.e2e.present_page import PresentPage
from tests.e2e.test_map_layers import FINE, PAINTED, assert_painted, offers
from tests.e2e.test_pictures import svg_of, words

pytestmark = pytest.mark.e2e


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A large screen; script errors and foreign requests fail the test."""
    opened, faults = open_page(browser, width=1920, height=1080)
    yield opened
    opened.close()
    assert faults == []


def test_a_picture_of_a_layer_has_its_finding_its_classes_and_its_square(atlas: AtlasPage) -> None:
    atlas.open(FINE + "&layer=conspicuous")
    text = words(svg_of(atlas, "map"))
    assert atlas.finding() in text
    for row in atlas.js("P.layer.legend.filter(r => !r.pattern).map(r => r.label)"):
        assert row in text
    atlas.choose("layer", "bivariate")
    svg = svg_of(atlas, "map")
    assert svg.count("rotate(45) translate(0,4)") == 9
    for axis in ("x", "y"):
        assert atlas.js(f"P.layer.square.{axis}") in words(svg)


@pytest.mark.parametrize(("width", "height", "dark"), [(1440, 900, False), (390, 844, True)])
def test_no_layer_raises_a_barrier_or_needs_more_room(
    browser: Browser, demo_url: str, width: int, height: int, dark: bool
) -> None:
    page, faults = open_page(browser, dark=dark, width=width, height=height)
    atlas = AtlasPage(page, demo_url).open(FINE)
    for layer in PAINTED:
        atlas.choose("layer", layer)
        assert barriers(page, ".panel--map") == [], layer
        assert page.evaluate("document.documentElement.scrollWidth") <= width, layer
        if width < 1440:
            continue
        assert page.evaluate("document.documentElement.scrollHeight") <= height, layer
        boxes = [atlas.page.locator(x).bounding_box() for x in (".map-layer", "#atlas-legend", MAP)]
        selectors, legend, chart = (box for box in boxes if box)
        assert selectors["y"] + selectors["height"] <= legend["y"], layer
        assert legend["y"] + legend["height"] <= chart["y"] + chart["height"] + 12, layer
    page.close()
    assert faults == []


def test_slides_keep_layer_and_start(page: Page, demo_url: str) -> None:
    present = PresentPage(page, demo_url).open()
    slides = [
        {"title": "", "query": f"?indicator=kinderarmut{more}", "panels": "map"}
        for more in (
            "&layer=change&since=2018",
            "",
            "&layer=bivariate",
            "&layer=cluster&level=stadtbezirke",
        )
    ]
    packed = page.evaluate("slides => keck.slides.link(slides, 'de')", slides)
    present.open(packed).start()
    expect(page.locator("#stage-title")).to_contain_text("2018 bis 2025")
    assert page.evaluate("keck.layers.shown(keck.app.payload)") == "change"
    expect(page.locator(".map-layer")).to_be_hidden()
    present.press("ArrowRight")
    assert page.evaluate("keck.layers.shown(keck.app.payload)") == "value"
    present.press("ArrowRight")
    assert page.evaluate("keck.layers.shown(keck.app.payload)") == "bivariate"
    expect(page.locator(".stage .square__cell")).to_have_count(9)
    present.press("ArrowRight")
    expect(page.locator("#stage-hint")).to_contain_text("erst ab 30 Gebieten")


def test_an_english_page_offers_and_explains_layers_in_english(
    browser: Browser, demo_url: str
) -> None:
    opened, faults = open_page(browser)
    atlas = AtlasPage(opened, demo_url).open("?lang=en&layer=conspicuous")
    assert "standing out above the rest of Musterstadt" in atlas.finding()
    texts = [text for text, _ in offers(atlas).values()]
    for german in ("Auffällige", "Veränderung", "Geglättete", "Zwei Indikatoren"):
        assert not any(german in text for text in texts)
    opened.close()
    assert faults == []


@pytest.mark.parametrize(
    "town",
    [pytest.param(t, marks=LONG, id=t) for t in ("flensburg_url", "berlin_url", "koeln_url")],
)
def test_a_real_town_shows_what_its_data_allow_and_greys_the_rest(
    browser: Browser, town: str, request: pytest.FixtureRequest
) -> None:
    opened, faults = open_page(browser)
    atlas = AtlasPage(opened, request.getfixturevalue(town)).open()
    indicators = opened.evaluate(
        "keck.app.catalogue.indicators.filter(i => !i.city_only).map(i => i.id)"
    )
    seen: set[str] = set()
    for indicator in indicators[:12]:
        atlas.open(f"?indicator={indicator}")
        for layer, (text, off) in offers(atlas).items():
            assert off == (" – " in text), (indicator, layer)
            if off or layer in seen or layer not in PAINTED:
                continue
            atlas.choose("layer", layer)
            if atlas.js("P.mark") == "fill":
                assert_painted(atlas, layer)
            seen.add(layer)
    assert seen
    opened.close()
    assert faults == []


@pytest.mark.long
@pytest.mark.towns
def test_thousands_of_areas_on_a_canvas_take_a_layer_and_its_years(
    browser: Browser, gemeinden_url: str
) -> None:
    opened, faults = open_page(browser)
    atlas = AtlasPage(opened, gemeinden_url).open("?indicator=frauenanteil&second=einwohnerdichte")
    plain = opened.locator(".keck-ground__areas").screenshot()
    for layer in ("smoothed", "cluster", "bivariate"):
        atlas.choose("layer", layer)
        assert atlas.js("P.layer.id") == layer
        assert opened.locator(".keck-ground__areas").screenshot() != plain
        known = atlas.js("p.v.filter(v => v !== null).length")
        assert atlas.js("[...p.layer.c].filter(c => c !== '-').length") == known
        asked = atlas.asked()
        atlas.choose("period", "2017")
        atlas.choose("period", "2021")
        assert asked == []
    opened.close()
    assert faults == []
