"""The way to a service elsewhere and back: begun here, answered once, counted per network."""

from __future__ import annotations

import datetime as dt
import hmac
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from data import accounts as stored
from data.accounts import INSTALLATION, writing
from data.audit import AuditEntry, write_audit
from data.outside_sign_ins import (
    OutsideRow,
    begun_since,
    delete_outside,
    insert_outside,
    take_outside,
)
from domain.roles import Role, role_of_groups
from services.outside_facts import ProviderAwayError
from services.outside_provider import (
    Asked,
    Identity,
    OutsideProvider,
    ProviderAnswerError,
)
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


class OutsideFlow:
    """Leads browsers to the service of the settings and looks at what they come back with."""

    def __init__(
        self,
        database: sa.Engine,
        clock: Callable[[], dt.datetime],
        provider: OutsideProvider,
        groups: tuple[tuple[str, str], ...],
    ) -> None:
        self._database = database
        self._clock = clock
        self._provider = provider
        self._groups = groups

    def begin(
        self, browser: Browser, wanted: str, redirect_uri: str, *, session_id: str = ""
    ) -> str:
        """Return the address at the service to go to.

        Parameters
        ----------
        wanted
            Own address to go on to afterwards, empty for none.
        redirect_uri
            Own address the service sends the browser back to.
        session_id
            Session whose account is to be linked, empty for a sign-in. The answer counts in this
            session alone, and never as a sign-in.

        Raises
        ------
        NoSignInError
            Too many were begun or failed, or the service cannot be reached.
        """
        now, subject = self._clock(), _begun(browser)
        asked = Asked(new_token(), new_token(), new_token() + new_token(), redirect_uri)
        row = OutsideRow(
            hash_of(asked.state), hash_of(browser.secret), asked.nonce, asked.verifier, wanted,
            subject, now, session_id,
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

    def take(self, browser: Browser, state: str) -> OutsideRow:
        """Use up what was begun with a state.

        A page elsewhere can make any browser of the office ask for the way back. So what brings
        no secret along, or a state that was never given out, counts as nobody's mistake.

        Raises
        ------
        NoSignInError
            Nothing was begun with this state, or too many failed.
        """
        if not browser.is_known:
            raise _proves_nobody("the browser is not known")
        with writing(self._database) as connection:
            self._refuse_crowds(connection, browser)
            row = take_outside(connection, hash_of(state))
        if row is None:
            raise _proves_nobody("no sign-in was begun with this state")
        return row

    def proved(
        self, row: OutsideRow, browser: Browser, answer: Answer, *, session_id: str = ""
    ) -> tuple[Identity, Role]:
        """Return who signed in at the service, with the role that the groups there give.

        Parameters
        ----------
        session_id
            Session that asks, empty where it is a sign-in.

        Raises
        ------
        NoSignInError
            The answer does not fit what this browser and session began, proves nobody, or the
            service cannot be reached.
        """
        try:
            identity = self._identify(row, browser, answer, session_id)
        except ProviderAwayError as away:
            raise _is_away(away) from away
        except ProviderAnswerError as fault:
            self._note_fault(browser)
            raise _proves_nobody(str(fault)) from fault
        return identity, role_of_groups(identity.groups, self._groups)

    def _identify(
        self, row: OutsideRow, browser: Browser, answer: Answer, session_id: str
    ) -> Identity:
        if row.created <= self._clock() - LONGEST:
            raise ProviderAnswerError("the sign-in was begun too long ago")
        if not hmac.compare_digest(row.browser_hash, hash_of(browser.secret)):
            raise ProviderAnswerError("another browser began this sign-in")
        if not hmac.compare_digest(row.session_hash, session_id):
            raise ProviderAnswerError("another session began this link")
        if answer.issuer not in ("", self._provider.issuer):
            raise ProviderAnswerError("another service answers")
        if not answer.code:
            raise ProviderAnswerError("the service refused")
        asked = Asked(answer.state, row.nonce, row.verifier, answer.redirect_uri)
        return self._provider.identify(asked, answer.code, self._clock().timestamp())

    def _refuse_crowds(self, connection: sa.Connection, browser: Browser) -> None:
        since = self._clock() - _MINUTE
        if stored.faults_since(connection, _failed(browser), since) >= FAULTS_A_MINUTE:
            raise NoSignInError(NoSignIn.TOO_MANY)

    def _note_fault(self, browser: Browser) -> None:
        now = self._clock()
        entry = AuditEntry(NOBODY, "sign_in", "", "refused", "account")
        with writing(self._database) as connection:
            stored.delete_faults(connection, now - _MINUTE)
            stored.insert_fault(connection, secrets.token_hex(8), _failed(browser), now)
            write_audit(connection, INSTALLATION, entry, now)


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
