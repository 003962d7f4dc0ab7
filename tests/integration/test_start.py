from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

import app
from data.reserve import FILE, RESERVE_BYTES
from services.container import build_services
from tests.town_fixture import publish_small_town

ROOT = Path(__file__).parents[2]


def start(**environ):
    return subprocess.Popen(
        [sys.executable, "app.py"],
        cwd=ROOT,
        env={**os.environ, **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answer_of(port):
    for _ in range(300):
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5)
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the program did not answer")


def test_the_program_serves_and_does_not_say_with_what(tmp_path, free_port):
    settings = publish_small_town(tmp_path)
    process = start(KECK_DATA_DIR=str(settings.data_dir), KECK_PORT=str(free_port))
    try:
        with answer_of(free_port) as answer:
            assert answer.status == 200
            assert "unicorn" not in answer.headers["Server"].lower()
        assert (settings.data_dir / FILE).stat().st_size == RESERVE_BYTES
        assert f"http://127.0.0.1:{free_port}" in process.stdout.readline()
    finally:
        process.terminate()
        process.communicate(timeout=30)


def test_a_taken_port_is_told_in_one_sentence(tmp_path):
    settings = publish_small_town(tmp_path)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        process = start(KECK_DATA_DIR=str(settings.data_dir), KECK_PORT=port)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 2
    assert port in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "environ",
    [
        {"KECK_PORT": "x"},
        {"KECK_HOST": "192.0.2.1"},
        {"KECK_HOST": "192.0.2.1", "KECK_SECRET_KEY": "dev"},
    ],
)
def test_settings_that_do_not_fit_are_told_in_both_languages(tmp_path, environ):
    process = start(KECK_DATA_DIR=str(tmp_path), **environ)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 2
    assert len(said.splitlines()) >= 2
    assert "Traceback" not in said


def test_a_damaged_release_without_predecessor_is_not_served(tmp_path):
    settings = publish_small_town(tmp_path)
    file = next(settings.data_dir.glob("releases/*/public.sqlite"))
    file.chmod(0o644)
    body = bytearray(file.read_bytes())
    body[-100] ^= 1
    file.write_bytes(body)
    services = build_services(settings)
    with pytest.raises(app.StartRefusedError, match="restore"):
        app.prepare(settings, services)
    client = app.create_app(settings, services=services).test_client()
    assert client.get("/api/v1/catalogue").status_code == 503
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def test_importing_the_entry_point_does_nothing(tmp_path):
    code = "import app, threading; assert threading.active_count() == 1"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "KECK_DATA_DIR": str(tmp_path / "absent")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not (tmp_path / "absent").exists()
