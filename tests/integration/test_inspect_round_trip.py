"""What an inspection writes reads the same figures as the recipe somebody wrote by hand."""

import shutil
from collections import Counter

import pytest

from data.importing.collection import Collection
from data.importing.delivered import spec_of
from data.importing.dialects import dialects_of
from data.importing.recipe import load_recipe
from data.importing.tables import TableSetting, read_cells
from services import inspection_work
from services.inspection_names import aliases_of, keys_of, named_areas
from services.recipe_writing import write_recipe
from tests.towns.served import ROOT

HOUSEHOLDS = {
    "mit_kindern": "numerator:haushalte-mit-kindern,denominator:alleinerziehende",
    "haushalte": "denominator:haushalte-mit-kindern,denominator:einpersonenhaushalte",
    "eine_person": "numerator:einpersonenhaushalte",
    "alleinerziehend": "numerator:alleinerziehende",
}
DEMO = {
    "raw/haushalte_sozialraeume.csv": ("", HOUSEHOLDS),
    "raw/inobhutnahmen_bezirke.csv": ("", {"alter_0_17": "denominator:inobhutnahmen"}),
    "raw/sozialindex_stadtteile.csv": ("", {"index": "value:sozialindex"}),
    "raw/schulabschluss_stadtteile.csv": ("", {"abgaenge": "denominator:abitur"}),
    "raw/einkommen.xlsx": ("Stadtteile", {"Median {period}": "value:haushaltseinkommen"}),
}


@pytest.fixture(scope="module")
def once():
    """Read the maps of a town once for all files."""
    return {}


@pytest.fixture
def towns(monkeypatch, once):
    def cached(recipe, data_dir, release):
        if recipe.town.id not in once:
            once[recipe.town.id] = named_areas(recipe, data_dir, release)
        return once[recipe.town.id]

    monkeypatch.setattr(inspection_work, "named_areas", cached)
    return cached


def without_tables(recipe, file, target):
    """Write a recipe that knows nothing of a file; return its path."""
    text = recipe.read_text(encoding="utf-8")
    begin, rest = text[: text.index("[[table]]")], text[text.index("[[table]]") :]
    blocks = rest.split("[[table]]")[1:]
    kept = ["[[table]]" + b for b in blocks if f'file = "{file}"' not in b]
    target.write_text(begin + "".join(kept), encoding="utf-8")
    return target


def cells(recipe, tables, data_dir, names):
    """Return all figures of some tables, with how often each comes."""
    collection = Collection(data_dir)
    found = Counter()
    aliases = aliases_of(recipe, names, ())
    indicators = {i.id: i for i in recipe.indicator}
    for table in tables:
        keys = keys_of(names[table.level_key], aliases[table.level_key])
        setting = TableSetting(keys, dialects_of(recipe), indicators)
        read = collection.table(table.file, spec_of(table))
        assert read is not None, collection.findings
        told = read_cells(table, read, setting)
        assert [f for f in told.findings if f.severity == "error"] == []
        found.update((*c.key, c.role, c.state, c.value, c.flags) for c in told.cells)
    return found


def round_trip(town, file, sets, tmp_path, data_dir, *, sheet="", wanted=None):
    by_hand = load_recipe(town)
    new = without_tables(town, file, tmp_path / "town.toml")
    order = {
        "file": str(data_dir / file), "name": file, "sheet": sheet, "sets": sets,
        "recipe": str(new), "data_dir": str(data_dir), "release": "", "aliases": [],
    }  # fmt: skip
    told = inspection_work.inspect(order)
    write_recipe(new, told, file)
    written = load_recipe(new)
    names = inspection_work.named_areas(by_hand, data_dir, None)
    mine = [t for t in written.table if t.file == file]
    theirs = [t for t in by_hand.table if t.file == file and t.sheet == sheet]
    theirs = [t for t in theirs if wanted is None or wanted(t)]
    assert theirs
    return cells(written, mine, data_dir, names), cells(by_hand, theirs, data_dir, names)


@pytest.mark.parametrize("file", DEMO)
def test_files_of_the_demo_town_are_read_alike(towns, tmp_path, file):
    sheet, sets = DEMO[file]
    demo = ROOT / "data/demo"
    mine, theirs = round_trip(demo / "town.toml", file, sets, tmp_path, demo, sheet=sheet)
    assert mine == theirs


@pytest.mark.parametrize(
    "name", ["raw/haushalte_sozialraeume_2026.csv", "Statistikstelle, zweite Fassung.csv"]
)
def test_next_year_the_demo_recipe_says_all_there_is_to_say(towns, tmp_path, name):
    demo = ROOT / "data/demo"
    order = {
        "file": str(demo / "raw/haushalte_sozialraeume.csv"),
        "name": name, "sheet": "", "sets": {},
        "recipe": str(demo / "town.toml"), "data_dir": str(demo), "release": "", "aliases": [],
    }  # fmt: skip
    told = inspection_work.inspect(order)
    found = {g["column"]: set(g["uses"]) for g in told["guesses"]}
    assert {column: set(uses.split(",")) for column, uses in HOUSEHOLDS.items()} == {
        column: found[column] for column in HOUSEHOLDS
    }
    assert told["problems"] == []
    assert told["indicators"] == []
    recipe = tmp_path / "town.toml"
    shutil.copy(demo / "town.toml", recipe)
    write_recipe(recipe, told, order["name"])
    assert len(load_recipe(recipe).table) == len(load_recipe(demo / "town.toml").table) + 2


@pytest.mark.towns
def test_the_wide_table_of_flensburg_is_read_alike(towns, tmp_path, towns_dir):
    data_dir = towns_dir / "flensburg"
    file = "raw/tab_1_einwohner_in_stadtteilen_2011_bis_2021.csv"
    sets = {"{period}": "value:einwohner", "gesamt": "value:einwohner@2021",
            "männlich": "ignore", "weiblich": "ignore"}  # fmt: skip
    town = ROOT / "examples/flensburg/town.toml"
    mine, theirs = round_trip(town, file, sets, tmp_path, data_dir)
    assert len(mine) > 70
    assert mine == theirs


@pytest.mark.towns
@pytest.mark.long
def test_three_levels_in_one_column_of_koeln_are_read_alike(towns, tmp_path, towns_dir):
    data_dir = towns_dir / "koeln"
    sets = {"tab_id": "filter:005", "zahl": "value:einwohner", "zei_id": "ignore",
            "raum_id[000]": "area:stadt@2005"}  # fmt: skip
    mine, theirs = round_trip(
        ROOT / "examples/koeln/town.toml", "raw/bevoelkerung.csv", sets, tmp_path, data_dir,
        wanted=lambda t: t.where == {"tab_id": "005"},
    )  # fmt: skip
    einwohner = Counter({key: n for key, n in theirs.items() if key[0] == "einwohner"})
    assert {key[3] for key in mine} == {"stadt", "stadtbezirke", "stadtteile"}
    assert mine == einwohner
