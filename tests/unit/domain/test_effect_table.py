"""From figures of areas to a difference: hidden years, weights, and the placebo distribution."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.effect_design import Windows
from domain.effect_table import AreaSeries, course_of, evaluate, window_means
from domain.effects import did, placebo_differences

PERIODS = tuple(str(y) for y in range(2016, 2024))
WINDOWS = Windows(PERIODS[:4], PERIODS[5:], PERIODS[4:5])


def series(effect=-6.0, n=12, seed=5):
    """Return areas of which the first three fall by an effect after the start."""
    rng = np.random.default_rng(seed)
    values = 30 + rng.normal(0, 4, (n, 1)) + rng.normal(0, 0.4, (n, len(PERIODS)))
    values[:3, 5:] += effect
    return AreaSeries(PERIODS, values, np.full_like(values, 100.0))


def found(told, **more):
    chosen = {"is_before_data": True, "is_apart": True, **more}
    return evaluate(told, WINDOWS, [0, 1, 2], range(3, len(told.values)), **chosen)


def test_a_large_effect_is_told_and_none_is_not():
    strong = found(series())
    assert strong.statement == "strong"
    assert strong.found is not None
    assert strong.found.difference == pytest.approx(-6, abs=0.6)
    assert strong.found.p == strong.found.smallest_p == pytest.approx(1 / 220)
    assert found(series(effect=0.0)).statement == "none"


def test_a_late_entry_weakens_what_may_be_said():
    late = found(series(), is_before_data=False)
    assert (late.design.kind, late.statement) == ("compared", "weak")
    assert late.design.missing == ("late_entry",)


def test_an_area_with_a_hidden_year_takes_no_part():
    told = series()
    told.values[0, 1] = np.nan
    told.values[4, 6] = np.nan
    told.values[5, 4] = np.nan  # the year of the start is not compared
    hidden = found(told)
    assert hidden.treated == (1, 2)
    assert 4 not in hidden.others
    assert 5 in hidden.others
    assert hidden.design.kind == "compared"
    changed = replace(told, values=told.values.copy())
    changed.values[0, 2] = 1e9
    changed.values[4, 7] = 1e9
    again = found(changed)
    assert again.found is not None
    assert hidden.found is not None
    assert again.found.difference == hidden.found.difference


def test_without_areas_or_years_the_course_is_described():
    told = series()
    told.values[:3] = np.nan
    assert found(told).statement == "described"
    assert found(told).found is None
    early = evaluate(series(), Windows(PERIODS[:2], PERIODS[3:]), [0], [4, 5],
                     is_before_data=True, is_apart=True)  # fmt: skip
    assert (early.statement, early.found) == ("described", None)


def test_areas_far_from_the_others_are_named_extreme():
    told = series(effect=0.0)
    told.values[:3] = told.values[3:].mean(axis=0)
    assert not found(told).is_extreme
    told.values[:3] += 40
    assert found(told).is_extreme


def test_years_and_areas_weigh_as_many_people_as_they_count():
    values = np.array([[10.0, 20.0], [40.0, 40.0]])
    bases = np.array([[300.0, 100.0], [100.0, np.nan]])
    told = AreaSeries(("2020", "2021"), values, bases)
    assert window_means(told, [0, 1], told.periods).tolist() == [12.5, 40.0]
    course = course_of("own", told, [0, 1])
    assert (course.values, course.is_pooled) == ((25.0, 30.0), False)
    whole = course_of(
        "own", replace(told, bases=np.array([[300.0, 100.0], [100.0, 300.0]])), [0, 1]
    )
    assert (whole.values, whole.is_pooled) == ((17.5, 35.0), True)
    values[1, 0] = np.nan
    assert course_of("own", told, [0, 1]).values == (None, 30.0)
    assert course_of("own", told, []).values == (None, None)


@given(st.lists(st.floats(-50, 50), min_size=6, max_size=9), st.integers(1, 3))
def test_the_drawn_placebos_are_those_the_p_counts(changes, k):
    before = [0.0] * len(changes)
    told = did(before, changes, list(range(k)))
    drawn = placebo_differences(before, changes, list(range(k)))
    assert len(drawn) == told["n_assignments"]
    own = abs(told["did"])
    reached = (np.abs(drawn) >= own - 1e-9 * max(1.0, own)).mean()
    assert reached == pytest.approx(told["p"])
    assert drawn.sum() == pytest.approx(0, abs=1e-6 * len(drawn))


def test_without_others_there_is_no_distribution():
    assert len(placebo_differences([1.0, 2.0], [1.0, 2.0], [0, 1])) == 0
