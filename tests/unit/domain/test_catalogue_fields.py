"""Forms and recipes say the same things about a catalogue."""

from __future__ import annotations

import pytest

from data.importing.recipe_frame import LevelRecipe, ThemeRecipe
from data.importing.recipe_front import TileRecipe
from data.importing.recipe_indicators import IndicatorRecipe, SeriesBreakRecipe
from data.importing.recipe_places import FacilityKindRecipe
from domain.catalogue_changes import changed
from domain.catalogue_fields import FIELDS, Field, Shape
from domain.catalogue_forms import differing, read, write

NOT_EDITED = {"id", "category", "dimension", "dialect"}
"""They say how files are read: the recipe's alone."""
KINDS = {"theme": ThemeRecipe, "level": LevelRecipe, "facility_kind": FacilityKindRecipe}
INDICATOR = {
    "id": "kinder", "name": {"de": "Kinder", "en": "Children"}, "definition": "Alle\nKinder",
    "breaks": [10, 20.5], "target": 15, "zero_sensitive": True, "decimals": 1, "rounding": 5,
    "series_break": [{"period": "2020", "kind": "law", "text": "Neu", "comparable": True}],
}  # fmt: skip


def form(kind, row):
    shown = {}
    for field in FIELDS[kind]:
        shown |= write(field, row.get(field.name))
    return shown


def test_every_field_of_an_indicator_can_be_edited_but_what_reads_files():
    names = [f.name for f in FIELDS["indicator"]]
    assert set(names) == set(IndicatorRecipe.model_fields) - NOT_EDITED
    assert len(names) == len(set(names))


def test_what_is_edited_is_a_key_of_the_recipe():
    for kind, model in KINDS.items():
        assert {f.name for f in FIELDS[kind]} <= set(model.model_fields)
    (tiles,), *_ = (FIELDS["start"],)
    assert {p.name for p in tiles.parts} == set(TileRecipe.model_fields)
    breaks = next(f for f in FIELDS["indicator"] if f.shape is Shape.ROWS)
    assert {p.name for p in breaks.parts} == set(SeriesBreakRecipe.model_fields)


def test_a_form_that_was_not_touched_changes_nothing():
    assert differing(FIELDS["indicator"], INDICATOR, form("indicator", INDICATOR)) == {}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({"name.en": "Kids"}, {"name": {"de": "Kinder", "en": "Kids"}}),
        ({"target": "12,5"}, {"target": 12.5}),
        ({"target": ""}, {"target": None}),
        ({"target": "viel"}, {"target": "viel"}),
        ({"target": "nan"}, {"target": ["nan"]}),
        ({"decimals": "2"}, {"decimals": 2}),
        ({"decimals": "1.5"}, {"decimals": 1.5}),
        ({"rounding": "10"}, {"rounding": 10}),
        ({"breaks": "5 10;20"}, {"breaks": [5.0, 10.0, 20.0]}),
        ({"numerator_from": "a, b:w c"}, {"numerator_from": ["a", "b:w", "c"]}),
        ({"zero_sensitive": ""}, {"zero_sensitive": False}),
        ({"series_break.0.period": "", "series_break.0.text.de": ""}, {"series_break": None}),
    ],
)
def test_only_what_was_changed_is_found(typed, found):
    given = {**form("indicator", INDICATOR), **typed}
    assert differing(FIELDS["indicator"], INDICATOR, given) == found


def test_a_row_is_added_at_the_end():
    given = form("indicator", INDICATOR) | {
        "series_break.1.period": "2022", "series_break.1.kind": "source",
        "series_break.1.text.de": "Anderes Register",
    }  # fmt: skip
    rows = differing(FIELDS["indicator"], INDICATOR, given)["series_break"]
    assert rows[1] == {
        "period": "2022", "kind": "source", "text": {"de": "Anderes Register"}, "comparable": False
    }  # fmt: skip
    assert rows[0]["comparable"]


def test_lines_of_a_long_text_stay_lines():
    field = Field("definition", Shape.LONG)
    assert read(field, {"definition.de": " eins \r\n zwei \n"}) == {"de": "eins\nzwei"}


def test_changes_lie_over_the_recipe_and_leave_it_as_it_was():
    recipe = {"theme": [{"id": "a", "name": "A"}], "level": [{"id": "x", "vintage": "1"}]}
    result, unused = changed(
        recipe,
        [
            ("theme", "a", {"name": {"de": "B"}}),
            ("theme", "neu", {"name": {"de": "Neu"}}),
            ("level", "x@1", {"order": 3}),
            ("start", "kacheln", {"tile": [{"indicator": "i"}]}),
            ("indicator", "weg", {"target": 3}),
            ("indicator", "summe", {"numerator_from": ["a", "b:w"]}),
            ("indicator", "leer", {}),
        ],
    )
    assert [t["name"]["de"] for t in result["theme"]] == ["B", "Neu"]
    assert result["level"][0]["order"] == 3
    assert result["indicator"] == [{"id": "summe", "numerator_from": ["a", "b:w"]}]
    assert result["tile"] == [{"indicator": "i"}]
    assert unused == ["indicator weg"]
    assert recipe["theme"] == [{"id": "a", "name": "A"}]
    assert changed(recipe, [("theme", "a", {"name": None})])[0]["theme"] == [{"id": "a"}]
