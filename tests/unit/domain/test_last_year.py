"""Limits against last year: which amounts they allow, whom they bind, and who is gone."""

from __future__ import annotations

import math

import pytest

from domain.distribution import Distribution, Order, Refusal, distribute
from domain.gains import Group, gains
from domain.last_year import Before, change_bounds

CHILDREN = (100.0, 200.0, 300.0, 400.0)
BURDEN = (1.5, 0.5, 0.0, -1.0)
CODES = ("a", "b", "c", "d")
EVEN = (1000.0, 2000.0, 3000.0, 4000.0)


def shared(order, before=EVEN):
    return distribute(CHILDREN, BURDEN, CODES, order, before)


def test_nobody_falls_or_rises_further_than_allowed():
    found = shared(Order(10_000, gearing=1, fall=0.1, rise=0.2))
    assert isinstance(found, Distribution)
    # the formula gives 1340.21, 2268.04, 3092.78 and 3298.97
    assert found.amounts[0] == 1200.0
    assert found.amounts[3] == 3600.0
    assert found.at_change == (0, 3)
    assert found.at_limit == ()
    assert sum(found.amounts) == pytest.approx(10_000)


def test_without_percentages_last_year_changes_nothing():
    plain = distribute(CHILDREN, BURDEN, CODES, Order(10_000, gearing=1))
    assert shared(Order(10_000, gearing=1)) == plain


def test_an_area_without_an_amount_of_last_year_is_not_bound():
    found = shared(Order(10_000, gearing=1, fall=0.0), (math.nan, 0.0, 3000.0, 3200.0))
    assert isinstance(found, Distribution)
    free = distribute(CHILDREN, BURDEN, CODES, Order(10_000, gearing=1))
    assert found.amounts == free.amounts
    assert found.at_change == ()


@pytest.mark.parametrize(
    ("order", "reason", "required"),
    [
        (Order(8_000, fall=0.1), "floor_exceeds_budget", 9_000),
        (Order(12_000, rise=0.1), "cap_below_budget", 11_000),
        (Order(3, unit="posts", fall=0.1), "floor_exceeds_budget", 10_000 * 0.9),
    ],
)
def test_limits_that_cannot_be_met_say_what_they_need(order, reason, required):
    found = shared(order)
    assert isinstance(found, Refusal)
    assert (found.reason, found.required) == (reason, required)


def test_a_limit_for_each_child_against_one_of_last_year_names_the_areas():
    found = shared(Order(10_000, floor=9, rise=0.1), (800.0, 2000.0, 3000.0, 4000.0))
    assert found == Refusal("limits_contradict", None, (0,), pytest.approx(20.0))


def test_whole_posts_keep_the_limit_themselves():
    low, high = change_bounds([2.0, 8.0, 10.0], 0.15, 0.1, 1)
    assert low.tolist() == [2.0, 7.0, 9.0]
    assert high.tolist() == [2.0, 8.0, 11.0]


def test_where_no_whole_post_lies_between_the_limits_the_next_ones_do():
    low, high = change_bounds([1.5], 0.1, 0.1, 1)
    assert (low.tolist(), high.tolist()) == ([1.0], [2.0])


def test_a_cent_is_not_lost_to_the_computer():
    low, high = change_bounds([100.0, 0.07], 0.15, 0.15, 100)
    assert low.tolist() == [85.0, 0.06]
    assert high.tolist() == [115.0, 0.08]


def test_areas_of_last_year_are_new_absent_or_gone():
    paid = {"b": 10.0, "c": 0.0, "x": 5.0, "y": 0.0}
    told = Before("2026", "r1", paid, {"a", "b", "c", "x", "y"}).of(["a", "b", "c", "d"])
    assert told.new == (3,)
    assert told.absent == (0,)
    assert told.nothing == (2,)
    assert (told.gone, told.gone_amount, told.total) == (1, 5.0, 15.0)
    assert [math.isnan(x) for x in told.amounts] == [True, False, False, True]


def test_gains_count_areas_and_children_and_leave_out_what_cannot_be_compared():
    told = gains([12.0, 8.0, 5.0, 3.0, 1.0], [10.0, 10.0, 5.0, 0.0, math.nan], [1, 2, 4, 8, 16])
    assert told.more == Group(2, 9, 5.0)
    assert told.less == Group(1, 2, -2.0)
    assert told.same == Group(1, 4, 0.0)
    assert told.by_change == (3, 0, 2, 1)
    assert told.by_share == (0, 2, 1)
    assert told.shares[:2] == pytest.approx((0.2, -0.2))
