"""Links that set an account up: one use, an end, and the first of them makes the first admin."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import sqlalchemy as sa

from data import accounts as stored
from data.accounts import INSTALLATION, writing
from data.audit import AuditEntry, write_audit
from domain.roles import Role
from services.account_ground import AccountGround
from services.accounts import AccountRefusedError, new_row
from services.passwords import weakness
from services.tokens import hash_of


@dataclass(frozen=True)
class SetupLink:
    """What a link is for: an account by its name, or the first account of all."""

    account_id: str
    name: str
    expires: dt.datetime

    @property
    def is_first(self) -> bool:
        """Whether it makes the first admin, whose name is still to be chosen."""
        return not self.account_id


class SetupService:
    """Reads links and uses them up."""

    def __init__(self, ground: AccountGround) -> None:
        self._ground = ground

    def link(self, token: str) -> SetupLink | None:
        """Return what a token is for; None for one that is unknown, used or out of date."""
        with self._ground.database.connect() as connection:
            return self._link(connection, token)

    def _link(self, connection: sa.Connection, token: str) -> SetupLink | None:
        found = stored.setup_link(connection, hash_of(token))
        if found is None or found[1] <= self._ground.clock():
            return None
        account_id, expires = found
        if not account_id:
            return None if stored.accounts(connection) else SetupLink("", "", expires)
        row = stored.account_by(connection, id=account_id)
        return SetupLink(row.id, row.name, expires) if row and not row.is_disabled else None

    def finish(self, token: str, name: str, password: str, browser: str) -> str:
        """Set the password, use the link up, and return the token of a session.

        Parameters
        ----------
        name
            Name of the first admin; without meaning for any other link.

        Raises
        ------
        AccountRefusedError
            The link counts no more, the name cannot be one, or the password is refused.
        HashesBusyError
            Too many passwords are being worked on.
        """
        link = self.link(token)
        if link is None:
            raise AccountRefusedError("staff.refused.link")
        row = new_row(name, Role.ADMIN, "", self._ground.clock()) if link.is_first else None
        weak = weakness(password, (row.name if row else link.name,))
        if weak:
            raise AccountRefusedError(weak)
        with self._ground.passwords.turn():
            password_hash = self._ground.passwords.hash(password)
        with writing(self._ground.database) as connection:
            if self._link(connection, token) is None:
                raise AccountRefusedError("staff.refused.link")
            stored.take_setup_link(connection, hash_of(token))
            if row is not None:
                stored.insert_account(connection, replace(row, password_hash=password_hash))
            else:
                stored.update_account(connection, link.account_id, password_hash=password_hash)
                stored.delete_sessions(connection, link.account_id)
            account_id, actor = (row.id, row.name) if row else (link.account_id, link.name)
            stored.update_account(connection, account_id, last_sign_in=self._ground.clock())
            entry = AuditEntry(actor, "account_setup", "", "done", f"account {actor}")
            write_audit(connection, INSTALLATION, entry, self._ground.clock())
            return self._ground.sessions.open(connection, account_id, browser)
