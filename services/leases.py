"""Leases: of several processes one does what must not be done twice, until its time is over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import sqlalchemy as sa

from data.accounts import writing
from data.leases import put_lease, take_lease


class LeaseService:
    """Gives a lease to the first who asks; another gets it once it has run out or was given back.

    ``clock`` tells the time in UTC.
    """

    def __init__(self, database: sa.Engine, clock: Callable[[], dt.datetime]) -> None:
        self._database = database
        self._clock = clock

    def take(self, name: str, holder: str, seconds: float) -> bool:
        """Take or renew a lease; False where another holder has it."""
        now = self._clock()
        with writing(self._database) as connection:
            return take_lease(connection, name, holder, now, now + dt.timedelta(seconds=seconds))

    def give_back(self, name: str, holder: str) -> None:
        """End an own lease now."""
        with writing(self._database) as connection:
            put_lease(connection, name, holder, self._clock())
