"""A crawl of all that is public: hidden numbers and what follows from them are nowhere."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import product
from urllib.parse import urlencode

import pytest

import app
from domain.model import Audience
from domain.selection import LAYERS, SCATTERS
from services.container import build_services
from tests.canary_town import MEN, WOMEN, canary_town, markers
from tests.integration.callback_calls import body_of, post, python_callbacks
from tests.town_fixture import CANARY, CANARY_RATE, PERIODS, publish, settings_for

LEVELS = ("stadt", "bezirke", "quartiere", "schulbezirke", "kitas")
SECRET = ("geheim", "amtlich", "kinderarmut")
COMPARISONS = ("city", "parent", "twins", "target", "previous")
CATEGORIES = ("total", "w", "m")
CLASSES = ("", "10-20-30", "0-100")
NUMBER = re.compile(r"\d[\d.,]*")
NOT_CRAWLED = {
    "/_reload-hash", "/_favicon.ico", "/assets/<path:filename>", "/healthz",
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>",
    "/bundle/<name>", "/arms/<town>/<release>/<name>", "/api/<path:rest>",
}  # fmt: skip
"""They hold files of the program, or nothing."""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    settings = settings_for(tmp_path_factory.mktemp("canary") / "instance")
    publish(canary_town(), settings)
    services = build_services(settings)
    return app.create_app(settings, services=services), services


@pytest.fixture
def client(server):
    return server[0].test_client()


@pytest.fixture(scope="module")
def hidden(server):
    """Return every way to write what the public file hides."""
    releases = server[1].releases
    release = releases.current()
    inner = releases.reader(release, Audience.INTERNAL)
    outer = releases.reader(release, Audience.PUBLIC)
    found = markers(inner, outer)
    pair = WOMEN[0] + MEN[0]
    for number in (CANARY, CANARY_RATE, WOMEN[0], MEN[0], pair, pair + 2):
        assert str(int(number)) in found, number
    return found


def told(hidden, text):
    """Return the hidden numbers that a text holds."""
    return hidden.intersection(token.strip(".,") for token in NUMBER.findall(text))


def readable(answer):
    body = answer.get_data()
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            return " ".join(book.read(n).decode("utf-8", "replace") for n in book.namelist())
    return body.decode("utf-8", "replace")


def addresses(client):
    catalogue = client.get("/api/v1/catalogue").json
    release = catalogue["release"]
    indicators = [i["id"] for t in catalogue["themes"] for i in t["indicators"]]
    place = f"kleinstadt/{release}"
    found = [
        "/", "/atlas", "/_dash-layout", "/_dash-dependencies", "/readyz", "/api/v1/openapi.json",
        *(f"/{what}/{place}/{lang}.json" for what in ("places", "facilities") for lang in
          ("de", "en")),
    ]  # fmt: skip
    split = [(i, c) for i in indicators for c in (CATEGORIES if i == "kinderarmut" else ("total",))]
    for suffix in ("", ".csv", ".xlsx"):
        found += [f"/api/v1/{name}{suffix}" for name in ("catalogue", "levels")]
        found += [f"/api/v1/areas{suffix}?level={level}" for level in LEVELS]
        found += [
            f"/api/v1/values{suffix}?indicator={i}&category={c}&period={p}&level={level}"
            for (i, c), p, level in product(split, PERIODS, LEVELS)
        ]
    found += [
        f"/view/{place}/{level}/{i}.json?category={c}&compare={compare}"
        for level, (i, c), compare in product(LEVELS, split, COMPARISONS)
    ]
    for level, i in product(LEVELS, indicators):
        found.append(f"/ranks/{place}/{level}/{i}.json")
        found += [f"/funnel/{place}/{level}/{i}/{lang}.json" for lang in ("de", "en")]
    for (i, c), level, scope, lang in product(
        [x for x in split if x[0] in SECRET], LEVELS[:3], ("period", "all_periods"), ("de", "en")
    ):
        query = {"indicator": i, "category": c, "level": level, "scope": scope, "lang": lang}
        found += [f"/export/{place}/atlas.{end}?{urlencode(query)}" for end in ("csv", "xlsx")]
    return found + [x["outlines"] for x in client.get("/api/v1/levels").json["levels"]]


def test_the_crawl_reaches_answers_of_every_kind(client, server):
    """Every rule that answers a GET is asked, so that a new one cannot be forgotten."""
    adapter = server[0].url_map.bind("localhost")
    crawled = set()
    for address in addresses(client):
        rule, _ = adapter.match(address.partition("?")[0], method="GET", return_rule=True)
        crawled.add(rule.rule)
    rules = {r.rule for r in server[0].url_map.iter_rules() if "GET" in (r.methods or ())}
    assert rules - NOT_CRAWLED - crawled == set()


def test_the_crawl_would_find_a_number_that_is_not_hidden(server, hidden):
    """The internal file read as an answer holds every marker: the pattern can fail."""
    releases = server[1].releases
    inner = releases.reader(releases.current(), Audience.INTERNAL)
    rows = inner.values("kinderarmut", "quartiere", "2020", "w")
    assert told(hidden, rows.to_json())
    assert told(hidden, "genau " + f"{WOMEN[0]:,}.".replace(",", "."))


def test_no_public_address_of_a_year_shows_a_hidden_number(client, hidden):
    found = addresses(client)
    some = [a for a in found if "period=" not in a or PERIODS[0] in a][::3]
    assert crawl(client, hidden, some) > 60


@pytest.mark.long
def test_no_public_address_shows_a_hidden_number(client, hidden):
    assert crawl(client, hidden, addresses(client)) > 400


def crawl(client, hidden, wanted):
    """Fetch and search every address; return how many answered."""
    answered = 0
    for address in wanted:
        answer = client.get(address)
        assert answer.status_code in {200, 404}, (address, answer.status_code)
        answered += answer.status_code == 200
        found = told(hidden, readable(answer))
        assert not found, (address, found)
    return answered


def callbacks_of(server):
    dispatch = server.view_functions["/_dash-update-component"]
    dash_app = next(
        c.cell_contents for c in dispatch.__closure__ if hasattr(c.cell_contents, "callback_map")
    )
    return python_callbacks(dash_app.callback_map)


def selections(indicators, levels):
    """Yield selections in which one choice after the other takes each of its values."""
    plain = {
        "category": "total",
        "period": PERIODS[0],
        "compare": "city",
        "second": "",
        "classes": "",
        "layer": "value",
        "scatter": "relation",
    }
    choices = {
        "category": CATEGORIES, "period": PERIODS, "compare": COMPARISONS,
        "second": indicators, "classes": CLASSES, "layer": LAYERS, "scatter": SCATTERS,
    }  # fmt: skip
    for indicator, level in product(indicators, levels):
        yield {"indicator": indicator, "level": level, **plain}
        for name, values in choices.items():
            for value in values:
                if value != plain[name]:
                    yield {"indicator": indicator, "level": level, **plain, name: value}


def crawl_callbacks(client, server, hidden, chosen):
    assert client.get("/_dash-dependencies").status_code == 200
    asked = 0
    for selection in chosen:
        values = {
            "url.pathname": "/atlas",
            "url.search": f"?{urlencode({k: v for k, v in selection.items() if v})}",
            **{f"atlas-{name}.value": value or None for name, value in selection.items()},
        }
        for output, callback in callbacks_of(server).items():
            answer = post(client, body_of(output, callback, values))
            assert answer.status_code in {200, 204}, (output, selection)
            found = told(hidden, readable(answer))
            assert not found, (output, selection, found)
            asked += 1
    return asked


def test_no_callback_shows_a_hidden_number(client, server, hidden):
    client.get("/_dash-dependencies")
    chosen = list(selections(("kinderarmut",), ("quartiere",)))
    assert crawl_callbacks(client, server[0], hidden, chosen) > 40


@pytest.mark.long
def test_no_callback_shows_a_hidden_number_whatever_is_chosen(client, server, hidden):
    catalogue = client.get("/api/v1/catalogue").json
    indicators = [i["id"] for t in catalogue["themes"] for i in t["indicators"]]
    assert crawl_callbacks(client, server[0], hidden, selections(indicators, LEVELS)) > 1000


def test_an_internal_indicator_is_as_unknown_as_an_invented_one(client, server):
    releases = server[1].releases
    catalogue = client.get("/api/v1/catalogue").json
    public = {i["id"] for t in catalogue["themes"] for i in t["indicators"]}
    inner = releases.reader(catalogue["release"], Audience.INTERNAL).catalogue()
    secret = sorted({i.id for i in inner.indicators} - public) or ["ausgedacht"]
    address = "/api/v1/values?indicator={}&period=2023&level=quartiere"
    first, second = client.get(address.format(secret[0])), client.get(address.format("zzz"))
    assert first.status_code == second.status_code == 404
    assert first.json["error"]["code"] == second.json["error"]["code"]
