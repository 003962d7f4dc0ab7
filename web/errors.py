"""Error answers: a page in the reader's language, or JSON for programs, never a path or SQL."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, json, request
from werkzeug.exceptions import HTTPException

from i18n import LANGUAGES, translator
from services.disk_room import is_full_disk
from services.releases import DATABASE_FAULTS, DamagedBundleError
from web.audience import Access, access_of, is_inside
from web.error_page import Links, Told, error_page
from web.logs import request_id

_LOG = logging.getLogger("keck.errors")

_JSON_PREFIXES = (
    "/api/", "/arms/", "/view/", "/geo/", "/places/", "/search/", "/facilities/", "/beitraege/",
    "/live/", "/healthz", "/readyz",
)  # fmt: skip
RETRY_SECONDS = 60
"""When it is worth asking again after a fault of the database."""
_FORMS = frozenset(
    {Access.SIGN_IN, Access.ACCOUNT, Access.ACCOUNTS, Access.AUDIT}
    | {Access.DESK, Access.HAND_IN, Access.RELEASE, Access.FACILITIES}
)
"""Rules whose forms are sent by readers and not by scripts."""
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

    ``params`` fill the text and stand beside it in JSON; ``link`` leads to what exists;
    ``retry_after`` says in how many seconds it is worth asking again.
    """

    def __init__(
        self, status: int, reason: str, *, link: str = "", retry_after: int = 0, **params: str
    ) -> None:
        super().__init__(reason)
        self.code = status
        self.reason = reason
        self.link = link
        self.retry_after = retry_after
        self.params = params


def register(
    server: Flask, *, default_language: str, links: Links = (), on_full_disk: Callable[[], None]
) -> None:
    """Answer every fault of this server in the house's way.

    ``links`` are names and paths of the pages in the head line of an error page. ``on_full_disk``
    is called where a request failed because nothing could be written.

    The texts are read here, so that a fault in them stops the start and not an error answer.
    """
    for language in LANGUAGES:
        translator(language)

    @server.errorhandler(HTTPException)
    def known_fault(fault: HTTPException) -> Response:
        if fault.code is not None and 300 <= fault.code < 400:  # noqa: PLR2004 - redirects
            return Response(fault.get_response().data, fault.code, fault.get_headers())
        return answer_fault(fault, default_language, links)

    @server.errorhandler(DamagedBundleError)
    def damaged_release(fault: DamagedBundleError) -> Response:
        _LOG.error("damaged", exc_info=fault)
        return answer_fault(RefusedRequestError(503, "unavailable"), default_language, links)

    @server.errorhandler(Exception)
    def unexpected_fault(fault: Exception) -> Response:
        if is_full_disk(fault):
            on_full_disk()
        return answer_fault(_unexpected(fault), default_language, links)


def _unexpected(fault: Exception) -> RefusedRequestError:
    """Log what nobody foresaw; return what is told of it."""
    if is_full_disk(fault) or isinstance(fault, DATABASE_FAULTS):
        _LOG.error("database or disk", exc_info=fault)
        return RefusedRequestError(503, "unavailable", retry_after=RETRY_SECONDS)
    _LOG.error("fault", exc_info=fault)
    return RefusedRequestError(500, "internal")


@dataclass(frozen=True)
class _Fault:
    """A fault as it is told: its text is ``web.error.<reason>``, filled by ``params``."""

    status: int
    reason: str
    params: dict[str, str]
    link: str


def _told(fault: HTTPException) -> _Fault:
    status = fault.code or 500
    reason = getattr(fault, "reason", _CODES.get(status, "bad_request"))
    return _Fault(status, reason, getattr(fault, "params", {}), getattr(fault, "link", ""))


def answer_fault(fault: HTTPException, default_language: str, links: Links = ()) -> Response:
    """Return the answer to a fault: a page for readers, JSON for programs."""
    told = _told(fault)
    if _wants_json():
        response = Response(_json_body(told), told.status, mimetype="application/json")
    else:
        language = language_of(request.args.get("lang"), default_language)
        response = Response(_page(told, language, links), told.status)
    response.headers["Cache-Control"] = "no-store"
    if retry_after := getattr(fault, "retry_after", 0):
        response.headers["Retry-After"] = str(retry_after)
    if told.status == 405 and getattr(fault, "valid_methods", None):  # noqa: PLR2004
        response.headers["Allow"] = ", ".join(sorted(fault.valid_methods))  # type: ignore[attr-defined]
    return response


def _wants_json() -> bool:
    rule = request.url_rule.rule if request.url_rule else ""
    inside = request.path.removeprefix("/intern")
    if access_of(rule) in _FORMS:
        return False
    return (
        request.path.startswith(_JSON_PREFIXES)
        or (is_inside(rule) and inside.startswith(_JSON_PREFIXES))
        or request.method not in ("GET", "HEAD")
        or "/_dash-" in request.path
    )


def language_of(wanted: str | None, default: str) -> str:
    """Return the wanted language if it is one of ours, else the default."""
    return wanted if wanted in LANGUAGES else default


def _json_body(fault: _Fault) -> str:
    key = f"web.error.{fault.reason}"
    error: dict[str, Any] = {
        "code": fault.reason,
        **{f"message_{x}": translator(x)(key, **fault.params) for x in LANGUAGES},
        "request": request_id(),
    }
    if fault.link:
        error["link"] = fault.link
    return json.dumps({"error": error})


def _page(fault: _Fault, language: str, links: Links) -> str:
    tr = translator(language)
    told = Told(
        title=tr(f"web.error.title.{_title(fault.status)}"),
        text=tr(f"web.error.{fault.reason}", **fault.params),
        link=fault.link or f"/atlas?lang={language}",
        number=tr("web.error.request", number=request_id()),
    )
    return error_page(told, language, links)


def _title(status: int) -> str:
    if status in (404, 410):
        return str(status)
    return "server" if status >= 500 else "client"  # noqa: PLR2004 - classes of HTTP
