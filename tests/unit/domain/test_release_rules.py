"""When a release may become public, as plain rules."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.model import Polarity, Text
from domain.release_rules import Facts, Given, next_steps, refusals, without_context
from tests.town_fixture import catalogue

GOOD = Facts("r", frozenset({"cli", "anna"}), handed_in=True, is_checked=True, is_passed=True)


@pytest.mark.parametrize(
    ("facts", "given", "told"),
    [
        ({}, {}, []),
        ({"handed_in": False}, {}, ["not_handed_in"]),
        ({}, {"actor": "anna"}, ["same_person"]),
        ({}, {"actor": "cli"}, ["same_person"]),
        ({"is_checked": False}, {}, ["not_checked"]),
        ({"is_passed": False}, {}, ["not_passed"]),
        ({"changed": 0.5}, {}, []),
        ({"changed": 0.51}, {}, ["type_name"]),
        ({"changed": 0.51}, {"typed": "R"}, ["type_name"]),
        ({"changed": 0.51}, {"typed": " r "}, []),
        ({"recalculation": True}, {}, ["recalculation"]),
        ({"recalculation": True}, {"confirms_recalculation": True}, []),
        ({"without_context": ("a",)}, {}, ["context"]),
    ],
)
def test_each_rule_stands_for_itself(facts, given, told):
    asked = refusals(replace(GOOD, **facts), Given(**{"actor": "bert", **given}), two_persons=True)
    assert [key.removeprefix("desk.problem.") for key in asked] == told


def test_without_two_persons_the_same_one_may_and_nothing_must_be_handed_in():
    facts = replace(GOOD, handed_in=False)
    assert refusals(facts, Given("anna"), two_persons=False) == ()


def test_only_indicators_of_burden_need_a_context_note():
    one, two, *rest = catalogue().indicators
    noted = replace(one, polarity=Polarity.HIGH_BURDEN, context_note=Text("So ist das zu lesen."))
    plain = replace(two, polarity=Polarity.NONE, context_note=Text(""))
    burden = replace(rest[0], polarity=Polarity.LOW_BURDEN, context_note=Text("  "))
    assert without_context((noted, plain, burden)) == (burden.id,)


@pytest.mark.parametrize(
    ("may_hand_in", "may_release", "told"),
    [
        (False, False, ["approved"]),
        (True, False, ["open", "approved"]),
        (True, True, ["open", "handed_in", "approved"]),
    ],
)
def test_everybody_is_told_what_he_or_she_can_do(may_hand_in, may_release, told):
    states = ["open", "handed_in", "open", "approved"]
    steps = next_steps(states, may_hand_in=may_hand_in, may_release=may_release)
    assert [key.removeprefix("desk.next.") for key, _ in steps] == told
    assert dict(steps).get("desk.next.open", 2) == 2


def test_who_can_do_nothing_is_told_so():
    assert next_steps(["open"], may_hand_in=False, may_release=False) == (("desk.next.reading", 1),)
    assert next_steps([], may_hand_in=True, may_release=True) == (("desk.next.nothing", 0),)
