import math

import pytest

from domain.classification import (
    assign,
    class_counts,
    classify,
    default_breaks,
    fisher_jenks,
    fixed_over_years,
    gvf,
    head_tail,
    std_mean,
)


def test_missing_values_are_taken_out_before_classes_are_made():
    assert classify([None, math.nan, 3.0], "pretty")["upper_bounds"] == [3.0]
    assert assign([None, math.nan], [1.0, 2.0]) == [None, None]


def test_classes_are_closed_on_the_right_and_the_last_is_open():
    assert assign([10, 10.0001, 20, 0, 35], [10, 20, 30]) == [0, 1, 1, 0, 2]


def test_no_values_give_no_classes_and_equal_values_one():
    assert default_breaks([]) == ()
    assert default_breaks([None, None]) == ()
    assert len(default_breaks([4.0, 4.0, 4.0])) == 1


@pytest.mark.parametrize(
    "values",
    [
        [i / 2 for i in range(80)],
        [5 + 0.01 * i for i in range(60)],
        [math.exp(i / 12) for i in range(60)],
        [-30 + i for i in range(60)],
        [0.1, 0.2, 0.2, 0.3, 0.4, 0.5, 0.9],
    ],
    ids=["even", "narrow", "skewed", "negative", "few"],
)
def test_round_breaks_are_three_to_seven_and_hold_every_value(values):
    breaks = default_breaks(values, decimals=1)
    assert 3 <= len(breaks) <= 7
    assert list(breaks) == sorted(breaks)
    assert breaks[-1] >= max(values) - 1e-9
    assert all(abs(b * 10 - round(b * 10)) < 1e-6 for b in breaks[:-1])
    assert sum(class_counts(values, breaks)) == len(values)


def test_a_skewed_distribution_does_not_crowd_one_class():
    values = [2 + 0.1 * i for i in range(50)] + [30.0, 45.0]
    counts = class_counts(values, default_breaks(values))
    assert max(counts) / sum(counts) < 0.75


def test_breaks_do_not_depend_on_the_order_of_the_values():
    values = [7.3, 1.2, 9.9, 4.4, 5.0, 2.2, 8.8, 3.1]
    assert default_breaks(values) == default_breaks(sorted(values))


def test_a_perfect_classification_explains_all_variance():
    assert gvf([1, 1, 5, 5], [1, 5]) == 1.0


def test_limits_are_the_same_in_every_year():
    years = {"2020": [1.0, 2.0, 3.0], "2021": [8.0, 9.0, None]}
    found = fixed_over_years(years, "fisher_jenks", 2)
    assert found == {"upper_bounds": [3.0, 9.0], "class": {"2020": [0, 0, 0], "2021": [1, 1, None]}}


def test_natural_classes_are_those_with_the_least_variance():
    values = [1.0, 1.2, 4.0, 4.1, 4.3, 9.0, 9.9, 10.0]
    best = gvf(values, fisher_jenks(values, 3))
    others = [(a, b, 10.0) for a in values for b in values if a < b < 10.0]
    assert best >= max(gvf(values, o) for o in others) - 1e-12


def test_classes_around_the_mean_end_with_the_largest_value():
    values = [float(i) for i in range(1, 21)]
    assert std_mean(values)[-1] == 20.0
    assert std_mean([3.0]) == [3.0]


def test_heads_get_smaller_until_one_is_left():
    breaks = head_tail([1.0] * 50 + [10.0] * 10 + [100.0] * 2)
    assert breaks == sorted(breaks)
    assert len(breaks) == 3


def test_round_limits_never_make_more_than_seven_classes():
    # the round step nearest to a seventh of the range would give ten classes
    assert classify([0.4, 11.0, 20.0, 22.0, 30.0, 31.0, 45.2], "pretty", 7)["upper_bounds"] == [
        10.0,
        20.0,
        30.0,
        40.0,
        50.0,
    ]
