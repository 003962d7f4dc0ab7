"""Requests as no page sends them: every rule and every callback, for every role, with odd parts."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from flask import Flask
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from data import accounts as stored
from data.accounts import writing
from domain.roles import ACCOUNT_ROLES, Role
from services.container import Services
from tests.integration.callback_calls import body_of, python_callbacks
from web.staff.cookies import _PURPOSE

ALLOWED = frozenset({200, 204, 206, 304, 400, 401, 403, 404, 405, 409, 410, 413, 415, 416, 429})
"""Every answer but a fault of the server; redirects (3xx) pass as well."""
BUSY = 503
"""Allowed where it says when to come again: the queue of exports or of passwords is full."""
ORIGIN = {"Origin": "http://localhost"}
ODD = (
    "", " ", "0", "-1", "x", "01", "01,02,03", "99", "A", "NaN", "1e999", "9" * 40, "0000-00-00",
    "javascript:alert(1)", "//evil.example", "../../etc/passwd", "..%2f..%2f", "\x00", "\ud800",
    "' OR 1=1--", '{"$gt":1}', "[]", "<script>", "a" * 8192, "ä" * 300, "\r\nX-A: b", "\u202e",
    "kinderarmut", "geheim", "quartiere", "stadt", "kleinstadt", "2023", "2023-01-01", "de", "en",
    "city", "total", "10-20-30", "kinderarmut@2021", "Alle:01,02", "kinderarmut>1", "cover",
    "2026-11-24-1", "admin", "2026-11-24T09:00", "9999-12-31T23:59", "0001-01-01T00:00",
)  # fmt: skip
_FIELDS = (
    "name", "role", "department", "deed", "password", "again", "old", "code", "session", "next",
    "seen", "kind", "places_u3", "places_total", "hours", "valid_to", "address", "offer",
    "target_group", "period", "places", "taken", "waiting", "point", "district", "operator",
    "first", "every_years", "text", "typed", "base", "public_from", "note_de", "note_en",
    "confirm_recalculation",
    "title_de", "title_en", "options_de", "options_en", "view", "views", "way", "sort", "form",
    "place", "to", "low", "high", "points", "minutes", "mark", "title", "release", "level",
    "confirm_context", "actor", "action", "since", "until", "lang", "done", "form_token",
)  # fmt: skip
_FITTING = (
    "guess-value",
    "poll-points",
    "social",
    "views",
    "/atlas?indicator=kinderarmut",
    "save",
    "disable",
    "enable",
    "reset",
    "planner",
    "admin",
    "1",
    "123456",
    "2026-11-24-1",
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(ODD),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=10,
)
WORD = st.sampled_from(ODD) | st.text(max_size=30)


@dataclass(frozen=True)
class Forged:
    """One request: who sends what where."""

    role: Role
    method: str
    address: str
    headers: dict[str, str] = field(default_factory=dict)
    form: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


class Faults(logging.Handler):
    """Keeps what no request may write into the log: traces and faults."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info or record.levelno >= logging.ERROR:
            trace = logging.Formatter().format(record)
            self.found.append(trace)


class Forger:
    """Draws requests for a server, and sends them with a session of the role."""

    def __init__(self, server: Flask, services: Services, seeds: list[str]) -> None:
        self._server, self._services, self._seeds = server, services, seeds
        self._rules = sorted(server.url_map.iter_rules(), key=lambda r: r.rule)
        self._accounts = {
            role: next(a.id for a in services.staff.accounts.all() if a.role is role)
            for role in ACCOUNT_ROLES
        }
        self.known = {
            "account": list(self._accounts.values()),
            "release": [r.id for r in services.releases.list()],
            "job": [job.id for job in services.jobs.list()],
            "facility": ["K1", "K2"],
            "indicator": ["kinderarmut"],
            "deed": ["kennwort", "zweiter-faktor", "ohne-zweiten-faktor", "codes", "sitzungen"],
        }
        server.test_client().get("/healthz")
        self._callbacks = {
            prefix: python_callbacks(_map_of(server, prefix)) for prefix in ("/", "/intern/")
        }

    def requests(self) -> st.SearchStrategy[Forged]:
        """Return a strategy for requests of all kinds."""
        return st.one_of(self._routes(), self._routes(), self._mutated(), self._calls())

    @st.composite
    @staticmethod
    def _drawn_route(draw: Any, forger: Forger) -> Forged:
        rule = draw(st.sampled_from(forger._rules))
        address = re.sub(r"<([^>]*)>", lambda p: draw(_part(p[1], forger.known)), rule.rule)
        query = draw(st.dictionaries(st.sampled_from(forger.names()), WORD, max_size=4))
        method = draw(st.sampled_from([*sorted(rule.methods or ()), "GET", "POST", "PUT"]))
        return Forged(
            draw(_ROLES), method, _address(address, query), draw(_HEADERS),
            draw(st.dictionaries(st.sampled_from(_FIELDS), st.sampled_from(_FITTING) | WORD)),
        )  # fmt: skip

    def _routes(self) -> st.SearchStrategy[Forged]:
        return self._drawn_route(self)

    @st.composite
    @staticmethod
    def _drawn_mutation(draw: Any, forger: Forger) -> Forged:
        parts = urlsplit(draw(st.sampled_from(forger._seeds)))
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        query |= draw(st.dictionaries(st.sampled_from([*query, "lang", "level"]), WORD, max_size=2))
        path = parts.path
        if draw(st.booleans()):
            pieces = path.split("/")
            pieces[draw(st.integers(0, len(pieces) - 1))] = quote(_plain(draw(WORD)))
            path = "/" + "/".join(pieces).lstrip("/")
        inside = draw(st.sampled_from(("", "", "/intern")))
        address = _address(inside + path, query)
        return Forged(draw(_ROLES), "GET", address, draw(_HEADERS))

    def _mutated(self) -> st.SearchStrategy[Forged]:
        return self._drawn_mutation(self)

    @st.composite
    @staticmethod
    def _drawn_call(draw: Any, forger: Forger) -> Forged:
        prefix = draw(st.sampled_from(sorted(forger._callbacks)))
        callbacks = forger._callbacks[prefix]
        output = draw(st.sampled_from(sorted(callbacks)))
        callback = callbacks[output]
        pages = st.sampled_from([urlsplit(s) for s in forger._seeds])
        page = draw(pages)
        values: dict[str, Any] = {}
        for spec in [*callback["inputs"], *callback["state"]]:
            name = f"{spec['id']}.{spec['property']}"
            values[name] = draw(st.one_of(WORD, JSON, st.sampled_from((None, 1, ["01", "02"]))))
        if draw(st.booleans()):
            inside = prefix.rstrip("/")
            path = draw(st.sampled_from(_PAGES))
            values |= {"url.pathname": inside + path, "url.search": f"?{page.query}"}
        body = body_of(output, callback, values)
        if draw(st.integers(0, 5)) == 0:
            body[draw(st.sampled_from(sorted(body)))] = draw(JSON)
        raw = json.dumps(body).encode()
        if draw(st.integers(0, 20)) == 0:
            raw = draw(st.sampled_from((raw[:-3], b"null", b"[" * 100_000, raw * 400, b"\xff")))
        headers = {"Content-Type": "application/json", **ORIGIN}
        address = f"{prefix}_dash-update-component"
        return Forged(draw(_ROLES), "POST", address, headers, body=raw)

    def _calls(self) -> st.SearchStrategy[Forged]:
        return self._drawn_call(self)

    def names(self) -> list[str]:
        """Return all names of parameters the seeds carry, and those of forms."""
        found = {name for s in self._seeds for name, _ in parse_qsl(urlsplit(s).query)}
        return sorted(found | set(_FIELDS))

    def send(self, wanted: Forged) -> TestResponse:
        """Send a request in a fresh browser, its form signed as a page would sign it."""
        client = self._server.test_client()
        form = {name: _plain(value) for name, value in wanted.form.items()}
        if wanted.role is not Role.PUBLIC:
            token = self._session(wanted.role)
            client.set_cookie("keck_session", token, path="/intern/")
            signed = hmac.new(token.encode(), _PURPOSE, hashlib.sha256).hexdigest()
            form.setdefault("form_token", signed)
        data: Any = wanted.body or (form if wanted.method in ("POST", "PUT", "PATCH") else None)
        return client.open(
            wanted.address, method=wanted.method, headers=wanted.headers, data=data
        )  # fmt: skip

    def _session(self, role: Role) -> str:
        """Open a session of a role, whatever earlier requests did to its account."""
        staff, account = self._services.staff, self._accounts[role]
        with writing(staff.sessions._database) as connection:
            stored.update_account(connection, account, role=str(role), is_disabled=False)
            return staff.sessions.open(connection, account, "Firefox")


_ROLES = st.sampled_from((Role.PUBLIC, *ACCOUNT_ROLES))
_PAGES = ("/", "/atlas", "/vergleich", "/profil/quartiere/02", "/praesentieren", "/bericht",
          "/methoden", "/embed/atlas", "/artikel/x")  # fmt: skip
_HEADERS = st.sampled_from(
    (
        ORIGIN, ORIGIN, ORIGIN, {}, {"Origin": "http://evil.example"}, {**ORIGIN, "Host": "evil"},
        {**ORIGIN, "Range": "bytes=5-1"}, {**ORIGIN, "If-None-Match": '"' * 9},
        {**ORIGIN, "If-Modified-Since": "gestern"}, {**ORIGIN, "Accept-Encoding": "br;q=x, *"},
        {**ORIGIN, "Content-Type": "multipart/form-data; boundary="},
        {**ORIGIN, "Content-Type": "application/json"}, {**ORIGIN, "Content-Length": "-1"},
        {**ORIGIN, "Cookie": "keck_session=" + "x" * 9000}, {**ORIGIN, "Accept-Language": "\xff"},
        {**ORIGIN, "User-Agent": "\x1b[31m"}, {**ORIGIN, "X-Forwarded-For": "1, 2, 3"},
    )
)  # fmt: skip


def _part(name: str, ids: dict[str, list[str]]) -> st.SearchStrategy[str]:
    """Return what may stand in a part of a rule: mostly a word the rule knows."""
    listed = re.search(r"any\((.*?)\)", name)
    known = listed[1].split(", ") if listed else ids.get(name, [])
    plain = st.sampled_from(("kleinstadt", "quartiere", "kinderarmut", "de", "02"))
    fitting = st.sampled_from(known) if known else plain
    drawn = st.one_of(fitting, fitting, fitting, plain, WORD)
    return drawn.map(lambda text: quote(_plain(text), safe="/:,"))


def _address(path: str, query: dict[str, str]) -> str:
    asked = urlencode({name: _plain(value) for name, value in query.items()})
    return (path or "/") + (f"?{asked}" if asked else "")


def _plain(text: str) -> str:
    """Return a text that can be sent: half characters as a client would replace them."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _map_of(server: Flask, prefix: str) -> dict[str, Any]:
    dispatch: Any = server.view_functions[f"{prefix}_dash-update-component"]
    return next(
        c.cell_contents for c in dispatch.__closure__ if hasattr(c.cell_contents, "callback_map")
    ).callback_map
