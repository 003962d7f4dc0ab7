"""Two rates and two means: chance or difference."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm, ttest_ind
from statsmodels.stats.rates import confint_poisson_2indep, etest_poisson_2indep

from domain.two_values import diff_means, rate_ratio

PAIRS = [
    ((30, 1_000), (15, 1_000)),
    ((3, 120), (11, 90)),
    ((0, 50), (4, 40)),
    ((5, 70), (0, 300)),
    ((8, 100), (16, 200)),
    ((140, 9_000), (90, 8_500)),
]


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_a_rate_ratio_agrees_with_the_e_test_and_the_score_interval(first, second):
    found = rate_ratio(first, second)
    _, p = etest_poisson_2indep(*first, *second)
    assert found["p"] == pytest.approx(p, abs=1e-10)
    if first[0] and second[0]:
        low, high = confint_poisson_2indep(*first, *second, method="score")
        assert found["ci95"] == pytest.approx([low, high], rel=1e-6)


def test_a_rate_without_an_event_has_a_limit_on_one_side_only():
    assert rate_ratio((0, 50), (4, 40))["ratio"] == 0
    assert rate_ratio((0, 50), (4, 40))["ci95"][0] == 0
    found = rate_ratio((5, 70), (0, 300))
    assert found["ratio"] is None
    assert found["ci95"][1] is None
    assert found["ci95"][0] > 1


def test_large_counts_come_near_the_normal_test():
    found = rate_ratio((100_500, 1_000_000), (100_000, 1_000_000))
    z = 500 / np.sqrt(200_500)
    assert found["p"] == pytest.approx(2 * norm.sf(z), rel=1e-3)


def test_nothing_to_compare_has_a_reason():
    assert rate_ratio((1, 0), (2, 10)) == {"reason": "na"}
    assert rate_ratio((0, 10), (0, 10)) == {"reason": "no_cases"}
    assert diff_means((1, 2.0, 0.0), (5, 2.0, 1.0)) == {"reason": "too_few"}
    assert diff_means((3, 2.0, 0.0), (5, 2.0, 0.0)) == {"reason": "no_variance"}
    with pytest.raises(ValueError, match="negative"):
        rate_ratio((-1, 10), (2, 10))


def test_means_are_compared_as_welch_does():
    rng = np.random.default_rng(1)
    a, b = rng.normal(20, 2, 12), rng.normal(22, 6, 9)
    want = ttest_ind(a, b, equal_var=False)
    parts = [(len(x), x.mean(), x.std(ddof=1)) for x in (a, b)]
    found = diff_means(*parts)
    assert found["p"] == pytest.approx(want.pvalue)
    assert found["df"] == pytest.approx(want.df)
    interval = want.confidence_interval()
    assert found["diff_ci95"] == pytest.approx([interval.low, interval.high])
