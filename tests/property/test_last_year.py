"""Limits against last year: the sum stays the amount, and every part lies within or says why."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.distribution import UNITS, Distribution, Order, Refusal, distribute, drawn_amounts

AREAS = st.lists(
    st.tuples(st.integers(1, 3000), st.floats(-3, 3), st.one_of(st.none(), st.integers(0, 400))),
    min_size=1,
    max_size=25,
)


@settings(max_examples=200)
@given(
    AREAS,
    st.sampled_from(sorted(UNITS)),
    st.floats(0.7, 1.3),
    st.one_of(st.none(), st.integers(0, 60)),
    st.one_of(st.none(), st.integers(0, 80)),
    st.sampled_from(("hare", "lague")),
)
def test_every_part_is_within_its_limits_or_the_refusal_says_what_is_needed(
    areas, unit, change, fall, rise, rule
):
    step = UNITS[unit]
    children = [float(c) for c, _, _ in areas]
    last = [math.nan if p is None else p / step for _, _, p in areas]
    held = sum(p for _, _, p in areas if p is not None)
    parts = max(1, round(held * change))
    order = Order(
        parts / step,
        unit,
        1.0,
        rule=rule,
        fall=None if fall is None else fall / 100,
        rise=None if rise is None else rise / 100,
    )
    codes = [f"{i:02d}" for i in range(len(areas))]
    found = distribute(children, [b for _, b, _ in areas], codes, order, last)
    low = [0.0 if fall is None or not x > 0 else x * (1 - fall / 100) for x in last]
    high = [math.inf if rise is None or not x > 0 else x * (1 + rise / 100) for x in last]
    if isinstance(found, Refusal):
        assert found.required is not None
        # whole parts need at most one part an area more than the percentages
        if found.reason == "floor_exceeds_budget":
            assert order.amount < found.required <= sum(low) + len(areas) / step
        else:
            assert found.reason == "cap_below_budget"
            assert order.amount > found.required >= sum(high) - len(areas) / step
        return
    assert sum(round(a * step) for a in found.amounts) == parts
    for amount, least, most in zip(found.amounts, low, high, strict=True):
        assert least - 1e-6 <= amount <= most + 1e-6


@settings(max_examples=30)
@given(AREAS, st.integers(0, 30), st.integers(0, 30))
def test_drawn_weights_keep_the_limits_as_well(areas, fall, rise):
    children = [float(c) for c, _, _ in areas]
    last = [math.nan if p is None else float(p) for _, _, p in areas]
    total = sum(p for _, _, p in areas if p is not None)
    order = Order(float(max(total, 1)), gearing=1.0, fall=fall / 100, rise=rise / 100)
    burdens = np.array([[b for _, b, _ in areas], [-b for _, b, _ in areas]])
    codes = [str(i) for i in range(len(areas))]
    if not isinstance(distribute(children, burdens[0].tolist(), codes, order, last), Distribution):
        return
    least, middle, most = drawn_amounts(children, burdens, order, last)
    assert np.all((least <= middle + 1e-9) & (middle <= most + 1e-9))
    for low, high, x in zip(least, most, last, strict=True):
        if x > 0:
            assert low >= x * (1 - fall / 100) - 1e-6
            assert high <= x * (1 + rise / 100) + 1e-6
