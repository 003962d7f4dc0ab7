"""Shares that can be paid: to the cent, to the half post, within limits, beside the Gießkanne."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.distribution import (
    UNITS,
    Distribution,
    Order,
    Refusal,
    distribute,
    drawn_amounts,
    levels_of,
)

CHILDREN = (100.0, 200.0, 300.0, 400.0)
BURDEN = (1.5, 0.5, 0.0, -1.0)
CODES = ("a", "b", "c", "d")


def shared(order: Order, children=CHILDREN, burden=BURDEN) -> Distribution:
    found = distribute(children, burden, CODES[: len(children)], order)
    assert isinstance(found, Distribution)
    return found


def test_the_watering_can_gives_every_child_the_same():
    found = shared(Order(10_000, gearing=0))
    assert found.amounts == (1000.0, 2000.0, 3000.0, 4000.0)
    assert found.differences == (0.0,) * 4
    assert found.quintiles == pytest.approx((10.0,) * 5)
    assert found.concentration == pytest.approx(0.0)
    assert found.first_fifth == pytest.approx(0.2)


def test_full_gearing_follows_the_index_for_each_child():
    found = shared(Order(10_000, gearing=1))
    # 130, 110, 100 and 80 of 100 for 100, 200, 300 and 400 children: 97 for the mean child
    assert [round(x, 2) for x in found.amounts] == [1340.21, 2268.04, 3092.78, 3298.97]
    assert found.suits == pytest.approx(0.0, abs=1e-5)
    assert found.concentration < 0
    assert found.quintiles[0] > found.quintiles[-1]
    # all 100 children of a and half of the 200 of b
    assert found.first_fifth == pytest.approx((1340.21 + 2268.04 / 2) / 10_000)


def test_half_posts_add_up_and_both_rules_are_known():
    for rule in ("hare", "lague"):
        found = shared(Order(7.5, unit="half", gearing=1, rule=rule))
        assert sum(found.amounts) == 7.5
        assert all((2 * x).is_integer() for x in found.amounts)


def test_a_floor_holds_and_is_named():
    found = shared(Order(10_000, gearing=1, floor=9))
    assert found.amounts[3] == 3600.0
    assert found.at_limit == (3,)
    assert sum(found.amounts) == pytest.approx(10_000)


@pytest.mark.parametrize(
    ("order", "reason", "required"),
    [
        (Order(10_000, floor=11), "floor_exceeds_budget", 11_000),
        (Order(10_000, cap=9), "cap_below_budget", 9_000),
        (Order(10_000, floor=12, cap=9), "limits_contradict", None),
    ],
)
def test_limits_that_cannot_be_met_say_by_how_much(order, reason, required):
    found = distribute(CHILDREN, BURDEN, CODES, order)
    assert isinstance(found, Refusal)
    assert (found.reason, found.required) == (reason, required)


def test_without_children_nothing_is_shared():
    assert distribute((0, 0), (0.0, 1.0), ("a", "b"), Order(10)) == Refusal("no_need")


def test_an_index_is_positive_however_light_the_burden():
    level = levels_of(np.array([-9.0, 0.0]), np.array([10.0, 10.0]))
    assert level.min() > 0
    assert level.mean() == pytest.approx(1.0)


@given(
    areas=st.lists(
        st.tuples(st.integers(0, 5000), st.floats(-4, 4)), min_size=1, max_size=40
    ).filter(lambda found: sum(c for c, _ in found) > 0),
    unit=st.sampled_from(sorted(UNITS)),
    parts=st.integers(1, 50_000_000),
    gearing=st.floats(0, 1),
    rule=st.sampled_from(("hare", "lague")),
)
def test_the_sum_is_the_amount_to_the_last_part(areas, unit, parts, gearing, rule):
    parts = parts if unit == "euro" else parts % 500 + 1
    order = Order(parts / UNITS[unit], unit=unit, gearing=gearing, rule=rule)
    children, burden = [c for c, _ in areas], [b for _, b in areas]
    codes = [str(i) for i in range(len(areas))]
    found = distribute(children, burden, codes, order)
    assert isinstance(found, Distribution)
    for amounts in (found.amounts, found.even):
        assert sum(round(a * UNITS[unit]) for a in amounts) == parts
        assert min(amounts) >= 0
    paid = zip(found.amounts, children, strict=True)
    assert all(a == 0 for a, c in paid if c == 0)


def test_draws_enclose_the_formula_and_keep_the_limits():
    order = Order(10_000, gearing=1, floor=8, cap=13)
    burdens = np.array([BURDEN, [1.0, 1.0, 0.0, -1.5], [2.0, 0.0, 0.0, -0.5]])
    least, middle, most = drawn_amounts(CHILDREN, burdens, order)
    exact = np.array(shared(order).exact)
    assert np.all(least <= exact + 0.01)
    assert np.all(exact <= most + 0.01)
    assert np.all((least <= middle) & (middle <= most))
    assert np.all(least >= np.array(CHILDREN) * 8 - 1e-6)
    assert np.all(most <= np.array(CHILDREN) * 13 + 1e-6)
    assert drawn_amounts(CHILDREN, burdens[:1], order)[1] == pytest.approx(exact, abs=0.01)
