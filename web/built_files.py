"""Files that take seconds to build: once for all who ask the same, and only some at a time."""

from __future__ import annotations

from collections.abc import Callable

from services.heavy_exports import RETRY_SECONDS, ExportsBusyError
from web.audience import audience
from web.errors import RefusedRequestError
from web.report_sources import ReportSources


def built_file(
    sources: ReportSources,
    release: str,
    name: str,
    key: tuple[str, ...] | None,
    make: Callable[[], bytes],
) -> bytes:
    """Return what ``make`` gives, in its turn; ``key`` says what decides it, None that it differs.

    Raises
    ------
    RefusedRequestError
        503, when too many wait already; the answer says when to come again.
    """

    def in_turn() -> bytes:
        with sources.heavy.turn():
            return make()

    try:
        if key is None:
            return in_turn()
        return sources.cache.get_or_build(
            audience(), release, name, key, in_turn, wait=sources.heavy.wait_for
        )
    except ExportsBusyError as busy:
        raise RefusedRequestError(503, "exports_busy", retry_after=RETRY_SECONDS) from busy
