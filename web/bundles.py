"""Our own styles and scripts joined: a page then asks for four files instead of a hundred.

The modules stay small files in the folders of ``_FOLDERS``, in whose order they are joined; their
addresses go on working. The name of a bundle holds the hash of its content. What the Atlas needs
to paint its first map comes first; what other pages, pictures and paper need follows it there.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask, Response

from web.compression import Encoding, accepted_encoding, compress
from web.errors import RefusedRequestError
from web.headers import IMMUTABLE

_FOLDERS: dict[tuple[str, str], str] = {
    ("css", "first"): "10-css",
    ("css", "pages"): "15-css-pages",
    ("js", "first"): "20-js",
    ("js", "pages"): "25-js-pages",
}
_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}
_TAGS = {
    "css": re.compile(r'<link[^>]*href="[^"]*/assets/1[05]-css[^>]*>\s*'),
    "js": re.compile(r'<script[^>]*src="[^"]*/assets/2[05]-js[^>]*></script>\s*'),
}
_TAG = {
    "css": '<link rel="stylesheet" href="{}">\n',
    "js": '<script src="{}"></script>\n',
}
_NAME = re.compile(r"[0-9a-f]{16}-(first|pages)\.(css|js)")


@dataclass(frozen=True)
class Bundle:
    """One joined file with the compressed forms that were asked for."""

    name: str
    body: bytes
    packed: dict[Encoding, bytes] = field(default_factory=dict)

    def in_encoding(self, encoding: Encoding) -> bytes:
        """Return the body compressed; made once for each encoding."""
        if encoding not in self.packed:
            self.packed[encoding] = compress(self.body, encoding, stored=True)
        return self.packed[encoding]


class Bundles:
    """The bundles of an assets folder, joined when the application is built."""

    def __init__(self, assets: Path) -> None:
        self._made = {
            (kind, part): _joined(assets / folder, kind, part)
            for (kind, part), folder in _FOLDERS.items()
        }

    def of(self, kind: str, part: str) -> Bundle:
        """Return a bundle of styles (``css``) or scripts (``js``)."""
        return self._made[kind, part]

    def address(self, kind: str, part: str) -> str:
        """Return the address of a bundle."""
        return f"/bundle/{self.of(kind, part).name}"

    def put_into(self, tags: str, kind: str, parts: Sequence[str]) -> str:
        """Replace the tags of single files by those of bundles, at the place of the first."""
        first = _TAGS[kind].search(tags)
        if first is None:
            return tags
        made = "".join(_TAG[kind].format(self.address(kind, part)) for part in parts)
        before, after = tags[: first.start()], tags[first.start() :]
        return before + made + _TAGS[kind].sub("", after)


def _joined(folder: Path, kind: str, part: str) -> Bundle:
    parts = [p.read_text("utf-8") for p in sorted(folder.glob(f"*.{kind}"))]
    # a bundle lies elsewhere than its parts, so that addresses relative to them are written out
    body = "\n".join(parts).replace('url("../', 'url("/assets/').encode("utf-8")
    return Bundle(f"{hashlib.sha256(body).hexdigest()[:16]}-{part}.{kind}", body)


def register(server: Flask, bundles: Bundles) -> None:
    """Mount ``/bundle/<name>``.

    Under a name of other content the present one is served, but not to be kept: while a process is
    replaced by a newer one, a page of one may ask the other.
    """

    @server.get("/bundle/<name>")
    def bundle(name: str) -> Response:
        asked = _NAME.fullmatch(name)
        if not asked:
            raise RefusedRequestError(404, "not_found")
        part, kind = asked.groups()
        found = bundles.of(kind, part)
        encoding = accepted_encoding()
        response = Response(found.in_encoding(encoding), content_type=_TYPES[kind])
        if encoding:
            response.headers["Content-Encoding"] = encoding
        response.headers["Vary"] = "Accept-Encoding"
        response.headers["Cache-Control"] = IMMUTABLE if found.name == name else "no-store"
        return response
