"""Whoever is signed in proves it again before what an open session alone must not do."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from data import accounts as stored
from data.accounts import writing
from services.accounts import AccountRefusedError
from services.sign_in import FAULTS_A_MINUTE
from services.tokens import hash_of

_MINUTE = dt.timedelta(minutes=1)


class WrongProofError(AccountRefusedError):
    """Password or code are wrong."""


class ProofAgain:
    """Counts wrong passwords and codes of an account in use: five a minute, then a rest.

    Who found a browser open, or stole its cookie, could otherwise try all codes there are.
    """

    def __init__(self, database: sa.Engine, clock: Callable[[], dt.datetime]) -> None:
        self._database = database
        self._clock = clock

    def admit(self, account_id: str) -> None:
        """Refuse another trial where there were too many.

        Raises
        ------
        AccountRefusedError
            There were five mistakes within a minute.
        """
        since = self._clock() - _MINUTE
        with self._database.connect() as connection:
            count = stored.faults_since(connection, _subject(account_id), since)
        if count >= FAULTS_A_MINUTE:
            raise AccountRefusedError("staff.problem.too_many")

    @contextmanager
    def counted(self, account_id: str) -> Iterator[None]:
        """Let something be tried; a :class:`WrongProofError` in it is a mistake.

        Raises
        ------
        AccountRefusedError
            There were five mistakes within a minute.
        """
        self.admit(account_id)
        try:
            yield
        except WrongProofError:
            now = self._clock()
            with writing(self._database) as connection:
                stored.delete_faults(connection, now - _MINUTE)
                subject = _subject(account_id)
                stored.insert_fault(connection, secrets.token_hex(8), subject, now)
            raise


def _subject(account_id: str) -> str:
    return f"again:{hash_of(account_id)}"
