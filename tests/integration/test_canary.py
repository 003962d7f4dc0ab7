"""A crawl of all that is public: hidden numbers and what follows from them are nowhere."""

from __future__ import annotations

import re
from itertools import product
from urllib.parse import urlencode

import pytest

from domain.model import Audience
from tests.canary_town import WOMEN
from tests.integration.canary_crawl import (
    CATEGORIES,
    COMPARISONS,
    LEVELS,
    PROFILED,
    SECRET,
    comparisons,
    readable,
    told,
)
from tests.town_fixture import PERIODS
from web.audience import is_inside

NOT_CRAWLED = {
    "/_reload-hash", "/_favicon.ico", "/assets/<path:filename>", "/healthz",
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>",
    "/bundle/<name>", "/arms/<town>/<release>/<name>", "/api/<path:rest>",
    "/pictures/<town>/<name>", "/s/<code>", "/rooms/<hashed>/<name>",
    "/werkstatt/<workshop>/notizen",
}  # fmt: skip
"""They hold files of the program, pictures of authors, addresses of pages, or nothing; notes
are for whoever leads a room."""


def addresses(client):
    catalogue = client.get("/api/v1/catalogue").json
    release = catalogue["release"]
    indicators = [i["id"] for t in catalogue["themes"] for i in t["indicators"]]
    place = f"kleinstadt/{release}"
    found = [
        "/", "/atlas", "/embed/atlas?panel=map", "/artikel", "/_dash-layout",
        "/_dash-dependencies", "/readyz", "/api/v1/openapi.json",
        f"/export/{place}/artikel.pdf?id=mit-ansichten",
        "/beitraege/kleinstadt/de.json", "/beitraege/kleinstadt/en.json",
        *(f"/{what}/{place}/{lang}.json" for what in ("places", "facilities") for lang in
          ("de", "en")),
        *(f"/search/{place}/{lang}.json?q={q}" for lang, q in
          product(("de", "en"), ("gebiet", "kinder", "hafenstr", "seltn"))),
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
    for level, area in PROFILED:
        query = urlencode({"level": level, "area": area})
        found += [f"/profil/{level}/{area}", f"/export/{place}/profil.csv?{query}",
                  f"/export/{place}/profil.xlsx?{query}&scope=all_periods"]  # fmt: skip
    found += [
        f"/export/{place}/vergleich.{end}?{query}&scope={scope}"
        for end, query, scope in product(("csv", "xlsx"), comparisons(), ("period", "all_periods"))
    ]
    found += [
        f"/export/{place}/ressourcen.{end}?{query}"
        for end, query in product(("csv", "xlsx"), shared())
    ]
    found += [
        f"/export/{place}/bedarf.{end}?level=quartiere&kind=kita&children={i}&care={i}"
        for end, i in product(("csv", "xlsx"), ("kinder", "amtlich"))
    ]
    found += [
        f"/export/{place}/wirkung.{end}?lang={lang}"
        for end, lang in (("csv", "de"), ("xlsx", "en"))
    ]
    found += [
        f"/export/{place}/fruehwarnung.{end}?{query}"
        for end, query in product(("csv", "xlsx"), warned())
    ]
    found += ["/w", "/werkstatt"]
    for room in re.findall(r"/w/(\w{8})", client.get("/werkstatt").text):
        found += [f"/w/{room}?lang={lang}" for lang in ("de", "en", "plain")]
        found += [f"/live/{room}/state", f"/live/{room}/screen?lang=en"]
    revealed = client.application.config["REVEALED_ROOM"]
    found += [f"/werkstatt/{revealed}{rest}" for rest in ("", "/stand?lang=en")]
    found.append(f"/export/{place}/auftrag/{'0' * 32}.pdf")
    for end, lang in (("pdf", "de"), ("pptx", "en"), ("xlsx", "de")):
        found += [f"/export/{place}/bericht.{end}?{query}&lang={lang}" for query in reports()]
    return found + [x["outlines"] for x in client.get("/api/v1/levels").json["levels"]]


def shared():
    """Return queries of an index whose figures and numbers of children are hidden in part."""
    three = "level=quartiere&indicators=kinderarmut,gymnasium,geheim"
    return [
        three,
        f"{three}&weights=0,0,1&gearing=100&method=given",
        f"{three}&before=formula&before_amount=95000&before_gearing=50&fall=5&rise=20",
        "level=quartiere&indicators=geheim,miete,kinderarmut&weights=9,1,0&children=amtlich",
    ]


def warned():
    """Return queries of the early-warning list that test figures hidden in part."""
    return ["level=quartiere&least=1&q=0.2", "level=bezirke&of=all&years=2&least=1&lang=en"]


def reports():
    """Return queries of pages on paper whose numbers are hidden in part."""
    atlas = product(SECRET, ("quartiere", "bezirke"), ("value", "difference", "change"))
    return [
        *(f"page=atlas&indicator={i}&level={x}&layer={y}&areas=01,02,03" for i, x, y in atlas),
        *(f"page=vergleich&{query}" for query in comparisons()),
        *(f"page=ressourcen&{query}" for query in shared()),
        "page=bedarf&level=quartiere&kind=kita&children=amtlich",
        "page=wirkung&area=quartiere/03",
        "page=wirkung",
        "page=wirkung&year=2022",
        *(f"page=fruehwarnung&{query}" for query in warned()),
        *(f"page=profil&level={x}&area={a}" for x, a in (("quartiere", "02"), ("bezirke", "A"))),
    ]


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


def test_the_crawl_reaches_answers_of_every_kind(canary_client, canary_server):
    """Every rule that answers a GET is asked, so that a new one cannot be forgotten."""
    adapter = canary_server[0].url_map.bind("localhost")
    crawled = set()
    for address in addresses(canary_client):
        rule, _ = adapter.match(address.partition("?")[0], method="GET", return_rule=True)
        crawled.add(rule.rule)
    rules = {
        r.rule for r in canary_server[0].url_map.iter_rules()
        if "GET" in (r.methods or ()) and not is_inside(r.rule)
    }  # fmt: skip
    assert rules - NOT_CRAWLED - crawled == set()


def test_the_crawl_would_find_a_number_that_is_not_hidden(canary_server, hidden):
    """The internal file read as an answer holds every marker: the pattern can fail."""
    releases = canary_server[1].releases
    inner = releases.reader(releases.current(), Audience.INTERNAL)
    rows = inner.values("kinderarmut", "quartiere", "2020", "w")
    assert told(hidden, rows.to_json())
    assert told(hidden, "genau " + f"{WOMEN[0]:,}.".replace(",", "."))


def test_no_public_address_of_a_year_shows_a_hidden_number(canary_client, hidden):
    found = addresses(canary_client)
    some = [a for a in found if "period=" not in a or PERIODS[0] in a][::3]
    assert crawl(canary_client, hidden, some) > 60


@pytest.mark.long
def test_no_public_address_shows_a_hidden_number(canary_client, hidden):
    assert crawl(canary_client, hidden, addresses(canary_client)) > 400


def test_an_internal_indicator_is_as_unknown_as_an_invented_one(canary_client, canary_server):
    releases = canary_server[1].releases
    catalogue = canary_client.get("/api/v1/catalogue").json
    public = {i["id"] for t in catalogue["themes"] for i in t["indicators"]}
    inner = releases.reader(catalogue["release"], Audience.INTERNAL).catalogue()
    secret = sorted({i.id for i in inner.indicators} - public) or ["ausgedacht"]
    address = "/api/v1/values?indicator={}&period=2023&level=quartiere"
    first, second = (
        canary_client.get(address.format(secret[0])),
        canary_client.get(address.format("zzz")),
    )
    assert first.status_code == second.status_code == 404
    assert first.json["error"]["code"] == second.json["error"]["code"]
