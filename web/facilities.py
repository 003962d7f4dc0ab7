"""Facilities as immutable JSON, fetched by the map when a reader switches them on."""

from __future__ import annotations

from flask import Response

from services.encoding import encode
from services.facilities import facilities_json
from web.audience import audience
from web.headers import IMMUTABLE
from web.mounting import Mount
from web.releases import open_of_town
from web.sources import Sources
from web.views import keepable


def register(server: Mount, sources: Sources) -> None:
    """Mount ``/facilities/<town>/<release>/<language>.json``."""

    @server.get("/facilities/<town>/<release>/<language>.json")
    def facilities(town: str, release: str, language: str) -> Response:
        opened = open_of_town(sources, town, release, language)
        body = sources.cache.get_or_build(
            audience(),
            opened.id,
            "facilities",
            (language,),
            lambda: encode(facilities_json(opened.reader, language)),
        )
        return keepable(body, "application/json", IMMUTABLE)
