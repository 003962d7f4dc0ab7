"""One line of JSON for every event; whatever a client sends can neither break nor fake a line."""

from __future__ import annotations

import json
import logging
import sys
import time

from flask import Flask, Response, g, has_request_context, request

ACCESS = logging.getLogger("keck.access")
_NOTHING_NEW = 204
LONGEST = 300
"""Characters of a path or value that a log line keeps."""


class JsonFormatter(logging.Formatter):
    """Writes a record as one line of ASCII JSON, so that control characters stay escaped."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, without its end."""
        entry: dict[str, object] = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        entry |= getattr(record, "fields", {})
        if has_request_context():
            entry["request"] = request_id()
        if record.exc_info:
            entry["trace"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=True, default=str).replace("\x7f", "\\u007f")


def configure(level: str) -> None:
    """Send all logs of this process to standard error as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # Every opening of the database would be two lines that say nothing.
    logging.getLogger("alembic").setLevel(logging.WARNING)


def request_id() -> str:
    """Return the number under which this request stands in the log."""
    number: str = g.get("request_id", "")
    return number


def register(server: Flask) -> None:
    """Log every answer with its path, status and duration, and without the address of a visitor.

    That nothing is new in a room is no event: a thousand phones hear it 670 times a second.
    """

    @server.after_request
    def log_answer(response: Response) -> Response:
        started = g.get("started", time.perf_counter())
        fields = {
            "method": request.method,
            "path": request.path[:LONGEST],
            "status": response.status_code,
            "ms": round((time.perf_counter() - started) * 1000, 1),
        }
        ACCESS.log(_level(response), "answer", extra={"fields": fields})
        return response


def _level(response: Response) -> int:
    """Return how loud an answer is: a thousand phones that hear of nothing new fill no log."""
    is_of_phones = request.url_rule is not None and request.url_rule.rule.startswith("/live/")
    return logging.DEBUG if is_of_phones and response.status_code == _NOTHING_NEW else logging.INFO
