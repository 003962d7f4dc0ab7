"""Who a phone is: a secret that only it holds, in a cookie or, where those are refused, in forms.

No name and no address: what is kept is a hash of the secret with the id of the room.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

from flask import Response, request

COOKIE = "keck_room"
FIELD = "who"
_PATH = "/w/"
_DAY_SECONDS = 24 * 60 * 60
_SECRET = re.compile(r"[A-Za-z0-9_-]{22,64}")


@dataclass(frozen=True)
class Phone:
    """Who asks.

    Attributes
    ----------
    secret
        Of this phone alone.
    in_form
        What its forms have to carry: the secret while no cookie came back, else empty.
    refuses_cookies
        Whether a form or address brought the secret because no cookie did.
    """

    secret: str
    in_form: str = ""
    refuses_cookies: bool = False


def phone() -> Phone:
    """Return who sends the present request; a new one where it brings nothing along."""
    cookie = request.cookies.get(COOKIE, "")
    if _SECRET.fullmatch(cookie):
        return Phone(cookie)
    carried = request.form.get(FIELD, "") or request.args.get(FIELD, "")
    if _SECRET.fullmatch(carried):
        return Phone(carried, carried, refuses_cookies=True)
    new = secrets.token_urlsafe(24)
    return Phone(new, new)


def remember(response: Response, one: Phone) -> Response:
    """Ask the phone to keep a new secret for a day.

    One that an address or a form brought is not kept: whoever made the address would know it.
    """
    if one.in_form and not one.refuses_cookies:
        response.set_cookie(
            COOKIE, one.secret, max_age=_DAY_SECONDS, path=_PATH,
            httponly=True, samesite="Lax", secure=request.is_secure,
        )  # fmt: skip
    response.headers["Cache-Control"] = "private, no-store"
    return response
