"""The parts of the page of need and supply as files for a spreadsheet."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, request

from domain.need_query import OFFERS, OUTLOOK, PLAN, NeedQuery, serialise_need
from web import need_tables
from web.asked_tables import AskedTable, Occasion, occasion_of
from web.audience import audience, own_url
from web.errors import RefusedRequestError
from web.mounting import Mount
from web.releases import open_of_town
from web.sources import Sources
from web.tables import Table


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
            table=lambda: _table(sources, query, occasion),
        )
        return asked.answer(sources, suffix)


def _table(sources: Sources, query: NeedQuery, occasion: Occasion) -> Table:
    """Return the table of the part that a query shows."""
    if query.part == OUTLOOK:
        return need_tables.outlook_table(sources.outlooks.view(audience(), query), occasion)
    if query.part == OFFERS:
        found = sources.offer_use.view(audience(), query)
        if found is None:
            raise RefusedRequestError(400, "empty_offers")
        return need_tables.offers_table(found, occasion)
    view = sources.needs.view(audience(), query)
    if query.part == PLAN:
        return need_tables.plan_table(view, occasion)
    return need_tables.places_table(view, occasion)
