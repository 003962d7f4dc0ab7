"""Areas drawn anew: what became of each, what lies apart, how old ones pass into new ones."""

import numpy as np
import pytest
from shapely.geometry import MultiPolygon, box

from domain.boundaries import Share, faults
from domain.redrawn_areas import (
    Fate,
    Outlines,
    orphans,
    people_weights,
    redrawn,
    surface_weights,
    written_weights,
)

WEST, MIDDLE, EAST = box(0, 0, 10, 10), box(10, 0, 20, 10), box(20, 0, 30, 10)


def outlines(**shapes):
    found = np.empty(len(shapes), dtype=object)
    found[:] = [shape for _, shape in shapes.values()]
    return Outlines(tuple(shapes), tuple(name for name, _ in shapes.values()), found)


OLD = outlines(a=("West", WEST), b=("Mitte", MIDDLE), c=("Ost", EAST))


def fates(old, new):
    return {one.id: one.fate for one in redrawn(old, new)}


def test_every_area_has_one_fate():
    new = outlines(
        a=("West", box(0, 0, 8, 10)), b=("Zentrum", MIDDLE), d=("Neu", box(8, 0, 10, 10))
    )
    assert fates(OLD, new) == {
        "a": Fate.MOVED, "b": Fate.RENAMED, "c": Fate.VANISHED, "d": Fate.NEW,
    }  # fmt: skip
    told = {one.id: one for one in redrawn(OLD, new)}
    assert (told["a"].old_m2, told["a"].new_m2, told["a"].common_pct) == (100, 80, 80)
    assert (told["c"].new_m2, told["d"].old_m2) == (None, None)


def test_a_strip_along_the_border_is_a_difference_of_drawing():
    new = outlines(a=("West", box(0, 0, 10.1, 10)), b=("Mitte", MIDDLE), c=("Ost", EAST))
    assert set(fates(OLD, new).values()) == {Fate.SAME}


def test_areas_that_had_no_outline_are_known_by_their_key():
    listed = outlines(a=("West", None), c=("Ost", None))
    assert fates(listed, OLD) == {"a": Fate.SAME, "c": Fate.SAME, "b": Fate.NEW}
    assert listed.drawn().ids == ()


def test_a_small_part_apart_and_an_area_outside_are_asked_about():
    split = MultiPolygon([WEST, box(100, 100, 102, 102)])
    far = box(500, 500, 510, 510)
    found = orphans(np.array([split, MIDDLE, far], dtype=object), OLD.shapes)
    assert [(one.area, one.is_outside) for one in found] == [(0, False), (2, True)]
    assert found[0].share_pct == pytest.approx(100 * 4 / 104)
    assert found[1].share_pct == 100
    halves = MultiPolygon([WEST, box(100, 0, 108, 10)])
    assert not orphans(np.array([halves], dtype=object), np.array([], dtype=object))


def test_weights_go_by_surface_or_by_where_people_live():
    new = outlines(a=("West", box(0, 0, 15, 10)), c=("Ost", box(15, 0, 30, 10)))
    assert surface_weights(OLD, new).tolist() == [[1, 0], [0.5, 0.5], [0, 1]]
    points = np.array([[12.0, 5.0], [18.0, 5.0], [5.0, 5.0], [400.0, 5.0]])
    people = np.array([9.0, 1.0, 7.0, 50.0])
    found = people_weights(OLD, new, points, people)
    assert found.tolist() == [[1, 0], [0.9, 0.1], [0, 1]]


def test_written_weights_sum_to_one_to_the_last_digit():
    rows = written_weights(["a", "b"], ["x", "y", "z"], np.array([[1 / 3] * 3, [0, 0, 0]]))
    assert [old for old, _, _ in rows] == ["a"] * 3
    assert not faults([Share(*row) for row in rows], ["a"])
