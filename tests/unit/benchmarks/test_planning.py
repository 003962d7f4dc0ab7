"""Rivals of need and resources find the same numbers, and their section keeps its place."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks import allocation, need
from benchmarks.planning import section
from benchmarks.planning_results import Measured, measured
from benchmarks.results import Times
from benchmarks.sections import DISCLOSURE, PLANNING, section_of, with_section, with_sections_of

SMALL = need.places(60, 40)


def test_all_find_the_same_places_in_reach():
    town = need.Places(SMALL.homes / 5, SMALL.children, SMALL.houses / 5, SMALL.places)
    access = need.dense(town)
    assert access == pytest.approx(need.by_geopandas(town))
    assert access.max() > 0
    assert next(row.name for row in need.measure(town, 2)) == "KECK-Atlas"


def test_all_share_alike_within_limits_that_bite():
    town = allocation.sharing(areas=30, draws=12)
    assert allocation.plain_loop(town) == pytest.approx(allocation.formula_loop(town))
    shares = allocation.formula_loop(town)
    assert np.allclose(shares.sum(axis=1), town.order.amount)
    low, high = town.order.limits(town.before.tolist()).around(town.children)
    assert np.isclose(shares, low).any()
    assert np.isclose(shares, high).any()
    assert len(allocation.measure(town, 2)) == 3


def test_a_rival_that_shares_otherwise_ends_the_run(monkeypatch):
    town = allocation.sharing(areas=10, draws=4)
    monkeypatch.setattr(allocation, "plain_loop", lambda _town: np.zeros((4, 10)))
    with pytest.raises(RuntimeError, match="plain Python"):
        allocation.measure(town, 2)


def test_a_result_is_told_as_a_ratio_and_a_missed_target_is_marked():
    own, rival = Measured("KECK-Atlas", Times(5.0, 4.0, 6.0)), Measured("x", Times(50, 50, 50))
    slow = Measured("slow page", Times(301.0, 300.0, 302.0))
    text = section(["a machine"], {"reach": [own, rival]}, [own, slow])
    assert "| reach | KECK-Atlas | 5.0 (4.0–6.0) | – |" in text
    assert "| reach | x | 50 | 0.1 × |" in text
    assert "| slow page | 301 (300–302) | **missed** |" in text


def test_a_new_report_keeps_the_sections_measured_apart():
    plain = "# Benchmarks\n\n## Start\n\nold\n\n## Method\n\nhand\n"
    old = with_section(plain, f"{PLANNING}\n\nplanning\n", PLANNING)
    old = with_section(old, f"{DISCLOSURE}\n\ndisclosure\n", DISCLOSURE)
    new = with_sections_of(plain.replace("old", "new"), old)
    assert section_of(new, PLANNING) == section_of(old, PLANNING)
    assert section_of(new, DISCLOSURE) == section_of(old, DISCLOSURE)
    assert new.index(PLANNING) < new.index("## Method")
    assert "new" in new


def test_what_was_never_run_has_no_time():
    with pytest.raises(ValueError, match="nothing"):
        measured("x", lambda: 1, 0)
