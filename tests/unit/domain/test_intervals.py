import math

import numpy as np
import pytest

from domain.intervals import (
    byar,
    byar_interval,
    mean_t,
    mean_t_of,
    poisson_rate,
    wilson,
    wilson_interval,
)


def test_impossible_counts_are_refused():
    with pytest.raises(ValueError, match="numerators must lie"):
        wilson_interval([6], [5])
    with pytest.raises(ValueError, match="must not be negative"):
        byar_interval([-1])


def test_no_base_gives_no_interval_instead_of_a_division_by_zero():
    lower, upper = wilson_interval([0], [0])
    assert math.isnan(lower[0])
    assert math.isnan(upper[0])
    assert wilson(0, 0) == {"reason": "na"}
    assert poisson_rate(3, 0) == {"reason": "na"}


def test_none_and_all_have_intervals_that_stay_proportions():
    lower, upper = wilson_interval([0, 20], [20, 20])
    assert lower[0] == 0
    assert upper[1] == 1
    assert 0 < upper[0] < 0.2
    assert 0.8 < lower[1] < 1


def test_few_events_use_the_exact_limits():
    assert poisson_rate(9, 100)["method"] == "Exact"
    assert poisson_rate(10, 100)["method"] == "Byars"


def test_a_missing_count_stays_missing():
    lower, upper = byar_interval([np.nan, 12.0])
    assert math.isnan(lower[0])
    assert lower[1] < 12 < upper[1]


def test_one_value_has_no_mean_with_interval():
    assert mean_t([3.0]) == {"reason": "too_few"}


def test_a_mean_may_come_as_values_or_as_their_summary():
    values = [3.0, 4.0, 8.0]
    assert mean_t([*values, None]) == mean_t_of(3, 5.0, math.sqrt(7.0))
    assert mean_t_of(1, 3.0, 0.0) == {"reason": "too_few"}


def test_no_events_have_an_upper_limit_only():
    assert byar(0)[0] is None
    assert byar(0)[1] == pytest.approx(3.668, abs=1e-3)
    with pytest.raises(ValueError, match="must not be negative"):
        byar(-1)
