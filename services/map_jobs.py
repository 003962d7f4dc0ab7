"""The work on maps: a row in the table of jobs, and a process of its own that does it."""

from __future__ import annotations

from contextlib import suppress

from config import Settings
from services.container import Services
from services.jobs import Crowd, Job, JobsFullError, JobState, JobStepError
from services.work_process import launch

KIND = "map"
AT_ONCE = 2


class MapRefusedError(Exception):
    """Something stands against what was asked; ``key`` names the sentence."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class MapJobs:
    """Enters, begins and cancels the work on maps."""

    def __init__(self, settings: Settings, services: Services) -> None:
        self._settings = settings
        self._jobs = services.jobs
        self._store = services.store

    def enter(self, actor: str) -> str:
        """Enter a job and return its id; ``MapRefusedError`` where two are under way."""
        try:
            return self._jobs.start(
                self._store.town() or "",
                KIND,
                actor=actor,
                message="workbench.step.waiting",
                crowd=Crowd((KIND,), AT_ONCE),
            )
        except JobsFullError:
            raise MapRefusedError("workbench.problem.busy") from None

    def running(self, job_id: str) -> Job | None:
        """Return a job that goes on, else None."""
        self._jobs.bury_dead()
        job = self._jobs.get(job_id) if job_id else None
        return job if job and job.state is JobState.UPLOADED else None

    def broke_off(self, job_id: str) -> bool:
        """Return whether a job failed: its process died, or a fault of the program ended it."""
        job = self._jobs.get(job_id) if job_id else None
        return job is not None and job.state is JobState.FAILED

    def cancel(self, job_id: str) -> None:
        """Ask a job to stop."""
        if job_id:
            self._jobs.cancel(job_id)

    def begin(self, task: str, draft_id: str, job_id: str) -> None:
        """Let a process of its own do a task; a job it left behind unended is ended."""

        def ended() -> None:
            with suppress(JobStepError):
                self._jobs.move(job_id, JobState.FAILED, message="workbench.step.done")

        wish = {"task": task, "draft": draft_id, "job": job_id}
        launch("services.map_child", self._settings, wish, ended)
