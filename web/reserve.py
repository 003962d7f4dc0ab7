"""The space kept back on the disk is there for requests of staff, and for nobody else's."""

from __future__ import annotations

from typing import Protocol

from flask import Flask, request

from web.audience import is_inside


class Reserve(Protocol):
    """Space that can be given up and kept back again."""

    def make_room(self) -> None:
        """Give some up where the disk is full."""

    def give_up(self) -> None:
        """Give some up."""

    def restore(self) -> None:
        """Keep back what is missing where there is room."""


def register(server: Flask, reserve: Reserve) -> None:
    """Look at the disk before a request below ``/intern/`` is answered."""

    @server.before_request
    def look_at_disk() -> None:
        if _is_of_staff():
            reserve.make_room()
            reserve.restore()


def give_up(reserve: Reserve) -> None:
    """Give some up where a request of staff found no room, so that the next one does."""
    if _is_of_staff():
        reserve.give_up()


def _is_of_staff() -> bool:
    return request.url_rule is not None and is_inside(request.url_rule.rule)
