"""Who may move a room: a secret of the browser that signed-in staff opened the stage in.

It stands in a cookie of the stage's own addresses alone, never in an address or a QR code; what is
kept of it is its hash.
"""

from __future__ import annotations

import hashlib
import secrets

from flask import Response, request

from services.workshops import KeptWorkshop

COOKIE = "keck_stage"
_LONGEST = 100


def new_token() -> str:
    """Return a secret of 256 bits."""
    return secrets.token_urlsafe(32)


def presenter_of(token: str) -> str:
    """Return who holds a secret, as it is kept; empty for none."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest() if token else ""


def presenter() -> str:
    """Return who sends the present request; empty for an onlooker."""
    token = request.cookies.get(COOKIE, "")
    return presenter_of(token) if len(token) <= _LONGEST else ""


def leads(room: KeptWorkshop) -> bool:
    """Whether the present request comes from who leads a room."""
    who = presenter()
    return bool(who) and secrets.compare_digest(who, room.presenter)


def give_token(response: Response, workshop_id: str, token: str) -> Response:
    """Let the browser keep the secret for one stage: two rooms may be led side by side."""
    response.set_cookie(
        COOKIE, token, path=f"/werkstatt/{workshop_id}",
        httponly=True, samesite="Strict", secure=request.is_secure,
    )  # fmt: skip
    return response
