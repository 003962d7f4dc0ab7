"""Few cases: what is weak, what is too uncertain, and years put together."""

from __future__ import annotations

import numpy as np
import pytest

from domain.model import Kind, State
from domain.pooled_periods import is_pooling_advised, pool, windows
from domain.reliability import relative_error, reliability


@pytest.mark.parametrize(
    ("kind", "cases", "persons", "state"),
    [
        (Kind.SHARE, 3, 300, State.UNRELIABLE),
        (Kind.SHARE, 4, 300, State.LIMITED),
        (Kind.SHARE, 9, 300, State.LIMITED),
        (Kind.SHARE, 10, 300, State.OK),
        (Kind.SHARE, 20, 29, State.LIMITED),
        (Kind.SHARE, 3, 4, State.LIMITED),
        (Kind.SHARE, 0, 300, State.NIL),
        (Kind.SHARE, 300, 300, State.OK),
        (Kind.RATE, 3, 9_000, State.UNRELIABLE),
        (Kind.RATE, 4, 9_000, State.LIMITED),
        (Kind.COUNT, 12, None, State.OK),
        (Kind.COUNT, 2, None, State.UNRELIABLE),
        (Kind.SHARE, None, 300, None),
        (Kind.SHARE, 12, None, None),
        (Kind.RATIO, 3, 40, None),
        (Kind.MEAN, 3, 40, None),
    ],
)
def test_reliability_follows_cases_persons_and_the_relative_error(kind, cases, persons, state):
    assert reliability(kind, [cases], [persons]) == [state]


def test_a_base_that_is_no_persons_makes_no_value_weak():
    assert reliability(Kind.RATE, [40], [20], few_persons=0) == [State.OK]


def test_the_relative_error_is_that_of_the_binomial_and_the_poisson_count():
    rng = np.random.default_rng(1)
    drawn = rng.binomial(80, 0.3, 40_000)
    assert relative_error(Kind.SHARE, [24], [80])[0] == pytest.approx(
        drawn.std() / drawn.mean(), rel=0.02
    )
    drawn = rng.poisson(25, 40_000)
    assert relative_error(Kind.COUNT, [25], [None])[0] == pytest.approx(
        drawn.std() / drawn.mean(), rel=0.02
    )
    assert np.isnan(relative_error(Kind.SHARE, [0, 5, None], [10, 0, 10])).all()
    assert np.isnan(relative_error(Kind.RATIO, [5], [10])).all()


def test_windows_end_with_the_newest_year_and_leave_the_oldest_over():
    assert windows(range(2016, 2024)) == [(2018, 2019, 2020), (2021, 2022, 2023)]
    assert windows([2022, 2021]) == []
    assert windows([]) == []
    assert windows([2023, 2021, 2022], 1) == [(2021,), (2022,), (2023,)]
    with pytest.raises(ValueError, match="one year"):
        windows([2021], 0)


def test_no_window_holds_a_gap_or_a_break():
    years = [*range(2012, 2017), *range(2018, 2024)]
    assert windows(years) == [(2014, 2015, 2016), (2018, 2019, 2020), (2021, 2022, 2023)]
    assert windows(range(2015, 2024), breaks={2020}) == [(2017, 2018, 2019), (2021, 2022, 2023)]
    # a break at the first year of a window is before it
    assert windows(range(2018, 2024), breaks={2021}) == windows(range(2018, 2024))


def test_pooled_years_are_the_sums_of_their_parts():
    years = list(range(2018, 2024))
    cases = np.arange(12.0).reshape(6, 2)
    cases[1, 1] = np.nan
    found = pool(cases, years, windows(years))
    assert found[:, 0].tolist() == [0 + 2 + 4, 6 + 8 + 10]
    assert np.isnan(found[0, 1])
    assert found[1, 1] == 7 + 9 + 11
    assert pool(cases, years, []).shape == (0, 2)


def test_pooling_is_advised_where_most_areas_have_few_cases():
    assert is_pooling_advised([1, 9, 3, 400])
    assert not is_pooling_advised([1, 9, 30, 400])
    assert not is_pooling_advised([None, None])
