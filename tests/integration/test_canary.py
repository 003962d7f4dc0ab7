"""A crawl of everything the public may fetch: hidden numbers are nowhere."""

from __future__ import annotations

import io
import zipfile
from itertools import product

import pytest

from domain.model import Audience
from tests.integration.callback_calls import body_of, post, python_callbacks
from tests.town_fixture import CANARY, CANARY_RATE, PERIODS

LEVELS = ("stadt", "bezirke", "quartiere", "schulbezirke", "kitas")
NEEDLES = {
    str(int(CANARY)),
    str(int(CANARY_RATE)),
    f"{CANARY_RATE:.1f}",
    f"{CANARY:,.0f}".replace(",", "."),
    f"{CANARY_RATE:,.0f}".replace(",", "."),
}


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
    found = ["/", "/atlas", "/_dash-layout", "/_dash-dependencies", "/readyz"]
    for suffix in ("", ".csv", ".xlsx"):
        found += [f"/api/v1/{name}{suffix}" for name in ("catalogue", "levels")]
        found += [f"/api/v1/areas{suffix}?level={level}" for level in LEVELS]
        found += [
            f"/api/v1/values{suffix}?indicator={i}&period={p}&level={level}"
            for i, p, level in product(indicators, PERIODS, LEVELS)
        ]
    found += [
        f"/view/kleinstadt/{release}/{level}/{i}.json?compare={c}"
        for level, i, c in product(LEVELS, indicators, ("city", "parent"))
    ]
    for level, i in product(LEVELS, indicators):
        found.append(f"/ranks/kleinstadt/{release}/{level}/{i}.json")
        found += [f"/funnel/kleinstadt/{release}/{level}/{i}/{lang}.json" for lang in ("de", "en")]
    return found + [x["outlines"] for x in client.get("/api/v1/levels").json["levels"]]


@pytest.fixture(scope="module")
def hidden(town_services):
    """Return the numbers of the internal release that the public release hides, as text."""
    release = town_services.releases.current()
    inner = town_services.releases.reader(release, Audience.INTERNAL)
    outer = town_services.releases.reader(release, Audience.PUBLIC)
    rates = inner.values("geheim", "quartiere", "2020")
    assert (rates["value"] == CANARY_RATE).any()
    assert [n for n in NEEDLES if n in rates.to_json()], "the crawl could not find anything"
    shown = outer.values("geheim", "quartiere", "2020")
    assert set(shown.loc[shown["area"] == "02", "state"]) == {"suppressed"}
    return NEEDLES


def test_the_crawl_reaches_answers_of_every_kind(client):
    found = addresses(client)
    answered = [a for a in found if client.get(a).status_code == 200]
    for part in (
        "/view/",
        "/ranks/",
        "/funnel/",
        "/geo/",
        "values.csv",
        "values.xlsx",
        "/values?",
        "/areas?",
    ):
        assert any(part in a for a in answered), part


def test_no_public_address_shows_a_hidden_number(client, hidden):
    for address in addresses(client):
        answer = client.get(address)
        assert answer.status_code in {200, 404}, (address, answer.status_code)
        text = readable(answer)
        assert not [n for n in hidden if n in text], address


def test_no_callback_shows_a_hidden_number(client, town_server, hidden):
    page = client.get("/_dash-dependencies")
    assert page.status_code == 200
    dispatch = town_server.view_functions["/_dash-update-component"]
    dash_app = next(
        c.cell_contents for c in dispatch.__closure__ if hasattr(c.cell_contents, "callback_map")
    )
    for output, callback in python_callbacks(dash_app.callback_map).items():
        for indicator, level in product(("geheim", "amtlich", "kinderarmut"), LEVELS):
            search = f"?indicator={indicator}&level={level}&period=2023"
            values = {
                "url.pathname": "/atlas",
                "url.search": search,
                "atlas-indicator.value": indicator,
                "atlas-level.value": level,
                "atlas-period.value": "2023",
            }
            answer = post(client, body_of(output, callback, values))
            assert answer.status_code in {200, 204}, (output, indicator, level)
            text = readable(answer)
            assert not [n for n in hidden if n in text], (output, indicator, level)


def test_an_internal_indicator_is_as_unknown_as_an_invented_one(client, town_services):
    catalogue = client.get("/api/v1/catalogue").json
    public = {i["id"] for t in catalogue["themes"] for i in t["indicators"]}
    release = catalogue["release"]
    inner = town_services.releases.reader(release, Audience.INTERNAL).catalogue()
    secret = sorted({i.id for i in inner.indicators} - public) or ["ausgedacht"]
    address = "/api/v1/values?indicator={}&period=2023&level=quartiere"
    first, second = client.get(address.format(secret[0])), client.get(address.format("zzz"))
    assert first.status_code == second.status_code == 404
    assert first.json["error"]["code"] == second.json["error"]["code"]
