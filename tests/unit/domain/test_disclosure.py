import pytest

from domain.disclosure import (
    audit,
    audit_tree,
    primary,
    protect_tree,
    rounded_share,
    too_narrow,
)
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


def test_a_family_with_a_missing_member_gives_nothing_away():
    values = {**TOWN, "w": None}
    assert audit_tree(values, PARENT, {"s"})["s"][1] == float("inf")


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
