"""What we carry of others is what it says it is, and asks nobody else for anything."""

import hashlib
import json
import re
from pathlib import Path

import brotli
import pytest
from plotly.offline import get_plotlyjs_version

ROOT = Path(__file__).parents[2]
VENDOR = ROOT / "assets/00-vendor"
ASSETS = sorted(p for p in (ROOT / "assets").rglob("*") if p.suffix in {".css", ".js"})

# Addresses that are names, not requests: XML namespaces, and pages in notes and messages.
NAMES = re.compile(
    r"https?://(www\.w3\.org|plotly\.com|developer\.mozilla\.org|github\.com|getbootstrap\.com)/"
)
REQUEST = re.compile(
    r"""(@import\s*["'(]?|url\(\s*["']?)\s*(?:url\()?["']?(https?:)?//""", re.IGNORECASE
)


def sums() -> dict[str, str]:
    lines = (VENDOR / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split() for line in lines)}


def test_every_vendored_file_has_the_hash_that_is_written_down():
    found = {
        p.name: hashlib.sha256(p.read_bytes()).hexdigest()
        for p in VENDOR.iterdir()
        if p.suffix in {".css", ".js", ".woff2"}
    }
    assert found == sums()


def test_the_plotly_bundle_has_its_own_hash_file():
    digest, name = (VENDOR / "plotly-atlas.min.js.sha256").read_text(encoding="utf-8").split()
    assert (name, digest) == ("plotly-atlas.min.js", sums()["plotly-atlas.min.js"])


def test_a_stored_compressed_copy_holds_its_file():
    copies = sorted((ROOT / "assets").rglob("*.br"))
    assert copies
    for copy in copies:
        assert brotli.decompress(copy.read_bytes()) == copy.with_suffix("").read_bytes(), copy.name


def test_every_vendored_file_is_listed_with_its_licence():
    readme = (VENDOR / "README.md").read_text(encoding="utf-8")
    assert [name for name in sums() if f"`{name}`" not in readme] == []
    for part in ("bootstrap", "plotly-atlas", "source-sans-3"):
        assert (VENDOR / f"{part}.LICENSE").stat().st_size > 1000


@pytest.mark.parametrize("path", ASSETS, ids=lambda p: p.name)
def test_no_asset_imports_or_draws_from_a_foreign_host(path):
    text = path.read_text(encoding="utf-8")
    assert REQUEST.findall(text) == []
    foreign = [a for a in re.findall(r"https?://[^\s\"'`)\\]*", text) if not NAMES.match(a)]
    assert foreign == []


def test_the_search_for_foreign_hosts_finds_them():
    assert REQUEST.search('@import url("https://fonts.example/a.css");')
    assert REQUEST.search("background: url(//cdn.example/a.png)")
    assert not REQUEST.search('url("../00-vendor/source-sans-3.woff2")')


def test_the_bundle_draws_for_the_installed_plotly():
    package = json.loads((ROOT / "tools/vendor/package.json").read_text(encoding="utf-8"))
    assert package["dependencies"]["plotly.js"] == get_plotlyjs_version()
    bundle = (VENDOR / "plotly-atlas.min.js").read_text(encoding="utf-8")
    assert f'"{get_plotlyjs_version()}"' in bundle


def test_the_bundle_stays_small():
    assert (VENDOR / "plotly-atlas.min.js").stat().st_size < 1_500_000


def test_the_npm_lock_names_no_registry():
    assert '"resolved"' not in (ROOT / "tools/vendor/package-lock.json").read_text(encoding="utf-8")
