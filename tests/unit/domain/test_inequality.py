import math

import pytest

from domain.inequality import atkinson, concentration_index, dissimilarity, gini, sii, theil


def test_an_empty_group_or_rest_has_no_segregation():
    assert dissimilarity([0, 0], [10, 20]) == {"reason": "empty_group"}
    assert dissimilarity([10, 20], [10, 20]) == {"reason": "empty_group"}
    assert dissimilarity([], []) == {"reason": "empty_group"}


def test_full_separation_is_one_and_even_spread_zero():
    apart = dissimilarity([10, 0], [10, 40])
    assert (apart["D"], apart["isolation"], apart["interaction"]) == (1.0, 1.0, 0.0)
    even = dissimilarity([1, 2], [10, 20])
    assert even["D"] == pytest.approx(0)
    assert even["gini_segregation"] == pytest.approx(0)
    assert even["isolation"] == pytest.approx(0.1)


def test_a_hidden_or_empty_area_is_left_out():
    plain = dissimilarity([5, 10, 10], [100, 110, 90])
    assert dissimilarity([5, None, 10, 0, 10], [100, 50, 110, 0, 90]) == plain


def test_a_group_larger_than_its_area_is_refused():
    with pytest.raises(ValueError, match="part of the total"):
        dissimilarity([11], [10])


def test_nothing_to_spread_gives_a_reason():
    for measure in (gini([0, 0]), theil([]), atkinson([0.0], 1), concentration_index([1], [0])):
        assert measure == {"reason": "zero_mean"}


def test_a_negative_amount_is_refused():
    with pytest.raises(ValueError, match="not negative"):
        gini([1, -1])
    with pytest.raises(ValueError, match="epsilon"):
        atkinson([1, 2], 0)


def test_one_who_has_all_is_the_most_unequal():
    assert gini([0, 0, 0, 8])["gini"] == pytest.approx(3 / 4)
    assert theil([0, 0, 0, 8])["theil"] == pytest.approx(math.log(4))
    assert atkinson([0, 4], 1) == {"A": 1.0}
    assert atkinson([0, 4], 0.5)["A"] == pytest.approx(0.5)


def test_atkinson_at_one_is_the_limit_of_its_neighbours():
    y = [1.0, 2.0, 7.0, 9.0]
    around = [atkinson(y, e)["A"] for e in (1 - 1e-7, 1, 1 + 1e-7)]
    assert around[0] == pytest.approx(around[1], abs=1e-6)
    assert around[1] == pytest.approx(around[2], abs=1e-6)


def test_theil_falls_apart_into_between_and_within():
    found = theil([1, 3, 10, None, 30], ["a", "a", "b", "a", "b"])
    assert found["between"] + found["within"] == pytest.approx(found["theil"])
    # all of it lies between groups whose members are equal
    assert theil([2, 2, 8, 8], ["a", "a", "b", "b"])["within"] == pytest.approx(0)


def test_cases_among_the_poor_concentrate_below_zero():
    assert concentration_index([10, 10], [4, 1])["concentration_index"] < 0
    assert concentration_index([10, 10], [2, 2])["concentration_index"] == pytest.approx(0)


def test_a_straight_gradient_is_found_exactly():
    # middle ranks of five equal groups are 0.1, 0.3 … and the value falls by 2 over the whole
    found = sii([7] * 5, [10 - 2 * r for r in (0.1, 0.3, 0.5, 0.7, 0.9)])
    assert found["sii"] == pytest.approx(-2)
    assert found["intercept"] == pytest.approx(10)
    assert found["rii"] == pytest.approx(0.8)


def test_four_groups_are_no_gradient():
    assert sii([1, 1, 1, 1], [1, 2, 3, 4]) == {"reason": "too_few"}
