"""Scripts and styles of rooms: joined of small parts, named by their content, kept for a year.

They are none of Dash's: its pages do not load them, and rooms load nothing of its.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response

from web.bundles import Bundle
from web.compression import accepted_encoding
from web.errors import RefusedRequestError
from web.headers import IMMUTABLE

_STATIC = Path(__file__).parent / "static"
_TOKENS = Path(__file__).parents[2] / "assets" / "10-css" / "00-tokens.css"
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}


def url_of(name: str) -> str:
    """Return the address of a script or style, such as ``phone.js``.

    Raises
    ------
    KeyError
        There is none of this name.
    """
    return f"/rooms/{_made()[name].name}/{name}"


@cache
def _made() -> dict[str, Bundle]:
    """Return the files by name; parts in ``static/<stem>/`` follow ``static/<name>``."""
    found: dict[str, list[Path]] = {}
    for path in sorted(_STATIC.rglob("*")):
        if path.suffix in _TYPES:
            stem = path.parent.name if path.parent != _STATIC else path.stem
            found.setdefault(stem + path.suffix, []).append(path)
    return {name: _joined(name, parts) for name, parts in found.items()}


def _joined(name: str, parts: list[Path]) -> Bundle:
    # colours and type are those of all pages; their addresses are relative to another folder
    first = [_TOKENS] if name.endswith(".css") else []
    texts = [part.read_text("utf-8") for part in (*first, *parts)]
    body = "\n".join(texts).replace('url("../', 'url("/assets/').encode("utf-8")
    return Bundle(hashlib.sha256(body).hexdigest()[:16], body)


def register(server: Flask) -> None:
    """Mount ``/rooms/<hash>/<name>``.

    Under another hash the present file is served, but not to be kept: while a process is replaced
    by a newer one, a page of one may ask the other.
    """

    @server.get("/rooms/<hashed>/<name>")
    def room_file(hashed: str, name: str) -> Response:
        found = _made().get(name)
        if found is None:
            raise RefusedRequestError(404, "not_found")
        encoding = accepted_encoding()
        suffix = Path(name).suffix
        response = Response(found.in_encoding(encoding), content_type=_TYPES[suffix])
        if encoding:
            response.headers["Content-Encoding"] = encoding
        response.headers["Vary"] = "Accept-Encoding"
        response.headers["Cache-Control"] = IMMUTABLE if found.name == hashed else "no-store"
        return response
