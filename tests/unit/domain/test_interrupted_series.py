"""The step of a series of counts at a known date."""

from __future__ import annotations

import numpy as np
import pytest

from domain.interrupted_series import its


def _series(step=0.0, n=40, first=20, seed=2):
    rng = np.random.default_rng(seed)
    mean = 80 * np.exp(0.005 * np.arange(n) + step * (np.arange(n) >= first))
    return rng.poisson(mean).tolist()


def test_a_step_is_found_and_its_absence_too():
    found = its(_series(step=-0.4), 20)
    assert found["ci95_poisson"][0] < np.exp(-0.4) < found["ci95_poisson"][1] < 1
    none = its(_series(), 20)
    assert none["ci95_poisson"][0] < 1 < none["ci95_poisson"][1]
    assert "rr_seasonal" not in found


def test_overdispersion_widens_the_interval_around_the_same_ratio():
    rng = np.random.default_rng(3)
    wild = (rng.negative_binomial(3, 0.04, 40)).tolist()
    found = its(wild, 20)
    assert found["dispersion"] > 3
    low, high = found["ci95_quasi"]
    assert low < found["ci95_poisson"][0] < found["rr"] < found["ci95_poisson"][1] < high


def test_a_growing_population_is_no_step():
    cases = [100.0] * 20 + [200.0] * 20
    persons = [1_000.0] * 20 + [2_000.0] * 20
    assert its(cases, 20, persons)["rr"] == pytest.approx(1.0)
    assert its(cases, 20)["rr"] == pytest.approx(2.0)


def test_missing_spans_are_left_out_without_closing_the_time():
    cases = _series(step=-0.3)
    gap = [None if i in (5, 30) else c for i, c in enumerate(cases)]
    found = its(gap, 20)
    assert found["n"] == 38
    persons = [0 if i in (5, 30) else 1 for i in range(40)]
    assert its(cases, 20, persons) == found


def test_seasons_need_more_points_than_unknowns():
    months = [i % 12 + 1 for i in range(40)]
    assert "rr_seasonal" in its(_series(), 20, month=months)
    assert "rr_seasonal" not in its(_series(), 20, month=[6] * 40)


def test_too_little_to_say_has_a_reason():
    assert its(_series()[:27], 20) == {"reason": "too_few", "n": 27}
    assert its(_series(), 7)["reason"] == "too_few"
    assert its([0] * 20 + _series()[20:], 20)["reason"] == "no_cases"
