"""Overlaps, gaps and holes of areas in the plane."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box

from domain.coverage import TooManyOverlapsError, find_faults, mean_width

LEFT, RIGHT = box(0, 0, 10, 10), box(10, 0, 20, 10)
RING = LEFT.difference(box(2, 2, 4, 4))
WEDGE = shapely.Polygon([(10, 0), (20, 0), (20, 10), (10.8, 10)])
MORE_POINTS = shapely.Polygon([(10, 0), (20, 0), (20, 10), (10, 10), (10, 3)])


def found(*shapes, width=1.0):
    faults = find_faults(np.array(shapes, dtype=object), width, 1e-6)
    return [(f.kind.value, f.areas, round(float(f.shape.area), 3)) for f in faults]


@pytest.mark.parametrize(
    ("shapes", "faults"),
    [
        ([LEFT, RIGHT], []),
        ([LEFT, box(30, 0, 40, 10)], []),
        ([LEFT, box(10, 10, 20, 20)], []),
        ([LEFT, MORE_POINTS], []),
        ([RING, box(2, 2, 4, 4)], []),
        ([shapely.MultiPolygon([LEFT, box(30, 0, 31, 1)]), RIGHT], []),
        ([LEFT, box(9.5, 0, 20, 10)], [("overlap", (0, 1), 5.0)]),
        ([LEFT, box(2, 2, 3, 3)], [("overlap", (0, 1), 1.0)]),
        ([LEFT, LEFT], [("overlap", (0, 1), 100.0)]),
        ([LEFT, box(10.5, 0, 20, 10)], [("gap", (0, 1), 5.0)]),
        ([LEFT, box(11.5, 0, 20, 10)], []),
        ([RING], [("hole", (0,), 4.0)]),
        ([RING, box(2.2, 2.2, 4, 4)], [("gap", (0, 1), 0.76)]),
        ([RING, box(2, 3.5, 4, 4)], [("hole", (0, 1), 3.0)]),
    ],
)
def test_what_lies_twice_or_in_none_is_found_with_its_areas_and_size(shapes, faults):
    assert found(*shapes) == faults


def test_a_gap_that_opens_to_the_outside_is_found_as_far_as_it_is_narrow():
    ((kind, areas, size),) = found(LEFT, WEDGE)
    assert (kind, set(areas)) == ("gap", {0, 1})
    assert size == pytest.approx(4.0, abs=0.1)


def test_the_area_with_the_longest_common_border_comes_first():
    hole = box(0, 0, 10, 2)
    long, short = box(-5, 2, 15, 10), box(-5, -5, 15, 0)
    ends = [box(-5, 0, 0, 2), box(10, 0, 15, 2)]
    ((kind, areas, size),) = found(ends[0], short, ends[1], long)
    assert (kind, size) == ("hole", hole.area)
    assert set(areas[:2]) == {1, 3}


def test_masses_of_areas_over_one_another_are_not_compared():
    with pytest.raises(TooManyOverlapsError):
        find_faults(np.array([box(0, 0, 1, 1)] * 3000, dtype=object), 0.1, 0.0)


@pytest.mark.parametrize("size", [(1000, 2), (3, 2), (2, 2)])
def test_the_mean_width_of_a_rectangle_is_its_width(size):
    assert mean_width(box(0, 0, *size)) == pytest.approx(2)


def test_the_mean_width_of_a_bent_strip_is_near_its_width():
    strip = shapely.LineString([(0, 0), (50, 0), (50, 50)]).buffer(0.5, cap_style="flat")
    assert mean_width(strip) == pytest.approx(1, rel=0.01)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 8),
    st.integers(0, 8),
    st.floats(-0.3, 0.3).filter(lambda d: abs(d) > 0.01),
)
def test_a_cell_moved_out_of_a_grid_lies_twice_and_leaves_as_much_uncovered(column, row, moved):
    cells = np.array([box(x, y, x + 1, y + 1) for x in range(9) for y in range(9)], dtype=object)
    assert find_faults(cells, 0.4, 1e-9) == []
    cells[9 * column + row] = shapely.affinity.translate(cells[9 * column + row], moved, 0)
    faults = find_faults(cells, 0.4, 1e-9)
    twice = sum(f.shape.area for f in faults if f.kind == "overlap")
    none = sum(f.shape.area for f in faults if f.kind != "overlap")
    is_out = (column == 8 and moved > 0) or (column == 0 and moved < 0)
    is_open = (column == 0 and moved > 0) or (column == 8 and moved < 0)
    assert twice == pytest.approx(0 if is_out else abs(moved), abs=1e-6)
    if not is_open:  # what opens to the outside all along is a coast, no gap
        assert none == pytest.approx(abs(moved), rel=0.02)
