"""A small town to which each prepared file is delivered in place of a good one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.badfiles.case import Case, Town
from tests.badfiles.collected import ARMS, STREETS, TABLES

GOOD_TABLE = "Schlüssel;Name;Wert\n01;Altstadt;14,8\n02;Südstadt;7\n"
SUFFIX = {
    "csv": "csv",
    "xlsx": "xlsx",
    "geojson": "geojson",
    "geojsonseq": "geojsonl",
    "topojson": "topojson",
    "geopackage": "gpkg",
    "shapefile": "zip",
    "arms": "png",
    "streets": "csv",
}
_STEM = {"csv": "werte", "xlsx": "werte", "arms": "wappen", "streets": "strassen"}
ATTRIBUTES = {"shapefile": ("ID", "NAME"), "geopackage": ("id", "id")}
COLUMNS = {"csv": ("Schlüssel", "Wert"), "xlsx": ("id", "Wert")}

_HEAD = """schema = 1
[town]
id = "kleinstadt"
name = "Kleinstadt"
[[source]]
id = "amt"
office = "Amt"
title = "Bericht"
date = "2024"
licence = "CC0 1.0"
[[theme]]
id = "thema"
name = { de = "Thema", en = "Theme" }
[[level]]
id = "stadt"
vintage = "1"
name = "Stadt"
kind = "city"
order = 10
"""


def put(case: Case, form: str, folder: Path) -> Path:
    """Write the delivery of a case; return the path of the recipe.

    The builder of a case may name ``path.parent.parent / "canary.txt"``: a file outside of the
    delivery, which no import may open.
    """
    town = case.town
    file = town.file or f"{_STEM.get(form, 'karte')}.{SUFFIX[form]}"
    case.build(folder / file)
    if form in ARMS:
        recipe = good(folder)
        text = recipe.read_text(encoding="utf-8")
        text = text.replace("[town]\n", f"[town]\n{lines({'arms': file})}", 1)
    elif form in STREETS:
        answers = {"file": file, "encoding": "utf-8", "separator": ";", **case.spec}
        text = good(folder).read_text(encoding="utf-8") + f"[[gazetteer]]\n{lines(answers)}"
    elif form in TABLES:
        write_map(folder / "viertel.geojson", town.areas)
        layer = _level({"file": "viertel.geojson", "format": "geojson", "id": "id", "name": "name"})
        table = {"file": file, "format": form, **case.spec}
        text = _HEAD + _dialect(town) + layer + _indicator(town)
        text += _table(table, town, COLUMNS[form])
    else:
        (folder / "werte.csv").write_text(GOOD_TABLE, encoding="utf-8")
        names = ATTRIBUTES.get(form, ("id", "name"))
        attributes = {"id": town.id or names[0], "name": town.name or names[1]}
        layer = _level({"file": file, "format": form, **attributes, **case.spec})
        text = _HEAD + _dialect(town) + layer + _indicator(town) + _CITY_TABLE
    recipe = folder / "town.toml"
    recipe.write_text(text + town.town, encoding="utf-8")
    return recipe


def good(folder: Path) -> Path:
    """Write a delivery without any fault; return the path of the recipe."""
    case = Case("good", lambda path: path.write_text(GOOD_TABLE, "utf-8") and None, "taken")
    return put(case, "csv", folder)


def write_map(path: Path, areas: tuple[str, ...]) -> None:
    """Write squares in a row, one for each key."""
    features = []
    for i, key in enumerate(areas):
        west, east, south, north = 9.4 + i / 100, 9.41 + i / 100, 54.7, 54.71
        ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        features.append(
            {
                "type": "Feature",
                "properties": {"id": key, "name": f"Viertel {key}"},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        )
    layer = {"type": "FeatureCollection", "features": features}
    path.write_text(json.dumps(layer), encoding="utf-8")


def lines(answers: Mapping[str, Any]) -> str:
    """Write answers of a recipe as TOML."""
    return "".join(f"{key} = {_toml(value)}\n" for key, value in answers.items())


def _toml(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_toml(k)} = {_toml(v)}" for k, v in value.items()) + " }"
    if isinstance(value, (tuple, list)):
        return "[" + ", ".join(_toml(one) for one in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def _dialect(town: Town) -> str:
    settings = town.dialect or 'decimal = ","\nthousands = "."\n'
    return f'[[dialect]]\nid = "amt"\n{settings}'


def _level(layer: Mapping[str, Any]) -> str:
    level = {"id": "viertel", "vintage": "1", "name": "Viertel", "order": 20}
    return (
        f"[[level]]\n{lines(level)}[level.layer]\n{lines(layer)}"
        '[[level.parent]]\nlevel = "stadt"\nconstant = "kleinstadt"\n'
    )


def _indicator(town: Town) -> str:
    usual = 'kind = "index"\nunit = "Punkte"\naggregation = "none"\ndisclosure = "none"\n'
    return (
        '[[indicator]]\nid = "wert"\nname = "Wert"\ntheme = "thema"\ndefinition = "Was zählt."\n'
        'polarity = "none"\nsource = "amt"\ndecimals = 1\ninterval = "none"\ndialect = "amt"\n'
        + (town.indicator or usual)
    )


def _table(table: Mapping[str, Any], town: Town, columns: tuple[str, str]) -> str:
    period = {"column": town.period} if town.period else {"constant": "2020"}
    return (
        f'[[table]]\nlevel = "viertel"\nvintage = "1"\n{lines(table)}{town.table}'
        f"[table.area]\n{lines({'column': town.area or columns[0], **town.keys})}"
        f"[table.period]\n{lines(period)}"
        f'[[table.measure]]\nindicator = "wert"\n{lines({"column": town.value or columns[1]})}'
        f"{town.measure}"
    )


_CITY_TABLE = """[[table]]
file = "werte.csv"
encoding = "utf-8"
separator = ";"
level = "stadt"
vintage = "1"
where = { "Schlüssel" = "01" }
[table.area]
constant = "kleinstadt"
[table.period]
constant = "2020"
[[table.measure]]
indicator = "wert"
column = "Wert"
"""
