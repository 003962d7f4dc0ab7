"""A synthetic town as files: the same files feed the product's import and every rival.

Every indicator has a file of its own, because an import refuses a file of two million rows.
"""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from benchmarks.towns import INDICATORS

LEVEL = "gebiete"
GEOMETRY, RECIPE = "areas.geojson", "town.toml"

_HEAD = f"""schema = 1
[town]
id = "benchmark"
name = "Prüfstadt"
fictional = true
licence = "CC0 1.0"
[[source]]
id = "benchmark"
office = "Benchmark"
title = "Benchmark"
date = "2026-01-01"
licence = "CC0 1.0"
[[theme]]
id = "thema"
name = "Thema"
[[level]]
id = "{LEVEL}"
vintage = "2010"
name = {{ de = "Gebiete", en = "areas" }}
kind = "areas"
order = 20
[level.layer]
file = "{GEOMETRY}"
format = "geojson"
crs = "EPSG:4326"
id = "area_id"
name = "name"
[indicator_defaults]
theme = "thema"
kind = "share"
numerator_text = "Kinder mit Merkmal"
denominator_text = "Kinder"
unit = "% der Kinder"
multiplier = 100
decimals = 1
polarity = "high_burden"
context_note = "Die Zahlen sind erfunden und messen nur die Schnelligkeit."
time_reference = "stichtag"
time_reference_text = "31.12."
source = "benchmark"
interval = "wilson"
aggregation = "sum_parts"
disclosure = "none"
"""
_TABLE = f"""[[table]]
file = "{{file}}"
format = "csv"
encoding = "utf-8"
separator = ","
level = "{LEVEL}"
vintage = "2010"
[table.area]
column = "area"
by = "id"
[table.period]
column = "year"
[[table.measure]]
indicator = "{{indicator}}"
role = "numerator"
column = "numerator"
[[table.measure]]
indicator = "{{indicator}}"
role = "denominator"
column = "denominator"
"""


def write_town(folder: Path, areas: gpd.GeoDataFrame, values: pd.DataFrame) -> Path:
    """Write geometry, values and recipe of a town; return the recipe."""
    folder.mkdir(parents=True, exist_ok=True)
    geometry = json.dumps(_features(areas), separators=(",", ":"))
    (folder / GEOMETRY).write_text(geometry, encoding="utf-8")
    for indicator, rows in values.groupby("indicator"):
        rows.drop(columns="indicator").to_csv(folder / values_file(str(indicator)), index=False)
    recipe = folder / RECIPE
    recipe.write_text(recipe_text(), encoding="utf-8")
    return recipe


def values_file(indicator: str) -> str:
    """Return the name of the file with the values of an indicator."""
    return f"{indicator}.csv"


def recipe_text() -> str:
    """Return the recipe by which the product imports the town."""
    parts = [_HEAD]
    parts += [
        f'[[indicator]]\nid = "{indicator}"\nname = "Indikator {indicator}"\n'
        f'short_name = "Indikator {indicator}"\ndefinition = "Anteil der Kinder."\n'
        for indicator in INDICATORS
    ]
    parts += [_TABLE.format(file=values_file(k), indicator=k) for k in INDICATORS]
    return "".join(parts)


def _features(areas: gpd.GeoDataFrame) -> dict[str, object]:
    # d3 fills the outside of a ring that runs the other way round than GeoJSON's own rule
    shapes = [shapely.geometry.polygon.orient(shape, -1.0) for shape in areas.geometry]
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": area_id,
                "properties": {"area_id": area_id, "name": name},
                "geometry": shapely.geometry.mapping(shape),
            }
            for area_id, name, shape in zip(areas["area_id"], areas["name"], shapes, strict=True)
        ],
    }
