"""The work on one order, in its own process: turn, heartbeats, cancel, the file in one stroke."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from domain.progress import Progress, Step
from services.export_jobs import ExportJobs, ExportOrder
from services.heavy_exports import ExportsBusyError, HeavyExports
from services.jobs import JobService, JobState, JobStepError

Write = Callable[[ExportOrder, Path, Progress], None]
"""Writes the file of an order to a path, and tells progress, which may end the work."""

BEAT_SECONDS = 1.0
TURN_SECONDS = 1.0
"""Patience with which a turn is waited for, before asking whether the work shall go on."""
_LOG = logging.getLogger("keck.exports")


class CancelledError(Exception):
    """Somebody asked for an end of the work."""


class Pulse:
    """Tells progress once a second and learns whether the work shall go on."""

    def __init__(self, jobs: JobService, job_id: str) -> None:
        self._jobs, self._job_id = jobs, job_id
        self._latest = (0.0, Step("export.waiting"))
        self._stop, self._cancelled = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> Pulse:
        """Begin to tell."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Tell nothing more."""
        self._stop.set()
        self._thread.join()

    def report(self, share: float, step: Step) -> None:
        """Remember what the work is at.

        Raises
        ------
        CancelledError
            The work shall end.
        """
        self._latest = (share, step)
        self.check()

    def check(self) -> None:
        """Raise when the work shall end."""
        if self._cancelled.is_set():
            raise CancelledError

    def _beat(self) -> None:
        while True:
            share, step = self._latest
            if not self._jobs.heartbeat(self._job_id, progress=share, message=str(step)):
                self._cancelled.set()
                return
            if self._stop.wait(BEAT_SECONDS):
                return


@dataclass(frozen=True)
class ExportWorker:
    """Works on orders; however the work ends, the row of the job says so."""

    exports: ExportJobs
    jobs: JobService
    turns: HeavyExports

    def run(self, job_id: str, write: Write) -> JobState:
        """Make the file of an order and return the state in which its job ends."""
        order = self.exports.order(job_id)
        if order is None:
            return JobState.FAILED
        try:
            with Pulse(self.jobs, job_id) as pulse, ExitStack() as held:
                self._take_turn(held, pulse)
                self._make(job_id, order, write, Progress.to(pulse.report))
                pulse.check()
            end, message = JobState.READY, "export.ready"
        except CancelledError:
            end, message = JobState.CANCELLED, "export.cancelled"
        except Exception as fault:  # whatever broke, nobody shall wait for it
            _LOG.error("export failed", exc_info=fault)
            end, message = JobState.FAILED, "export.failed"
        with suppress(JobStepError):
            self.jobs.move(job_id, end, message=message)
        return end

    def _take_turn(self, held: ExitStack, pulse: Pulse) -> None:
        while True:
            pulse.check()
            with suppress(ExportsBusyError):
                held.enter_context(self.turns.turn())
                return

    def _make(self, job_id: str, order: ExportOrder, write: Write, progress: Progress) -> None:
        target = self.exports.result(job_id, order)
        part = target.with_name(f"{target.name}.part")
        try:
            write(order, part, progress)
            progress.at(1.0, "export.done")
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
