"""The work on one upload: looking into the file, or importing the delivery it completes."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config import Settings
from data.deliveries import lay_in, lay_out
from data.learned_names import read_names
from data.release_folders import read_manifest
from data.uploads import Upload
from domain.findings import RefusedFileError
from domain.progress import Step
from services.container import Services
from services.file_inspection import InspectionOrder, InspectionService
from services.findings_json import findings_to_json
from services.import_watch import End
from services.importing import ImportOrder, ImportService
from services.jobs import JobState, JobStepError
from services.recipe_writing import write_recipe
from services.uploads import LOOK, LOOKED_AT

_LOG = logging.getLogger("keck.uploads")
_TEXTS = ("name", "definition", "unit", "context_note")


@dataclass(frozen=True)
class UploadWorker:
    """Works on uploads; however the work ends, the row of the job says so."""

    settings: Settings
    services: Services

    def run(self, upload_id: str, job_id: str) -> None:
        """Do what a job was entered for."""
        job = self.services.jobs.get(job_id)
        if job is None:
            return
        work = self._look if job.kind == LOOK else self._import
        try:
            work(self.services.uploads.store.get(upload_id), job_id, job.actor)
        except Exception as fault:  # whatever broke, nobody shall wait for it
            _LOG.error("upload", exc_info=fault)
            message = "inspect.worker_lost" if job.kind == LOOK else "import.end.failed"
            with suppress(JobStepError):
                self.services.jobs.move(job_id, JobState.FAILED, message=message)

    def _look(self, upload: Upload, job_id: str, _actor: str) -> None:
        store, stop = self.services.uploads.store, threading.Event()
        store.put_told(upload.id, None)
        try:
            names = read_names(self.settings.data_dir)
        except RefusedFileError as damaged:
            store.put_told(upload.id, {"findings": findings_to_json(damaged.findings)})
            self.services.jobs.move(job_id, JobState.READY, message="inspect.done")
            return

        def beat(share: float, _step: Step) -> None:
            message = str(Step("inspect.looking"))
            if not self.services.jobs.heartbeat(job_id, progress=share, message=message):
                stop.set()

        place = store.folder(upload.id) / LOOKED_AT
        lay_in(place, upload.given, store.input_of(upload.id))
        order = InspectionOrder(
            file=place / upload.given,
            name=upload.name,
            sheet=upload.reading.get("sheet", ""),
            sets=upload.sets,
            names=names,
            release=upload.base,
            reading=upload.reading,
        )
        found = InspectionService(self.settings, self.services.store).inspect(order, beat, stop)
        if found.end is End.CANCELLED:
            self.services.jobs.move(job_id, JobState.CANCELLED, message="inspect.cancelled")
            return
        store.put_told(upload.id, {**found.told, "findings": findings_to_json(found.findings)})
        self.services.jobs.move(job_id, JobState.READY, message="inspect.done")

    def _import(self, upload: Upload, job_id: str, actor: str) -> None:
        try:
            recipe = delivery_of(self.services, upload)
        except RefusedFileError as refusal:
            report = json.dumps(findings_to_json(refusal.findings), ensure_ascii=False)
            self.services.jobs.move(
                job_id, JobState.REJECTED, report=report, message="import.end.refused"
            )
            return
        order = ImportOrder(recipe, recipe.parent, actor=actor, job=job_id)
        outcome = ImportService(self.settings, self.services).run(order)
        if outcome.release_id:
            self.services.checks.start(outcome.release_id, actor)


def delivery_of(services: Services, upload: Upload) -> Path:
    """Lay out the files of the release with the new one among them; return the recipe.

    A file that takes the place of an earlier one is read as that one was, and the recipe stays as
    it is, unless somebody decided otherwise or it brings indicators or learnt names.

    Raises
    ------
    RefusedFileError
        The recipe would be refused.
    """
    store = services.uploads.store
    release = services.store.folder / upload.base
    recipe = lay_out(
        store.folder(upload.id), release / "originals", Path(read_manifest(release)["recipe"]).name
    )
    lay_in(recipe.parent, upload.name, store.input_of(upload.id))
    told = store.told(upload.id) or {}
    is_decided = bool(upload.sets or upload.reading)
    brings_more = bool(told.get("aliases") or told.get("indicators"))
    if is_decided or brings_more or not upload.replaces:
        write_recipe(recipe, as_decided(told, upload), upload.name)
    return recipe


def as_decided(told: Mapping[str, Any], upload: Upload) -> dict[str, Any]:
    """Return what was found out, under the name the file has by now.

    New indicators are as somebody described them: ``name_de``, ``name_en`` (likewise
    ``definition``, ``unit``, ``context_note``), ``theme``, ``polarity``; what is missing or empty
    stays as guessed.
    """
    written = upload.indicators
    return {
        **told,
        "tables": [{**table, "file": upload.name} for table in told["tables"]],
        "indicators": [_described(one, written.get(one["id"], {})) for one in told["indicators"]],
    }


def _described(entry: Mapping[str, Any], written: Mapping[str, str]) -> dict[str, Any]:
    found = dict(entry)
    for name in _TEXTS:
        german, english = (written.get(f"{name}_{language}", "") for language in ("de", "en"))
        if german:
            found[name] = {"de": german, "en": english} if english else german
    return found | {k: written[k] for k in ("theme", "polarity") if written.get(k)}
