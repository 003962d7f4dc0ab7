"""What Berlin's raw files say, read here by themselves and never through the importer."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

TOWNS = os.environ.get("KECK_TOWNS_DIR", "")
FOLDER = Path(TOWNS) / "berlin"
ROOT = Path(__file__).parents[2]
RECIPE = ROOT / "examples" / "berlin" / "town.toml"
MSS_FILE = "mss/berlin-lor-monitoring-social-urban-development-{}-00-{}.csv"
RESIDENTS_FILE = "population/berlin-lor-population-{}-02-{}-{}.csv"

KINDS = {
    "planungsraeume": "planning-areas",
    "bezirksregionen": "district-regions",
    "bezirke": "districts",
}
GSSA_FILES = {
    "planungsraeume": ("planungsraeume", "plrID"),
    "bezirksregionen": ("bezirksregionen", "bzrID"),
    "bezirke": ("bezirke", "bezID"),
}
S4 = "s4_percentage_transfer_payments_recipients_below_15_years"
D4 = "d4_percentage_transfer_payments_recipients_below_15_years"

# What each indicator is in the source, written down here once more and not taken from the recipe.
MSS = {
    "arbeitslosigkeit": "s1", "langzeitarbeitslosigkeit": "s2", "transferbezug": "s3",
    "kinderarmut": "s4", "veraenderung-arbeitslosigkeit": "d1",
    "veraenderung-langzeitarbeitslosigkeit": "d2", "veraenderung-transferbezug": "d3",
    "veraenderung-kinderarmut": "d4", "jugendarbeitslosigkeit": "k01", "alleinerziehende": "k02",
    "altersarmut": "k03", "kinder-migrationshintergrund": "k04",
    "mss-migrationshintergrund": "k05", "mss-auslaendisch": "k16",
    "veraenderung-auslaendisch": "k06", "nicht-eu": "k17", "transferbezug-auslaendisch": "k07",
    "staedtische-wohnungen": "k08", "einfache-wohnlage": "k09", "wohndauer": "k10",
    "wanderungsvolumen": "k11", "wanderungssaldo": "k12", "wanderungssaldo-unter-6": "k13",
}  # fmt: skip
GSSA = {
    "gesix": "GESIx", "esix": "ESIx", "gssa-erwerbsleben": "DI", "gssa-soziale-lage": "DII",
    "gssa-gesundheit": "DIII",
}  # fmt: skip
U6, U15, U18 = "inhabitants_age_below_6", "inhabitants_age_6_15", "inhabitants_age_15_18"
COUNTS = {
    ("einwohner", "total"): "inhabitants",
    ("einwohner", "unter-6"): U6,
    ("einwohner", "6-bis-14"): U15,
    ("einwohner", "15-bis-17"): U18,
    ("einwohner", "18-bis-26"): "inhabitants_age_18_27",
    ("einwohner", "27-bis-44"): "inhabitants_age_27_45",
    ("einwohner", "45-bis-54"): "inhabitants_age_45_55",
    ("einwohner", "55-bis-64"): "inhabitants_age_55_65",
    ("einwohner", "ab-65"): "inhabitants_age_above_65",
    ("kinder-unter-6", "total"): U6,
    ("kinder-6-bis-14", "total"): U15,
    ("jugendliche-15-bis-17", "total"): U18,
    ("menschen-ab-65", "total"): "inhabitants_age_above_65",
}
SHARES = {
    "anteil-unter-6": ("t2", (U6,)),
    "anteil-6-bis-14": ("t2", (U15,)),
    "anteil-15-bis-17": ("t2", (U18,)),
    "anteil-unter-18": ("t2", (U6, U15, U18)),
    "anteil-ab-65": ("t2", ("inhabitants_age_above_65",)),
    "anteil-frauen": ("t2", ("inhabitants_female",)),
    "anteil-auslaendisch": ("t2", ("inhabitants_foreigners",)),
    "anteil-migrationshintergrund": ("t1", ("inhabitants_with_migration_background",)),
    "anteil-deutsch-migration": ("t1", ("inhabitants_germans_with_migration_background",)),
}


@dataclass(frozen=True)
class Query:
    """One request of the API."""

    indicator: str
    category: str
    level: str
    vintage: str
    period: str


@dataclass(frozen=True)
class Expected:
    """What one area must be answered."""

    state: str
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None


MISSING = Expected("not_collected")


@cache
def table(path: str, key: str = "id") -> dict[str, dict[str, str]]:
    """Rows by key; of a header that stands twice the first column counts."""
    with (FOLDER / "raw" / path).open(encoding="utf-8", newline="") as stream:
        head, *rows = list(csv.reader(stream))
    first = [head.index(name) == i for i, name in enumerate(head)]
    read = [{h: c for h, c, f in zip(head, row, first, strict=True) if f} for row in rows]
    return {row[key]: row for row in read}


def mss(query: Query, area: str) -> Expected:
    row = table(MSS_FILE.format(query.period, KINDS[query.level])).get(area)
    if row is None:
        return MISSING
    code = MSS[query.indicator]
    text = next(cell for name, cell in row.items() if name.startswith(f"{code}_"))
    is_filled_with_zeros = query.level == "bezirksregionen" and all(
        cell in {"0.0", "-"} for name, cell in row.items() if name != "id"
    )
    is_no_change = code == "d4" and row[S4] == row[D4] == "0"
    if text in {"", "-"} or is_filled_with_zeros or is_no_change:
        return MISSING
    return Expected("ok", float(text))


def gssa(query: Query, area: str) -> Expected:
    name, key = GSSA_FILES[query.level]
    text = table(f"gssa/gssa_2022_{name}.csv", key)[area][f"{GSSA[query.indicator]}_{query.period}"]
    return Expected("ok", float(text)) if text else MISSING


def residents(query: Query, area: str, sheet: str, columns: tuple[str, ...]) -> int | None:
    """Sum of columns; the city is the sum of its twelve Bezirke."""
    kind = KINDS.get(query.level, "districts")
    rows = table(RESIDENTS_FILE.format(query.period, sheet, kind))
    chosen = list(rows.values()) if query.level == "stadt" else [rows[area]] * (area in rows)
    return sum(int(row[c]) for row in chosen for c in columns) if chosen else None


def share(query: Query, area: str) -> Expected:
    sheet, columns = SHARES[query.indicator]
    top = residents(query, area, sheet, columns)
    bottom = residents(query, area, sheet, ("inhabitants",))
    if top is None or bottom is None:
        return MISSING
    if bottom == 0:
        return Expected("not_applicable")
    state = "limited" if top < 10 or bottom < 30 else "ok"
    return Expected(state, 100 * top / bottom, top, bottom)


def expected(query: Query, area: str) -> Expected:
    if query.indicator in MSS:
        return mss(query, area)
    if query.indicator in GSSA:
        return gssa(query, area)
    if query.indicator in SHARES:
        return share(query, area)
    column = COUNTS[(query.indicator, query.category)]
    count = residents(query, area, "t2", (column,))
    return MISSING if count is None else Expected("ok", count)


class Joined(NamedTuple):
    """How a table meets its map, as counted by hand from the published files."""

    file: str
    indicator: str
    level: str
    period: str
    rows: int
    joined: int
    only_in_table: frozenset[str] = frozenset()
    only_in_geometry: int = 0
    key: str = "id"


DOUBLED = frozenset({"04030417"})
"""Stands on the old map under a key that another area has."""


def _joined() -> Iterable[Joined]:
    old, new = "planungsraeume@2006", "planungsraeume@2021"
    regions, regions_now = "bezirksregionen@2006", "bezirksregionen@2021"
    for year, rows, absent in (("2013", 434, 14), ("2015", 435, 13), ("2017", 436, 12),
                               ("2019", 436, 12)):  # fmt: skip
        file = MSS_FILE.format(year, "planning-areas")
        yield Joined(file, "arbeitslosigkeit", old, year, rows, rows - 1, DOUBLED, absent)
        file = MSS_FILE.format(year, "district-regions")
        yield Joined(file, "altersarmut", regions, year, 137, 137, only_in_geometry=1)
    file = MSS_FILE.format("2021", "planning-areas")
    yield Joined(file, "kinderarmut", new, "2021", 534, 534, only_in_geometry=8)
    file = MSS_FILE.format("2021", "district-regions")
    yield Joined(file, "kinderarmut", regions_now, "2021", 142, 142, only_in_geometry=1)
    file = "gssa/gssa_2022_planungsraeume.csv"
    yield Joined(file, "gesix", old, "2022", 448, 447, DOUBLED, key="plrID")
    file = "gssa/gssa_2022_bezirksregionen.csv"
    yield Joined(file, "gesix", regions, "2013", 138, 138, key="bzrID")
    for year in range(2015, 2025):
        file = RESIDENTS_FILE.format(year, "t2", "planning-areas")
        if year >= 2021:
            yield Joined(file, "einwohner", new, str(year), 542, 542)
        else:
            rows = 447 if year <= 2018 else 448
            yield Joined(file, "einwohner", old, str(year), rows, rows - 1, DOUBLED, 448 - rows)


JOINED = tuple(_joined())
