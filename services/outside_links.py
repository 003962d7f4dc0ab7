"""Linking an account of this program to who its owner is at the service elsewhere, and back.

Nothing is ever linked by a name or an e-mail address: whoever owns the account proves it with
password and code, and who they are elsewhere by signing in there, in the same session.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import sqlalchemy as sa

from data import accounts as stored
from data.accounts import INSTALLATION, AccountRow, writing
from data.audit import AuditEntry, write_audit
from data.outside_sign_ins import OutsideRow
from domain.roles import Role
from services.accounts import AccountRefusedError
from services.outside_flow import Answer, Browser, OutsideFlow
from services.outside_provider import Identity
from services.passwords import Passwords
from services.proof_again import ProofAgain, WrongProofError
from services.sealing import Sealing
from services.second_factor import take_code
from services.sessions import Session
from services.sign_in import NoSignIn, NoSignInError


class OutsideLinkService:
    """Links the account of a session and takes the link away; every change is a row of the log.

    ``flow`` is None where the settings name no service: links can still be taken away then.
    """

    def __init__(
        self,
        database: sa.Engine,
        clock: Callable[[], dt.datetime],
        passwords: Passwords,
        sealing: Sealing,
        flow: OutsideFlow | None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._passwords = passwords
        self._sealing = sealing
        self._flow = flow
        self._again = ProofAgain(database, clock)

    def begin(
        self, session: Session, proof: tuple[str, str], browser: Browser, way: tuple[str, str]
    ) -> str:
        """Return the address at the service to sign in at.

        Parameters
        ----------
        proof
            Password of the account and code of its second factor, empty where it has none.
        way
            Own address to go on to afterwards, and the one the service sends the browser back to.

        Raises
        ------
        AccountRefusedError
            There is no service, the account is linked or has no password of its own, password or
            code are wrong, too many were, or the service cannot be reached.
        HashesBusyError
            Too many passwords are being worked on.
        """
        if self._flow is None:
            raise AccountRefusedError("staff.link.no_service")
        row = self._row(session)
        if row.subject:
            raise AccountRefusedError("staff.link.already")
        self._prove(row, *proof)
        try:
            return self._flow.begin(browser, *way, session_id=session.id)
        except NoSignInError as none:
            raise _told(none) from none

    def finish(
        self, row: OutsideRow, browser: Browser, answer: Answer, session: Session | None
    ) -> None:
        """Link the account of a session to who signed in elsewhere.

        Raises
        ------
        NoSignInError
            This browser has no open session, or another one than that which began.
        AccountRefusedError
            The answer proves nobody, who it is has no rights here or an account already, or the
            account of the session is linked.
        """
        if self._flow is None:
            raise NoSignInError(NoSignIn.OUTSIDE)
        own = session.id if session else ""
        try:
            identity, role = self._flow.proved(row, browser, answer, session_id=own)
        except NoSignInError as none:
            if session is None or own != row.session_hash:
                raise
            raise _told(none) from none
        if session is None:
            raise NoSignInError(NoSignIn.OUTSIDE)
        with writing(self._database) as connection:
            refusal = self._refusal(connection, session, identity, role)
            if not refusal:
                stored.update_account(connection, session.account.id, subject=identity.subject)
            self._note(connection, session, "account_link", "refused" if refusal else "done")
        if refusal:
            raise AccountRefusedError(refusal)

    def unlink(self, session: Session, password: str, code: str) -> None:
        """Take the link away; all other sessions of the account end.

        Raises
        ------
        AccountRefusedError
            The account is not linked, has no other way in, or password or code are wrong.
        HashesBusyError
            Too many passwords are being worked on.
        """
        row = self._row(session)
        if not row.subject:
            raise AccountRefusedError("staff.link.none")
        if not row.password_hash:
            raise AccountRefusedError("staff.link.only_way", name=row.name)
        self._prove(row, password, code)
        with writing(self._database) as connection:
            now = stored.account_by(connection, id=row.id)
            if now is None or not now.password_hash:
                raise AccountRefusedError("staff.link.only_way", name=row.name)
            stored.update_account(connection, row.id, subject="")
            stored.delete_sessions(connection, row.id, keep=session.id)
            self._note(connection, session, "account_unlink", "done")

    def _refusal(
        self, connection: sa.Connection, session: Session, identity: Identity, role: Role
    ) -> str:
        """Return why an account cannot be linked as things stand now, empty where it can."""
        account = stored.account_by(connection, id=session.account.id)
        is_open = stored.session_by_hash(connection, session.id) is not None
        if account is None or account.is_disabled or not account.password_hash or not is_open:
            return "staff.problem.outside"
        if role is Role.PUBLIC:
            return "staff.problem.no_group"
        if account.subject:
            return "staff.link.already"
        taken = stored.account_by(connection, subject=identity.subject)
        return "staff.link.taken" if taken else ""

    def _prove(self, row: AccountRow, password: str, code: str) -> None:
        """Refuse whoever does not know password and code; an open session is not enough."""
        with self._again.counted(row.id):
            with self._passwords.turn():
                self._again.admit(row.id)
                fits = self._passwords.fits(row.password_hash, password)
            with writing(self._database) as connection:
                is_right = fits and self._code_fits(connection, row, code)
            if not is_right:
                raise WrongProofError("staff.link.wrong")

    def _code_fits(self, connection: sa.Connection, known: AccountRow, code: str) -> bool:
        row = stored.account_by(connection, id=known.id)
        if row is None or row.is_disabled or row.password_hash != known.password_hash:
            return False
        if not row.totp_secret:
            return True
        return take_code(connection, row, code, self._clock(), self._sealing) is not None

    def _row(self, session: Session) -> AccountRow:
        with self._database.connect() as connection:
            row = stored.account_by(connection, id=session.account.id)
        if row is None:
            raise AccountRefusedError("staff.refused.no_account")
        return row

    def _note(self, connection: sa.Connection, session: Session, action: str, result: str) -> None:
        name = session.account.name
        entry = AuditEntry(name, action, "", result, f"account {name}")
        write_audit(connection, INSTALLATION, entry, self._clock())


def _told(none: NoSignInError) -> AccountRefusedError:
    """Return a refusal for somebody who is signed in."""
    is_away = none.reason is NoSignIn.AWAY
    return AccountRefusedError("staff.link.away" if is_away else f"staff.problem.{none.reason}")
