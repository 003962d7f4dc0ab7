from __future__ import annotations

import gzip
import os
import re

import brotli
import pytest
from flask import Flask

from services import map_frames
from web.static import StaticFiles

TOKENS = "/assets/10-css/00-tokens.css"


def scripts(client):
    return re.findall(r'<script src="([^"]+)"', client.get("/").get_data(as_text=True))


def test_a_versioned_asset_is_kept_a_year_and_an_unversioned_one_is_asked_for(client):
    page = client.get("/").get_data(as_text=True)
    versioned = re.search(r'href="(/assets/00-vendor/fonts\.css\?m=[^"]+)"', page)[1]
    assert "immutable" in client.get(versioned).headers["Cache-Control"]
    assert client.get(TOKENS).headers["Cache-Control"] == "no-cache"
    assert client.get(f"{TOKENS}?m=1").headers["Cache-Control"] == "no-cache"


BUNDLE = re.compile(r'="(/bundle/[0-9a-f]{16}-(?:first|pages)\.(?:js|css))"')


def test_our_own_scripts_and_styles_travel_as_two_files_each(client):
    page = client.get("/").get_data(as_text=True)
    for folder in ("10-css", "15-css-pages", "20-js", "25-js-pages"):
        assert f"/assets/{folder}/" not in page
    names = BUNDLE.findall(page)
    assert [x.split("-")[1] for x in names] == ["first.css", "pages.css", "first.js", "pages.js"]
    for name, part in zip(names, ("--sel-1", ".heat", "keck.map", "wrap"), strict=True):
        answer = client.get(name, headers={"Accept-Encoding": "br"})
        text = brotli.decompress(answer.data).decode("utf-8")
        assert "immutable" in answer.headers["Cache-Control"]
        assert part in text
        assert 'url("../' not in text
    older = client.get("/bundle/0000000000000000-first.js")
    assert older.status_code == 200
    assert older.headers["Cache-Control"] == "no-store"
    assert client.get("/bundle/x").status_code == 404


def test_the_atlas_names_what_other_pages_need_and_loads_it_after_its_map(client):
    everywhere = BUNDLE.findall(client.get("/").get_data(as_text=True))
    page = client.get("/atlas").get_data(as_text=True)
    now = re.findall(r'(?:href|src)="(/bundle/[^"]+)"', page)
    late = dict(re.findall(r'<meta name="late-(css|js)" content="(/bundle/[^"]+)">', page))
    assert now == [everywhere[0], everywhere[2]]
    assert late == {"css": everywhere[1], "js": everywhere[3]}
    embedded = client.get("/embed/atlas").get_data(as_text=True)
    assert BUNDLE.findall(embedded) == everywhere


def test_parts_for_browsers_of_ten_years_ago_are_not_loaded(client):
    page = client.get("/").get_data(as_text=True)
    assert "polyfill" not in page
    bootstrap = next(x for x in scripts(client) if "dash_bootstrap_components" in x)
    # the runtime of generators, which the renderer of Dash uses, comes with this one
    assert "globalThis.regeneratorRuntime=" in client.get(bootstrap).get_data(as_text=True)


def test_the_script_of_the_table_waits_until_the_charts_are_painted(client):
    page = client.get("/").get_data(as_text=True)
    late = re.search(r'<meta name="late-script" content="([^"]+)">', page)[1]
    assert "dash_ag_grid" in late
    assert late not in scripts(client)
    assert client.get(late).status_code == 200


EARLY = re.compile(r'<link rel="preload" as="fetch" crossorigin href="([^"]+)">')


def test_large_outlines_are_asked_for_with_the_page_that_draws_them(client, monkeypatch):
    assert not EARLY.search(client.get("/atlas").get_data(as_text=True))
    monkeypatch.setattr(map_frames, "LARGE_BYTES", 1)
    assert not EARLY.search(client.get("/").get_data(as_text=True))
    for address in ("/atlas", "/atlas?level=unknown&indicator=%3Cscript%3E&period=1"):
        early = EARLY.search(client.get(address).get_data(as_text=True))[1]
        answer = client.get(early)
        assert answer.mimetype == "application/geo+json"
        assert answer.json["features"]
    assert not EARLY.search(client.get("/praesentieren").get_data(as_text=True))


def test_a_page_comes_also_when_nothing_can_be_asked_for_early(client, monkeypatch):
    def broken(*_: object) -> str:
        raise OSError

    monkeypatch.setattr("services.monitoring.large_outlines", broken)
    answer = client.get("/atlas")
    assert answer.status_code == 200
    assert not EARLY.search(answer.get_data(as_text=True))


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
        "/assets/" + "a" * 300,
        "/assets/" + "a/" * 3000,
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


def test_our_plotly_is_loaded_before_anything_needs_it(client):
    found = scripts(client)
    plotly = [i for i, s in enumerate(found) if "plotly" in s and s.startswith("/assets/00-vendor")]
    renderer = next(i for i, s in enumerate(found) if "dash_renderer" in s)
    assert plotly
    assert max(plotly) < renderer


def test_a_copy_compressed_beforehand_is_served_as_it_lies(tmp_path):
    path = tmp_path / "a.js"
    path.write_text("x" * 1000)
    beside = tmp_path / "a.js.br"
    beside.write_bytes(b"as it lies")
    server = Flask("static", static_folder=None)
    files = StaticFiles(tmp_path / "cache")
    server.add_url_rule("/a.js", "a", lambda: files.answer(path, is_versioned=True))
    browser = server.test_client()
    assert browser.get("/a.js", headers={"Accept-Encoding": "br"}).data == b"as it lies"
    os.utime(beside, ns=(0, 0))
    assert browser.get("/a.js", headers={"Accept-Encoding": "br"}).data == b"as it lies"


def test_a_file_is_served_even_if_its_copy_cannot_be_kept(tmp_path):
    path = tmp_path / "a.js"
    path.write_text("x" * 1000)
    (tmp_path / "cache").write_text("a file where the folder should be")
    server = Flask("static", static_folder=None)
    files = StaticFiles(tmp_path / "cache")
    server.add_url_rule("/a.js", "a", lambda: files.answer(path, is_versioned=True))
    answer = server.test_client().get("/a.js", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(answer.data) == b"x" * 1000
