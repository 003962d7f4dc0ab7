"""The map by keyboard and by ear: every district has a name, arrows lead where they point."""

from __future__ import annotations

import math

import pytest
from playwright.sync_api import expect

from tests.e2e.atlas_page import AtlasPage
from tests.e2e.facts import Facts, assert_ranked, facts
from tests.e2e.places import DEMO, walked

pytestmark = pytest.mark.e2e

AIMS = {"ArrowRight": (1, 0), "ArrowLeft": (-1, 0), "ArrowUp": (0, 1), "ArrowDown": (0, -1)}
FOCUSED = "P.areas.indexOf(document.activeElement.dataset.area)"
NAMED = """keck.map.marks(keck.map.graph("atlas-map"), P).map((n, i) => [
    n.getAttribute("role"), n.getAttribute("aria-label"), n.getAttribute("tabindex"),
    n.getAttribute("aria-pressed"), n.getAttribute("data-area") === P.areas[i]])"""


def assert_spoken(walk: AtlasPage, known: Facts, text: str) -> None:
    """Name, value, rank and class, as far as there are any."""
    assert text.startswith(known.name + ", ")
    assert known.value_text in text
    if known.is_shown:
        assert_ranked(walk, known, text)
        assert f"{walk.tr('script.word.class')} {known.held['class']}" in text
    else:
        assert walk.tr("script.word.rank") + " " not in text
    assert "undefined" not in text


@walked()
def test_every_district_is_a_button_with_name_value_rank_and_class(walk: AtlasPage) -> None:
    walk.begin()
    walk.settle()
    nodes = walk.js(NAMED)
    assert len(nodes) == walk.js("P.areas.length")
    assert {role for role, *_ in nodes} == {"button"}
    assert all(own for *_, own in nodes)
    assert [tab for _, _, tab, *_ in nodes].count("0") == 1
    assert {pressed for _, _, _, pressed, _ in nodes} == {"false"}
    valueless = walk.js("p.v.indexOf(null)")
    for i in {0, len(nodes) // 2, len(nodes) - 1, valueless} - {-1}:
        assert_spoken(walk, facts(walk, i), nodes[i][1])


@walked()
def test_arrows_lead_to_a_neighbour_in_their_direction(walk: AtlasPage) -> None:
    walk.begin()
    walk.settle()
    points = walk.js("P.points")
    walk.page.focus("#atlas-map path[tabindex='0']")
    moved = 0
    for key in ("ArrowDown", "ArrowRight", "ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown") * 2:
        before = walk.js(FOCUSED)
        walk.page.keyboard.press(key)
        after = walk.js(FOCUSED)
        if after == before:
            assert not any(leads(points[before], p, key) for p in points)
            continue
        moved += 1
        assert leads(points[before], points[after], key)
        nearer = [
            p
            for k, p in enumerate(points)
            if k not in (before, after) and leads(points[before], p, key, narrow=True)
        ]
        far = distance(points[before], points[after])
        # nobody straight ahead and much nearer is jumped over
        assert all(distance(points[before], p) > far / 3 for p in nearer)
        spoken = walk.page.inner_text("#atlas-live")
        assert_spoken(walk, facts(walk, after), spoken)
    assert moved >= 6
    walk.page.keyboard.press("Enter")
    walk.settle()
    assert walk.chosen() == [walk.js(f"P.names[{FOCUSED}]")]
    assert walk.page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"
    walk.page.keyboard.press("Enter")
    walk.settle()
    assert walk.chosen() == []


def across(a: list[float], b: list[float], key: str) -> tuple[float, float]:
    """Return how far a point lies in the direction of a key, and beside it."""
    dx, dy = (b[0] - a[0]) * math.cos(math.radians(a[1])), b[1] - a[1]
    ax, ay = AIMS[key]
    return dx * ax + dy * ay, abs(dx * ay) + abs(dy * ax)


def leads(a: list[float], b: list[float], key: str, *, narrow: bool = False) -> bool:
    along, beside = across(a, b, key)
    return along > 0 and beside <= along * (0.3 if narrow else 1.7500001)


def distance(a: list[float], b: list[float]) -> float:
    return math.hypot((b[0] - a[0]) * math.cos(math.radians(a[1])), b[1] - a[1])


@walked(DEMO)
def test_hidden_institutions_are_read_out_as_hidden(walk: AtlasPage) -> None:
    walk.start = {**walk.start, "level": "kitas", "indicator": "sprache-kita"}
    walk.begin()
    walk.settle()
    nodes = walk.js(NAMED)
    hidden = walk.js("[...p.s].indexOf('s')")
    assert_spoken(walk, facts(walk, hidden), nodes[hidden][1])
    assert walk.tr("state.suppressed") in nodes[hidden][1]


@walked(DEMO)
def test_a_chart_is_left_by_tab_and_the_page_walked_without_a_mouse(walk: AtlasPage) -> None:
    walk.begin()
    walk.settle()
    walk.page.focus("#atlas-map path[tabindex='0']")
    expect(walk.page.locator("#atlas-tooltip")).to_be_visible()
    walk.page.keyboard.press("Tab")
    assert walk.js(FOCUSED) == -1
    expect(walk.page.locator("#atlas-tooltip")).to_be_hidden()
    seen = {walk.page.evaluate("document.activeElement.dataset.tool || ''")}
    for _ in range(40):
        walk.page.keyboard.press("Tab")
        seen.add(walk.page.evaluate("document.activeElement.dataset.tool || ''"))
    assert {"zoom-in", "box", "lasso", "save", "data", "full", "info"} <= seen
