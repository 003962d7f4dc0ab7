"""Whether the process lives and whether it can serve public pages."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

from flask import Flask, Response, jsonify

from domain.model import Audience
from web.sources import Sources

_LOG = logging.getLogger("keck.health")
LEAST_FREE_BYTES = 50 * 1024**2
"""With less free, the disk is told to be the next to fail; the reserve is not counted."""


def register(server: Flask, sources: Sources, data_dir: Path) -> None:
    """Mount ``/healthz`` (no input or output) and ``/readyz`` (release, cache, disk)."""

    @server.get("/healthz")
    def healthz() -> Response:
        return jsonify(status="ok")

    @server.get("/readyz")
    def readyz() -> Response:
        blocking = _release_fault(sources)
        degraded = [*([blocking] if blocking else []), *_degraded(sources, data_dir)]
        response = jsonify(status="unavailable" if blocking else "ok", degraded=degraded)
        response.status_code = 503 if blocking else 200
        return response


def _release_fault(sources: Sources) -> str:
    """Return why public pages cannot be served, or an empty text."""
    try:
        current = sources.releases.current()
        if current is None:
            return "no_release"
        sources.releases.reader(current, Audience.PUBLIC).catalogue()
    except Exception:
        # Whatever keeps the release from opening, the monitor is told and the log has the cause.
        _LOG.exception("the current release does not open")
        return "release"
    return ""


def _degraded(sources: Sources, data_dir: Path) -> list[str]:
    found = ["cache"] if sources.cache.is_degraded else []
    if sources.releases.is_database_away:
        found.append("database")
    if sources.releases.damaged:
        found.append("damaged_release")
    try:
        free = shutil.disk_usage(data_dir).free
    except OSError:
        return [*found, "data_folder"]
    return [*found, "disk"] if free < LEAST_FREE_BYTES else found
