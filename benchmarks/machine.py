"""What the figures were measured on, and how busy it was."""

from __future__ import annotations

import datetime as dt
import os
import platform
import shutil
import subprocess
from importlib.metadata import version

_NAMED = ("dash", "plotly", "bokeh", "pandas", "gunicorn")
_GIB = 2**30


def describe_machine() -> list[str]:
    """Return lines about processor, memory and versions."""
    versions = ", ".join(f"{name} {version(name)}" for name in _NAMED)
    return [
        f"{dt.datetime.now(dt.UTC):%Y-%m-%d}, {os.cpu_count()} cores, "
        f"{_memory_gib():.0f} GiB, no GPU, {platform.system()}",
        f"Python {platform.python_version()}, {versions}, {_chromium()}",
    ]


def describe_load(when: str) -> str:
    """Return how many processes wanted a core in the last minute."""
    wanted = os.getloadavg()[0]
    busy = " (**other work ran at the same time: do not quote this run**)"
    return f"load {when} the run: {wanted:.1f}{busy if wanted > 1 and when == 'before' else ''}"


def _memory_gib() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / _GIB


def _chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        return "no Chromium"
    said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)
    return " ".join(said.stdout.split()[:2])
