"""Workers and whole servers killed while they answer: the next one goes on with the same data."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import psutil
import pytest

from benchmarks.servers import free_port
from config import Settings
from data.durable import sha256_of
from services.container import build_services
from tests.patience import patience
from tests.town_fixture import publish_small_town

ROOT = Path(__file__).parents[2]
POLLS = 200
VALUES = "/api/v1/values?indicator=kinderarmut&period=2023&level=quartiere"

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a signal of POSIX systems"),
]


class Server:
    """The program in a group of processes of its own."""

    def __init__(self, settings: Settings) -> None:
        port = free_port()
        environ = {
            **os.environ, "KECK_DATA_DIR": str(settings.data_dir), "KECK_PORT": str(port),
            "KECK_HOST": "127.0.0.1",
        }  # fmt: skip
        self.seconds = patience(120)
        self.address = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [sys.executable, "app.py"], cwd=ROOT, env=environ, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.until_answered()

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(self.address + path, timeout=30) as answer:  # noqa: S310
            return answer.read()

    def until_answered(self, path: str = VALUES) -> bytes:
        end = time.monotonic() + self.seconds
        while True:
            try:
                return self.get(path)
            except OSError:
                assert time.monotonic() < end
                assert self.process.poll() is None
                time.sleep(0.1)

    def workers(self) -> list[int]:
        return [p.pid for p in psutil.Process(self.process.pid).children()]

    def kill_everything(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def settings(tmp_path):
    return publish_small_town(tmp_path)


def test_a_killed_worker_is_replaced_and_every_client_gets_its_answer(settings):
    server = Server(settings)
    try:
        right, before = server.get(VALUES), server.workers()
        answers: list[bytes] = []

        def poll() -> None:
            answers.extend(server.until_answered() for _ in range(POLLS // 8))

        threads = [threading.Thread(target=poll) for _ in range(8)]
        for thread in threads:
            thread.start()
        os.kill(before[0], signal.SIGKILL)
        for thread in threads:
            thread.join()
        assert answers == [right] * POLLS
        end = time.monotonic() + patience(60)
        while len(after := server.workers()) < len(before) or before[0] in after:
            assert time.monotonic() < end
            time.sleep(0.1)
    finally:
        server.kill_everything()


def test_everything_killed_starts_again_with_pointer_and_releases_whole(settings):
    files = {p: sha256_of(p) for p in (settings.data_dir / "releases").rglob("*") if p.is_file()}
    right = b""
    for _ in range(3):
        server = Server(settings)
        answer = server.get(VALUES)
        assert answer == (right or answer)
        right = answer
        server.kill_everything()
    services = build_services(settings)
    assert services.releases.current() is not None
    assert services.store.damages(services.store.current()) == []
    assert services.staff.log.broken() == []
    assert {p: sha256_of(p) for p in files} == files
