"""The residents of Konstanz reckoned straight from their cells: no recipe, no importer."""

from __future__ import annotations

import csv
from functools import cached_property
from pathlib import Path

FOLDER = "awkward"
NEWER = f"{FOLDER}/konstanz_bevoelkerung_nach_stadtteilen.csv"
HISTORICAL = f"{FOLDER}/konstanz_bevoelkerung_historisch_nach_stadtteilen.csv"

YEAR = "jahr"
WEST, EAST = PAIR = ("petershausenwest", "petershausenost")
LAST_TOGETHER = "1993"
"""Until this year the pair carries one figure, written twice."""

JOINED = {"litzelstetten": "1971", "dingelsdorf": "1975", "dettingen": "1975", "wallhausen": "1975"}
"""The first year of those that presumably did not belong to the city before."""

Row = dict[str, str]
Served = tuple[str, float | None]
"""State and value."""

NOTHING: Served = ("not_collected", None)


class RawKonstanz:
    """Both files by year."""

    def __init__(self, towns: Path) -> None:
        """Read the files below the folder of all towns."""
        self._towns = towns

    @cached_property
    def newer(self) -> dict[str, Row]:
        """The rows of 1995 to 2025."""
        return self._rows(NEWER)

    @cached_property
    def historical(self) -> dict[str, Row]:
        """The rows of 1927 to 2025."""
        return self._rows(HISTORICAL)

    @cached_property
    def areas(self) -> list[str]:
        """The headers of the Stadtteile."""
        return [name for name in next(iter(self.newer.values())) if name != YEAR]

    def cell(self, year: str, area: str) -> str:
        """Return a cell as written, of the newer file where it has the year."""
        return self.newer.get(year, self.historical[year])[area]

    def area(self, year: str, area: str) -> Served:
        """Return what a Stadtteil must show."""
        if area in PAIR and year <= LAST_TOGETHER:
            return NOTHING
        if year < JOINED.get(area, ""):
            assert not self.cell(year, area)
            return "not_applicable", None
        return _of(self.cell(year, area))

    def pair(self, year: str) -> Served | None:
        """Return what the pair must show together, None where each has its own figure."""
        return _of(self.cell(year, WEST)) if year <= LAST_TOGETHER else None

    def city(self, year: str) -> Served:
        """Return the sum of all that belong to the city, nothing where one of them is blank."""
        parts = [
            self.cell(year, area)
            for area in self.areas
            if year >= JOINED.get(area, "") and not (area == EAST and year <= LAST_TOGETHER)
        ]
        return ("ok", sum(float(part) for part in parts)) if all(parts) else NOTHING

    def blanks(self, first: str, last: str, areas: list[str]) -> int:
        """Count the blank cells of some columns in the historical rows of some years."""
        rows = [row for year, row in self.historical.items() if first <= year <= last]
        return sum(not row[area] for row in rows for area in areas)

    def _rows(self, file: str) -> dict[str, Row]:
        with (self._towns / file).open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        found = {row[YEAR]: row for row in rows}
        assert len(found) == len(rows)
        return found


def _of(cell: str) -> Served:
    return ("ok", float(cell)) if cell else NOTHING
