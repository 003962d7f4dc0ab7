from dataclasses import replace

from domain.built_in import built_in
from domain.model import Kind, Text
from tests.unit.figures.sample import INDICATOR

CHILDREN = replace(INDICATOR, denominator_text=Text("Kinder unter 15", "children under 15"))


def test_shares_of_the_same_base_move_together_by_themselves():
    assert built_in(CHILDREN, replace(CHILDREN, id="b")) == "base"
    written = replace(CHILDREN, denominator_text=Text("Kinder  unter 15 "))
    assert built_in(CHILDREN, written) == "base"
    assert built_in(CHILDREN, replace(CHILDREN, denominator_text=Text("Haushalte"))) == ""


def test_the_same_cases_are_told_first_and_unknown_bases_are_not_guessed():
    grouped = replace(CHILDREN, group="sgb2")
    assert built_in(grouped, replace(grouped, id="b", kind=Kind.RATE)) == "group"
    assert built_in(INDICATOR, replace(INDICATOR, id="b")) == ""
    assert built_in(CHILDREN, replace(CHILDREN, kind=Kind.RATE)) == ""
