"""Follows the limited process of one import until it tells its outcome, dies or must stop."""

from __future__ import annotations

import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from config import Settings
from domain.findings import Finding, Severity
from domain.progress import Step
from services.findings_json import findings_from_json
from services.import_process import ImportChild

Tell = Callable[[float, Step], bool]
"""Takes share and step; answers whether the work shall go on."""

_LOOK_SECONDS = 0.25
_BEAT_SECONDS = 0.5


class End(StrEnum):
    """How an import or a check ended."""

    PUBLISHED = "published"
    READY = "ready"
    CHECKED = "checked"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    FAILED = "failed"


class StoppedError(Exception):
    """The child ended without a bundle; carries how, and the findings that say why."""

    def __init__(self, end: End, findings: tuple[Finding, ...]) -> None:
        super().__init__(end)
        self.end = end
        self.findings = findings


def cancelled() -> StoppedError:
    """Return the end of an import that somebody stopped."""
    return StoppedError(End.CANCELLED, (error("import_cancelled"),))


def error(code: str, /, **params: str | int | float) -> Finding:
    """Return a finding about the import itself."""
    return Finding(Severity.ERROR, code, params=params)


def disk_ran_full(settings: Settings) -> Finding:
    """Return the finding of a disk that ran full while the import worked."""
    free = shutil.disk_usage(settings.data_dir).free
    return error("import_disk_ran_full", free=free >> 20, folder=str(settings.data_dir))


def watch(
    wish: dict[str, Any], settings: Settings, tell: Tell, stop: threading.Event
) -> dict[str, Any]:
    """Run one order in a child and return what it told last.

    Parameters
    ----------
    wish
        The order, see :mod:`services.import_child`; the limits are added here.
    tell
        Hears of every step, and at least twice a second.
    stop
        Ends the child when it is set.

    Raises
    ------
    StoppedError
        Refused, cancelled, out of time or memory, or dead. The child is gone in every case.
    """
    limits = {"memory_mb": settings.import_memory_mb, "seconds": settings.import_seconds}
    child = ImportChild({**wish, **limits})
    try:
        return _Watch(settings, tell, stop).follow(child)
    finally:
        child.kill()


class _Watch:
    """One child being followed."""

    def __init__(self, settings: Settings, tell: Tell, stop: threading.Event) -> None:
        self._settings = settings
        self._tell = tell
        self._stop = stop

    def follow(self, child: ImportChild) -> dict[str, Any]:
        share, step = 0.0, Step("import.starting")
        deadline = time.monotonic() + self._settings.import_seconds
        beat = 0.0
        while True:
            told = child.next_message(_LOOK_SECONDS)
            if self._stop.is_set():
                raise cancelled()
            if told is None:
                raise StoppedError(End.FAILED, (self._death(child.return_code()),))
            if "outcome" in told:
                return self._verdict(told)
            if told:
                share, step = told["progress"], Step(told["step"], told["params"])
            if told or time.monotonic() - beat >= _BEAT_SECONDS:
                beat = time.monotonic()
                self._go_on(share, step)
            if time.monotonic() > deadline:
                limit = self._settings.import_seconds
                raise StoppedError(End.FAILED, (error("import_timeout", limit=limit),))

    def _go_on(self, share: float, step: Step) -> None:
        if not self._tell(share, step):
            raise cancelled()

    def _verdict(self, told: dict[str, Any]) -> dict[str, Any]:
        if told["outcome"] == "memory":
            limit = self._settings.import_memory_mb
            raise StoppedError(End.FAILED, (error("import_memory", limit=limit),))
        if told["outcome"] == "disk":
            raise StoppedError(End.FAILED, (disk_ran_full(self._settings),))
        if told["outcome"] == "refused":
            raise StoppedError(End.REFUSED, findings_from_json(told["findings"]))
        return told

    def _death(self, code: int) -> Finding:
        if sys.platform != "win32" and code == -signal.SIGXCPU:
            return error("import_timeout", limit=self._settings.import_seconds)
        return error("import_killed", code=code)
