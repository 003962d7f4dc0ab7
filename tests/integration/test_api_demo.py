"""The API on the demo town: the numbers of its pages, and the examples of the manual as printed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from urllib.parse import urlsplit

import pytest
from werkzeug.serving import make_server

import app
from tests.api_and_page import differences, newest
from tests.towns.served import ROOT

PRINTED = "http://127.0.0.1:8050"
MANUAL = ROOT / "docs" / "api.md"


@pytest.fixture(scope="module")
def server(demo):
    return app.create_app(demo)


@pytest.fixture
def client(server):
    return server.test_client()


def test_the_newest_tables_hold_what_the_page_draws(client):
    offers = totals(client)
    some = offers[::4]
    assert {o.level for o in some} >= {"stadt", "stadtbezirke", "stadtteile", "sozialraeume"}
    assert len({o.indicator for o in some}) > 50
    assert different(client, some) == {}


@pytest.mark.long
def test_every_newest_table_of_every_category_holds_what_the_page_draws(client):
    offers = list(newest(client))
    assert len(offers) > len(totals(client)) > 300
    assert different(client, offers) == {}


def totals(client):
    return [o for o in newest(client) if o.category == "total"]


def different(client, offers):
    found = {o: differences(client, o) for o in offers}
    return {o: cells for o, cells in found.items() if cells}


def test_ranges_and_trends_are_told_where_they_are_known(client):
    query = {"indicator": "sgb2-quote", "period": "2025", "level": "stadtteile"}
    answer = client.get("/api/v1/values", query_string=query).json
    shown = [v for v in answer["values"] if v["value"] is not None]
    assert answer["ranked"] == len(shown) > 20
    assert all(1 <= v["rank_low"] <= v["rank_high"] <= len(shown) for v in shown)
    assert {v["trend"] for v in shown} == {"better", "none"}


def test_a_hidden_area_has_neither_range_nor_trend(client):
    query = {"indicator": "jugendarbeitslosigkeit", "period": "2025", "level": "stadtteile"}
    answer = client.get("/api/v1/values", query_string=query).json
    hidden = [v for v in answer["values"] if v["state"] == "suppressed"]
    assert hidden
    assert answer["ranked"] > 20
    assert all(v["rank_low"] is v["rank_high"] is v["trend"] is None for v in hidden)


def test_the_examples_of_the_description_are_answered(client):
    described = client.get("/api/v1/openapi.json").json
    for path, operations in described["paths"].items():
        query = {p["name"]: p["example"] for p in operations["get"]["parameters"] if "example" in p}
        answer = client.get(path, query_string=query)
        assert answer.status_code == 200, (path, query, answer.text)
        assert set(operations["get"]["responses"]["200"]["content"]) == {answer.mimetype}


def examples(language):
    text = MANUAL.read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


@pytest.mark.parametrize("language", ["python", "r", "powerquery"])
def test_every_address_in_an_example_is_answered(client, language):
    found = [a for code in examples(language) for a in re.findall(rf"{PRINTED}[^\s\"'`]*", code)]
    assert len(found) >= 2
    for address in found:
        parts = urlsplit(address)
        answer = client.get(parts.path, query_string=parts.query)
        assert answer.status_code == 200, address


def test_the_example_in_python_runs_as_printed(server):
    (code,) = examples("python")
    running = make_server("127.0.0.1", 0, server, threaded=True)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    try:
        own = code.replace(PRINTED, f"http://127.0.0.1:{running.server_port}")
        done = subprocess.run(
            [sys.executable, "-c", own], capture_output=True, text=True, timeout=60, check=False
        )
    finally:
        running.shutdown()
    assert done.returncode == 0, done.stderr
    assert "Hafenvorstadt" in done.stdout
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["areas"] == 32
    assert told["shown"] > 20
