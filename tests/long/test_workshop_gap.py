"""A minute without network for a whole room, and a killed worker: all votes arrive, once each."""

from __future__ import annotations

import asyncio
import sys

import pytest

from benchmarks.room.crowd import VOTES, Course, Run
from benchmarks.room.town import room_town
from benchmarks.servers import own_server

MOST_TIMES_NORMAL = 3.0

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a signal of POSIX systems"),
]


def test_200_phones_lose_nothing_by_a_killed_worker_and_a_minute_without_network(tmp_path):
    services = room_town(tmp_path)
    course = Course(200, gap_s=60.0, readers=0, steady_s=10.0)
    with own_server(tmp_path / "instance") as server:
        met = asyncio.run(Run(server, services, course).go())
    assert met.missing == []
    assert met.log.failures() == 0
    assert [len(met.log.votes[vote]) for vote in VOTES] == [course.phones] * len(VOTES)
    assert 0 < met.peak <= MOST_TIMES_NORMAL * met.normal
