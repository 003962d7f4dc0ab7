"""Outlines, views and health beside the API."""

from __future__ import annotations

import pytest

VALUES = "/api/v1/values?indicator=kinderarmut&period=2023&level=quartiere"


def test_outlines_are_kept_a_year_and_come_compressed(client):
    level = client.get("/api/v1/levels").json["levels"][1]
    plain = client.get(level["outlines"], headers={"Accept-Encoding": "identity"})
    packed = client.get(level["outlines"], headers={"Accept-Encoding": "br, gzip"})
    assert "immutable" in plain.headers["Cache-Control"]
    assert packed.headers["Content-Encoding"] == "br"
    assert plain.json["type"] == "FeatureCollection"
    again = client.get(level["outlines"], headers={"If-None-Match": plain.headers["ETag"]})
    assert again.status_code in {200, 304}


@pytest.mark.parametrize(
    "path",
    [
        "/geo/kleinstadt/2026-11-24-1/../manifest.json",
        "/geo/kleinstadt/2026-11-24-1/manifest.json",
        "/geo/kleinstadt/..%2f..%2fapp.db/x",
        "/geo/anderswo/2026-11-24-1/x.json",
        "/view/anderswo/2026-11-24-1/quartiere/kinder.json",
        "/view/kleinstadt/2026-11-24-1/quartiere/%27%20OR.json",
        "/view/kleinstadt/2026-11-24-1/zzz/kinder.json",
        "/view/kleinstadt/2026-11-24-1/quartiere@1900/kinder.json",
        "/view/kleinstadt/2026-11-24-1/quartiere/kinder.json?compare=x",
    ],
)
def test_unknown_outlines_and_views_are_not_found(client, path):
    assert client.get(path).status_code == 404


def test_a_view_is_immutable_and_the_same_with_and_without_its_vintage(client):
    base = "/view/kleinstadt/2026-11-24-1/quartiere"
    first = client.get(f"{base}/kinderarmut.json")
    second = client.get(f"{base}@2020/kinderarmut.json?category=total&compare=city")
    assert first.status_code == 200
    assert "immutable" in first.headers["Cache-Control"]
    assert first.data == second.data


def test_health_is_told_without_data(client):
    assert client.get("/healthz").json == {"status": "ok"}
    assert client.get("/readyz").json == {"status": "ok", "degraded": []}
