"""Starts the product and its rival on free ports of this machine and stops them again."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(command: list[str], environ: dict[str, str], probe: str) -> Iterator[None]:
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(1800):
            try:
                with urllib.request.urlopen(probe, timeout=5):  # noqa: S310 - loopback only
                    break
            except OSError:
                if process.poll() is not None:
                    raise RuntimeError(f"{command} stopped") from None
                time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


@contextmanager
def naive_server(folder: Path) -> Iterator[str]:
    """Serve the naive rival on the files of a folder."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environ = {"BENCH_FOLDER": str(folder), "BENCH_PORT": str(port)}
    command = [sys.executable, "-m", "benchmarks.rival_naive"]
    with _running(command, environ, f"{address}/_dash-layout"):
        yield address


@contextmanager
def product_server(data_dir: Path, *, recipe: Path | None, data: Path | None) -> Iterator[str]:
    """Import a town by the command line, or none for the demo, and serve it."""
    data_dir.mkdir(parents=True, exist_ok=True)
    port = free_port()
    environ = {"KECK_DATA_DIR": str(data_dir), "KECK_PORT": str(port)}
    if recipe is not None:
        subprocess.run(
            [sys.executable, "cli.py", "import", str(recipe), "--data", str(data), "--release"],
            cwd=ROOT,
            env=os.environ | environ,
            check=True,
            stdout=subprocess.DEVNULL,
        )
    address = f"http://127.0.0.1:{port}"
    with _running([sys.executable, "app.py"], environ, f"{address}/readyz"):
        yield address
