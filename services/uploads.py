"""Delivered files on their way into a release: received, looked at, decided about, imported.

What takes long is done by a process of its own (:mod:`services.upload_child`); how far it is
stands in the table of jobs, so that every server process can tell and cancel it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from config import Settings
from data.deliveries import KEPT_DAYS, Incoming
from data.release_folders import read_manifest
from data.release_model import READY, ReleaseInfo
from data.releases import ReleaseStore
from data.uploads import UnknownUploadError, Upload, UploadStore
from domain.delivered_names import delivered_name, free_name
from domain.findings import Finding
from services.disk_room import receiving
from services.findings_json import findings_from_json
from services.jobs import FINAL, Crowd, Job, JobService, JobsFullError, JobState, JobStepError
from services.work_process import launch

__all__ = ["Incoming", "UnknownUploadError", "Upload"]

LOOK, IMPORT = "inspect", "import"
MOST_AT_ONCE = 2
"""Files that are looked into, and deliveries that are imported from pages, at the same time."""
NEW_FILES = "eingang"
"""Folder of the delivery in which files lie that came in by a page."""
LOOKED_AT = "looked-at"
"""Folder of an upload in which the file lies under its own name, which findings tell."""


class UploadsBusyError(Exception):
    """As much is under way as may be; it is worth trying again soon."""


class UploadBusyError(Exception):
    """Somebody works on the upload: nothing can be decided until that ends."""


class UploadChangedError(Exception):
    """Somebody else decided about the upload in between."""


class LostBaseError(Exception):
    """The release an upload was to be added to is not here any more; carries its id."""


class Stage(StrEnum):
    """Where an upload stands."""

    WORKING = "working"
    BROKEN = "broken"
    UNREADABLE = "unreadable"
    LOOKED = "looked"
    REFUSED = "refused"
    DONE = "done"


@dataclass(frozen=True)
class UploadView:
    """An upload with the work on it and what that found.

    ``told`` has the keys of :func:`services.inspection_work.inspect`, or only findings.
    """

    upload: Upload
    stage: Stage
    job: Job | None
    told: Mapping[str, Any]
    findings: tuple[Finding, ...]

    @property
    def is_readable(self) -> bool:
        """Whether there is a table to speak of."""
        return "columns" in self.told

    @property
    def is_ready(self) -> bool:
        """Whether the file can be imported as it is understood."""
        return bool(self.told.get("tables"))

    @property
    def is_known(self) -> bool:
        """Whether every column is read as files like it were, with nothing left to decide."""
        told = self.told
        open_questions = ("problems", "unknown", "repeated", "indicators")
        return (
            self.is_ready
            and not any(told[key] for key in open_questions)
            and all(g["certainty"] == "sure" for g in told["guesses"])
            and all(f["severity"] != "error" for f in told["probe"])
            and not told["marks"]["unclear"]
        )


class UploadService:
    """Keeps uploads and starts the work on them."""

    def __init__(
        self,
        settings: Settings,
        store: ReleaseStore,
        jobs: JobService,
        clock: Callable[[], dt.datetime],
    ) -> None:
        self._settings = settings
        self._releases = store
        self._jobs = jobs
        self._clock = clock
        self.store = UploadStore(settings.data_dir)
        self.most_bytes = settings.upload_mb * 1024**2

    def bases(self) -> list[ReleaseInfo]:
        """Return the releases a file can be added to: the published one, then those that wait."""
        found = [r for r in self._releases.list() if r.is_current or r.state == READY]
        return sorted(found, key=lambda r: not r.is_current)

    def receiving(self) -> AbstractContextManager[Incoming]:
        """Open a new file to write to; see :func:`services.disk_room.receiving`."""
        self.sweep()
        return receiving(self.store, self._settings.data_dir, self.most_bytes)

    def keep(self, incoming: Incoming, given: str, actor: str, base: str) -> Upload:
        """Take a received file over as an upload to be added to one of :meth:`bases`."""
        given = delivered_name(given)
        upload = Upload(incoming.id, given, self._new_name(base, given), actor, self._clock(), base)
        self.store.keep(incoming, upload)
        return upload

    def sweep(self) -> None:
        """Remove what broke off and what nobody came back to."""
        self.store.sweep(self._clock())
        self._jobs.forget((LOOK,), KEPT_DAYS * 24 * 60)

    def view(self, upload_id: str) -> UploadView:
        """Return an upload and how it stands; ``UnknownUploadError`` where there is none."""
        self._jobs.bury_dead()
        return self.view_of(self.store.get(upload_id))

    def view_of(self, upload: Upload) -> UploadView:
        """Return how an upload stands."""
        job = self._jobs.get(upload.job) if upload.job else None
        told = self.store.told(upload.id) or {}
        found = findings_from_json(told.get("findings", []))
        if job is not None and job.kind == IMPORT:
            found = findings_from_json(json.loads(job.report))
        return UploadView(upload, _stage(job, told), job, told, found)

    def decide(self, upload_id: str, *, seen: str = "", **changes: Any) -> None:
        """Keep what somebody decided; fields of :class:`data.uploads.Upload`.

        Parameters
        ----------
        seen
            The version of the upload the decisions rest on; empty: whichever it has.

        Raises
        ------
        UploadBusyError
            It is being worked on.
        UploadChangedError
            Somebody else decided something in between.
        """
        with self.store.alone():
            upload = self._decided(upload_id)
            if seen not in ("", upload.version):
                raise UploadChangedError(upload_id)
            self.store.put(replace(upload, **changes))

    def _decided(self, upload_id: str) -> Upload:
        view = self.view(upload_id)
        if view.stage is Stage.WORKING:
            raise UploadBusyError(upload_id)
        return view.upload

    def file_choice(self, upload_id: str, replaced: str) -> dict[str, Any]:
        """Return the fields that say whether the file takes the place of an earlier one."""
        upload = self.store.get(upload_id)
        earlier = (self.store.told(upload_id) or {}).get("read_files", [])
        if replaced in earlier:
            return {"name": replaced, "replaces": True}
        return {"name": self._new_name(upload.base, upload.given), "replaces": False}

    def start(self, upload_id: str, kind: str, actor: str) -> str:
        """Let a process of its own look into an upload or import it; return the job.

        Raises
        ------
        UploadBusyError, UploadsBusyError
            It, or as many others as may be, are being worked on.
        LostBaseError
            The release it was to be added to is gone.
        """
        with self.store.alone():
            upload = self._decided(upload_id)
            job = self._enter(upload, kind, actor)
            self.store.put(replace(upload, job=job))
        self._launch(upload_id, job)
        return job

    def _enter(self, upload: Upload, kind: str, actor: str) -> str:
        if not self._releases.holds(upload.base):
            raise LostBaseError(upload.base)
        town = read_manifest(self._releases.folder / upload.base)["town"]["id"]
        message = "inspect.waiting" if kind == LOOK else "import.waiting"
        crowd = Crowd((LOOK,), MOST_AT_ONCE) if kind == LOOK else None
        if kind == IMPORT and len(self._imports()) >= MOST_AT_ONCE:
            raise UploadsBusyError
        try:
            return self._jobs.start(town, kind, actor=actor, message=message, crowd=crowd)
        except JobsFullError:
            raise UploadsBusyError from None

    def remove(self, upload_id: str) -> None:
        """Forget an upload that nobody works on."""
        with self.store.alone():
            self._decided(upload_id)
            self.store.remove(upload_id)

    def cancel(self, upload_id: str) -> None:
        """Ask the work on an upload to end."""
        self._jobs.cancel(self.store.get(upload_id).job)

    def marked(self, view: UploadView, language: str) -> bytes | None:
        """Return the file as a workbook with notes at its faulty cells, None without any."""
        # the writer stands on the import, which stands on these services
        from services.upload_findings import marked_copy

        return marked_copy(self._settings, self.store.folder(view.upload.id), view, language)

    def _imports(self) -> list[Job]:
        self._jobs.bury_dead()
        return [
            j
            for j in self._jobs.list()
            if j.kind == IMPORT and j.state not in FINAL and j.lease_until is not None
        ]

    def _new_name(self, base: str, given: str) -> str:
        folder = self._releases.folder / base / "originals" / "files" / NEW_FILES
        taken = frozenset(p.name for p in folder.iterdir()) if folder.is_dir() else frozenset()
        return f"{NEW_FILES}/{free_name(given, taken)}"

    def _launch(self, upload_id: str, job: str) -> None:
        wish = {"upload": upload_id, "job": job}
        launch("services.upload_child", self._settings, wish, lambda: self._ended(job))

    def _ended(self, job_id: str) -> None:
        """Say so where the process of a job ended without a word."""
        with suppress(JobStepError):
            job = self._jobs.get(job_id)
            if job is not None and job.lease_until is not None:
                lost = "inspect.worker_lost" if job.kind == LOOK else "import.worker_lost"
                self._jobs.move(job.id, JobState.FAILED, message=lost)


def _stage(job: Job | None, told: Mapping[str, Any]) -> Stage:
    if job is None:
        return Stage.BROKEN
    if job.state not in FINAL and job.lease_until is not None:
        return Stage.WORKING
    if job.kind == IMPORT:
        return Stage.DONE if job.release_id else Stage.REFUSED
    if job.state is not JobState.READY:
        return Stage.BROKEN
    return Stage.LOOKED if "columns" in told else Stage.UNREADABLE
