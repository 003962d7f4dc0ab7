import pytest

from domain.projection import birth_cohorts, control_to_city, hamilton_perry, single_year


def test_a_cohort_that_was_worked_out_enters_the_next_mean():
    assert birth_cohorts([10, 11, 13], 3)["next"] == [11, 12, 12]
    assert birth_cohorts([10, 11]) == {"reason": "too_few"}


def test_ratios_outside_the_limits_are_limited_and_flagged():
    found = single_year([100, 100, 100], [50, 200, 20])
    assert found["ratio"] == [1.4, 0.7]
    assert found["limited"] == [0, 1]
    assert found["next"] == pytest.approx([70, 140])


def test_a_small_or_hidden_cohort_gives_no_outlook():
    found = single_year([9, 100, None, 100], [9, 9, 100, None])
    assert found["ratio"] == [None, 1.0, None]
    assert found["small"] == [0, 2]
    assert found["next"] == [None, 9.0, None]


def test_years_of_other_ages_are_refused():
    with pytest.raises(ValueError, match="same ages"):
        single_year([1, 2], [1])


def test_what_is_not_known_goes_on_being_unknown():
    before = [9.0, *[100.0] * 8]
    found = hamilton_perry(before, [100.0] * 9, (4, 9), steps=2)
    first, second = found["projections"]
    assert first[1] is None
    assert second[1] is None
    assert second[2] is None
    assert second[0] == pytest.approx(100)


def test_no_outlook_without_enough_women():
    found = hamilton_perry([100.0] * 9, [100.0] * 4 + [1.0] * 5, (4, 9))
    assert found["reason"] == "small_cohort"
    assert "projections" not in found


def test_areas_add_up_to_the_city_and_gaps_stay_gaps():
    found = control_to_city([10, None, 30], 80)
    assert found == {"areas": [20.0, None, 60.0], "factor": 2.0}
    assert control_to_city([0, None], 5) == {"reason": "zero_mean"}
