"""The map of contributions: a circle a district, a dot a point, and nothing where nothing is."""

from __future__ import annotations

import re

import pytest

from domain.print_outlines import PrintOutlines
from figures.room_map import Look
from figures.workshop_pins import LARGEST_RADIUS, pins_map
from i18n import translator

OUTLINES = PrintOutlines(
    ("a", "b", "c"),
    ("M0,0h50v80h-50z", "M50,0h50v80h-50z", ""),
    {"a": (25.0, 40.0), "b": (75.0, 40.0)},
    100, 80, 1.0, west=10.0, top=1.0, step=0.001,
)  # fmt: skip
TEXTS = (translator("de"), "de")


def circles(drawn):
    return [
        tuple(float(x) for x in found)
        for found in re.findall(r'<circle cx="(-?\d+)" cy="(-?\d+)" r="(\d+)"', drawn.svg)
    ]


def test_areas_of_circles_grow_with_their_counts():
    drawn = pins_map(OUTLINES, {"a": 4, "b": 1}, [], Look("p", wide=100.0), TEXTS)
    assert circles(drawn) == [(25, 40, LARGEST_RADIUS), (75, 40, LARGEST_RADIUS / 2)]
    assert [row.label for row in drawn.legend] == ["4", "2", "1"]
    assert drawn.title == "Beiträge je Gebiet"


def test_a_point_is_a_dot_where_it_was_set():
    spot = OUTLINES.degrees(30, 20)
    drawn = pins_map(OUTLINES, {}, [spot], Look("p", wide=100.0), TEXTS)
    assert [circle[:2] for circle in circles(drawn)] == [(30, 20)]
    assert [(row.label, row.count) for row in drawn.legend] == [("an einem Punkt", "1")]


@pytest.mark.parametrize("counts", [{}, {"c": 3}])
def test_without_a_place_there_is_no_circle(counts):
    assert circles(pins_map(OUTLINES, counts, [], Look("p", wide=100.0), TEXTS)) == []
