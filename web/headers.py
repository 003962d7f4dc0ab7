"""Security headers and how long answers may be kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Flask, Response, g, request

from web.audience import Access, access_of

_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), "
        "microphone=(), payment=(), usb=()"
    ),
}
IMMUTABLE = "public, max-age=31536000, immutable"
_HSTS = "max-age=31536000"


def content_security_policy(script_hashes: Sequence[str]) -> str:
    """Return the policy: own scripts by file or hash, nothing from another host.

    Inline style stays allowed because Dash components write style blocks while they run.
    """
    scripts = " ".join(["'self'", *script_hashes])
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; worker-src 'self' blob:; connect-src 'self'; "
        "font-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
        "form-action 'self'"
    )


def register(server: Flask, script_hashes: Callable[[], Sequence[str]]) -> None:
    """Set the headers of every answer; ``script_hashes`` is asked once, at the first answer."""
    policy: list[str] = []

    @server.after_request
    def set_headers(response: Response) -> Response:
        if not policy:
            policy.append(content_security_policy(script_hashes()))
        response.headers["Content-Security-Policy"] = policy[0]
        for name, value in _FIXED.items():
            response.headers[name] = value
        if request.is_secure:
            response.headers["Strict-Transport-Security"] = _HSTS
        if number := g.get("request_id"):
            response.headers["X-Request-ID"] = number
        for name in ("Server", "Server-Timing", "X-Powered-By"):
            response.headers.pop(name, None)
        _set_keeping(response)
        return response


def _set_keeping(response: Response) -> None:
    rule = request.url_rule.rule if request.url_rule else ""
    if access_of(rule) is Access.INTERNAL:
        response.headers["Cache-Control"] = "private, no-store"
        response.vary.add("Cookie")
    elif "Cache-Control" not in response.headers:
        page = response.mimetype == "text/html" and response.status_code == 200  # noqa: PLR2004
        response.headers["Cache-Control"] = "no-cache" if page else "no-store"
