"""Signing in elsewhere: begun here, answered once, with an account whose role its groups decide."""

from __future__ import annotations

import datetime as dt
import hmac
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace

import sqlalchemy as sa

from data import accounts as stored
from data.accounts import INSTALLATION, AccountRow, writing
from data.audit import AuditEntry, write_audit
from data.outside_sign_ins import (
    OutsideRow,
    begun_since,
    delete_outside,
    insert_outside,
    take_outside,
)
from domain.roles import Role, account_name, department_name, role_of_groups
from services.accounts import AccountRefusedError, new_row
from services.outside_facts import ProviderAwayError
from services.outside_provider import (
    Asked,
    Identity,
    OutsideProvider,
    ProviderAnswerError,
)
from services.sessions import SessionService
from services.sign_in import FAULTS_A_MINUTE, NOBODY, NoSignIn, NoSignInError, network_of
from services.tokens import hash_of, new_token

BEGUN_A_MINUTE = 60
"""Sign-ins one network may begin within a minute and leave open: a whole office fits."""
LONGEST = dt.timedelta(minutes=10)
_MINUTE = dt.timedelta(minutes=1)
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Browser:
    """Who asks: a secret that only this browser sends, its name, and the address of the network.

    ``is_known`` says that the browser sent the secret; else it is made up for the answer.
    """

    secret: str
    name: str
    address: str
    is_known: bool = True


@dataclass(frozen=True)
class Answer:
    """What the service sent the browser back with."""

    state: str
    code: str
    issuer: str
    redirect_uri: str


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
        provider: OutsideProvider,
        groups: tuple[tuple[str, str], ...],
    ) -> None:
        self._database = database
        self._clock = clock
        self._sessions = sessions
        self._provider = provider
        self._groups = groups

    def begin(self, browser: Browser, wanted: str, redirect_uri: str) -> str:
        """Return the address at the service to go to.

        Parameters
        ----------
        wanted
            Own address to go on to afterwards, empty for none.
        redirect_uri
            Own address the service sends the browser back to.

        Raises
        ------
        NoSignInError
            Too many were begun or failed, or the service cannot be reached.
        """
        now, subject = self._clock(), _begun(browser)
        asked = Asked(new_token(), new_token(), new_token() + new_token(), redirect_uri)
        row = OutsideRow(
            hash_of(asked.state), hash_of(browser.secret), asked.nonce, asked.verifier, wanted,
            subject, now,
        )  # fmt: skip
        with writing(self._database) as connection:
            delete_outside(connection, now - LONGEST)
            self._refuse_crowds(connection, browser)
            if begun_since(connection, subject, now - _MINUTE) >= BEGUN_A_MINUTE:
                raise NoSignInError(NoSignIn.TOO_MANY)
            insert_outside(connection, row)
        try:
            return self._provider.leads_to(asked)
        except ProviderAwayError as away:
            raise _is_away(away) from away

    def finish(self, browser: Browser, answer: Answer) -> tuple[str, str]:
        """Return the token of a new session and where to go on to.

        Raises
        ------
        NoSignInError
            The answer fits no sign-in of this browser, proves nobody, or who it is has no rights
            here.
        """
        row = self._taken(browser, answer.state)
        try:
            identity = self._identify(row, browser, answer)
            role = role_of_groups(identity.groups, self._groups)
            with writing(self._database) as connection:
                known = stored.account_by(connection, subject=identity.subject)
                account = self._account(connection, known, identity, role)
                if account is not None:
                    token = self._open(connection, account, browser)
                    return token, row.wanted
                self._note(connection, account_name(identity.name) or NOBODY, "refused")
            raise NoSignInError(NoSignIn.NO_GROUP)
        except _NameError as refused:
            with writing(self._database) as connection:
                self._note(connection, NOBODY, "refused")
            raise NoSignInError(refused.reason) from refused
        except ProviderAwayError as away:
            raise _is_away(away) from away
        except ProviderAnswerError as fault:
            self._note_fault(browser)
            raise _proves_nobody(str(fault)) from fault

    def _taken(self, browser: Browser, state: str) -> OutsideRow:
        """Use up what was begun with a state.

        A page elsewhere can make any browser of the office ask for the way back. So what brings
        no secret along, or a state that was never given out, counts as nobody's mistake.
        """
        if not browser.is_known:
            raise _proves_nobody("the browser is not known")
        with writing(self._database) as connection:
            self._refuse_crowds(connection, browser)
            row = take_outside(connection, hash_of(state))
        if row is None:
            raise _proves_nobody("no sign-in was begun with this state")
        return row

    def _identify(self, row: OutsideRow, browser: Browser, answer: Answer) -> Identity:
        """Return who signed in, if the answer is to a sign-in that this browser began."""
        if row.created <= self._clock() - LONGEST:
            raise ProviderAnswerError("the sign-in was begun too long ago")
        if not hmac.compare_digest(row.browser_hash, hash_of(browser.secret)):
            raise ProviderAnswerError("another browser began this sign-in")
        if answer.issuer not in ("", self._provider.issuer):
            raise ProviderAnswerError("another service answers")
        if not answer.code:
            raise ProviderAnswerError("the service refused")
        asked = Asked(answer.state, row.nonce, row.verifier, answer.redirect_uri)
        return self._provider.identify(asked, answer.code, self._clock().timestamp())

    def _account(
        self, connection: sa.Connection, known: AccountRow | None, identity: Identity, role: Role
    ) -> AccountRow | None:
        """Return the account with the role its groups give; None where they give none."""
        if role is Role.PUBLIC or (known is not None and known.is_disabled):
            if known is not None:
                stored.delete_sessions(connection, known.id)
            return None
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

    def _refuse_crowds(self, connection: sa.Connection, browser: Browser) -> None:
        since = self._clock() - _MINUTE
        if stored.faults_since(connection, _failed(browser), since) >= FAULTS_A_MINUTE:
            raise NoSignInError(NoSignIn.TOO_MANY)

    def _note_fault(self, browser: Browser) -> None:
        now = self._clock()
        with writing(self._database) as connection:
            stored.delete_faults(connection, now - _MINUTE)
            stored.insert_fault(connection, secrets.token_hex(8), _failed(browser), now)
            self._note(connection, NOBODY, "refused")

    def _note(self, connection: sa.Connection, actor: str, result: str) -> None:
        self._tell(connection, actor, "sign_in", result, "account")

    def _tell(
        self, connection: sa.Connection, actor: str, action: str, result: str, about: str
    ) -> None:
        entry = AuditEntry(actor, action, "", result, about)
        write_audit(connection, INSTALLATION, entry, self._clock())


def _failed(browser: Browser) -> str:
    """Return whose faults count together; those of passwords count elsewhere."""
    return f"outside:{hash_of(network_of(browser.address))}"


def _begun(browser: Browser) -> str:
    """Return whose beginnings count together: what pages elsewhere set off counts apart."""
    kind = "begun" if browser.is_known else "new"
    return f"{kind}:{hash_of(network_of(browser.address))}"


def _proves_nobody(why: str) -> NoSignInError:
    _LOG.warning("a sign-in elsewhere was refused", extra={"fields": {"why": why}})
    return NoSignInError(NoSignIn.OUTSIDE)


def _is_away(away: ProviderAwayError) -> NoSignInError:
    _LOG.error("the service to sign in at cannot be asked", extra={"fields": {"why": str(away)}})
    return NoSignInError(NoSignIn.AWAY)
