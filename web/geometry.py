"""Outlines by hashed name: stored compressed, kept for a year."""

from __future__ import annotations

from flask import Response, request

from web.compression import accepted_encoding
from web.errors import RefusedRequestError
from web.headers import IMMUTABLE
from web.mounting import Mount
from web.releases import PublicRelease, open_of_town
from web.sources import OutlineFile, Sources


def register(server: Mount, sources: Sources) -> None:
    """Mount ``/geo/<town>/<release>/<name>``."""

    @server.get("/geo/<town>/<release>/<name>")
    def outlines(town: str, release: str, name: str) -> Response:
        opened = open_of_town(sources, town, release)
        return _answer(_find(opened, name))


def _find(opened: PublicRelease, name: str) -> OutlineFile:
    """Return the outline file of that name; names are compared, never joined to a path."""
    for level in opened.catalogue.levels:
        try:
            file = opened.reader.geometry_file(level.id, level.vintage)
        except KeyError:
            continue
        if file.name == name:
            return file
    raise RefusedRequestError(404, "unknown_geometry")


def _answer(file: OutlineFile) -> Response:
    encoding = accepted_encoding()
    path = {"br": file.path_br, "gzip": file.path_gz, "": file.path}[encoding]
    response = Response(path.read_bytes(), mimetype="application/geo+json")
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = IMMUTABLE
    response.set_etag(f"{file.name}-{encoding or 'plain'}")
    return response.make_conditional(request)  # type: ignore[return-value]
