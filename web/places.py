"""Names of all areas as immutable JSON, fetched by the page when somebody searches."""

from __future__ import annotations

from flask import Flask, Response

from domain.model import Audience
from services.places import places_bytes
from web.headers import IMMUTABLE
from web.queries import read_query
from web.releases import open_of_town
from web.sources import Sources
from web.views import keepable


def register(server: Flask, sources: Sources) -> None:
    """Mount ``/places/<town>/<release>/<language>.json``."""

    @server.get("/places/<town>/<release>/<language>.json")
    def places(town: str, release: str, language: str) -> Response:
        read_query()
        opened = open_of_town(sources, town, release, language)
        body = sources.cache.get_or_build(
            Audience.PUBLIC,
            opened.id,
            "places",
            (language,),
            lambda: places_bytes(sources.releases, Audience.PUBLIC, opened.id, language),
        )
        return keepable(body, "application/json", IMMUTABLE)
