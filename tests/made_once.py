"""A folder that is dear to make, made once however many processes and runs share its tests.

Processes of one run share it; so do all runs with the same folder in ``KECK_TEST_MADE``.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

_LONGEST = 900
"""Seconds the other processes wait; no import of a town may take as long."""


def made_once(name: str, factory: pytest.TempPathFactory, fill: Callable[[Path], object]) -> Path:
    """Return a folder of this process's own with what ``fill`` wrote into it.

    The first process that asks fills a folder beside theirs, and each works on a copy of it,
    because a served folder is written to. ``name`` names what is made, and how, in all tests.
    """
    own = factory.mktemp(name)
    beside = _beside(factory)
    if beside is None:
        fill(own)
        return own
    shared = beside / f"shared-{name}"
    try:
        shared.mkdir()
    except FileExistsError:
        _wait(shared)
    else:
        _fill(shared, fill)
    shutil.copytree(shared, own, dirs_exist_ok=True)
    return own


def _beside(factory: pytest.TempPathFactory) -> Path | None:
    """Return where others look for what is made here; None if there are no others."""
    named = os.environ.get("KECK_TEST_MADE")
    if named:
        return Path(named)
    return factory.getbasetemp().parent if "PYTEST_XDIST_WORKER" in os.environ else None


def _fill(shared: Path, fill: Callable[[Path], object]) -> None:
    try:
        fill(shared)
    except BaseException:
        _mark(shared, "failed").touch()
        raise
    _mark(shared, "made").touch()


def _wait(shared: Path) -> None:
    end = time.monotonic() + _LONGEST
    while not _mark(shared, "made").exists():
        if _mark(shared, "failed").exists():
            pytest.fail(f"{shared.name} could not be made by the process that asked first")
        if time.monotonic() > end:
            pytest.fail(f"{shared.name} was not made within {_LONGEST} seconds")
        time.sleep(0.2)


def _mark(shared: Path, word: str) -> Path:
    return shared.with_name(f"{shared.name}.{word}")
