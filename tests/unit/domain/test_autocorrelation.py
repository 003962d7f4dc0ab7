"""Moran's I, clusters and hot spots: exact in their rules, chance by the same draws by hand."""

from __future__ import annotations

import numpy as np
import pytest

from domain.autocorrelation import FDR_Q, lisa, moran, moran_rate
from domain.comparison import fdr_bh
from domain.hot_spots import gi
from domain.permutation import draw_others

SIDE = 7
N = SIDE * SIDE


def _grid(side=SIDE):
    def around(i):
        x, y = i % side, i // side
        places = ((x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1) if dx or dy)
        return [px + side * py for px, py in places if 0 <= px < side and 0 <= py < side]

    return [around(i) for i in range(side * side)]


def _hill(seed=3):
    i = np.arange(N)
    slope = (i % SIDE) + (i // SIDE)
    return slope + np.random.default_rng(seed).normal(size=N)


def _p_by_hand(z, around, i, draws):
    """Conditional permutation of one area, written out."""
    others = np.array([*range(i), len(z) - 1, *range(i + 1, len(z) - 1)])
    others = others[: len(z) - 1] if i < len(z) - 1 else np.arange(len(z) - 1)
    sums = z[others[draws[:, : len(around)]]].sum(axis=1)
    observed = z[around].sum()
    above = int((sums >= observed - 1e-9).sum())
    below = int((sums <= observed + 1e-9).sum())
    return min(1.0, 2 * (min(above, below) + 1) / (len(draws) + 1))


@pytest.mark.parametrize("values", [_hill(), np.round(_hill()), np.repeat([0.0, 1.0], [40, 9])])
def test_every_area_gets_the_p_of_its_own_conditional_permutation(values):
    nb = _grid()
    found = lisa(values, nb, permutations=499, seed=5)
    draws = draw_others(N, 8, 499, 5)
    z = values - values.mean()
    assert found["p"] == [pytest.approx(_p_by_hand(z, nb[i], i, draws)) for i in range(N)]


def test_draws_never_repeat_an_area_and_reach_all_alike():
    draws = draw_others(6, 4, 5_000, 1)
    assert all(len(set(row)) == 4 for row in draws.tolist())
    counts = np.bincount(draws[:, 3], minlength=5)
    assert counts.sum() == 5_000
    assert abs(counts - 1_000).max() < 5 * np.sqrt(800)
    with pytest.raises(ValueError, match="others"):
        draw_others(4, 4, 10, 1)


def test_draws_in_portions_are_as_good_as_at_once():
    draws = draw_others(20_001, 3, 450, 1)
    assert draws.shape == (450, 3)
    assert all(len(set(row)) == 3 for row in draws.tolist())
    assert draws.min() >= 0
    assert draws.max() < 20_000


def test_classes_follow_the_quadrant_where_the_false_discovery_rate_allows():
    found = lisa(_hill(), _grid())
    rejected = fdr_bh(found["p"], FDR_Q)["reject"]
    words = {1: "high_high", 2: "low_high", 3: "low_low", 4: "high_low"}
    assert found["class"] == [
        words[k] if r else "not_significant"
        for k, r in zip(found["quadrant"], rejected, strict=True)
    ]
    assert found["class"][-1] == "high_high"
    assert found["class"][0] == "low_low"
    assert found["n_tested"] == N


def test_local_values_sum_to_the_one_of_the_town():
    y, nb = _hill(), _grid()
    assert sum(lisa(y, nb)["I"]) / (N - 1) == pytest.approx(moran(y, nb)["I"])


def test_islands_and_areas_at_the_mean_are_not_tested():
    y = np.append(_hill(), [50.0, 0.0])
    y[-1] = y[:-1].mean()
    nb = [*_grid(), [], [0, 1]]
    found = lisa(y, nb)
    assert found["islands"] == [N]
    assert found["class"][N] == "no_neighbours"
    assert (found["I"][N], found["p"][N], found["quadrant"][N]) == (None, None, None)
    assert found["class"][N + 1] == "not_significant"
    assert (found["p"][N + 1], found["quadrant"][N + 1]) == (None, None)
    assert found["n_tested"] == N


def test_areas_without_a_value_leave_the_weights():
    y, nb = _hill(), _grid()
    hidden = y.copy()
    hidden[10] = np.nan
    found = lisa(hidden, nb)
    assert found["class"][10] == "not_applicable"
    assert found["I"][10] is None
    kept = [i for i in range(N) if i != 10]
    number = {i: k for k, i in enumerate(kept)}
    alone = lisa(y[kept], [[number[j] for j in nb[i] if j != 10] for i in kept])
    assert [found["class"][i] for i in kept] == alone["class"]
    assert [found["p"][i] for i in kept] == alone["p"]
    assert moran(hidden, nb)["n"] == N - 1


def test_an_area_whose_neighbours_are_all_hidden_becomes_an_island():
    y, nb = _hill(), _grid()
    y[nb[0]] = np.nan
    found = lisa(y, nb)
    assert found["class"][0] == "no_neighbours"
    assert found["islands"] == [0]


def test_the_same_seed_draws_the_same():
    y, nb = _hill(), _grid()
    assert lisa(y, nb, seed=1) == lisa(y, nb, seed=1)
    assert lisa(y, nb, seed=1)["p"] != lisa(y, nb, seed=2)["p"]


def test_too_little_to_say_has_a_reason():
    few = _grid(5)
    assert lisa(np.arange(25.0), few) == {"reason": "too_few", "n": 25}
    assert lisa(np.ones(N), _grid())["reason"] == "constant"
    assert lisa(_hill(), [[]] * N)["reason"] == "all_islands"
    assert moran([1, 2, 3], [[1], [0, 2], [1]])["reason"] == "too_few"
    assert moran([None] * 5, [[]] * 5) == {"reason": "too_few", "n": 0}
    assert gi(np.ones(N), _grid())["reason"] == "constant"


def test_moran_tells_alike_from_unlike_neighbours_and_from_chance():
    nb = _grid()
    alike = moran(_hill(), nb, permutations=999)
    assert alike["I"] > 0.4
    assert alike["p_perm"] == pytest.approx(2 / 1000)
    chance = moran(np.random.default_rng(8).normal(size=N), nb, permutations=999)
    assert abs(chance["z_rand"]) < 2.5
    assert chance["p_perm"] > 0.02
    assert moran(_hill(), nb, standardised=False)["I"] != alike["I"]


def test_moments_under_randomisation_are_those_of_random_orders():
    y, nb = _hill(), [*_grid()]
    nb[0] = [1]  # not symmetric
    found = moran(y, nb)
    rng = np.random.default_rng(2)
    drawn = [moran(rng.permutation(y), nb)["I"] for _ in range(3_000)]
    assert np.mean(drawn) == pytest.approx(found["EI"], abs=0.006)
    assert np.var(drawn) == pytest.approx(found["VI_rand"], rel=0.1)


def test_rates_on_unequal_bases_are_put_on_a_common_variance():
    rng = np.random.default_rng(4)
    persons = rng.integers(50, 5_000, size=N).astype(float)
    events = rng.binomial(persons.astype(int), 0.1).astype(float)
    nb = _grid()
    found = moran_rate(events, persons, nb)
    assert abs(found["z_rand"]) < 2.5
    events[5], persons[6] = np.nan, 0
    partly = moran_rate(events, persons, nb)
    assert partly["n"] == N - 2
    persons[5] = 77_777
    assert moran_rate(events, persons, nb) == partly
    assert moran_rate([0] * N, persons, nb)["reason"] == "constant"
    assert moran_rate([None] * N, persons, nb)["reason"] == "too_few"


def test_hot_spots_stand_where_values_are_high():
    y = _hill() + 20
    y[10] = np.nan
    nb = [*_grid()]
    nb[48] = []
    found = gi(y, nb)
    assert found["z"][10] is None
    assert found["z"][48] is None
    assert found["islands"] == [48]
    assert found["z"][40] > 2
    assert found["p"][40] < 0.05
    assert found["z"][8] < -2
    without = gi(y, nb, star=False)
    assert without["p"] == found["p"]
    assert without["z"] != found["z"]
