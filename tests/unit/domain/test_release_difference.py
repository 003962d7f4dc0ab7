"""What counts as another description, and when cells are protected less than before."""

from dataclasses import replace

import pytest

from domain.model import Disclosure, SeriesBreak, Text
from domain.release_difference import (
    CellKey,
    IndicatorDifference,
    LevelDifference,
    ReleaseDifference,
    field_changes,
    is_weaker,
)
from tests.town_fixture import catalogue

KINDER = catalogue().indicator("kinder")
STANDARD = replace(KINDER, disclosure=Disclosure.STANDARD)


def test_only_fields_that_differ_are_told_in_plain_words():
    changed = replace(
        KINDER,
        unit=Text("Kinder", "children"),
        target=12.5,
        series_breaks=(SeriesBreak("2024", "definition", Text("Neue Abgrenzung")),),
    )
    told = {c.name: (c.before, c.after) for c in field_changes(KINDER, changed)}
    assert told == {
        "unit": ("Personen / persons", "Kinder / children"),
        "target": ("", "12.5"),
        "series_breaks": ("", "2024 definition Neue Abgrenzung False"),
    }
    assert field_changes(KINDER, KINDER) == ()


@pytest.mark.parametrize(
    ("before", "after", "weaker"),
    [
        ({}, {}, False),
        ({"disclosure": Disclosure.STRICT}, {}, True),
        ({}, {"disclosure": Disclosure.STRICT}, False),
        ({}, {"disclosure": Disclosure.NONE}, True),
        ({}, {"minimum_denominator": 5.0}, True),
        ({}, {"minimum_denominator": 20.0}, False),
        ({"zero_sensitive": True}, {}, True),
        ({"full_sensitive": True}, {}, True),
        ({"rounding": 5}, {"rounding": 3}, True),
        ({"disclosure": Disclosure.IMPORTED_PROTECTED}, {}, True),
        ({}, {"disclosure": Disclosure.IMPORTED_PROTECTED}, False),
        ({"disclosure": Disclosure.NONE}, {"disclosure": Disclosure.NONE, "rounding": 3}, False),
    ],
)
def test_a_weaker_rule_is_seen(before, after, weaker):
    assert is_weaker(replace(STANDARD, **before), replace(STANDARD, **after)) is weaker


def test_hidden_shown_and_weaker_cells_allow_recalculation():
    cell = CellKey("quartiere@2020", "total", "2023", "02")
    plain = IndicatorDifference("kinder", Text("Kinder"))
    assert plain.is_empty
    for change in ({"hidden": (cell,)}, {"shown": (cell,)}, {"is_weaker": True}):
        found = ReleaseDifference("a", "b", (replace(plain, **change),))
        assert found.allows_recalculation
    revised = ReleaseDifference("a", "b", (replace(plain, slightly=3),))
    assert not revised.allows_recalculation
    assert not revised.indicators[0].is_empty


def test_a_level_that_is_the_same_says_nothing():
    level = catalogue().levels[0]
    assert LevelDifference(level).is_empty
    assert not LevelDifference(level, is_new=True).is_empty
