"""Tables of a recipe that tell what the columns of a new file are."""

from __future__ import annotations

import pytest

from data.importing.known_town import Arrived, tables_of
from data.importing.recipe import load_recipe
from tests.serving import ROOT

HEADER = (
    *("jahr", "gebietsstand", "stadtteil", "name", "hilfen", "alter_0_20"),
    *("fremd_untergebracht", "geburten_15_19", "frauen_15_19"),
)


@pytest.fixture(scope="module")
def recipe():
    return load_recipe(ROOT / "data/demo/town.toml")


@pytest.mark.parametrize("name", ["jugendhilfe_stadtteile_2027.csv", "Lieferung Jugendamt.csv"])
def test_a_file_is_known_by_its_name_or_by_its_columns(recipe, name):
    found = tables_of(recipe, Arrived(name, columns=HEADER))
    assert {table.file for table in found} == {"raw/jugendhilfe_stadtteile.csv"}


@pytest.mark.parametrize(
    "columns",
    [HEADER[:4], tuple(c for c in HEADER if c != "hilfen"), (*HEADER, *map(str, range(9)))],
    ids=["no figures", "one is missing", "most are new"],
)
def test_columns_that_say_too_little_make_no_file_known(recipe, columns):
    assert tables_of(recipe, Arrived("Lieferung Jugendamt.csv", columns=columns)) == ()


def test_two_files_built_alike_tell_nothing(recipe):
    (table,) = tables_of(recipe, Arrived("jugendhilfe_stadtteile.csv"))
    twin = table.model_copy(update={"file": "raw/zweite.csv"})
    both = recipe.model_copy(update={"table": (*recipe.table, twin)})
    assert tables_of(both, Arrived("Lieferung Jugendamt.csv", columns=HEADER)) == ()
