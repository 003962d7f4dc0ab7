"""The 401 Kreise reckoned from their raw files: no recipe and nothing of the importer is used."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd
from fastparquet import ParquetFile

TOWNS = os.environ.get("KECK_TOWNS_DIR", "")
FOLDER = Path(TOWNS) / "germany-kreise"
RECIPE = Path(__file__).parents[2] / "examples" / "germany-kreise" / "town.toml"

INKAR_FILE = "derived/inkar_county_covariates_1995_2022.csv"
TAX_FILE = "raw/regionalstatistik_73111-01-01-4_steuern_latin1.csv"
PARQUET = "raw/elterngeld_dauer.parquet"
ELTERNGELD_FILE = "derived/elterngeld_dauer.csv"
MAPS = ("raw/VG5000_KRS_gk3.zip", "raw/VG5000_LAN_gk3.zip")

EISENACH = "16056"
CITY_STATES = {"02000", "04011", "04012", "11000"}
LAND_OF_CITY = {"02000": "02", "11000": "11"}
"""Kreise that stand in the tax table under the key of their Land."""

INKAR = {
    "anteil-ab-65": "share_65plus", "mittleres-alter": "median_age",
    "anteil-auslaendisch": "share_foreign", "anteil-frauen": "share_female",
    "bip": "gdp_per_capita", "primaerer-sektor": "share_primary_sector",
    "sekundaerer-sektor": "share_secondary_sector", "tertiaerer-sektor": "share_tertiary_sector",
    "kleinstbetriebe": "share_micro_enterprises", "grossbetriebe": "share_large_enterprises",
    "arbeitslosenquote": "unemployment_rate", "langzeitarbeitslose": "share_longterm_unemployed",
    "jugendarbeitslosigkeit": "youth_unemployment_rate", "abitur": "share_abitur",
    "ohne-schulabschluss": "share_no_degree", "studierende": "students_per_100",
    "auszubildende": "apprentices_per_100", "kaufkraft": "purchasing_power",
    "niedriges-einkommen": "share_low_income_hh", "aerztedichte": "physician_density",
    "krankenhausbetten": "hospital_beds_per_capita", "hausaerztedichte": "gp_density",
    "betreuung-unter-3": "childcare_under3", "betreuung-3-bis-6": "childcare_3to6",
    "baugenehmigungen": "building_permits_per_capita", "angebotsmieten": "rent_level",
    "wohnflaeche": "living_space_per_capita", "pkw": "cars_per_capita",
    "kommunale-schulden": "municipal_debt_per_capita", "steuerkraft": "tax_revenue_per_capita",
}  # fmt: skip
NOT_MEANT = {"kaufkraft": "0.0", "steuerkraft": "0.0", "pkw": "-0.01"}
"""What stands in the file where there is no figure."""

MONTHS = "elterngeld-dauer"
SPLIT = {
    "total": ("Insgesamt", "Insgesamt"),
    "mit-plus": ("Insgesamt", "Mit Elterngeld Plus"),
    "ohne-plus": ("Insgesamt", "Ohne Elterngeld Plus"),
    "maenner": ("männlich", "Insgesamt"),
    "maenner-mit-plus": ("männlich", "Mit Elterngeld Plus"),
    "maenner-ohne-plus": ("männlich", "Ohne Elterngeld Plus"),
    "frauen": ("weiblich", "Insgesamt"),
    "frauen-mit-plus": ("weiblich", "Mit Elterngeld Plus"),
    "frauen-ohne-plus": ("weiblich", "Ohne Elterngeld Plus"),
}

TAX = {"steuerpflichtige": 0, "gesamtbetrag-der-einkuenfte": 1, "einkommensteuer": 2}
TAX_PARTS = {"einkuenfte-je-steuerpflichtigen": (1, 0, 1.0), "steuerquote": (2, 1, 100.0)}
"""Columns above and below the line, and the multiplier."""

YEARS_OF_MONTHS = [str(year) for year in range(2016, 2024)]
YEARS_OF_TAX = [str(year) for year in range(2013, 2020)]

SERIES = (
    *((name, "total", "kreise") for name in INKAR),
    *((MONTHS, category, "kreise") for category in SPLIT),
    *((n, "total", x) for n in (*TAX, *TAX_PARTS) for x in ("kreise", "laender", "bund")),
)
"""Indicator, category, level."""

TaxRow = tuple[str, str, str]


@dataclass(frozen=True)
class Expected:
    """What a cell must hold."""

    state: str
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None


def prepared(folder: Path) -> Path:
    """Copy what the recipe reads and write the CSV it asks for, as its comment says."""
    for name in (INKAR_FILE, TAX_FILE, *MAPS):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(FOLDER / name, folder / name)
    months().to_csv(folder / ELTERNGELD_FILE, index=False)
    return folder


def months() -> pd.DataFrame:
    """Read the Parquet of parental benefit, 26,692 rows."""
    with (FOLDER / PARQUET).open("rb") as stream:
        return ParquetFile(stream).to_pandas()


def tax_rows() -> Iterator[tuple[str, str, TaxRow]]:
    """Yield year, key and the three figures of every row of the tax table, as written."""
    text = (FOLDER / TAX_FILE).read_bytes().decode("latin-1")
    for line in text.partition("__________")[0].splitlines():
        cells = line.split(";")
        if cells[0].isdecimal():
            year, key, _name, *figures = cells
            yield year, key, (figures[0], figures[1], figures[2])


class RawKreise:
    """The three tables by key."""

    @cached_property
    def inkar(self) -> dict[tuple[str, str], dict[str, str]]:
        """The rows of INKAR as text by Kreis and year."""
        frame = pd.read_csv(FOLDER / INKAR_FILE, dtype="str", keep_default_na=False)
        rows = frame.to_dict("records")
        found = {(row["county_code"], row["year"]): row for row in rows}
        assert len(found) == len(rows)
        return found

    @cached_property
    def months(self) -> dict[tuple[str, ...], float]:
        """Months by Kreis, year, sex and ElterngeldPlus."""
        found = months()
        keys = zip(found["ags"], found["jahr"], found["fm"], found["egplus"], strict=True)
        cells = zip(keys, found["monate"], strict=True)
        return {(a[:5], str(year), sex, plus): float(n) for (a, year, sex, plus), n in cells}

    @cached_property
    def tax(self) -> dict[tuple[str, str], TaxRow]:
        """The three figures by year and key."""
        return {(year, key): row for year, key, row in tax_rows()}

    @cached_property
    def kreise(self) -> list[str]:
        """The 400 Kreise of INKAR and Eisenach."""
        return sorted({*(area for area, _ in self.inkar), EISENACH})

    def areas(self, level: str) -> list[str]:
        """Return the keys of a level, DG for Germany."""
        lands = sorted({key[:2] for key in self.kreise})
        return {"kreise": self.kreise, "laender": lands, "bund": ["DG"]}[level]

    def periods(self, indicator: str) -> list[str]:
        """Return the years from the first to the last figure of an indicator."""
        if indicator not in INKAR:
            return YEARS_OF_MONTHS if indicator == MONTHS else YEARS_OF_TAX
        column = INKAR[indicator]
        years = {int(year) for (_, year), row in self.inkar.items() if row[column]}
        return [str(year) for year in range(min(years), max(years) + 1)]

    def expected(self, indicator: str, category: str, period: str, area: str) -> Expected:
        """Return what must stand in a cell."""
        if indicator in INKAR:
            return self._inkar(indicator, period, area)
        if indicator == MONTHS:
            number = self.months.get((area, period, *SPLIT[category]))
            return Expected("not_collected") if number is None else Expected("ok", number)
        return self._tax(indicator, self.tax[(period, LAND_OF_CITY.get(area, area))])

    def _inkar(self, indicator: str, period: str, area: str) -> Expected:
        if area == EISENACH:
            return Expected("not_collected")
        text = self.inkar[(area, period)][INKAR[indicator]]
        if text in ("", NOT_MEANT.get(indicator)):
            return Expected("not_collected")
        if indicator == "kommunale-schulden" and area in CITY_STATES:
            return Expected("not_applicable")
        return Expected("ok", float(text))

    def _tax(self, indicator: str, row: TaxRow) -> Expected:
        if "-" in row:
            return Expected("not_applicable")
        if indicator in TAX:
            return Expected("ok", float(row[TAX[indicator]]))
        above, below, multiplier = TAX_PARTS[indicator]
        top, bottom = float(row[above]), float(row[below])
        return Expected("ok", multiplier * top / bottom, top, bottom)
