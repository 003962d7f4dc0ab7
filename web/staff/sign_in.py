"""Signing in and out."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, redirect, request
from werkzeug.exceptions import HTTPException

from domain.roles import Role
from services.sign_in import Attempt, NoSignIn, NoSignInError
from web.audience import access_of
from web.errors import RefusedRequestError, answer_fault
from web.staff.cookies import drop_session, give_session
from web.staff.guard import SecondFactorNeededError, SignInNeededError, open_session, own_session
from web.staff.page import RETRY_SECONDS, Desk, browser, field, home_of, safe_next

_STATUS = {
    NoSignIn.WRONG: 401, NoSignIn.TOO_MANY: 429, NoSignIn.BUSY: 503, NoSignIn.OUTSIDE: 401,
    NoSignIn.NO_GROUP: 403, NoSignIn.NAME_TAKEN: 409, NoSignIn.NAME: 409,
    NoSignIn.AWAY: 503,
}  # fmt: skip
_RETRY = {NoSignIn.TOO_MANY: RETRY_SECONDS, NoSignIn.BUSY: 5, NoSignIn.AWAY: RETRY_SECONDS}
_LONGEST_FIELD = 2000


def register(blueprint: Blueprint, desk: Desk) -> None:
    """Mount ``/intern/anmelden`` and ``/intern/abmelden``."""

    @blueprint.get("/anmelden")
    def sign_in_page() -> Response:
        wanted = safe_next(request.args.get("next", ""))
        session = open_session()
        if session:
            home = home_of(session.account.role)
            return _to(wanted) if wanted else desk.pages.leads_to(home)
        return desk.pages.draw("sign_in", wanted=wanted, name="")

    @blueprint.post("/anmelden")
    def sign_in() -> Response:
        attempt = _attempt()
        wanted = safe_next(field("next"))
        try:
            token = desk.services.staff.sign_in.sign_in(attempt)
        except NoSignInError as none:
            return refused_sign_in(desk, none.reason, wanted, attempt.name)
        return signed_in(desk, token, wanted)

    @blueprint.post("/abmelden")
    def sign_out() -> Response:
        desk.services.staff.own.sign_out(own_session())
        return drop_session(desk.pages.leads_to("/intern/anmelden", done="out"))


def signed_in(desk: Desk, token: str, wanted: str) -> Response:
    """Return the way to the page that was asked for, or to where one's role begins."""
    session = desk.services.staff.sessions.find(token)
    home = home_of(session.account.role if session else Role.PUBLIC)
    return give_session(_to(wanted) if wanted else desk.pages.leads_to(home), token)


def _to(wanted: str) -> Response:
    return redirect(wanted, 303)  # type: ignore[return-value]


def _attempt() -> Attempt:
    """Return what was typed; what no form of ours sends is refused before anything is compared."""
    typed = [field(name) for name in ("name", "password", "code")]
    if any(len(text) > _LONGEST_FIELD or "\x00" in text for text in typed):
        raise RefusedRequestError(400, "bad_request")
    name, password, code = typed
    return Attempt(name, password, code, address=request.remote_addr or "", browser=browser())


def refused_sign_in(desk: Desk, reason: NoSignIn, wanted: str = "", name: str = "") -> Response:
    """Return the form again with why nobody was signed in."""
    response = desk.pages.draw(
        "sign_in",
        status=_STATUS[reason],
        problem=f"staff.problem.{reason}",
        wanted=wanted,
        name=name,
    )
    if reason in _RETRY:
        response.headers["Retry-After"] = str(_RETRY[reason])
    return response


def ask_for_sign_in(server: Flask, desk: Desk) -> None:
    """Show the form where a page needs a session; data and scripts are told in JSON."""

    @server.errorhandler(SignInNeededError)
    def needed(_fault: HTTPException) -> Response:
        if not _is_page():
            return answer_fault(RefusedRequestError(401, "sign_in_needed"), desk.pages.language)
        wanted = safe_next(request.full_path.removesuffix("?"))
        return desk.pages.draw("sign_in", status=401, wanted=wanted, name="")

    @server.errorhandler(SecondFactorNeededError)
    def set_up(_fault: HTTPException) -> Response:
        if not _is_page():
            return answer_fault(
                RefusedRequestError(403, "second_factor_needed"), desk.pages.language
            )
        return desk.pages.leads_to("/intern/konto")


def _is_page() -> bool:
    """Return whether somebody opened an address, as opposed to a script that asks for data."""
    rule = request.url_rule.rule if request.url_rule else ""
    known = access_of(rule) is not None
    is_data = any(part in rule for part in ("/_dash", "<filename>", "<town>", "/api/", "<name>"))
    return request.method in {"GET", "HEAD"} and known and not is_data
