"""Signing in at a service elsewhere: the way there, and the way back."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request

from services.accounts import AccountRefusedError
from services.outside_flow import Answer
from services.outside_sign_in import OutsideSignInService
from services.sign_in import NoSignInError
from web.errors import RefusedRequestError
from web.staff.account import draw_account
from web.staff.cookies import keep_form_secret
from web.staff.guard import open_session
from web.staff.links import asking_browser, way_back
from web.staff.page import Desk, field, safe_next
from web.staff.sign_in import refused_sign_in, signed_in

_LONGEST = 4000


def register(blueprint: Blueprint, desk: Desk) -> None:
    """Mount both ways; they are "not found" where the settings name no service."""

    @blueprint.get("/anmelden/dienst")
    def sign_in_elsewhere() -> Response:
        wanted = safe_next(_asked("next"))
        try:
            address = _service(desk).begin(asking_browser(), wanted, way_back())
        except NoSignInError as none:
            return refused_sign_in(desk, none.reason, wanted)
        return keep_form_secret(redirect(address, 303))  # type: ignore[arg-type]

    @blueprint.get("/anmelden/dienst/zurueck")
    def come_back() -> Response:
        answer = Answer(_asked("state"), _asked("code"), _asked("iss"), way_back())
        try:
            came = _service(desk).finish(asking_browser(), answer, open_session())
        except NoSignInError as none:
            return refused_sign_in(desk, none.reason)
        except AccountRefusedError as refused:
            return draw_account(desk, refused)
        if came.token is None:
            return redirect(came.wanted, 303)  # type: ignore[return-value]
        return signed_in(desk, came.token, came.wanted)


def _service(desk: Desk) -> OutsideSignInService:
    found = desk.services.staff.outside
    if found is None:
        raise RefusedRequestError(404, "not_found")
    return found


def _asked(name: str) -> str:
    """Return a parameter of the address; what is longer than any service sends counts as none."""
    text = field(name, request.args)
    return text if len(text) <= _LONGEST and text.isprintable() else ""
