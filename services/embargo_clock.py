"""Looks hourly for releases whose time has come, also where nobody asks for a page.

Requests look much more often (:mod:`web.embargo`).
"""

from __future__ import annotations

from typing import Protocol

from services.hourly import LOOK_SECONDS, HourlyClock, Leases

LEASE = "embargo"


class Due(Protocol):
    """Knows the releases that wait for their time."""

    def publish_due(self) -> list[str]:
        """Make public whose time has come."""


def embargo_clock(
    desk: Due, leases: Leases, *, seconds: float = LOOK_SECONDS
) -> HourlyClock[list[str]]:
    """Return the clock; its looks return the releases that became public."""
    return HourlyClock(LEASE, desk.publish_due, [], leases, seconds=seconds)
