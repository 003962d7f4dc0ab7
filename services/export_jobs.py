"""Reports and archives that take longer than an answer may: ordered, watched, fetched, swept.

An order is a row in the table of jobs and a folder with the order and, when it is ready, the file.
The work is done by a process of its own (:mod:`services.export_work`), so that pages stay quick
and a killed worker harms nobody: what is not renamed to its final name was never there.
"""

from __future__ import annotations

import errno
import json
import logging
import os
import shutil
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from config import Settings
from data.appdb import DATABASE_FAULTS
from domain.model import Audience
from domain.progress import Step
from services.heavy_exports import AT_ONCE, MOST_WAITING, ExportsBusyError
from services.import_limits import child_environment
from services.jobs import FINAL, Crowd, Job, JobService, JobsFullError, JobState, JobStepError

KINDS = REPORT, PROFILES = ("export.report", "export.profiles")
KEPT_MINUTES = 60
"""How long a finished file can be fetched."""
REMEMBERED_MINUTES = 24 * 60
"""How long it is known that there was one; then its row goes, too."""
_ORDER = "order.json"
_RESULT = "result"
_ID = frozenset("0123456789abcdef")
_FULL = (errno.ENOSPC, errno.EDQUOT)
_LOG = logging.getLogger("keck.exports")


class NoOrder(StrEnum):
    """Why an order could not be taken."""

    FULL_DISK = "full_disk"
    FAULT = "fault"


class NoOrderError(Exception):
    """An order could not be taken; ``reason`` says why."""

    def __init__(self, reason: NoOrder) -> None:
        super().__init__(str(reason))
        self.reason = reason


class ExportState(StrEnum):
    """Where an order stands, as its reader sees it."""

    WAITING = "waiting"
    WORKING = "working"
    READY = "ready"
    FAILED = "failed"
    CANCELLED = "cancelled"
    GONE = "gone"


@dataclass(frozen=True)
class ExportOrder:
    """What is to be made, and under which name it is handed out.

    ``query`` is the address of a plan (:mod:`domain.report_plan`), ``texts`` the reader's own
    (:func:`domain.report_template.plain_texts`), ``address`` what the file says it is from.
    """

    kind: str
    town: str
    release: str
    language: str
    query: str
    suffix: str
    name: str
    address: str = ""
    texts: dict[str, Any] = field(default_factory=dict)
    audience: str = str(Audience.PUBLIC)
    """Whose numbers it holds: the file is handed out to those alone."""


@dataclass(frozen=True)
class ExportStatus:
    """One order: state, share done (0 to 1), what it is at, and the file when it is ready."""

    id: str
    state: ExportState
    share: float
    step: Step
    order: ExportOrder | None
    file: Path | None = None

    @property
    def is_open(self) -> bool:
        """Whether the order is still being worked on."""
        return self.state in (ExportState.WAITING, ExportState.WORKING)


class ExportJobs:
    """Takes orders and tells of them."""

    def __init__(self, settings: Settings, jobs: JobService) -> None:
        self._settings = settings
        self._jobs = jobs
        self._folder = settings.data_dir / "cache" / "exports" / "jobs"

    def start(self, order: ExportOrder) -> str:
        """Take an order and return its id.

        Raises
        ------
        ExportsBusyError
            Two orders are worked on and as many wait as may.
        NoOrderError
            The disk or the database cannot be written; the order leaves nothing behind.
        """
        try:
            self.sweep()
            job = self._jobs.start(
                order.town,
                order.kind,
                actor="page",
                message="export.waiting",
                crowd=Crowd(KINDS, AT_ONCE + MOST_WAITING),
            )
        except JobsFullError as full:
            raise ExportsBusyError("full") from full
        except DATABASE_FAULTS as fault:
            _LOG.error("an order could not be taken", exc_info=fault)
            raise NoOrderError(NoOrder.FAULT) from fault
        try:
            folder = self._folder / job
            folder.mkdir(parents=True)
            (folder / _ORDER).write_text(json.dumps(asdict(order)), "utf-8")
            self._spawn(job)
        except OSError as fault:
            _LOG.error("an order could not be laid down", exc_info=fault)
            self._give_up(job)
            is_full = fault.errno in _FULL
            raise NoOrderError(NoOrder.FULL_DISK if is_full else NoOrder.FAULT) from fault
        return job

    def _give_up(self, job_id: str) -> None:
        """Take back what there is of an order; its place is free for the next one."""
        shutil.rmtree(self._folder / job_id, ignore_errors=True)
        with suppress(JobStepError, *DATABASE_FAULTS):  # else its lease runs out
            self._jobs.move(job_id, JobState.FAILED, message="export.failed")

    def status(self, job_id: str) -> ExportStatus | None:
        """Return how an order stands; None for an id nobody got."""
        self._jobs.bury_dead()
        job = self._row(job_id)
        if job is None:
            return None
        order = self.order(job_id)
        file = self.result(job_id, order) if order else None
        is_there = job.state is JobState.READY and file is not None and file.is_file()
        return ExportStatus(
            job_id,
            _state(job, is_there=is_there),
            job.progress,
            Step.of(job.message),
            order,
            file if is_there else None,
        )

    def cancel(self, job_id: str) -> bool:
        """Ask for an end of the work; return whether there was any."""
        return self._row(job_id) is not None and self._jobs.cancel(job_id)

    def order(self, job_id: str) -> ExportOrder | None:
        """Return what was ordered, None when it was swept away."""
        try:
            content = json.loads((self._folder / job_id / _ORDER).read_text("utf-8"))
        except (OSError, ValueError):
            return None
        return ExportOrder(**content)

    def result(self, job_id: str, order: ExportOrder) -> Path:
        """Return where the finished file lies, or will lie."""
        return self._folder / job_id / f"{_RESULT}.{order.suffix}"

    def sweep(self) -> None:
        """Remove the folders of orders that ended, ready ones after an hour, rows after a day."""
        self._jobs.bury_dead()
        self._jobs.forget(KINDS, REMEMBERED_MINUTES)
        for folder in self._folder.glob("*"):
            job = self._row(folder.name)
            if job is None or (job.state in FINAL and not self._jobs.is_younger(job, KEPT_MINUTES)):
                shutil.rmtree(folder, ignore_errors=True)
            elif job.state in FINAL and job.state is not JobState.READY:
                for part in folder.glob(f"{_RESULT}*"):
                    with suppress(OSError):  # what cannot be removed now is tried again
                        part.unlink(missing_ok=True)

    def _row(self, job_id: str) -> Job | None:
        if not job_id or not set(job_id) <= _ID:
            return None
        job = self._jobs.get(job_id)
        return job if job is not None and job.kind in KINDS else None

    def _spawn(self, job_id: str) -> None:
        """Start the worker; a thread of this process notices when it dies without a word."""
        process = subprocess.Popen(
            [sys.executable, "-m", "web.export_child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            env=child_environment(os.environ),
            start_new_session=sys.platform != "win32",
            text=True,
            encoding="utf-8",
        )
        wish = {
            "job": job_id,
            "data_dir": str(self._settings.data_dir),
            "database_url": self._settings.database_url,
        }
        if process.stdin:
            with suppress(BrokenPipeError):
                process.stdin.write(json.dumps(wish))
                process.stdin.close()
        threading.Thread(target=self._watch, args=(process, job_id), daemon=True).start()

    def _watch(self, process: subprocess.Popen[str], job_id: str) -> None:
        process.wait()
        with suppress(JobStepError):
            self._jobs.move(job_id, JobState.FAILED, message="export.worker_lost")


def _state(job: Job, *, is_there: bool) -> ExportState:
    match job.state:
        case JobState.READY:
            return ExportState.READY if is_there else ExportState.GONE
        case JobState.CANCELLED:
            return ExportState.CANCELLED
        case JobState.FAILED | JobState.REJECTED:
            return ExportState.FAILED
    if job.cancel_requested:  # the worker hears it within a second, its reader at once
        return ExportState.CANCELLED
    is_waiting = job.message.startswith("export.waiting")
    return ExportState.WAITING if is_waiting else ExportState.WORKING
