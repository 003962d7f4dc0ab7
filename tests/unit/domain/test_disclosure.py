import math

import pytest

from domain.attack import audit, ci_reveals_n, rounded_share
from domain.disclosure import audit_tree, dominance, primary, protect_tree, too_narrow
from domain.intervals import wilson_interval
from domain.model import State

TOWN = {"town": 60.0, "n": 20.0, "s": 2.0, "e": 18.0, "w": 20.0}
PARENT = {"n": "town", "s": "town", "e": "town", "w": "town"}


def test_one_hidden_child_alone_is_no_secret():
    assert audit_tree(TOWN, PARENT, {"s"}) == {"s": (2.0, 2.0)}
    assert too_narrow(audit_tree(TOWN, PARENT, {"s"}), 3) == ["s"]


def test_protection_hides_the_smallest_sibling_too():
    result = protect_tree(TOWN, PARENT, {"s"}, width=3, frozen=frozenset({"town"}))
    assert result.hidden == {"s", "e"}
    assert result.infeasible == ()


def test_two_hidden_cells_that_sum_to_two_are_both_one():
    values = {"town": 40.0, "n": 20.0, "e": 18.0, "s": 1.0, "w": 1.0}
    assert audit_tree(values, PARENT, {"s", "w"}) == {"s": (1.0, 1.0), "w": (1.0, 1.0)}
    result = protect_tree(values, PARENT, {"s", "w"}, width=3, frozen=frozenset({"town"}))
    assert too_narrow(audit_tree(values, PARENT, result.hidden), 3) == []


def test_a_displayed_zero_protects_nobody():
    values = {"town": 2.0, "n": 0.0, "s": 2.0}
    result = protect_tree(
        values, {"n": "town", "s": "town"}, {"s"}, width=3, frozen=frozenset({"town"})
    )
    assert result.infeasible == ("s",)


def test_hidden_stays_hidden_over_releases():
    result = protect_tree(
        TOWN, PARENT, set(), width=3, frozen=frozenset({"town"}), known_hidden=frozenset({"w"})
    )
    assert "w" in result.hidden
    assert len(result.hidden) == 2


def test_a_missing_sibling_leaves_only_what_the_others_leave():
    assert audit_tree({**TOWN, "w": None}, PARENT, {"s"}) == {"s": (1.0, 22.0)}
    tight = {"town": 40.0, "n": 20.0, "e": 18.0, "s": 2.0, "w": None}
    assert too_narrow(audit_tree(tight, PARENT, {"s"}), 3) == ["s"]


def test_a_missing_parent_gives_nothing_away():
    assert audit_tree({**TOWN, "town": None}, PARENT, {"s"})["s"] == (1.0, float("inf"))


def test_a_district_hidden_for_its_only_part_does_not_cost_other_districts_theirs():
    values = {
        "town": 300.0, "a": 2.0, "a1": 2.0, "b": 100.0, "b1": 60.0, "b2": 40.0,
        "c": 198.0, "c1": 195.0, "c2": 3.0,
    }  # fmt: skip
    parent = {"a": "town", "b": "town", "c": "town"}
    parent |= {"a1": "a", "b1": "b", "b2": "b", "c1": "c", "c2": "c"}
    result = protect_tree(values, parent, {"a", "a1"}, width=3, frozen=frozenset({"town"}))
    assert result.infeasible == ()
    # doubt in b needs doubt in one part of b; nothing of c can help
    assert result.hidden == {"a", "a1", "b", "b2"}


def test_a_sum_hidden_in_vain_is_opened_in_its_parts_and_not_beside_it():
    values = {"town": 90.0, "a": 50.0, "a1": 20.0, "a2": 30.0, "b": 40.0}
    parent = {"a": "town", "b": "town", "a1": "a", "a2": "a"}
    result = protect_tree(values, parent, {"a", "b"}, width=3, frozen=frozenset({"town"}))
    assert result.hidden == {"a", "b", "a1"}


def test_what_could_only_be_two_must_stay_all_it_could_be():
    values = {"town": 21.0, "s": 1.0, "n": 20.0}
    parent = {"s": "town", "n": "town"}
    result = protect_tree(
        values, parent, {"s"}, width=3, lower={"s": 0}, upper={"s": 2}, frozen=frozenset({"town"})
    )
    assert result == protect_tree(
        values, parent, {"s", "n"}, width=3, lower={"s": 0}, upper={"s": 2},
        frozen=frozenset({"town"}),
    )  # fmt: skip
    # n = 21 - s is then as narrow as s: the town itself would have to be hidden
    assert result.infeasible == ("n",)


def test_the_pattern_does_not_depend_on_the_order_of_the_cells():
    turned = dict(reversed(list(TOWN.items())))
    patterns = {protect_tree(v, PARENT, ["s"], width=3).hidden for v in (TOWN, turned)}
    assert len(patterns) == 1


def test_a_missing_count_is_neither_safe_nor_zero():
    unsafe, states = primary([None, float("nan"), 5], [50, 50, float("nan")])
    assert unsafe == [False, False, False]
    assert states == [State.NOT_COLLECTED, State.NOT_COLLECTED, State.OK]


def test_few_large_contributors_are_told_from_many():
    assert dominance([100, 5, 5], nk=(2, 75), p_percent=10) == {"nk_unsafe": True, "p_unsafe": True}
    assert dominance([10] * 20, nk=(2, 75), p_percent=10) == {"nk_unsafe": False, "p_unsafe": False}


def test_the_complement_is_as_identifying_as_the_cases():
    unsafe, states = primary([48, 50, 0, 4, 3], [50, 50, 50, 9, 0], k=3, n_min=10)
    assert unsafe == [True, False, False, True, False]
    assert states[1:] == [State.OK, State.NIL, State.SUPPRESSED, State.NOT_APPLICABLE]


def test_none_and_all_are_hidden_only_where_they_are_sensitive():
    unsafe, _ = primary([0, 50], [50, 50], zero_sensitive=True, full_sensitive=True)
    assert unsafe == [True, True]


def test_a_contradiction_is_told_and_not_solved():
    relations = [{"town": -1, "a": 1, "hidden": 1}]
    assert audit(relations, {"town": 3, "a": 4})["reason"] == "infeasible"


@pytest.mark.parametrize("share", [1.5, 2.9])
def test_a_rounded_share_of_a_known_base_is_the_count(share):
    assert len(rounded_share(137, share, 1)) == 1


def test_a_rounded_share_of_a_large_base_leaves_several_counts():
    assert rounded_share(4000, 1.2, 1) == [46, 47, 48, 49, 50]


def test_an_interval_beside_a_share_gives_the_base_away():
    lower, upper = wilson_interval([13], [41])
    assert ci_reveals_n(13 / 41, [lower[0], upper[0]]) == pytest.approx(41)


def test_nothing_published_leaves_no_upper_limit():
    assert audit([{"town": -1, "a": 1, "b": 1}], {"a": 3})["feasible"]["town"] == [3.0, math.inf]


def test_rounding_windows_are_no_more_than_windows():
    found = audit([{"t": -1, "a": 1, "b": 1}], {"t": [13, 17], "a": [8, 12]}, upper={"b": 6})
    assert found["feasible"] == {"a": [8.0, 12.0], "b": [1.0, 6.0], "t": [13.0, 17.0]}
