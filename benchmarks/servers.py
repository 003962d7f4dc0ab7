"""Starts the product and its rivals on free ports of this machine and stops them again."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]

ROOT = Path(__file__).parents[1]
LONGEST_START_S = 180


@dataclass(frozen=True)
class Server:
    """A running server: where it answers and what its processes have used so far."""

    address: str
    process: psutil.Process

    def cpu_s(self) -> float:
        """Return processor seconds of all its processes since they started.

        Those of processes that have ended are told by the one that started them.
        """
        processes = [self.process, *self.process.children(recursive=True)]
        return float(sum(sum(p.cpu_times()[:4]) for p in processes))

    def rss_mb(self) -> float:
        """Return the resident memory of its largest process, in MiB."""
        processes = [self.process, *self.process.children(recursive=True)]
        return float(max(p.memory_info().rss for p in processes)) / 2**20

    def memory_mb(self) -> float:
        """Return the memory of all its processes, what they share counted once, in MiB."""
        processes = [self.process, *self.process.children(recursive=True)]
        return float(sum(p.memory_full_info().pss for p in processes)) / 2**20


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(command: list[str], environ: dict[str, str], probe: str) -> Iterator[psutil.Process]:
    with tempfile.TemporaryFile() as log:
        process = psutil.Popen(
            command, cwd=ROOT, env=os.environ | environ, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            if not _answers(process, probe):
                log.seek(0)
                said = log.read()[-800:].decode(errors="replace")
                raise RuntimeError(f"{command[:3]} did not start: {said}")
            yield process
        finally:
            _stop(process)


def _answers(process: psutil.Popen, probe: str) -> bool:
    end = time.monotonic() + LONGEST_START_S
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(probe, timeout=20):  # noqa: S310 - loopback only
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.1)
    return False


def _stop(process: psutil.Popen) -> None:
    started = [*process.children(recursive=True), process] if process.is_running() else []
    process.terminate()
    _, alive = psutil.wait_procs(started, timeout=20)
    for left in alive:
        left.kill()


@contextmanager
def naive_server(folder: Path, *, kind: str, workers: int = 1) -> Iterator[Server]:
    """Serve the naive rival with the map ``tiles`` or ``geo`` on the files of a folder."""
    address, command = _gunicorn("benchmarks.rival_naive:create_server()", workers, threads=4)
    environ = {"BENCH_FOLDER": str(folder), "BENCH_MAP": kind}
    with _running(command, environ, f"{address}/_dash-layout") as process:
        yield Server(address, process)


@contextmanager
def bokeh_server(folder: Path) -> Iterator[Server]:
    """Serve the Bokeh rival on the files of a folder."""
    port = free_port()
    host = f"127.0.0.1:{port}"
    script = str(ROOT / "benchmarks" / "rival_bokeh.py")
    command = [sys.executable, "-m", "bokeh", "serve", script, "--address", "127.0.0.1"]
    command += ["--port", str(port), "--allow-websocket-origin", host]
    address = f"http://{host}/rival_bokeh"
    with _running(command, {"BENCH_FOLDER": str(folder)}, address) as process:
        yield Server(address, process)


@contextmanager
def gunicorn_server(data_dir: Path, *, workers: int, threads: int = 8) -> Iterator[Server]:
    """Serve the product from a data folder as an office would, with gunicorn."""
    address, command = _gunicorn("app:create_server()", workers, threads=threads)
    with _running(command, product_environ(data_dir), f"{address}/readyz") as process:
        yield Server(address, process)


@contextmanager
def product_server(data_dir: Path, *, recipe: Path | None, data: Path | None) -> Iterator[str]:
    """Import a town by the command line, or none for the demo, and serve it by ``app.py``."""
    data_dir.mkdir(parents=True, exist_ok=True)
    if recipe is not None and data is not None:
        import_town(data_dir, recipe=recipe, data=data)
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environ = product_environ(data_dir) | {"KECK_PORT": str(port)}
    with _running([sys.executable, "app.py"], environ, f"{address}/readyz"):
        yield address


@contextmanager
def own_server(data_dir: Path) -> Iterator[Server]:
    """Serve a data folder as the program itself does, by ``app.py``."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environ = product_environ(data_dir) | {"KECK_PORT": str(port)}
    with _running([sys.executable, "app.py"], environ, f"{address}/readyz") as process:
        yield Server(address, process)


def import_town(data_dir: Path, *, recipe: Path, data: Path) -> float:
    """Import and publish a town by the command line; return the seconds it took."""
    data_dir.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "cli.py", "import", str(recipe), "--data", str(data), "--release"]
    # the largest town has two million values; the limits of a town's own server are not the topic
    limits = {"KECK_IMPORT_MEMORY_MB": "8192", "KECK_IMPORT_SECONDS": "3600"}
    started = time.perf_counter()
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | product_environ(data_dir) | limits,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"the import of {recipe.name} failed: {done.stdout[-800:]}")
    return time.perf_counter() - started


def product_environ(data_dir: Path) -> dict[str, str]:
    """Return what the product is told: its data folder; all else stays as shipped."""
    return {"KECK_DATA_DIR": str(data_dir), "KECK_HOST": "127.0.0.1"}


def _gunicorn(factory: str, workers: int, *, threads: int) -> tuple[str, list[str]]:
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", factory, "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", str(workers), "--threads", str(threads), "--worker-class", "gthread"]
    command += ["--timeout", "180", "--limit-request-line", "8190", "--no-control-socket"]
    command += ["--backlog", "4096", "--log-level", "warning"]
    return f"http://127.0.0.1:{port}", command
