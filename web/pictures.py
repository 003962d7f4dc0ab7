"""Pictures of articles: written anew when they were read, kept for a year by their content."""

from __future__ import annotations

from flask import Response, request

from web.audience import audience
from web.errors import RefusedRequestError
from web.headers import IMMUTABLE
from web.mounting import Mount
from web.sources import Sources

_TYPES = {".jpg": "image/jpeg", ".png": "image/png"}


def register(server: Mount, sources: Sources) -> None:
    """Mount ``/pictures/<town>/<name>``."""

    @server.get("/pictures/<town>/<name>")
    def picture(town: str, name: str) -> Response:
        release = sources.releases.current()
        if release is None:
            raise RefusedRequestError(503, "no_release")
        if sources.releases.reader(release, audience()).catalogue().town.id != town:
            raise RefusedRequestError(404, "unknown_town")
        path = sources.articles.picture(name)
        if path is None:
            raise RefusedRequestError(404, "unknown_picture")
        response = Response(path.read_bytes(), mimetype=_TYPES[path.suffix])
        response.headers["Cache-Control"] = IMMUTABLE
        response.set_etag(path.stem)
        return response.make_conditional(request)  # type: ignore[return-value]
