"""Tables as files: one question, its bytes built once for all who ask the same on the same day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, request

from domain.selection import Hint
from web.audience import audience, audience_hints
from web.downloads import MIMETYPES, encode_table, offer_as_file
from web.headers import SHORT
from web.sources import Sources
from web.tables import Table
from web.views import keepable

SCOPES = ("period", "all_periods")


@dataclass(frozen=True)
class Occasion:
    """By which address and on which day a table is asked for, and what had to be put right.

    ``all_periods`` asks for every period instead of the one that is shown.
    """

    address: str
    day: dt.date
    hints: tuple[Hint, ...]
    all_periods: bool


def occasion_of(address: str, hints: tuple[Hint, ...]) -> Occasion:
    """Return the occasion of this request, whose ``scope`` says which periods are wanted.

    ``hints`` are on the question; those on a scope nobody knows, and on who may read the file, are
    added.
    """
    wanted = request.args.get("scope", "") or SCOPES[0]
    if wanted not in SCOPES:
        hints = (*hints, ("export.hint_scope", {"wanted": wanted[:60]}))
    today = dt.datetime.now().astimezone().date()
    return Occasion(address, today, (*hints, *audience_hints()), wanted == "all_periods")


@dataclass(frozen=True)
class AskedTable:
    """One question for a table.

    Attributes
    ----------
    kind, words
        Name of the cache, and what tells the question from others of its kind, release, scope
        and day.
    filename
        Without its suffix.
    table
        Builds the table.
    """

    kind: str
    release: str
    words: tuple[str, ...]
    occasion: Occasion
    filename: str
    table: Callable[[], Table]

    def body(self, sources: Sources, suffix: str) -> bytes:
        """Return the bytes; they are kept unless the question had to be put right first."""

        def build() -> bytes:
            return encode_table(self.table(), suffix)

        if self.occasion.hints:
            return build()
        scope = SCOPES[int(self.occasion.all_periods)]
        return sources.cache.get_or_build(
            audience(),
            self.release,
            f"{self.kind}.{suffix}",
            (*self.words, scope, self.occasion.day.isoformat()),
            build,
        )

    def answer(self, sources: Sources, suffix: str) -> Response:
        """Return the table as a file that a browser saves."""
        response = keepable(self.body(sources, suffix), MIMETYPES[suffix], SHORT)
        offer_as_file(response, f"{self.filename}.{suffix}")
        return response
