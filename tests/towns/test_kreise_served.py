"""The Kreise by the command of their recipe: 500 values of the API against the raw files."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from app import create_app
from tests.towns.kreise_raw import (
    EISENACH,
    LAND_OF_CITY,
    RECIPE,
    SERIES,
    TOWNS,
    RawKreise,
    prepared,
)
from tests.towns.served import released

SAMPLES = 500
SEED = 16_056
NUMBERS = ("value", "numerator", "denominator")

Cell = tuple[str, str, str, str, str]
"""Indicator, category, period, level, key."""

pytestmark = [
    pytest.mark.towns,
    pytest.mark.long,
    pytest.mark.skipif(not TOWNS, reason="KECK_TOWNS_DIR does not name the real towns"),
]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = prepared(tmp_path_factory.mktemp("kreise"))
    settings = released(RECIPE, folder, tmp_path_factory.mktemp("release"))
    with create_app(settings).test_client() as client:
        yield client


@pytest.fixture(scope="module")
def raw() -> RawKreise:
    return RawKreise()


def sampled(raw: RawKreise) -> list[Cell]:
    """Draw one cell without a number of every series that has any, then of each in turn."""
    lot = random.Random(SEED)
    cells: list[Cell] = []
    for indicator, category, level in SERIES:
        periods = raw.periods(indicator)
        missing = [
            (indicator, category, period, level, area)
            for period in periods
            for area in raw.areas(level)
            if raw.expected(indicator, category, period, area).value is None
        ]
        cells += [lot.choice(missing)] if missing else []
    for number in range(SAMPLES - len(cells)):
        indicator, category, level = SERIES[number % len(SERIES)]
        period, area = lot.choice(raw.periods(indicator)), lot.choice(raw.areas(level))
        cells.append((indicator, category, period, level, area))
    return cells


def served(client: Any, cell: Cell) -> dict[str, Any]:
    indicator, category, period, level, area = cell
    query = f"indicator={indicator}&period={period}&level={level}&category={category}"
    answer = client.get(f"/api/v1/values?{query}")
    assert answer.status_code == 200, answer.text
    wanted = "deutschland-kreise" if level == "bund" else area
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
                assert found[name] == pytest.approx(number, rel=1e-12), (cell, name)
        assert found["lower"] is found["upper"] is None, cell
        states[found["state"]] += 1
    assert sum(states.values()) == SAMPLES
    assert {(i, c, level) for i, c, _, level, _ in cells} == set(SERIES)
    assert states["not_collected"] > 30
    assert states["not_applicable"] > 3


def test_each_indicator_is_offered_for_its_own_years_and_levels(client, raw):
    themes = client.get("/api/v1/catalogue").json["themes"]
    offered = {
        (indicator["id"], offer["category"], offer["level"]): offer["periods"]
        for theme in themes
        for indicator in theme["indicators"]
        for offer in indicator["offered"]
    }
    assert offered == {series: raw.periods(series[0]) for series in SERIES}


def test_hamburg_and_berlin_have_the_tax_values_of_their_laender(client):
    for city, land in LAND_OF_CITY.items():
        for indicator in ("steuerpflichtige", "einkommensteuer", "steuerquote"):
            kreis = served(client, (indicator, "total", "2019", "kreise", city))
            above = served(client, (indicator, "total", "2019", "laender", land))
            assert kreis["state"] == above["state"] == "ok"
            assert kreis["value"] == above["value"] > 0


def test_a_land_has_no_value_that_nobody_published(client):
    answer = client.get("/api/v1/values?indicator=arbeitslosenquote&period=2021&level=laender")
    assert (answer.status_code, answer.json["error"]["code"]) == (404, "no_values")


def test_the_maps_are_served_and_names_that_stand_twice_are_told_apart(client):
    for level, n in {"bund": 1, "laender": 16, "kreise": 401}.items():
        features = client.get(f"/api/v1/areas?level={level}").json["features"]
        assert len(features) == n
    names = {f["properties"]["name"] for f in features}
    assert len(names) == 401
    assert {"München (Kreisfreie Stadt)", "München (Landkreis)", "Eisenach"} <= names
    assert "München" not in names


def test_eisenach_is_missing_and_never_zero(client):
    for indicator, period in (("arbeitslosenquote", "2021"), ("elterngeld-dauer", "2023")):
        found = served(client, (indicator, "total", period, "kreise", EISENACH))
        assert (found["state"], found["value"]) == ("not_collected", None)
