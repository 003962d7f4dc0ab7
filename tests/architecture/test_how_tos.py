"""The how-tos are tried as printed."""

import re

from data.importing.assemble import assemble
from data.importing.recipe import load_recipe
from tests.architecture.sources import ROOT

AROUND = """
schema = 1
[town]
id = "stadt"
name = "Stadt"
[[source]]
id = "einwohnerregister"
office = "Stadt"
title = "Register"
date = "2024-01-31"
licence = "CC0 1.0"
[[theme]]
id = "soziale-lage"
name = "Soziale Lage"
[[level]]
id = "stadtteile"
vintage = "2021"
name = "Stadtteile"
kind = "areas"
[level.layer]
file = "stadtteile.geojson"
format = "geojson"
id = "NR"
name = "NAME"
"""
LAYER = """{"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"NR": "01", "NAME": "Alt"}, "geometry": {"type": "Polygon",
 "coordinates": [[[9.40, 54.78], [9.42, 54.78], [9.42, 54.80], [9.40, 54.80], [9.40, 54.78]]]}},
{"type": "Feature", "properties": {"NR": "02", "NAME": "Nord"}, "geometry": {"type": "Polygon",
 "coordinates": [[[9.42, 54.78], [9.44, 54.78], [9.44, 54.80], [9.42, 54.80], [9.42, 54.78]]]}}]}"""


def test_the_indicator_of_the_guide_is_imported_with_its_hidden_cell(tmp_path):
    guide = (ROOT / "docs/add-an-indicator.md").read_text(encoding="utf-8")
    table, *recipe = re.findall(r"```(?:toml)?\n(.*?)```", guide, re.DOTALL)[:3]
    (tmp_path / "kinder.csv").write_text(table, encoding="utf-8")
    (tmp_path / "stadtteile.geojson").write_text(LAYER, encoding="utf-8")
    (tmp_path / "town.toml").write_text(AROUND + "".join(recipe), encoding="utf-8")

    town = assemble(load_recipe(tmp_path / "town.toml"), tmp_path, lambda *_: None)

    cells = town.values.set_index(["area", "period"])
    assert cells.loc[("01", "2023"), "value"] == 100 * 311 / 1402
    assert cells.loc[("02", "2023"), "state"] == "suppressed"
    assert len(cells) == 2
