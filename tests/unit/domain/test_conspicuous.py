from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.comparison import area_vs_rest, fdr_bh
from domain.conspicuous import against_rest, conspicuous
from domain.model import Kind

TOWN = (2000.0, 10_000.0)


@pytest.mark.parametrize("kind", [Kind.SHARE, Kind.RATE])
@given(data=st.data())
def test_every_area_is_compared_as_a_single_one_is(kind, data):
    n = data.draw(st.lists(st.integers(60, 3000), min_size=1, max_size=6))
    a = [data.draw(st.integers(0, min(x, 1900))) for x in n]
    z, p = against_rest(kind, np.array(a, float), np.array(n, float), TOWN)
    for i, pair in enumerate(zip(a, n, strict=True)):
        single = area_vs_rest(pair, TOWN, kind=kind)
        assert z[i] == pytest.approx(single["z_vs_rest"], rel=1e-9, abs=1e-12)
        assert p[i] == pytest.approx(single["p"], rel=1e-9, abs=1e-300)


def test_only_areas_with_a_base_are_tested():
    a = np.array([10.0, 5.0, np.nan, 2000.0, 3.0])
    n = np.array([40.0, 29.0, 400.0, 10_000.0, np.nan])
    z, p = against_rest(Kind.SHARE, a, n, TOWN)
    assert np.isfinite(z).tolist() == [True, False, False, False, False]
    assert np.isfinite(p).tolist() == np.isfinite(z).tolist()
    # of a rate the cases expected at the rate of the town count: 24 persons, 4.8 cases
    z, _ = against_rest(Kind.RATE, np.array([9.0, 9.0]), np.array([24.0, 25.0]), TOWN)
    assert np.isfinite(z).tolist() == [False, True]


def test_a_town_without_cases_tells_nothing():
    found = conspicuous(Kind.SHARE, np.array([0.0, 0.0]), np.array([50.0, 50.0]), (0.0, 100.0))
    assert found.tested == 0
    assert np.isnan(found.directions).all()


def test_conspicuous_areas_are_those_the_adjusted_p_values_reject():
    n = np.full(20, 500.0)
    a = np.full(20, 100.0)
    a[:3], a[3] = (190.0, 60.0, 121.0), np.nan
    found = conspicuous(Kind.SHARE, a, n, TOWN)
    _, p = against_rest(Kind.SHARE, a, n, TOWN)
    tested = ~np.isnan(p)
    expected = fdr_bh(p[tested].tolist())
    assert found.tested == 19
    assert found.expected == pytest.approx(0.95)
    assert (found.directions[tested] != 0).tolist() == expected["reject"]
    assert found.directions[:2].tolist() == [1.0, -1.0]
    assert np.isnan(found.directions[3])
    # significant by itself, but not among so many
    assert p[2] < 0.05
    assert found.directions[2] == 0


@given(st.floats(10, 190), st.integers(0, 18))
def test_a_hidden_number_changes_nothing_whatever_it_is(hidden, other):
    n = np.full(20, 500.0)
    a = np.linspace(60, 140, 20)
    shown = np.where(np.arange(20) == 19, np.nan, a)
    once = conspicuous(Kind.SHARE, shown, n, TOWN)
    twice = conspicuous(Kind.SHARE, shown, np.where(np.arange(20) == 19, hidden, n), TOWN)
    assert once.directions[other] == twice.directions[other]
    assert once.tested == twice.tested == 19
