"""The early-warning list as a file for a spreadsheet: every area, every movement, as numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flask import Response, request

from domain.warning_query import serialise_warning
from domain.warning_view import WarningView
from figures.warning_moves import moves_of, neighbours_text
from figures.warning_texts import details, lead, standing_name, title, warnings
from i18n import Translate, translator
from web.asked_tables import AskedTable, Occasion, occasion_of
from web.audience import audience, own_url
from web.errors import RefusedRequestError
from web.mounting import Mount
from web.releases import open_of_town
from web.sources import Sources
from web.tables import Cell, Table

_COLUMNS = (
    "area_id", "area", "standing", "indicator_id", "indicator", "first", "last", "from", "to",
    "unit", "town_from", "town_to", "word", "p", "note", "neighbours",
)  # fmt: skip
_PLACES = 6
_DIGITS = 3
"""Digits of a p-value that count, however small it is."""


def register(server: Mount, sources: Sources, *, default_language: str) -> None:
    """Mount ``/export/<town>/<release>/fruehwarnung.csv`` and ``.xlsx`` with the page's query."""

    @server.get("/export/<town>/<release>/fruehwarnung.<any(csv, xlsx):suffix>")
    def early_warning_export(town: str, release: str, suffix: str) -> Response:
        opened = open_of_town(sources, town, release)
        search = request.query_string.decode("utf-8", "replace")
        language = {} if request.args.get("lang") else {"lang": default_language}
        query, hints = sources.warnings.query(
            audience(), search, {"release": opened.id, **language}
        )
        if not query.level:
            raise RefusedRequestError(400, "empty_warning")
        pinned = replace(query, is_pinned=True)
        occasion = occasion_of(f"{own_url()}fruehwarnung?{serialise_warning(pinned)}", hints)
        asked = AskedTable(
            kind="early_warning",
            release=query.release,
            words=(occasion.address,),
            occasion=occasion,
            filename=f"{opened.catalogue.town.id}_fruehwarnung_{query.level}",
            table=lambda: _table(sources.warnings.view(audience(), query), occasion),
        )
        return asked.answer(sources, suffix)


def _table(view: WarningView, occasion: Occasion) -> Table:
    lang = view.query.lang
    tr = translator(lang)
    label = tr("resources.sheet_notes")
    lines = (
        *lead(view, tr, lang),
        *details(view, tr, lang),
        *warnings(view, tr, lang),
        tr("resources.sheet_release", release=view.query.release, address=occasion.address),
    )
    order = [*view.listed, *(i for i in range(len(view.area_ids)) if i not in set(view.listed))]
    return Table(
        title=title(view, tr, lang),
        columns=tuple(tr(f"warning.col_{c}") for c in _COLUMNS),
        rows=tuple(row for i in order for row in _rows(view, i, tr)),
        notes=tuple((label, line) for line in lines),
        sheet=tr("warning.sheet"),
        notes_sheet=label,
        day=occasion.day,
    )


def _rows(view: WarningView, area: int, tr: Translate) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each movement of an area, one without any for an area that kept still."""
    lang = view.query.lang
    standing = standing_name(view, view.standings[area], tr)
    who = (view.area_ids[area], view.area_names[area], standing)
    moves = moves_of(view, area, tr, lang)
    if not moves:
        yield (*who, *(None,) * (len(_COLUMNS) - len(who)))
    around = neighbours_text(view, area, tr)
    for k, move in zip(view.movements(area), moves, strict=True):
        tested = view.tested[k]
        yield (
            *who,
            tested.indicator.id,
            move.name,
            *tested.periods,
            *(round(float(v[area]), _PLACES) for v in tested.values),
            tested.indicator.unit.in_language(lang),
            *(None if v is None else round(v, _PLACES) for v in tested.town),
            move.word,
            float(f"{view.warned.adjusted[k, area]:.{_DIGITS}g}"),
            " ".join(move.notes) or None,
            around,
        )
