"""Towns at the edge of what there is: all hidden, nobody there, one area, one year, all alike."""

from __future__ import annotations

from dataclasses import replace

import pytest

import app
from services.container import build_services
from tests.integration.callback_calls import body_of, post
from tests.integration.canary_crawl import callbacks_of
from tests.integration.test_canary import addresses
from tests.phones import ask_everybody
from tests.stages import reveal_hidden
from tests.town_fixture import PERIODS, publish, settings_for, small_town

FILES = (".pdf", ".pptx")


def with_values(change):
    def changed(town):
        return replace(town, values=change(town.values.copy()))

    return changed


def all_hidden(values):
    values["state"] = "suppressed"
    values[["value", "numerator", "denominator"]] = float("nan")
    return values


def nobody_there(values):
    parted = values["denominator"].notna()
    values.loc[parted, ["value"]] = float("nan")
    values.loc[parted, ["numerator", "denominator"]] = 0.0
    values.loc[parted, "state"] = "not_applicable"
    values.loc[values["indicator"] == "kinder", "value"] = 0.0
    return values


def all_alike(values):
    values[["numerator", "denominator"]] = [50.0, 200.0]
    values["value"] = 25.0
    values["state"] = "ok"
    return values


def all_negative(values):
    values = values[values["indicator"].isin(["miete", "geheim"])]
    values["value"] = -10.0 - values.index
    values[["numerator", "denominator"]] = float("nan")
    values["state"] = "ok"
    return values


def one_year(values):
    return values[values["period"] == PERIODS[0]]


def one_area(town):
    kept = {"quartiere@2020": ["01"], "bezirke@2020": ["A"], "schulbezirke@2020": ["S1"]}
    areas = {
        level: frame[frame["area_id"].isin(kept.get(level, frame["area_id"]))]
        for level, frame in town.areas.items()
    }
    ids = {"01", "A", "S1", "K1", "K2"}
    return replace(
        town,
        areas=areas,
        parents=town.parents[town.parents["child"].isin(ids)],
        values=town.values[town.values["area"] == "01"],
    )


TOWNS = {
    "all hidden": with_values(all_hidden), "nobody there": with_values(nobody_there),
    "all alike": with_values(all_alike), "all negative": with_values(all_negative),
    "one year": with_values(one_year), "one area": one_area,
}  # fmt: skip


QUICK = {"one area"}
CASES = [
    pytest.param(change, id=name, marks=() if name in QUICK else pytest.mark.long)
    for name, change in TOWNS.items()
]


@pytest.mark.parametrize("change", CASES)
def test_every_page_and_file_of_an_odd_town_is_answered(tmp_path, change):
    settings = settings_for(tmp_path)
    publish(change(small_town()), settings)
    services = build_services(settings)
    server = app.create_app(settings, services=services)
    ask_everybody(services)
    server.config["REVEALED_ROOM"] = reveal_hidden(services)
    client = server.test_client()
    asked = [a for a in addresses(client) if not any(f in a for f in FILES)]
    for address in asked[::15]:
        assert client.get(address).status_code in {200, 400, 404}, address
    for level in ("stadt", "quartiere"):
        for indicator in ("kinderarmut", "geheim", "miete"):
            search = f"?indicator={indicator}&level={level}"
            values = {"url.pathname": "/atlas", "url.search": search,
                      "atlas-indicator.value": indicator, "atlas-level.value": level}  # fmt: skip
            for output, callback in callbacks_of(server).items():
                answer = post(client, body_of(output, callback, values))
                assert answer.status_code in {200, 204}, (output, search)
