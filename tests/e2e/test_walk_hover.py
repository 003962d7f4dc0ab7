"""A planner points at a district: all charts mark it, and a card says everything about it."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.e2e.atlas_page import BARS, MAP, RANKING, SCATTER, AtlasPage, middle
from tests.e2e.facts import Facts, assert_ranked, facts, positions
from tests.e2e.places import DEMO, walked

pytestmark = pytest.mark.e2e

NAMES = f"{RANKING} text.keck-name:visible"
CIRCLES = """(() => keck.map.points(keck.map.graph("atlas-map")).map((node) => {
    const box = node.getBBox();
    return [box.width, Boolean(box.width)];
}))()"""


def point_at(walk: AtlasPage, x: float, y: float) -> None:
    walk.page.mouse.move(x - 1, y)
    walk.page.mouse.move(x, y)


def assert_told(walk: AtlasPage, known: Facts, text: str) -> None:
    """Every line the card owes a district whose value is shown."""
    tr = walk.tr
    for wanted in (known.name, walk.js("P.level.words"), known.value_text, known.period):
        assert wanted in text, (wanted, text)
    assert_ranked(walk, known, text)
    assert "undefined" not in text
    if known.interval:
        assert known.interval in text
    if known.numerator is not None and known.denominator is not None and known.numerator % 1 == 0:
        counts = tr(
            "script.word.of",
            numerator=known.written(known.numerator, 0),
            denominator=known.written(known.denominator, 0),
        )
        assert counts in text
    if known.mark == "fill":
        assert known.held["class"] in text
    if known.benchmark is not None and known.kind != "count":
        assert known.compare in text
        assert known.written(known.benchmark) + known.suffix in text
    if known.second is not None:
        other = known.other
        second = known.written(known.second, other["decimals"]) + other["unit_suffix"]
        assert other["short"] in text
        assert second in text


@walked()
def test_the_same_district_is_marked_in_all_charts_and_told_in_full(walk: AtlasPage) -> None:
    walk.begin()
    order = walk.js("p.o.filter(i => p.v[i] !== null)")
    for index in (order[0], order[3]):
        known = facts(walk, index)
        row = next(k for k, r in enumerate(walk.rows()) if r.get("position") == index)
        places = [walk.inside(index), middle(walk.page.locator(BARS).nth(row))]
        for place in places:
            point_at(walk, *place)
            expect(walk.page.locator(f"{MAP} .is-hover")).to_have_count(1)
            assert walk.page.locator(f"{MAP} .is-hover").get_attribute("data-area") == known.id
            expect(walk.page.locator(f"{RANKING} .is-hover")).to_have_count(1)
            hovered = walk.page.eval_on_selector_all(
                BARS, "bs => bs.findIndex(b => b.classList.contains('is-hover'))"
            )
            assert hovered == row
            dots = 0 if known.second is None else 1
            expect(walk.page.locator(f"{SCATTER} .is-hover")).to_have_count(dots)
            assert_told(walk, known, walk.tooltip())
            point_at(walk, 5, 5)
            expect(walk.page.locator("#atlas-tooltip")).to_be_hidden()
            expect(walk.page.locator(".is-hover")).to_have_count(0)


@walked(DEMO)
def test_a_hidden_value_is_not_told_but_why_it_is_hidden(walk: AtlasPage) -> None:
    walk.start = {**walk.start, "level": "kitas", "indicator": "sprache-kita"}
    walk.begin()
    index = positions(walk, "s")[0]
    x, y = walk.inside(index)
    point_at(walk, x, y)
    text = walk.tooltip()
    known = facts(walk, index)
    assert known.name in text
    assert walk.tr("state.suppressed") in text
    for word in ("interval", "base", "rank", "class", "difference", "comparison"):
        assert walk.tr(f"script.word.{word}") not in text, word
    figures = [part for part in text.replace(known.period, "").split() if part[0].isdigit()]
    assert figures == []


@walked(DEMO)
def test_institutions_are_told_with_value_rank_class_and_counts(walk: AtlasPage) -> None:
    walk.start = {**walk.start, "level": "kitas", "indicator": "sprache-kita"}
    walk.begin()
    index = positions(walk, "o")[0]
    point_at(walk, *walk.inside(index))
    assert_told(walk, facts(walk, index), walk.tooltip())


@walked()
def test_counts_are_circles_whose_area_grows_with_the_value(walk: AtlasPage) -> None:
    walk.begin(indicator="einwohner")
    values, widths = walk.js("p.v"), walk.js(CIRCLES)
    largest = max(v for v in values if v is not None)
    whole = walk.js("P.largest")
    assert whole >= largest
    for value, (width, is_there) in zip(values, widths, strict=True):
        if not value:
            assert not is_there
            continue
        assert width == pytest.approx(46 * math.sqrt(value / whole), abs=0.2)
    steps = walk.js("P.circle_steps")
    shown = walk.page.locator("#atlas-legend .legend__circle i")
    assert shown.count() == len(steps) >= 2
    sizes = [float(s) for s in shown.evaluate_all("is => is.map(i => parseFloat(i.style.width))")]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == pytest.approx(46 * math.sqrt(steps[0]["value"] / whole), abs=0.1)
    names = walk.page.locator("#atlas-legend .legend__name").all_inner_texts()
    assert names[: len(steps)] == [s["text"] for s in steps]


@walked()
def test_the_ranking_stays_readable_and_counts_what_it_leaves_out(walk: AtlasPage) -> None:
    walk.begin()
    boxes = walk.page.eval_on_selector_all(
        NAMES,
        "ns => ns.map(n => n.getBoundingClientRect()).map(b => [b.top, b.bottom])",
    )
    boxes.sort()
    for (_, bottom), (top, _) in pairwise(boxes):
        assert top >= bottom - 1.5
    rows = walk.rows()
    left_out = sum(r.get("hidden", 0) for r in rows)
    assert sum("position" in r for r in rows) + left_out == walk.js("P.areas.length")
    texts = walk.page.locator(NAMES).all_text_contents()
    for row, text in zip(rows, texts, strict=True):
        if "hidden" in row:
            key = "script.word.empty" if row.get("empty") else "script.word.more"
            assert text == walk.tr(key, n=row["hidden"])
    valueless = walk.js("p.v.filter(v => v === null).length")
    counted = sum(r["hidden"] for r in rows if r.get("empty"))
    drawn = walk.js(
        "keck.plane.gdOf('atlas-ranking').keckRows"
        ".filter(r => r.position !== undefined && p.v[r.position] === null).length"
    )
    assert counted + drawn == valueless


@walked()
def test_a_year_of_the_trend_tells_every_line(walk: AtlasPage) -> None:
    walk.begin()
    walk.click_bar(0)
    gd = walk.page.locator("#atlas-trend .js-plotly-plot")
    box = gd.bounding_box()
    assert box is not None
    offset, period = walk.js(
        "(() => { const gd = keck.plane.gdOf('atlas-trend'), axis = keck.trendChart.axisOf(P);"
        " const k = axis.periods.length - 1;"
        " return [keck.plane.frame(gd).l + gd.keckToX(axis.positions[k]), axis.periods[k]]; })()"
    )
    point_at(walk, box["x"] + offset, box["y"] + box["height"] / 2)
    text = walk.tooltip()
    lines = walk.js("keck.plane.gdOf('atlas-trend').keckLines.map(l => [l.name, l.values.at(-1)])")
    assert period in text
    decimals, suffix, lang = walk.js("[P.indicator.decimals, P.indicator.unit_suffix, P.lang]")
    writer = Facts({"decimals": decimals, "lang": lang})
    for name, value in lines:
        if value is not None:
            assert name in text
            assert writer.written(value) + suffix in text
