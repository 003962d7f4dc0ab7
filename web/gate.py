"""The gate before Dash and every other route: who may ask, from where, how much, in what form."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Mapping
from typing import Any, Protocol

from flask import Flask, g, request

from config import Settings
from services.audit_log import answering
from web.audience import Access, access_of, is_page
from web.callback_body import BodyError, check_body, parse_body
from web.errors import RefusedRequestError
from web.hosts import Hosts

MAX_CALLBACK_BYTES = 256 * 1024
_LOG = logging.getLogger("keck.gate")
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_OPEN = frozenset({Access.PUBLIC, Access.OPERATOR})
"""Rules that need nobody to be signed in."""
_CALLBACK = "_dash-update-component"
_CATCH_ALL = "<path:path>"

CallbackMaps = dict[str, Mapping[str, Mapping[str, Any]]]
"""``callback_map`` of each Dash application by the prefix of its addresses."""


class Guard(Protocol):
    """Knows who may pass to what lies below ``/intern/``."""

    def admit(self, access: Access) -> None:
        """Let a request pass, or raise the answer."""

    def note_foreign_write(self) -> None:
        """Note that another site tried to write."""


def register(server: Flask, settings: Settings, *, guard: Guard | None) -> CallbackMaps:
    """Put the gate before all routes of a server.

    Parameters
    ----------
    guard
        Whom internal rules are asked of; without one they are "not found".

    Returns
    -------
    dict
        Empty; ``app.py`` enters the callbacks of each Dash application by its prefix.
    """
    hosts = Hosts(settings)
    callbacks: CallbackMaps = {}
    server.config["MAX_CONTENT_LENGTH"] = MAX_CALLBACK_BYTES

    @server.before_request
    def check_request() -> None:
        g.request_id = secrets.token_hex(6)
        g.started = time.perf_counter()
        answering(g.request_id)
        if not hosts.allows_host(request.headers.get("Host", "")):
            _refuse(400, "host")
        _check_access(guard)
        # a method that no rule takes reaches nobody; the routing answers it with 405 itself
        if request.method not in _READING and request.url_rule is not None:
            _check_write(hosts, guard)
            _check_callback(callbacks)

    @server.teardown_request
    def end_request(_fault: BaseException | None) -> None:
        answering("")

    return callbacks


def _refuse(status: int, reason: str, detail: str = "") -> None:
    _LOG.warning(
        "refused", extra={"fields": {"reason": reason, "detail": detail, "status": status}}
    )
    raise RefusedRequestError(status, reason)


def _check_access(guard: Guard | None) -> None:
    if request.url_rule is None:
        return
    rule = request.url_rule.rule
    access = access_of(rule)
    if access in (None, Access.CLOSED) or (guard is None and access not in _OPEN):
        raise RefusedRequestError(404, "not_found")
    if guard is not None and access is not None and access not in _OPEN:
        guard.admit(access)
    if rule.endswith(_CATCH_ALL):
        inside = "/" + request.path.removeprefix(rule.removesuffix(_CATCH_ALL))
        if not is_page(inside):
            raise RefusedRequestError(404, "not_found")


def _check_write(hosts: Hosts, guard: Guard | None) -> None:
    origin = request.headers.get("Origin", "")
    if hosts.allows_origin(origin, host=request.headers.get("Host", ""), scheme=request.scheme):
        return
    if guard is not None:
        guard.note_foreign_write()
    _refuse(403, "origin")


def _check_callback(callbacks: CallbackMaps) -> None:
    if request.url_rule is None or not request.url_rule.rule.endswith(_CALLBACK):
        return
    if request.mimetype != "application/json":
        _refuse(400, "not_json")
    raw = _read_bounded()
    try:
        check_body(parse_body(raw), callbacks[request.url_rule.rule.removesuffix(_CALLBACK)])
    except BodyError as bad:
        _refuse(400, "callback_body", str(bad))


def _read_bounded() -> bytes:
    length = request.content_length or 0
    raw = request.get_data(cache=True) if length < MAX_CALLBACK_BYTES else b""
    # A body that hides its length is cut off at the limit and therefore has exactly that size.
    if max(length, len(raw)) >= MAX_CALLBACK_BYTES:
        _refuse(413, "too_large")
    return raw
