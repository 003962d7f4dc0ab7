"""A disk of a few megabytes, and a process that may not write where permissions say so."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_DROP_FROM_BOUNDS = 24
_PASSES_PERMISSIONS = (1, 2)
"""Numbers of prctl and of the capabilities with which root passes over permissions."""


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """Mount a disk at a new folder; the test is skipped where nobody lets us."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)]
    if sys.platform != "linux" or subprocess.run(mount, check=False).returncode:
        pytest.skip("a small disk can only be mounted by root on Linux")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Leave no byte of a disk; return the file that takes it up."""
    ballast = folder / "ballast"
    fill_up(ballast)
    return ballast


def fill_up(ballast: Path) -> None:
    """Let a file take what is left of its disk."""
    with ballast.open("ab", buffering=0) as stream:
        for size in (65536, 4096, 512, 1):
            try:
                while True:
                    stream.write(b"x" * size)
            except OSError:
                continue


def heed_permissions() -> None:
    """Give up, in a child before its program starts, what lets root write everywhere."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None)
        for capability in _PASSES_PERMISSIONS:
            libc.prctl(_DROP_FROM_BOUNDS, capability, 0, 0, 0)
