"""All cases by the form they are read as."""

from __future__ import annotations

from collections.abc import Iterable

from tests.badfiles import (
    csv_cases,
    geojson_cases,
    geojsonseq_cases,
    gpkg_cases,
    picture_cases,
    shp_cases,
    street_cases,
    topojson_cases,
    town_csv_cases,
    xlsx_cases,
)
from tests.badfiles.case import Case
from tests.badfiles.promised import with_promise
from tests.badfiles.rows import ROWS

TABLES: dict[str, list[Case]] = {"csv": csv_cases.CASES, "xlsx": xlsx_cases.CASES}
LAYERS: dict[str, list[Case]] = {
    "geojson": geojson_cases.CASES,
    "geojsonseq": geojsonseq_cases.CASES,
    "topojson": topojson_cases.CASES,
    "geopackage": gpkg_cases.CASES,
    "shapefile": shp_cases.CASES,
}
ARMS: dict[str, list[Case]] = {"arms": picture_cases.CASES}
STREETS: dict[str, list[Case]] = {"streets": street_cases.CASES}
IMPORTED_ONLY: dict[str, list[Case]] = {
    "csv": town_csv_cases.CASES,
    "geojson": geojson_cases.FOR_IMPORTS,
    "shapefile": shp_cases.FOR_IMPORTS,
}
"""Files a reader takes over and only an import finds fault with, and those slow to write."""


def form_cases() -> list[tuple[str, Case]]:
    """Return every case with its form."""
    groups = (TABLES, LAYERS, ARMS, STREETS, IMPORTED_ONLY)
    forms = [pair for group in groups for pair in group.items()]
    return [(form, with_promise(case)) for form, cases in forms for case in cases]


def cases_by_row() -> dict[int, list[str]]:
    """Return the names of the cases that exist for each row, those with a suffix too."""
    names = [case.name for _, case in form_cases()]
    return {
        row: [n for n in names for stem in stems if n == stem or n.startswith(f"{stem}_")]
        for row, stems in ROWS.items()
    }


def missing_cases(rows: Iterable[int] = ROWS) -> dict[int, list[str]]:
    """Return the cases that no generator builds yet, by row."""
    found = cases_by_row()
    lacking = {
        row: [s for s in ROWS[row] if not any(n == s or n.startswith(f"{s}_") for n in found[row])]
        for row in rows
    }
    return {row: stems for row, stems in lacking.items() if stems}
