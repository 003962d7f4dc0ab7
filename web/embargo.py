"""Releases approved for a moment to come: looked for while requests arrive."""

from __future__ import annotations

import threading
import time
from typing import Protocol

from flask import Flask

LOOK_SECONDS = 2.0
"""Each process looks at most this often, so that a request costs no statement more."""


class Due(Protocol):
    """Knows the releases that wait for their time."""

    def publish_due(self) -> list[str]:
        """Make public whose time has come."""


def register(server: Flask, desk: Due) -> None:
    """Look before requests are answered: nobody sees the old release after the moment."""
    lock, looked = threading.Lock(), [float("-inf")]

    @server.before_request
    def look() -> None:
        now = time.monotonic()
        with lock:
            if now - looked[0] < LOOK_SECONDS:
                return
            looked[0] = now
        desk.publish_due()
