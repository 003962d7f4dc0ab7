"""Reach over sparse pairs equals the reference function over all pairs."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial.distance import cdist

from domain.access import fca, nearest, steps
from domain.reach import ZONES, Catchment, Ways, reach, reach_by_ways

GENERATOR = np.random.default_rng(7)
HOMES = GENERATOR.uniform(0, 5000, (80, 2))
CHILDREN = GENERATOR.integers(0, 40, 80).astype(float)
HOUSES = GENERATOR.uniform(0, 5000, (25, 2))
PLACES = GENERATOR.integers(10, 90, 25).astype(float)


@pytest.mark.parametrize("detour", [1.0, 1.3])
@pytest.mark.parametrize("in_zones", [False, True])
def test_sparse_pairs_give_what_all_pairs_give(detour, in_zones):
    by = Catchment(1000, detour, in_zones)
    found = reach(HOMES, CHILDREN, HOUSES, PLACES, by)
    ways = cdist(HOMES, HOUSES) * detour
    weight = steps({1000 * end: w for end, w in ZONES}) if in_zones else None
    expected = fca(CHILDREN, PLACES, ways, max_cost=1000, weight=weight)
    assert found.access == pytest.approx(np.array(expected["access"]))
    assert list(found.unused) == [
        n for n, ratio in enumerate(expected["supply_ratio"]) if ratio is None
    ]
    straight = np.array(nearest(HOMES.tolist(), HOUSES.tolist())["nearest_m"])
    assert found.nearest_m == pytest.approx(straight * detour)


def test_places_that_reach_anybody_are_all_handed_out():
    found = reach(HOMES, CHILDREN, HOUSES, PLACES, Catchment(800))
    reached = PLACES.sum() - PLACES[list(found.unused)].sum()
    assert CHILDREN @ found.access == pytest.approx(reached)


def test_without_facilities_nothing_is_reached():
    found = reach(HOMES, CHILDREN, np.empty((0, 2)), np.empty(0), Catchment(800))
    assert found.access.tolist() == [0.0] * 80
    assert np.isnan(found.nearest_m).all()


@pytest.mark.parametrize("in_zones", [False, True])
def test_prepared_ways_give_what_a_matrix_gives(in_zones):
    ways = cdist(HOMES, HOUSES) * GENERATOR.uniform(1.0, 2.5, (80, 25))
    ways[GENERATOR.random((80, 25)) < 0.3] = np.nan
    ways[5] = np.nan
    at, to = np.nonzero(~np.isnan(ways))
    by = Catchment(1500, in_zones=in_zones)
    found = reach_by_ways(Ways(at, to, ways[at, to]), CHILDREN, PLACES, by)
    weight = steps({1500 * end: w for end, w in ZONES}) if in_zones else None
    expected = fca(CHILDREN, PLACES, ways, max_cost=1500, weight=weight)
    assert found.access == pytest.approx(np.array(expected["access"]))
    assert np.isnan(found.nearest_m[5])
    others = np.delete(np.arange(80), 5)
    assert found.nearest_m[others] == pytest.approx(np.nanmin(ways[others], axis=1))
