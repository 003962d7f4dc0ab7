"""Where nothing changed hardly any area is listed; turned years turn every movement."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from domain.change_tests import Change, change_test
from domain.early_warning import changes_tested, counted, early_warning, standings
from domain.model import Kind, Polarity

Q = 0.05
SEEDS = 200
AREAS, INDICATORS = 32, 10


def still_town(seed, lift=1.0):
    """Return shares and rates of a town drawn twice from what stays as it is.

    ``lift`` multiplies what a third of the areas have in the second year.
    """
    rng = np.random.default_rng(seed)
    found = []
    for k in range(INDICATORS):
        n, m = rng.integers(60, 900, (2, AREAS)).astype(float)
        level = rng.uniform(0.03, 0.3, AREAS)
        later = np.where(np.arange(AREAS) % 3 == 0, level * lift, level)
        draw = rng.poisson if k % 2 else rng.binomial
        before, after = (
            (draw(n * level), draw(m * later)) if k % 2 else
            (draw(n.astype(int), level), draw(m.astype(int), later))
        )  # fmt: skip
        kind = Kind.RATE if k % 2 else Kind.SHARE
        found.append(Change(kind, Polarity.HIGH_BURDEN, (before * 1.0, n), (after * 1.0, m)))
    return found


def test_where_nothing_changed_hardly_any_area_is_listed():
    with_any = listed = 0
    for seed in range(SEEDS):
        changes = still_town(seed)
        found = early_warning(changes_tested(changes, AREAS), Q)
        with_any += bool(found.directions.any())
        standing = standings(counted(changes, found), found.is_tested, 2)
        listed += standing.count("worse") + standing.count("better") + standing.count("mixed")
    # without any true change every finding is false: at most q of the towns may have one
    bound = Q + 3 * math.sqrt(Q * (1 - Q) / SEEDS)
    assert with_any / SEEDS <= bound
    # two in one area must both be chance: the share of areas is far below that of the towns
    assert listed / (SEEDS * AREAS) <= Q / AREAS


def test_of_what_is_found_where_much_changed_little_is_chance():
    shares = []
    for seed in range(60):
        found = early_warning(changes_tested(still_town(seed, lift=2.0), AREAS), Q)
        moved = found.directions != 0
        assert moved.any()
        shares.append(moved[:, np.arange(AREAS) % 3 != 0].sum() / moved.sum())
    assert np.mean(shares) <= Q


COUNTS = st.integers(0, 400)


@given(
    st.sampled_from([Kind.SHARE, Kind.RATE]),
    st.lists(st.tuples(COUNTS, COUNTS, COUNTS, COUNTS), min_size=1, max_size=8),
    st.sampled_from([0, 3, 5, 10]),
)
def test_turned_years_turn_the_direction_and_keep_p(kind, rows, rounding):
    a, n, b, m = np.array(rows, dtype=float).T
    there = Change(kind, Polarity.NONE, (a, n), (b, m), rounding=rounding)
    back = Change(kind, Polarity.NONE, (b, m), (a, n), rounding=rounding)
    (z, p), (w, r) = change_test(there), change_test(back)
    assert np.allclose(z, -w, equal_nan=True)
    assert np.allclose(p, r, rtol=1e-6, equal_nan=True)
    known = p[~np.isnan(p)]
    assert ((known >= 0) & (known <= 1)).all()


@given(st.integers(0, 10_000), st.integers(1, 4))
def test_every_area_has_one_standing_and_no_more_bundles_than_there_are(seed, least):
    changes = still_town(seed, lift=3.0)
    found = early_warning(changes_tested(changes, AREAS), 0.2)
    counts = counted(changes, found)
    assert counts.moved.max() <= len(set(found.bundles))
    standing = standings(counts, found.is_tested, least)
    listed = [s in ("worse", "better", "mixed") for s in standing]
    assert listed == (counts.moved >= least).tolist()
