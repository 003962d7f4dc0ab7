"""The plan of a new vintage: its name, and when which one holds."""

import pytest

from domain.vintage_plan import VintagePlan, plan_vintage


def planned(typed="2026", first="", last=""):
    return plan_vintage("2021", typed, first, last, ["2012", "2021"])


def test_without_a_name_outlines_are_replaced():
    assert planned("") == (VintagePlan("2021", "2021"), "")


def test_a_year_as_name_says_when_it_begins():
    assert planned()[0] == VintagePlan("2021", "2026", "2026", "2025")
    assert planned("neu")[0] == VintagePlan("2021", "neu")
    assert planned("neu", "2026-H1", "2025-H2")[0].valid_to == "2025-H2"


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (("2012",), "taken"),
        (("2021",), "taken"),
        (("../x",), "name"),
        (("x" * 21,), "name"),
        (("2026", "bald"), "period"),
        (("2026", "2026", "früher"), "period"),
        (("2026", "2026", "2026"), "order"),
        (("2026", "2026", "2027"), "order"),
    ],
)
def test_what_cannot_be_is_told_by_its_kind(words, wrong):
    assert planned(*words) == (None, wrong)
