"""The work on one map: looking into a layer or a table, or building a release with it."""

from __future__ import annotations

import json
import logging
import shutil
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from config import Settings
from data.deliveries import DELIVERY
from data.map_drafts import TABLE_FOLDER, MapDraft, MapDraftStore
from domain.findings import RefusedFileError
from domain.progress import Step
from services.container import Services
from services.findings_json import findings_to_json
from services.import_watch import StoppedError, watch
from services.importing import ImportOrder, ImportService
from services.jobs import JobState, JobStepError
from services.map_answers import Rows, end_of, rows_of
from services.map_release import laid_out

LOOK, LOOK_AT_TABLE, BUILD = "look", "table", "build"
OUTCOME, TABLE = "outcome.json", "table.json"
BASES = ("population", "area", "official")
Tell = Callable[[float, Step], bool]
_LOG = logging.getLogger("keck.maps")


@dataclass(frozen=True)
class MapWorker:
    """Works on drafts; however the work ends, the row of the job says so."""

    settings: Settings
    services: Services

    @property
    def store(self) -> MapDraftStore:
        """The drafts."""
        return MapDraftStore(self.settings.data_dir)

    def run(self, task: str, draft_id: str, job_id: str) -> None:
        """Do one of the three tasks for a job."""
        jobs, stop = self.services.jobs, threading.Event()

        def tell(share: float, step: Step) -> bool:
            goes_on = jobs.heartbeat(job_id, progress=share, message=str(step))
            if not goes_on:
                stop.set()
            return goes_on

        state = JobState.FAILED
        try:
            state = _TASKS[task](self, self.store.get(draft_id), tell, stop)
        except Exception:  # whatever broke, nobody shall wait for it
            _LOG.exception("work on a map broke off")
        with suppress(JobStepError):
            jobs.move(job_id, state, message="workbench.step.done")

    def look(self, draft: MapDraft, tell: Tell, stop: threading.Event) -> JobState:
        """Look into a layer, or a table that stands alone."""
        told = self._watched(self._order(draft, self.store.folder(draft.id)), tell, stop)
        self.store.put_told(draft.id, told)
        if not draft.has_own_table:
            offered = told.get("weights", {})
            kept = draft.basis if draft.basis in offered else ""
            basis = kept or next((b for b in BASES if b in offered), "")
            self._put(draft.id, basis=basis)
        return end_of(told)

    def look_at_table(self, draft: MapDraft, tell: Tell, stop: threading.Event) -> JobState:
        """Look into the table that was brought along with a layer."""
        folder = self.store.folder(draft.id) / TABLE_FOLDER
        given = self.store.told(draft.id, TABLE)["given"]
        ids = self.store.told(draft.id).get("ids", [])
        order = self._order(draft, folder, is_table=True, given=given, new_ids=ids)
        told = self._watched(order, tell, stop)
        self.store.put_told(draft.id, {**told, "given": given}, TABLE)
        return end_of(told)

    def build(self, draft: MapDraft, tell: Tell, stop: threading.Event) -> JobState:
        """Import the release with the draft in it."""
        folder = self.store.folder(draft.id)
        job = self.services.jobs.get(draft.job)
        try:
            release = self.services.store.folder / draft.base
            told = self.store.told(draft.id)
            recipe = laid_out(draft, folder, release, told, weights_in(self.store, draft))
        except RefusedFileError as refusal:
            told = {"findings": findings_to_json(refusal.findings)}
            self.store.put_told(draft.id, told, OUTCOME)
            return JobState.REJECTED
        order = ImportOrder(recipe, recipe.parent, actor=job.actor if job else draft.actor)
        outcome = ImportService(self.settings, self.services).run(
            order, lambda share, step: None if tell(share, step) else stop.set(), stop
        )
        told = {"findings": findings_to_json(outcome.findings), "end": str(outcome.end)}
        self.store.put_told(draft.id, told, OUTCOME)
        self._put(draft.id, release=outcome.release_id)
        shutil.rmtree(folder / DELIVERY, ignore_errors=True)
        return JobState.READY if outcome.release_id else end_of(told)

    def _put(self, draft_id: str, **changes: Any) -> None:
        with self.store.alone():
            self.store.put(replace(self.store.get(draft_id), **changes))

    def _order(self, draft: MapDraft, folder: Path, **more: Any) -> dict[str, Any]:
        release = (self.services.store.folder / draft.base).resolve()
        manifest = json.loads((release / "manifest.json").read_text("utf-8"))
        return {
            "map": {
                "folder": str(folder.resolve()), "given": draft.given, "release": str(release),
                "recipe": manifest["recipe"], "level": draft.level, "vintage": draft.vintage,
                "target": draft.target, "reading": dict(draft.reading),
                "is_table": draft.is_table, **more,
            }
        }  # fmt: skip

    def _watched(self, order: dict[str, Any], tell: Tell, stop: threading.Event) -> dict[str, Any]:
        """Return what a child told; its end without an answer is a finding as well."""
        try:
            found: dict[str, Any] = watch(order, self.settings, tell, stop)["map"]
        except StoppedError as stopped:
            return {"findings": findings_to_json(stopped.findings), "end": str(stopped.end)}
        return found


_TASKS: dict[str, Callable[[MapWorker, MapDraft, Tell, threading.Event], JobState]] = {
    LOOK: MapWorker.look,
    LOOK_AT_TABLE: MapWorker.look_at_table,
    BUILD: MapWorker.build,
}


def weights_in(store: MapDraftStore, draft: MapDraft) -> Rows:
    """Return the rows of the conversion table that will be used for a draft."""
    told = store.told(draft.id)
    if draft.is_table:
        return rows_of(told.get("rows", ()))
    if draft.has_own_table:
        return rows_of(store.told(draft.id, TABLE).get("rows", ()))
    return rows_of(told.get("weights", {}).get(draft.basis, ()))
