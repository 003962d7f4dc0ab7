"""A data folder, or a fixed number of places, that processes of one machine claim by locked files.

A lock ends with the process that holds it, so a killed worker blocks nobody.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_TRIES = 100
_PAUSE_SECONDS = 0.01
_LOOK_SECONDS = 0.02


def claim(folder: Path, server: str) -> bool:
    """Claim a data folder for a server; False where another one has it.

    Processes that name the same ``server`` share the claim, as do those they fork. It ends with
    the last of them, however they end.
    """
    handle = os.open(folder / "server.lock", os.O_RDWR | os.O_CREAT, 0o600)
    if _hold(handle, server.encode()):
        return True
    os.close(handle)
    return False


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep everybody else out who asks for the same file; wait for who is in.

    For what takes no time, as looking at a small file and writing it, or happens once, as setting a
    data folder up; not to be nested.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        while not _lock(handle):
            time.sleep(_LOOK_SECONDS)
        yield
    finally:
        os.close(handle)


@contextmanager
def in_turn(path: Path) -> Iterator[None]:
    """Let the processes of this machine that ask for the same file in one after the other.

    Who waits is woken the moment the one before is done; on Windows one process serves alone. Where
    the file cannot be made there are no turns.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        yield
        return
    try:
        _wait_for(handle)
        yield
    finally:
        os.close(handle)


class SlotFolder:
    """Places ``0`` to ``n - 1`` in a folder; taking one never waits."""

    def __init__(self, folder: Path, n: int) -> None:
        self._folder = folder
        self._n = n

    def take(self) -> int | None:
        """Return a handle of a free place, or None when all are taken."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for place in range(self._n):
            handle = os.open(self._folder / f"slot-{place}.lock", os.O_RDWR | os.O_CREAT, 0o600)
            if _lock(handle):
                return handle
            os.close(handle)
        return None

    def give_back(self, handle: int) -> None:
        """Free a place that was taken."""
        with suppress(OSError):
            os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _wait_for(_handle: int) -> None:
        """Wait for nobody: there is one process."""

    def _hold(handle: int, _server: bytes) -> bool:
        """Lock for one process: a server has no others here."""
        return _lock(handle)

else:
    import fcntl

    def _lock(handle: int) -> bool:
        """Lock by open file, so that threads of one process keep each other out as well."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _wait_for(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)

    def _hold(handle: int, server: bytes) -> bool:
        """Lock together with the processes of the same server; whoever is alone writes its name."""
        for _ in range(_TRIES):
            if _lock(handle):
                os.ftruncate(handle, 0)
                os.pwrite(handle, server, 0)
                # another one may come in between: the name tells whose the folder is then
                fcntl.flock(handle, fcntl.LOCK_SH)
                return _name(handle) == server
            with suppress(BlockingIOError):
                fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
                return _name(handle) == server
            time.sleep(_PAUSE_SECONDS)  # somebody is writing its name
        return False

    def _name(handle: int) -> bytes:
        return os.pread(handle, 1024, 0)
