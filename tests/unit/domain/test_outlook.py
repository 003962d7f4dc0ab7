"""The outlook by single years of age: the rule of one area, its band, and looking back."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from domain.outlook import back_test, mean_error, outlook
from domain.projection import birth_cohorts, single_year

STEADY = np.full((1, 9, 6), 40.0)


def test_where_nothing_changes_nothing_will():
    found = outlook(STEADY, (0, 2))
    assert found.central[0].tolist() == [120.0] * 5
    noise = 1.96 * np.sqrt(120)
    assert found.low[0] == pytest.approx([120 - noise] * 5)
    assert found.high[0] == pytest.approx([120 + noise] * 5)
    assert back_test(STEADY, (0, 2)).tolist() == [0.0]


def test_one_year_ahead_is_the_rule_of_one_area():
    counts = np.array([[30, 31, 29, 33], [28, 31, 32, 30], [33, 29, 31, 31], [36, 34, 30, 32]])
    children = counts[None].astype(float)
    found = outlook(children, (0, 3), 1)
    ratios = [single_year(list(a), list(b))["ratio"] for a, b in itertools.pairwise(counts)]
    mean = np.mean(np.array(ratios, dtype=float), axis=0)
    births = counts[-3:, 0].mean()
    assert found.central[0, 0] == pytest.approx(births + (mean * counts[-1][:-1]).sum())
    assert abs(births - birth_cohorts(counts[-3:, 0].tolist())["next"][0]) <= 0.5


def test_todays_youngest_are_tomorrows_kindergarten_children():
    children = STEADY.copy()
    children[0, -1, 0] = 80.0
    found = outlook(children, (3, 5))
    assert found.central[0, :3].tolist() == [120.0, 120.0, 160.0]


def test_small_cohorts_and_hidden_numbers_have_no_outlook():
    children = np.repeat(STEADY, 3, axis=0)
    children[1, -2, 1] = 9.0
    children[2, -1, 5] = np.nan
    found = outlook(children, (0, 5))
    assert found.is_small.tolist() == [False, True, False]
    assert found.is_unknown.tolist() == [False, False, True]
    assert np.isnan(found.central[1:]).all()
    assert np.isnan(found.low[1:]).all()
    assert not np.isnan(found.central[0]).any()


def test_a_jump_is_limited_and_said_so():
    children = STEADY.copy()
    children[0, -1, 3] = 200.0
    found = outlook(children, (0, 5))
    assert found.is_limited.tolist() == [True]
    assert outlook(STEADY, (0, 5)).is_limited.tolist() == [False]


def test_looking_back_needs_nine_years():
    assert np.isnan(back_test(STEADY[:, 1:], (0, 2))).all()
    assert mean_error(np.array([np.nan, np.nan])) is None
    assert mean_error(np.array([0.1, -0.3, np.nan])) == pytest.approx(0.2)


def test_looking_back_says_what_was_missed():
    children = STEADY.copy()
    children[0, -1, :3] = 60.0
    assert back_test(children, (0, 2)).tolist() == pytest.approx([(120 - 180) / 180])


@pytest.mark.parametrize(("years", "ages"), [(3, (0, 2)), (5, (3, 6))])
def test_too_few_years_or_ages_are_a_fault_of_the_caller(years, ages):
    with pytest.raises(ValueError, match="four years"):
        outlook(STEADY[:, :years], ages)


@given(arrays(float, (4, 8, 6), elements=st.integers(10, 400).map(float)))
def test_the_band_holds_the_outlook_and_nobody_is_below_zero(children):
    found = outlook(children, (0, 5))
    assert (found.low <= found.central).all()
    assert (found.central <= found.high).all()
    assert (found.low >= 0).all()
