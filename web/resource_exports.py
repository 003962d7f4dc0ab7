"""The calculation of the page of resources as a file: a workbook of formulas, or a table."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, request

from domain.resource_query import serialise_resources
from i18n import translator
from reports.distribution_workbook import distribution_workbook
from web.asked_tables import AskedTable, occasion_of
from web.audience import audience, own_url
from web.downloads import MIMETYPES, offer_as_file
from web.errors import RefusedRequestError
from web.headers import SHORT
from web.mounting import Mount
from web.releases import open_of_town
from web.resource_tables import resource_table
from web.sources import Sources
from web.views import keepable


def register(server: Mount, sources: Sources, *, default_language: str) -> None:
    """Mount ``/export/<town>/<release>/ressourcen.csv`` and ``.xlsx``; the query is the page's."""

    @server.get("/export/<town>/<release>/ressourcen.<any(csv, xlsx):suffix>")
    def resource_export(town: str, release: str, suffix: str) -> Response:
        opened = open_of_town(sources, town, release)
        search = request.query_string.decode("utf-8", "replace")
        language = {} if request.args.get("lang") else {"lang": default_language}
        query, hints = sources.resources.query(
            audience(), search, {"release": opened.id, **language}
        )
        if not query.level:
            raise RefusedRequestError(400, "empty_resources")
        pinned = replace(query, is_pinned=True)
        occasion = occasion_of(f"{own_url()}ressourcen?{serialise_resources(pinned)}", hints)
        name = f"{opened.catalogue.town.id}_ressourcen_{query.level}"
        view = sources.resources.shares(audience(), query)
        if suffix == "xlsx":
            body = distribution_workbook(
                view, translator(query.lang), occasion.day, occasion.address
            )
            response = keepable(body, MIMETYPES[suffix], SHORT)
            offer_as_file(response, f"{name}.{suffix}")
            return response
        asked = AskedTable(
            kind="resources",
            release=query.release,
            words=(occasion.address,),
            occasion=occasion,
            filename=name,
            table=lambda: resource_table(
                view, translator(query.lang), occasion.address, occasion.day
            ),
        )
        return asked.answer(sources, suffix)
