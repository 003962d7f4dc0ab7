"""What is suspicious between two periods: slips of the keyboard, never the life of small areas."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.jumps import Counted, suspicious_jumps

USUAL = np.array([100.0, 80.0, 90.0, 110.0, 95.0, 70.0])


def counts(before, after):
    ones = np.ones(len(before))
    return Counted(np.array(before, float), np.array(after, float), ones, ones)


def test_a_lost_digit_is_found_and_nothing_else():
    after = USUAL * 1.03
    after[2] = 9.1
    assert suspicious_jumps(USUAL, after).areas.tolist() == [False, False, True] + [False] * 3


def test_areas_that_rise_together_are_one_shift_and_no_jumps():
    found = suspicious_jumps(USUAL, USUAL * 1000)
    assert not found.areas.any()
    assert found.common == pytest.approx(1000)


def test_a_wave_that_stays_below_half_is_life():
    found = suspicious_jumps(USUAL, USUAL * 1.4)
    assert (found.areas.any(), found.common) == (False, 1.0)


def test_small_counts_double_by_chance():
    before, after = [3, 4, 2, 5, 3, 4], [6, 4, 3, 5, 2, 9]
    found = suspicious_jumps(np.array(before, float), np.array(after, float), counts(before, after))
    assert not found.areas.any()


def test_a_large_count_that_falls_to_none_is_suspicious():
    before, after = [300, 320, 280, 310, 290, 305], [298, 0, 283, 315, 284, 300]
    found = suspicious_jumps(np.array(before, float), np.array(after, float), counts(before, after))
    assert found.areas.tolist() == [False, True, False, False, False, False]


def test_a_share_is_judged_by_its_cases_not_by_its_percent():
    bases = np.full(6, 40.0)
    cases = np.array([4.0, 5, 3, 4, 6, 4])
    later = np.array([4.0, 5, 7, 4, 6, 4])
    chance = Counted(cases, later, bases, bases)
    assert not suspicious_jumps(cases / bases, later / bases, chance).areas.any()
    many = Counted(cases * 100, later * 100, bases * 100, bases * 100)
    assert suspicious_jumps(cases / bases, later / bases, many).areas.tolist()[2]


def test_few_areas_need_a_doubling():
    before = np.array([10.0, 20.0])
    assert not suspicious_jumps(before, np.array([19.0, 20.0])).areas.any()
    assert suspicious_jumps(before, np.array([21.0, 20.0])).areas.tolist() == [True, False]


def test_an_index_around_zero_is_compared_by_difference():
    before = np.array([-1.2, -0.4, 0.0, 0.3, 0.9, 1.1])
    after = before + np.array([0.05, -0.02, 0.04, 2.0, 0.0, 0.03])
    assert suspicious_jumps(before, after).areas.tolist() == [False] * 3 + [True, False, False]
    assert not suspicious_jumps(before[:3], after[:3]).areas.any()


def test_missing_values_are_not_suspicious():
    after = USUAL.copy()
    after[1] = np.nan
    assert not suspicious_jumps(USUAL, after).areas.any()
    nothing = np.full(6, np.nan)
    found = suspicious_jumps(nothing, nothing)
    assert (found.areas.any(), found.common) == (False, 1.0)


def test_a_common_doubling_of_three_cases_is_chance():
    before, after = [1, 0, 1, 0, 1, 0], [1, 2, 1, 1, 0, 1]
    found = suspicious_jumps(np.array(before, float), np.array(after, float), counts(before, after))
    assert found.common == 1.0


@given(st.lists(st.floats(1, 1e6), min_size=5, max_size=40), st.floats(0.01, 100))
def test_one_factor_for_all_never_makes_one_area_suspicious(values, factor):
    before = np.array(values)
    assert not suspicious_jumps(before, before * factor).areas.any()
