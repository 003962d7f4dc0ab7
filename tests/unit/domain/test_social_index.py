import pytest

from domain.model import Polarity
from domain.social_index import (
    drop_one,
    imd_exponential,
    in_index,
    minmax_geometric,
    missing_component,
    mss_class,
    rank_share,
    z_index,
)

TABLE = [[10.0, 1.0, 5.0], [20.0, 4.0, 5.0], [60.0, 7.0, 5.0]]


def test_an_indicator_that_does_not_vary_says_nothing_and_is_named():
    found = z_index(TABLE)
    assert [row[2] for row in found["z"]] == [0.0, 0.0, 0.0]
    assert (found["warning"], found["constant"]) == ("constant_indicator", [2])
    assert "warning" not in z_index([row[:2] for row in TABLE])


def test_an_indicator_of_low_burden_is_turned():
    plain, turned = (
        z_index([[v] for v in (1.0, 2.0, 6.0)], polarity=[p])
        for p in (Polarity.HIGH_BURDEN, Polarity.LOW_BURDEN)
    )
    assert turned["index"] == pytest.approx([-v for v in plain["index"]])
    assert (plain["rank"], turned["rank"]) == ([3, 2, 1], [1, 2, 3])


def test_a_third_of_the_weight_may_be_missing_and_no_more():
    table = [[1.0, 2.0, None], [2.0, None, None], [3.0, 1.0, 2.0], [0.0, 4.0, 3.0]]
    found = z_index(table)
    assert found["index"][0] == pytest.approx((found["z"][0][0] + found["z"][0][1]) / 2)
    assert found["index"][1] is None
    assert found["rank"][1] is None
    assert found["renormalised"] == [0]
    assert sorted(r for r in found["rank"] if r) == [1, 2, 3]


def test_persons_weigh_the_mean_if_asked_to():
    found = z_index([[0.0], [1.0]], population=[900, 100])
    # mean 0.1, deviation 0.3
    assert found["index"] == pytest.approx([-1 / 3, 3.0])


def test_a_weight_for_every_indicator_is_needed():
    with pytest.raises(ValueError, match="weight"):
        z_index(TABLE, weights=[1, 2])


def test_two_indicators_cannot_be_left_out_one_by_one():
    assert drop_one([[1.0, 2.0]]) == {"reason": "too_few"}
    found = drop_one([[3.0, 0.0, 0.0], [0.0, 2.0, 2.0], [None, None, None]])
    assert found == {"rank_min": [1, 1, None], "rank_max": [2, 2, None]}


def test_equal_areas_share_the_better_rank():
    assert z_index([[1.0], [1.0], [0.0]])["rank"] == [1, 1, 3]


def test_one_bad_indicator_pulls_the_geometric_mean_down():
    found = minmax_geometric([[0.0, 10.0], [5.0, 5.0], [10.0, 0.0], [None, 1.0]])
    assert found["index"][0] == pytest.approx(0.1)
    assert found["index"][1] == pytest.approx(0.505)
    assert found["rank"] == [2, 1, 2, None]


def test_ties_share_their_mean_rank():
    assert rank_share([1.0, 1.0, 5.0, None]) == [0.5, 0.5, 1.0, None]


def test_no_rank_share_of_nothing():
    with pytest.raises(ValueError, match="rank share"):
        imd_exponential([0.0])


def test_cuts_of_the_status_are_the_callers():
    dynamics = ((-1.0, "besser"), (1.0, "stabil"), (float("inf"), "schlechter"))
    assert mss_class([-2, 0, 2, None], dynamics) == ["besser", "stabil", "schlechter", None]


def test_an_area_of_unknown_size_is_left_out():
    assert in_index([None, 300]) == [False, True]


@pytest.mark.parametrize(
    ("present", "word"),
    [([1, 1, 1], "ok"), ([1, 1, 0], "renormalised"), ([1, 0, 0], "na")],
)
def test_how_much_is_missing_has_a_word(present, word):
    assert missing_component([1, 1, 1], present) == word
