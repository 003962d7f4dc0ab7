"""Compressed answers: stored files as they lie, small dynamic JSON at a cheap level."""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections import OrderedDict
from typing import Literal

import brotli
from flask import Flask, Response, request

from web.audience import is_inside

Encoding = Literal["br", "gzip", ""]

SMALLEST = 1024
"""Below this size the headers outweigh what compression saves."""
_DYNAMIC = {
    "application/json",
    "application/geo+json",
    "text/html",
    "text/csv",
}
_BROTLI_FAST, _GZIP_FAST = 4, 5
_BROTLI_STORED, _GZIP_STORED = 9, 9
_OK = 200


def accepted_encoding() -> Encoding:
    """Return the best encoding that the client of this request takes."""
    accepted = request.accept_encodings
    if accepted.quality("br") > 0:
        return "br"
    return "gzip" if accepted.quality("gzip") > 0 else ""


class RecentlyCompressed:
    """The last answers in their compressed form: the same view is asked for again and again."""

    def __init__(self, size: int = 64) -> None:
        self._size = size
        self._bodies: OrderedDict[bytes, bytes] = OrderedDict()
        self._guard = threading.Lock()

    def get(self, body: bytes, encoding: Encoding) -> bytes:
        """Return the compressed body; made once for the same content."""
        key = hashlib.blake2b(body, digest_size=20, person=encoding.encode()).digest()
        with self._guard:
            if key in self._bodies:
                self._bodies.move_to_end(key)
                return self._bodies[key]
        packed = compress(body, encoding)
        with self._guard:
            self._bodies[key] = packed
            while len(self._bodies) > self._size:
                self._bodies.popitem(last=False)
        return packed


def compress(body: bytes, encoding: Encoding, *, stored: bool = False) -> bytes:
    """Return the compressed body; ``stored`` spends more time because it happens once."""
    if encoding == "br":
        quality = _BROTLI_STORED if stored else _BROTLI_FAST
        packed: bytes = brotli.compress(body, quality=quality)
        return packed
    if encoding == "gzip":
        level = _GZIP_STORED if stored else _GZIP_FAST
        return gzip.compress(body, compresslevel=level, mtime=0)
    return body


def _holds_secrets(response: Response) -> bool:
    """Return whether a page has a form of a session beside what somebody typed.

    Its length, compressed, would tell an eavesdropper the one by the other.
    """
    rule = request.url_rule.rule if request.url_rule else ""
    return is_inside(rule) and response.mimetype == "text/html"


def register(server: Flask) -> None:
    """Compress dynamic answers above 1 KB; what is stored compressed is left alone."""
    recent = RecentlyCompressed()

    @server.after_request
    def compress_answer(response: Response) -> Response:
        if response.mimetype not in _DYNAMIC or response.is_streamed or _holds_secrets(response):
            return response
        response.vary.add("Accept-Encoding")
        plain = "Content-Encoding" not in response.headers and response.status_code == _OK
        if plain and request.method != "HEAD" and len(response.get_data()) > SMALLEST:
            encoding = accepted_encoding()
            if encoding:
                response.set_data(recent.get(response.get_data(), encoding))
                response.headers["Content-Encoding"] = encoding
        return response
