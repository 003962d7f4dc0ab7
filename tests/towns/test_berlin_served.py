"""Berlin by the commands of the README: sampled API values against the raw files, read here."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from app import create_app
from tests.api_and_page import differences, newest
from tests.towns.berlin_sources import (
    COUNTS,
    FOLDER,
    GSSA,
    MSS,
    SHARES,
    TOWNS,
    Query,
    expected,
)
from tests.towns.served import released_once

SEED = 2021
N_SAMPLED = 500

pytestmark = [
    pytest.mark.towns,
    pytest.mark.long,
    pytest.mark.skipif(not TOWNS, reason="KECK_TOWNS_DIR does not name the real towns"),
]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with create_app(released_once("berlin", FOLDER, tmp_path_factory)).test_client() as client:
        yield client


@pytest.fixture(scope="module")
def queries(client: Any) -> list[Query]:
    """Everything the API says it offers."""
    themes = client.get("/api/v1/catalogue").json["themes"]
    return [
        Query(indicator["id"], offer["category"], offer["level"], offer["vintage"], period)
        for theme in themes
        for indicator in theme["indicators"]
        for offer in indicator["offered"]
        for period in offer["periods"]
    ]


def answered(client: Any, query: Query) -> dict[str, dict[str, Any]]:
    answer = client.get(
        "/api/v1/values",
        query_string={
            "indicator": query.indicator,
            "category": query.category,
            "level": query.level,
            "vintage": query.vintage,
            "period": query.period,
        },
    )
    assert answer.status_code == 200, answer.text
    return {v["area_id"]: v for v in answer.json["values"]}


def sampled(client: Any, queries: list[Query]) -> list[tuple[Query, str, dict[str, Any]]]:
    """Draw from every indicator on every level first, then from all requests."""
    chance = random.Random(SEED)
    by_series: dict[tuple[str, str, str], list[Query]] = {}
    for query in queries:
        by_series.setdefault((query.indicator, query.level, query.vintage), []).append(query)
    drawn = [chance.choice(found) for found in by_series.values()]
    drawn += chance.choices(queries, k=N_SAMPLED - len(drawn))
    found = []
    for query in drawn:
        values = answered(client, query)
        area = chance.choice(sorted(values))
        found.append((query, area, values[area]))
    return found


def test_sampled_values_are_those_of_the_raw_files(client, queries):
    states: Counter[str] = Counter()
    levels: Counter[str] = Counter()
    sample = sampled(client, queries)
    assert len(sample) == N_SAMPLED
    for query, area, value in sample:
        wanted = expected(query, area)
        states[wanted.state] += 1
        levels[f"{query.level}@{query.vintage}"] += 1
        assert value["state"] == wanted.state, (query, area, value)
        for name in ("value", "numerator", "denominator"):
            number = getattr(wanted, name)
            assert value[name] == (None if number is None else pytest.approx(number, rel=1e-12)), (
                query,
                area,
                name,
            )
        has_interval = value["lower"] is not None and value["upper"] is not None
        has_parts = query.indicator in SHARES and wanted.value is not None
        assert has_interval == has_parts, (query, area, value)
        if has_interval:
            assert value["lower"] <= value["value"] <= value["upper"]
        else:
            assert value["lower"] is value["upper"] is None
    assert states["ok"] > 400
    assert states["not_collected"] > 5
    assert len(levels) == 6


def test_every_indicator_is_offered_where_its_source_has_it(queries):
    offered = {(q.indicator, f"{q.level}@{q.vintage}", q.period) for q in queries}

    def years(indicator: str, level: str) -> list[str]:
        return sorted(p for i, x, p in offered if (i, x) == (indicator, level))

    assert years("kinderarmut", "planungsraeume@2006") == ["2013", "2015", "2017", "2019"]
    assert years("kinderarmut", "planungsraeume@2021") == ["2021"]
    assert years("kinderarmut", "bezirksregionen@2006") == ["2013", "2015", "2019"]
    assert years("kinderarmut", "bezirke@2001") == ["2013", "2015", "2017", "2019", "2021"]
    assert years("kinderarmut", "stadt@2001") == []
    assert years("langzeitarbeitslosigkeit", "bezirke@2001") == ["2013", "2015", "2017"]
    assert years("transferbezug-auslaendisch", "planungsraeume@2006") == ["2013"]
    assert years("einwohner", "planungsraeume@2006") == [str(y) for y in range(2015, 2021)]
    assert years("einwohner", "planungsraeume@2021") == [str(y) for y in range(2021, 2025)]
    assert years("anteil-unter-18", "stadt@2001") == [str(y) for y in range(2015, 2025)]
    assert years("gesix", "bezirksregionen@2006") == ["2013", "2022"]
    assert {i for i, _, _ in offered} == {
        *MSS, *GSSA, *SHARES, *(name for name, _ in COUNTS)
    }  # fmt: skip


def test_no_share_without_counts_has_an_interval_anywhere(client, queries):
    opaque = [q for q in queries if q.indicator in MSS or q.indicator in GSSA]
    assert len(opaque) > 200
    for query in opaque:
        for value in answered(client, query).values():
            empty = ("lower", "upper", "numerator", "denominator")
            assert [value[name] for name in empty] == [None] * 4, (query, value)


@pytest.mark.parametrize(
    ("indicator", "level", "vintage", "period", "area"),
    [
        ("kinderarmut", "bezirksregionen", "2006", "2013", "040617"),  # a row of zeros
        ("kinderarmut", "bezirksregionen", "2006", "2013", "010111"),  # the lost row
        ("alleinerziehende", "planungsraeume", "2006", "2017", "01011101"),  # "-"
        ("kinderarmut", "planungsraeume", "2006", "2019", "04061757"),  # almost uninhabited
        ("veraenderung-kinderarmut", "planungsraeume", "2006", "2015", "09031201"),
    ],
)
def test_what_was_not_computed_is_missing_and_not_zero(
    client, indicator, level, vintage, period, area
):
    value = answered(client, Query(indicator, "total", level, vintage, period))[area]
    assert (value["state"], value["value"]) == ("not_collected", None)


def test_weak_shares_and_shares_of_nobody_are_told_apart(client):
    """Every planning area of 2024: two have no residents, in some few are under six."""
    query = Query("anteil-unter-6", "total", "planungsraeume", "2021", "2024")
    found = answered(client, query)
    wanted = {area: expected(query, area) for area in found}
    assert {area: value["state"] for area, value in found.items()} == {
        area: one.state for area, one in wanted.items()
    }
    states = Counter(one.state for one in wanted.values())
    assert states["not_applicable"] == 2
    assert states["limited"] > 0
    assert all(found[a]["value"] is None for a, one in wanted.items() if one.value is None)


def test_a_period_finds_its_boundaries(client):
    for period, n in (("2020", 447), ("2021", 542)):
        answer = client.get(
            f"/api/v1/values?indicator=einwohner&period={period}&level=planungsraeume"
        )
        assert len(answer.json["values"]) == n


def test_all_maps_are_there(client):
    levels = {
        (x["id"], x["vintage"]): x["areas"] for x in client.get("/api/v1/levels").json["levels"]
    }
    assert levels == {
        ("stadt", "2001"): 1,
        ("bezirke", "2001"): 12,
        ("bezirksregionen", "2006"): 138,
        ("bezirksregionen", "2021"): 143,
        ("planungsraeume", "2006"): 447,
        ("planungsraeume", "2021"): 542,
    }
    answer = client.get("/api/v1/areas?level=planungsraeume&vintage=2006")
    assert len(answer.json["features"]) == 447


def test_every_newest_table_holds_what_the_page_draws(client):
    offers = list(newest(client))
    assert len(offers) > 50
    assert [o for o in offers if differences(client, o)] == []
