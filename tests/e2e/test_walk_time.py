"""A planner moves through the years: step by step, by slider, as a film, over a re-cut."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.atlas_page import MAP, TREND, AtlasPage
from tests.e2e.places import BERLIN_143, BERLIN_542, DEMO, KOELN, walked

pytestmark = pytest.mark.e2e

BACK, ON = ".time__button >> nth=0", ".time__button >> nth=1"
PLAY, SLIDER = ".time__play", ".time__slider"

SPY = """() => {
    const draw = keck.legend.draw;
    window.drawn = [];
    keck.legend.draw = (payload, period) => { window.drawn.push(period); draw(payload, period); };
}"""


def arrived(walk: AtlasPage, period: str) -> None:
    expect(walk.page.locator("#atlas-period")).to_have_value(period, timeout=15_000)
    walk.settle()


@walked()
def test_years_are_stepped_through_by_buttons_and_slider(walk: AtlasPage) -> None:
    walk.begin()
    periods = walk.page.evaluate("keck.time.periods()")
    assert sorted(walk.options("period")) == sorted(periods)
    walk.page.locator(SLIDER).fill("0")
    arrived(walk, periods[0])
    assert walk.address("period") == periods[0]
    assert walk.page.locator(SLIDER).get_attribute("aria-valuetext") == periods[0]
    expect(walk.page.locator(BACK)).to_be_disabled()
    walk.page.click(ON)
    arrived(walk, periods[1])
    walk.page.click(BACK)
    arrived(walk, periods[0])
    walk.page.locator(SLIDER).fill(str(len(periods) - 1))
    arrived(walk, periods[-1])
    expect(walk.page.locator(ON)).to_be_disabled()
    assert walk.page.locator(BACK).get_attribute("aria-label") == walk.tr("script.time.back")


@walked(DEMO, KOELN)
def test_the_film_starts_anew_at_the_last_year_runs_and_stops(walk: AtlasPage) -> None:
    walk.begin()
    periods = walk.page.evaluate("keck.time.periods()")
    assert walk.value("period") == periods[-1]
    walk.page.click(PLAY)
    expect(walk.page.locator("#atlas-period")).to_have_value(periods[0])
    assert walk.page.locator(PLAY).get_attribute("aria-label") == walk.tr("script.time.pause")
    expect(walk.page.locator("#atlas-period")).to_have_value(periods[2], timeout=15_000)
    walk.page.click(PLAY)
    walk.settle()
    at = walk.value("period")
    walk.page.wait_for_timeout(1300)
    assert walk.value("period") == at
    assert walk.page.locator(PLAY).get_attribute("aria-label") == walk.tr("script.time.play")


@walked(DEMO, KOELN)
def test_all_loaded_years_play_without_a_request_in_the_same_classes(walk: AtlasPage) -> None:
    walk.begin()
    walk.settle()
    walk.page.evaluate(SPY)
    asked = walk.asked()
    labels = walk.page.locator("#atlas-legend .legend__name").all_inner_texts()
    breaks = walk.js("P.breaks")
    played = walk.page.evaluate("keck.time.playAll()")
    periods = walk.js("P.periods")
    assert played["frames"] == len(periods)
    drawn = walk.page.evaluate("window.drawn")
    assert [p for k, p in enumerate(drawn) if k == 0 or drawn[k - 1] != p][
        -len(periods) :
    ] == periods
    assert asked == []
    assert walk.js("P.breaks") == breaks
    for period in (periods[0], periods[-1]):
        walk.choose("period", period) if walk.value("period") != period else None
        now = walk.page.locator("#atlas-legend .legend__name").all_inner_texts()
        assert now[: len(breaks)] == labels[: len(breaks)]
        legend = walk.page.locator("#atlas-legend .legend__count").all_inner_texts()
        assert sum(map(int, legend[: len(breaks)])) == walk.js("p.v.filter(v => v !== null).length")


@walked(BERLIN_143, BERLIN_542)
def test_a_re_cut_changes_the_outlines_and_chosen_districts_follow(walk: AtlasPage) -> None:
    walk.start = {**walk.start, "indicator": "kinderarmut", "period": "2021"}
    walk.begin()
    kept, gone = walk.js(
        "(() => { const v = P.elsewhere[0].v, ids = P.areas;"
        " const isKept = (i) => v[i] && v[i].every(x => x !== null) && p.v[i] !== null;"
        " const isCut = (i) => !v[i] && p.v[i] !== null;"
        " return [ids.findIndex((_, i) => isKept(i)), ids.findIndex((_, i) => isCut(i))]; })()"
    )
    names = walk.js("arg.map(i => P.names[i])", [kept, gone])
    walk.begin(areas=",".join(walk.js("arg.map(i => P.areas[i])", [kept, gone])))
    n_new = {143: 143, 542: 542}[walk.js("P.areas.length")]
    n_old = {143: 138, 542: 447}[n_new]
    expect(walk.page.locator(f"{MAP} path.choroplethlocation")).to_have_count(n_new)
    breaks = walk.page.locator(f"{TREND} text.keck-breakname:visible").all_text_contents()
    assert any(walk.tr("atlas.recut") in text for text in breaks)
    lines = walk.js("keck.plane.gdOf('atlas-trend').keckLines.map(l => [l.name, l.values])")
    by_name = dict(lines)
    assert None not in by_name[names[0]]
    assert [v is None for v in by_name[names[1]]] == [True] * (len(by_name[names[1]]) - 1) + [False]
    strokes = walk.js(
        "[...keck.plane.gdOf('atlas-trend').querySelectorAll('path.keck-line')]"
        ".map(n => n.getAttribute('d').split('M').length - 1)"
    )
    at = [name for name, _ in lines].index(names[0])
    assert strokes[at] >= 2  # the line is lifted where the boundaries change
    walk.choose("period", "2019")
    expect(walk.page.locator(f"{MAP} path.choroplethlocation")).to_have_count(n_old)
    assert walk.js("P.level.vintage") == "2006"
    assert len(walk.js("keck.app.areas")) == 1
    absent = walk.page.locator("#atlas-tray .chip--absent")
    expect(absent).to_have_count(1)
    expect(absent).to_contain_text(walk.tr("script.word.absent", name=names[1]))
    assert walk.page.locator("#atlas-map .keck-outline--line").count() == 1
    assert len(walk.address("areas").split(",")) == 2
    walk.choose("period", "2021")
    expect(walk.page.locator(f"{MAP} path.choroplethlocation")).to_have_count(n_new)
    assert sorted(walk.chosen()) == sorted(names)
    assert walk.page.locator("#atlas-tray .chip--absent").count() == 0
