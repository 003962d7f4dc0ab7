"""Rank ranges: as wide as the counts are small, the same for areas alike."""

from __future__ import annotations

import numpy as np
import pytest

from domain import ranks
from domain.model import Kind, Polarity
from domain.ranks import rank_intervals

BURDEN = Polarity.HIGH_BURDEN


def test_the_highest_burden_is_first_whatever_the_polarity():
    numerators, denominators = [100, 300, 200], [1_000] * 3
    assert rank_intervals(Kind.SHARE, numerators, denominators, BURDEN)["rank"] == [3, 1, 2]
    low = rank_intervals(Kind.SHARE, numerators, denominators, Polarity.LOW_BURDEN)
    assert low["rank"] == [1, 3, 2]
    assert (low["lower"], low["upper"]) == ([1, 3, 2], [1, 3, 2])
    none = rank_intervals(Kind.SHARE, numerators, denominators, Polarity.NONE)
    assert none["rank"] == [3, 1, 2]


def test_small_areas_have_wider_ranges_than_large_ones_alike():
    rng = np.random.default_rng(2)
    share = rng.uniform(0.1, 0.5, 60)
    small = rank_intervals(Kind.SHARE, np.rint(share * 40), [40] * 60, BURDEN)
    large = rank_intervals(Kind.SHARE, np.rint(share * 40_000), [40_000] * 60, BURDEN)
    width = [np.array(r["upper"]) - np.array(r["lower"]) for r in (small, large)]
    assert (width[0] > width[1]).all()
    assert width[1].max() <= 6


def test_ranges_cover_the_true_order_about_as_often_as_they_promise():
    rng = np.random.default_rng(5)
    true = np.linspace(0.1, 0.4, 30)
    truth = np.arange(30, 0, -1)
    held = []
    for _ in range(40):
        counts = rng.binomial(400, true)
        found = rank_intervals(Kind.SHARE, counts, [400] * 30, BURDEN, draws=200)
        held.append((np.array(found["lower"]) <= truth) & (truth <= np.array(found["upper"])))
    assert 0.88 < np.mean(held) <= 0.99


def test_areas_alike_share_a_rank_and_a_range():
    found = rank_intervals(Kind.RATE, [10] * 20, [500] * 20, BURDEN)
    assert found["rank"] == [1] * 20
    assert set(found["lower"]) == {1}
    assert set(found["upper"]) == {20}
    empty = rank_intervals(Kind.RATE, [0, 0, 0, 900], [500] * 4, BURDEN)
    assert empty["upper"] == [4, 4, 4, 1]
    assert empty["lower"] == [2, 2, 2, 1]


def test_hidden_areas_are_in_no_order_and_change_none():
    hidden = rank_intervals(Kind.SHARE, [10, None, 30, 20], [100, 100, 100, None], BURDEN)
    assert hidden["rank"] == [2, None, 1, None]
    assert hidden["lower"][1] is hidden["upper"][3] is None
    assert hidden["n"] == 2
    other = rank_intervals(Kind.SHARE, [10, None, 30, 99], [100, 55, 100, None], BURDEN)
    assert other == hidden


def test_counts_need_no_base():
    found = rank_intervals(Kind.COUNT, [5_000, 9_000, 100], [None] * 3, BURDEN)
    assert (found["rank"], found["lower"]) == ([2, 1, 3], [2, 1, 3])


def test_drawing_in_portions_keeps_every_draw(monkeypatch):
    numerators, denominators = [10, 12, 14, 30], [100] * 4
    whole = rank_intervals(Kind.SHARE, numerators, denominators, BURDEN)
    monkeypatch.setattr(ranks, "_CELLS", 28)
    portions = rank_intervals(Kind.SHARE, numerators, denominators, BURDEN)
    assert portions["rank"] == whole["rank"]
    assert portions["lower"] == whole["lower"]
    assert portions["upper"] == whole["upper"]


def test_the_seed_fixes_the_ranges():
    rng = np.random.default_rng(3)
    parts = (rng.integers(5, 30, 50), [100] * 50)
    assert rank_intervals(Kind.SHARE, *parts, BURDEN) == rank_intervals(Kind.SHARE, *parts, BURDEN)


def test_what_has_no_cases_or_no_company_has_no_rank():
    assert rank_intervals(Kind.MEAN, [1, 2], [1, 1], BURDEN)["reason"] == "no_counts"
    assert rank_intervals(Kind.SHARE, [1, None], [10, 10], BURDEN)["reason"] == "too_few"
    with pytest.raises(ValueError, match="negative"):
        rank_intervals(Kind.SHARE, [11, 1], [10, 10], BURDEN)
