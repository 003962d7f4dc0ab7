"""Contributions that workshops made public as JSON, fetched by the map where a reader wants them.

Not kept for long: what is taken back vanishes within a minute.
"""

from __future__ import annotations

from flask import Response

from services.encoding import encode
from web.errors import RefusedRequestError
from web.headers import SHORT
from web.mounting import Mount
from web.releases import open_of_town
from web.report_sources import ReportSources
from web.views import keepable


def register(server: Mount, sources: ReportSources) -> None:
    """Mount ``/beitraege/<town>/<language>.json``."""

    @server.get("/beitraege/<town>/<language>.json")
    def contributions(town: str, language: str) -> Response:
        release = sources.releases.current()
        if release is None:
            raise RefusedRequestError(404, "unknown_release", id="")
        opened = open_of_town(sources, town, release, language)
        body = encode(sources.workshops.layer.json(opened.id, language))
        return keepable(body, "application/json", SHORT)
