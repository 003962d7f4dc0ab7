"""Children, places and ways of every area as a file for a spreadsheet."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, request

from domain.model import SHOWN_STATES
from domain.need_query import serialise_need
from domain.need_view import AreaNeed, NeedView
from figures.need_texts import lead, reach_lead, title
from i18n import Translate, translator
from web.asked_tables import AskedTable, Occasion, occasion_of
from web.audience import audience, own_url
from web.errors import RefusedRequestError
from web.mounting import Mount
from web.releases import open_of_town
from web.sources import Sources
from web.tables import Cell, Table

_COLUMNS = (
    "area_id", "area", "children", "state", "in_care", "places", "facilities", "unknown",
    "coverage", "attendance", "gap", "class", "reach", "nearest", "edge",
)  # fmt: skip
_PLACES = 4


def register(server: Mount, sources: Sources, *, default_language: str) -> None:
    """Mount ``/export/<town>/<release>/bedarf.csv`` and ``.xlsx``; the query is the page's."""

    @server.get("/export/<town>/<release>/bedarf.<any(csv, xlsx):suffix>")
    def need_export(town: str, release: str, suffix: str) -> Response:
        opened = open_of_town(sources, town, release)
        search = request.query_string.decode("utf-8", "replace")
        language = {} if request.args.get("lang") else {"lang": default_language}
        query, hints = sources.needs.query(audience(), search, {"release": opened.id, **language})
        if not query.level:
            raise RefusedRequestError(400, "empty_need")
        pinned = replace(query, is_pinned=True)
        occasion = occasion_of(f"{own_url()}bedarf?{serialise_need(pinned)}", hints)
        asked = AskedTable(
            kind="need",
            release=query.release,
            words=(occasion.address,),
            occasion=occasion,
            filename=f"{opened.catalogue.town.id}_bedarf_{query.level}",
            table=lambda: _table(sources.needs.view(audience(), query), occasion),
        )
        return asked.answer(sources, suffix)


def _table(view: NeedView, occasion: Occasion) -> Table:
    query = view.query
    tr = translator(query.lang)
    label = tr("resources.sheet_notes")
    lines = (
        *lead(view, tr, query.lang),
        *reach_lead(view, tr, query.lang),
        tr("resources.sheet_release", release=query.release, address=occasion.address),
    )
    return Table(
        title=title(view, tr, query.lang),
        columns=tuple(tr(f"need.col_{c}") for c in _COLUMNS),
        rows=tuple(_row(a, tr) for a in view.areas),
        notes=tuple((label, line) for line in lines),
        sheet=tr("need.sheet"),
        notes_sheet=label,
        day=occasion.day,
    )


def _row(a: AreaNeed, tr: Translate) -> tuple[Cell, ...]:
    is_shown = a.state in SHOWN_STATES
    return (
        a.id,
        a.name,
        a.children if is_shown else None,
        tr(f"state.{a.state}"),
        a.in_care,
        a.places,
        a.facilities,
        a.unknown,
        _rounded(a.coverage),
        _rounded(a.attendance),
        _rounded(a.gap),
        tr(f"need.class_{a.kind}") if a.kind else None,
        _rounded(a.reach),
        _rounded(a.nearest_m),
        tr("need.yes") if a.is_edge else tr("need.no"),
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _PLACES)
