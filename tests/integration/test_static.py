from __future__ import annotations

import gzip
import re

import brotli
import pytest

TOKENS = "/assets/10-css/00-tokens.css"


def scripts(client):
    return re.findall(r'<script src="([^"]+)"', client.get("/").get_data(as_text=True))


def test_a_versioned_asset_is_kept_a_year_and_an_unversioned_one_is_asked_for(client):
    page = client.get("/").get_data(as_text=True)
    versioned = re.search(r'href="(/assets/10-css/00-tokens\.css\?m=[^"]+)"', page)[1]
    assert "immutable" in client.get(versioned).headers["Cache-Control"]
    assert client.get(TOKENS).headers["Cache-Control"] == "no-cache"
    assert client.get(f"{TOKENS}?m=1").headers["Cache-Control"] == "no-cache"


def test_every_bundle_of_the_page_is_served_compressed_and_kept(client):
    for address in scripts(client):
        answer = client.get(address, headers={"Accept-Encoding": "br"})
        assert answer.status_code == 200, address
        assert "immutable" in answer.headers["Cache-Control"], address
        assert answer.mimetype == "text/javascript"
        if len(answer.data) > 300:
            assert answer.headers["Content-Encoding"] == "br", address


@pytest.mark.parametrize(
    ("accepted", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)]
)
def test_a_compressed_file_holds_the_same_bytes(client, accepted, unpack):
    plain = client.get(TOKENS, headers={"Accept-Encoding": "identity"})
    packed = client.get(TOKENS, headers={"Accept-Encoding": accepted})
    assert packed.headers["Content-Encoding"] == accepted
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert unpack(packed.data) == plain.data
    assert plain.headers["ETag"] != packed.headers["ETag"]


def test_a_file_is_compressed_once_and_then_read(client, town_settings):
    client.get(TOKENS, headers={"Accept-Encoding": "br"})
    kept = sorted((town_settings.data_dir / "cache" / "static").glob("*.br"))
    before = [p.stat().st_mtime_ns for p in kept]
    client.get(TOKENS, headers={"Accept-Encoding": "br"})
    assert kept
    assert [p.stat().st_mtime_ns for p in kept] == before


def test_an_unchanged_file_is_not_sent_again(client):
    tag = client.get(TOKENS).headers["ETag"]
    again = client.get(TOKENS, headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.data == b""


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../app.py",
        "/assets/..%2fapp.py",
        "/assets/%2e%2e/app.py",
        "/assets//etc/passwd",
        "/assets/10-css",
        "/_dash-component-suites/dash/../../os.py",
        "/_dash-component-suites/os/path.py",
        "/_dash-component-suites/dash/dash.py",
        "/_dash-component-suites/unknown/x.js",
    ],
)
def test_nothing_outside_assets_and_bundles_is_served(client, path):
    assert client.get(path).status_code == 404


def test_the_full_plotly_is_neither_linked_nor_served(client):
    assert not [s for s in scripts(client) if "plotly.min" in s]
    answer = client.get("/_dash-component-suites/plotly/package_data/plotly.min.js")
    assert answer.status_code == 404


def test_assets_are_loaded_before_the_renderer_starts(client):
    found = scripts(client)
    assets = [i for i, s in enumerate(found) if s.startswith("/assets/")]
    renderer = next(i for i, s in enumerate(found) if "dash_renderer" in s)
    assert assets
    assert max(assets) < renderer


def test_the_old_table_is_not_loaded(client):
    assert not [s for s in scripts(client) if "dash_table" in s]
