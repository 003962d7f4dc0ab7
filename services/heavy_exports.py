"""Heavy exports take turns: two at a time on a machine, a few wait, others are asked to come back.

Pages keep free threads that way, however many reports are asked for.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from data.slots import SlotFolder

AT_ONCE = 2
"""Heavy exports at the same time, over all processes of the machine."""
MOST_WAITING = 4
"""Those that wait in one process: with the two at work they leave two of eight threads free."""
PATIENCE_SECONDS = 30.0
RETRY_SECONDS = 10
_PAUSE_SECONDS = 0.05

Got = TypeVar("Got")


class ExportsBusyError(Exception):
    """Too many exports wait already, or the wait was too long."""


class HeavyExports:
    """Hands out turns."""

    def __init__(
        self,
        folder: Path,
        *,
        patience: float = PATIENCE_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._slots = SlotFolder(folder, AT_ONCE)
        self._patience = patience
        self._clock = clock
        self._waiting = 0
        self._guard = threading.Lock()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Let the caller work when it is its turn.

        Raises
        ------
        ExportsBusyError
            The queue of this process is full, or no turn came within the patience.
        """
        handle = self.wait_for(self._slots.take)
        try:
            yield
        finally:
            self._slots.give_back(handle)

    def wait_for(self, take: Callable[[], Got | None]) -> Got:
        """Return what ``take`` has, at once or as one of the few who wait; None means not yet.

        Whoever waits for the file another one is making is counted here too: he holds a thread
        like those who wait for a turn.

        Raises
        ------
        ExportsBusyError
            As :meth:`turn`.
        """
        got = take()
        return self._wait(take) if got is None else got

    def _wait(self, take: Callable[[], Got | None]) -> Got:
        with self._guard:
            if self._waiting >= MOST_WAITING:
                raise ExportsBusyError("full")
            self._waiting += 1
        try:
            end = self._clock() + self._patience
            while self._clock() < end:
                got = take()
                if got is not None:
                    return got
                time.sleep(_PAUSE_SECONDS)
            raise ExportsBusyError("patience")
        finally:
            with self._guard:
                self._waiting -= 1
