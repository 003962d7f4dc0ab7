"""A planner asks the map what is chance, what changed, where neighbours are alike."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.atlas_page import RANKING, AtlasPage
from tests.e2e.places import BERLIN_542, DEMO, walked

pytestmark = pytest.mark.e2e

PAINTED = ("conspicuous", "change", "smoothed", "cluster", "bivariate")
FINE = "?indicator=kinderarmut&level=sozialraeume&second=altersarmut"
LABELS = "os => os.map(o => [o.value, o.textContent, o.disabled])"


def offers(atlas: AtlasPage) -> dict[str, tuple[str, bool]]:
    """Return text of every option and whether it is greyed, by the name of the layer."""
    found = atlas.page.eval_on_selector_all("#atlas-layer option[value]", LABELS)
    return {value: (text, off) for value, text, off in found if value}


def counts(atlas: AtlasPage) -> dict[str, int]:
    """Return how many areas the legend counts by class of the painted layer."""
    return dict(
        atlas.js("P.layer.legend.map(r => [r.key, [...p.layer.c].filter(c => c === r.key).length])")
    )


def assert_painted(atlas: AtlasPage, layer: str) -> None:
    """Map, legend and ranking show the classes of the layer, the hidden areas keep their hatch."""
    assert atlas.js("P.layer.id") == layer
    expected = atlas.js(
        "[...p.layer.c].map((c, i) => p.v[i] === null ? 'hatch' : 'colour')",
    )
    fills = atlas.fills()
    assert len(fills) == len(expected)
    for fill, kind in zip(fills, expected, strict=True):
        assert ("keck-hatch-" in fill and "limited" not in fill and "untold" not in fill) == (
            kind == "hatch"
        )
    assert len({f for f in fills if "hatch" not in f}) >= 1
    shown = {k: n for k, n in counts(atlas).items() if n}
    told = atlas.page.locator(
        "#atlas-legend .legend__button .legend__count, #atlas-legend .square__count"
    ).all_inner_texts()
    numbers = sorted(int(re.sub(r"\D", "", t)) for t in told if t.strip("0"))
    empties = atlas.js("Object.values(p.empties)")
    assert numbers == sorted([*shown.values(), *empties])


@walked(DEMO, BERLIN_542, languages=("de",))
def test_each_layer_the_data_allow_is_painted_told_and_kept(walk: AtlasPage) -> None:
    indicator = {"indicator": "kinderarmut"} if walk.start["level"] == DEMO.level else {}
    walk.begin(**indicator)
    allowed = [name for name, (_, off) in offers(walk).items() if not off]
    assert "value" in allowed
    findings = set()
    for layer in (x for x in PAINTED if x in allowed):
        walk.choose("layer", layer)
        assert_painted(walk, layer)
        walk.expect_address("layer", layer)
        assert walk.finding() == walk.js("p.layer.title")
        findings.add(walk.finding())
    walk.reload()
    assert walk.value("layer") == layer
    assert_painted(walk, layer)
    assert len(findings) == len([x for x in PAINTED if x in allowed])
    walk.choose("layer", "value")
    walk.expect_address("layer")


def test_a_year_switch_inside_a_layer_asks_nobody(atlas: AtlasPage) -> None:
    atlas.open("?indicator=kinderarmut&level=stadtteile")
    for layer in PAINTED:
        atlas.choose("layer", layer)
        asked = atlas.asked()
        before = atlas.finding()
        for period in ("2019", "2022"):
            atlas.choose("period", period)
            assert_painted(atlas, layer)
            assert atlas.finding() != before, (layer, period)
        atlas.choose("period", "2025")
        assert asked == []


def test_with_the_guard_off_the_server_paints_the_same(atlas: AtlasPage) -> None:
    atlas.open(FINE + "&layer=conspicuous")
    atlas.choose("period", "2022")
    held = atlas.picture(), atlas.finding()
    atlas.choose("period", "2025")
    atlas.page.evaluate("keck.guard.enabled = false")
    asked = atlas.asked()
    atlas.choose("period", "2022")
    assert asked
    assert (atlas.picture(), atlas.finding()) == held


def test_a_change_is_counted_from_the_chosen_year(atlas: AtlasPage) -> None:
    atlas.open("?indicator=kinderarmut&level=stadtteile")
    expect(atlas.page.locator(".field--since")).to_be_hidden()
    atlas.choose("layer", "change")
    expect(atlas.page.locator(".field--since")).to_be_visible()
    assert "2012 bis 2025" in atlas.finding()
    atlas.choose("since", "2019")
    atlas.expect_address("since", "2019")
    assert "2019 bis 2025" in atlas.finding()
    atlas.choose("period", "2018")
    assert "dem gewählten Ausgangspunkt 2019" in atlas.finding()
    assert "2019" not in atlas.options("since")
    assert "2017" in atlas.options("since")
    atlas.choose("period", "2025")
    atlas.choose("layer", "value")
    atlas.expect_address("since")
    expect(atlas.page.locator(".field--since")).to_be_hidden()


def test_nothing_is_compared_across_new_boundaries(atlas: AtlasPage) -> None:
    atlas.open("?indicator=kinderarmut&level=sozialraeume&layer=change&since=2018")
    assert "2018 gehört zu anderen Gebietsgrenzen" in atlas.finding()
    assert set(atlas.js("[...p.layer.c]")) == {"n"}
    assert "2018" in atlas.options("since", also_greyed=True)
    assert "2018" not in atlas.options("since")
    atlas.choose("since", "first")
    assert "2021 bis 2025" in atlas.finding()


@pytest.mark.parametrize(
    ("query", "layer", "reason"),
    [
        ("?indicator=kinderarmut&level=stadtbezirke", "cluster", "erst ab 30 Gebieten"),
        ("?indicator=kinder-u3", "change", "Anzahlen erscheinen als Kreise"),
        ("?indicator=sprache-kita&level=kitas", "cluster", "Einrichtungen haben keine Nachbarn"),
    ],
)
def test_what_the_data_do_not_allow_is_greyed_with_its_reason(
    atlas: AtlasPage, query: str, layer: str, reason: str
) -> None:
    atlas.open(query)
    text, off = offers(atlas)[layer]
    assert off
    assert text.endswith(f" – {reason}")
    atlas.open(f"{query}&layer={layer}")
    assert atlas.value("layer") == "value"
    expect(atlas.page.locator("#atlas-hint")).to_contain_text(reason)


def test_a_layer_that_gets_lost_with_the_level_says_so_beside_the_map(atlas: AtlasPage) -> None:
    atlas.open(FINE + "&layer=cluster")
    atlas.choose("level", "stadtbezirke")
    expect(atlas.page.locator("#atlas-layer")).to_have_value("value")
    note = atlas.page.locator("#atlas-layer-note")
    expect(note).to_contain_text("„Cluster“ lässt sich hier nicht zeigen (erst ab 30 Gebieten)")
    atlas.expect_address("layer")
    atlas.choose("layer", "conspicuous")
    expect(note).to_be_hidden()
    atlas.page.go_back()
    expect(atlas.page.locator("#atlas-layer")).to_have_value("value")


def test_a_class_of_the_legend_chooses_its_areas(atlas: AtlasPage) -> None:
    atlas.open("?indicator=kinderarmut&layer=conspicuous")
    (n,) = (n for k, n in counts(atlas).items() if k == "h")
    atlas.page.locator("#atlas-legend .legend__button").first.click()
    atlas.settle()
    assert len(atlas.address("areas").split(",")) == n
    atlas.clear()
    atlas.choose("layer", "bivariate")
    cell = atlas.page.locator("#atlas-legend .square__cell:enabled").first
    name = cell.get_attribute("aria-label") or ""
    assert "Kinderarmut:" in name
    assert "Jugendarmut:" in name
    cell.focus()
    atlas.page.keyboard.press("Enter")
    atlas.settle()
    expect(atlas.page.locator("#atlas-legend .square__cell[aria-pressed='true']")).to_have_count(1)


def test_tooltip_ranking_and_table_say_what_the_map_says(atlas: AtlasPage) -> None:
    atlas.open("?indicator=kinderarmut&layer=change&since=2019")
    index = atlas.js("[...p.layer.c].findIndex(c => 'abcd'.includes(c))")
    label = atlas.js("P.layer.legend.find(r => r.key === p.layer.c[arg]).label", index)
    atlas.page.mouse.move(*atlas.inside(index))
    text = atlas.tooltip()
    assert label in text
    assert "Prozentpunkte" in text
    atlas.page.mouse.move(5, 5)
    colours = set(
        atlas.page.eval_on_selector_all(
            f"{RANKING} .barlayer .point path", "ps => ps.map(p => p.style.fill)"
        )
    )
    assert colours & set(atlas.fills())
    atlas.tool("map", "data").click()
    table = atlas.page.locator(".panel--map .chart__data")
    expect(table).to_contain_text(label)
    atlas.tool("map", "data").click()
    atlas.choose("layer", "smoothed")
    atlas.tool("map", "data").click()
    heads = table.locator("thead th").all_inner_texts()
    assert heads == ["Gebiet", "Wert", "Klasse"]


def test_smoothed_values_are_hatched_in_the_legend_and_named(atlas: AtlasPage) -> None:
    atlas.open(FINE + "&layer=smoothed")
    expect(atlas.page.locator("#atlas-layer-note")).to_contain_text("Stabilisierte Werte")
    swatches = atlas.page.locator("#atlas-legend .legend__swatch--smoothed")
    assert swatches.count() == atlas.js("P.breaks.length")
    image = swatches.first.evaluate("node => getComputedStyle(node).backgroundImage")
    assert "repeating-linear-gradient" in image
    # the values themselves stay what they are, in every chart but the map
    assert atlas.js("p.layer.v[0].some((v, i) => v !== null && v !== p.v[i] * 100)")
