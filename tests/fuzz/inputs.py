"""What an input of the fuzzer is, and with which inputs it begins."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.badfiles import (
    csv_cases,
    geojson_cases,
    geojsonseq_cases,
    gpkg_cases,
    shp_cases,
    topojson_cases,
    xlsx_cases,
)
from tests.badfiles.case import Case

Options = Mapping[str, Any]

SEEDS = Path(__file__).parent / "seeds"
MAX_BYTES = 64 * 1024
SLOW_TO_BUILD = {"csv_too_large", "zip_bomb", "zip_bomb_ratio", "xlsx_zip_bomb"}

CASES: Mapping[str, list[Case]] = {
    "csv": csv_cases.CASES,
    "xlsx": xlsx_cases.CASES,
    "geojson": geojson_cases.CASES,
    "geojsonseq": geojsonseq_cases.CASES,
    "topojson": topojson_cases.CASES,
    "geopackage": gpkg_cases.CASES,
    "shapefile": shp_cases.CASES,
}
READERS = tuple(CASES)
TABLES = ("csv", "xlsx")

_TABLE: list[Options] = [
    {},
    {"header_rows": 0},
    {"header_rows": 2},
    {"header_rows": 5, "skip_rows": 1},
    {"footer_marker": "__"},
    {"drop": ("Name",)},
    {"doubled": ("Name", "a")},
    {"skip_rows": 3, "drop": ("2",), "header_rows": 0},
]
_LAYER: list[Options] = [{}, {"crs": "EPSG:25832"}, {"crs": "EPSG:4326"}, {"drop": ("name",)}]

# The first byte of an input is an index of these lists: add at the end, so that seeds stay true.
OPTIONS: Mapping[str, list[Options]] = {
    "csv": [
        *_TABLE,
        {"encoding": "cp1252", "separator": ";"},
        {"encoding": "utf-16", "separator": "tab"},
        {"encoding": "utf-8", "separator": ","},
        {"encoding": "cp437"},
    ],
    "xlsx": [*_TABLE, {"sheet": "Daten"}, {"sheet": "b"}],
    "geojson": _LAYER,
    "geojsonseq": _LAYER,
    "topojson": [*_LAYER, {"layer": "gebiete"}, {"layer": "b"}],
    "geopackage": [*_LAYER, {"layer": "gebiete"}, {"layer": "b"}],
    "shapefile": [*_LAYER, {"encoding": "cp1252"}, {"encoding": "utf-8"}, {"layer": "andere"}],
}


def split(reader: str, data: bytes) -> tuple[Options, bytes]:
    """Return the options an input chooses, and its file."""
    options = OPTIONS[reader]
    return options[data[0] % len(options)] if data else options[0], data[1:]


def kept(reader: str) -> list[Path]:
    """Return the inputs that once broke a reader."""
    return sorted(path for path in (SEEDS / reader).glob("*") if not path.name.startswith("."))


def prepared(reader: str) -> Iterator[bytes]:
    """Yield the prepared bad and good files that are small enough to breed from."""
    with tempfile.TemporaryDirectory(prefix="seeds-") as folder:
        path = Path(folder) / "case.dat"
        for case in CASES[reader]:
            if case.name in SLOW_TO_BUILD:
                continue
            path.unlink(missing_ok=True)
            case.build(path)
            if path.stat().st_size < MAX_BYTES:
                options = OPTIONS[reader]
                chosen = options.index(case.spec) if case.spec in options else 0
                yield bytes([chosen]) + path.read_bytes()
