"""The check of a release before it becomes public: attacked, and held against what is public.

The work takes seconds to minutes, so a process of its own does it (``cli.py release check``);
what it found stands in the database, and how far it is in the table of jobs.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import IO, Any

import sqlalchemy as sa

from config import Settings
from data.accounts import writing
from data.release_desk import CheckRow, note_act, put_check, town_of
from data.releases import ReleaseStore, UnknownReleaseError
from domain.progress import Progress, Step
from domain.release_difference import ReleaseDifference
from i18n import LANGUAGES, translator
from services.audit import AuditReport, audit_release
from services.import_limits import child_environment
from services.jobs import FINAL, Job, JobService, JobState, JobStepError
from services.release_difference import compare_releases
from services.release_difference_text import COUNTS, counts_of, indicator_lines, level_lines
from services.served_audit import Get

KIND = "check"
NAMED = 20
"""So many cells that an attack found are named; the command ``audit`` names all."""
MOST_TOLD = 4000
"""So many bytes of what a check said at its end stand in the log."""
_LOG = logging.getLogger("keck.checks")
_COMMAND = Path(__file__).resolve().parent.parent / "cli.py"


class CheckService:
    """Starts checks and enters what they found."""

    def __init__(
        self,
        settings: Settings,
        store: ReleaseStore,
        database: sa.Engine,
        jobs: JobService,
        clock: Callable[[], dt.datetime],
    ) -> None:
        self._settings = settings
        self._store = store
        self._database = database
        self._jobs = jobs
        self._clock = clock

    def running(self, release: str) -> Job | None:
        """Return the job that checks a release right now, or None."""
        self._jobs.bury_dead()
        return next(
            (
                j
                for j in self._jobs.list()
                if j.kind == KIND and j.release_id == release and j.state not in FINAL
            ),
            None,
        )

    def enter(self, release: str, actor: str) -> str:
        """Enter a job for a check and return its id; ``UnknownReleaseError`` for an unknown one."""
        if not self._store.holds(release):
            raise UnknownReleaseError(release)
        with self._database.connect() as connection:
            town = town_of(connection, release)
        return self._jobs.start(
            town, KIND, actor=actor, message="check.waiting", release_id=release
        )

    def start(self, release: str, actor: str) -> str:
        """Let a process of its own check a release, unless one does already; return the job."""
        if job := self.running(release):
            return job.id
        job_id = self.enter(release, actor)
        environment = {
            **child_environment(os.environ),
            "KECK_DATA_DIR": str(self._settings.data_dir),
            "KECK_DATABASE_URL": self._settings.database_url,
        }
        said = _said()
        try:
            process = subprocess.Popen(  # noqa: S603 - the id is that of a release that is here
                [sys.executable, str(_COMMAND), "release", "check", release, "--job", job_id],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=said or subprocess.DEVNULL,
                env=environment,
                start_new_session=sys.platform != "win32",
            )
        except OSError:
            if said:
                said.close()
            # a job that waits for nobody would be in the way of the next check
            self._jobs.move(job_id, JobState.FAILED, message="check.worker_lost")
            raise
        watch = (process, release, job_id, said)
        threading.Thread(target=self._watch, args=watch, daemon=True).start()
        return job_id

    def run(
        self, release: str, actor: str, serve: Callable[[], Get], progress: Progress
    ) -> CheckRow:
        """Attack a release and hold it against what is public; enter and return the result.

        Parameters
        ----------
        serve
            Starts what answers as the server will once the release is public.

        Raises
        ------
        UnknownReleaseError, DamagedBundleError
            The release is not here, or cannot be read.
        """
        base = self._store.current() or ""
        audit = audit_release(self._store, release, serve, progress.part(0.0, 0.7))
        told = progress.part(0.7, 1.0)
        difference = None
        if base and base != release:
            difference = compare_releases(
                self._store, base, release, lambda share: told.at(share, "difference.comparing")
            )
        row = CheckRow(
            release,
            base,
            self._clock(),
            actor,
            is_passed=audit.is_passed,
            changed=difference.changed if difference else 0.0,
            recalculation=bool(difference and difference.allows_recalculation),
            report=json.dumps(_report(audit, difference), ensure_ascii=False),
        )
        with writing(self._database) as connection:
            put_check(connection, town_of(connection, release), row)
            result = "passed" if row.is_passed else "not_passed"
            note_act(connection, release, actor, "check", result, at=row.at)
        return row

    def _watch(
        self, process: subprocess.Popen[bytes], release: str, job_id: str, said: IO[bytes] | None
    ) -> None:
        """Wait for the end of a check; say in the log why it brought no answer."""
        with said or nullcontext():
            code = process.wait()
            with suppress(JobStepError):
                self._jobs.move(job_id, JobState.FAILED, message="check.worker_lost")
            job = self._jobs.get(job_id)
            if job is not None and job.state is JobState.FAILED:
                end = _end_of(said) if said else ""
                fields = {"release": release, "job": job_id, "code": code, "said": end}
                _LOG.error("the check of release %s failed", release, extra={"fields": fields})


def _said() -> IO[bytes] | None:
    """Return a file for what a check says, None where there is no room for one.

    A file and no pipe: the check goes on where this process is renewed meanwhile.
    """
    try:
        return tempfile.TemporaryFile()
    except OSError as fault:
        _LOG.warning("what a check says cannot be kept: %s", fault)
        return None


def _end_of(said: IO[bytes]) -> str:
    """Return the last lines of what a process said, which tell why it ended."""
    length = said.seek(0, os.SEEK_END)
    said.seek(max(length - MOST_TOLD, 0))
    return said.read().decode("utf-8", "replace")


def step_text(job: Job, language: str) -> str:
    """Return what a job is at, as a sentence."""
    step = Step.of(job.message)
    return translator(language)(step.key, **step.params)


def _report(audit: AuditReport, difference: ReleaseDifference | None) -> dict[str, Any]:
    """Return what the page shows, in both languages where sentences are made here."""
    leaks = [
        *(c for t in audit.tables for c in t.leaks),
        *(c for t in audit.channels for c in t.leaks),
    ]
    attack = {
        "described": audit.is_described,
        "tables": len(audit.tables),
        "hidden": sum(t.hidden for t in audit.tables),
        "numbers": sum(c.numbers for c in audit.channels),
        "leaks": len(leaks),
        "named": leaks[:NAMED],
    }
    return {"audit": attack, "difference": _told(difference) if difference else None}


def _told(found: ReleaseDifference) -> dict[str, Any]:
    says = {language: translator(language) for language in LANGUAGES}
    return {
        "columns": list(COUNTS),
        "unchanged": found.unchanged,
        "levels": {
            lang: [line for level in found.levels for line in level_lines(level, tr, lang)]
            for lang, tr in says.items()
        },
        "indicators": [
            {
                "id": one.id,
                "name": {lang: one.name.in_language(lang) for lang in LANGUAGES},
                "counts": counts_of(one),
                "lines": {lang: indicator_lines(one, tr, lang)[1:] for lang, tr in says.items()},
            }
            for one in found.indicators
        ],
    }
