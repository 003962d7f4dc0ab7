"""Köln by the command of its recipe: 500 values of the API against the raw files."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app import create_app
from config import Settings
from data.bundle import VALUE_FILES
from data.reader import ReleaseReader
from domain.model import Audience
from tests.towns.koeln_raw import LEVELS, SERIES, STATUS, YEARS, RawTown
from tests.towns.served import ROOT, released_once

TOWNS = os.environ.get("KECK_TOWNS_DIR", "")
RECIPE = ROOT / "examples" / "koeln" / "town.toml"
FOLDER = Path(TOWNS) / "koeln"
SAMPLES = 500
SEED = 20_130_922
NUMBERS = ("value", "numerator", "denominator", "lower", "upper")

Cell = tuple[str, str, str, str, str]
"""Indicator, category, period, level, raum_id."""

pytestmark = [
    pytest.mark.towns,
    pytest.mark.long,
    pytest.mark.skipif(not TOWNS, reason="KECK_TOWNS_DIR does not name the real towns"),
]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return released_once("koeln", FOLDER, tmp_path_factory)


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[Any]:
    with create_app(settings).test_client() as client:
        yield client


@pytest.fixture(scope="module")
def raw() -> RawTown:
    return RawTown(FOLDER / "raw")


def sampled(raw: RawTown) -> list[Cell]:
    """Return cells of every series in turn, on a level, in a period and area drawn by lot."""
    lot = random.Random(SEED)
    cells = []
    for number in range(SAMPLES):
        indicator, category = SERIES[number % len(SERIES)]
        period = lot.choice(raw.periods(indicator))
        level = lot.choice(LEVELS)
        cells.append((indicator, category, period, level, lot.choice(raw.areas(level))))
    return cells


def served(client: Any, cell: Cell) -> dict[str, Any]:
    indicator, category, period, level, area = cell
    query = f"indicator={indicator}&period={period}&level={level}&category={category}"
    answer = client.get(f"/api/v1/values?{query}")
    assert answer.status_code == 200, answer.text
    wanted = "koeln" if level == "stadt" else area
    found = next(v for v in answer.json["values"] if v["area_id"] == wanted)
    assert found["category"] == category
    return found


def test_five_hundred_values_are_those_of_the_raw_files(client, raw):
    cells = sampled(raw)
    states: Counter[str] = Counter()
    for cell in cells:
        indicator, category, period, _, area = cell
        expected = raw.expected(indicator, category, period, area)
        found = served(client, cell)
        assert found["state"] == expected.state, cell
        for name in NUMBERS:
            number = getattr(expected, name)
            if number is None:
                assert found[name] is None, (cell, name)
            else:
                assert found[name] == pytest.approx(number, rel=1e-12, abs=1e-9), (cell, name)
        states[found["state"]] += 1
    assert sum(states.values()) == SAMPLES
    assert {cell[:2] for cell in cells} == set(SERIES)
    assert {cell[3] for cell in cells} == set(LEVELS)
    assert {cell[2] for cell in cells} == {*YEARS, "2013"}
    assert {"ok", "limited"} <= set(states)


def test_every_registered_partnership_without_a_row_is_missing_and_not_zero(client, raw):
    line = ("040", STATUS["verpartnert"])
    absent = 0
    for period in YEARS:
        query = f"period={period}&level=stadtteile&category=verpartnert"
        for indicator in ("einwohner-nach-familienstand", "familienstand"):
            answer = client.get(f"/api/v1/values?indicator={indicator}&{query}")
            for value in answer.json["values"]:
                if (*line, period, value["area_id"]) not in raw.counts:
                    assert (value["state"], value["value"]) == ("not_collected", None)
                    absent += 1
    assert absent == 2 * 49


def test_each_series_is_offered_for_each_category_on_each_level(settings, client):
    path = next((settings.data_dir / "releases").rglob(VALUE_FILES[Audience.PUBLIC]))
    reader = ReleaseReader(path.parent, Audience.PUBLIC)
    try:
        table = reader.availability()
        rows = reader.values("einwohner", "stadtteile", "2005", "alter-00-02")
        missing = reader.values("altersaufbau", "stadtteile", "2005")
    finally:
        reader.close()
    pairs = set(zip(table["indicator"], table["category"], table["level"], strict=True))
    assert pairs == {(*series, level) for series in SERIES for level in LEVELS}
    assert len(rows) == 86 * 8
    assert missing.empty
    answer = client.get("/api/v1/values?indicator=altersaufbau&period=2012&level=stadtteile")
    assert (answer.status_code, answer.json["error"]["code"]) == (404, "no_total")
    nothing = client.get("/api/v1/values?indicator=einwohner&period=2012&level=stadtviertel")
    assert (nothing.status_code, nothing.json["error"]["code"]) == (404, "no_values")


def test_the_maps_of_all_levels_are_served(client):
    sizes = {"stadt": 1, "stadtbezirke": 9, "stadtteile": 86, "stadtviertel": 371}
    for level, n in sizes.items():
        assert len(client.get(f"/api/v1/areas?level={level}").json["features"]) == n
