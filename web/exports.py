"""What the table panel of the Atlas page shows, as a file for a spreadsheet."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Flask, Response, request

from domain.model import Audience
from domain.selection import Selection, parse_query, serialise
from web.downloads import MIMETYPES, encode_table, offer_as_file
from web.errors import RefusedRequestError
from web.export_notes import Export
from web.export_tables import export_table
from web.releases import PublicRelease, open_of_town
from web.sources import Sources
from web.views import keepable

SCOPES = ("period", "all_periods")
_SHORT = "public, max-age=60, must-revalidate"

Hints = tuple[tuple[str, dict[str, Any]], ...]


def register(server: Flask, sources: Sources, *, default_language: str) -> None:
    """Mount ``/export/<town>/<release>/atlas.csv`` and ``.xlsx``.

    The query is that of the Atlas page; what the page would replace is replaced here too, and
    the notes of the file say so. ``scope=all_periods`` gives one row an area and period.
    """

    @server.get("/export/<town>/<release>/atlas.<any(csv, xlsx):suffix>")
    def atlas_export(town: str, release: str, suffix: str) -> Response:
        opened = open_of_town(sources, town, release)
        selection, hints = _selection(sources, opened, default_language)
        all_periods, more = _scope()
        export = _Request(sources, opened, selection, (*hints, *more), all_periods)
        body = export.body(suffix)
        response = keepable(body, MIMETYPES[suffix], _SHORT)
        offer_as_file(response, f"{export.filename()}.{suffix}")
        return response


def _selection(
    sources: Sources, opened: PublicRelease, default_language: str
) -> tuple[Selection, Hints]:
    raw = parse_query(request.query_string.decode("utf-8", "replace"))
    raw = {"lang": default_language, **raw, "release": opened.id}
    selection, hints = sources.monitoring.selection(Audience.PUBLIC, raw)
    if not selection.indicator:
        raise RefusedRequestError(404, "empty_release")
    return selection, hints


def _scope() -> tuple[bool, Hints]:
    wanted = request.args.get("scope", "") or SCOPES[0]
    if wanted not in SCOPES:
        return False, (("export.hint_scope", {"wanted": wanted[:60]}),)
    return wanted == "all_periods", ()


class _Request:
    """One question for a file: its bytes are kept unless it had to be put right first."""

    def __init__(
        self,
        sources: Sources,
        opened: PublicRelease,
        selection: Selection,
        hints: Hints,
        all_periods: bool,
    ) -> None:
        self._sources = sources
        self._opened = opened
        self._selection = selection
        self._hints = hints
        self._all_periods = all_periods
        self._day = dt.datetime.now().astimezone().date()

    def body(self, suffix: str) -> bytes:
        """Return the bytes, built once for all who ask the same on the same day."""
        if self._hints:
            return self._build(suffix)
        scope = SCOPES[int(self._all_periods)]
        return self._sources.cache.get_or_build(
            Audience.PUBLIC,
            self._opened.id,
            f"export.{suffix}",
            (self._address(), self._selection.lang, scope, self._day.isoformat()),
            lambda: self._build(suffix),
        )

    def filename(self) -> str:
        """Return town, indicator, period and level."""
        chosen = self._selection
        period = "all-periods" if self._all_periods else chosen.period
        return f"{self._opened.catalogue.town.id}_{chosen.indicator}_{period}_{chosen.level}"

    def _address(self) -> str:
        return f"{request.host_url}atlas?{serialise(self._selection)}"

    def _build(self, suffix: str) -> bytes:
        content = self._sources.monitoring.atlas_content(Audience.PUBLIC, self._selection)
        export = Export(
            content=content,
            selection=self._selection,
            catalogue=self._opened.catalogue,
            hints=self._hints,
            address=self._address(),
            day=self._day,
            all_periods=self._all_periods,
        )
        return encode_table(export_table(export), suffix)
