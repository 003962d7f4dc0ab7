"""Looks hourly for releases whose time has come, also where nobody asks for a page.

Requests look much more often (:mod:`web.embargo`). Of all processes on a data folder one looks:
the one that holds the lease.
"""

from __future__ import annotations

import logging
import secrets
import threading
from typing import Protocol

LOOK_SECONDS = 3600.0
LEASE = "embargo"
_LOG = logging.getLogger("keck.embargo")


class Due(Protocol):
    """Knows the releases that wait for their time."""

    def publish_due(self) -> list[str]:
        """Make public whose time has come."""


class Leases(Protocol):
    """Gives one holder at a time what it asks for."""

    def take(self, name: str, holder: str, seconds: float) -> bool:
        """Take or renew a lease."""

    def give_back(self, name: str, holder: str) -> None:
        """End a lease."""


class EmbargoClock:
    """A thread that ends with its process."""

    def __init__(self, desk: Due, leases: Leases, *, seconds: float = LOOK_SECONDS) -> None:
        self._desk = desk
        self._leases = leases
        self._seconds = seconds
        self._holder = secrets.token_hex(8)
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def look(self) -> list[str]:
        """Publish what is due if this process holds the lease; return which releases.

        Whatever stands in the way, a lost database or a full disk, is told in the log; the next
        look comes.
        """
        try:
            # half as long again as the pause, so that the holder renews in time
            if not self._leases.take(LEASE, self._holder, 1.5 * self._seconds):
                return []
            return self._desk.publish_due()
        except Exception as fault:  # the thread must outlive every fault: no other one looks
            _LOG.error("nobody could look for what is due", exc_info=fault)
            return []

    def start(self) -> EmbargoClock:
        """Look now and then every hour, in a thread that keeps no process alive."""
        self._thread = threading.Thread(target=self._run, name="embargo", daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """End the thread and leave the lease to another process."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
        self._leases.give_back(LEASE, self._holder)

    def _run(self) -> None:
        while True:
            self.look()
            if self._ended.wait(self._seconds):
                return
