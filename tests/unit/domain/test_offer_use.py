"""The use of offers: take-up, free places, and the hours of the week."""

from __future__ import annotations

import pytest

from domain.offer_use import Offer, use_of, verdict, week_grid
from domain.opening_hours import read_hours


def offer(places, taken, waiting, hours="Mo 8-10"):
    return Offer("Kita", "Stadt", "01", "", hours, read_hours(hours), places, taken, waiting)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ((20, 19, 1), "widen"),
        ((20, 22, 4), "widen"),
        ((20, 19, 0), "fits"),
        ((20, 18, 5), "fits"),
        ((20, 13, 0), "cut_back"),
        ((20, 13, None), "cut_back"),
        ((20, 13, 2), "fits"),
        ((0, 0, 3), "untold"),
        ((None, 4, 3), "untold"),
        ((20, None, 3), "untold"),
    ],
)
def test_full_with_a_list_is_widened_and_empty_without_one_cut_back(told, expected):
    assert verdict(*told) == expected


def test_numbers_nobody_stated_are_unknown_and_not_nought():
    use = use_of("01", "Nord", [offer(20, 10, None), offer(30, None, 6), offer(None, 5, None)])
    assert (use.offers, use.untold) == (3, 2)
    assert use.places == 50
    assert (use.taken, use.free, use.take_up) == (10, 10, 0.5)
    assert use.waiting == 6
    nothing = use_of("02", "Süd", [offer(20, None, None)])
    assert (nothing.taken, nothing.free, nothing.take_up, nothing.waiting) == (None,) * 4
    assert nothing.verdict == "untold"


def test_a_crowded_offer_has_no_places_below_nought():
    use = use_of("01", "Nord", [offer(20, 25, 1), offer(20, 10, 0)])
    assert use.free == 10
    assert use.take_up == 35 / 40


def test_places_stand_in_the_hours_they_are_open():
    grid = week_grid([(read_hours("Mo 8-10"), 20.0), (read_hours("Mo-Di 9:30-11"), 10.0)])
    assert [grid[0][h] for h in (7, 8, 9, 10, 11)] == [0.0, 20.0, 25.0, 10.0, 0.0]
    assert [grid[1][h] for h in (8, 9, 10)] == [0.0, 5.0, 10.0]
    assert len(grid) == 7
    assert {len(day) for day in grid} == {24}
