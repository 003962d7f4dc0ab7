"""Rooms full of phones: no vote is lost by a killed worker, nobody waits, some send without end.

What holds on every machine is asserted as it is; times are those of the table a room has to reach,
longer where a bare start of the program takes longer than on the machine they were set for.
"""

from __future__ import annotations

import asyncio
import sys

import pytest

from benchmarks.room.crowd import CALM, KILLED, Course, Run
from benchmarks.room.results import rows_of
from benchmarks.room.town import room_town
from benchmarks.servers import own_server
from tests.patience import patience

START_S = 1.0
"""A bare start of the program on two quiet cores."""

pytestmark = [
    pytest.mark.long,
    pytest.mark.alone,
    pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a signal of POSIX systems"),
]


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    folder = tmp_path_factory.mktemp("room")
    return folder, room_town(folder)


def met_by(town, course):
    folder, services = town
    with own_server(folder / "instance") as server:
        return asyncio.run(Run(server, services, course).go())


def missed(course, met):
    slow = patience(START_S) / START_S
    return [
        f"{row.name}: {row.met:.1f} {row.unit}, at most {row.limit:.1f}"
        for row in rows_of(course, met)
        if row.met > row.limit * (slow if row.unit == "ms" else 1.0)
    ]


def test_200_phones_follow_and_vote_although_some_send_without_end(town):
    course = Course(200, abusers=20, kills=False)
    met = met_by(town, course)
    assert met.missing == []
    assert met.log.statuses[("abuse", 429)] > met.log.statuses[("abuse", 200)]
    assert missed(course, met) == []


def test_1000_phones_follow_and_vote_while_a_worker_is_killed(town):
    course = Course(1_000, arrive_s=20.0)
    met = met_by(town, course)
    assert met.missing == []
    assert [len(met.log.votes[vote]) for vote in (CALM, KILLED)] == [course.phones] * 2
    assert missed(course, met) == []
