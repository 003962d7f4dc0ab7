"""Orders that cannot be taken cost themselves only, and what is over is forgotten in its time."""

from __future__ import annotations

import datetime as dt
import errno

import pytest
import sqlalchemy as sa

import app
from data.appdb import open_database
from services.container import build_services
from services.export_jobs import (
    REMEMBERED_MINUTES,
    REPORT,
    ExportJobs,
    ExportOrder,
    ExportState,
    NoOrder,
    NoOrderError,
)
from services.heavy_exports import AT_ONCE, MOST_WAITING
from services.jobs import JobService, JobState
from tests.town_fixture import CLOCK, settings_for

ORDER = ExportOrder(REPORT, "stadt", "2026-11-24-1", "de", "", "pdf", "Bericht")


class Clock:
    def __init__(self):
        self.now = CLOCK

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def settings(tmp_path):
    return settings_for(tmp_path)


@pytest.fixture
def jobs(settings, clock):
    engine = open_database(settings.database, settings.data_dir)
    yield JobService(engine, clock)
    engine.dispose()


@pytest.fixture
def exports(settings, jobs, monkeypatch):
    """Orders are taken but no process starts."""
    made = ExportJobs(settings, jobs)
    monkeypatch.setattr(made, "_spawn", lambda _job: None)
    return made


def lose(table, engine):
    with engine.begin() as connection:
        connection.execute(sa.text(f"DROP TABLE {table}"))


def test_the_row_of_an_order_goes_a_day_after_its_end(exports, jobs, clock):
    job = exports.start(ORDER)
    exports.result(job, ORDER).write_bytes(b"%PDF")
    jobs.move(job, JobState.READY)
    clock.now += dt.timedelta(minutes=REMEMBERED_MINUTES - 1)
    exports.sweep()
    assert exports.status(job).state is ExportState.GONE
    assert not exports.result(job, ORDER).parent.exists()
    clock.now += dt.timedelta(minutes=2)
    exports.sweep()
    assert jobs.get(job) is None


@pytest.mark.parametrize(
    ("code", "reason"), [(errno.ENOSPC, NoOrder.FULL_DISK), (errno.EROFS, NoOrder.FAULT)]
)
def test_a_disk_that_takes_nothing_costs_the_order_and_leaves_nothing(
    exports, jobs, settings, monkeypatch, code, reason
):
    def full(_job):
        raise OSError(code, "no")

    monkeypatch.setattr(exports, "_spawn", full)
    for _ in range(AT_ONCE + MOST_WAITING + 1):  # an order that failed holds no place
        with pytest.raises(NoOrderError) as caught:
            exports.start(ORDER)
        assert caught.value.reason is reason
    assert list((settings.data_dir / "cache" / "exports" / "jobs").iterdir()) == []
    assert {job.state for job in jobs.list()} == {JobState.FAILED}


def test_a_database_that_takes_nothing_costs_the_order(exports, jobs):
    lose("jobs", jobs._database)
    with pytest.raises(NoOrderError) as caught:
        exports.start(ORDER)
    assert caught.value.reason is NoOrder.FAULT


@pytest.mark.parametrize(
    ("language", "said"), [("de", "Gerade nicht verfügbar"), ("en", "Not available right now")]
)
def test_a_database_that_is_away_is_a_pause_and_no_fault(settings, clock, language, said):
    services = build_services(settings, clock=clock)
    client = app.create_app(settings, services=services).test_client()
    lose("jobs", services.jobs._database)
    answer = client.get(f"/export/stadt/2026-11-24-1/auftrag/{'0' * 32}.pdf?lang={language}")
    services.releases.close()
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert said in answer.text
