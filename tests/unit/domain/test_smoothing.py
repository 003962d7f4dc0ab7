"""Smoothed values: never past their anchor, never from what is hidden."""

from __future__ import annotations

import pytest

from domain.smoothing import eb_global, eb_share, eb_spatial, excess_risk

EVENTS = [2.0, 9.0, 6.0, 75.0, 54.0]
PERSONS = [20.0, 15.0, 60.0, 150.0, 300.0]
CHAIN = [[1], [0, 2], [1, 3], [2, 4], [3]]


@pytest.mark.parametrize("smooth", [eb_global, eb_share])
def test_a_small_area_leans_on_the_others_more_than_a_large_one(smooth):
    found = smooth(EVENTS, PERSONS)
    by_size = [rho for _, rho in sorted(zip(PERSONS, found["rho"], strict=True))]
    assert by_size == sorted(by_size)
    for own, smoothed in zip(
        (a / n for a, n in zip(EVENTS, PERSONS, strict=True)), found["smoothed"], strict=True
    ):
        assert min(own, found["b"]) <= smoothed <= max(own, found["b"])
    assert "reason" not in found


@pytest.mark.parametrize("smooth", [eb_global, eb_share])
def test_areas_that_differ_less_than_by_chance_all_get_the_common_value(smooth):
    found = smooth([2, 3, 2, 3, 2], [100, 140, 100, 140, 100])
    assert found["a"] == 0
    assert found["reason"] == "no_variance"
    assert found["smoothed"] == [pytest.approx(12 / 580)] * 5
    assert found["rho"] == [0.0] * 5


def test_without_any_case_all_values_are_zero():
    for found in (eb_global([0, 0], [10, 20]), eb_share([0, 0], [10, 20])):
        assert found["smoothed"] == [0.0, 0.0]
    assert eb_spatial([0, 0], [10, 20], [[1], [0]])["smoothed"] == [0.0, 0.0]
    assert excess_risk([0, 0], [10, 20]) == [None, None]


def test_areas_all_or_nothing_keep_their_shares():
    assert eb_share([10, 0], [10, 10])["smoothed"] == [1.0, 0.0]


@pytest.mark.parametrize("smooth", [eb_global, eb_share, lambda a, n: eb_spatial(a, n, CHAIN)])
def test_hidden_and_empty_areas_are_left_out_and_stay_unknown(smooth):
    hidden = smooth([2, None, 6, 75, 0], [20, 15, 60, 150, 0])
    assert hidden["smoothed"][1] is None
    assert hidden["smoothed"][4] is None
    assert hidden["rho"][1] is None
    # the persons of a hidden area are not used either
    assert smooth([2, None, 6, 75, 0], [20, 9_999, 60, 150, 0]) == hidden
    kept = [0, 2, 3]
    if smooth in (eb_global, eb_share):
        alone = smooth([2, 6, 75], [20, 60, 150])["smoothed"]
        assert [hidden["smoothed"][i] for i in kept] == alone


def test_nothing_known_is_a_reason():
    found = eb_global([None, None], [10, 20])
    assert (found["smoothed"], found["reason"]) == ([None, None], "na")


def test_an_island_keeps_its_own_rate():
    found = eb_spatial([*EVENTS, 7], [*PERSONS, 70], [*CHAIN, []])
    assert found["smoothed"][5] == pytest.approx(0.1)
    assert found["smoothed"][:5] == eb_spatial(EVENTS, PERSONS, CHAIN)["smoothed"]


def test_an_area_named_as_its_own_neighbour_counts_once():
    named = [[i, *around] for i, around in enumerate(CHAIN)]
    assert eb_spatial(EVENTS, PERSONS, named) == eb_spatial(EVENTS, PERSONS, CHAIN)


def test_excess_risk_is_one_at_the_common_rate():
    ratios = excess_risk([5, 10, None, 30], [100, 200, 50, 300])
    assert ratios[:2] == [pytest.approx(5 / 7.5), pytest.approx(10 / 15)]
    assert ratios[2] is None
    assert ratios[3] == pytest.approx(30 / 22.5)


def test_impossible_counts_are_refused():
    with pytest.raises(ValueError, match="negative"):
        eb_global([-1], [10])
    with pytest.raises(ValueError, match="exceed"):
        eb_share([11], [10])
    with pytest.raises(ValueError, match="length"):
        eb_global([1, 2], [10])
    with pytest.raises(ValueError, match="number"):
        eb_spatial([1, 2], [10, 20], [[1]])
