"""Who may pass to what lies below ``/intern/``: asked by the gate before any route."""

from __future__ import annotations

import ipaddress

from flask import g, request
from werkzeug.exceptions import HTTPException

from domain.roles import Right, may
from services.container import StaffServices
from services.sessions import Session
from web.audience import Access
from web.errors import RefusedRequestError
from web.hosts import LOOPBACK, name_of
from web.staff.cookies import form_fits, session_token

_READING = frozenset({"GET", "HEAD"})
WITH_FILE = frozenset(
    {
        "/intern/daten/hochladen",
        "/intern/karten/laden",
        "/intern/karten/umrechnung",
        "/intern/karten/entwurf/<draft>/tabelle",
        "/intern/werkstatt/neu/datei",
    }
)
"""Rules whose form carries a file and is read part by part (:mod:`web.staff.receiving`)."""
RIGHTS = {
    Access.INTERNAL: Right.SEE_INTERNAL,
    Access.ACCOUNT: Right.OWN_ACCOUNT,
    Access.DESK: Right.SEE_DRAFTS,
    Access.HAND_IN: Right.HAND_IN,
    Access.RELEASE: Right.RELEASE,
    Access.ACCOUNTS: Right.MANAGE_ACCOUNTS,
    Access.AUDIT: Right.READ_AUDIT,
    Access.FACILITIES: Right.KEEP_FACILITIES,
}
"""What a session must be allowed for each kind of rule; :attr:`Access.SIGN_IN` needs none."""


class SignInNeededError(HTTPException):
    """The rule needs a session, and there is none: pages show the form, data answer 401."""

    code = 401
    reason = "sign_in_needed"


class SecondFactorNeededError(HTTPException):
    """The account must have a second factor before it may go on."""

    code = 403
    reason = "second_factor_needed"


class Guard:
    """Finds the session of a request and compares its rights with the rule."""

    def __init__(self, staff: StaffServices) -> None:
        self._staff = staff

    def admit(self, access: Access) -> None:
        """Let a request pass, or say why not.

        Raises
        ------
        RefusedRequestError
            404 over plain HTTP from another machine, 403 where the right is missing.
        SignInNeededError
            There is no open session.
        SecondFactorNeededError
            The account lacks the second factor its role needs.
        """
        if not is_reachable():
            raise RefusedRequestError(404, "not_found")
        token = session_token()
        session = self._staff.sessions.find(token) if token else None
        g.staff_session = session
        if access is Access.SIGN_IN:
            return
        if session is None:
            raise SignInNeededError
        if not may(session.account.role, RIGHTS[access]):
            self.note(session, "no_right")
            raise RefusedRequestError(403, "no_right", link="/intern/konto")
        if access is not Access.ACCOUNT and self.lacks_second_factor(session):
            raise SecondFactorNeededError

    def lacks_second_factor(self, session: Session) -> bool:
        """Return whether the account still has to set a second factor up."""
        account = session.account
        needed = self._staff.own.must_have_second_factor(account.role)
        return needed and not account.has_second_factor and not account.is_external

    def note_foreign_write(self) -> None:
        """Enter into the audit log that another site tried to write with a session of ours."""
        if session := open_session():
            self.note(session, "foreign_write")

    def check_form(self) -> None:
        """Refuse a form that was not made for the session that sends it.

        The route of a form with a file looks at the token itself, before it writes anything.

        Raises
        ------
        RefusedRequestError
            The token is missing or another one.
        """
        rule = request.url_rule.rule if request.url_rule else ""
        if request.method in _READING or rule in WITH_FILE:
            return
        self.check_token(request.form.get("form_token", ""))

    def check_token(self, token: str) -> None:
        """Refuse the token of a form that was not made for this session."""
        if not form_fits(token):
            self.note_foreign_write()
            raise RefusedRequestError(403, "form_token", link=request.path)

    def note(self, session: Session, action: str) -> None:
        """Enter into the audit log that something was refused."""
        rule = request.url_rule.rule if request.url_rule else ""
        self._staff.log.note(session.account.name, action, "refused", f"rule {rule}")


def open_session() -> Session | None:
    """Return the session the guard found for this request."""
    found: Session | None = g.get("staff_session")
    return found


def own_session() -> Session:
    """Return the session of a request that passed the guard with one."""
    session = open_session()
    if session is None:
        raise SignInNeededError
    return session


def is_reachable() -> bool:
    """Return whether internal pages may travel to whoever asks: encrypted, or within the machine.

    Both the other end and the name it asked for must be of this machine, so that a proxy whose
    hops nobody counted opens nothing.
    """
    return request.is_secure or is_of_this_machine()


def is_of_this_machine() -> bool:
    """Return whether the request comes from the machine the program runs on, by its own name."""
    is_named_so = name_of(request.headers.get("Host", "")) in LOOPBACK
    return is_named_so and _is_loopback(request.remote_addr or "")


def _is_loopback(address: str) -> bool:
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return bool((mapped or found).is_loopback)
