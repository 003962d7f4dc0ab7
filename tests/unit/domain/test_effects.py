"""Effects of measures: honest about how little few areas can show."""

from __future__ import annotations

import numpy as np
import pytest

from domain.effects import did, did_of_means, synthetic_control

PRE = [22, 18.5, 30.1, 25.4, 15.2, 27.7, 20.3, 24.6, 19.9, 29, 21.8, 17.4]
POST = [21.6, 18.9, 26, 25.1, 15.6, 27.2, 20.9, 24, 20.1, 25.7, 21.5, 17.9]


def test_one_treated_area_of_twelve_can_never_be_told_from_chance():
    found = did(PRE, POST, [2])
    assert found["n_assignments"] == 12
    assert found["smallest_reachable_p"] == pytest.approx(1 / 12)
    assert found["p"] == pytest.approx(1 / 12)


def test_the_largest_change_of_all_reaches_the_smallest_p_and_an_average_one_none():
    assert did(PRE, POST, [2, 9])["p"] == pytest.approx(1 / 66)
    assert did(PRE, POST, [0, 3, 4])["p"] > 0.3
    assert did([1.0] * 6, [2.0] * 6, [0, 1])["p"] == 1.0


def test_many_possible_sets_are_drawn_at_random_with_a_seed():
    rng = np.random.default_rng(4)
    pre, alike = rng.normal(size=40), rng.normal(size=40)
    post = np.where(np.arange(40) < 8, alike - 3, alike)
    found = did(pre, post, range(8))
    assert found["n_assignments"] == 10_000
    assert found["p"] == found["smallest_reachable_p"] == pytest.approx(1 / 10_001)
    assert did(pre, post, range(8)) == found
    assert did(pre, alike, range(8))["p"] > 0.05


def test_random_sets_say_about_what_all_sets_say():
    drawn = did(PRE, POST, [0, 5], most_assignments=60)
    whole = did(PRE, POST, [0, 5])
    assert drawn["n_assignments"] == 60
    assert drawn["p"] == pytest.approx(whole["p"], abs=0.2)


def test_areas_without_both_values_are_left_out():
    pre = [None, *PRE]
    found = did(pre, [1.0, *POST], [0, 3, 10])
    alone = did(PRE, POST, [2, 9])
    assert found == alone
    assert did([None, 1.0, 2.0], [1.0, 1.0, 2.0], [0])["reason"] == "too_few"
    assert did([1.0, 2.0], [1.0, 2.0], [0, 1])["reason"] == "too_few"
    with pytest.raises(ValueError, match="no area"):
        did(PRE, POST, [12])


def test_group_means_give_the_same_difference_as_their_areas():
    treated = (np.mean([PRE[2], PRE[9]]), np.mean([POST[2], POST[9]]))
    rest = [i for i in range(12) if i not in (2, 9)]
    control = (np.mean([PRE[i] for i in rest]), np.mean([POST[i] for i in rest]))
    assert did_of_means(treated, control)["did"] == pytest.approx(did(PRE, POST, [2, 9])["did"])


def _donors(n=12, years=14):
    return np.random.default_rng(0).normal(size=(n, years)).cumsum(axis=1)


def test_a_mixture_of_two_donors_is_found_again():
    donors = _donors()
    treated = 0.3 * donors[2] + 0.7 * donors[5]
    treated[10:] -= 2
    found = synthetic_control(treated, donors, 10)
    assert found["weights"] == pytest.approx([0, 0, 0.3, 0, 0, 0.7, *[0] * 6], abs=1e-9)
    assert found["att"] == pytest.approx(-2)
    assert found["gap"] == pytest.approx([0] * 10 + [-2] * 4, abs=1e-9)
    assert found["placebo_p"] == pytest.approx(1 / 13)


def test_weights_are_the_least_squares_on_the_simplex():
    donors = _donors()
    treated = np.linspace(5, 9, 14)
    found = synthetic_control(treated, donors, 9)
    weights = np.array(found["weights"])
    assert weights.min() >= 0
    assert weights.sum() == pytest.approx(1)
    rng = np.random.default_rng(1)
    for other in rng.dirichlet(np.full(12, 0.3), 300):
        step = 0.9 * weights + 0.1 * other
        error = ((treated[:9] - step @ donors[:, :9]) ** 2).mean()
        assert error >= found["mspe_pre"] - 1e-12
    assert found["mspe_post"] == pytest.approx(np.mean(np.square(found["gap"][9:])))


def test_a_donor_with_a_gap_is_left_out_and_too_few_are_a_reason():
    donors = _donors()
    treated = donors[:3].mean(axis=0)
    gappy = donors.tolist()
    gappy[7][0] = None
    found = synthetic_control(treated, gappy, 10)
    assert found["weights"][7] == 0
    gappy[7] = [None] * 14
    assert synthetic_control(treated, gappy, 10) == found
    assert synthetic_control(treated, donors[:9], 10)["reason"] == "too_few"
    assert synthetic_control(treated, donors, 7)["reason"] == "too_few"
    assert synthetic_control(treated, donors, 14)["reason"] == "too_few"
    alone = synthetic_control(treated, donors[:1], 10, fewest_donors=1)
    assert (alone["weights"], alone["placebo_p"]) == ([1.0], 1.0)
