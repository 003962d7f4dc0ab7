"""The odd files reckoned straight from their cells: nothing of the importer is used.

Every function returns what the API must hold by indicator, category, period, level and key.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import openpyxl

from tests.towns.served import ROOT

RECIPES = ROOT / "examples" / "odd-files"
BOOK = "awkward/destatis_04-kreise.xlsx"
GENESIS = "awkward/genesis_11111-01-01-4_gebietsflaeche_latin1.csv"
LAND_USE = "awkward/it-nrw_33111-02ir_flaechennutzung_koeln.csv"
FACE = "awkward/libpysal_Polygon_Holes.zip"
LEGACY = "awkward/it-nrw_13211-03ir_arbeitslose_koeln.xls"

Key = tuple[str, str, str, str, str]
"""Indicator, category, period, level, key of the area."""

Values = dict[Key, float]

CITIES = {"02": "02000", "11": "11000"}
"""Länder that are one Kreis."""

COUNTRY = "deutschland-flaeche"

USES = [
    ("bodenflaeche", "total"), ("gebaeude-und-freiflaeche", "total"),
    ("gebaeude-und-freiflaeche", "wohnen"), ("gebaeude-und-freiflaeche", "gewerbe"),
    ("betriebsflaeche", "total"), ("betriebsflaeche", "abbauland"),
    ("erholungsflaeche", "total"), ("erholungsflaeche", "gruenanlage"),
    ("verkehrsflaeche", "total"), ("verkehrsflaeche", "strasse"), ("verkehrsflaeche", "weg"),
    ("verkehrsflaeche", "platz"), ("landwirtschaft", "total"), ("landwirtschaft", "moor"),
    ("landwirtschaft", "heide"), ("wald", "total"), ("wasser", "total"),
    ("andere-nutzung", "total"), ("andere-nutzung", "friedhof"), ("andere-nutzung", "unland"),
    ("siedlung-und-verkehr", "total"),
]  # fmt: skip
"""The 21 columns of the land use of Köln, from left to right."""


def book_values(towns: Path) -> Values:
    """Read the workbook of Destatis by its letters: A key, B and C names, E area, F to H persons.

    A Land closes with a row "Insgesamt" without a key; the heading above it holds the key.
    """
    book = openpyxl.load_workbook(towns / BOOK, data_only=True)
    found: Values = {}
    heading = ""
    for row in book["Kreisfreie Städte u. Landkreise"].iter_rows(min_row=8, values_only=True):
        key, first, second = (str(cell or "") for cell in row[:3])
        if len(key) == len("01"):
            heading = key
        if len(key) == len("01001"):
            found |= _of_row("kreise", key, row)
        if key in CITIES.values():
            found |= _of_row("laender", heading, row)
        if second == "Insgesamt":
            is_country = first == "Deutschland"
            found |= _of_row(*(("bund", COUNTRY) if is_country else ("laender", heading)), row)
    return found


def _of_row(level: str, area: str, row: tuple[object, ...]) -> Values:
    size, persons, male, female = (float(str(cell)) for cell in row[4:8])
    numbers = {
        ("einwohner", "total"): persons, ("einwohner", "maennlich"): male,
        ("einwohner", "weiblich"): female, ("flaeche", "total"): size,
        ("einwohnerdichte", "total"): persons / size,
    }  # fmt: skip
    return {(*name, "2018", level, area): number for name, number in numbers.items()}


def genesis_lines(towns: Path) -> dict[str, str]:
    """Return the area as written by key, of every line with a day."""
    text = (towns / GENESIS).read_bytes().decode("latin-1")
    cells = (line.split(";") for line in text.splitlines() if line.startswith("31.12.2018;"))
    return {key: size for _, key, _, size in cells}


def genesis_values(towns: Path) -> Values:
    """Return the areas of the GENESIS file; Hamburg and Berlin are Land and Kreis in one."""
    lines = {k: v for k, v in genesis_lines(towns).items() if v != "-"}
    found: Values = {}
    for key, text in lines.items():
        levels = {"DG": ["bund"]}.get(key, {2: ["laender"], 5: ["kreise"]}.get(len(key), []))
        for level in levels + (["kreise"] if key in CITIES else []):
            area = COUNTRY if key == "DG" else CITIES.get(key, key) if level == "kreise" else key
            found["gebietsflaeche", "total", "2018", level, area] = float(text.replace(",", "."))
    return found


def land_use_rows(towns: Path) -> Iterator[list[str]]:
    """Yield year and 21 cells of every line with a day."""
    text = (towns / LAND_USE).read_bytes().decode("latin-1")
    for cells in csv.reader(io.StringIO(text, newline=""), delimiter=";"):
        if cells and cells[0].startswith("31.12."):
            yield [cells[0][-4:], *cells[1:]]


def land_use_values(towns: Path) -> Values:
    """Return the land use of Köln in hectares; "-" is nothing at all, which is zero."""
    return {
        (*use, year, "stadt", "koeln-flaechen"): 0.0 if cell == "-" else int(cell) / 100
        for year, *cells in land_use_rows(towns)
        for use, cell in zip(USES, cells, strict=True)
    }


def face_values(towns: Path) -> Values:
    """Return the attributes of the face as another library reads them."""
    frame = gpd.read_file(towns / FACE)
    names = {"ganzzahl": "IValue", "kommazahl": "FValue"}
    return {
        (indicator, "total", "2026", "teile", area): float(number)
        for indicator, column in names.items()
        for area, number in zip(frame["Name"], frame[column], strict=True)
    }
