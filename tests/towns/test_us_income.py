"""Per-capita income of 48 states, 81 yearly columns: 500 values of the API against the CSV."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely

from app import create_app
from domain.findings import Severity
from tests.towns.served import ROOT, Released, imported

RECIPE = ROOT / "examples" / "us-income" / "town.toml"
FOLDER = "us-income-1929-2009"
MAP, TABLE = "raw/us48.zip", "raw/usjoin.csv"
INDICATOR, LEVEL = "pro-kopf-einkommen", "staaten"
YEARS = [str(year) for year in range(1929, 2010)]
SAMPLES = 500
SEED = 1929

FOUND = {
    ("geometry_hole", "warning", MAP): 1,
    ("recipe_remark", "info", MAP): 1,
    ("keys_filled", "info", TABLE): 1,
    ("check_compared", "info", TABLE): 1,
}
"""All that the import finds, by code, severity and file."""

Rows = dict[str, dict[str, str]]

pytestmark = [pytest.mark.towns, pytest.mark.long]


@pytest.fixture(scope="module")
def income(towns_dir, tmp_path_factory) -> Released:
    return imported(RECIPE, towns_dir / FOLDER, tmp_path_factory.mktemp("us-income"))


@pytest.fixture(scope="module")
def client(income: Released) -> Iterator[Any]:
    with create_app(income.settings).test_client() as client:
        yield client


@pytest.fixture(scope="module")
def rows(towns_dir: Path) -> Rows:
    """The rows of the table by the two digits of the state."""
    with (towns_dir / FOLDER / TABLE).open(encoding="utf-8", newline="") as stream:
        lines = list(csv.DictReader(stream))
    found = {row["STATE_FIPS"].zfill(2): row for row in lines}
    assert len(found) == len(lines)
    return found


@pytest.fixture(scope="module")
def states(towns_dir: Path) -> gpd.GeoDataFrame:
    """The map as another library reads it."""
    return gpd.read_file(towns_dir / FOLDER / MAP).set_index("STATE_FIPS")


def test_the_files_are_those_of_their_readme(rows, states):
    assert len(rows) == len(states) == 48
    assert {tuple(row) for row in rows.values()} == {("Name", "STATE_FIPS", *YEARS)}
    assert len(YEARS) == 81
    assert all(row[year].isdecimal() for row in rows.values() for year in YEARS)
    assert states.crs is None
    assert sum(states.geometry.geom_type == "MultiPolygon") == 17
    assert {key: row["Name"] for key, row in rows.items()} == dict(states["STATE_NAME"])
    assert not {"Alaska", "Hawaii", "District of Columbia"} & set(states["STATE_NAME"])


def test_every_finding_is_known_and_told_in_both_languages(income):
    assert income.counted() == FOUND
    assert not income.unexplained()
    assert Severity.ERROR.value not in {severity for _, severity, _ in income.counted()}


def test_the_counts_of_the_findings_are_those_of_the_files(income, rows, states):
    (filled,) = income.found("keys_filled")
    assert filled.params["n"] == sum(len(row["STATE_FIPS"]) == 1 for row in rows.values()) == 6
    (compared,) = income.found("check_compared")
    assert compared.params["n"] == len(rows) * len(YEARS) == 3888
    assert not income.found("columns_unread")  # the names are read by the check table
    (hole,) = income.found("geometry_hole")
    (district,) = [
        ring for part in shapely.get_parts(states.geometry.union_all()) for ring in part.interiors
    ]
    assert hole.params["n"] == 1
    assert [round(x, 2) for x in district.bounds] == [-77.12, 38.79, -76.91, 38.99]


def test_five_hundred_values_are_those_of_the_table(client, rows):
    @cache
    def asked(year: str) -> dict[str, dict[str, Any]]:
        query = f"indicator={INDICATOR}&period={year}&level={LEVEL}"
        answer = client.get(f"/api/v1/values?{query}")
        assert answer.status_code == 200, answer.text
        return {value["area_id"]: value for value in answer.json["values"]}

    cells = [(year, area) for year in YEARS for area in rows]
    for year, area in random.Random(SEED).sample(cells, SAMPLES):
        served = asked(year)
        assert set(served) == set(rows)
        found = served[area]
        assert (found["state"], found["value"]) == ("ok", int(rows[area][year])), (year, area)
        assert found["lower"] is found["upper"] is None
    assert asked.cache_info().currsize == len(YEARS)


def test_81_years_are_offered_for_the_states_and_nothing_above_them(client):
    themes = client.get("/api/v1/catalogue").json["themes"]
    (offers,) = [indicator["offered"] for theme in themes for indicator in theme["indicators"]]
    assert [(offer["level"], offer["periods"]) for offer in offers] == [(LEVEL, YEARS)]


def test_the_states_lie_where_the_map_says(client, states):
    features = client.get(f"/api/v1/areas?level={LEVEL}").json["features"]
    assert len(features) == 48
    for feature in features:
        place = feature["properties"]
        theirs = states.geometry[place["area_id"]]
        ours = shapely.geometry.shape(feature["geometry"])
        assert place["name"] == states["STATE_NAME"][place["area_id"]]
        # served outlines are simplified: a hundredth of a degree is about a kilometre
        assert ours.bounds == pytest.approx(theirs.bounds, abs=0.01), place
        assert ours.area == pytest.approx(theirs.area, rel=0.01), place
