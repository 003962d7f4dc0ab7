"""The trend marker of five years and the change between two."""

from __future__ import annotations

import numpy as np
import pytest

from domain.model import Polarity
from domain.trends import change, recent_trend, recent_trends

RISING = [10.0, 12.0, 14.0, 16.0, 18.0]


def _limits(values, half=0.5):
    return [v - half for v in values], [v + half for v in values]


@pytest.mark.parametrize(
    ("polarity", "rising", "falling"),
    [
        (Polarity.HIGH_BURDEN, "increasing_worse", "decreasing_better"),
        (Polarity.LOW_BURDEN, "increasing_better", "decreasing_worse"),
        (Polarity.NONE, "increasing", "decreasing"),
    ],
)
def test_polarity_turns_a_direction_into_a_judgement(polarity, rising, falling):
    assert recent_trend(RISING, *_limits(RISING), polarity)["trend"] == rising
    down = RISING[::-1]
    assert recent_trend(down, *_limits(down), polarity)["trend"] == falling


def test_slope_and_chi_square_of_equal_limits_are_those_of_a_plain_line():
    found = recent_trend(RISING, *_limits(RISING), Polarity.NONE)
    error = 1 / 3.92
    assert found["slope"] == pytest.approx(2.0)
    assert found["chi2"] == pytest.approx(2.0**2 * 10 / error**2)


def test_wide_limits_leave_no_trend():
    assert recent_trend(RISING, *_limits(RISING, 20), Polarity.NONE)["trend"] == "no_change"


def test_a_trend_that_hangs_on_one_year_is_none():
    values = [10.0, 10.2, 10.1, 9.9, 30.0]
    found = recent_trend(values, *_limits(values, 2), Polarity.HIGH_BURDEN)
    assert found["chi2"] > 9.5495
    assert not found["outlier_check_passed"]
    assert found["trend"] == "no_change"


def test_the_last_five_of_more_years_count():
    values = [99.0, 1.0, *RISING]
    assert recent_trend(values, *_limits(values), Polarity.NONE) == recent_trend(
        RISING, *_limits(RISING), Polarity.NONE
    )


@pytest.mark.parametrize("hole", [0, 2, 4])
def test_a_year_without_value_or_limits_leaves_nothing_to_determine(hole):
    lower, upper = _limits(RISING)
    assert recent_trend(RISING[:4], lower[:4], upper[:4], Polarity.NONE)["reason"]
    without = [None if i == hole else v for i, v in enumerate(lower)]
    found = recent_trend(RISING, without, upper, Polarity.NONE)
    assert found == {"trend": "not_determinable", "reason": "not_determinable"}
    flat = [v if i == hole else u for i, (v, u) in enumerate(zip(lower, upper, strict=True))]
    assert recent_trend(RISING, lower, flat, Polarity.NONE)["reason"] == "not_determinable"


def test_areas_at_once_get_the_words_of_each_alone():
    noise = [20.0, 22.0, 19.0, 23.0, 21.0]
    values = np.array([RISING, RISING[::-1], noise, RISING]).T
    lowers, uppers = values - 0.5, values + 0.5
    lowers[:, 2] -= 5
    uppers[:, 2] += 5
    values[3, 3] = np.nan
    words = recent_trends(values, lowers, uppers, Polarity.HIGH_BURDEN)
    assert words == ["worse", "better", "none", "not_determinable"]
    words = recent_trends(values, lowers, uppers, Polarity.LOW_BURDEN)
    assert words == ["better", "worse", "none", "not_determinable"]
    words = recent_trends(values, lowers, uppers, Polarity.NONE)
    assert words == ["higher", "lower", "none", "not_determinable"]


def test_other_than_five_years_at_once_are_refused():
    with pytest.raises(ValueError, match="shape"):
        recent_trends(np.ones((4, 2)), np.zeros((4, 2)), np.ones((4, 2)) * 2, Polarity.NONE)


def test_a_change_from_few_cases_is_given_in_points_only():
    found = change((9, 100), (20, 100))
    assert found["abs_change_pp"] == pytest.approx(11.0)
    assert found["rel_change_percent"] is None
    assert found["reason"] == "small_base"
    assert "reason" not in change((10, 100), (20, 100))


def test_nothing_is_compared_across_a_break_or_without_a_base():
    assert change((20, 100), (30, 100), broken=True) == {"reason": "break"}
    assert change((0, 0), (30, 100)) == {"reason": "na"}
