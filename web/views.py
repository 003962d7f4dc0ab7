"""Views as immutable JSON, for phones in a workshop and for a CDN."""

from __future__ import annotations

import hashlib

from flask import Response, request

from web.audience import audience
from web.errors import RefusedRequestError
from web.headers import IMMUTABLE
from web.mounting import Mount
from web.offered import find_category, find_indicator, find_level, rows_of
from web.queries import read_query
from web.releases import open_of_town
from web.sources import Sources

COMPARISONS = frozenset({"city", "parent", "twins", "target", "previous"})


def register(server: Mount, sources: Sources) -> None:
    """Mount ``/view/<town>/<release>/<level>/<indicator>.json``.

    ``<level>`` may carry its vintage (``stadtteil@2021``); without one the newest vintage that
    holds values of the indicator is taken, which a release never changes.
    """

    @server.get("/view/<town>/<release>/<level>/<indicator>.json")
    def view(town: str, release: str, level: str, indicator: str) -> Response:
        query = read_query(optional=("category", "vintage", "compare"))
        opened = open_of_town(sources, town, release)
        level_id, _, vintage = level.partition("@")
        found = find_indicator(opened, indicator)
        category = find_category(found, query.get("category"))
        compare = query.get("compare", "city")
        if compare not in COMPARISONS:
            raise RefusedRequestError(404, "unknown_comparison", id=compare[:60])
        wanted = vintage or query.get("vintage", "")
        if not wanted:
            vintages = rows_of(opened, found, level_id, category)["vintage"]
            wanted = str(vintages.max()) if len(vintages) else ""
        chosen = find_level(opened, level_id, wanted)
        body = sources.monitoring.view_bytes(
            audience(),
            opened.id,
            chosen.id,
            chosen.vintage,
            found.id,
            category=category,
            compare=compare,
        )
        return keepable(body, "application/json", IMMUTABLE)


def keepable(body: bytes, mimetype: str, cache_control: str) -> Response:
    """Return an answer with ETag and lifetime; 304 where the client has the same bytes."""
    response = Response(body, mimetype=mimetype)
    response.headers["Cache-Control"] = cache_control
    # Weak, because the same content travels in several encodings.
    response.set_etag(hashlib.sha256(body).hexdigest()[:32], weak=True)
    return response.make_conditional(request)  # type: ignore[return-value]
