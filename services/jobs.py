"""Long work as rows: state, progress, lease, cancel. A dead worker is noticed by its lease."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from data.appdb import JOBS

HEARTBEAT_SECONDS = 10.0
LEASE_SECONDS = 3 * HEARTBEAT_SECONDS
"""Three missed heartbeats mean that the worker is dead."""
MOST_LISTED = 200


class JobState(StrEnum):
    """Where a job stands; an export goes from uploaded to ready; the last five are final."""

    UPLOADED = "uploaded"
    CHECKED = "checked"
    STAGED = "staged"
    CONFIRMED = "confirmed"
    PUBLISHED = "published"
    READY = "ready"
    REJECTED = "rejected"
    FAILED = "failed"
    CANCELLED = "cancelled"


_Ids = list[str]
"""The method ``list`` hides the type of that name inside the class."""

FINAL = (
    JobState.PUBLISHED, JobState.READY, JobState.REJECTED, JobState.FAILED, JobState.CANCELLED,
)  # fmt: skip
_STEPS = {
    JobState.UPLOADED: {JobState.CHECKED, JobState.READY},
    JobState.CHECKED: {JobState.STAGED},
    JobState.STAGED: {JobState.CONFIRMED},
    JobState.CONFIRMED: {JobState.PUBLISHED},
}
_ENDS = {JobState.REJECTED, JobState.FAILED, JobState.CANCELLED}


class JobsFullError(Exception):
    """As many jobs of a sort are under way as may be."""


class JobStepError(Exception):
    """A job cannot go from its state to the wanted one; somebody else moved it."""


@dataclass(frozen=True)
class Crowd:
    """At most so many jobs of some kinds are under way, over all processes.

    Counting and entering are one statement.
    """

    kinds: tuple[str, ...]
    most: int


@dataclass(frozen=True)
class Job:
    """One row of the job table.

    ``message`` is a step (:class:`domain.progress.Step`) as text, ``report`` JSON text of
    findings.
    """

    town: str
    id: str
    kind: str
    state: JobState
    created: dt.datetime
    updated: dt.datetime
    lease_until: dt.datetime | None
    progress: float
    message: str
    cancel_requested: bool
    release_id: str
    actor: str
    report: str


class JobService:
    """Writes and reads job rows; each step is one small transaction."""

    def __init__(self, database: sa.Engine, clock: Callable[[], dt.datetime]) -> None:
        self._database = database
        self._clock = clock

    def start(
        self,
        town: str,
        kind: str,
        *,
        actor: str = "cli",
        message: str = "import.waiting",
        release_id: str = "",
        crowd: Crowd | None = None,
    ) -> str:
        """Begin a job and take its lease; return its id.

        Raises
        ------
        JobsFullError
            There are as many already.
        """
        job_id, now = uuid.uuid4().hex, self._clock()
        row = {
            "town": town,
            "id": job_id,
            "kind": kind,
            "state": str(JobState.UPLOADED),
            "created": now,
            "updated": now,
            "lease_until": now + dt.timedelta(seconds=LEASE_SECONDS),
            "progress": 0.0,
            "message": message,
            "cancel_requested": False,
            "release_id": release_id,
            "actor": actor,
            "report": "[]",
        }
        with self._database.begin() as connection:
            if crowd and connection.dialect.name == "postgresql":
                # other than SQLite it lets two count at once what neither has entered yet
                connection.execute(sa.text("LOCK TABLE jobs IN SHARE ROW EXCLUSIVE MODE"))
            # an insert counts its rows on every database only where it is asked to
            counted = _entry(row, crowd).execution_options(preserve_rowcount=True)
            entered = connection.execute(counted)
        if entered.rowcount != 1:
            raise JobsFullError(kind)
        return job_id

    def heartbeat(self, job_id: str, *, progress: float, message: str) -> bool:
        """Renew the lease and tell progress; return whether the work shall go on."""
        now = self._clock()
        with self._database.begin() as connection:
            changed = connection.execute(
                sa.update(JOBS)
                .where(JOBS.c.id == job_id, JOBS.c.state.not_in([str(s) for s in FINAL]))
                .values(
                    progress=min(max(progress, 0.0), 1.0),
                    message=message,
                    updated=now,
                    lease_until=now + dt.timedelta(seconds=LEASE_SECONDS),
                )
            )
            asked = connection.execute(
                sa.select(JOBS.c.cancel_requested).where(JOBS.c.id == job_id)
            ).scalar()
        return changed.rowcount == 1 and not asked

    def move(
        self,
        job_id: str,
        state: JobState,
        *,
        report: str | None = None,
        release_id: str = "",
        message: str = "",
    ) -> None:
        """Go to the next state, or to an end; what is left out stays as it is.

        Raises
        ------
        JobStepError
            The job is at its end already, or the step is not one of its path.
        """
        allowed = [str(s) for s, after in _STEPS.items() if state in after or state in _ENDS]
        values: dict[str, object] = {"state": str(state), "updated": self._clock()}
        if report is not None:
            values["report"] = report
        if release_id:
            values["release_id"] = release_id
        if message:
            values["message"] = message
        if state in FINAL or state is JobState.STAGED:
            values["lease_until"] = None  # a staged release waits for a person, not for a worker
        with self._database.begin() as connection:
            changed = connection.execute(
                sa.update(JOBS)
                .where(JOBS.c.id == job_id, JOBS.c.state.in_(allowed))
                .values(**values)
            )
        if changed.rowcount != 1:
            raise JobStepError(f"{job_id} -> {state}")

    def cancel(self, job_id: str) -> bool:
        """Ask a running job to stop; return whether there was one to ask."""
        with self._database.begin() as connection:
            changed = connection.execute(
                sa.update(JOBS)
                .where(
                    JOBS.c.id == job_id,
                    JOBS.c.state.not_in([str(s) for s in FINAL]),
                    JOBS.c.lease_until.is_not(None),
                )
                .values(cancel_requested=True)
            )
        return changed.rowcount == 1

    def get(self, job_id: str) -> Job | None:
        """Return one job, or None."""
        with self._database.connect() as connection:
            row = connection.execute(sa.select(JOBS).where(JOBS.c.id == job_id)).first()
        return _job(row) if row else None

    def of_release(self, release_id: str) -> Job | None:
        """Return the job that staged a release, or None."""
        with self._database.connect() as connection:
            chosen = sa.select(JOBS).where(JOBS.c.release_id == release_id, JOBS.c.kind == "import")
            row = connection.execute(chosen).first()
        return _job(row) if row else None

    def list(self, town: str = "", *, most: int = MOST_LISTED) -> list[Job]:
        """Return the newest jobs of a town, or of all, newest first."""
        chosen = sa.select(JOBS).order_by(JOBS.c.created.desc()).limit(most)
        if town:
            chosen = chosen.where(JOBS.c.town == town)
        with self._database.connect() as connection:
            return [_job(row) for row in connection.execute(chosen)]

    def forget(self, kinds: tuple[str, ...], minutes: float) -> int:
        """Remove the rows of jobs that ended more than ``minutes`` ago; return their number."""
        ended = sa.and_(
            JOBS.c.kind.in_(kinds),
            JOBS.c.state.in_([str(s) for s in FINAL]),
            JOBS.c.updated < self._clock() - dt.timedelta(minutes=minutes),
        )
        with self._database.begin() as connection:
            if not connection.execute(sa.select(sa.exists().where(ended))).scalar():
                return 0  # whoever finds nothing to remove takes no lock to write
            return connection.execute(sa.delete(JOBS).where(ended)).rowcount

    def is_live(self, job_id: str) -> bool:
        """Return whether a job is not at its end and holds a valid lease."""
        job = self.get(job_id)
        return bool(
            job and job.state not in FINAL and job.lease_until and job.lease_until >= self._clock()
        )

    def is_younger(self, job: Job, minutes: float) -> bool:
        """Return whether a job changed within the last minutes."""
        return job.updated >= self._clock() - dt.timedelta(minutes=minutes)

    def bury_dead(self) -> _Ids:
        """Mark jobs whose lease ran out as failed; return their ids."""
        now = self._clock()
        lost = sa.and_(JOBS.c.state.not_in([str(s) for s in FINAL]), JOBS.c.lease_until < now)
        with self._database.begin() as connection:
            dead = list(connection.execute(sa.select(JOBS.c.id).where(lost)).scalars())
            if not dead:  # whoever only looks how work stands takes no lock to write
                return []
            connection.execute(
                sa.update(JOBS)
                .where(JOBS.c.id.in_(dead), lost)
                .values(
                    state=str(JobState.FAILED),
                    message=sa.case(
                        (JOBS.c.kind == "import", "import.worker_lost"),
                        (JOBS.c.kind == "check", "check.worker_lost"),
                        (JOBS.c.kind == "inspect", "inspect.worker_lost"),
                        else_="export.worker_lost",
                    ),
                    updated=now,
                    lease_until=None,
                )
            )
        return dead


def _entry(row: dict[str, object], crowd: Crowd | None) -> sa.Insert:
    """Return the statement that enters a row if its crowd has a place left."""
    if crowd is None:
        return sa.insert(JOBS).values(**row)
    under_way = sa.select(sa.func.count()).where(
        JOBS.c.kind.in_(crowd.kinds), JOBS.c.state.not_in([str(s) for s in FINAL])
    )
    cells = [sa.literal(value, JOBS.c[name].type) for name, value in row.items()]
    return sa.insert(JOBS).from_select(
        [*row], sa.select(*cells).where(under_way.scalar_subquery() < crowd.most)
    )


def _job(row: sa.Row[tuple[object, ...]]) -> Job:
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's documented way to a mapping
    return Job(**{**values, "state": JobState(values["state"])})
