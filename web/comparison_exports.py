"""A comparison as a file for a spreadsheet."""

from __future__ import annotations

from flask import Response, request

from domain.comparison_query import serialise_comparison
from domain.side_by_side import ComparisonQuery
from web.asked_tables import AskedTable, Occasion, occasion_of
from web.audience import audience, own_url
from web.comparison_tables import ComparisonExport, comparison_table
from web.errors import RefusedRequestError
from web.mounting import Mount
from web.releases import open_of_town
from web.sources import Sources
from web.tables import Table


def register(server: Mount, sources: Sources, *, default_language: str) -> None:
    """Mount ``/export/<town>/<release>/vergleich.csv`` and ``.xlsx``.

    The query is that of the page; what the page would replace is replaced here too, and the notes
    of the file say so. ``scope=all_periods`` gives the courses, one row an area and period.
    """

    @server.get("/export/<town>/<release>/vergleich.<any(csv, xlsx):suffix>")
    def comparison_export(town: str, release: str, suffix: str) -> Response:
        opened = open_of_town(sources, town, release)
        search = request.query_string.decode("utf-8", "replace")
        language = {} if request.args.get("lang") else {"lang": default_language}
        query, hints = sources.comparisons.query(
            audience(), search, {"release": opened.id, **language}
        )
        if not query.n_columns or not query.indicators:
            raise RefusedRequestError(400, "empty_comparison")
        occasion = occasion_of(f"{own_url()}vergleich?{serialise_comparison(query)}", hints)
        theme = query.theme or "indikatoren"
        asked = AskedTable(
            kind="comparison",
            release=query.release,
            words=(occasion.address,),
            occasion=occasion,
            filename=f"{opened.catalogue.town.id}_vergleich_{theme}_{query.level}",
            table=lambda: _table(sources, query, occasion),
        )
        return asked.answer(sources, suffix)


def _table(sources: Sources, query: ComparisonQuery, occasion: Occasion) -> Table:
    export = ComparisonExport(
        view=sources.comparisons.comparison(audience(), query),
        hints=occasion.hints,
        address=occasion.address,
        day=occasion.day,
        all_periods=occasion.all_periods,
    )
    return comparison_table(export)
