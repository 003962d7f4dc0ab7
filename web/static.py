"""Static files: stored compressed once, served as they lie, kept a year where the URL is versioned.

A committed ``name.br`` or ``name.gz`` beside a file is served as it is (a test holds it to the
file: times of change say nothing after a checkout); otherwise the compressed
copy is made at the first request and kept in the cache folder of the data directory.
"""

from __future__ import annotations

import hashlib
import importlib
import logging
import os
import threading
from dataclasses import dataclass
from pathlib import Path

from dash import Dash
from dash.fingerprint import build_fingerprint, check_fingerprint
from flask import Flask, Response, request
from werkzeug.security import safe_join

from web.compression import Encoding, accepted_encoding, compress
from web.errors import RefusedRequestError
from web.headers import IMMUTABLE

_LOG = logging.getLogger("keck.static")
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}
_PACKED = frozenset({".gif", ".ico", ".jpg", ".png", ".woff2"})
"""Formats that are compressed in themselves."""
_SUFFIXES = {"br": ".br", "gzip": ".gz"}
_SMALLEST = 256


@dataclass(frozen=True)
class _Stored:
    body: bytes
    encoding: Encoding
    tag: str


class StaticFiles:
    """Reads files in the encoding a client takes; the compressed copies outlive the process."""

    def __init__(self, cache_folder: Path) -> None:
        self._folder = cache_folder
        self._lock = threading.Lock()

    def answer(self, path: Path, *, is_versioned: bool) -> Response:
        """Return the file with type, length, ETag and lifetime; 304 where the client has it."""
        content_type = _TYPES.get(path.suffix.lower())
        if content_type is None or not path.is_file():
            raise RefusedRequestError(404, "not_found")
        stored = self._read(path, accepted_encoding())
        response = Response(stored.body, content_type=content_type)
        if stored.encoding:
            response.headers["Content-Encoding"] = stored.encoding
        response.headers["Vary"] = "Accept-Encoding"
        response.headers["Cache-Control"] = IMMUTABLE if is_versioned else "no-cache"
        response.set_etag(stored.tag)
        return response.make_conditional(request)  # type: ignore[return-value]

    def _read(self, path: Path, encoding: Encoding) -> _Stored:
        stat = path.stat()
        text = f"{path}|{stat.st_mtime_ns}|{stat.st_size}"
        key = hashlib.sha256(text.encode()).hexdigest()[:24]
        if not encoding or path.suffix.lower() in _PACKED or stat.st_size < _SMALLEST:
            return _Stored(path.read_bytes(), "", key)
        beside = path.with_name(path.name + _SUFFIXES[encoding])
        if beside.is_file():
            return _Stored(beside.read_bytes(), encoding, f"{key}-{encoding}")
        return _Stored(self._kept(path, key, encoding), encoding, f"{key}-{encoding}")

    def _kept(self, path: Path, key: str, encoding: Encoding) -> bytes:
        target = self._folder / (key + _SUFFIXES[encoding])
        with self._lock:
            if target.is_file():
                return target.read_bytes()
            body = compress(path.read_bytes(), encoding, stored=True)
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                draft = target.with_name(f"{target.name}.{os.getpid()}")
                draft.write_bytes(body)
                draft.replace(target)
            except OSError as fault:
                # A full disk must not stop reading; the next request compresses again.
                _LOG.warning("a compressed file could not be kept: %s", fault.strerror)
            return body


_LONGEST_NAME = 255
"""Bytes of the name of an asset; file systems answer longer ones with a fault of their own."""


def replace_dash_routes(server: Flask, dash_app: Dash, files: StaticFiles) -> None:
    """Let Dash's two static routes answer from ``files``."""
    prefix: str = dash_app.config.routes_pathname_prefix
    assets = Path(dash_app.config.assets_folder)

    def serve_asset(filename: str) -> Response:
        joined = safe_join(str(assets), filename)
        if joined is None or len(filename.encode()) > _LONGEST_NAME:
            raise RefusedRequestError(404, "not_found")
        path = Path(joined)
        return files.answer(path, is_versioned=_has_current_time(path))

    def serve_component(package_name: str, fingerprinted_path: str) -> Response:
        inside, _ = check_fingerprint(fingerprinted_path)
        if inside not in dash_app.registered_paths.get(package_name, ()):
            raise RefusedRequestError(404, "not_found")
        path = _package_file(package_name, inside)
        return files.answer(
            path, is_versioned=fingerprinted_path == _fingerprint(package_name, inside, path)
        )

    bundle_rule = "_dash-component-suites/<string:package_name>/<path:fingerprinted_path>"
    blueprint = prefix.replace("/", "_").replace(".", "_") + "dash_assets"
    server.view_functions[f"{blueprint}.static"] = serve_asset
    server.view_functions[prefix + bundle_rule] = serve_component


def _has_current_time(path: Path) -> bool:
    """Dash names the time of change behind ``?m=``; only then may a copy be kept for long."""
    return path.is_file() and request.args.get("m") == str(path.stat().st_mtime)


def _package_file(package_name: str, inside: str) -> Path:
    module = importlib.import_module(package_name)
    return Path(str(module.__file__)).parent / inside


def _fingerprint(package_name: str, inside: str, path: Path) -> str:
    """Return the path Dash writes into the page for the present version of a bundle."""
    owner = package_name
    first = inside.split("/", 1)[0]
    if package_name == "dash" and first in ("dcc", "html", "dash_table"):
        owner = f"dash.{first}"
    version = importlib.import_module(owner).__version__
    modified = int(path.stat().st_mtime) if path.is_file() else 0
    return str(build_fingerprint(inside, version, modified))
