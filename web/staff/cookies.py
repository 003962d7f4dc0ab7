"""The two cookies of the internal area: one names a session, one binds a form to a browser."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from flask import Response, g, request

SESSION = "keck_session"
FORM = "keck_form"
_PATH = "/intern/"
_LONGEST = 100
_PURPOSE = b"form of the internal area"


def session_token() -> str:
    """Return what the browser says its session is; empty for nothing that could be one."""
    token = request.cookies.get(SESSION, "")
    return token if len(token) <= _LONGEST else ""


def give_session(response: Response, token: str) -> Response:
    """Let the browser keep a session until it is closed; the server ends it earlier."""
    _set(response, SESSION, token)
    return response


def drop_session(response: Response) -> Response:
    """Let the browser forget its session."""
    response.delete_cookie(SESSION, path=_PATH)
    return response


def form_token() -> str:
    """Return what a form of this answer carries: signed with a secret of the session.

    Before signing in there is none; a cookie of its own takes the place.
    """
    secret = session_token() if g.get("staff_session") else browser_secret()
    return hmac.new(secret.encode("utf-8", "replace"), _PURPOSE, hashlib.sha256).hexdigest()


def form_fits(given: str) -> bool:
    """Return whether a form was made for the session, or the browser, that sends it."""
    has_secret = bool(g.get("staff_session")) or bool(request.cookies.get(FORM))
    return has_secret and hmac.compare_digest(form_token().encode(), given.encode("utf-8"))


def browser_secret() -> str:
    """Return a secret that only this browser sends; a new one goes out with the answer."""
    known = request.cookies.get(FORM, "")
    if not has_browser_secret():
        known = g.get("form_secret") or secrets.token_urlsafe(32)
        g.form_secret = known
    return str(known)


def has_browser_secret() -> bool:
    """Return whether the request brought a secret along; pictures of foreign pages bring none."""
    return 0 < len(request.cookies.get(FORM, "")) <= _LONGEST


def keep_form_secret(response: Response) -> Response:
    """Send the secret of a form that was made in this answer along with it."""
    made = g.get("form_secret", "")
    if made:
        _set(response, FORM, made)
    return response


def _set(response: Response, name: str, value: str) -> None:
    response.set_cookie(
        name, value, path=_PATH, httponly=True, samesite="Lax", secure=request.is_secure
    )
