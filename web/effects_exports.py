"""The register of measures as a file for a spreadsheet."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, request

from domain.effects_query import serialise_effects
from domain.effects_view import Entry, RegisterView
from figures.effects_texts import indicator_name, register_title
from i18n import Translate, translator
from web.asked_tables import AskedTable, Occasion, occasion_of
from web.audience import audience, own_url
from web.mounting import Mount
from web.releases import open_of_town
from web.sources import Sources
from web.tables import Cell, Table

_COLUMNS = (
    "id", "name", "what", "level", "areas", "where", "since", "until", "carrier", "cost",
    "target_group", "indicator_id", "indicator", "direction", "size", "events", "review",
    "standing", "entered", "state",
)  # fmt: skip


def register(server: Mount, sources: Sources, *, default_language: str) -> None:
    """Mount ``/export/<town>/<release>/wirkung.csv`` and ``.xlsx``; the query is the page's."""

    @server.get("/export/<town>/<release>/wirkung.<any(csv, xlsx):suffix>")
    def effects_export(town: str, release: str, suffix: str) -> Response:
        opened = open_of_town(sources, town, release)
        search = request.query_string.decode("utf-8", "replace")
        language = {} if request.args.get("lang") else {"lang": default_language}
        query, hints = sources.effects.query(audience(), search, {"release": opened.id, **language})
        pinned = serialise_effects(replace(query, is_pinned=True))
        occasion = occasion_of(f"{own_url()}wirkung?{pinned}", hints)
        asked = AskedTable(
            kind="effects",
            release=query.release,
            words=(occasion.address, sources.effects.stamp(audience())),
            occasion=occasion,
            filename=f"{opened.catalogue.town.id}_massnahmen",
            table=lambda: _table(sources.effects.register(audience(), query), query.lang, occasion),
        )
        return asked.answer(sources, suffix)


def _table(view: RegisterView, language: str, occasion: Occasion) -> Table:
    tr = translator(language)
    label = tr("resources.sheet_notes")
    lines = (
        tr("effects.caution"),
        tr("resources.sheet_release", release=view.release, address=occasion.address),
    )
    return Table(
        title=register_title(view, tr),
        columns=tuple(tr(f"effects.col_{c}") for c in _COLUMNS),
        rows=tuple(_row(e, tr, language) for e in view.listed),
        notes=tuple((label, line) for line in lines),
        sheet=tr("effects.sheet"),
        notes_sheet=label,
        day=occasion.day,
    )


def _row(entry: Entry, tr: Translate, language: str) -> tuple[Cell, ...]:
    facts = entry.facts
    return (
        entry.id,
        facts.name,
        facts.what,
        facts.level,
        ", ".join(facts.areas),
        ", ".join(entry.area_names),
        facts.since.isoformat(),
        facts.until.isoformat() if facts.until else None,
        facts.carrier or None,
        facts.cost,
        facts.target_group,
        facts.indicator,
        indicator_name(entry, language),
        tr(f"effects.expected_{facts.direction}"),
        facts.size,
        facts.events or None,
        facts.review.isoformat(),
        tr(f"effects.standing_{entry.standing}"),
        entry.entered.date().isoformat(),
        tr(f"effects.state_{'draft' if entry.is_draft else 'published'}"),
    )
