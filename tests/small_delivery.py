"""A delivery of three quarters for import tests: map, recipe head, and one table."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from data.importing.assemble import assemble
from data.importing.recipe import load_recipe
from data.importing.town import ImportedTown
from domain.findings import Finding, RefusedFileError
from i18n import LANGUAGES, translator

QUARTERS = {"01": "Altstadt", "02": "Westliche Höhe", "03": "St. Jürgen"}

HEAD = """
schema = 1
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
[[dialect]]
id = "amt"
symbols = { "" = "not_collected", "*" = "suppressed", "…" = "pending" }
decimal = ","
thousands = "."
percent_sign = true
[[level]]
id = "stadt"
vintage = "1"
name = "Stadt"
kind = "city"
order = 10
[[level]]
id = "viertel"
vintage = "1"
name = "Viertel"
order = 20
[level.layer]
file = "viertel.geojson"
format = "geojson"
crs = "EPSG:4326"
id = "key"
name = "name"
[[level.parent]]
level = "stadt"
constant = "kleinstadt"
[indicator_defaults]
theme = "thema"
definition = "Was gezählt wird."
unit = "Personen"
kind = "count"
polarity = "none"
source = "amt"
aggregation = "sum"
dialect = "amt"
[[indicator]]
id = "kinder"
name = "Kinder"
[[indicator.category]]
id = "w"
name = "weiblich"
[[indicator]]
id = "arme"
name = "Arme Kinder"
[[indicator]]
id = "anteil"
name = "Anteil"
kind = "share"
unit = "%"
decimals = 1
aggregation = "sum_parts"
"""

TABLE = """
[[table]]
file = "werte.csv"
encoding = "utf-8"
separator = ";"
level = "viertel"
vintage = "1"
[table.area]
column = "id"
[table.period]
column = "jahr"
[[table.measure]]
indicator = "kinder"
column = "kinder"
"""


def write_delivery(
    folder: Path, lines: Sequence[str], *, table: str = TABLE, head: str = HEAD
) -> Path:
    """Write map, recipe and ``werte.csv`` into the folder and return the recipe's path."""
    features = [
        {
            "type": "Feature",
            "properties": {"key": key, "name": name},
            "geometry": {
                "type": "Polygon",
                "coordinates": [_square(9.4 + 0.01 * i, 54.7)],
            },
        }
        for i, (key, name) in enumerate(QUARTERS.items())
    ]
    layer = {"type": "FeatureCollection", "features": features}
    (folder / "viertel.geojson").write_text(json.dumps(layer), encoding="utf-8")
    (folder / "werte.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    recipe = folder / "town.toml"
    recipe.write_text(head + table, encoding="utf-8")
    return recipe


def import_delivery(folder: Path, lines: Sequence[str], **parts: str) -> ImportedTown:
    """Import a delivery as the command line does."""
    return assemble(load_recipe(write_delivery(folder, lines, **parts)), folder, lambda *_: None)


def refused_findings(folder: Path, lines: Sequence[str], **parts: str) -> list[Finding]:
    """Return the findings for which a delivery is refused."""
    try:
        import_delivery(folder, lines, **parts)
    except RefusedFileError as refusal:
        return refusal.findings
    raise AssertionError("the delivery was not refused")


def codes(findings: Sequence[Finding]) -> Counter[str]:
    """Return how often each code occurs."""
    return Counter(finding.code for finding in findings)


def numbers(town: ImportedTown, indicator: str) -> dict[tuple[str, str], float]:
    """Return the values of an indicator by area and period."""
    rows = town.values[town.values["indicator"] == indicator]
    return {(a, p): v for a, p, v in zip(rows["area"], rows["period"], rows["value"], strict=True)}


def _square(x: float, y: float) -> list[list[float]]:
    east, north = x + 0.01, y + 0.01
    return [[x, y], [east, y], [east, north], [x, north], [x, y]]


def the(findings: Sequence[Finding], code: str) -> Finding:
    """Return the one finding of a code; it must read in both languages."""
    (finding,) = [f for f in findings if f.code == code]
    for language in LANGUAGES:
        tr = translator(language)
        assert tr(f"finding.{code}.cause", **finding.params).strip()
        assert tr(f"finding.{code}.remedy", **finding.params).strip()
    return finding
