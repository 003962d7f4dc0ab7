"""Indicators that count the same people are protected together, declared or not."""

from dataclasses import replace

import pandas as pd

from services.kin_groups import kin_groups
from tests import town_fixture as fixture
from tests.unit.services.test_linked_protection import attacked, cells_of, protected, town_of

GIRLS = [2, 9, 1, *range(5, 14)]
BOYS = [7, 1, 30, *range(11, 20)]
BOTH = [a + b for a, b in zip(GIRLS, BOYS, strict=True)]


def apart(town):
    """Return a town whose recipe says nothing of groups."""
    indicators = tuple(replace(i, group="") for i in town.catalogue.indicators)
    return replace(town, catalogue=replace(town.catalogue, indicators=indicators))


def names(groups):
    return [[i.id for i in group] for group in groups]


def marked(indicator, category, numbers):
    return pd.DataFrame(
        {
            "indicator": indicator, "category": category, "period": "2021", "level_key": "q@1",
            "area": fixture.QUARTERS[: len(numbers)], "number": [float(n) for n in numbers],
            "shown": True,
        }
    )  # fmt: skip


def test_a_count_and_another_with_the_same_numbers_are_kin():
    a, b, c = (replace(fixture.catalogue().indicators[0], id=n) for n in "abc")
    rows = {
        "a": marked("a", "w", GIRLS), "b": marked("b", "total", BOYS),
        "c": marked("c", "total", GIRLS),
    }  # fmt: skip
    assert names(kin_groups([a, b, c], rows)) == [["a", "c"], ["b"]]


def test_numbers_that_are_alike_by_chance_make_no_kin():
    a, b = (replace(fixture.catalogue().indicators[0], id=n) for n in "ab")
    few = {"a": marked("a", "total", [1, 2, 3]), "b": marked("b", "total", [1, 2, 3])}
    flat = {"a": marked("a", "total", [7] * 12), "b": marked("b", "total", [7] * 12)}
    assert names(kin_groups([a, b], few)) == [["a"], ["b"]]
    assert names(kin_groups([a, b], flat)) == [["a"], ["b"]]


def test_a_group_of_the_recipe_is_kin_whatever_its_numbers():
    a, b = (replace(fixture.catalogue().indicators[0], id=n, group="g") for n in "ab")
    rows = {"a": marked("a", "total", GIRLS), "b": marked("b", "total", BOYS)}
    assert names(kin_groups([a, b], rows)) == [["a", "b"]]


def test_an_area_without_a_number_hides_no_kinship():
    a, b = (replace(fixture.catalogue().indicators[0], id=n) for n in "ab")
    for gone in (0, 5, 11):
        rows = {"a": marked("a", "total", GIRLS), "b": marked("b", "w", GIRLS)}
        rows["b"] = rows["b"].drop(index=gone)
        assert names(kin_groups([a, b], rows)) == [["a", "b"]]


def test_one_number_that_differs_makes_no_kin():
    a, b = (replace(fixture.catalogue().indicators[0], id=n) for n in "ab")
    rows = {"a": marked("a", "total", GIRLS), "b": marked("b", "total", [3, *GIRLS[1:]])}
    assert names(kin_groups([a, b], rows)) == [["a"], ["b"]]


def test_a_second_indicator_does_not_show_what_the_first_hides():
    """The girls are told once as a category and once as an indicator of their own."""
    town = town_of(
        ("arm", "total", "2021", BOTH), ("arm", "w", "2021", GIRLS), ("arm", "m", "2021", BOYS),
        ("maedchen", "total", "2021", GIRLS),
    )  # fmt: skip
    cells = cells_of(protected(apart(town)))
    facts = []
    for area in fixture.QUARTERS:
        place = ("2021", "quartiere", area)
        facts += [
            {("arm", "w", *place): 1.0, ("maedchen", "total", *place): -1.0},
            {("arm", "total", *place): -1.0, ("arm", "w", *place): 1.0, ("arm", "m", *place): 1.0},
        ]
        shown = {cells.get(("arm", "w", *place)), cells.get(("maedchen", "total", *place))}
        assert len(shown) == 1 or None not in shown, area
    widths = attacked(cells, facts)
    assert min(widths.values()) >= 3
