"""Signing in: one answer for every mistake, five of them a minute, and a new session."""

from __future__ import annotations

import datetime as dt
import ipaddress
import secrets
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa

from data import accounts as stored
from data.accounts import INSTALLATION, AccountRow, writing
from data.audit import AuditEntry, write_audit
from domain.roles import account_name
from services.account_ground import AccountGround
from services.passwords import HashesBusyError
from services.sealing import Sealing
from services.second_factor import take_code
from services.tokens import hash_of

FAULTS_A_MINUTE = 5
_MINUTE = dt.timedelta(minutes=1)
_SITE_BITS = 64
"""A connection with IPv6 has that many bits of its own: what follows is one and the same house."""
NOBODY = "?"
"""Actor of a sign-in under a name no account has; what was typed may be a password."""


class NoSignIn(StrEnum):
    """Why nobody was signed in. What exactly was wrong is told to nobody.

    The last five are of the service to sign in at elsewhere: its answer proves nobody, the groups
    have no role here, another account has the name, no account can have it, it cannot be asked.
    """

    WRONG = "wrong"
    TOO_MANY = "too_many"
    BUSY = "busy"
    OUTSIDE = "outside"
    NO_GROUP = "no_group"
    NAME_TAKEN = "name_taken"
    NAME = "name"
    AWAY = "away"


class NoSignInError(Exception):
    """Nobody was signed in; ``reason`` says why."""

    def __init__(self, reason: NoSignIn) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True)
class Attempt:
    """What somebody typed, and where from: address of the network, name of the browser."""

    name: str
    password: str
    code: str
    address: str
    browser: str


class SignInService:
    """Compares names, passwords and codes."""

    def __init__(self, ground: AccountGround, sealing: Sealing) -> None:
        self._ground = ground
        self._sealing = sealing

    def sign_in(self, attempt: Attempt) -> str:
        """Return the token of a new session.

        Raises
        ------
        NoSignInError
            Name, password or code are wrong; too many were within a minute, for the name or
            from the address; or too many passwords are being checked.
        """
        name = account_name(attempt.name) or ""
        subjects = (f"name:{hash_of(name)}", f"from:{hash_of(network_of(attempt.address))}")
        self._refuse_crowds(subjects)
        try:
            # counted again when it is its turn: of many at once only the first may fail
            with self._ground.passwords.turn():
                self._refuse_crowds(subjects)
                return self._compare(name, attempt, subjects)
        except HashesBusyError as busy:
            raise NoSignInError(NoSignIn.BUSY) from busy

    def _refuse_crowds(self, subjects: tuple[str, ...]) -> None:
        since = self._ground.clock() - _MINUTE
        with self._ground.database.connect() as connection:
            counts = [stored.faults_since(connection, s, since) for s in subjects]
        if max(counts) >= FAULTS_A_MINUTE:
            raise NoSignInError(NoSignIn.TOO_MANY)

    def _compare(self, name: str, attempt: Attempt, subjects: tuple[str, ...]) -> str:
        with self._ground.database.connect() as connection:
            known = stored.account_by(connection, name=name) if name else None
        fits = self._ground.passwords.fits(known.password_hash if known else "", attempt.password)
        with writing(self._ground.database) as connection:
            token = self._open(connection, known, attempt) if known and fits else None
            if token is None:
                self._note_fault(connection, known, subjects)
        if token is None:
            raise NoSignInError(NoSignIn.WRONG)
        return token

    def _open(self, connection: sa.Connection, known: AccountRow, attempt: Attempt) -> str | None:
        """Return the token of a new session; None for a wrong code or an account that ended."""
        now = self._ground.clock()
        row = stored.account_by(connection, id=known.id)
        if row is None or row.is_disabled or row.password_hash != known.password_hash:
            return None
        how: str | None = "password"
        if row.totp_secret:
            how = take_code(connection, row, attempt.code, now, self._sealing)
        if how is None:
            return None
        stored.update_account(connection, row.id, last_sign_in=now)
        result = "done_paper" if how == "paper" else "done"
        self._note(connection, AuditEntry(row.name, "sign_in", "", result, "account"))
        return self._ground.sessions.open(connection, row.id, attempt.browser)

    def _note_fault(
        self, connection: sa.Connection, known: AccountRow | None, subjects: tuple[str, ...]
    ) -> None:
        now = self._ground.clock()
        stored.delete_faults(connection, now - _MINUTE)
        for subject in subjects:
            stored.insert_fault(connection, secrets.token_hex(8), subject, now)
        actor = known.name if known else NOBODY
        self._note(connection, AuditEntry(actor, "sign_in", "", "refused", "account"))

    def _note(self, connection: sa.Connection, entry: AuditEntry) -> None:
        write_audit(connection, INSTALLATION, entry, self._ground.clock())


def network_of(address: str) -> str:
    """Return what counts as one address: all of IPv4, the first 64 bits of IPv6.

    Examples
    --------
    >>> network_of("2001:db8::1:2:3:4"), network_of("10.0.0.7"), network_of("::ffff:10.0.0.7")
    ('2001:db8::/64', '10.0.0.7', '10.0.0.7')
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "?"
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, _SITE_BITS), strict=False))
