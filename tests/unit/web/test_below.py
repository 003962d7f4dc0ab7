from __future__ import annotations

import json

import pytest

from web.below import Mover

MOVER = Mover(("atlas", "vergleich", "profil"))


@pytest.mark.parametrize(
    "text",
    ["/atlas", "/atlas?areas=1", "/profil/a/b", "/view/t/r/l/i.json", "/export/t/r/atlas.csv?x=1",
     "/api/v1/values?x", "/?lang=en", "/#top"],
)  # fmt: skip
def test_own_addresses_are_moved(text):
    assert MOVER.address(text) == f"/intern{text}"


@pytest.mark.parametrize(
    "text",
    ["/", "//atlas", "/atlasse", "atlas", "/s/abc", "/assets/a.js", "/bundle/a.css",
     "/intern/atlas", "/intern/konto", "https://a.example/atlas", "Kinder /atlas", "je 1.000", "",
     "/embed/atlas", "/_dash-layout", "#main", "?lang=en"],
)  # fmt: skip
def test_everything_else_stays(text):
    assert MOVER.address(text) == text


def test_addresses_are_found_however_deep_they_lie():
    tree = ["a", {"href": "/"}, ["/geo/x", "Text"]]
    body = {"response": {"page": {"children": [
        {"props": {"href": "/", "title": "/"}},
        {"props": {"data-tree": json.dumps(tree)}},
        {"props": {"data": "{kein JSON \"/atlas\""}},
        3, None, True, 1.5,
    ]}}}  # fmt: skip
    moved = json.loads(MOVER.body(json.dumps(body)))["response"]["page"]["children"]
    assert moved[0]["props"] == {"href": "/intern/", "title": "/"}
    inner = ["a", {"href": "/intern/"}, ["/intern/geo/x", "Text"]]
    assert json.loads(moved[1]["props"]["data-tree"]) == inner
    assert moved[2]["props"]["data"] == '{kein JSON "/atlas"'
    assert moved[3:] == [3, None, True, 1.5]
