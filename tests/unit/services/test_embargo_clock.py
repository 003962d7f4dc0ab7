"""The hourly look for releases whose time has come: by one process, never twice."""

from __future__ import annotations

import threading

import pytest
import sqlalchemy as sa

from data.appdb import open_database
from services.embargo_clock import LEASE, embargo_clock
from services.leases import LeaseService
from tests.staff import HandClock
from tests.town_fixture import settings_for


class Desk:
    """Counts how often it was asked."""

    def __init__(self, fault=None):
        self.asked = threading.Semaphore(0)
        self.fault = fault

    def publish_due(self):
        self.asked.release()
        if self.fault:
            raise self.fault
        return ["r"]


def leases(tmp_path, clock):
    settings = settings_for(tmp_path)
    return LeaseService(open_database(settings.database, settings.data_dir), clock)


def test_one_holder_at_a_time_and_the_next_after_the_end(tmp_path):
    clock = HandClock()
    service = leases(tmp_path, clock)
    assert service.take(LEASE, "a", 60)
    assert not service.take(LEASE, "b", 60)
    assert service.take("another", "b", 60)
    clock.on(seconds=59)
    assert service.take(LEASE, "a", 60)
    clock.on(seconds=61)
    assert service.take(LEASE, "b", 60)
    assert not service.take(LEASE, "a", 60)


def test_a_lease_is_given_back_by_its_holder_only(tmp_path):
    service = leases(tmp_path, HandClock())
    service.take(LEASE, "a", 60)
    service.give_back(LEASE, "b")
    assert not service.take(LEASE, "b", 60)
    service.give_back(LEASE, "a")
    assert service.take(LEASE, "b", 60)


def test_of_two_processes_one_looks(tmp_path):
    service = leases(tmp_path, HandClock())
    first, second = embargo_clock(Desk(), service), embargo_clock(Desk(), service)
    assert [first.look(), second.look(), first.look()] == [["r"], [], ["r"]]


def test_the_thread_looks_again_and_again_and_leaves_the_lease_behind(tmp_path):
    service, desk = leases(tmp_path, HandClock()), Desk()
    clock = embargo_clock(desk, service, seconds=0.01).start()
    for _ in range(3):
        assert desk.asked.acquire(timeout=30)
    clock.stop()
    assert service.take(LEASE, "another", 60)


@pytest.mark.parametrize(
    "fault",
    [
        sa.exc.OperationalError("select", {}, Exception("disk full")),
        OSError(28, "No space left on device"),
        RuntimeError("anything else"),
    ],
    ids=["database", "disk", "other"],
)
def test_no_fault_ends_the_thread(tmp_path, caplog, fault):
    desk = Desk(fault)
    clock = embargo_clock(desk, leases(tmp_path, HandClock()), seconds=0.01).start()
    for _ in range(2):
        assert desk.asked.acquire(timeout=30)
    clock.stop()
    assert "nobody could look" in caplog.text
