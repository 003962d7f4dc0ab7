"""A delivery of 300,000 rows: 500 areas, 15 years, 20 counts and 10 shares in one long table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from tests.small_delivery import HEAD

ACROSS, DOWN = 25, 20
YEARS = range(2009, 2024)
AGES = tuple(f"alter-{n:02d}" for n in range(19))
SHARES = tuple(f"anteil-{n:02d}" for n in range(10))

_CATEGORIES = "".join(f'[[indicator.category]]\nid = "{age}"\nname = "{age}"\n' for age in AGES)
_SHARES = "".join(
    f'[[indicator]]\nid = "{name}"\nname = "{name}"\nkind = "share"\nunit = "%"\ndecimals = 1\n'
    'aggregation = "sum_parts"\ninterval = "wilson"\n'
    for name in SHARES
)
_TOWN = HEAD[: HEAD.index("[[indicator]]")]
_INDICATORS = (
    '[[indicator]]\nid = "einwohner"\nname = "Einwohner"\ninterval = "byar"\n'
    f"{_CATEGORIES}{_SHARES}"
)
_TABLE = """
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
"""
_MEASURES = """
[table.category]
column = "alter"
map = { "" = "total" }
[[table.measure]]
indicator = "einwohner"
column = "wert"
where = { merkmal = "einwohner" }
""" + "".join(
    f'[[table.measure]]\nindicator = "{name}"\nrole = "{role}"\ncolumn = "wert"\n'
    f'where = {{ merkmal = "{name}-{role}" }}\n'
    for name in SHARES
    for role in ("numerator", "denominator")
)


def write_large_delivery(folder: Path) -> Path:
    """Write map, recipe and a table of 300,000 rows; return the recipe's path."""
    layer = {"type": "FeatureCollection", "features": [_feature(i) for i in range(ACROSS * DOWN)]}
    (folder / "viertel.geojson").write_text(json.dumps(layer), encoding="utf-8")
    with (folder / "werte.csv").open("w", encoding="utf-8") as stream:
        stream.write("id;jahr;merkmal;alter;wert\n")
        stream.writelines(f"{line}\n" for line in _lines())
    recipe = folder / "town.toml"
    recipe.write_text(_TOWN + _INDICATORS + _TABLE + _MEASURES, encoding="utf-8")
    return recipe


def _lines() -> Iterator[str]:
    """Give 500 · 15 · (1 + 19 + 10 · 2) = 300,000 rows; some counts are small."""
    for area in range(ACROSS * DOWN):
        for year in YEARS:
            head = f"{area:03d};{year}"
            ages = [3 + (area * 7 + n * 11 + year) % 90 for n in range(len(AGES))]
            yield f"{head};einwohner;total;{_written(sum(ages))}"
            for age, count in zip(AGES, ages, strict=True):
                yield f"{head};einwohner;{age};{count}"
            for n, share in enumerate(SHARES):
                base = 200 + (area * 13 + n * 17 + year) % 900
                cases = (area * 5 + n * 3 + year) % 120
                yield f"{head};{share}-numerator;;{cases}"
                yield f"{head};{share}-denominator;;{_written(base)}"


def _written(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _feature(i: int) -> dict[str, object]:
    west, south = 9.4 + 0.004 * (i % ACROSS), 54.7 + 0.002 * (i // ACROSS)
    east, north = west + 0.004, south + 0.002
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "type": "Feature",
        "properties": {"key": f"{i:03d}", "name": f"Viertel {i:03d}"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
