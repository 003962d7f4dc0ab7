"""An import stopped at any moment, by any way, ends within two seconds and leaves nothing."""

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
from services.jobs import FINAL, JobState
from tests.large_delivery import write_large_delivery
from tests.patience import patience
from tests.small_delivery import write_delivery
from tests.town_fixture import settings_for

ROOT = Path(__file__).parents[2]
TIMES = 8
SECONDS = 2.0
SMALL = ["id;jahr;kinder", "01;2021;12", "02;2021;25", "03;2021;44"]

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX systems"),
]


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    return write_large_delivery(tmp_path_factory.mktemp("large"))


def start(recipe, settings, temp):
    return subprocess.Popen(
        [sys.executable, str(ROOT / "cli.py"), "import", str(recipe), "--release"],
        env={
            "PATH": os.environ["PATH"],
            "KECK_DATA_DIR": str(settings.data_dir),
            "TMPDIR": str(temp),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def children(pid):
    """Return the processes a process has started, from the process table of Linux."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue  # it has ended meanwhile
        if int(fields[1]) == pid:
            found.append(int(stat.parent.name))
    return found


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads the process table of Linux")
@pytest.mark.parametrize("way", ["one signal", "two signals", "terminated", "other process"])
def test_a_stop_at_any_moment_leaves_nothing(tmp_path, large, way):
    settings, temp = settings_for(tmp_path / "instance"), tmp_path / "temp"
    temp.mkdir()
    services = build_services(settings)
    small = write_delivery(tmp_path, SMALL)
    assert ImportService(settings, services).run(ImportOrder(small, tmp_path, publish=True)).is_done
    before, releases = services.store.current(), len(services.store.list())
    chance = random.Random(f"20261124 {way}")
    for _ in range(TIMES):
        stopped_somewhere(way, start(large, settings, temp), services, chance)
        assert list(temp.iterdir()) == []
        assert list(services.store.staging.iterdir()) == []
        assert services.store.current() == before
        assert services.store.damages(before) == []
        assert {p.name for p in services.store.folder.iterdir()} == {before}
        assert len(services.store.list()) == releases
    services.releases.close()


def stopped_somewhere(way, process, services, chance):
    """Stop a running import at a random moment; it must end soon, in order, with its child."""
    while all(job.state in FINAL for job in services.jobs.list()):
        time.sleep(0.02)
    time.sleep(chance.uniform(0.0, 8.0))
    started = children(process.pid)
    begin = time.monotonic()
    stop(way, process, services, chance)
    out, err = process.communicate(timeout=20)
    taken = time.monotonic() - begin
    assert taken < SECONDS or taken < patience(SECONDS), err
    assert process.returncode == 1
    assert "abgebrochen" in out
    assert "Traceback" not in err
    assert [pid for pid in started if is_running(pid)] == []
    job = services.jobs.list()[0]
    assert (job.state, job.lease_until) == (JobState.CANCELLED, None)


def stop(way, process, services, chance):
    if way == "other process":
        services.jobs.cancel(services.jobs.list()[0].id)
    elif way == "terminated":
        process.terminate()
    else:
        process.send_signal(signal.SIGINT)
    if way == "two signals":
        time.sleep(chance.uniform(0.0, 0.3))
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
