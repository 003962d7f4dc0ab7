"""Pages that only the folder has: what it holds, a sheet per indicator, sources and licences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from domain.model import Text
from domain.profile_query import profile_address
from domain.view import Offer
from i18n import Translate
from i18n.formats import number, written_date
from i18n.periods import period_label
from web.offline.heads import METHODS, NOTES, START
from web.offline.places import AREAS, Places

_NOTES = (
    ("offline.hidden_title", "offline.hidden"),
    ("offline.limits_title", "offline.limits"),
    ("offline.barriers_title", "offline.barriers"),
    ("offline.program_title", "offline.program"),
)


@dataclass(frozen=True)
class Release:
    """What the pages say of the release; ``areas`` is level → [id, name] of its newest vintage."""

    id: str
    created: datetime
    note: Text
    offer: Offer
    level_names: dict[str, dict[str, str]]
    areas: dict[str, list[list[str]]]


@dataclass(frozen=True)
class Writer:
    """Writes in one language; links are those of the folder."""

    tr: Translate
    language: str
    places: Places
    release: Release
    held: frozenset[str]
    """Indicators the folder has."""

    def link(self, text: str, href: str, here: str, more: str = "") -> str:
        """Return a link, or the plain text where the folder has no such page."""
        target = self.places.link(href, here=here, language=self.language)
        inside = escape(text)
        linked = f'<a href="{escape(target)}">{inside}</a>' if target else inside
        return f"<li>{linked}{more}</li>"


def start_page(writer: Writer) -> str:
    """Return what the folder holds: themes with indicators, areas of every level, a search."""
    tr, release = writer.tr, writer.release
    town = release.offer.catalogue.town.name
    has_profiles = any(path.startswith("/profil/") for path in writer.places.names)
    lead = "offline.start_lead" if has_profiles else "offline.start_lead_plain"
    parts = [
        f"<h1>{escape(tr('offline.start_title', town=town))}</h1>",
        f'<p class="offline__lead">{escape(tr(lead, **_when(writer)))}</p>',
        f"<p>{_plain(writer, tr('offline.to_atlas'), '/atlas')} · "
        f"{_plain(writer, tr('offline.to_methods'), METHODS)} · "
        f"{_plain(writer, tr('offline.notes_title'), NOTES)}</p>",
        f'<label class="offline__search" for="offline-search">{tr("offline.search")}</label>'
        '<input id="offline-search" type="search" class="form-control offline__field" '
        f'autocomplete="off" data-many="{escape(tr("offline.found"))}" '
        f'data-none="{escape(tr("offline.found_none"))}">'
        '<p class="offline__count" role="status" id="offline-count"></p>',
        *_themes(writer),
        f'<h2 id="{AREAS}">{escape(tr("offline.areas"))}</h2>',
        *(_areas(writer, level) for level in release.areas),
    ]
    return "".join(parts)


def _plain(writer: Writer, text: str, href: str) -> str:
    target = writer.places.link(href, here=START, language=writer.language) or ""
    return f'<a href="{escape(target)}">{escape(text)}</a>'


def _when(writer: Writer) -> dict[str, str]:
    release = writer.release
    day = release.created.strftime("%d.%m.%Y" if writer.language == "de" else "%Y-%m-%d")
    return {"release": release.id, "date": day}


def _themes(writer: Writer) -> list[str]:
    offer, found = writer.release.offer, []
    for theme in offer.catalogue.themes:
        rows = []
        for indicator in offer.catalogue.indicators:
            levels = offer.periods.get(indicator.id)
            if indicator.theme != theme.id or not levels or indicator.id not in writer.held:
                continue
            newest = period_label(next(iter(levels.values()))[-1], writer.language)
            where = ", ".join(writer.release.level_names[writer.language][x] for x in levels)
            unit = indicator.unit.in_language(writer.language)
            more = f"<small>{escape(' · '.join(x for x in (unit, newest, where) if x))}</small>"
            name = indicator.name.in_language(writer.language)
            rows.append(writer.link(name, f"/atlas?indicator={indicator.id}", START, more))
        if rows:
            name = escape(theme.name.in_language(writer.language))
            listed = "".join(rows)
            found.append(
                f'<section><h2>{name}</h2><ul class="offline__list">{listed}</ul></section>'
            )
    return found


def _areas(writer: Writer, level: str) -> str:
    areas = writer.release.areas[level]
    name = writer.release.level_names[writer.language].get(level, level)
    rows = "".join(writer.link(title, _address(writer, level, i), START) for i, title in areas)
    count = number(len(areas), 0, writer.language)
    return (
        f"<details><summary>{escape(name)} ({count})</summary>"
        f'<ul class="offline__list">{rows}</ul></details>'
    )


def _address(writer: Writer, level: str, area: str) -> str:
    profile = profile_address(level, area)
    if profile in writer.places.names:
        return profile
    return f"/atlas?level={level}&areas={area}"


def notes_page(writer: Writer) -> str:
    """Return release, sources with licences, what is left out, signs and accessibility."""
    tr, release = writer.tr, writer.release
    town = release.offer.catalogue.town
    parts = [
        f"<h1>{escape(tr('offline.notes_title'))}</h1>",
        f"<p>{escape(tr('offline.notes_release', town=town.name, **_when(writer)))}</p>",
    ]
    note = release.note.in_language(writer.language)
    if note:
        parts.append(f"<p>{escape(tr('offline.notes_new', note=note))}</p>")
    parts.append(f"<h2>{escape(tr('offline.sources'))}</h2>{_sources(writer)}")
    if town.licence:
        parts.append(f"<p>{escape(tr('offline.town_licence', licence=town.licence))}</p>")
    parts += [f"<h2>{escape(tr(title))}</h2><p>{escape(tr(text))}</p>" for title, text in _NOTES]
    return "".join(parts)


def _sources(writer: Writer) -> str:
    rows: list[str] = []
    for source in writer.release.offer.catalogue.sources:
        dated = written_date(source.date, writer.language)
        told: list[Any] = [source.office, source.title, dated, source.licence]
        address = f' <a href="{escape(source.url)}">{escape(source.url)}</a>'
        shown = address if source.url.startswith(("https://", "http://")) else ""
        rows.append(f"<li>{escape(' · '.join(x for x in told if x))}{shown}</li>")
    return f"<ul>{''.join(rows)}</ul>"
