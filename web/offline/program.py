"""The program files of the folder: what the page of the Atlas loads, under plain names."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path, PurePosixPath
from urllib.parse import urljoin, urlsplit

from web.offline.folder import Draft, written
from web.offline.pages import PublicPages

SCRIPTS = Path(__file__).parent / "scripts"
_SUITES = "/_dash-component-suites/"
_LATER = (
    f"{_SUITES}dash/dcc/async-graph.js",
    f"{_SUITES}dash_ag_grid/async-community.js",
)
"""Parts of components that load themselves from beside the file that needs them."""
_STYLE = re.compile(r'<link[^>]*rel="stylesheet"[^>]*>')
_SCRIPT = re.compile(r'<script[^>]*src="([^"]+)"[^>]*></script>')
_HREF = re.compile(r'href="([^"]+)"')
_LATE = re.compile(r'<meta name="late-script" content="([^"]+)">')
_CONFIG = re.compile(r'<script id="_dash-config" type="application/json">(.*?)</script>', re.DOTALL)
_URL = re.compile(r"url\(\s*['\"]?([^'\")]+)['\"]?\s*\)")
_FINGERPRINT = re.compile(r"\.v\d+_[0-9a-z_]*m\d+(?=\.)")
_TYPES = {".woff2": "font/woff2", ".svg": "image/svg+xml", ".png": "image/png"}


@dataclass(frozen=True)
class Program:
    """Names of the files within the folder, in the order in which a page loads them."""

    styles: tuple[str, ...]
    scripts: tuple[str, ...]
    late: tuple[str, ...]
    config: str


def write_program(pages: PublicPages, draft: Draft) -> Program:
    """Write styles, scripts and component bundles, and return their names."""
    # the page of the Atlas itself names at first only what its map needs
    page = pages.read("/praesentieren").decode("utf-8")
    links = [m for tag in _STYLE.findall(page) for m in _HREF.findall(tag)]
    styles = tuple(_write_style(pages, draft, unescape(x)) for x in links)
    scripts = tuple(_write_script(pages, draft, unescape(x)) for x in _SCRIPT.findall(page))
    late = tuple(_write_script(pages, draft, unescape(x)) for x in _LATE.findall(page))
    for address in _LATER:
        _write_script(pages, draft, address)
    draft.write("program/offline.css", (SCRIPTS / "offline.css").read_bytes())
    config = _CONFIG.search(page)
    return Program(
        (*styles, "program/offline.css"), scripts, late, _settled(config.group(1) if config else "")
    )


def _settled(config: str) -> str:
    """Return what Dash reads at its start, without what differs from start to start."""
    found = json.loads(config or "{}")
    settled = {**found, "end_id": "offline", "dash_version_url": ""}
    return written(settled).replace("<", "\\u003c")


def write_scripts(draft: Draft, kind: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write the folder's own scripts of a kind; return those that run before all others, and after.

    The last one of the Atlas starts the page and therefore waits for all parts.
    """
    names = []
    for path in sorted((SCRIPTS / kind).glob("*.js")):
        names.append(f"program/offline/{kind}/{path.name}")
        draft.write(names[-1], path.read_bytes())
    return tuple(x for x in names if "90-" not in x), tuple(x for x in names if "90-" in x)


def plain_name(address: str) -> str:
    """Return where the file of an address lies in the folder.

    >>> plain_name("/_dash-component-suites/dash/dcc/dash_core_components.v4_4_1m17.js")
    'program/parts/dash/dcc/dash_core_components.js'
    >>> plain_name("/bundle/0123456789abcdef-first.js"), plain_name("/assets/a/fonts.css?m=1.5")
    ('program/first.js', 'program/assets/a/fonts.css')
    """
    path = urlsplit(address).path
    if path.startswith("/bundle/"):
        return "program/" + path.rpartition("-")[2]
    if path.startswith(_SUITES):
        return "program/parts/" + _FINGERPRINT.sub("", path.removeprefix(_SUITES))
    return "program" + path


def _write_script(pages: PublicPages, draft: Draft, address: str) -> str:
    name = plain_name(address)
    draft.write(name, pages.read(address))
    return name


def _write_style(pages: PublicPages, draft: Draft, address: str) -> str:
    """Write a style sheet with its typefaces inside: from disk a browser may refuse them."""

    def inside(found: re.Match[str]) -> str:
        target = found.group(1)
        suffix = PurePosixPath(urlsplit(target).path).suffix
        if target.startswith("data:") or suffix not in _TYPES:
            return found.group(0)
        body = base64.b64encode(pages.read(urljoin(address, target))).decode("ascii")
        return f'url("data:{_TYPES[suffix]};base64,{body}")'

    name = plain_name(address)
    draft.write(name, _URL.sub(inside, pages.read(address).decode("utf-8")))
    return name
