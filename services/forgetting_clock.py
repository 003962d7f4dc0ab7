"""Looks hourly for workshops that are over for 30 days, and forgets what was said in them."""

from __future__ import annotations

from typing import Protocol

from services.hourly import LOOK_SECONDS, HourlyClock, Leases

LEASE = "forget"


class Forgets(Protocol):
    """Knows the rooms that are over."""

    def forget_old(self) -> int:
        """Forget what was said long enough ago; return in how many rooms."""


def forgetting_clock(
    kept: Forgets, leases: Leases, *, seconds: float = LOOK_SECONDS
) -> HourlyClock[int]:
    """Return the clock; its looks return in how many rooms something was forgotten."""
    return HourlyClock(LEASE, kept.forget_old, 0, leases, seconds=seconds)
