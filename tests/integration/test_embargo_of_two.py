"""A release whose time comes while two processes look for it."""

from __future__ import annotations

import threading

from domain.release_rules import Given
from services.audit_log import LogQuery
from services.container import build_services
from services.embargo_clock import embargo_clock
from tests.release_desk import DeskTown


def test_two_processes_with_a_clock_each_publish_once(tmp_path):
    town = DeskTown.at(tmp_path)
    release = town.wait()
    town.check(release)
    town.hand_in(release)
    moment = town.clock.now
    town.clock.on(seconds=-60)
    given = Given("bert", confirms_recalculation=True)
    town.services.desk.publish(release, given, base=town.first, public_from=moment)
    town.clock.on(days=1)
    others = build_services(town.settings, clock=town.clock)
    # the hourly look and the looks of requests at the same moment
    looks = [embargo_clock(s.desk, s.leases).look for s in (town.services, others)]
    looks += [town.services.desk.publish_due, others.desk.publish_due]
    done = []
    threads = [threading.Thread(target=lambda one=one: done.extend(one())) for one in looks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == [release]
    log = town.services.staff.log
    assert log.rows(LogQuery(actor="bert", action="publish"))[0] == 1
    assert log.broken() == []
