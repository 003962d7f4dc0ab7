"""Konstanz without a map: every value of 91 years against the cells of both files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from app import create_app
from domain.findings import Severity
from tests.towns.konstanz_raw import EAST, HISTORICAL, JOINED, NEWER, PAIR, WEST, RawKonstanz
from tests.towns.odd_files_raw import RECIPES
from tests.towns.served import Released, imported

BLANK_ROWS = {"1951", "1983", "1984", "1986"}
NO_ROWS = {*map(str, range(1940, 1946)), "1947", "1948"}
FIRST_SUM = "1961"
SUMS = {
    "1961": 52_990, "1970": 62_120, "1971": 65_187, "1975": 69_514,
    "1993": 78_126, "1994": 72_324, "1995": 72_234, "2025": 87_178,
}  # fmt: skip
"""Residents of the city, added up by hand: Petershausen once, blanks left out."""

FOUND = {
    ("recipe_remark", "warning", HISTORICAL): 2,
    ("recipe_remark", "info", HISTORICAL): 2,
    ("column_without_numbers", "warning", HISTORICAL): 4,
    ("rows_rekeyed", "warning", HISTORICAL): 4,
    ("areas_absent", "info", HISTORICAL): 1,
    ("series_gaps", "warning", NEWER): 1,
    ("level_without_outlines", "info", "konstanz.toml"): 1,
    ("signs_not_collected", "info", HISTORICAL): 2,
    ("signs_not_applicable", "info", HISTORICAL): 2,
    ("group_figures", "info", HISTORICAL): 1,
    ("check_compared", "info", HISTORICAL): 1,
}
"""All that the import finds, by code, severity and file."""

pytestmark = [pytest.mark.towns, pytest.mark.long]


@pytest.fixture(scope="module")
def konstanz(towns_dir, tmp_path_factory) -> Released:
    return imported(RECIPES / "konstanz.toml", towns_dir, tmp_path_factory.mktemp("konstanz"))


@pytest.fixture(scope="module")
def client(konstanz: Released) -> Iterator[Any]:
    with create_app(konstanz.settings).test_client() as client:
        yield client


@pytest.fixture(scope="module")
def raw(towns_dir) -> RawKonstanz:
    return RawKonstanz(towns_dir)


def answered(client: Any, level: str, year: str) -> dict[str, Any]:
    answer = client.get(f"/api/v1/values?indicator=einwohner&period={year}&level={level}")
    assert answer.status_code == 200, answer.text
    return answer.json


def shown(values: list[dict[str, Any]]) -> dict[str, tuple[str, float | None]]:
    return {value["area_id"]: (value["state"], value["value"]) for value in values}


def numbers(konstanz: Released, code: str, name: str = "n") -> list[int]:
    return [finding.params[name] for finding in konstanz.found(code)]


def test_the_files_are_as_their_readme_and_the_recipe_say(raw):
    assert len(raw.areas) == 15
    assert list(raw.newer) == [str(year) for year in range(1995, 2026)]
    years = {str(year) for year in range(1927, 2026)}
    assert years - set(raw.historical) == NO_ROWS
    rows = raw.historical.items()
    assert {y for y, row in rows if not any(row[area] for area in raw.areas)} == BLANK_ROWS
    twins = [y for y, row in rows if row[WEST] and row[WEST] == row[EAST]]
    assert twins == [y for y in raw.historical if y <= "1993" and y not in BLANK_ROWS]
    for year, row in raw.newer.items():
        again = raw.historical[year]
        assert all(float(row[area]) == float(again[area]) for area in raw.areas)
    for area, first in JOINED.items():
        assert min(y for y, row in rows if row[area]) == first


def test_every_finding_is_known_and_told_in_both_languages(konstanz):
    assert konstanz.counted() == FOUND
    assert not konstanz.unexplained()
    assert Severity.ERROR.value not in {severity for _, severity, _ in konstanz.counted()}


def test_the_counts_of_the_findings_are_those_of_the_cells(konstanz, raw):
    younger = list(JOINED)
    older = [area for area in raw.areas if area not in {EAST, *younger}]
    assert numbers(konstanz, "signs_not_collected") == [
        raw.blanks("1927", "1970", older),
        raw.blanks("1975", "1993", [*older, *younger]),
    ]
    assert numbers(konstanz, "signs_not_applicable") == [
        raw.blanks("1927", "1970", younger),
        raw.blanks("1971", "1974", younger[1:]),
    ]
    rows = [y for y in raw.historical if y <= "1993"]
    spans = [("1927", "1970"), ("1971", "1974"), ("1975", "1993")]
    together = [y for y in rows if raw.cell(y, EAST)]
    assert numbers(konstanz, "rows_rekeyed", "rows") == [
        *(sum(first <= y <= last for y in rows) for first, last in spans),
        len(together),
    ]
    assert numbers(konstanz, "group_figures") == [len(together)] == [55]
    repeated = len(raw.newer) * len(raw.areas)
    assert numbers(konstanz, "check_compared") == [repeated + len(together)] == [520]
    assert numbers(konstanz, "series_gaps") == [len(PAIR) * len(BLANK_ROWS)]
    assert numbers(konstanz, "series_gaps", "all") == [len(raw.historical) * len(raw.areas)]
    # the table that compares the pair has no other column
    assert numbers(konstanz, "areas_absent") == [len(raw.areas) - len(PAIR)]
    assert {f.place.column for f in konstanz.found("column_without_numbers")} == set(younger)


def test_all_1365_values_of_the_stadtteile_are_those_of_the_files(client, raw):
    states: Counter[str] = Counter()
    for year in raw.historical:
        answer = answered(client, "stadtteile", year)
        expected = {area: raw.area(year, area) for area in raw.areas}
        assert shown(answer["values"]) == expected, year
        states.update(state for state, _ in expected.values())
        pair = raw.pair(year)
        groups = shown(answer["groups"])
        if pair is None or pair[1] is None:
            assert not any(value for _, value in groups.values()), year
        else:
            assert groups == {"petershausen": pair}, year
            assert tuple(answer["groups"][0]["area_ids"]) == PAIR
    assert states.total() == 91 * 15
    assert min(states[x] for x in ("ok", "not_collected", "not_applicable")) > 100


def test_the_city_is_the_sum_wherever_no_part_of_it_is_blank(client, raw):
    sums = {}
    for year in client_years(client, "stadt"):
        served = shown(answered(client, "stadt", year)["values"])
        assert served == {"konstanz": raw.city(year)}, year
        if served["konstanz"][1] is not None:
            sums[year] = served["konstanz"][1]
    assert set(sums) == {y for y in raw.historical if y >= FIRST_SUM and y not in BLANK_ROWS}
    assert {year: sums[year] for year in SUMS} == SUMS


def client_years(client: Any, level: str) -> list[str]:
    themes = client.get("/api/v1/catalogue").json["themes"]
    (offers,) = [indicator["offered"] for theme in themes for indicator in theme["indicators"]]
    (periods,) = [offer["periods"] for offer in offers if offer["level"] == level]
    return periods


def test_years_without_a_row_are_offered_nowhere(client, raw):
    assert client_years(client, "stadtteile") == list(raw.historical)
    assert not NO_ROWS & set(client_years(client, "stadt"))


def test_the_level_has_names_and_no_outlines(client, raw):
    answer = client.get("/api/v1/areas?level=stadtteile").json
    features = {f["properties"]["area_id"]: f for f in answer["features"]}
    assert set(features) == set(raw.areas)
    assert {f["geometry"] for f in features.values()} == {None}
    assert "keine Umrisse" in answer["note"]
    names = {key: f["properties"]["name"] for key, f in features.items()}
    assert names["petershausenwest"] == "Petershausen-West"
    assert (names["koenigsbau"], names["fuerstenberg"]) == ("Königsbau", "Fürstenberg")
