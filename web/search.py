"""The search of every page: what somebody typed, answered with the best hits and their links."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlencode

from flask import Response

from i18n import DEFAULT_LANGUAGE
from services.search import Found, Item
from web.audience import audience
from web.mounting import Mount
from web.queries import read_query
from web.releases import open_of_town
from web.sources import Sources
from web.views import keepable

_KEPT = "public, max-age=600"
_AROUND = (0.012, 0.008)
"""Degrees shown east and north of a facility: about a kilometre."""

Pages = Sequence[tuple[str, str]]


def register(server: Mount, sources: Sources, pages: Pages) -> None:
    """Mount ``/search/<town>/<release>/<language>.json?q=``; ``pages`` are names and paths."""

    @server.get("/search/<town>/<release>/<language>.json")
    def search(town: str, release: str, language: str) -> Response:
        query = read_query(optional=("q",)).get("q", "")
        opened = open_of_town(sources, town, release, language)
        total, found = sources.search.search(audience(), opened.id, language, query, pages)
        kept = {} if opened.id == sources.releases.current() else {"release": opened.id}
        kept |= {} if language == DEFAULT_LANGUAGE else {"lang": language}
        content = {"total": total, "hits": [_hit(one, kept) for one in found]}
        body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
        return keepable(body, "application/json", _KEPT)


def _hit(found: Found, kept: dict[str, str]) -> dict[str, Any]:
    item = found.item
    told = {
        "kind": item.kind,
        "id": item.id,
        "name": item.name,
        "marks": found.marks,
        "group": item.group,
        "groupName": item.group_name,
        "detail": item.detail,
        "theme": item.theme,
        "level": item.level,
        "vintage": item.vintage,
        "href": _address(item, kept),
    }
    return {key: value for key, value in told.items() if value not in ("", ())}


def _address(item: Item, kept: dict[str, str]) -> str:
    """Return where a hit leads."""
    path, query = _target(item)
    words = urlencode(query | kept, safe=",:")
    return f"{path}?{words}" if words else path


def _target(item: Item) -> tuple[str, dict[str, str]]:
    if item.kind == "page":
        return item.id, {}
    if item.kind in {"area", "street"}:
        return f"/profil/{quote(item.level, safe='')}/{quote(item.id, safe='')}", {}
    queries = {
        "theme": ("/methoden", {"theme": item.id}),
        "term": ("/methoden", {"part": "glossary", "q": item.name}),
        "facilities": ("/atlas", {"facilities": item.facility_kind}),
        "facility": ("/atlas", {"facilities": item.facility_kind, **_extent(item)}),
    }
    return queries.get(item.kind, ("/atlas", {"indicator": item.id}))


def _extent(item: Item) -> dict[str, str]:
    if item.point is None:
        return {}
    (x, y), (east, north) = item.point, _AROUND
    edges = (x - east, y - north, x + east, y + north)
    return {"extent": ",".join(f"{edge:.5f}" for edge in edges)}
