"""Splits that nobody declared are found in the numbers, and nothing else is."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.exact_sums import MOST_PARTS, exact_sums

AGES = {f"a{i:02}": np.array([i + 1.0, 3.0 * i, 7.0 + i % 3, i * i]) for i in range(8)}
WHOLE = np.sum(list(AGES.values()), axis=0)


def test_two_splits_of_one_total_are_both_found():
    women = np.floor(0.4 * WHOLE)
    found = exact_sums(WHOLE, {**AGES, "w": women, "m": WHOLE - women})
    assert found == [("w", "m"), tuple(AGES)]


def test_what_follows_from_other_sums_is_not_repeated():
    young = AGES["a00"] + AGES["a01"]
    found = exact_sums(WHOLE, {**AGES, "young": young})
    assert sorted(map(len, found)) == [7, 8]


def test_a_part_that_is_zero_everywhere_is_in_no_sum():
    assert exact_sums(WHOLE, {**AGES, "none": np.zeros(4)}) == [tuple(AGES)]


def test_parts_that_miss_one_person_in_one_cell_add_up_to_nothing():
    less = {**AGES, "a03": AGES["a03"] - np.array([0.0, 0.0, 0.0, 1.0])}
    assert exact_sums(WHOLE, less) == []


def test_a_part_equal_to_the_whole_is_no_sum():
    assert exact_sums(WHOLE, {"all": WHOLE, "other": WHOLE + 1}) == []


def test_single_years_of_age_are_found_as_neighbours():
    many = {f"y{i:03}": np.array([1.0 + i % 7, 2.0 + i % 5]) for i in range(MOST_PARTS + 40)}
    assert exact_sums(np.sum(list(many.values()), axis=0), many) == [tuple(many)]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.integers(0, 40), min_size=6, max_size=6), min_size=2, max_size=6))
def test_every_sum_that_is_named_holds(columns):
    parts = {f"p{i}": np.array(c, dtype=float) for i, c in enumerate(columns)}
    target = np.sum(list(parts.values()), axis=0)
    for chosen in exact_sums(target, parts):
        assert np.array_equal(sum(parts[name] for name in chosen), target)
