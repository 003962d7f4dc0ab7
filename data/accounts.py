"""Accounts and what belongs to them, as statements within a transaction of the caller.

Accounts belong to a data folder, not to the town it serves at the moment: whoever set one up on
the demo town keeps it when the own town is imported. Their rows therefore stand under
:data:`INSTALLATION` where other tables name a town.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from data.account_tables import ACCOUNTS, RECOVERY_CODES, SESSIONS, SETUP_LINKS, SIGN_IN_FAULTS

INSTALLATION = "*"
_LOCK = 0x4B45434B
"""Number of the lock that writers hold in PostgreSQL: the letters KECK."""


@dataclass(frozen=True)
class AccountRow:
    """One account as it is stored; times are UTC, an empty text stands for "none"."""

    id: str
    name: str
    role: str
    department: str
    password_hash: str
    totp_secret: str
    totp_pending: str
    totp_step: int
    is_disabled: bool
    created: dt.datetime
    last_sign_in: dt.datetime | None
    subject: str = ""
    """Who this is at the service for signing in, empty for nobody there.

    Beside a password the account is linked: there are two ways in.
    """


@dataclass(frozen=True)
class SessionRow:
    """One session: the hash of its token, whose it is, where it was opened, and when."""

    token_hash: str
    account_id: str
    browser: str
    created: dt.datetime
    last_seen: dt.datetime


@contextmanager
def writing(database: sa.Engine) -> Iterator[sa.Connection]:
    """Give a connection that writes alone, so that what was read is still so when it is written.

    Needed wherever a row depends on others: the chain of the audit log, the last admin.
    """
    with database.begin() as connection:
        if database.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        yield connection


_A, _S, _L = ACCOUNTS.c, SESSIONS.c, SETUP_LINKS.c
_ACCOUNT = [c for c in ACCOUNTS.c if c.name != "town"]
_SESSION = [c for c in SESSIONS.c if c.name != "town"]


def accounts(connection: sa.Connection) -> list[AccountRow]:
    """Return all accounts by name."""
    rows = connection.execute(
        sa.select(*_ACCOUNT).where(_A.town == INSTALLATION).order_by(_A.name)
    ).mappings()
    return [AccountRow(**row) for row in rows]


def account_by(connection: sa.Connection, **wanted: str) -> AccountRow | None:
    """Return the account with an ``id``, a ``name`` or a ``subject``, or None."""
    where = [ACCOUNTS.c[name] == value for name, value in wanted.items()]
    row = (
        connection.execute(sa.select(*_ACCOUNT).where(_A.town == INSTALLATION, *where))
        .mappings()
        .first()
    )
    return AccountRow(**row) if row else None


def insert_account(connection: sa.Connection, row: AccountRow) -> None:
    """Enter an account; ``sqlalchemy.exc.IntegrityError`` where the name is taken."""
    connection.execute(sa.insert(ACCOUNTS).values(town=INSTALLATION, **vars(row)))


def update_account(connection: sa.Connection, account_id: str, **changes: Any) -> None:
    """Change columns of an account."""
    connection.execute(
        sa.update(ACCOUNTS).where(_A.town == INSTALLATION, _A.id == account_id).values(**changes)
    )


def insert_session(connection: sa.Connection, row: SessionRow) -> None:
    """Enter a session."""
    connection.execute(sa.insert(SESSIONS).values(town=INSTALLATION, **vars(row)))


def session_by_hash(connection: sa.Connection, token_hash: str) -> SessionRow | None:
    """Return a session, or None."""
    row = (
        connection.execute(
            sa.select(*_SESSION).where(_S.town == INSTALLATION, _S.token_hash == token_hash)
        )
        .mappings()
        .first()
    )
    return SessionRow(**row) if row else None


def sessions_of(connection: sa.Connection, account_id: str) -> list[SessionRow]:
    """Return the sessions of an account, the newest first."""
    rows = connection.execute(
        sa.select(*_SESSION)
        .where(_S.town == INSTALLATION, _S.account_id == account_id)
        .order_by(_S.created.desc())
    ).mappings()
    return [SessionRow(**row) for row in rows]


def touch_session(connection: sa.Connection, token_hash: str, now: dt.datetime) -> None:
    """Note that a session was used."""
    connection.execute(
        sa.update(SESSIONS)
        .where(_S.town == INSTALLATION, _S.token_hash == token_hash)
        .values(last_seen=now)
    )


def delete_sessions(
    connection: sa.Connection, account_id: str, *, keep: str = "", only: str = ""
) -> int:
    """End sessions of an account, all but ``keep`` or ``only`` one; return how many."""
    where = [_S.town == INSTALLATION, _S.account_id == account_id, _S.token_hash != keep]
    if only:
        where.append(_S.token_hash == only)
    return connection.execute(sa.delete(SESSIONS).where(*where)).rowcount


def delete_old_sessions(
    connection: sa.Connection, *, begun_before: dt.datetime, seen_before: dt.datetime
) -> None:
    """Delete what has ended by itself."""
    connection.execute(
        sa.delete(SESSIONS).where(
            _S.town == INSTALLATION,
            sa.or_(_S.created < begun_before, _S.last_seen < seen_before),
        )
    )


def put_setup_link(
    connection: sa.Connection, token_hash: str, account_id: str, expires: dt.datetime
) -> None:
    """Enter a link for an account, empty for the first one; earlier links of it end."""
    connection.execute(
        sa.delete(SETUP_LINKS).where(_L.town == INSTALLATION, _L.account_id == account_id)
    )
    connection.execute(
        sa.insert(SETUP_LINKS).values(
            town=INSTALLATION, token_hash=token_hash, account_id=account_id, expires=expires
        )
    )


def setup_link(connection: sa.Connection, token_hash: str) -> tuple[str, dt.datetime] | None:
    """Return the account a link is for and when it ends, or None."""
    row = connection.execute(
        sa.select(_L.account_id, _L.expires).where(
            _L.town == INSTALLATION, _L.token_hash == token_hash
        )
    ).first()
    return (row.account_id, row.expires) if row else None


def take_setup_link(connection: sa.Connection, token_hash: str) -> bool:
    """Use a link up; False where somebody else did before."""
    found = connection.execute(
        sa.delete(SETUP_LINKS).where(_L.town == INSTALLATION, _L.token_hash == token_hash)
    )
    return found.rowcount == 1


def delete_setup_links(connection: sa.Connection, account_id: str) -> None:
    """End all links of an account."""
    connection.execute(
        sa.delete(SETUP_LINKS).where(_L.town == INSTALLATION, _L.account_id == account_id)
    )


def replace_recovery_codes(
    connection: sa.Connection, account_id: str, hashes: Sequence[str]
) -> None:
    """Put new codes in the place of all earlier ones."""
    codes = RECOVERY_CODES.c
    connection.execute(
        sa.delete(RECOVERY_CODES).where(codes.town == INSTALLATION, codes.account_id == account_id)
    )
    for code_hash in hashes:
        connection.execute(
            sa.insert(RECOVERY_CODES).values(
                town=INSTALLATION, account_id=account_id, code_hash=code_hash
            )
        )


def take_recovery_code(connection: sa.Connection, account_id: str, code_hash: str) -> bool:
    """Use a code up; False where there is none such."""
    codes = RECOVERY_CODES.c
    found = connection.execute(
        sa.delete(RECOVERY_CODES).where(
            codes.town == INSTALLATION,
            codes.account_id == account_id,
            codes.code_hash == code_hash,
        )
    )
    return found.rowcount == 1


def count_recovery_codes(connection: sa.Connection, account_id: str) -> int:
    """Return how many codes are left."""
    codes = RECOVERY_CODES.c
    return connection.execute(
        sa.select(sa.func.count())
        .select_from(RECOVERY_CODES)
        .where(codes.town == INSTALLATION, codes.account_id == account_id)
    ).scalar_one()


def insert_fault(connection: sa.Connection, fault_id: str, subject: str, now: dt.datetime) -> None:
    """Note a failed sign-in of a subject (an account or an address, hashed)."""
    connection.execute(
        sa.insert(SIGN_IN_FAULTS).values(town=INSTALLATION, id=fault_id, subject=subject, at=now)
    )


def faults_since(connection: sa.Connection, subject: str, since: dt.datetime) -> int:
    """Return how often a subject failed since a moment."""
    faults = SIGN_IN_FAULTS.c
    return connection.execute(
        sa.select(sa.func.count())
        .select_from(SIGN_IN_FAULTS)
        .where(faults.town == INSTALLATION, faults.subject == subject, faults.at > since)
    ).scalar_one()


def delete_faults(connection: sa.Connection, before: dt.datetime) -> None:
    """Forget what no longer counts."""
    faults = SIGN_IN_FAULTS.c
    connection.execute(
        sa.delete(SIGN_IN_FAULTS).where(faults.town == INSTALLATION, faults.at < before)
    )
