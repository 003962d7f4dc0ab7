"""Accounts as whoever looks after them sees them: add, change, disable, reset."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from data import accounts as stored
from data.accounts import INSTALLATION, AccountRow, writing
from data.audit import AuditEntry, write_audit
from domain.roles import ACCOUNT_ROLES, Role, account_name, department_name
from services.sessions import Account
from services.tokens import hash_of, new_token

LINK_DAYS = 3
FIRST_LINK_MINUTES = 15


class AccountRefusedError(Exception):
    """Something an account cannot be or become; ``key`` and ``params`` name the text."""

    def __init__(self, key: str, **params: str) -> None:
        super().__init__(f"{key} {params}")
        self.key = key
        self.params = params


class AccountService:
    """Keeps the accounts of a data folder; every change is a row of the audit log.

    ``actor`` is who does it: the name of an account, or ``cli`` for the command line.
    """

    def __init__(self, database: sa.Engine, clock: Callable[[], dt.datetime]) -> None:
        self._database = database
        self._clock = clock

    def all(self) -> tuple[Account, ...]:
        """Return all accounts by name."""
        with self._database.connect() as connection:
            return tuple(Account.of(row) for row in stored.accounts(connection))

    def get(self, account_id: str) -> Account | None:
        """Return an account, or None."""
        with self._database.connect() as connection:
            row = stored.account_by(connection, id=account_id)
        return Account.of(row) if row else None

    def named(self, name: str) -> Account | None:
        """Return the account with a name, or None."""
        with self._database.connect() as connection:
            row = stored.account_by(connection, name=account_name(name) or "")
        return Account.of(row) if row else None

    def add(self, name: str, role: Role, department: str, *, actor: str) -> tuple[Account, str]:
        """Enter an account without a password; return it with the token of its set-up link.

        Raises
        ------
        AccountRefusedError
            The name cannot be one or is taken, or there is no such role or department.
        """
        row = new_row(name, role, department, self._clock())
        token = new_token()
        with writing(self._database) as connection:
            if stored.account_by(connection, name=row.name):
                raise AccountRefusedError("staff.refused.name_taken", name=row.name)
            stored.insert_account(connection, row)
            self._link(connection, row.id, token)
            # who has been given an account needs no link of the first start any more
            stored.delete_setup_links(connection, "")
            self._note(connection, actor, "account_add", f"{row.name} ({row.role})")
        return Account.of(row), token

    def change(
        self,
        account_id: str,
        *,
        role: Role | None = None,
        department: str | None = None,
        is_disabled: bool | None = None,
        actor: str,
    ) -> Account:
        """Change what is given; with the role or the access all sessions of the account end.

        Raises
        ------
        AccountRefusedError
            No such account, role or department, or nobody would be left to look after accounts.
        """
        wanted = {"role": role, "department": department, "is_disabled": is_disabled}
        with writing(self._database) as connection:
            row = _row(connection, account_id)
            changes = {k: v for k, v in wanted.items() if v is not None and getattr(row, k) != v}
            _check_changes(changes)
            _keep_an_admin(connection, row, changes)
            if changes:
                stored.update_account(connection, row.id, **changes)
            if {"role", "is_disabled"} & changes.keys():
                stored.delete_sessions(connection, row.id)
            if changes.get("is_disabled"):
                stored.delete_setup_links(connection, row.id)
            for action, to in _actions(changes).items():
                self._note(connection, actor, action, row.name + (f" ({to})" if to else ""))
            return Account.of(_row(connection, account_id))

    def reset(self, account_id: str, *, actor: str) -> tuple[Account, str]:
        """Take password, second factor, sessions and the link to a service elsewhere away.

        Returns the account and the token of a new set-up link.

        Raises
        ------
        AccountRefusedError
            No such account, a disabled one, or one that signs in elsewhere only.
        """
        token = new_token()
        with writing(self._database) as connection:
            row = _row(connection, account_id)
            if row.is_disabled:
                raise AccountRefusedError("staff.refused.disabled", name=row.name)
            if row.subject and not row.password_hash:
                raise AccountRefusedError("staff.refused.outside", name=row.name)
            stored.update_account(
                connection, row.id, password_hash="", totp_secret="", totp_pending="", subject=""
            )
            stored.replace_recovery_codes(connection, row.id, ())
            stored.delete_sessions(connection, row.id)
            self._link(connection, row.id, token)
            self._note(connection, actor, "account_reset", row.name)
            if row.subject:
                self._note(connection, actor, "account_unlink", row.name)
        return Account.of(row), token

    def unlink(self, account_id: str, *, actor: str) -> Account:
        """Take the link to a service elsewhere away; all sessions of the account end.

        Who somebody is there is free for another account afterwards.

        Raises
        ------
        AccountRefusedError
            No such account, one that is not linked, or one that is not disabled and would be left
            without any way in.
        """
        with writing(self._database) as connection:
            row = _row(connection, account_id)
            if not row.subject:
                raise AccountRefusedError("staff.link.none")
            if not row.password_hash and not row.is_disabled:
                raise AccountRefusedError("staff.link.only_way", name=row.name)
            stored.update_account(connection, row.id, subject="")
            stored.delete_sessions(connection, row.id)
            self._note(connection, actor, "account_unlink", row.name)
            return Account.of(_row(connection, account_id))

    def first_link(self) -> str | None:
        """Return the token of a link that makes the first admin; None where accounts exist."""
        token = new_token()
        expires = self._clock() + dt.timedelta(minutes=FIRST_LINK_MINUTES)
        with writing(self._database) as connection:
            if stored.accounts(connection):
                return None
            stored.put_setup_link(connection, hash_of(token), "", expires)
        return token

    def _link(self, connection: sa.Connection, account_id: str, token: str) -> None:
        expires = self._clock() + dt.timedelta(days=LINK_DAYS)
        stored.put_setup_link(connection, hash_of(token), account_id, expires)

    def _note(self, connection: sa.Connection, actor: str, action: str, name: str) -> None:
        entry = AuditEntry(actor, action, "", "done", f"account {name}")
        write_audit(connection, INSTALLATION, entry, self._clock())


def new_row(name: str, role: Role, department: str, now: dt.datetime) -> AccountRow:
    """Return an account without a password.

    Raises
    ------
    AccountRefusedError
        The name or the department cannot be one, or the role is none of an account.
    """
    plain, place = account_name(name), department_name(department)
    if plain is None:
        raise AccountRefusedError("staff.refused.name")
    _check_changes({"role": role, "department": department})
    return AccountRow(
        id=secrets.token_hex(8), name=plain, role=str(role), department=place or "",
        password_hash="", totp_secret="", totp_pending="", totp_step=0, is_disabled=False,
        created=now, last_sign_in=None,
    )  # fmt: skip


def _check_changes(changes: dict[str, Any]) -> None:
    """Refuse what an account cannot have, and bring the rest into one spelling."""
    if "role" in changes:
        if changes["role"] not in ACCOUNT_ROLES:
            raise AccountRefusedError("staff.refused.role")
        changes["role"] = str(changes["role"])
    if "department" in changes:
        place = department_name(changes["department"])
        if place is None:
            raise AccountRefusedError("staff.refused.department")
        changes["department"] = place


def _row(connection: sa.Connection, account_id: str) -> AccountRow:
    row = stored.account_by(connection, id=account_id)
    if row is None:
        raise AccountRefusedError("staff.refused.no_account")
    return row


def _keep_an_admin(connection: sa.Connection, row: AccountRow, changes: dict[str, Any]) -> None:
    """Refuse what would leave no admin who can sign in or could set the account up."""
    leaves = changes.get("is_disabled") or changes.get("role", Role.ADMIN) != Role.ADMIN
    if row.role != Role.ADMIN or row.is_disabled or not leaves:
        return
    others = [
        x for x in stored.accounts(connection)
        if x.role == Role.ADMIN and not x.is_disabled and x.id != row.id and x.password_hash
    ]  # fmt: skip
    if not others:
        raise AccountRefusedError("staff.refused.last_admin", name=row.name)


def _actions(changes: dict[str, Any]) -> dict[str, str]:
    """Return how changes are called in the audit log, each with what it led to."""
    found = {f"account_{k}": str(changes[k]) for k in ("role", "department") if k in changes}
    if "is_disabled" in changes:
        found["account_disable" if changes["is_disabled"] else "account_enable"] = ""
    return found
