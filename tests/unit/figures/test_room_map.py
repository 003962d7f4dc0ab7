"""Maps for rooms: patterns besides colours, names, legends; and nothing before its time."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from domain.print_outlines import PrintOutlines
from figures.map_plan import Chosen, Key, MapPlan, Mark, Paint
from figures.room_map import Look, blank_map, room_map

OUTLINES = PrintOutlines(
    ids=("a", "b", "c"),
    paths=("M0,0l800,0 0,800 -800,0z", "M800,0l800,0 0,800 -800,0z", "M1600,0l800,0 0,800z"),
    points={"a": (400, 400), "b": (1200, 400), "c": (2300, 400)},
    width=2400, height=800, metres=1.0, west=9.0, top=1.0, step=1e-6,
)  # fmt: skip
PLAN = MapPlan(
    OUTLINES,
    {"a": Paint(colour="#111111"), "b": Paint(state="suppressed"),
     "c": Paint(colour="#222222", is_limited=True)},
    "%",
    (Key(Paint(colour="#111111"), "bis 10", 1), Key(Paint(state="suppressed"), "geheim", 1)),
    chosen=(Chosen("c", "Ein <langer> Name im Osten", "#d1495b"), Chosen("b", "Mitte", "#e09f3e")),
)  # fmt: skip
LOOK = Look("m", "Was die Karte sagt", {"a": "Altstadt: 3,1 %"})


def test_states_differ_by_pattern_and_the_legend_counts_them():
    found = room_map(PLAN, LOOK)
    assert 'role="img" aria-label="Was die Karte sagt"' in found.svg
    assert 'fill="url(#m-suppressed)"' in found.svg
    assert '<pattern id="m-suppressed"' in found.svg
    assert 'fill="url(#m-few222222)"' in found.svg
    assert 'data-told="Altstadt: 3,1 %"' in found.svg
    assert [(row.label, row.count) for row in found.legend] == [("bis 10", "1"), ("geheim", "1")]
    assert '<pattern id="m-key-suppressed"' in found.legend[1].swatch
    assert found.title == "%"


def test_chosen_areas_are_outlined_and_named_inside_the_picture():
    svg = room_map(PLAN, LOOK).svg
    assert svg.count('stroke="#d1495b"') == 1
    assert "Ein &lt;langer&gt; Name im Osten</text>" in svg
    places = [(int(x), int(y)) for x, y in re.findall(r'<text x="(\d+)" y="(\d+)"', svg)]
    assert all(0 < x < OUTLINES.width for x, _ in places)
    assert places[0][1] != places[1][1]


@pytest.mark.parametrize("wide", [330.0, 900.0])
def test_lines_and_letters_keep_their_size_however_wide_the_map_is(wide):
    svg = room_map(PLAN, replace(LOOK, wide=wide)).svg
    size = float(re.search(r'font-size="(\d+)"', svg)[1])
    assert size * wide / OUTLINES.width == pytest.approx(13, abs=0.5)


def test_circles_stand_at_the_places_of_their_areas_and_zero_has_none():
    marks = (Mark("a", Paint(colour="#333333"), 10.0), Mark("b", Paint(colour="#333333"), 0.0))
    plan = replace(PLAN, marks=marks, legend=(Key(Paint(colour="#333333"), "100", radius=10.0),))
    found = room_map(plan, LOOK)
    assert found.svg.count("<circle") == 1
    assert 'cx="400" cy="400"' in found.svg
    assert "<circle" in found.legend[0].swatch


def test_a_map_to_choose_from_holds_neither_value_nor_colour():
    found = blank_map(OUTLINES, Look("ask", told={"a": "Altstadt"}))
    assert set(re.findall(r'fill="([^"]+)"', found.svg)) == {"#e9e6dd"}
    assert (found.legend, found.title) == ((), "")
    assert 'aria-hidden="true"' in found.svg
    assert found.svg.count("data-area=") == 3
