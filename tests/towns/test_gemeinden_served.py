"""The 10,997 Gemeinden: counts of their README, and 500 values of the API against the raw files."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from app import create_app
from tests.towns.gemeinden_raw import (
    BOOKS,
    CENSUS,
    CENSUS_FILE,
    FEW_PERSONS,
    MIDDLE_FILE,
    REGISTER,
    SERIES,
    YEARS,
    RawGemeinden,
)
from tests.towns.served import Released

SAMPLES = 500
SEED = 10_997
NUMBERS = ("value", "numerator", "denominator")
SUMS = {"2013": 80_767_463, "2017": 82_792_351, "2021": 83_237_124}
"""Residents of Germany, as officially published."""

GONE = {"2013": 520, "2017": 345, "2021": 5}
"""Keys that the map does not have."""

pytestmark = [pytest.mark.towns, pytest.mark.long]


@pytest.fixture(scope="module")
def raw(towns_dir) -> RawGemeinden:
    return RawGemeinden()


@pytest.fixture(scope="module")
def values(gemeinden: Released) -> Iterator[Any]:
    """The values of a series by key, asked of the API once."""
    with create_app(gemeinden.settings).test_client() as client:

        @cache
        def asked(indicator: str, period: str) -> dict[str, dict[str, Any]]:
            query = f"indicator={indicator}&period={period}&level=gemeinden"
            answer = client.get(f"/api/v1/values?{query}")
            assert answer.status_code == 200, answer.text
            return {value["area_id"]: value for value in answer.json["values"]}

        yield asked


def test_the_files_are_those_of_their_readme(raw):
    assert len(raw.polygons) == len(set(raw.polygons)) == 10_997
    assert len(raw.census) == 10_786
    assert sum(len(lines) for lines in raw.lines.values()) == 33_371
    for year in YEARS:
        assert sum(line.residents for _, line in raw.lines[year]) == SUMS[year]


def test_the_map_and_the_census_join(gemeinden, raw, values):
    served = values("einwohner-zensus", "2022")
    counted = {area for area, value in served.items() if value["state"] != "not_collected"}
    assert counted == set(raw.census) & set(raw.polygons)
    assert len(counted) == 10_784
    assert len(set(raw.polygons) - counted) == 213
    (left,) = gemeinden.found("rows_unmapped", CENSUS_FILE)
    assert left.params["n"] == 2
    assert all(key in str(left.params["examples"]) for key in ("03153019", "16063105"))
    assert not gemeinden.found("unmapped_unused")


def test_every_year_of_the_register_joins_but_what_was_merged_since(gemeinden, raw, values):
    files = {"2017": MIDDLE_FILE, **{year: file for year, (file, _) in BOOKS.items()}}
    known = set(raw.polygons)
    with_all = known.copy()
    for year in YEARS:
        joined = set(raw.register[year]) & known
        served = values("einwohner", year)
        assert {a for a, value in served.items() if value["value"] is not None} == joined
        (left,) = gemeinden.found("rows_unmapped_counted", files[year])
        assert left.params["n"] == len(raw.register[year].keys() - known) == GONE[year]
        with_all &= joined
    assert len(with_all) == 10_712
    assert len(set(raw.register["2021"]) & known) == 10_992


@pytest.mark.parametrize("year", YEARS)
def test_served_and_merged_gemeinden_give_the_official_total(raw, values, year):
    known = set(raw.polygons)
    shown = sum(v["value"] for v in values("einwohner", year).values() if v["value"] is not None)
    left_out = sum(line.residents for key, line in raw.lines[year] if key not in known)
    assert shown + left_out == SUMS[year]


def test_five_hundred_values_are_those_of_the_raw_files(raw, values):
    lot = random.Random(SEED)
    states: Counter[str] = Counter()
    for number in range(SAMPLES):
        indicator, period = SERIES[number % len(SERIES)]
        area = lot.choice(raw.polygons)
        states[checked(raw, values(indicator, period), (indicator, period, area))] += 1
    assert states.total() == SAMPLES
    assert states["ok"] > 400
    assert min(states["suppressed"], states["absent"]) > 3


def test_rates_of_nobody_are_no_numbers_and_those_of_a_few_are_marked(raw, values):
    lines = raw.register["2021"]
    known = set(raw.polygons)
    small = sorted(key for key in known & lines.keys() if lines[key].residents < FEW_PERSONS)
    nobody = sum(not lines[key].residents for key in small)
    assert sum(not line.residents for line in lines.values()) == 208
    assert len(small) > nobody > 200
    for indicator, states in (
        ("frauenanteil", {"not_applicable": nobody, "limited": len(small) - nobody}),
        ("einwohnerdichte", {"ok": len(small)}),
    ):
        served = values(indicator, "2021")
        assert Counter(checked(raw, served, (indicator, "2021", key)) for key in small) == states


def checked(raw: RawGemeinden, served: dict[str, Any], cell: tuple[str, str, str]) -> str:
    """Compare one cell with the raw files and return its state, "absent" where there is no line."""
    expected, found = raw.expected(*cell), served.get(cell[2])
    if expected is None:
        assert found is None or (found["state"], found["value"]) == ("not_collected", None), cell
        return "absent"
    assert found is not None, cell
    assert found["state"] == expected.state, cell
    for name in NUMBERS:
        number = getattr(expected, name)
        if number is None:
            assert found[name] is None, (cell, name)
        else:
            assert found[name] == pytest.approx(number, rel=1e-12), (cell, name)
    return expected.state


def test_each_indicator_is_offered_for_its_own_years(gemeinden):
    with create_app(gemeinden.settings).test_client() as client:
        themes = client.get("/api/v1/catalogue").json["themes"]
    offered = {
        indicator["id"]: offer["periods"]
        for theme in themes
        for indicator in theme["indicators"]
        for offer in indicator["offered"]
        if offer["level"] == "gemeinden"
    }
    census = {indicator: ["2022"] for indicator in CENSUS}
    assert offered == census | {indicator: list(YEARS) for indicator in REGISTER}
