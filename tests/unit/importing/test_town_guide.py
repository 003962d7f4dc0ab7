"""The recipe of docs/load-a-town.md is a promise: it is imported here as printed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import geopandas as gpd
import openpyxl
import shapely

from data.importing.assemble import assemble
from data.importing.recipe import load_recipe
from tests.small_delivery import HEAD, TABLE, codes, numbers

GUIDE = Path(__file__).parents[3] / "docs" / "load-a-town.md"
SHEET = [
    ["Stadtteil", "Name", "Kinder_2022", "Arme_2022", "Kinder_2023", "Arme_2023"],
    ["01", "Altstadt", "1.374", 201, 1402, 198],
    [2, "Nordstadt", 953, "*", 970, 12],
    ["Gesamt", None, 2327, None, 2372, 210],
]


def test_the_recipe_of_the_guide_imports_the_sheet_of_the_guide(tmp_path):
    text = GUIDE.read_text(encoding="utf-8")
    recipe = re.search(r"```toml\n(schema.*?)```", text, re.DOTALL)
    assert recipe is not None
    (tmp_path / "town.toml").write_text(recipe[1], encoding="utf-8")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Kinder"
    for row in SHEET:
        sheet.append(row)
    book.save(tmp_path / "zahlen.xlsx")
    squares = [shapely.box(x, 6070000, x + 1000, 6071000) for x in (525000, 526000)]
    areas = gpd.GeoDataFrame(
        {"NR": ["01", "02"], "NAME": ["Altstadt", "Nordstadt"]}, geometry=squares, crs=25832
    )
    (tmp_path / "karte").mkdir()
    areas.to_file(tmp_path / "karte" / "stadtteile.shp", encoding="utf-8")
    shutil.make_archive(str(tmp_path / "stadtteile"), "zip", tmp_path / "karte")

    town = assemble(load_recipe(tmp_path / "town.toml"), tmp_path, lambda *_: None)

    rows = town.values.set_index(["area", "period"])
    assert rows.loc[("01", "2022"), "value"] == 100 * 201 / 1374
    assert rows.loc[("02", "2022"), "state"] == "suppressed"
    assert len(rows) == 4
    assert codes(town.findings)["rows_total"] == 1


def test_the_list_of_the_guide_makes_a_town_without_a_map(tmp_path):
    text = GUIDE.read_text(encoding="utf-8").split("## No outlines?")[1].split("\n## ")[0]
    (figures,) = re.findall(r"```csv\n(.*?)```", text, re.DOTALL)
    areas, join, inline = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    table = TABLE.replace("werte.csv", "einwohner.csv").replace('"jahr"', '"Jahr"')
    table = table.replace('[table.area]\ncolumn = "id"\n', join)
    table = table.replace('column = "kinder"', 'column = "Einwohner"')
    layer = HEAD[HEAD.index("[level.layer]") : HEAD.index("[[level.parent]]")]
    recipe = tmp_path / "town.toml"
    (tmp_path / "einwohner.csv").write_text(figures, encoding="utf-8")

    recipe.write_text(HEAD.replace(layer, areas) + table, encoding="utf-8")
    town = assemble(load_recipe(recipe), tmp_path, lambda *_: None)
    assert list(town.areas["viertel@1"]["area_id"]) == ["altstadt", "sankt-juergen"]
    assert numbers(town, "kinder")["sankt-juergen", "2024"] == 12131

    recipe.write_text(HEAD.replace(layer, inline) + table, encoding="utf-8")
    town = assemble(load_recipe(recipe), tmp_path, lambda *_: None)
    assert numbers(town, "kinder")["02", "2024"] == 12131
