import pytest

from domain.allocation import Limits, concentration, formula, largest_remainder, sainte_lague, suits

CHILDREN, INDEX = [400.0, 900.0, 650.0], [1.8, 0.6, 1.1]


def test_gearing_zero_is_the_same_for_every_child():
    found = formula(CHILDREN, INDEX, 1000, gearing=0)
    assert found["allocation"] == pytest.approx(found["per_head_baseline"])


def test_floors_above_the_budget_are_named_and_never_scaled():
    found = formula([10, 10], [1, 1], 100, limits=Limits(floor=6))
    assert (found["reason"], found["required"]) == ("floor_exceeds_budget", 120)
    assert "allocation" not in found


def test_caps_below_the_budget_are_named():
    found = formula([10, 10], [1, 1], 100, limits=Limits(cap=4))
    assert (found["reason"], found["required"]) == ("cap_below_budget", 80)


def test_a_floor_above_last_years_limit_contradicts():
    limits = Limits(floor=50, last_year=[100, 500], max_change=0.1)
    found = formula([10, 10], [1, 1], 1000, limits=limits)
    assert (found["reason"], found["areas"]) == ("limits_contradict", [0])


def test_nobody_changes_by_more_than_the_limit():
    before = [40_000.0, 30_000.0, 30_000.0]
    found = formula(CHILDREN, INDEX, 100_000, limits=Limits(last_year=before, max_change=0.15))
    assert sum(found["allocation"]) == pytest.approx(100_000)
    changes = [a / b for a, b in zip(found["allocation"], before, strict=True)]
    assert min(changes) >= 0.85 - 1e-12
    assert max(changes) <= 1.15 + 1e-12
    assert found["binding"] != []


def test_an_area_without_children_gets_its_floor_of_nothing():
    found = formula([0, 10], [1, 1], 100, limits=Limits(floor=1))
    assert found["allocation"] == pytest.approx([0, 100])


def test_an_index_of_nothing_is_refused():
    with pytest.raises(ValueError, match="positive"):
        formula([1], [0], 10)
    assert formula([0, 0], [1, 1], 10) == {"reason": "no_need"}


def test_more_posts_take_one_away_after_hare_but_not_after_sainte_lague():
    weights = [1429, 1249, 1109, 1029, 719, 299]
    pairs = [(n, n + 1) for n in range(10, 60)]
    fell = [
        any(
            b < a
            for a, b in zip(share(weights, n)["seats"], share(weights, m)["seats"], strict=True)
        )
        for share in (largest_remainder, sainte_lague)
        for n, m in pairs
    ]
    assert any(fell[: len(pairs)])
    assert not any(fell[len(pairs) :])


def test_equal_remainders_go_to_the_larger_weight_and_say_so():
    # quotas 1.5, 0.5 and 1.0 of three posts
    found = largest_remainder([3, 1, 2], 3)
    assert found == {"seats": [2, 0, 1], "ties": True, "tied": [0, 1]}


def test_equal_quotients_go_to_the_code_that_comes_first():
    assert sainte_lague([5, 5], 1, ["b", "a"])["seats"] == [0, 1]


def test_weights_of_nothing_are_refused():
    with pytest.raises(ValueError, match="weights"):
        largest_remainder([0, 0], 3)


def test_areas_of_the_same_need_are_one_step_of_the_curve():
    one = concentration([2, 2, 1], [10, 30, 40], [100, 0, 50])
    two = concentration([2, 2, 1], [30, 10, 40], [0, 100, 50])
    assert one["concentration_index"] == pytest.approx(two["concentration_index"])
    assert one["children"] == pytest.approx([0, 0.5, 1])
    assert concentration([1], [1], [0]) == {"reason": "zero_mean"}


def test_too_little_where_need_is_high_is_above_zero():
    need = [0.5, 0.3, 0.2]
    assert suits(need, need)["S"] == pytest.approx(0)
    assert suits(need, [0.2, 0.3, 0.5])["S"] > 0
    assert suits(need, [0.8, 0.1, 0.1])["S"] < 0
    assert suits([0], [0]) == {"reason": "zero_mean"}
