"""The address of the page of resources: what is unknown falls back and is told."""

from __future__ import annotations

import pytest

from domain.resource_query import (
    OF_FIRST,
    ResourceChoices,
    parse_resources,
    serialise_resources,
    validate_resources,
)
from domain.selection import Choices

YEARS = {"quartiere": ("2021", "2022")}
CHOICES = ResourceChoices(
    Choices(
        indicators=("a", "b", "c", "d", "n"),
        periods=dict.fromkeys(("a", "b", "c", "d", "n"), YEARS),
        areas={"quartiere": frozenset({"01"})},
        level_order=("quartiere", "stadt"),
    ),
    burdens={"quartiere": ("a", "b", "c", "d"), "stadt": ("a",)},
    counts={"quartiere": ("n",)},
    likely={"quartiere": ("b", "c", "d")},
)


def read(text):
    return validate_resources(parse_resources(text), CHOICES)


def test_an_empty_address_opens_with_what_is_likely():
    query, hints = read("")
    assert query.indicators == ("b", "c", "d")
    assert query.weights == (1, 1, 1)
    assert query.level == "quartiere"
    assert query.children == OF_FIRST
    assert hints == ()
    assert serialise_resources(query) == "level=quartiere&indicators=b,c,d"


def test_everything_chosen_is_in_the_address_and_comes_back():
    text = (
        "level=quartiere&indicators=a,b,d&weights=1,0,3&period=2021&method=rank&base=2021"
        "&classes=five&children=n&unit=half&amount=7.5&gearing=0&floor=0.01&cap=2&rule=lague"
    )
    query, hints = read(text)
    assert hints == ()
    assert serialise_resources(query) == text
    assert query.order.parts == 15
    assert query.order.gearing == 0.0


@pytest.mark.parametrize(
    "text",
    [
        "weights=1,2", "weights=1,x,1", "weights=0,0,0", "weights=1,1,11", "weights=²,1,1",
        "method=best", "period=1899", "unit=gold", "amount=-5", "amount=nan", "amount=1e99",
        "gearing=101", "cap=viel", "rule=lot", "children=x", "classes=9", "base=x", "level=mond",
    ],
)  # fmt: skip
def test_what_is_unknown_falls_back_with_a_hint(text):
    query, hints = read(text)
    assert [key for key, _ in hints] == ["hint.resources"]
    assert serialise_resources(query) == "level=quartiere&indicators=b,c,d"


def test_too_few_and_too_many_indicators_are_told():
    query, hints = read("indicators=a,x")
    assert query.indicators == ("a", "b", "c")
    assert [key for key, _ in hints] == ["hint.resources_indicators", "hint.resources_few"]


def test_amounts_are_rounded_to_what_can_be_paid():
    assert read("amount=100.009")[0].amount == 100.01
    assert read("unit=half&amount=7.3")[0].amount == 7.5
    assert read("unit=posts")[0].amount == 10.0


def test_without_enough_indicators_there_is_no_level():
    nothing = ResourceChoices(CHOICES.choices, {"quartiere": ("a",)}, {})
    assert validate_resources(parse_resources(""), nothing)[0].level == ""


def test_doubled_and_endless_parts_are_left_out():
    assert parse_resources("level=a&level=b") == (("unreadable", "level"),)
    assert [k for k, _ in read("level=quartiere&period=" + "9" * 700)[1]] == ["hint.unreadable"]
