"""Köln reckoned from its raw files alone: no recipe and nothing of the importer is used here."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass, field
from pathlib import Path
from statistics import NormalDist

YEARS = tuple(str(year) for year in range(2005, 2013))
LEVELS = ("stadt", "stadtbezirke", "stadtteile")

Row = tuple[str, str]
"""Topic and line of the long table: ``tab_id, zei_id``."""

ALL: Row = ("005", "10")
AGES = {
    "alter-00-02": "10", "alter-03-05": "20", "alter-06-09": "30", "alter-10-14": "40",
    "alter-15-17": "50", "alter-18-24": "60", "alter-25-34": "70", "alter-35-44": "80",
    "alter-45-54": "90", "alter-55-59": "100", "alter-60-64": "110", "alter-65-74": "120",
    "alter-75-plus": "130",
}  # fmt: skip
SEXES = {"maennlich": "10", "weiblich": "20"}
STATUS = {
    "ledig": "10", "verheiratet": "20", "verwitwet": "30", "geschieden": "40", "verpartnert": "50",
}  # fmt: skip
HOUSING = {"hauptwohnung": "10", "nebenwohnung": "20"}
RELIGION = {"evangelisch": "10", "katholisch": "20", "sonstige": "30"}
ORIGIN = {
    "afrika": "60", "amerika": "70", "asien": "80", "eu": "90", "tuerkei": "100",
    "uebriges-europa": "110", "sonstige": "120",
}  # fmt: skip

DELIVERED: dict[tuple[str, str], Row] = {
    ("einwohner", "total"): ALL,
    **{("einwohner", c): ("020", z) for c, z in AGES.items()},
    ("einwohner-nach-geschlecht", "total"): ALL,
    **{("einwohner-nach-geschlecht", c): ("010", z) for c, z in SEXES.items()},
    ("einwohner-nach-familienstand", "total"): ALL,
    **{("einwohner-nach-familienstand", c): ("040", z) for c, z in STATUS.items()},
    ("einwohner-nach-wohnstatus", "total"): ALL,
    **{("einwohner-nach-wohnstatus", c): ("050", z) for c, z in HOUSING.items()},
    ("einwohner-nach-konfession", "total"): ALL,
    **{("einwohner-nach-konfession", c): ("060", z) for c, z in RELIGION.items()},
    ("einwohner-mit-mh", "total"): ("030", "10"),
    ("einwohner-mit-mh", "deutsch"): ("030", "20"),
    ("einwohner-mit-mh", "auslaendisch"): ("030", "50"),
    ("deutsche-mit-mh", "total"): ("030", "20"),
    ("deutsche-mit-mh", "aussiedler"): ("030", "30"),
    ("deutsche-mit-mh", "eingebuergert"): ("030", "40"),
    ("auslaendische-bevoelkerung", "total"): ("030", "50"),
    **{("auslaendische-bevoelkerung", c): ("030", z) for c, z in ORIGIN.items()},
}
"""Which line of the table a count is taken from."""


def _ages(first: int, last: int) -> list[Row]:
    return [("020", str(line)) for line in range(first, last + 1, 10)]


SUMS: dict[str, list[Row]] = {
    "kinder-unter-3": _ages(10, 10),
    "kinder-3-bis-5": _ages(20, 20),
    "kinder-6-bis-9": _ages(30, 30),
    "kinder-10-bis-14": _ages(40, 40),
    "jugendliche-15-bis-17": _ages(50, 50),
    "unter-18": _ages(10, 50),
    "ab-65": _ages(120, 130),
}
SHARES: dict[tuple[str, str], tuple[list[Row], list[Row]]] = {
    ("anteil-unter-18", "total"): (_ages(10, 50), [ALL]),
    ("anteil-unter-3", "total"): (_ages(10, 10), [ALL]),
    ("anteil-3-bis-5", "total"): (_ages(20, 20), [ALL]),
    ("anteil-6-bis-9", "total"): (_ages(30, 30), [ALL]),
    ("anteil-18-bis-24", "total"): (_ages(60, 60), [ALL]),
    ("anteil-ab-65", "total"): (_ages(120, 130), [ALL]),
    ("anteil-ab-75", "total"): (_ages(130, 130), [ALL]),
    ("anteil-frauen", "total"): ([("010", "20")], [ALL]),
    ("anteil-mh", "total"): ([("030", "10")], [ALL]),
    ("anteil-auslaendisch", "total"): ([("030", "50")], [ALL]),
    ("anteil-nebenwohnung", "total"): ([("050", "20")], [ALL]),
    **{("altersaufbau", c): ([("020", z)], [ALL]) for c, z in AGES.items()},
    **{("familienstand", c): ([("040", z)], [ALL]) for c, z in STATUS.items()},
    **{("konfession", c): ([("060", z)], [ALL]) for c, z in RELIGION.items()},
    **{("herkunft", c): ([("030", z)], [("030", "50")]) for c, z in ORIGIN.items()},
}
RATIOS = {
    ("jugendquotient", "total"): (_ages(10, 50), _ages(60, 110)),
    ("altenquotient", "total"): (_ages(120, 130), _ages(60, 110)),
}
TURNOUT = "wahlbeteiligung"
SERIES = (
    *DELIVERED, *((i, "total") for i in SUMS), *SHARES, *RATIOS, (TURNOUT, "total")
)  # fmt: skip


@dataclass(frozen=True)
class Expected:
    """What a cell must hold."""

    state: str
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    lower: float | None = None
    upper: float | None = None


@dataclass
class RawTown:
    """The long table and the election, read with the csv module."""

    folder: Path
    counts: dict[tuple[str, str, str, str], float] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    rows: int = 0
    votes: dict[str, tuple[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with (self.folder / "bevoelkerung.csv").open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                key = (row["tab_id"], row["zei_id"], row["jahr"], row["raum_id"])
                assert key not in self.counts
                self.counts[key] = float(row["zahl"])
                self.names[row["raum_id"]] = row["raum"]
                self.rows += 1
        numbers = {name: area for area, name in self.names.items() if area[0] != "0"}
        path = self.folder / "bundestagswahl2013_stadtteil.csv"
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream, delimiter=";"):
                voters = (int(row["abgegeben"]), int(row["Wahlberechtigte"]))
                self.votes[numbers[row["Name"]]] = voters

    def areas(self, level: str) -> list[str]:
        """Return the raum_ids of a level."""
        return sorted(area for area in self.names if level_of(area) == level)

    def periods(self, indicator: str) -> tuple[str, ...]:
        """Return the years of an indicator."""
        return ("2013",) if indicator == TURNOUT else YEARS

    def expected(self, indicator: str, category: str, period: str, area: str) -> Expected:
        """Return what must stand in a cell; ``area`` is a raum_id, 000 for the city."""
        if indicator == TURNOUT:
            below = [v for one, v in self.votes.items() if _lies_in(one, area)]
            voters, entitled = (sum(pair) for pair in zip(*below, strict=True))
            return _share(voters, entitled)
        key = (indicator, category)
        if key in SHARES or key in RATIOS:
            above, below_line = SHARES.get(key) or RATIOS[key]
            top, bottom = self._sum(above, period, area), self._sum(below_line, period, area)
            if top is None or bottom is None:
                return Expected("not_collected")
            return _share(top, bottom) if key in SHARES else _ratio(top, bottom)
        rows = SUMS.get(indicator) or [DELIVERED[key]]
        value = self._sum(rows, period, area)
        return Expected("not_collected") if value is None else Expected("ok", value)

    def _sum(self, rows: list[Row], period: str, area: str) -> float | None:
        found = [self.counts.get((*row, period, area)) for row in rows]
        return None if None in found else sum(n for n in found if n is not None)


def level_of(area: str) -> str:
    """Return the level a raum_id belongs to."""
    if area == "000":
        return "stadt"
    return "stadtbezirke" if area.startswith("0") else "stadtteile"


def _lies_in(quarter: str, area: str) -> bool:
    return area in ("000", f"00{quarter[0]}", quarter)


def _share(top: float, bottom: float) -> Expected:
    """Return a percentage with the score interval of Wilson (1927)."""
    if not bottom:
        return Expected("not_applicable")
    z = NormalDist().inv_cdf(0.975)
    p = top / bottom
    middle = (p + z * z / (2 * bottom)) / (1 + z * z / bottom)
    half = z * math.sqrt(p * (1 - p) / bottom + (z / (2 * bottom)) ** 2) / (1 + z * z / bottom)
    state = "limited" if top < 10 or bottom < 30 else "ok"
    return Expected(state, 100 * p, top, bottom, 100 * (middle - half), 100 * (middle + half))


def _ratio(top: float, bottom: float) -> Expected:
    if not bottom:
        return Expected("not_applicable")
    return Expected("limited" if bottom < 30 else "ok", 100 * top / bottom, top, bottom)
