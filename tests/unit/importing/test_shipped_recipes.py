"""The recipes that come with the program may be released as they are."""

from __future__ import annotations

import pytest

from data.importing.recipe import load_recipe
from domain.release_rules import without_context
from tests.architecture.sources import ROOT

RECIPES = sorted([*(ROOT / "examples").rglob("*.toml"), ROOT / "data" / "demo" / "town.toml"])


@pytest.mark.parametrize("path", RECIPES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_every_indicator_of_burden_has_its_context_note_in_both_languages(path):
    indicators = load_recipe(path).catalogue().indicators
    assert without_context(indicators) == ()
    noted = [i.context_note for i in indicators if i.context_note.de]
    assert all(note.en and note.en != note.de for note in noted)
