"""The last answers of the view callback as they went out: the same question, the same bytes.

A view depends on nothing but the question and the published release. What has been checked,
computed, encoded and compressed once is therefore handed out again to whoever asks the same, for
example two hundred people in one room who follow the same presentation. The gate still checks
every request before this; an answer is kept only after a body passed all checks.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict

from flask import Flask, Response, g, request

from layouts.ids import Atlas
from web.compression import accepted_encoding
from web.sources import Sources

MOST = 64
_PURE = f"{Atlas.VIEW}.data".encode()
_OK = 200


class KeptAnswers:
    """Bodies and encodings by question; the least used one leaves first."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._answers: OrderedDict[str, tuple[bytes, str]] = OrderedDict()
        self._guard = threading.Lock()

    def get(self, key: str) -> tuple[bytes, str] | None:
        """Return body and content encoding, or None."""
        with self._guard:
            if key in self._answers:
                self._answers.move_to_end(key)
            return self._answers.get(key)

    def keep(self, key: str, body: bytes, encoding: str) -> None:
        """Keep an answer."""
        with self._guard:
            self._answers[key] = (body, encoding)
            self._answers.move_to_end(key)
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)


def register(server: Flask, sources: Sources) -> None:
    """Answer known questions at once and keep new answers; call between headers and compression.

    Flask runs what comes before a request in the order of registration and what comes after it in
    reverse: so this looks after the gate has looked, and keeps what has been compressed.
    """
    kept = KeptAnswers()

    @server.before_request
    def answer_known() -> Response | None:
        key = _key(sources)
        g.answer_key = key
        found = kept.get(key) if key else None
        if found is None:
            return None
        g.answer_key = ""
        body, encoding = found
        response = Response(body, mimetype="application/json")
        if encoding:
            response.headers["Content-Encoding"] = encoding
        response.vary.add("Accept-Encoding")
        return response

    @server.after_request
    def keep_new(response: Response) -> Response:
        key = g.get("answer_key", "")
        if key and response.status_code == _OK and not response.is_streamed:
            kept.keep(key, response.get_data(), response.headers.get("Content-Encoding", ""))
        return response


def _key(sources: Sources) -> str:
    """Return what decides the answer to a view callback, empty for any other request."""
    rule = request.url_rule
    if request.method != "POST" or rule is None:
        return ""
    if not rule.rule.endswith("_dash-update-component"):
        return ""  # bodies of other rules are read by whoever answers them, perhaps part by part
    body = request.get_data(cache=True)
    if _PURE not in body:
        return ""
    # an older release that is taken back leaves the current one as it is
    release = f"{sources.releases.current() or ''}-{sources.releases.withdrawn()}"
    parts = (rule.rule, release, accepted_encoding(), hashlib.sha256(body).hexdigest())
    return "|".join(parts)
