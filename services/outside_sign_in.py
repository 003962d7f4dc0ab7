"""Signing in elsewhere: an account whose role its groups decide, or one that was linked here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

import sqlalchemy as sa

from data import accounts as stored
from data.accounts import INSTALLATION, AccountRow, writing
from data.audit import AuditEntry, write_audit
from data.outside_sign_ins import OutsideRow
from domain.roles import Role, account_name, department_name
from services.accounts import AccountRefusedError, new_row
from services.outside_flow import Answer, Browser, OutsideFlow
from services.outside_links import OutsideLinkService
from services.outside_provider import Identity
from services.sessions import Session, SessionService
from services.sign_in import NOBODY, NoSignIn, NoSignInError


@dataclass(frozen=True)
class Came:
    """How somebody came back: ``token`` of a new session, or None where an account was linked.

    ``wanted`` is the own address to go on to, empty for none.
    """

    token: str | None
    wanted: str


class _NameError(Exception):
    """No account of that name can be added; ``reason`` says why."""

    def __init__(self, reason: NoSignIn) -> None:
        super().__init__(str(reason))
        self.reason = reason


class OutsideSignInService:
    """Begins and ends sign-ins at the service of the settings."""

    def __init__(
        self,
        database: sa.Engine,
        clock: Callable[[], dt.datetime],
        sessions: SessionService,
        flow: OutsideFlow,
        links: OutsideLinkService,
    ) -> None:
        self._database = database
        self._clock = clock
        self._sessions = sessions
        self._flow = flow
        self._links = links

    def begin(self, browser: Browser, wanted: str, redirect_uri: str) -> str:
        """Return the address at the service to go to; as :meth:`OutsideFlow.begin`.

        Raises
        ------
        NoSignInError
            Too many were begun or failed, or the service cannot be reached.
        """
        return self._flow.begin(browser, wanted, redirect_uri)

    def finish(self, browser: Browser, answer: Answer, session: Session | None) -> Came:
        """Sign somebody in, or link the account of the open session where that was begun.

        Raises
        ------
        NoSignInError
            The answer fits nothing that this browser began, proves nobody, or who it is has no
            rights here.
        AccountRefusedError
            The account of the session cannot be linked.
        """
        row = self._flow.take(browser, answer.state)
        if row.session_hash:
            self._links.finish(row, browser, answer, session)
            return Came(None, row.wanted)
        return Came(self._sign_in(row, browser, answer), row.wanted)

    def _sign_in(self, row: OutsideRow, browser: Browser, answer: Answer) -> str:
        identity, role = self._flow.proved(row, browser, answer)
        try:
            with writing(self._database) as connection:
                known = stored.account_by(connection, subject=identity.subject)
                account = self._account(connection, known, identity, role)
                if account is not None:
                    return self._open(connection, account, browser)
                self._note(connection, account_name(identity.name) or NOBODY, "refused")
            raise NoSignInError(NoSignIn.NO_GROUP)
        except _NameError as refused:
            with writing(self._database) as connection:
                self._note(connection, NOBODY, "refused")
            raise NoSignInError(refused.reason) from refused

    def _account(
        self, connection: sa.Connection, known: AccountRow | None, identity: Identity, role: Role
    ) -> AccountRow | None:
        """Return the account with the role its groups give; None where they give none.

        A linked account keeps the role and department it was given here: the service only says
        who somebody is, and whether they still are in one of the groups.
        """
        if role is Role.PUBLIC or (known is not None and known.is_disabled):
            if known is not None:
                stored.delete_sessions(connection, known.id)
            return None
        if known is not None and known.password_hash:
            return known
        department = department_name(identity.department or "") or ""
        if known is None:
            return self._added(connection, identity, role, department)
        wanted = {"role": str(role)}
        if identity.department is not None:
            wanted["department"] = department
        changes = {k: v for k, v in wanted.items() if getattr(known, k) != v}
        if changes:
            stored.update_account(connection, known.id, **changes)
            stored.delete_sessions(connection, known.id)
            for name, value in changes.items():
                about = f"account {known.name} ({value})"
                self._tell(connection, known.name, f"account_{name}", "done", about)
        return replace(known, **changes)  # type: ignore[arg-type]  # columns of text only

    def _added(
        self, connection: sa.Connection, identity: Identity, role: Role, department: str
    ) -> AccountRow:
        try:
            row = new_row(identity.name, role, department, self._clock())
        except AccountRefusedError as refused:
            raise _NameError(NoSignIn.NAME) from refused
        if stored.account_by(connection, name=row.name):
            # an account with a password is never taken over by whoever has its name elsewhere
            raise _NameError(NoSignIn.NAME_TAKEN)
        row = replace(row, subject=identity.subject)
        stored.insert_account(connection, row)
        stored.delete_setup_links(connection, "")
        self._tell(connection, row.name, "account_add", "done", f"account {row.name} ({role})")
        return row

    def _open(self, connection: sa.Connection, row: AccountRow, browser: Browser) -> str:
        stored.update_account(connection, row.id, last_sign_in=self._clock())
        self._note(connection, row.name, "done_outside")
        return self._sessions.open(connection, row.id, browser.name)

    def _note(self, connection: sa.Connection, actor: str, result: str) -> None:
        self._tell(connection, actor, "sign_in", result, "account")

    def _tell(
        self, connection: sa.Connection, actor: str, action: str, result: str, about: str
    ) -> None:
        entry = AuditEntry(actor, action, "", result, about)
        write_audit(connection, INSTALLATION, entry, self._clock())
