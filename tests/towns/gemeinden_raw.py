"""The Gemeinden reckoned from their raw files: no recipe and nothing of the importer is used."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import geopandas as gpd
import openpyxl

TOWNS = os.environ.get("KECK_TOWNS_DIR", "")
FOLDER = Path(TOWNS) / "germany-gemeinden"

CENSUS_FILE = "derived/zensus2022_gemeinden.csv"
MIDDLE_FILE = "derived/bevoelkerung_gemeinden_2013_2017_2021.csv"
BOOKS = {
    "2013": ("raw/31122013_Auszug_GV.xlsx", "Gemeindedaten"),
    "2021": ("raw/31122021_Auszug_GV.xlsx", "Onlineprodukt_Gemeinden"),
}
GEMEINDE = "60"
"""The kind of line (Satzart) that speaks of one Gemeinde."""

CENSUS = {
    "einwohner-zensus": "population", "unter-18": "share_under18", "alter-18-29": "share_18to29",
    "alter-30-49": "share_30to49", "alter-50-64": "share_50to64", "alter-65-plus": "share_65plus",
    "auslaendisch": "share_foreign", "einwanderungsgeschichte": "share_migration_bg",
    "haushaltsgroesse": "avg_household_size", "ein-zwei-familienhaeuser": "share_single_family",
    "wohnungen": "total_dwellings", "leerstand": "vacancy_rate",
    "eigentuemerquote": "share_owner_occupied", "miete": "avg_rent_per_m2",
}  # fmt: skip
FEW_PERSONS, FEW_CASES = 30, 10
"""A share of fewer is shown as one of limited reliability."""

YEARS = ("2013", "2017", "2021")
REGISTER = ("einwohner", "flaeche", "frauenanteil", "einwohnerdichte")
SERIES = (
    *((name, "2022") for name in CENSUS),
    *((name, year) for name in REGISTER for year in YEARS),
)
"""Indicator and period."""


@dataclass(frozen=True)
class Gemeinde:
    """A line of the register: square kilometres and persons."""

    area: float
    residents: int
    women: int


@dataclass(frozen=True)
class Expected:
    """What a cell must hold."""

    state: str
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None


class RawGemeinden:
    """The files by key."""

    @cached_property
    def polygons(self) -> list[str]:
        """The keys of the map."""
        frame = gpd.read_file(FOLDER / "raw" / "VG5000_GEM_gk3.zip", columns=["AGS"])
        return [str(key) for key in frame["AGS"]]

    @cached_property
    def census(self) -> dict[str, dict[str, str]]:
        """The lines of the census as text by key."""
        with (FOLDER / CENSUS_FILE).open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        found = {row["ags"]: row for row in rows}
        assert len(found) == len(rows)
        return found

    @cached_property
    def lines(self) -> dict[str, list[tuple[str, Gemeinde]]]:
        """The lines of the register by year, keys that stand several times among them."""
        return {"2017": list(_middle()), **{year: list(_book(year)) for year in BOOKS}}

    @cached_property
    def register(self) -> dict[str, dict[str, Gemeinde]]:
        """The lines of the register by year and key."""
        return {year: dict(lines) for year, lines in self.lines.items()}

    def expected(self, indicator: str, period: str, area: str) -> Expected | None:
        """Return what must stand in a cell, None where the files have no line for it."""
        if indicator in CENSUS:
            row = self.census.get(area)
            if row is None:
                return None
            text = row[f"{CENSUS[indicator]}_census22"]
            return Expected("ok", float(text)) if text else Expected("suppressed")
        line = self.register[period].get(area)
        return None if line is None else _of_register(indicator, line)


def _of_register(indicator: str, line: Gemeinde) -> Expected:
    if indicator == "einwohner":
        return Expected("ok", line.residents)
    if indicator == "flaeche":
        return Expected("ok", line.area)
    if indicator == "einwohnerdichte":
        return Expected("ok", line.residents / line.area, line.residents, line.area)
    if not line.residents:
        return Expected("not_applicable")
    is_weak = line.residents < FEW_PERSONS or line.women < FEW_CASES
    state = "limited" if is_weak else "ok"
    return Expected(state, 100 * line.women / line.residents, line.women, line.residents)


def _middle() -> Iterator[tuple[str, Gemeinde]]:
    with (FOLDER / MIDDLE_FILE).open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["jahr"] == "2017":
                persons = int(row["bevoelkerung"]), int(row["weiblich"])
                yield row["ags"], Gemeinde(float(row["flaeche_km2"]), *persons)


def _book(year: str) -> Iterator[tuple[str, Gemeinde]]:
    """Yield the Gemeinden of a workbook: its columns by letter, as one sees them in Excel."""
    file, sheet = BOOKS[year]
    book = openpyxl.load_workbook(FOLDER / file, read_only=True, data_only=True)
    for row in book[sheet].iter_rows(values_only=True):
        if row[0] == GEMEINDE:
            land, region, kreis, _, gemeinde, _, area, residents, _, women = row[2:12]
            yield f"{land}{region}{kreis}{gemeinde}", Gemeinde(area, residents, women)
    book.close()
