"""Workers of one gunicorn that start at once on an empty data folder."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks.servers import free_port
from data.appdb import open_database, program_version, schema_version
from data.slots import alone
from services.container import build_services
from services.demo import LOCK
from tests.small_delivery import HEAD, write_delivery
from tests.town_fixture import settings_for

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a server is one process there")

ROWS = ["id;jahr;kinder", "01;2022;12", "02;2022;25", "03;2022;44"]
ROOT = Path(__file__).parents[2]
WORKERS = 3
HOLD = (
    "import sys, time\nfrom pathlib import Path\nfrom data.slots import alone\n"
    "with alone(Path(sys.argv[1])):\n    print('held', flush=True)\n    time.sleep(600)"
)
OPEN = (
    "import sys\nfrom pathlib import Path\nfrom data.appdb import open_database, schema_version\n"
    "folder = Path(sys.argv[1])\nsys.stdin.read()\n"
    "print(schema_version(open_database(f'sqlite:///{folder}/app.db', folder)))"
)


@pytest.fixture
def recipe(tmp_path):
    folder = tmp_path / "delivery"
    folder.mkdir()
    head = HEAD.replace('id = "kleinstadt"', 'id = "musterstadt"\nfictional = true', 1)
    head = head.replace('constant = "kleinstadt"', 'constant = "musterstadt"')
    return write_delivery(folder, ROWS, head=head)


@contextmanager
def workers(folder, recipe):
    """Start gunicorn on a folder; give its address and the file of its log."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "tests.small_start:create_server()"]
    command += ["--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS), "--timeout", "300"]
    command += ["--threads", "2", "--no-control-socket", "--log-level", "info"]
    environ = {**os.environ, "KECK_DATA_DIR": str(folder), "TEST_RECIPE": str(recipe)}
    log = folder.parent / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=out, stderr=out)
    try:
        yield f"http://127.0.0.1:{port}", log, process
    finally:
        process.terminate()
        process.wait(timeout=60)


def is_ready(address):
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=5) as answer:  # noqa: S310 - loopback
            return answer.status == 200
    except OSError:
        return False


def wait_for(holds, process):
    for _ in range(3000):
        assert process.poll() is None
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError("nothing came of it within five minutes")


def test_one_imports_the_demo_while_the_others_wait_and_then_all_serve(tmp_path, recipe):
    settings = settings_for(tmp_path / "instance")
    with workers(settings.data_dir, recipe) as (address, log, process):
        wait_for(lambda: is_ready(address), process)
        # a worker that has been built keeps the time, and says nothing before
        wait_for(lambda: (settings.data_dir / "reserve.bin").stat().st_size > 0, process)
        services = build_services(settings)
        assert [r.id for r in services.releases.list()] == [services.store.current()]
        assert Counter(job.kind for job in services.jobs.list()) == {"import": 1}
        text = log.read_text()
        assert text.count("Booting worker") == WORKERS
        assert text.count("Musterstadt wird eingerichtet") == 1
        assert "Traceback" not in text
        for _ in range(4 * WORKERS):
            assert is_ready(address)


def test_an_importer_that_is_killed_leaves_its_place_to_the_next(tmp_path, recipe):
    settings = settings_for(tmp_path / "instance")
    settings.data_dir.mkdir()
    importer = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(settings.data_dir / LOCK)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert importer.stdout.readline().strip() == "held"
        with workers(settings.data_dir, recipe) as (address, log, process):
            # all have opened the folder, and none goes on
            wait_for(lambda: log.read_text().count("Booting worker") == WORKERS, process)
            wait_for((settings.data_dir / "app.db").exists, process)
            time.sleep(2)
            assert not is_ready(address)
            assert "Musterstadt" not in log.read_text()
            importer.kill()
            wait_for(lambda: is_ready(address), process)
            assert log.read_text().count("Musterstadt wird eingerichtet") == 1
    finally:
        importer.kill()
        importer.communicate()


def test_processes_that_open_an_empty_folder_at_once_set_its_database_up_once(tmp_path):
    openers = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN, str(tmp_path)],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(WORKERS)
    ]  # fmt: skip
    for opener in openers:
        opener.stdin.close()
    for opener in openers:
        opener.wait(timeout=120)
        assert opener.stdout.read().strip() == program_version(), opener.stderr.read()
        opener.stdout.close()
        opener.stderr.close()


def test_whoever_waited_for_the_schema_migrates_nothing(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path / 'app.db'}"
    open_database(url, tmp_path).dispose()
    monkeypatch.setattr("data.appdb.command.upgrade", None)
    with alone(tmp_path / "schema.lock"):
        engine = open_database(url, tmp_path)
    assert schema_version(engine) == program_version()
    engine.dispose()
