"""What the table panel of the Atlas page shows, as a file for a spreadsheet."""

from __future__ import annotations

from flask import Response, request

from domain.selection import Hint, Selection, parse_query, serialise
from web.asked_tables import AskedTable, Occasion, occasion_of
from web.audience import audience, own_url
from web.errors import RefusedRequestError
from web.export_notes import Export
from web.export_tables import export_table
from web.mounting import Mount
from web.releases import PublicRelease, open_of_town
from web.sources import Sources
from web.tables import Table


def register(server: Mount, sources: Sources, *, default_language: str) -> None:
    """Mount ``/export/<town>/<release>/atlas.csv`` and ``.xlsx``.

    The query is that of the Atlas page; what the page would replace is replaced here too, and
    the notes of the file say so. ``scope=all_periods`` gives one row an area and period.
    """

    @server.get("/export/<town>/<release>/atlas.<any(csv, xlsx):suffix>")
    def atlas_export(town: str, release: str, suffix: str) -> Response:
        opened = open_of_town(sources, town, release)
        selection, hints = _selection(sources, opened, default_language)
        occasion = occasion_of(f"{own_url()}atlas?{serialise(selection)}", hints)
        asked = AskedTable(
            kind="export",
            release=opened.id,
            words=(occasion.address, selection.lang),
            occasion=occasion,
            filename=_filename(opened, selection, occasion),
            table=lambda: _table(sources, opened, selection, occasion),
        )
        return asked.answer(sources, suffix)


def _selection(
    sources: Sources, opened: PublicRelease, default_language: str
) -> tuple[Selection, tuple[Hint, ...]]:
    raw = parse_query(request.query_string.decode("utf-8", "replace"))
    raw = {"lang": default_language, **raw, "release": opened.id}
    selection, hints = sources.monitoring.selection(audience(), raw)
    if not selection.indicator:
        raise RefusedRequestError(404, "empty_release")
    return selection, hints


def _filename(opened: PublicRelease, selection: Selection, occasion: Occasion) -> str:
    """Return town, indicator, period and level."""
    period = "all-periods" if occasion.all_periods else selection.period
    return f"{opened.catalogue.town.id}_{selection.indicator}_{period}_{selection.level}"


def _table(
    sources: Sources, opened: PublicRelease, selection: Selection, occasion: Occasion
) -> Table:
    export = Export(
        content=sources.monitoring.atlas_content(audience(), selection),
        selection=selection,
        catalogue=opened.catalogue,
        hints=occasion.hints,
        address=occasion.address,
        day=occasion.day,
        all_periods=occasion.all_periods,
    )
    return export_table(export)
