"""Sessions on the server: a token in a cookie, its hash in the database, an end in any case."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from data import accounts as stored
from data.accounts import AccountRow, SessionRow
from domain.roles import Role
from services.tokens import hash_of, new_token

IDLE = dt.timedelta(minutes=30)
LONGEST = dt.timedelta(hours=8)
_NOTED = dt.timedelta(minutes=1)
"""A use is written down once a minute: reading pages must not write all the time."""
_LONGEST_BROWSER = 40
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Account:
    """One account as pages show it; times are UTC."""

    id: str
    name: str
    role: Role
    department: str
    is_disabled: bool
    has_password: bool
    has_second_factor: bool
    created: dt.datetime
    last_sign_in: dt.datetime | None
    is_external: bool = False
    """Whether it signs in at a service elsewhere, which looks after password and second factor."""
    is_linked: bool = False
    """Whether it signs in there as well as with its password here."""

    @property
    def state(self) -> str:
        """How far the account is: ``disabled``, ``waiting`` for its password, or ``active``."""
        if self.is_disabled:
            return "disabled"
        return "active" if self.has_password or self.is_external else "waiting"

    @classmethod
    def of(cls, row: AccountRow) -> Account:
        """Return what may be shown of a stored account."""
        return cls(
            id=row.id,
            name=row.name,
            role=Role(row.role),
            department=row.department,
            is_disabled=row.is_disabled,
            has_password=bool(row.password_hash),
            has_second_factor=bool(row.totp_secret),
            created=row.created,
            last_sign_in=row.last_sign_in,
            is_external=bool(row.subject) and not row.password_hash,
            is_linked=bool(row.subject and row.password_hash),
        )


@dataclass(frozen=True)
class Session:
    """An open session: whose it is, and under which hash it is kept."""

    account: Account
    id: str
    browser: str
    created: dt.datetime
    last_seen: dt.datetime


class SessionService:
    """Opens, finds and ends sessions."""

    def __init__(self, database: sa.Engine, clock: Callable[[], dt.datetime]) -> None:
        self._database = database
        self._clock = clock

    def open(self, connection: sa.Connection, account_id: str, browser: str) -> str:
        """Enter a session within a transaction and return its token, which is told nobody else."""
        now, token = self._clock(), new_token()
        stored.delete_old_sessions(connection, begun_before=now - LONGEST, seen_before=now - IDLE)
        row = SessionRow(hash_of(token), account_id, browser[:_LONGEST_BROWSER], now, now)
        stored.insert_session(connection, row)
        return token

    def find(self, token: str) -> Session | None:
        """Return the session of a token; None for one that ended, or whose account did."""
        now = self._clock()
        with self._database.connect() as connection:
            row = stored.session_by_hash(connection, hash_of(token))
            account = stored.account_by(connection, id=row.account_id) if row else None
        if row is None or account is None or account.is_disabled or not _is_open(row, now):
            return None
        if now - row.last_seen >= _NOTED:
            self._touch(row.token_hash, now)
        return _session(row, account)

    def _touch(self, token_hash: str, now: dt.datetime) -> None:
        """Note the use; a full disk ends sessions early but keeps nobody from reading."""
        try:
            with self._database.begin() as connection:
                stored.touch_session(connection, token_hash, now)
        except sa.exc.DBAPIError as fault:
            _LOG.warning("the use of a session could not be noted: %s", fault.orig)

    def of(self, account_id: str) -> tuple[Session, ...]:
        """Return the open sessions of an account, the newest first."""
        now = self._clock()
        with self._database.connect() as connection:
            account = stored.account_by(connection, id=account_id)
            rows = stored.sessions_of(connection, account_id)
        return tuple(_session(row, account) for row in rows if account and _is_open(row, now))

    def end(self, account_id: str, session_id: str) -> bool:
        """End one session of an account; False where it has none such."""
        with self._database.begin() as connection:
            return bool(stored.delete_sessions(connection, account_id, only=session_id))

    def end_others(self, account_id: str, keep: str) -> None:
        """End all sessions of an account but one."""
        with self._database.begin() as connection:
            stored.delete_sessions(connection, account_id, keep=keep)


def _is_open(row: SessionRow, now: dt.datetime) -> bool:
    """Return whether a session goes on; a clock that was put back ends none."""
    return now - row.created < LONGEST and now - row.last_seen < IDLE


def _session(row: SessionRow, account: AccountRow) -> Session:
    return Session(Account.of(account), row.token_hash, row.browser, row.created, row.last_seen)
