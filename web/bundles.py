"""Our own styles and scripts as one file each: a page then asks for two files instead of sixty.

The modules stay small files in ``assets/10-css`` and ``assets/20-js``, in whose order they are
joined; their addresses go on working. The name of a bundle holds the hash of its content.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask, Response

from web.compression import Encoding, accepted_encoding, compress
from web.errors import RefusedRequestError
from web.headers import IMMUTABLE

_FOLDERS = {"css": "10-css", "js": "20-js"}
_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}
_TAGS = {
    "css": re.compile(r'<link[^>]*href="[^"]*/assets/10-css/[^>]*>\s*'),
    "js": re.compile(r'<script[^>]*src="[^"]*/assets/20-js/[^>]*></script>\s*'),
}


@dataclass(frozen=True)
class Bundle:
    """One joined file with the compressed forms that were asked for."""

    name: str
    kind: str
    body: bytes
    packed: dict[Encoding, bytes] = field(default_factory=dict)

    def in_encoding(self, encoding: Encoding) -> bytes:
        """Return the body compressed; made once for each encoding."""
        if encoding not in self.packed:
            self.packed[encoding] = compress(self.body, encoding, stored=True)
        return self.packed[encoding]


class Bundles:
    """The two bundles of an assets folder, joined when the first page is built."""

    def __init__(self, assets: Path) -> None:
        self._assets = assets
        self._made: dict[str, Bundle] = {}

    def of(self, kind: str) -> Bundle:
        """Return the bundle of styles (``css``) or scripts (``js``)."""
        if kind not in self._made:
            self._made[kind] = self._join(kind)
        return self._made[kind]

    def _join(self, kind: str) -> Bundle:
        folder = self._assets / _FOLDERS[kind]
        parts = [p.read_text("utf-8") for p in sorted(folder.glob(f"*.{kind}"))]
        # a bundle lies elsewhere than its parts, so that addresses relative to them are written out
        text = "\n".join(parts).replace('url("../', 'url("/assets/')
        body = text.encode("utf-8")
        return Bundle(f"{hashlib.sha256(body).hexdigest()[:16]}.{kind}", kind, body)

    def put_into(self, tags: str, kind: str) -> str:
        """Replace the tags of single files by the one of the bundle, at the place of the first."""
        first = _TAGS[kind].search(tags)
        if first is None:
            return tags
        address = f"/bundle/{self.of(kind).name}"
        tag = (
            f'<link rel="stylesheet" href="{address}">\n'
            if kind == "css"
            else f'<script src="{address}"></script>\n'
        )
        before, after = tags[: first.start()], tags[first.start() :]
        return before + tag + _TAGS[kind].sub("", after)


def register(server: Flask, bundles: Bundles) -> None:
    """Mount ``/bundle/<name>``; another name than that of the present content is not found."""

    @server.get("/bundle/<name>")
    def bundle(name: str) -> Response:
        kind = name.rpartition(".")[2]
        if kind not in _FOLDERS or bundles.of(kind).name != name:
            raise RefusedRequestError(404, "not_found")
        encoding = accepted_encoding()
        response = Response(bundles.of(kind).in_encoding(encoding), content_type=_TYPES[kind])
        if encoding:
            response.headers["Content-Encoding"] = encoding
        response.headers["Vary"] = "Accept-Encoding"
        response.headers["Cache-Control"] = IMMUTABLE
        return response
