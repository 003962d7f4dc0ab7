"""A publisher killed at any moment leaves a valid pointer and a log that holds."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from services.release_drafts import DeskRefusedError
from tests.release_desk import DeskTown

ROOT = Path(__file__).parents[2]
TIMES = 40

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a signal of POSIX systems"),
]

PUBLISHER = """
import sys
from pathlib import Path
from config import Settings
from domain.release_rules import Given
from services.container import build_services
services = build_services(Settings(Path(sys.argv[1]), two_person="on"))
given = Given("bert", sys.argv[2], confirms_recalculation=True)
print("begins", flush=True)
services.desk.publish(sys.argv[2], given, base=sys.argv[3])
print("done", flush=True)
"""


def start(town, release, base):
    return subprocess.Popen(
        [sys.executable, "-c", PUBLISHER, str(town.settings.data_dir), release, base],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def test_a_killed_publisher_publishes_the_whole_release_or_nothing(tmp_path):
    town = DeskTown.at(tmp_path)
    chance, ends = random.Random(20261127), {"old": 0, "new": 0}
    release = ""
    for _ in range(TIMES):
        base = town.services.store.current()
        if not release:
            release = town.wait()
            town.check(release)
            town.hand_in(release)
        process = start(town, release, base)
        assert process.stdout.readline() == "begins\n"
        time.sleep(chance.uniform(0.0, 0.08))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        current = town.services.store.current()
        assert current in (base, release)
        assert town.services.store.damages(current) == []
        assert town.services.releases.current() == current
        assert town.services.staff.log.broken() == []
        is_new = current == release
        ends["new" if is_new else "old"] += 1
        assert town.services.desk.draft(release).is_public is is_new
        if is_new:
            with pytest.raises(DeskRefusedError):
                town.services.desk.take_back(release, "anna")
            release = ""
    assert sum(ends.values()) == TIMES
