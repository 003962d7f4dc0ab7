"""An import from order to release: a limited child builds, this process watches and publishes.

The child gets a staging folder and nothing else. Whatever happens to it, the published release
stays as it is; what it left behind is swept.
"""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config import Settings
from data.importing.recipe import Recipe, load_recipe
from data.release_folders import read_manifest
from data.release_model import PUBLISHED, OutdatedReleaseError
from data.releases import PublishConflictError, ReleaseStore
from domain.findings import Finding, RefusedFileError, Severity
from domain.progress import Step
from services.container import Clock, Services, utc_now
from services.delivery import delivery_bytes
from services.findings_json import findings_from_json, findings_to_json
from services.import_watch import End, StoppedError, cancelled, error, watch
from services.jobs import JobService, JobState

Listener = Callable[[float, Step], None]
"""Hears the share done and the step an import is at."""

SPARE_BYTES = 500 * 1024**2
_ENDS = {End.REFUSED: JobState.REJECTED, End.CANCELLED: JobState.CANCELLED}


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
    end: End = End.REFUSED

    @property
    def is_done(self) -> bool:
        """Whether everything that was asked for has happened."""
        return not any(f.severity is Severity.ERROR for f in self.findings)


def unheard(_share: float, _step: Step) -> None:
    """Hear nothing of an import."""


class ImportService:
    """Runs imports one by one; several processes may run one each."""

    def __init__(self, settings: Settings, services: Services, *, clock: Clock = utc_now) -> None:
        self._settings = settings
        self._store: ReleaseStore = services.store
        self._jobs: JobService = services.jobs
        self._clock = clock

    def check(
        self,
        recipe: Path,
        data_dir: Path,
        listener: Listener = unheard,
        stop: threading.Event | None = None,
    ) -> ImportOutcome:
        """Read and check a delivery in a child without building anything."""

        def tell(share: float, step: Step) -> bool:
            listener(share, step)
            return True

        end = End.CHECKED
        try:
            load_recipe(recipe)
            told = watch(_order(recipe, data_dir), self._settings, tell, stop or threading.Event())
            findings = findings_from_json(told["findings"])
        except RefusedFileError as refusal:
            end, findings = End.REFUSED, tuple(refusal.findings)
        except StoppedError as stopped:
            end, findings = stopped.end, stopped.findings
        return ImportOutcome("", False, findings, end)

    def run(
        self,
        order: ImportOrder,
        listener: Listener = unheard,
        stop: threading.Event | None = None,
    ) -> ImportOutcome:
        """Import a delivery; the outcome carries all findings, also those of a refusal.

        Parameters
        ----------
        listener
            Hears what the import is at.
        stop
            Set by anybody, it ends the import within a second as if it had never begun; what
            is set after the bundle is complete comes too late.
        """
        self.sweep()
        try:
            recipe = load_recipe(order.recipe)
            self._refuse_stranger(recipe)
            self._refuse_full_disk(delivery_bytes(recipe, order.data_dir))
        except RefusedFileError as refusal:
            return ImportOutcome("", False, tuple(refusal.findings))
        base = self._store.current()
        job_id = self._jobs.start(recipe.town.id, "import", actor=order.actor)
        try:
            findings = self._build(order, recipe, job_id, listener, stop or threading.Event())
        except StoppedError as stopped:
            self._end(job_id, stopped)
            return ImportOutcome("", False, stopped.findings, stopped.end)
        except BaseException:
            self._end(job_id, StoppedError(End.FAILED, ()))
            raise
        return self._hand_over(order, job_id, base, findings)

    def publish_staged(self, release_id: str, *, actor: str = "cli") -> str:
        """Publish a release that lies ready; return its id.

        Raises
        ------
        UnknownReleaseError, DamagedBundleError, PublishConflictError
            There is none of that id, it is damaged, or somebody else published right now.
        OutdatedReleaseError
            Another release became public since it was built, and together they could tell what
            each of them hides.
        """
        job = self._jobs.of_release(release_id)
        public = {r.id for r in self._store.list() if r.state == PUBLISHED}
        since = [] if release_id in public else self._store.shown_since(release_id)
        if since:
            raise OutdatedReleaseError(release_id, since)
        self._store.point_to(release_id, base=self._store.current(), actor=actor)
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
        self,
        order: ImportOrder,
        recipe: Recipe,
        job_id: str,
        listener: Listener,
        stop: threading.Event,
    ) -> tuple[Finding, ...]:
        """Build the bundle in the staging folder of the job and return its findings."""
        reached = (0.0, Step("import.starting"))

        def tell(share: float, step: Step) -> bool:
            nonlocal reached
            reached = share, step
            listener(share, step)
            return self._jobs.heartbeat(job_id, progress=share, message=str(step))

        note = order.note or recipe.release.note.de
        stamp = self._store.reserve(recipe.town.id, self._clock(), job_id=job_id, note=note)
        wish = _order(order.recipe, order.data_dir) | {
            "staging": str((self._store.staging / job_id).resolve()),
            "town": stamp.town,
            "release": stamp.release,
            "created": stamp.created.isoformat(),
            "note": order.note,
            "earlier": [str(p.resolve()) for p in self.shown_before(recipe.town.id)],
        }
        told = watch(wish, self._settings, tell, stop)
        if stop.is_set() or not tell(*reached):
            raise cancelled()
        return findings_from_json(told["findings"])

    def shown_before(self, town: str) -> list[Path]:
        """Return the releases the public has seen, newest first: what they show stays known."""
        return [
            self._store.folder / r.id
            for r in self._store.list()
            if r.town == town and r.state == PUBLISHED and not self._store.damages(r.id)
        ]

    def _hand_over(
        self, order: ImportOrder, job_id: str, base: str | None, findings: tuple[Finding, ...]
    ) -> ImportOutcome:
        staging = self._store.staging / job_id
        report = json.dumps(findings_to_json(findings), ensure_ascii=False)
        self._jobs.move(job_id, JobState.CHECKED, report=report, message="import.handing_over")
        if not order.publish:
            release = self._store.add(staging)
            self._jobs.move(job_id, JobState.STAGED, release_id=release, message="import.end.ready")
            return ImportOutcome(release, False, findings, End.READY)
        try:
            release = self._store.publish(staging, base=base, actor=order.actor)
        except PublishConflictError as conflict:
            self._jobs.move(
                job_id, JobState.STAGED, release_id=conflict.release_id, message="import.end.ready"
            )
            told = error(
                "publish_conflict", release=conflict.release_id, current=conflict.current or ""
            )
            return ImportOutcome(conflict.release_id, False, (*findings, told), End.READY)
        for state in (JobState.STAGED, JobState.CONFIRMED, JobState.PUBLISHED):
            self._jobs.move(job_id, state, release_id=release, message="import.end.published")
        self._store.prune(self._settings.keep_releases)
        return ImportOutcome(release, True, findings, End.PUBLISHED)

    def _end(self, job_id: str, stopped: StoppedError) -> None:
        report = json.dumps(findings_to_json(stopped.findings), ensure_ascii=False)
        state = _ENDS.get(stopped.end, JobState.FAILED)
        self._jobs.move(job_id, state, report=report, message=f"import.end.{stopped.end}")
        self._store.sweep(self._jobs.is_live)


def _order(recipe: Path, data_dir: Path) -> dict[str, Any]:
    return {"recipe": str(recipe.resolve()), "data_dir": str(data_dir.resolve()), "staging": ""}
