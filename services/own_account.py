"""What people do with their own account: password, second factor, codes, sessions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from data import accounts as stored
from data.accounts import INSTALLATION, AccountRow, writing
from data.audit import AuditEntry, write_audit
from domain.roles import Role, needs_second_factor
from services.account_ground import AccountGround
from services.accounts import AccountRefusedError
from services.passwords import weakness
from services.proof_again import ProofAgain, WrongProofError
from services.sealing import Sealing
from services.second_factor import address_of, matching_step, new_secret, take_code
from services.sessions import Session
from services.tokens import hash_of, new_recovery_codes


class OwnAccountService:
    """Changes an account on behalf of whoever is signed in to it.

    Every method takes the open session; each change is a row of the audit log.
    """

    def __init__(self, ground: AccountGround, *, sealing: Sealing, server_mode: bool) -> None:
        self._ground = ground
        self._sealing = sealing
        self._server_mode = server_mode
        self._again = ProofAgain(ground.database, ground.clock)

    def must_have_second_factor(self, role: Role) -> bool:
        """Return whether a role needs a second factor here."""
        return needs_second_factor(role, server_mode=self._server_mode)

    def sign_out(self, session: Session) -> None:
        """End the session on the server."""
        with writing(self._ground.database) as connection:
            stored.delete_sessions(connection, session.account.id, only=session.id)
            self._note(connection, session, "sign_out")

    def change_password(self, session: Session, old: str, new: str, browser: str) -> str:
        """Change the password; all sessions end, and the token of a new one is returned.

        Raises
        ------
        AccountRefusedError
            The old password is wrong, too many were, or the new one is refused.
        HashesBusyError
            Too many passwords are being worked on.
        """
        weak = weakness(new, (session.account.name,))
        if weak:
            raise AccountRefusedError(weak)
        if new == old:
            raise AccountRefusedError("staff.password.same")
        own = session.account.id
        with self._again.counted(own), self._ground.passwords.turn():
            self._again.admit(own)
            kept = self._row(session).password_hash
            if not self._ground.passwords.fits(kept, old):
                raise WrongProofError("staff.password.wrong")
            password_hash = self._ground.passwords.hash(new)
        with writing(self._ground.database) as connection:
            stored.update_account(connection, session.account.id, password_hash=password_hash)
            stored.delete_sessions(connection, session.account.id)
            self._note(connection, session, "password_change")
            return self._ground.sessions.open(connection, session.account.id, browser)

    def pending_secret(self, session: Session) -> tuple[str, str]:
        """Return secret and ``otpauth:`` address that wait to be confirmed, making them once."""
        row = self._row(session)
        secret = self._sealing.open(row.totp_pending)
        if not secret:
            secret = new_secret()
            with self._ground.database.begin() as connection:
                stored.update_account(connection, row.id, totp_pending=self._sealing.seal(secret))
        return secret, address_of(secret, row.name)

    def confirm_second_factor(self, session: Session, code: str) -> tuple[str, ...]:
        """Switch the second factor on; return the codes on paper, which are shown once.

        Raises
        ------
        AccountRefusedError
            The code is not the one of the secret that waits, or too many were wrong.
        """
        codes = new_recovery_codes()
        with self._tried(session) as connection:
            row = _stored(connection, session)
            secret = self._sealing.open(row.totp_pending)
            step = matching_step(secret, code, self._ground.clock(), 0) if secret else None
            if step is None:
                raise WrongProofError("staff.totp.wrong")
            stored.update_account(
                connection, row.id, totp_secret=row.totp_pending, totp_pending="", totp_step=step
            )
            stored.replace_recovery_codes(connection, row.id, [hash_of(c) for c in codes])
            stored.delete_sessions(connection, row.id, keep=session.id)
            self._note(connection, session, "second_factor_on")
        return codes

    def renew_codes(self, session: Session, code: str) -> tuple[str, ...]:
        """Make new codes on paper in the place of the old ones.

        Raises
        ------
        AccountRefusedError
            The code of the second factor is wrong, or too many were.
        """
        codes = new_recovery_codes()
        with self._tried(session) as connection:
            self._check(connection, session, code)
            hashes = [hash_of(c) for c in codes]
            stored.replace_recovery_codes(connection, session.account.id, hashes)
            self._note(connection, session, "recovery_codes_new")
        return codes

    def drop_second_factor(self, session: Session, code: str) -> None:
        """Switch the second factor off.

        Raises
        ------
        AccountRefusedError
            The code is wrong, too many were, or the role needs a second factor.
        """
        if self.must_have_second_factor(session.account.role):
            raise AccountRefusedError("staff.totp.needed")
        with self._tried(session) as connection:
            self._check(connection, session, code)
            stored.update_account(connection, session.account.id, totp_secret="", totp_pending="")
            stored.replace_recovery_codes(connection, session.account.id, ())
            self._note(connection, session, "second_factor_off")

    def codes_left(self, session: Session) -> int:
        """Return how many codes on paper were not used yet."""
        with self._ground.database.connect() as connection:
            return stored.count_recovery_codes(connection, session.account.id)

    def end_session(self, session: Session, session_id: str) -> None:
        """End another session of the same account; unknown ones have ended already."""
        self._ground.sessions.end(session.account.id, session_id)

    def end_other_sessions(self, session: Session) -> None:
        """End all sessions of the account but this one."""
        self._ground.sessions.end_others(session.account.id, session.id)

    @contextmanager
    def _tried(self, session: Session) -> Iterator[sa.Connection]:
        """Return a connection to write by, unless too many codes were wrong."""
        with self._again.counted(session.account.id), writing(self._ground.database) as connection:
            yield connection

    def _check(self, connection: sa.Connection, session: Session, code: str) -> None:
        row = _stored(connection, session)
        now = self._ground.clock()
        if not row.totp_secret or take_code(connection, row, code, now, self._sealing) is None:
            raise WrongProofError("staff.totp.wrong")

    def _row(self, session: Session) -> AccountRow:
        with self._ground.database.connect() as connection:
            return _stored(connection, session)

    def _note(self, connection: sa.Connection, session: Session, action: str) -> None:
        name = session.account.name
        entry = AuditEntry(name, action, "", "done", f"account {name}")
        write_audit(connection, INSTALLATION, entry, self._ground.clock())


def _stored(connection: sa.Connection, session: Session) -> AccountRow:
    row = stored.account_by(connection, id=session.account.id)
    if row is None:
        raise AccountRefusedError("staff.refused.no_account")
    return row
