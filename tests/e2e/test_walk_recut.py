"""A planner looks at a series over a re-cut: what is an estimate looks and reads like one."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.atlas_page import TREND, AtlasPage
from tests.e2e.places import BERLIN_542, DEMO, walked
from tests.e2e.test_walk_hover import point_at
from tests.e2e.test_walk_tables import table

pytestmark = pytest.mark.e2e

CHOICES = {
    "demo_url": {"level": "sozialraeume", "indicator": "anteil-u18", "period": "2025"},
    "berlin_url": {"level": "planungsraeume", "indicator": "einwohner", "period": "2024"},
}
KEPT_AND_CONVERTED = """(() => {
    const { e, v } = P.elsewhere[0];
    const isFull = (i) => v[i] && v[i].every(x => x !== null);
    return [P.areas.findIndex((_, i) => isFull(i) && !e.includes(i)), e.find(isFull)];
})()"""
OPEN_POINT = """(() => {
    const gd = keck.plane.gdOf('atlas-trend'), axis = keck.trendChart.axisOf(P);
    return keck.plane.frame(gd).l + gd.keckToX(axis.positions[0]);
})()"""


@pytest.fixture
def recut(walk: AtlasPage) -> AtlasPage:
    """The page with an area that was left as it is and one that was cut."""
    is_berlin = walk.start.get("level") == BERLIN_542.level
    walk.start = {**walk.start, **CHOICES["berlin_url" if is_berlin else "demo_url"]}
    walk.begin()
    ids = walk.js(f"{KEPT_AND_CONVERTED}.map(i => P.areas[i])")
    walk.begin(areas=",".join(ids))
    walk.settle()
    return walk


@walked(DEMO, BERLIN_542)
def test_converted_points_are_open_and_dashed_and_told_as_estimates(recut: AtlasPage) -> None:
    lines = recut.js(
        "keck.plane.gdOf('atlas-trend').keckLines.map(l => [l.name, l.values, l.open])"
    )
    (kept, _, kept_open), (cut, values, cut_open) = lines[-2:]
    n_before = sum(cut_open)
    assert not any(kept_open)
    assert n_before == recut.js("P.elsewhere[0].periods.length")
    assert None not in values
    dots = recut.page.locator(f"{TREND} circle.keck-dot.is-estimated:visible")
    expect(dots).to_have_count(n_before)
    fill, stroke, dash = recut.page.evaluate(
        "() => { const of = (s) => getComputedStyle(document.querySelector(s));"
        " return [of('.keck-dot.is-estimated').fill, of('.keck-dot.is-estimated').stroke,"
        " of('path.keck-line.is-estimated').strokeDasharray]; }"
    )
    assert fill != stroke
    assert dash != "none"
    names = recut.page.locator(f"{TREND} text.keck-breakname:visible").all_text_contents()
    assert any(recut.tr("atlas.recut") in name for name in names)
    remark = recut.tr("flag.boundary")
    _, *years = table(recut, "trend")
    # a last row may name the trends of the lines
    told = [[remark in cell for cell in row[-2:]] for row in years[: len(cut_open)]]
    assert told == [[False, is_open] for is_open in cut_open]
    box = recut.page.locator(f"{TREND} .js-plotly-plot").bounding_box()
    assert box is not None
    point_at(recut, box["x"] + recut.js(OPEN_POINT), box["y"] + box["height"] / 2)
    text = recut.tooltip()
    assert kept in text
    assert cut in text
    assert text.count(remark) == 1


@walked(DEMO)
def test_without_an_estimate_nothing_is_dashed(walk: AtlasPage) -> None:
    walk.start = {**walk.start, **CHOICES["demo_url"]}
    walk.begin()
    kept = walk.js(f"P.areas[{KEPT_AND_CONVERTED}[0]]")
    walk.begin(areas=kept)
    walk.settle()
    expect(walk.page.locator(f"{TREND} circle.keck-dot:visible").first).to_be_visible()
    expect(walk.page.locator(f"{TREND} .is-estimated:visible")).to_have_count(0)
