"""The program itself, started on a data folder as its readers know it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.servers import free_port
from config import Settings
from web.serving import gunicorn_options

ROOT = Path(__file__).parents[1]
_GRACE_SECONDS = gunicorn_options(Settings(Path()))["graceful_timeout"] + 10
"""Requests that are being answered when the server is told to stop are waited for so long."""


def serve(data_dir: Path) -> Iterator[str]:
    """Start the application on a data folder and yield its address."""
    port = free_port()
    environ = {
        **os.environ,
        "KECK_DATA_DIR": str(data_dir),
        "KECK_PORT": str(port),
        "KECK_HOST": "127.0.0.1",
    }
    log = (data_dir / "server.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "app.py"], cwd=ROOT, env=environ, stdout=log, stderr=subprocess.STDOUT
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, process, data_dir / "server.log")
        yield address
    finally:
        process.terminate()
        process.wait(timeout=_GRACE_SECONDS)
        log.close()


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(1800):
        if process.poll() is not None:
            raise RuntimeError(f"the application stopped: {log.read_text()[-2000:]}")
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=2):  # noqa: S310
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the application did not answer within three minutes")


def first_start(data_dir: Path) -> None:
    """Start on an empty folder, which is filled with the demo town before there is an answer."""
    with contextmanager(serve)(data_dir):
        pass
