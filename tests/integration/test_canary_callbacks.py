"""No callback and no page says a hidden number, whatever is chosen."""

from __future__ import annotations

from itertools import product
from urllib.parse import urlencode

import pytest

from domain.selection import LAYERS, SCATTERS
from tests.integration.callback_calls import body_of, post
from tests.integration.canary_crawl import (
    CATEGORIES,
    COMPARISONS,
    LEVELS,
    PROFILED,
    SECRET,
    callbacks_of,
    comparisons,
    readable,
    told,
)
from tests.town_fixture import PERIODS

CLASSES = ("", "10-20-30", "0-100")
COMPARED = ("page.children", "comparison-", "rule-", "group-", "url.search")
"""Parts of outputs that the page of a comparison writes."""


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


def test_no_callback_shows_a_hidden_number(canary_client, canary_server, hidden):
    canary_client.get("/_dash-dependencies")
    chosen = list(selections(("kinderarmut",), ("quartiere",)))
    assert crawl_callbacks(canary_client, canary_server[0], hidden, chosen) > 40


def test_no_profile_shows_a_hidden_number(canary_client, canary_server, hidden):
    canary_client.get("/_dash-dependencies")
    output = "page.children"
    callback = callbacks_of(canary_server[0])[output]
    for (level, area), search in product(PROFILED, ("", "?length=easy&lang=en", "?compare=parent")):
        values = {"url.pathname": f"/profil/{level}/{area}", "url.search": search}
        answer = post(canary_client, body_of(output, callback, values))
        assert answer.status_code == 200
        found = told(hidden, readable(answer))
        assert not found, (level, area, search, found)


def test_no_comparison_shows_a_hidden_number(canary_client, canary_server, hidden):
    canary_client.get("/_dash-dependencies")
    asked = 0
    for search in comparisons():
        values = {
            "url.pathname": "/vergleich",
            "url.search": f"?{search}",
            "comparison-find.value": "Gebiet 02",
            "comparison-sort.value": "name",
            **{f"rule-indicator-{n}.value": i for n, i in enumerate(SECRET, start=1)},
            "rule-go.n_clicks": 1,
            "group-make.n_clicks": 1,
            "group-name.value": "Gruppe",
            "group-members.value": ["01", "02"],
        }
        for output, callback in callbacks_of(canary_server[0]).items():
            if any(part in output for part in COMPARED):
                found = told(
                    hidden, readable(post(canary_client, body_of(output, callback, values)))
                )
                assert not found, (output, search, found)
                asked += 1
    assert asked > 20


@pytest.mark.long
def test_no_callback_shows_a_hidden_number_whatever_is_chosen(canary_client, canary_server, hidden):
    catalogue = canary_client.get("/api/v1/catalogue").json
    indicators = [i["id"] for t in catalogue["themes"] for i in t["indicators"]]
    assert (
        crawl_callbacks(canary_client, canary_server[0], hidden, selections(indicators, LEVELS))
        > 1000
    )


def pages(indicators):
    """Yield path and query of every page, with each part and each question answered."""
    for query in ("", "?lang=en"):
        yield "/", query
        yield "/ressourcen", query
        yield "/ressourcen", f"{query or '?'}&before=formula&fall=5&rise=20"
        yield "/bedarf", query
        yield "/wirkung", query
        yield "/wirkung", "?area=quartiere/03&year=2022"
        yield "/fruehwarnung", query
        for path in ("/impressum", "/datenschutz", "/barrierefreiheit"):
            yield path, query
        for part in ("indicators", "signs", "glossary", "downloads", "methods"):
            yield "/methoden", f"?part={part}"
    for level in LEVELS[1:]:
        yield "/methoden", f"?part=gaps&level={level}"
    for indicator in indicators:
        yield f"/methoden/{indicator}", ""


def test_no_page_shows_a_hidden_number(canary_client, canary_server, hidden):
    catalogue = canary_client.get("/api/v1/catalogue").json
    indicators = [i["id"] for t in catalogue["themes"] for i in t["indicators"]]
    output, callback = next(
        (o, c) for o, c in callbacks_of(canary_server[0]).items() if o.startswith("page.children")
    )
    for path, query in pages(indicators):
        values = {"url.pathname": path, "url.search": query}
        answer = post(canary_client, body_of(output, callback, values))
        assert answer.status_code == 200, (path, query)
        found = told(hidden, readable(answer))
        assert not found, (path, query, found)
