"""Rank ranges of an indicator as immutable JSON, fetched when the page of the Atlas rests."""

from __future__ import annotations

from flask import Response

from services.encoding import encode
from services.ranks import rank_ranges
from web.audience import audience
from web.headers import IMMUTABLE
from web.mounting import Mount
from web.offered import find_category, find_indicator, find_level
from web.queries import read_query
from web.releases import open_of_town
from web.sources import Sources
from web.views import keepable


def register(server: Mount, sources: Sources) -> None:
    """Mount ``/ranks/<town>/<release>/<level>/<indicator>.json``.

    ``<level>`` carries its vintage (``stadtteil@2021``), as the page of the Atlas writes it.
    """

    @server.get("/ranks/<town>/<release>/<level>/<indicator>.json")
    def ranks(town: str, release: str, level: str, indicator: str) -> Response:
        query = read_query(optional=("category",))
        opened = open_of_town(sources, town, release)
        found = find_indicator(opened, indicator)
        category = find_category(found, query.get("category"))
        level_id, _, vintage = level.partition("@")
        chosen = find_level(opened, level_id, vintage)
        body = sources.cache.get_or_build(
            audience(),
            opened.id,
            "ranks",
            (chosen.key, found.id, category),
            lambda: encode(
                {"by": rank_ranges(opened.reader, found.id, chosen.id, chosen.vintage, category)}
            ),
        )
        return keepable(body, "application/json", IMMUTABLE)
