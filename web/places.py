"""Names of all areas as immutable JSON, fetched by the page when somebody searches."""

from __future__ import annotations

from flask import Response

from services.places import places_bytes
from web.audience import audience
from web.headers import IMMUTABLE
from web.mounting import Mount
from web.queries import read_query
from web.releases import open_of_town
from web.sources import Sources
from web.views import keepable


def register(server: Mount, sources: Sources) -> None:
    """Mount ``/places/<town>/<release>/<language>.json``."""

    @server.get("/places/<town>/<release>/<language>.json")
    def places(town: str, release: str, language: str) -> Response:
        read_query()
        opened = open_of_town(sources, town, release, language)
        body = sources.cache.get_or_build(
            audience(),
            opened.id,
            "places",
            (language,),
            lambda: places_bytes(sources.releases, audience(), opened.id, language),
        )
        return keepable(body, "application/json", IMMUTABLE)
