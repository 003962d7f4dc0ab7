"""An import from order to release: a limited child builds, this process watches and publishes.

The child gets a staging folder and nothing else. Whatever happens to it, the published release
stays as it is; what it left behind is swept.
"""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from config import Settings
from data.durable import is_full_disk
from data.importing.recipe import Change, Recipe, given_recipe, load_recipe
from data.release_folders import read_manifest
from data.release_model import SEEN
from data.releases import PublishConflictError, ReleaseStore
from domain.catalogue_changes import changed
from domain.findings import Finding, Place, RefusedFileError, Severity
from domain.model import Text
from domain.progress import Step
from domain.release_rules import without_context
from services.container import Clock, Services, utc_now
from services.delivery import delivery_bytes
from services.findings_json import findings_from_json, findings_to_json
from services.import_watch import (
    End,
    StoppedError,
    cancelled,
    disk_ran_full,
    error,
    watch,
)
from services.jobs import JobService, JobState
from services.proposals import laid_over

Listener = Callable[[float, Step], None]
"""Hears the share done and the step an import is at."""

SPARE_BYTES = 500 * 1024**2
_ENDS = {End.REFUSED: JobState.REJECTED, End.CANCELLED: JobState.CANCELLED}
_NO_NOTE = Text("")


@dataclass(frozen=True)
class ImportOrder:
    """What shall be imported, by whom, and whether it is published at once."""

    recipe: Path
    data_dir: Path
    publish: bool = False
    note: Text = _NO_NOTE
    actor: str = "cli"
    job: str = ""
    """The row of the work where it was entered already; empty: it is entered here."""


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


@dataclass(frozen=True)
class _Read:
    """A recipe as it will be imported, with the changes laid over it and those that fit nothing."""

    recipe: Recipe
    changes: Sequence[Change] = ()
    unused: tuple[Finding, ...] = ()


def unheard(_share: float, _step: Step) -> None:
    """Hear nothing of an import."""


class ImportService:
    """Runs imports one by one; several processes may run one each."""

    def __init__(self, settings: Settings, services: Services, *, clock: Clock = utc_now) -> None:
        self._settings = settings
        self._store: ReleaseStore = services.store
        self._jobs: JobService = services.jobs
        self._clock = clock
        self._catalogue = services.catalogue

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
            found = self._read(recipe)
            wish = _order(recipe, data_dir) | self._laid_over(found)
            told = watch(wish, self._settings, tell, stop or threading.Event())
            findings = (*found.unused, *findings_from_json(told["findings"]))
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
            found = self._read(order.recipe)
            recipe = found.recipe
            self._refuse_stranger(recipe)
            if order.publish:
                _refuse_bare(recipe)
            self._refuse_full_disk(delivery_bytes(recipe, order.data_dir))
        except RefusedFileError as refusal:
            if order.job:
                self._end(order.job, StoppedError(End.REFUSED, tuple(refusal.findings)))
            return ImportOutcome("", False, tuple(refusal.findings))
        base = self._store.current()
        job_id = order.job or self._jobs.start(recipe.town.id, "import", actor=order.actor)
        try:
            findings = self._build(order, found, job_id, listener, stop or threading.Event())
            return self._hand_over(order, job_id, base, findings)
        except StoppedError as stopped:
            self._end(job_id, stopped)
            return ImportOutcome("", False, stopped.findings, stopped.end)
        except BaseException as fault:
            if not is_full_disk(fault):
                self._end(job_id, StoppedError(End.FAILED, ()))
                raise
            full = StoppedError(End.FAILED, (disk_ran_full(self._settings),))
            # where not even this can be written, the job ends with its lease
            with suppress(sa.exc.DBAPIError):
                self._end(job_id, full)
            return ImportOutcome("", False, full.findings, full.end)

    def _read(self, path: Path) -> _Read:
        """Read a recipe with what staff changed of the catalogue since."""
        recipe = load_recipe(path)
        changes = self._catalogue.changes(recipe.town.id)
        if not changes:
            return _Read(recipe)
        _, unused = changed(given_recipe(path), changes)
        told = tuple(
            Finding(Severity.INFO, "catalogue_unused", Place(file=path.name), {"name": name})
            for name in unused
        )
        return _Read(load_recipe(path, changes), changes, told)

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
        read: _Read,
        job_id: str,
        listener: Listener,
        stop: threading.Event,
    ) -> tuple[Finding, ...]:
        """Build the bundle in the staging folder of the job and return its findings."""
        reached, recipe = (0.0, Step("import.starting")), read.recipe

        def tell(share: float, step: Step) -> bool:
            nonlocal reached
            reached = share, step
            listener(share, step)
            return self._jobs.heartbeat(job_id, progress=share, message=str(step))

        note = order.note.de or recipe.release.note.de
        stamp = self._store.reserve(recipe.town.id, self._clock(), job_id=job_id, note=note)
        wish = _order(order.recipe, order.data_dir) | {
            "staging": str((self._store.staging / job_id).resolve()),
            "town": stamp.town,
            "release": stamp.release,
            "created": stamp.created.isoformat(),
            "note": order.note.de,
            "note_en": order.note.en,
            "earlier": [str(p.resolve()) for p in self.shown_before(recipe.town.id)],
            **self._laid_over(read),
        }
        told = watch(wish, self._settings, tell, stop)
        if stop.is_set() or not tell(*reached):
            raise cancelled()
        return (*read.unused, *findings_from_json(told["findings"]))

    def _laid_over(self, read: _Read) -> dict[str, Any]:
        """Return the changes of catalogue, facilities and offers that an import takes over."""
        return {"changes": read.changes, **laid_over(self._catalogue.edits, read.recipe.town.id)}

    def shown_before(self, town: str) -> list[Path]:
        """Return the releases the public has seen, newest first: what they show stays known."""
        return [
            self._store.folder / r.id
            for r in self._store.list()
            if r.town == town and r.state in SEEN and not self._store.damages(r.id)
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
        # first the space, so that a full disk can take the row that tells of it
        shutil.rmtree(self._store.staging / job_id, ignore_errors=True)
        self._jobs.move(job_id, state, report=report, message=f"import.end.{stopped.end}")
        self._store.sweep(self._jobs.is_live)


def _refuse_bare(recipe: Recipe) -> None:
    """Refuse to publish at once what would speak of burden without a context note."""
    bare = without_context(i.indicator() for i in recipe.indicator)
    if bare:
        params: dict[str, str | int | float] = {"indicators": ", ".join(bare)}
        place = Place(file=recipe.file, column="context_note")
        raise RefusedFileError([Finding(Severity.ERROR, "context_missing", place, params)])


def _order(recipe: Path, data_dir: Path) -> dict[str, Any]:
    return {"recipe": str(recipe.resolve()), "data_dir": str(data_dir.resolve()), "staging": ""}
