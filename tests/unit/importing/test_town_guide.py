"""The recipe of docs/load-a-town.md is a promise: it is imported here as printed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import geopandas as gpd
import openpyxl
import pytest
import shapely

from data.importing.assemble import assemble
from data.importing.recipe import load_recipe
from services.aggregation import with_parents
from tests.small_delivery import (
    HEAD,
    TABLE,
    codes,
    import_delivery,
    numbers,
    refused_findings,
    the,
)

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
    areas, join, inline, _ = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
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


def test_districts_as_headers_are_joined_as_the_guide_says(tmp_path):
    text = GUIDE.read_text(encoding="utf-8").split("## No outlines?")[1].split("\n## ")[0]
    *_, inline, by_name = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    layer = HEAD[HEAD.index("[level.layer]") : HEAD.index("[[level.parent]]")]
    table = TABLE[: TABLE.index("[table.area]")]
    joins = by_name.replace("einwohner", "kinder")
    (tmp_path / "werte.csv").write_text("Jahr;Altstadt;St. Jürgen\n2023;9.410;12.055\n", "utf-8")

    recipe = tmp_path / "town.toml"
    recipe.write_text(HEAD.replace(layer, inline) + table + joins, encoding="utf-8")
    town = assemble(load_recipe(recipe), tmp_path, lambda *_: None)
    assert numbers(town, "kinder") == {("01", "2023"): 9410, ("02", "2023"): 12055}

    headers = inline.replace('"01"', '"Altstadt"').replace('"02"', '"St. Jürgen"')
    by_id = joins.replace('by = "name"', 'by = "id"')
    recipe.write_text(HEAD.replace(layer, headers) + table + by_id, encoding="utf-8")
    town = assemble(load_recipe(recipe), tmp_path, lambda *_: None)
    assert numbers(town, "kinder")["St. Jürgen", "2023"] == 12055


def test_a_joint_figure_in_two_places_is_counted_once_as_the_guide_says(tmp_path):
    text = GUIDE.read_text(encoding="utf-8").split("## Districts counted together")[1]
    group, tables, *_ = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    group = group.replace("stadtteile", "viertel").replace('"2022"', '"1"')
    usual = (
        'file = "werte.csv"\nencoding = "utf-8"\nseparator = ";"\nlevel = "viertel"\nvintage = "1"'
    )
    rest = TABLE[TABLE.index("[table.area]") :].replace('"id"', '"Stadtteil"\nby = "name"')
    once, again = tables.split("[[table]]")[1:]
    table = group + "".join(f"[[table]]\n{usual}\n{part}\n{rest}" for part in (once, again))
    areas = ("71", "Moorburg"), ("72", "Altenwerder"), ("73", "Neuland")
    named = "\n".join(f'[[level.area]]\nid = "{a}"\nname = "{n}"' for a, n in areas) + "\n"
    layer = HEAD[HEAD.index("[level.layer]") : HEAD.index("[[level.parent]]")]
    rows = ["Stadtteil;jahr;kinder", "Moorburg;2023;33", "Altenwerder;2023;33", "Neuland;2023;7"]
    (tmp_path / "werte.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (tmp_path / "town.toml").write_text(HEAD.replace(layer, named) + table, encoding="utf-8")

    town = assemble(load_recipe(tmp_path / "town.toml"), tmp_path, lambda *_: None)

    values = with_parents(town)
    of_city = values[(values["level"] == "stadt") & (values["indicator"] == "kinder")]
    assert list(of_city["value"]) == [40]
    assert numbers(town, "kinder")["71-72", "2023"] == 33


def test_a_place_that_joined_later_does_not_take_the_town_its_sum(tmp_path):
    early = 'symbols = { "" = "not_applicable" }'
    text = GUIDE.read_text(encoding="utf-8").split("## Missing is not zero")[1].split("\n## ")[0]
    assert early in text
    dialect = HEAD.replace(
        'symbols = { "" = "not_collected",', 'symbols = { "" = "not_applicable",'
    )
    lines = ["id;jahr;kinder", "01;1974;10", "02;1974;20", "03;1974;", "01;1975;10", "03;1975;5"]
    for head, sums in ((dialect, {"1974": 30.0}), (HEAD, {})):
        town = import_delivery(tmp_path, lines, head=head)
        values = with_parents(town)
        of_city = values[(values["level"] == "stadt") & values["value"].notna()]
        assert dict(zip(of_city["period"], of_city["value"], strict=True)) == sums


def test_headers_joint_in_early_years_are_read_as_the_guide_says(tmp_path):
    text = GUIDE.read_text(encoding="utf-8").split("## Districts counted together")[1]
    blocks = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    group = blocks[0].replace("stadtteile", "viertel").replace('"2022"', '"1"')
    group = group.replace('"71", "72"', '"01", "02"')
    joint, rest = re.findall(r"^where_matches = .*$", blocks[2], re.MULTILINE)
    early, check = re.findall(r"columns = '\(\?P<area>.*?\)'", text)
    early = early.replace("Jahr", "jahr")
    rekey = 'rekey = { "{}" = "Moorburg und Altenwerder" }'
    usual = TABLE[: TABLE.index("[table.area]")]
    measure = '[table.area]\nby = "name"\n[table.period]\ncolumn = "jahr"\n'
    measure += '[[table.measure]]\nindicator = "kinder"\n'
    tables = (
        f"{joint}\n{rekey.replace('{}', 'Moorburg')}\n{measure}{early}\n",
        f'{joint}\nrole = "check"\n{rekey.replace("{}", "Altenwerder")}\n{measure}{check}\n',
        f"{rest}\n{measure}columns = '(?P<area>(?!jahr$).+)'\n",
    )
    areas = ("01", "Moorburg"), ("02", "Altenwerder"), ("03", "Neuland")
    named = "\n".join(f'[[level.area]]\nid = "{a}"\nname = "{n}"' for a, n in areas) + "\n"
    layer = HEAD[HEAD.index("[level.layer]") : HEAD.index("[[level.parent]]")]
    head = HEAD.replace(layer, named) + group
    lines = ["jahr;Moorburg;Altenwerder;Neuland", "1993;33;33;7", "1994;21;12;7", "2024;20;10;5"]

    town = import_delivery(tmp_path, lines, head=head, table="".join(usual + one for one in tables))

    found = numbers(town, "kinder")
    assert (found["01-02", "1993"], found["01", "1994"], found["02", "2024"]) == (33, 21, 10)
    values = with_parents(town)
    of_city = values[(values["level"] == "stadt") & (values["indicator"] == "kinder")]
    sums = dict(zip(of_city["period"], of_city["value"], strict=True))
    assert sums == {"1993": 40, "1994": 40, "2024": 35}
    assert "check_differs" not in codes(town.findings)


@pytest.mark.parametrize("key", ["id", "name"])
def test_an_unknown_column_of_the_map_is_answered_with_those_there_are(tmp_path, key):
    written = {"id": 'id = "key"', "name": 'name = "name"'}[key]
    head = HEAD.replace(f"{written}\n", f'{key} = "weiß nicht"\n', 1)
    found = refused_findings(tmp_path, ["id;jahr;kinder", "01;2024;3"], head=head)
    assert the(found, "column_missing").params["columns"] == "key, name"


def test_a_place_counted_with_its_neighbour_is_told_as_a_break_of_the_series(tmp_path):
    text = GUIDE.read_text(encoding="utf-8").split("## Missing is not zero")[1].split("\n## ")[0]
    _, told = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    head = HEAD.replace('[[indicator]]\nid = "arme"', f'{told}[[indicator]]\nid = "arme"')
    town = import_delivery(tmp_path, ["id;jahr;kinder", "01;2024;3"], head=head)
    (kinder,) = [i for i in town.catalogue.indicators if i.id == "kinder"]
    (one,) = kinder.series_breaks
    assert (one.period, one.kind) == ("1961", "boundary")
