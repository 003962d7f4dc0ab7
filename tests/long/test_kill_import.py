"""An importer killed at any moment leaves a valid pointer and a folder that can be swept."""

import datetime as dt
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from services.container import build_services
from services.importing import ImportOrder, ImportService
from services.jobs import FINAL, LEASE_SECONDS
from tests.small_delivery import write_delivery
from tests.town_fixture import settings_for

ROOT = Path(__file__).parents[2]
TIMES = 20
LINES = [
    "id;jahr;kinder",
    *(f"{q};{year};{n + year % 7}" for year in range(1990, 2024)
      for q, n in (("01", 12), ("02", 25), ("03", 44))),
]  # fmt: skip

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a signal of POSIX systems"),
]


def start(recipe, data_dir):
    return subprocess.Popen(
        [sys.executable, str(ROOT / "cli.py"), "import", str(recipe), "--release"],
        env={"PATH": os.environ["PATH"], "KECK_DATA_DIR": str(data_dir)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def test_the_pointer_names_a_whole_release_after_every_kill(tmp_path):
    recipe = write_delivery(tmp_path, LINES)
    settings = settings_for(tmp_path / "instance")
    services = build_services(settings)
    service = ImportService(settings, services)
    begin = time.monotonic()
    assert service.run(ImportOrder(recipe, tmp_path, publish=True)).is_done
    duration = 2.0 + time.monotonic() - begin
    chance = random.Random(20261124)
    for _ in range(TIMES):
        process = start(recipe, settings.data_dir)
        time.sleep(chance.uniform(0.2, duration))
        process.send_signal(signal.SIGKILL)
        process.wait()
        current = services.store.current()
        assert current is not None
        assert services.store.damages(current) == []
        assert services.releases.current() == current

    time.sleep(1)  # the children die with their parents
    later = build_services(settings, clock=_in_future)
    ImportService(settings, later).sweep()
    assert list(later.store.staging.iterdir()) == []
    listed = {r.id for r in later.store.list()}
    assert {p.name for p in later.store.folder.iterdir()} == listed
    assert all(job.state in FINAL for job in later.jobs.list("kleinstadt"))
    services.releases.close()


def _in_future():
    return dt.datetime.now(dt.UTC) + dt.timedelta(seconds=2 * LEASE_SECONDS)
