"""Who may claim a data folder: one server, with all its processes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from data.slots import claim

ROOT = Path(__file__).parents[3]
CLAIM = (
    "import sys\nfrom pathlib import Path\nfrom data.slots import claim\n"
    "print(claim(Path(sys.argv[1]), sys.argv[2]), flush=True)\nsys.stdin.read()"
)


@pytest.fixture
def processes():
    """Start processes that claim a folder under a name and keep it until they are told to end."""
    started = []

    def start(folder, server):
        process = subprocess.Popen(
            [sys.executable, "-c", CLAIM, str(folder), server],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def got(process):
    return process.stdout.readline().strip() == "True"


@pytest.mark.skipif(sys.platform == "win32", reason="a server is one process there")
def test_workers_of_one_server_share_a_folder_until_the_last_has_ended(tmp_path, processes):
    # all at once, as a server starts them
    workers = [processes(tmp_path, "one") for _ in range(3)]
    assert [got(worker) for worker in workers] == [True] * 3
    assert not claim(tmp_path, "another")
    workers[0].communicate("")
    workers[1].communicate("")
    assert not claim(tmp_path, "another")
    renewed = processes(tmp_path, "one")
    assert got(renewed)
    workers[2].communicate("")
    assert not claim(tmp_path, "another")
    renewed.communicate("")
    assert got(processes(tmp_path, "another"))


def test_of_two_servers_that_start_at_once_one_gets_the_folder(tmp_path, processes):
    servers = [processes(tmp_path, name) for name in ("one", "another")]
    assert sum(got(server) for server in servers) == 1
