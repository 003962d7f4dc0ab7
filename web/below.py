"""What internal pages lead to lies below ``/intern/`` as well: addresses are moved in the answers.

Pages name the addresses of pages, files and data as the public knows them, in some forty places.
They are moved in one place, so that none of them, and no page to come, can lead from internal
numbers to the public ones without anybody noticing.
"""

from __future__ import annotations

import json
import re
from typing import Any

from flask import Flask, Response, request

from web.audience import DECLARED, INTERNAL_PREFIX, Access, access_of

_BELOW = INTERNAL_PREFIX.removesuffix("/")
_MOVED = sorted(
    {
        rule.removeprefix(INTERNAL_PREFIX).split("/")[0].split(".")[0]
        for rule, access in DECLARED.items()
        if access is Access.INTERNAL and not rule.startswith((f"{_BELOW}/_", f"{_BELOW}/<"))
    }
    - {"", "assets"}
)


def _own(pages: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(re.escape(x) for x in sorted({*_MOVED, *pages}))
    return re.compile(rf"/(?:(?:{names})(?=[/?#]|\Z)|(?=[?#]))")


_JSON = ("{", "[")


class Mover:
    """Moves the addresses of an answer; ``pages`` are the first parts of paths of pages."""

    def __init__(self, pages: tuple[str, ...]) -> None:
        self._own = _own(pages)

    def address(self, text: str, *, is_link: bool = False) -> str:
        """Return an own address below ``/intern/``, any other text as it is.

        Examples
        --------
        >>> mover = Mover(("atlas",))
        >>> mover.address("/atlas?lang=en"), mover.address("/"), mover.address("und/oder")
        ('/intern/atlas?lang=en', '/', 'und/oder')
        >>> mover.address("/", is_link=True), mover.address("/s/abc")
        ('/intern/', '/s/abc')
        """
        if self._own.match(text) or (is_link and text == "/"):
            return _BELOW + text
        return text

    def body(self, text: str) -> str:
        """Return a JSON text with all its addresses moved."""
        moved = self._moved(json.loads(text), "")
        return json.dumps(moved, ensure_ascii=False, separators=(",", ":"))

    def _moved(self, part: Any, name: str) -> Any:
        if isinstance(part, dict):
            return {key: self._moved(value, key) for key, value in part.items()}
        if isinstance(part, list):
            return [self._moved(value, "") for value in part]
        if not isinstance(part, str):
            return part
        if part.startswith(_JSON) and '"/' in part:
            return self._nested(part)
        return self.address(part, is_link=name == "href")

    def _nested(self, text: str) -> str:
        """Return a text that carries JSON, as payloads and settled parts do."""
        try:
            return self.body(text)
        except ValueError:
            return text


def register(server: Flask, pages: tuple[str, ...]) -> None:
    """Move the addresses in every JSON answer to a reader of internal pages."""
    mover = Mover(pages)

    @server.after_request
    def move(response: Response) -> Response:
        rule = request.url_rule.rule if request.url_rule else ""
        plain = "Content-Encoding" not in response.headers and not response.is_streamed
        if access_of(rule) is Access.INTERNAL and response.mimetype == "application/json" and plain:
            response.set_data(mover.body(response.get_data(as_text=True)))
        return response
