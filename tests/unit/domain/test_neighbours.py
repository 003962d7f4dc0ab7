"""Who is a neighbour: touching, near enough, or linked by hand."""

from __future__ import annotations

import numpy as np
import pytest
from shapely import Polygon, box

from domain.neighbours import (
    contiguity,
    islands,
    links_among,
    nearest_areas,
    with_links,
    within_band,
)

BLOCK = [box(x, y, x + 100, y + 100) for y in (0, 100) for x in (0, 100, 200)]


def test_a_common_corner_makes_neighbours():
    found = contiguity(BLOCK)
    assert found[0] == [1, 3, 4]
    assert found[1] == [0, 2, 3, 4, 5]
    assert all(i in found[j] for i, around in enumerate(found) for j in around)


def test_a_gap_within_the_snap_still_touches():
    apart = [box(0, 0, 100, 100), box(100.9, 0, 200, 100), box(201.2, 0, 300, 100)]
    assert contiguity(apart) == [[1], [0], []]
    assert contiguity(apart, snap_m=0.5) == [[], [], []]
    assert contiguity(apart, snap_m=2) == [[1], [0, 2], [1]]


def test_an_area_without_shape_has_no_neighbours():
    assert contiguity([BLOCK[0], None, BLOCK[1], Polygon()]) == [[2], [], [0], []]
    assert contiguity([]) == []


def test_islands_are_named_and_may_be_linked_by_hand():
    shapes = [*BLOCK[:2], box(900, 900, 950, 950)]
    assert islands(contiguity(shapes)) == [2]
    assert with_links(contiguity(shapes), [(2, 1)]) == [[1], [0, 2], [1]]
    assert islands([[0], [0]]) == [0]


def test_nearest_areas_leave_the_area_itself_out():
    points = [[0, 0], [1, 0], [2.5, 0], [10, 0], [0, 0]]
    assert nearest_areas(points, 2) == [[1, 4], [0, 4], [0, 1], [1, 2], [0, 1]]
    assert nearest_areas([[0, 0], [1, 1]], 4) == [[1], [0]]
    assert nearest_areas([[0, 0]]) == [[]]


def test_a_band_holds_its_border():
    points = [[0, 0], [0.1 + 0.2, 0], [0.9, 0]]
    assert within_band(points, 0.3) == [[1], [0], []]
    assert within_band([[0, 0], [5, 5]], 1) == [[], []]


def test_links_of_unknown_areas_are_left_out_and_the_rest_renumbered():
    links = links_among([[0, 1, 1, 2], [0], [0, 3], []], np.array([True, False, True, True]))
    assert links.sources.tolist() == [0, 1, 1]
    assert links.targets.tolist() == [1, 0, 2]
    assert links.degrees.tolist() == [1, 2, 0]
    assert links.sums(np.array([10.0, 20.0, 30.0])).tolist() == [20.0, 40.0, 0.0]


def test_neighbours_of_other_areas_are_refused():
    with pytest.raises(ValueError, match="number"):
        links_among([[1]], np.array([True, True]))
    with pytest.raises(ValueError, match="no area"):
        links_among([[2], []], np.array([True, True]))
