"""Maps of a recipe are changed and nothing else is: comments, order and other lines stay."""

import pytest

from data.importing.recipe import load_recipe
from data.importing.recipe_frame import LayerRecipe
from services.recipe_maps import NewOutlines, NewWeights, with_outlines, with_weights
from tests.small_delivery import HEAD, TABLE

LAYER = LayerRecipe(
    file="karten/neu.gpkg",
    format="geopackage",
    id="NR",
    id_pattern=r"V(\d+)",
    id_pad=2,
    name="NAME",
    where={"ART": "9"},
    drop=("TELEFON",),
    correction=(
        {"where": {"NR": "V1", "NAME": "Alt"}, "id": "V7"},
        {"where": {"NR": "V0"}, "leave_out": True},
    ),
)
COMMENTED = "# Vom Amt gepflegt\n" + HEAD.replace(
    'file = "viertel.geojson"', 'file = "viertel.geojson"  # Karte von 2019'
)


@pytest.fixture
def recipe(tmp_path):
    path = tmp_path / "town.toml"
    path.write_text(COMMENTED + TABLE, encoding="utf-8")
    return path


def changed(path, text):
    path.write_text(text, encoding="utf-8")
    return load_recipe(path)


def outlines(recipe, target="1", **more):
    change = NewOutlines("viertel", "1", target, LAYER, ("NR", "NAME"), **more)
    return with_outlines(recipe.read_text("utf-8"), load_recipe(recipe), change)


def test_a_layer_is_replaced_and_every_other_line_stays(recipe):
    before = recipe.read_text("utf-8").splitlines()
    text = outlines(recipe)
    gone = [line for line in before if line not in text.splitlines()]
    assert all(
        line.startswith(("file = ", "format = ", "crs = ", "id = ", "name = ")) for line in gone
    )
    assert text.startswith("# Vom Amt gepflegt\n")
    level = changed(recipe, text).level[1]
    assert level.layer == LAYER
    assert level.parent[0].constant == "kleinstadt"


def test_a_new_vintage_stands_beside_the_old_one(recipe):
    found = changed(recipe, outlines(recipe, "2", valid_from="2026", valid_to="2025"))
    assert [level.key for level in found.level] == ["stadt@1", "viertel@1", "viertel@2"]
    old, new = found.level[1:]
    assert (old.valid_to, new.valid_from) == ("2025", "2026")
    assert old.layer.file == "viertel.geojson"
    assert (new.name, new.order) == (old.name, old.order)
    assert (new.parent[0].level, new.parent[0].vintage) == ("stadt", "1")


def test_a_parent_whose_column_is_gone_is_found_by_place(recipe):
    upper = """
[[level]]
id = "bezirke"
vintage = "1"
name = "Bezirke"
order = 15
[level.layer]
file = "bezirke.geojson"
format = "geojson"
id = "key"
name = "name"
"""
    lower = '[[level.parent]]\nhierarchy = "amt"\nlevel = "bezirke"\ncolumn = "BEZ"\n'
    text = recipe.read_text("utf-8").replace("[indicator_defaults]", lower + "[indicator_defaults]")
    changed(recipe, text + upper)
    parent = changed(recipe, outlines(recipe, "2")).level[2].parent[1]
    assert (parent.spatial, parent.column, parent.vintage) == (True, "", "1")


def test_a_conversion_takes_the_place_of_one_between_the_same_vintages(recipe):
    text = outlines(recipe, "2")
    for basis, file in (("area", "a.csv"), ("official", "b.csv")):
        text = with_weights(text, NewWeights("viertel", "1", "2", file, basis))
    (found,) = changed(recipe, text).conversion
    assert (found.file, found.basis, found.old, found.weight) == (
        "b.csv",
        "official",
        "alt",
        "anteil",
    )
