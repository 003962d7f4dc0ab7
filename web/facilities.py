"""Facilities as immutable JSON, fetched by the map when a reader switches them on."""

from __future__ import annotations

from flask import Flask, Response

from domain.model import Audience
from i18n import LANGUAGES
from services.encoding import encode
from services.facilities import facilities_json
from web.errors import RefusedRequestError
from web.headers import IMMUTABLE
from web.releases import open_release
from web.sources import Sources
from web.views import keepable


def register(server: Flask, sources: Sources) -> None:
    """Mount ``/facilities/<town>/<release>/<language>.json``."""

    @server.get("/facilities/<town>/<release>/<language>.json")
    def facilities(town: str, release: str, language: str) -> Response:
        opened = open_release(sources, release)
        if opened.catalogue.town.id != town:
            raise RefusedRequestError(404, "unknown_town")
        if language not in LANGUAGES:
            raise RefusedRequestError(404, "unknown_language", id=language[:20])
        body = sources.cache.get_or_build(
            Audience.PUBLIC,
            opened.id,
            "facilities",
            (language,),
            lambda: encode(facilities_json(opened.reader, language)),
        )
        return keepable(body, "application/json", IMMUTABLE)
