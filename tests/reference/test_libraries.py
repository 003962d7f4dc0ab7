"""Our statistics beside the libraries of the field, on numbers of no vector."""

from __future__ import annotations

import esda
import numpy as np
import pymannkendall
import pytest
import statsmodels.api as sm
from esda.significance import calculate_significance
from libpysal.weights import W
from scipy.spatial import Delaunay
from statsmodels.nonparametric.smoothers_lowess import lowess as their_lowess

from domain.association import lowess
from domain.autocorrelation import lisa, moran, moran_rate
from domain.hot_spots import gi
from domain.interrupted_series import its
from domain.rank_trends import mann_kendall
from domain.smoothing import eb_global, eb_spatial, excess_risk

N = 120


@pytest.fixture(scope="module")
def land():
    """Neighbours of random places, values that rise to the east, cases and persons."""
    rng = np.random.default_rng(1)
    points = rng.random((N, 2))
    starts, others = Delaunay(points).vertex_neighbor_vertices
    around = [others[starts[i] : starts[i + 1]].tolist() for i in range(N)]
    values = np.sin(5 * points[:, 0]) + 0.6 * rng.normal(size=N)
    persons = rng.integers(50, 3_000, N)
    return around, values, rng.binomial(persons, 0.1 + 0.05 * points[:, 0]), persons


def _weights(around):
    return W(dict(enumerate(around)), id_order=list(range(len(around))), silence_warnings=True)


@pytest.mark.parametrize(("theirs", "standardised"), [("r", True), ("b", False)])
def test_moran_and_its_moments(land, theirs, standardised):
    around, values, _, _ = land
    want = esda.Moran(values, _weights(around), transformation=theirs, permutations=0)
    got = moran(values, around, standardised=standardised)
    assert (got["I"], got["VI_rand"], got["z_rand"]) == pytest.approx(
        (want.I, want.VI_rand, want.z_rand)
    )


def test_moran_of_rates(land):
    around, _, cases, persons = land
    want = esda.Moran_Rate(cases, persons, _weights(around), permutations=0).I
    assert moran_rate(cases, persons, around)["I"] == pytest.approx(want)


def test_clusters(land):
    around, values, _, _ = land
    with pytest.warns(DeprecationWarning, match="two-sided"):  # its own p is half of the two-sided
        want = esda.Moran_Local(values, _weights(around), permutations=9_999, seed=1)
    got = lisa(values, around)
    assert got["I"] == pytest.approx(want.Is.tolist())
    assert got["quadrant"] == want.q.tolist()
    # two independent sets of draws: four standard errors of the difference
    p = np.minimum(1, calculate_significance(want.Is, want.sim.T, alternative="two-sided"))
    error = 2 * np.sqrt(2 * (p / 2) * (1 - p / 2) / 9_999)
    assert (np.abs(p - np.array(got["p"])) <= 4 * error + 2e-4).all()


@pytest.mark.parametrize("star", [True, False])
def test_hot_spots(land, star):
    around, values, _, _ = land
    want = esda.G_Local(values + 5, _weights(around), star=star, transform="B", permutations=0)
    assert gi(values + 5, around, star=star, permutations=9)["z"] == pytest.approx(want.Zs.tolist())


def test_smoothing(land):
    around, _, cases, persons = land
    found = [
        (eb_global(cases, persons)["smoothed"], esda.smoothing.Empirical_Bayes(cases, persons)),
        (excess_risk(cases, persons), esda.smoothing.Excess_Risk(cases, persons)),
        (
            eb_spatial(cases, persons, around)["smoothed"],
            esda.smoothing.Spatial_Empirical_Bayes(cases, persons, _weights(around)),
        ),
    ]
    for got, want in found:
        assert got == pytest.approx(np.ravel(want.r).tolist())


@pytest.mark.parametrize("n", [8, 15, 40])
def test_mann_kendall_with_ties(n):
    values = np.random.default_rng(n).integers(0, 6, n).astype(float)
    want = pymannkendall.original_test(values)
    got = mann_kendall(values.tolist())
    assert (got["S"], got["var_S"], got["z"], got["tau"], got["p"]) == pytest.approx(
        (want.s, want.var_s, want.z, want.Tau, want.p)
    )


def test_an_interrupted_series_with_seasons():
    rng = np.random.default_rng(7)
    n, first = 60, 34
    month = np.arange(n) % 12 + 1
    persons = 3_000 + 20 * np.arange(n)
    time, after = np.arange(1, n + 1), (np.arange(n) >= first).astype(float)
    rate = 0.02 * np.exp(-0.2 * after + 0.004 * time + 0.3 * np.sin(np.pi * month / 6))
    cases = rng.negative_binomial(20, 20 / (20 + rate * persons))
    got = its(cases.tolist(), first, persons.tolist(), month.tolist())
    plain = np.column_stack([np.ones(n), after, time])
    waves = [f(k * np.pi * month / 6) for k in (1, 2) for f in (np.sin, np.cos)]
    for design, scale, name, interval in (
        (plain, 1.0, "rr", "ci95_poisson"),
        (plain, "X2", "rr", "ci95_quasi"),
        (np.column_stack([plain, *waves]), "X2", "rr_seasonal", "ci95_seasonal"),
    ):
        model = sm.GLM(cases, design, family=sm.families.Poisson(), offset=np.log(persons))
        fit = model.fit(scale=scale, tol=1e-12)
        assert got[name] == pytest.approx(float(np.exp(fit.params[1])), rel=1e-9)
        assert got[interval] == pytest.approx(np.exp(fit.conf_int()[1]).tolist(), rel=1e-9)


def test_lowess():
    rng = np.random.default_rng(3)
    x = np.sort(rng.uniform(0, 40, 60))
    y = np.sin(x / 6) + 0.2 * rng.normal(size=60)
    want = their_lowess(y, x, frac=2 / 3, it=3, delta=0)[:, 1]
    assert lowess(x.tolist(), y.tolist())["fitted"] == pytest.approx(want.tolist(), abs=1e-6)
