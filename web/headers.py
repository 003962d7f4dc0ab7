"""Security headers and how long answers may be kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Flask, Response, g, request

from web.audience import FRAMED, ON_STAGES, is_inside

_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), "
        "microphone=(), payment=(), usb=()"
    ),
}
_BY_NONE, _BY_US, _BY_SITES = "DENY", "SAMEORIGIN", "sites"
"""Who may frame an answer."""
_OLDER = {
    _BY_NONE: {"X-Frame-Options": _BY_NONE},
    _BY_US: {"X-Frame-Options": _BY_US},
    _BY_SITES: {},
}
"""The same for browsers without the policy; this header knows no list of sites."""
SHORT = "public, max-age=60, must-revalidate"
"""How long an answer may be kept whose address does not change when its content does."""
IMMUTABLE = "public, max-age=31536000, immutable"
_HSTS = "max-age=31536000"


def content_security_policy(script_hashes: Sequence[str], ancestors: str = "'none'") -> str:
    """Return the policy: own scripts by file or hash, nothing from another host.

    ``ancestors`` are the sites in whose frames the answer may stand.

    Inline style stays allowed because Dash components write style blocks while they run.
    """
    scripts = " ".join(["'self'", *script_hashes])
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; worker-src 'self' blob:; connect-src 'self'; "
        "font-src 'self' data:; object-src 'none'; base-uri 'none'; "
        f"frame-ancestors {ancestors}; form-action 'self'"
    )


def register(
    server: Flask, script_hashes: Callable[[], Sequence[str]], *, ancestors: tuple[str, ...] = ()
) -> None:
    """Set the headers of every answer; ``script_hashes`` is asked once, at the first answer.

    ``ancestors`` are the sites that may frame what is made for frames. The stage of a workshop, a
    page of this server, may frame the public pages; nobody may frame the rest.
    """
    policies: dict[str, str] = {}
    framed_by = {_BY_NONE: "'none'", _BY_US: "'self'", _BY_SITES: " ".join(["'self'", *ancestors])}

    @server.after_request
    def set_headers(response: Response) -> Response:
        if not policies:
            hashes = script_hashes()
            for who, sites in framed_by.items():
                policies[who] = content_security_policy(hashes, sites)
        framing = _framing()
        response.headers["Content-Security-Policy"] = policies[framing]
        for name, value in _FIXED.items():
            response.headers[name] = value
        response.headers.update(_OLDER[framing])
        if request.is_secure:
            response.headers["Strict-Transport-Security"] = _HSTS
        if number := g.get("request_id"):
            response.headers["X-Request-ID"] = number
        for name in ("Server", "Server-Timing", "X-Powered-By"):
            response.headers.pop(name, None)
        _set_keeping(response)
        return response


def _framing() -> str:
    rule = _rule()
    if rule in FRAMED:
        return _BY_SITES
    return _BY_US if rule in ON_STAGES else _BY_NONE


def _rule() -> str:
    return request.url_rule.rule if request.url_rule else ""


def _set_keeping(response: Response) -> None:
    if is_inside(_rule()):
        response.headers["Cache-Control"] = "private, no-store"
        response.vary.add("Cookie")
    elif "Cache-Control" not in response.headers:
        page = response.mimetype == "text/html" and response.status_code == 200  # noqa: PLR2004
        response.headers["Cache-Control"] = "no-cache" if page else "no-store"
