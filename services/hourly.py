"""Does something every hour, also where nobody asks for a page, in one of all processes.

Of all processes on a data folder one does it: the one that holds the lease of its name.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

LOOK_SECONDS = 3600.0
Found = TypeVar("Found")


class Leases(Protocol):
    """Gives one holder at a time what it asks for."""

    def take(self, name: str, holder: str, seconds: float) -> bool:
        """Take or renew a lease."""

    def give_back(self, name: str, holder: str) -> None:
        """End a lease."""


class HourlyClock(Generic[Found]):
    """A thread that ends with its process.

    ``work`` returns what it did; ``nothing`` stands for it where another process works, or where a
    fault stood in the way.
    """

    def __init__(
        self,
        name: str,
        work: Callable[[], Found],
        nothing: Found,
        leases: Leases,
        *,
        seconds: float = LOOK_SECONDS,
    ) -> None:
        self._name = name
        self._work = work
        self._nothing = nothing
        self._leases = leases
        self._seconds = seconds
        self._log = logging.getLogger(f"keck.{name}")
        self._holder = secrets.token_hex(8)
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def look(self) -> Found:
        """Do what is due if this process holds the lease; return what that was.

        Whatever stands in the way, a lost database or a full disk, is told in the log; the next
        look comes.
        """
        try:
            # half as long again as the pause, so that the holder renews in time
            if not self._leases.take(self._name, self._holder, 1.5 * self._seconds):
                return self._nothing
            return self._work()
        except Exception as fault:  # the thread must outlive every fault: no other one looks
            self._log.error("nobody could look for what is due", exc_info=fault)
            return self._nothing

    def start(self) -> HourlyClock[Found]:
        """Look now and then every hour, in a thread that keeps no process alive."""
        self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """End the thread and leave the lease to another process."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
        self._leases.give_back(self._name, self._holder)

    def _run(self) -> None:
        while True:
            self.look()
            if self._ended.wait(self._seconds):
                return
