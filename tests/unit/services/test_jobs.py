"""Jobs: states in order, leases, a dead worker noticed, cancelling."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from data.appdb import open_database
from services.jobs import LEASE_SECONDS, Crowd, JobService, JobsFullError, JobState, JobStepError


class Clock:
    def __init__(self):
        self.now = dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)

    def __call__(self):
        return self.now

    def wait(self, seconds):
        self.now += dt.timedelta(seconds=seconds)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def jobs(tmp_path, clock):
    engine = open_database(f"sqlite:///{tmp_path / 'app.db'}", tmp_path)
    yield JobService(engine, clock)
    engine.dispose()


def test_a_job_goes_its_way_step_by_step(jobs):
    job = jobs.start("kleinstadt", "import")
    for state in ("checked", "staged", "confirmed", "published"):
        jobs.move(job, JobState(state), release_id="2026-10-25-1")
        assert jobs.get(job).state == state
    assert jobs.of_release("2026-10-25-1").id == job


@pytest.mark.parametrize("state", ["staged", "published", "uploaded"])
def test_a_step_cannot_be_left_out_or_taken_back(jobs, state):
    job = jobs.start("kleinstadt", "import")
    with pytest.raises(JobStepError):
        jobs.move(job, JobState(state))


def test_what_has_ended_does_not_go_on(jobs):
    job = jobs.start("kleinstadt", "import")
    jobs.move(job, JobState.REJECTED, report='[{"code": "x"}]')
    assert jobs.get(job).report == '[{"code": "x"}]'
    with pytest.raises(JobStepError):
        jobs.move(job, JobState.CHECKED)
    assert not jobs.heartbeat(job, progress=1.0, message="import.done")


def test_a_heartbeat_renews_the_lease_and_tells_progress(jobs, clock):
    job = jobs.start("kleinstadt", "import")
    clock.wait(LEASE_SECONDS - 1)
    assert jobs.heartbeat(job, progress=1.7, message="import.reading")
    clock.wait(LEASE_SECONDS - 1)
    assert jobs.is_live(job)
    assert (jobs.get(job).progress, jobs.get(job).message) == (1.0, "import.reading")


def test_a_dead_importer_is_noticed_by_its_lease(jobs, clock):
    dead, alive = jobs.start("kleinstadt", "import"), jobs.start("kleinstadt", "import")
    clock.wait(LEASE_SECONDS - 1)
    jobs.heartbeat(alive, progress=0.5, message="import.reading")
    clock.wait(2)
    assert not jobs.is_live(dead)
    assert jobs.bury_dead() == [dead]
    assert jobs.get(dead).state == JobState.FAILED
    assert jobs.get(alive).state == JobState.UPLOADED
    assert jobs.bury_dead() == []


def test_a_staged_release_waits_for_a_person_as_long_as_it_takes(jobs, clock):
    job = jobs.start("kleinstadt", "import")
    jobs.move(job, JobState.CHECKED)
    jobs.move(job, JobState.STAGED)
    clock.wait(30 * 24 * 3600)
    assert jobs.bury_dead() == []


def test_a_cancelled_job_is_told_at_its_next_heartbeat(jobs):
    job = jobs.start("kleinstadt", "import")
    assert jobs.heartbeat(job, progress=0.1, message="import.reading")
    assert jobs.cancel(job)
    assert not jobs.heartbeat(job, progress=0.2, message="import.reading")
    jobs.move(job, JobState.CANCELLED)
    assert not jobs.cancel(job)


def test_jobs_are_listed_newest_first_and_by_town(jobs, clock):
    first = jobs.start("kleinstadt", "import")
    clock.wait(1)
    second = jobs.start("kleinstadt", "import")
    jobs.start("anderswo", "import")
    assert [j.id for j in jobs.list("kleinstadt")] == [second, first]
    assert jobs.get(first).created.tzinfo is not None


def test_an_unknown_job_is_none(jobs):
    assert jobs.get("nothing") is None
    assert not jobs.is_live("nothing")
    assert jobs.of_release("nothing") is None


def test_looking_for_dead_workers_writes_nothing_where_all_live(jobs):
    jobs.start("kleinstadt", "export.report")
    said = []
    sa.event.listen(
        jobs._database, "before_cursor_execute", lambda *given: said.append(given[2].split()[0])
    )
    assert jobs.bury_dead() == []
    assert said == ["SELECT"]


def test_processes_that_start_at_once_take_no_more_places_than_there_are(tmp_path, clock):
    """Each counts and enters in one statement: two never both see the last free place."""
    address = f"sqlite:///{tmp_path / 'app.db'}"
    engines = [open_database(address, tmp_path) for _ in range(6)]
    ready = threading.Barrier(len(engines))

    def start(engine):
        ready.wait()
        try:
            return JobService(engine, clock).start("stadt", "a", crowd=Crowd(("a", "b"), 3))
        except JobsFullError:
            return None

    with ThreadPoolExecutor(len(engines)) as pool:
        taken = [job for job in pool.map(start, engines) if job]
    assert len(taken) == 3
    assert len(JobService(engines[0], clock).list()) == 3
    for engine in engines:
        engine.dispose()


def test_a_place_is_free_again_when_a_job_of_any_of_the_kinds_ends(jobs):
    first = jobs.start("stadt", "a", crowd=Crowd(("a", "b"), 1))
    with pytest.raises(JobsFullError):
        jobs.start("stadt", "b", crowd=Crowd(("a", "b"), 1))
    assert jobs.start("stadt", "import")
    jobs.move(first, JobState.FAILED)
    assert jobs.start("stadt", "b", crowd=Crowd(("a", "b"), 1))


def test_rows_of_jobs_that_ended_are_forgotten_after_their_time(jobs, clock):
    ended, kept, other = jobs.start("s", "a"), jobs.start("s", "a"), jobs.start("s", "import")
    for job in (ended, other):
        jobs.move(job, JobState.FAILED)
    clock.wait(60)
    assert jobs.forget(("a",), 2) == 0
    clock.wait(61)
    assert jobs.forget(("a",), 2) == 1
    assert jobs.get(ended) is None
    assert {job.id for job in jobs.list()} == {kept, other}


def test_only_the_newest_jobs_are_listed(jobs, clock):
    for _ in range(3):
        newest = jobs.start("stadt", "import")
        clock.wait(1)
    assert [job.id for job in jobs.list(most=1)] == [newest]
