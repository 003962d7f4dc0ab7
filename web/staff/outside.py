"""Signing in at a service elsewhere: the way there, and the way back."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request

from services.outside_sign_in import Answer, Browser, OutsideSignInService
from services.sign_in import NoSignInError
from web.errors import RefusedRequestError
from web.staff.cookies import browser_secret, has_browser_secret, keep_form_secret
from web.staff.page import Desk, browser, field, safe_next
from web.staff.sign_in import refused_sign_in, signed_in

_BACK = "intern/anmelden/dienst/zurueck"
_LONGEST = 4000


def register(blueprint: Blueprint, desk: Desk) -> None:
    """Mount both ways; they are "not found" where the settings name no service."""

    @blueprint.get("/anmelden/dienst")
    def sign_in_elsewhere() -> Response:
        wanted = safe_next(_asked("next"))
        try:
            address = _service(desk).begin(_browser(), wanted, request.host_url + _BACK)
        except NoSignInError as none:
            return refused_sign_in(desk, none.reason, wanted)
        return keep_form_secret(redirect(address, 303))  # type: ignore[arg-type]

    @blueprint.get("/anmelden/dienst/zurueck")
    def come_back() -> Response:
        answer = Answer(_asked("state"), _asked("code"), _asked("iss"), request.host_url + _BACK)
        try:
            token, wanted = _service(desk).finish(_browser(), answer)
        except NoSignInError as none:
            return refused_sign_in(desk, none.reason)
        return signed_in(desk, token, wanted)


def _service(desk: Desk) -> OutsideSignInService:
    found = desk.services.staff.outside
    if found is None:
        raise RefusedRequestError(404, "not_found")
    return found


def _browser() -> Browser:
    return Browser(
        browser_secret(), browser(), request.remote_addr or "", is_known=has_browser_secret()
    )


def _asked(name: str) -> str:
    """Return a parameter of the address; what is longer than any service sends counts as none."""
    text = field(name, request.args)
    return text if len(text) <= _LONGEST and text.isprintable() else ""
