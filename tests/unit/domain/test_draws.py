import numpy as np
import pytest
from scipy import stats

from domain.draws import draw_binomial

PERSONS = np.array([1, 3, 40, 900, 5_000, 2_000_000])
SHARES = np.array([0.5, 0.02, 0.97, 0.2, 0.001, 0.4])
DRAWS = 20_000


def test_draws_follow_the_binomial_distribution():
    drawn = draw_binomial(PERSONS, SHARES, DRAWS, np.random.default_rng(3))
    assert drawn.shape == (6, DRAWS)
    for row, n, p in zip(drawn, PERSONS, SHARES, strict=True):
        found = np.array([(row <= q).mean() for q in stats.binom(n, p).ppf([0.1, 0.5, 0.9])])
        meant = stats.binom(n, p).cdf(stats.binom(n, p).ppf([0.1, 0.5, 0.9]))
        assert np.abs(found - meant).max() < 0.02, (n, p)
        assert row.mean() == pytest.approx(n * p, abs=5 * np.sqrt(n * p * (1 - p) / DRAWS))
        assert row.min() >= 0
        assert row.max() <= n


def test_draws_of_an_area_and_of_its_neighbour_have_nothing_to_do_with_each_other():
    drawn = draw_binomial(
        np.array([400, 400]), np.array([0.3, 0.3]), DRAWS, np.random.default_rng(5)
    )
    assert abs(np.corrcoef(drawn)[0, 1]) < 0.03
    assert abs(np.corrcoef(drawn[0, :-1], drawn[0, 1:])[0, 1]) < 0.03


def test_nobody_and_everybody_stay_what_they_are():
    drawn = draw_binomial(np.array([12, 7]), np.array([0.0, 1.0]), 50, np.random.default_rng(1))
    assert set(drawn[0]) == {0}
    assert set(drawn[1]) == {7}
