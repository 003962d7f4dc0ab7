"""Starting: a fresh interpreter, a first visit with an empty cache, and memory of a worker."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import Browser

from benchmarks.browser import Visit
from benchmarks.callback_bodies import (
    DEPENDENCIES,
    callback_body,
    drawing_callback,
    get_json,
    post,
    views_of,
)
from benchmarks.results import Findings, Load, Memory, Start, Warm, times
from benchmarks.servers import ROOT, gunicorn_server, product_environ
from benchmarks.switches import keck_tool, measure_load

_REPEATS = 5
_LOADS = 3
_LONGEST_SERVING_S = 120


def measure_imports(findings: Findings) -> None:
    """Start fresh interpreters that import the application and end."""
    for _ in range(_REPEATS):
        started, cpu = time.perf_counter(), _children_s()
        subprocess.run([sys.executable, "-c", "import app"], cwd=ROOT, check=True)
        wall_ms = 1000 * (time.perf_counter() - started)
        findings.starts.append(Start(wall_ms, 1000 * (_children_s() - cpu)))


def _children_s() -> float:
    """Return processor seconds of all processes that this one started and that ended."""
    used = os.times()
    return used.children_user + used.children_system


def measure_first_loads(browser: Browser, data_dir: Path, size: int, findings: Findings) -> None:
    """Visit the Atlas page with an empty cache; the server has shown it before."""
    with gunicorn_server(data_dir, workers=1) as server:
        found = []
        for _ in range(_LOADS + 1):
            visit = Visit(browser, keck_tool(), size)
            found.append(measure_load(visit, server, size))
            visit.close()
    counted = found[1:]
    findings.loads.append(
        Load(
            size,
            counted[0].tool,
            map_ms=times(load.map_ms for load in counted).median,
            map_kb=times(load.map_kb for load in counted).median,
            whole_ms=times(load.whole_ms for load in counted).median,
            whole_kb=times(load.whole_kb for load in counted).median,
            parts=counted[0].parts,
        )
    )


def measure_memory(data_dir: Path, town: str, findings: Findings) -> None:
    """Serve every view of a release once from one worker and look at its size.

    A town of many views is served for two minutes; the report says how many that were.
    """
    with gunicorn_server(data_dir, workers=1) as server:
        callback = drawing_callback(get_json(server.address + DEPENDENCIES))
        views = views_of(server.address)
        end, served = time.monotonic() + _LONGEST_SERVING_S, 0
        while served < len(views) and time.monotonic() < end:
            body = callback_body(callback, {"url.search": f"?{views[served]}"})
            post(server.address, json.dumps(body).encode())
            served += 1
        findings.memories.append(Memory(town, served, len(views), server.rss_mb()))


def measure_warm(data_dir: Path, size: int, findings: Findings) -> None:
    """Time the callback on views that are built, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.inprocess"],
        cwd=ROOT,
        env=os.environ | product_environ(data_dir),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        findings.notes.append(f"the warm callback was not measured: {done.stderr[-300:]}")
        return
    findings.warm.append(Warm(size, **json.loads(done.stdout.splitlines()[-1])))
