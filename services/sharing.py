"""Short links, and where single charts may be embedded.

A code leads to an address of this application and to nothing else. An address is kept once;
who asked for it is not kept.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections import deque
from collections.abc import Callable
from enum import StrEnum

import sqlalchemy as sa

from data.appdb import DATABASE_FAULTS, SHORT_LINKS
from domain.links import LONGEST_CODE, SHORTEST_CODE, code_of, is_code

NEW_IN_A_MINUTE = 60
"""New addresses that one process keeps in a minute; those known already cost nothing."""
MOST_LINKS = 200_000
_MINUTE = dt.timedelta(minutes=1)
_LOG = logging.getLogger(__name__)


class NoLink(StrEnum):
    """Why there is no short link; the full one always works."""

    OFF = "off"
    BUSY = "busy"
    FULL = "full"
    FAULT = "fault"
    INTERNAL = "internal"


class NoShortLinkError(Exception):
    """There is no short link; ``reason`` says why."""

    def __init__(self, reason: NoLink) -> None:
        super().__init__(str(reason))
        self.reason = reason


class SharingService:
    """Keeps addresses under codes; knows which sites may embed charts."""

    def __init__(
        self,
        database: sa.Engine,
        clock: Callable[[], dt.datetime],
        *,
        makes_links: bool = True,
        ancestors: tuple[str, ...] = (),
    ) -> None:
        self._database = database
        self._clock = clock
        self._makes_links = makes_links
        self._new: deque[dt.datetime] = deque()
        self._lock = threading.Lock()
        self.ancestors = ancestors
        """Origins of the sites that may embed charts; none unless a setting names them."""

    def shorten(self, town: str, target: str) -> str:
        """Return the code of an address, the same for the same address.

        Parameters
        ----------
        target
            Path and query as :func:`domain.links.own_target` writes them.

        Raises
        ------
        NoShortLinkError
            Switched off, too many new ones at once or in all, or the database cannot be written.
        """
        if not self._makes_links:
            raise NoShortLinkError(NoLink.OFF)
        try:
            for length in range(SHORTEST_CODE, LONGEST_CODE + 1):
                code = code_of(town, target, length)
                if self._keep(town, code, target) == target:
                    return code
        except DATABASE_FAULTS as fault:
            _LOG.warning("a short link could not be kept: %s", fault)
        raise NoShortLinkError(NoLink.FAULT)

    def target_of(self, town: str, code: str) -> str | None:
        """Return the address a code leads to, or None where nobody made such a code.

        Raises
        ------
        NoShortLinkError
            The database cannot be read.
        """
        if not is_code(code):
            return None
        try:
            with self._database.connect() as connection:
                return self._found(connection, town, code)
        except DATABASE_FAULTS as fault:
            _LOG.error("a short link could not be read: %s", fault)
            raise NoShortLinkError(NoLink.FAULT) from fault

    def _keep(self, town: str, code: str, target: str) -> str | None:
        """Return the address kept under a code, entering this one where there was none."""
        with self._database.connect() as connection:
            found = self._found(connection, town, code)
        if found is not None:
            return found
        self._refuse_crowds(town)
        row = {"town": town, "code": code, "target": target, "created": self._clock()}
        try:
            with self._database.begin() as connection:
                connection.execute(sa.insert(SHORT_LINKS).values(**row))
        except sa.exc.IntegrityError:
            # somebody else was quicker: what counts is what stands there now
            with self._database.connect() as connection:
                return self._found(connection, town, code)
        return target

    def _found(self, connection: sa.Connection, town: str, code: str) -> str | None:
        found: str | None = connection.execute(
            sa.select(SHORT_LINKS.c.target).where(
                SHORT_LINKS.c.town == town, SHORT_LINKS.c.code == code
            )
        ).scalar()
        return found

    def _refuse_crowds(self, town: str) -> None:
        now = self._clock()
        with self._lock:
            while self._new and self._new[0] <= now - _MINUTE:
                self._new.popleft()
            if len(self._new) >= NEW_IN_A_MINUTE:
                raise NoShortLinkError(NoLink.BUSY)
            self._new.append(now)
        with self._database.connect() as connection:
            kept = connection.execute(
                sa.select(sa.func.count()).where(SHORT_LINKS.c.town == town)
            ).scalar_one()
        if kept >= MOST_LINKS:
            raise NoShortLinkError(NoLink.FULL)
