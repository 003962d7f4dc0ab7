"""The chapter on methods: how numbers are protected, compared and to be read, and their sources."""

from __future__ import annotations

from collections.abc import Iterable

from domain.model import Catalogue, Source, State
from figures.packing import SIGNS
from i18n import Translate
from i18n.formats import written_date
from reports.document import Bullets, Chapter, Facts, Heading, Paragraph

_TOPICS = ("protection", "chance", "comparison", "ranks", "trend", "boundaries")


def methods_chapter(
    catalogue: Catalogue, indicators: Iterable[str], tr: Translate, language: str
) -> Chapter:
    """Return the methods in plain language, the key of signs, and the sources of indicators."""
    topics = tuple((tr(f"builder.method_{x}"), tr(f"builder.method_{x}_text")) for x in _TOPICS)
    signs = tuple(
        f"{SIGNS[state]} = {tr(f'state.{state}')}" for state in State if SIGNS.get(state, "")
    )
    return Chapter(
        tr("builder.chapter_methods"),
        (
            Paragraph(tr("builder.methods_lead"), "lead"),
            Facts(topics),
            Heading(tr("builder.method_signs")),
            Bullets(signs),
            Heading(tr("builder.method_sources")),
            Bullets(tuple(_source_lines(catalogue, indicators, tr, language))),
        ),
    )


def _source_lines(
    catalogue: Catalogue, indicators: Iterable[str], tr: Translate, language: str
) -> Iterable[str]:
    known = {i.id: i for i in catalogue.indicators}
    used = dict.fromkeys(known[i].source for i in indicators if i in known)
    for source_id in used:
        source = catalogue.source(source_id)
        if source is not None:
            yield _line(source, catalogue.town.licence, tr, language)


def _line(source: Source, licence: str, tr: Translate, language: str) -> str:
    title = f"{source.office}: {source.title}" if source.title else source.office
    when = written_date(source.date, language)
    return tr("builder.source_line", title=title, date=when, licence=source.licence or licence)
