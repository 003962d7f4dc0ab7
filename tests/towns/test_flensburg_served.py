"""Flensburg by the commands of the README: every district value as the API serves it."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app import create_app
from config import Settings
from data.importing.recipe import load_recipe
from tests.api_and_page import differences, newest
from tests.towns.served import ROOT, released_once

TOWNS = os.environ.get("KECK_TOWNS_DIR", "")
RECIPE = ROOT / "examples" / "flensburg" / "town.toml"
FOLDER = Path(TOWNS) / "flensburg"

pytestmark = [
    pytest.mark.towns,
    pytest.mark.skipif(not TOWNS, reason="KECK_TOWNS_DIR does not name the real towns"),
]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return released_once("flensburg", FOLDER, tmp_path_factory)


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[Any]:
    with create_app(settings).test_client() as client:
        yield client


@pytest.fixture(scope="module")
def district_rows() -> list[dict[str, str]]:
    path = FOLDER / "derived" / "sozialatlas_long.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return [r for r in csv.DictReader(stream) if r["district_id"]]


@pytest.fixture(scope="module")
def indicator_of() -> dict[tuple[str, str], str]:
    found = {}
    for table in load_recipe(RECIPE).table:
        if table.role == "data" and table.level == "stadtteile":
            for measure in table.measure:
                name = measure.where.get("variable", "residents")
                found[(table.where["table"], name)] = measure.indicator
    return found


def served(client: Any, indicator: str, period: str) -> dict[str, dict[str, Any]]:
    query = f"indicator={indicator}&period={period}&level=stadtteile"
    answer = client.get(f"/api/v1/values?{query}")
    assert answer.status_code == 200, answer.text
    return {v["area_id"]: v for v in answer.json["values"] if v["category"] == "total"}


def test_every_district_value_is_served_to_the_last_digit(client, district_rows, indicator_of):
    assert len(district_rows) == 2275
    by_request: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in district_rows:
        indicator = indicator_of[(row["table"], row["variable"])]
        by_request.setdefault((indicator, row["year"]), []).append(row)
    compared = suppressed = 0
    for (indicator, year), rows in by_request.items():
        found = served(client, indicator, year)
        assert len(found) == 13
        for row in rows:
            value = found[row["district_id"].zfill(2)]
            if row["value"] in ("", "NULL"):
                assert value["state"] == "suppressed"
                assert value["value"] is None
                suppressed += 1
            else:
                assert value["state"] in ("ok", "nil")
                assert value["value"] == float(row["value"]), row
            compared += 1
    assert compared == 2275
    assert suppressed == sum(r["value"] in ("", "NULL") for r in district_rows)
    assert suppressed > 80


def test_a_year_nobody_counted_is_missing_and_not_zero(client, district_rows, indicator_of):
    indicator = indicator_of[("fl_residents_by_district", "residents")]
    years = {r["year"] for r in district_rows if r["table"] == "fl_residents_by_district"}
    assert "2014" not in years
    answer = client.get(f"/api/v1/values?indicator={indicator}&period=2014&level=stadtteile")
    assert answer.status_code == 404


def test_the_public_file_and_all_maps_are_there(client):
    levels = {x["id"]: x for x in client.get("/api/v1/levels").json["levels"]}
    assert {"stadtteile", "stadtbezirke"} <= set(levels)
    areas = client.get("/api/v1/areas?level=stadtbezirke").json
    assert len(areas["features"]) == 41
    assert len(client.get("/api/v1/areas?level=stadtteile").json["features"]) == 13


@pytest.mark.long
def test_every_newest_table_holds_what_the_page_draws(client):
    offers = list(newest(client))
    assert len(offers) > 50
    assert [o for o in offers if differences(client, o)] == []
