import math

import pytest

from domain.access import behind_gap, coverage, fca, gaussian, great_circle_m, nearest, steps


def test_supply_and_demand_without_the_other_in_reach_are_named():
    found = fca([100, 50], [10, 7], [[1, 99], [99, 99]], max_cost=5)
    assert found["access"] == [0.1, 0.0]
    assert found["supply_ratio"] == [0.1, None]
    assert (found["unreached"], found["unused"]) == ([1], [1])
    assert found["demand_weighted_sum"] == pytest.approx(10)


def test_no_way_is_not_a_short_way():
    assert fca([10], [5], [[math.nan]])["access"] == [0.0]


def test_a_zone_ends_where_it_is_said_to():
    weight = steps({10: 1, 30: 0.68, 60: 0.22})
    found = fca([1], [1, 1, 1], [[10, 30, 61]], weight=weight)
    # a single place of demand takes all of what reaches it, whatever the weight
    assert found["supply_ratio"] == pytest.approx([1, 1 / 0.68, None], nan_ok=True)
    assert weight(fca_distances()).tolist() == [1.0, 0.68, 0.68, 0.22, 0.0]


def fca_distances():
    import numpy as np

    return np.array([10.0, 10.1, 30.0, 60.0, 60.5])


def test_a_bell_needs_a_width():
    with pytest.raises(ValueError, match="scale"):
        gaussian(0)


def test_nobody_to_care_for_is_not_zero_percent():
    found = coverage(0, 4, target=0.4)
    assert (found["coverage"], found["class"], found["gap"]) == (None, "no_demand", 4)


def test_what_is_not_known_has_no_coverage():
    assert coverage(None, 10, target=0.4) == {"reason": "na"}
    assert coverage(100, 40, target=0.4)["attendance"] is None


@pytest.mark.parametrize(
    ("places", "word"), [(34, "under"), (35, "balanced"), (45, "balanced"), (46, "over")]
)
def test_five_points_around_the_target_are_balanced(places, word):
    assert coverage(100, places, target=0.4)["class"] == word


def test_a_published_gap_gives_the_children_behind_it():
    found = behind_gap(35.0, 40.0, -12)
    assert found["children"] == pytest.approx(240)
    assert found["places"] == pytest.approx(84)
    assert coverage(240, 84, target=0.4)["gap"] == pytest.approx(-12)
    assert behind_gap(35.0, 40.0, 12) == found
    assert behind_gap(40.0, 40.0, 0) == {"reason": "no_gap"}


def test_the_first_of_equally_near_places_counts():
    assert nearest([[0, 0]], [[3, 4], [-3, 4], [0, 5]]) == {
        "nearest_m": [5.0],
        "nearest_index": [0],
    }
    assert nearest([[0, 0]], []) == {"reason": "no_facility"}


def test_a_degree_of_latitude_is_sixty_sea_miles_or_so():
    assert great_circle_m((9.4, 54.0), (9.4, 55.0)) == pytest.approx(111_195, abs=1)
    # the plane of a town and the sphere agree to a few per mille
    half = great_circle_m((9.43, 54.78), (9.44, 54.78))
    assert half == pytest.approx(0.01 * 111_195 * math.cos(math.radians(54.78)), rel=1e-3)
