from __future__ import annotations

import numpy as np
import pytest

from domain.model import Polarity
from domain.thirds import limits_of_thirds, third_keys

HIGH, LOW, NONE = Polarity.HIGH_BURDEN, Polarity.LOW_BURDEN, Polarity.NONE
LIMITS = ((10.0, 20.0), (1.0, 2.0))


def test_limits_part_the_known_values_into_three():
    low, high = limits_of_thirds([1, 2, 3, 4, 5, 6, 7, np.nan])
    assert (low, high) == (3.0, 5.0)


@pytest.mark.parametrize("values", [[], [np.nan], [4.0, 4.0, 4.0]])
def test_what_does_not_differ_has_no_thirds(values):
    assert limits_of_thirds(values) is None


def test_the_first_indicator_runs_fastest_and_classes_are_closed_above():
    first = (10.0, 20.0, 20.1, 5.0, 15.0, 30.0, None, 5.0)
    second = (1.0, 1.0, 1.0, 1.5, 2.0, 2.1, 1.0, None)
    found = third_keys(first, second, LIMITS, (NONE, NONE))
    assert found == ["1", "2", "3", "4", "5", "9", "", ""]


def test_dark_is_burden_on_both_axes():
    assert third_keys((30.0,), (0.5,), LIMITS, (HIGH, LOW)) == ["9"]
    assert third_keys((30.0,), (0.5,), LIMITS, (HIGH, HIGH)) == ["3"]
    assert third_keys((None,), (0.5,), LIMITS, (LOW, LOW)) == [""]
