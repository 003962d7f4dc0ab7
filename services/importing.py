"""An import from order to release: a limited child builds, this process watches and publishes.

The child gets a staging folder and nothing else. Whatever happens to it, the published release
stays as it is; what it left behind is swept.
"""

from __future__ import annotations

import json
import shutil
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config import Settings
from data.bundle import Stamp
from data.importing.recipe import Recipe, load_recipe
from data.release_folders import read_manifest
from data.releases import PublishConflictError, ReleaseStore
from domain.findings import Finding, RefusedFileError, Severity
from services.container import Clock, Services, utc_now
from services.delivery import delivery_bytes
from services.findings_json import findings_from_json, findings_to_json
from services.import_process import ImportChild
from services.jobs import HEARTBEAT_SECONDS, JobService, JobState

Progress = Callable[[float, str], None]
Tell = Callable[[float, str], bool]
"""Takes progress and message; answers whether the work shall go on."""

SPARE_BYTES = 500 * 1024**2
_LOOK_SECONDS = 0.5
_ENDS = {"refused": JobState.REJECTED, "cancelled": JobState.CANCELLED}


@dataclass(frozen=True)
class ImportOrder:
    """What shall be imported, by whom, and whether it is published at once."""

    recipe: Path
    data_dir: Path
    publish: bool = False
    note: str = ""
    actor: str = "cli"


@dataclass(frozen=True)
class ImportOutcome:
    """How an import ended; ``release_id`` is empty when there is no new release."""

    release_id: str
    is_published: bool
    findings: tuple[Finding, ...]

    @property
    def is_done(self) -> bool:
        """Whether everything that was asked for has happened."""
        return not any(f.severity is Severity.ERROR for f in self.findings)


class _Stopped(Exception):  # noqa: N818 - a course of events, not a fault
    """The child ended without a bundle."""

    def __init__(self, outcome: str, findings: tuple[Finding, ...]) -> None:
        super().__init__(outcome)
        self.outcome = outcome
        self.findings = findings


class ImportService:
    """Runs imports one by one; several processes may run one each."""

    def __init__(self, settings: Settings, services: Services, *, clock: Clock = utc_now) -> None:
        self._settings = settings
        self._store: ReleaseStore = services.store
        self._jobs: JobService = services.jobs
        self._clock = clock

    def check(
        self, recipe: Path, data_dir: Path, progress: Progress = lambda _share, _key: None
    ) -> ImportOutcome:
        """Read and check a delivery in a child without building anything."""

        def tell(share: float, message: str) -> bool:
            progress(share, message)
            return True

        try:
            load_recipe(recipe)
            findings = self._child(self._order(recipe, data_dir), tell)
        except RefusedFileError as refusal:
            findings = tuple(refusal.findings)
        except _Stopped as stop:
            findings = stop.findings
        return ImportOutcome("", False, findings)

    def run(
        self, order: ImportOrder, progress: Progress = lambda _share, _key: None
    ) -> ImportOutcome:
        """Import a delivery; the outcome carries all findings, also those of a refusal."""
        self.sweep()
        try:
            recipe = load_recipe(order.recipe)
            self._refuse_stranger(recipe)
            self._refuse_full_disk(delivery_bytes(recipe, order.data_dir))
        except RefusedFileError as refusal:
            return ImportOutcome("", False, tuple(refusal.findings))
        base = self._store.current()
        job_id = self._jobs.start(recipe.town.id, "import", actor=order.actor)
        stamp = self._store.reserve(
            recipe.town.id, self._clock(), job_id=job_id, note=order.note or recipe.release.note.de
        )
        try:
            findings = self._build(order, stamp, job_id, progress)
        except _Stopped as stop:
            self._end(job_id, stop)
            return ImportOutcome("", False, stop.findings)
        except BaseException:
            self._end(job_id, _Stopped("failed", ()))
            raise
        return self._hand_over(order, job_id, base, findings)

    def publish_staged(self, release_id: str, *, actor: str = "cli") -> str:
        """Publish a release that lies ready; return its id.

        Raises
        ------
        UnknownReleaseError, DamagedBundleError, PublishConflictError
            There is none of that id, it is damaged, or somebody else published right now.
        """
        self._store.point_to(release_id, base=self._store.current(), actor=actor)
        job = self._jobs.of_release(release_id)
        if job and job.state is JobState.STAGED:
            for state in (JobState.CONFIRMED, JobState.PUBLISHED):
                self._jobs.move(job.id, state)
        self._store.prune(self._settings.keep_releases)
        return release_id

    def sweep(self) -> list[str]:
        """Notice dead importers and remove what they left; return the names removed."""
        self._jobs.bury_dead()
        return self._store.sweep(self._jobs.is_live)

    def _refuse_stranger(self, recipe: Recipe) -> None:
        """Refuse another town, unless the folder only holds a fictional one."""
        town, current = self._store.town(), self._store.current()
        if town is None or current is None or town == recipe.town.id:
            return
        if read_manifest(self._store.folder / current)["town"]["fictional"]:
            return
        params: dict[str, str | int | float] = {"wanted": recipe.town.id, "found": town}
        raise RefusedFileError([Finding(Severity.ERROR, "town_differs", params=params)])

    def _refuse_full_disk(self, delivered: int) -> None:
        needed = 3 * delivered + SPARE_BYTES
        free = shutil.disk_usage(self._settings.data_dir).free
        if free < needed:
            params: dict[str, str | int | float] = {"free": free >> 20, "needed": needed >> 20}
            raise RefusedFileError([Finding(Severity.ERROR, "import_disk_full", params=params)])

    def _build(
        self, order: ImportOrder, stamp: Stamp, job_id: str, progress: Progress
    ) -> tuple[Finding, ...]:
        def tell(share: float, message: str) -> bool:
            progress(share, message)
            return self._jobs.heartbeat(job_id, progress=share, message=message)

        wish = self._order(order.recipe, order.data_dir)
        wish |= {
            "staging": str((self._store.staging / job_id).resolve()),
            "town": stamp.town,
            "release": stamp.release,
            "created": stamp.created.isoformat(),
            "note": order.note,
        }
        return self._child(wish, tell)

    def _order(self, recipe: Path, data_dir: Path) -> dict[str, Any]:
        return {
            "recipe": str(recipe.resolve()),
            "data_dir": str(data_dir.resolve()),
            "staging": "",
            "memory_mb": self._settings.import_memory_mb,
            "seconds": self._settings.import_seconds,
        }

    def _child(self, wish: dict[str, Any], tell: Tell) -> tuple[Finding, ...]:
        child = ImportChild(wish)
        try:
            return self._watch(child, tell)
        finally:
            child.kill()

    def _watch(self, child: ImportChild, tell: Tell) -> tuple[Finding, ...]:
        """Follow the child's messages until it tells its outcome, dies or must be stopped."""
        share, message = 0.0, "import.starting"
        deadline = time.monotonic() + self._settings.import_seconds
        beat = 0.0
        while True:
            told = child.next_message(_LOOK_SECONDS)
            if told is None:
                raise _Stopped("failed", (self._death(child.return_code()),))
            if "outcome" in told:
                return self._verdict(told)
            share, message = told.get("progress", share), told.get("message", message)
            now = time.monotonic()
            if told or now - beat >= min(HEARTBEAT_SECONDS, 1.0):
                beat = now
                if not tell(share, message):
                    raise _Stopped("cancelled", (_error("import_cancelled"),))
            if now > deadline:
                limit = self._settings.import_seconds
                raise _Stopped("failed", (_error("import_timeout", limit=limit),))

    def _verdict(self, told: dict[str, Any]) -> tuple[Finding, ...]:
        findings = findings_from_json(told["findings"])
        if told["outcome"] == "memory":
            limit = self._settings.import_memory_mb
            raise _Stopped("failed", (_error("import_memory", limit=limit),))
        if told["outcome"] == "refused":
            raise _Stopped("refused", findings)
        return findings

    def _death(self, code: int) -> Finding:
        if sys.platform != "win32" and code == -signal.SIGXCPU:
            return _error("import_timeout", limit=self._settings.import_seconds)
        return Finding(Severity.ERROR, "import_killed", params={"code": code})

    def _hand_over(
        self, order: ImportOrder, job_id: str, base: str | None, findings: tuple[Finding, ...]
    ) -> ImportOutcome:
        staging = self._store.staging / job_id
        report = json.dumps(findings_to_json(findings), ensure_ascii=False)
        self._jobs.move(job_id, JobState.CHECKED, report=report)
        if not order.publish:
            release = self._store.add(staging)
            self._jobs.move(job_id, JobState.STAGED, release_id=release)
            return ImportOutcome(release, False, findings)
        try:
            release = self._store.publish(staging, base=base, actor=order.actor)
        except PublishConflictError as conflict:
            self._jobs.move(job_id, JobState.STAGED, release_id=conflict.release_id)
            told = _error(
                "publish_conflict", release=conflict.release_id, current=conflict.current or ""
            )
            return ImportOutcome(conflict.release_id, False, (*findings, told))
        for state in (JobState.STAGED, JobState.CONFIRMED, JobState.PUBLISHED):
            self._jobs.move(job_id, state, release_id=release)
        self._store.prune(self._settings.keep_releases)
        return ImportOutcome(release, True, findings)

    def _end(self, job_id: str, stop: _Stopped) -> None:
        report = json.dumps(findings_to_json(stop.findings), ensure_ascii=False)
        self._jobs.move(job_id, _ENDS.get(stop.outcome, JobState.FAILED), report=report)
        self._store.sweep(self._jobs.is_live)


def _error(code: str, **params: str | int | float) -> Finding:
    return Finding(Severity.ERROR, code, params=params)
