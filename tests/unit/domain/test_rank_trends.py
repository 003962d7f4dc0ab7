"""Theil and Sen's slope and the test of Mann and Kendall."""

from __future__ import annotations

import pytest
from scipy.stats import kendalltau

from domain.rank_trends import mann_kendall, mann_kendall_tail, theil_sen

FALLING = [12.1, 11.8, 12.9, 11.2, 10.9, 11.1, 10.4, 10.6, 9.8, 10.1]


def test_one_wild_year_does_not_turn_the_slope():
    years = list(range(2015, 2024))
    values = [float(2 * y) for y in years]
    values[4] = 90_000.0
    assert theil_sen(years, values)["slope"] == pytest.approx(2.0)


def test_short_and_standing_series_have_a_reason():
    assert theil_sen([1, 2, 3, 4], [1, 2, 3, 4]) == {"reason": "too_few", "n": 4}
    assert theil_sen([1] * 5, [1, 2, 3, 4, 5])["reason"] == "constant"
    assert mann_kendall([1, 2, None, 3, 4]) == {"reason": "too_few", "n": 4}


def test_a_missing_year_is_left_out_of_both():
    whole = theil_sen(range(10), FALLING)
    years = [*range(5), 99, *range(5, 10)]
    values = [*FALLING[:5], None, *FALLING[5:]]
    assert theil_sen(years, values) == whole
    assert mann_kendall(values) == mann_kendall(FALLING)


def test_a_series_that_never_moves_has_no_trend():
    still = mann_kendall([4.0] * 8)
    assert (still["S"], still["var_S"], still["z"], still["p"]) == (0, 0.0, 0.0, 1.0)
    fit = theil_sen(range(8), [4.0] * 8)
    assert (fit["slope"], fit["tau"], fit["p_two_sided"]) == (0.0, 0.0, 1.0)


def test_small_p_values_are_exact_and_larger_series_normal():
    exact = kendalltau(range(10), FALLING, method="exact").pvalue
    assert mann_kendall(FALLING)["p"] == pytest.approx(exact, rel=1e-12)
    tied = [1.0, 1.0, 2.0, 3.0, 3.0, 4.0, 5.0]
    found = mann_kendall(tied)
    # S = 21 pairs less the two tied ones; variance less two groups of two
    assert (found["S"], found["var_S"]) == (19, pytest.approx((7 * 6 * 19 - 2 * 2 * 1 * 9) / 18))
    assert found["z"] == pytest.approx(18 / found["var_S"] ** 0.5)


def test_four_points_can_never_be_told_from_chance():
    assert 2 * mann_kendall_tail(4, 6) > 0.05
    assert 2 * mann_kendall_tail(5, 10) < 0.05
    assert 2 * mann_kendall_tail(5, 8) > 0.05
    assert mann_kendall_tail(5, 11) == 0
