"""Error answers: a page in the reader's language, or JSON for programs, never a path or SQL."""

from __future__ import annotations

import logging
from html import escape
from typing import Any

from flask import Flask, Response, json, request
from werkzeug.exceptions import HTTPException

from i18n import LANGUAGES, translator
from services.releases import DamagedBundleError
from web.logs import request_id

_LOG = logging.getLogger("keck.errors")

STYLESHEETS = ("assets/10-css/00-tokens.css", "assets/10-css/10-shell.css")
_JSON_PREFIXES = (
    "/api/", "/arms/", "/view/", "/geo/", "/places/", "/facilities/", "/healthz", "/readyz",
)  # fmt: skip
_CODES = {
    400: "bad_request",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    410: "gone",
    413: "too_large",
    415: "not_json",
    429: "too_many",
    503: "unavailable",
}


class RefusedRequestError(HTTPException):
    """A request that is answered with a reason from the texts ``web.error.<code>``.

    ``params`` fill the text and stand beside it in JSON; ``link`` leads to what exists.
    """

    def __init__(self, status: int, reason: str, *, link: str = "", **params: str) -> None:
        super().__init__(reason)
        self.code = status
        self.reason = reason
        self.link = link
        self.params = params


def register(server: Flask, *, default_language: str) -> None:
    """Answer every fault of this server in the house's way.

    The texts are read here, so that a fault in them stops the start and not an error answer.
    """
    for language in LANGUAGES:
        translator(language)

    @server.errorhandler(HTTPException)
    def known_fault(fault: HTTPException) -> Response:
        if fault.code is not None and 300 <= fault.code < 400:  # noqa: PLR2004 - redirects
            return Response(fault.get_response().data, fault.code, fault.get_headers())
        return _answer(fault, default_language)

    @server.errorhandler(DamagedBundleError)
    def damaged_release(fault: DamagedBundleError) -> Response:
        _LOG.error("damaged", exc_info=fault)
        return _answer(RefusedRequestError(503, "unavailable"), default_language)

    @server.errorhandler(Exception)
    def unknown_fault(fault: Exception) -> Response:
        _LOG.error("fault", exc_info=fault)
        return _answer(RefusedRequestError(500, "internal"), default_language)


def _answer(fault: HTTPException, default_language: str) -> Response:
    status = fault.code or 500
    reason = getattr(fault, "reason", _CODES.get(status, "bad_request"))
    params: dict[str, str] = getattr(fault, "params", {})
    link: str = getattr(fault, "link", "")
    wants_json = (
        request.path.startswith(_JSON_PREFIXES)
        or request.method not in ("GET", "HEAD")
        or "/_dash-" in request.path
    )
    if wants_json:
        response = Response(_json_body(reason, params, link), status, mimetype="application/json")
    else:
        language = language_of(request.args.get("lang"), default_language)
        response = Response(_page(status, reason, params, link, language), status)
    response.headers["Cache-Control"] = "no-store"
    if status == 405 and getattr(fault, "valid_methods", None):  # noqa: PLR2004
        response.headers["Allow"] = ", ".join(sorted(fault.valid_methods))  # type: ignore[attr-defined]
    return response


def language_of(wanted: str | None, default: str) -> str:
    """Return the wanted language if it is one of ours, else the default."""
    return wanted if wanted in LANGUAGES else default


def _json_body(reason: str, params: dict[str, str], link: str) -> str:
    error: dict[str, Any] = {
        "code": reason,
        **{f"message_{x}": translator(x)(f"web.error.{reason}", **params) for x in LANGUAGES},
        "request": request_id(),
    }
    if link:
        error["link"] = link
    return json.dumps({"error": error})


def _page(status: int, reason: str, params: dict[str, str], link: str, language: str) -> str:
    tr = translator(language)
    sheets = "".join(f'<link rel="stylesheet" href="/{path}">' for path in STYLESHEETS)
    title, text = tr(f"web.error.title.{_title(status)}"), tr(f"web.error.{reason}", **params)
    number = tr("web.error.request", number=request_id())
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} – KECK-Atlas</title>{sheets}</head>"
        f'<body><main id="main" class="message-page"><h1>{escape(title)}</h1>'
        f"<p>{escape(text)}</p>"
        f'<p><a href="{escape(link or f"/atlas?lang={language}")}">{escape(tr("web.error.link"))}'
        f"</a></p><p><small>{escape(number)}</small></p></main></body></html>"
    )


def _title(status: int) -> str:
    if status in (404, 410):
        return str(status)
    return "server" if status >= 500 else "client"  # noqa: PLR2004 - classes of HTTP
