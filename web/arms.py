"""The arms of the town: a PNG written by the import, kept for a year."""

from __future__ import annotations

from flask import Response, request

from web.errors import RefusedRequestError
from web.headers import IMMUTABLE
from web.mounting import Mount
from web.releases import open_of_town
from web.sources import Sources


def register(server: Mount, sources: Sources) -> None:
    """Mount ``/arms/<town>/<release>/<name>``."""

    @server.get("/arms/<town>/<release>/<name>")
    def arms(town: str, release: str, name: str) -> Response:
        path = open_of_town(sources, town, release).reader.arms()
        # Names are compared, never joined to a path.
        if path is None or path.name != name:
            raise RefusedRequestError(404, "unknown_arms")
        response = Response(path.read_bytes(), mimetype="image/png")
        response.headers["Cache-Control"] = IMMUTABLE
        response.set_etag(path.stem)
        return response.make_conditional(request)  # type: ignore[return-value]
