"""Indicators and methods: the address says which part is shown and what it is filtered by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from dash.development.base_component import Component

from callbacks.atlas_page import language_of
from callbacks.start import kept_query
from domain.gaps import Listed, fullest_level
from domain.glossary import TERMS, WAYS
from domain.model import Audience, Catalogue
from domain.page_query import read_page_query
from figures.gap_texts import key_texts, levels_text, periods_text, row_texts
from figures.sentences import page_hints
from figures.sheet import catalogue_sheet, indicator_sheet
from figures.sheet_signs import all_signs
from i18n import Translate, translator
from i18n.periods import period_label
from layouts import atlas, methods, methods_parts
from layouts.methods import Asked, Choice
from services.container import Services
from services.methods import gap_table, listed, sheet_content

_KEYS = ("part", "q", "theme", "level", "release", "lang")


@dataclass(frozen=True)
class _Place:
    """What every part of the page needs to know."""

    services: Services
    audience: Audience
    release: str
    language: str
    tr: Translate
    asked: Asked

    @property
    def catalogue(self) -> Catalogue:
        return self.services.monitoring.catalogue(self.audience, self.release)

    def rows(self, *, theme: str | None = None) -> list[Listed]:
        """Return the indicators that the address asks for."""
        wanted = self.asked.theme if theme is None else theme
        return listed(
            self.services, self.audience, self.release, theme=wanted, query=self.asked.query
        )

    def sheet_address(self, indicator: str) -> str:
        path = f"{methods.PATH}/{quote(indicator, safe='')}"
        return f"{path}?{urlencode(self.asked.kept)}" if self.asked.kept else path


def methods_page(
    services: Services, audience: Audience, rest: str, search: str
) -> Component | None:
    """Return the page, or the sheet of an indicator; None for one that does not exist."""
    tr = translator(language_of(search))
    if services.monitoring.current() is None:
        return atlas.empty(tr)
    place, hints = _place(services, audience, search)
    if rest:
        return _sheet(place, rest)
    content = _PARTS[place.asked.part](place)
    return methods.layout(place.tr, place.asked, content, hints)


def _place(services: Services, audience: Audience, search: str) -> tuple[_Place, tuple[str, ...]]:
    """Read the address; what it names and nobody knows falls back with a hint."""
    language = language_of(search)
    tr, words = translator(language), read_page_query(search, _KEYS)
    release, told = services.releases.wanted(words.get("release"), audience)
    is_current = release == services.monitoring.current()
    offer = services.monitoring.offer(audience, release)
    known = {
        "part": methods.PARTS,
        "theme": tuple(t.id for t in offer.catalogue.themes),
        "level": tuple(x.id for x in offer.levels),
    }
    strange = [key for key, values in known.items() if words.get(key) not in (None, *values)]
    hints = list(page_hints(tr, told))
    hints += [tr("hint.methods", wanted=words[key]) for key in strange]
    held = {key: word for key, word in words.items() if key not in strange}
    asked = Asked(
        part=held.get("part", methods.PARTS[0]),
        query=held.get("q", ""),
        theme=held.get("theme", ""),
        level=held.get("level", ""),
        kept=kept_query(language, "" if is_current else release),
    )
    return _Place(services, audience, release, language, tr, asked), tuple(hints)


def _themes(place: _Place) -> Component:
    """Return the choice of a theme."""
    asked = place.asked
    every = Choice(place.tr("methods.all_themes"), asked.address(theme=""), not asked.theme)
    rest = (
        Choice(t.name.in_language(place.language), asked.address(theme=t.id), t.id == asked.theme)
        for t in place.catalogue.themes
    )
    return methods.chips(place.tr("methods.theme"), (every, *rest))


def _indicators(place: _Place) -> list[Component]:
    tr, language = place.tr, place.language
    levels = place.services.monitoring.offer(place.audience, place.release).levels
    names = {level.id: level.name.in_language(language) for level in levels}
    rows = place.rows()
    texts = [
        {
            "name": one.indicator.name.in_language(language),
            "href": place.sheet_address(one.indicator.id),
            "definition": one.indicator.definition.in_language(language),
            "unit": one.indicator.unit.in_language(language),
            "levels": levels_text(one, names, tr),
            "periods": periods_text(one, language),
            "source": one.source.office if one.source else "",
        }
        for one in rows
    ]
    table = methods.indicator_table(tr, texts)
    return methods.section(
        tr("methods.part_indicators"),
        [methods.search_form(tr, place.asked, _count(rows, tr)), _themes(place), table],
        tr("methods.indicators_lead"),
    )


def _count(rows: list[Listed], tr: Translate) -> str:
    key = "methods.found_one" if len(rows) == 1 else "methods.found"
    return tr(key, n=len(rows))


def _gaps(place: _Place) -> list[Component]:
    tr, asked = place.tr, place.asked
    offer = place.services.monitoring.offer(place.audience, place.release)
    levels = offer.levels
    heading = tr("methods.part_gaps")
    if not levels:
        return methods.section(heading, [], tr("methods.gaps_of_town_only"))
    level = asked.level or fullest_level(levels, offer.periods)
    rows = place.rows()
    table = gap_table(place.services, place.audience, place.release, level, rows)
    links = tuple(
        Choice(x.name.in_language(place.language), asked.address(level=x.id), x.id == level)
        for x in levels
    )
    lines = []
    for row in table.rows:
        detail, cells, reason = row_texts(row, table, tr, place.language)
        name = row.listed.indicator.short_name.in_language(place.language)
        href = place.sheet_address(row.listed.indicator.id)
        lines.append((name, href, detail, cells, reason))
    texts = methods_parts.GapTexts(
        caption=tr("methods.gaps_of", level=table.level.name.in_language(place.language)),
        corner=tr("methods.column_name"),
        periods=tuple(period_label(p, place.language) for p in table.periods),
        rows=tuple(lines),
    )
    return methods.section(
        heading,
        [
            methods.search_form(tr, asked, _count(rows, tr)),
            methods.chips(tr("methods.level"), links),
            _themes(place),
            methods_parts.gap_key(key_texts(tr)),
            methods_parts.gap_table(texts),
        ],
        tr("methods.gaps_lead"),
    )


def _ways(place: _Place) -> list[Component]:
    return methods.section(
        place.tr("methods.part_methods"),
        methods_parts.ways(place.tr, WAYS),
        place.tr("methods.methods_lead"),
    )


def _signs(place: _Place) -> list[Component]:
    return methods.section(
        place.tr("methods.part_signs"),
        [methods_parts.definitions(all_signs(place.tr))],
        place.tr("methods.signs_lead"),
    )


def _glossary(place: _Place) -> list[Component]:
    tr, wanted = place.tr, place.asked.query.lower()
    every = [(tr(f"term.{term}.name"), tr(f"term.{term}.text")) for term in TERMS]
    rows = [row for row in every if wanted in " ".join(row).lower()]
    said = tr("methods.words_one" if len(rows) == 1 else "methods.words", n=len(rows))
    return methods.section(
        tr("methods.part_glossary"),
        [methods.search_form(tr, place.asked, said), methods_parts.definitions(sorted(rows))],
    )


def _downloads(place: _Place) -> list[Component]:
    named = {"release": place.release}
    words = urlencode(named)
    links = [
        ("catalogue_csv", f"/api/v1/catalogue.csv?{words}"),
        ("catalogue_xlsx", f"/api/v1/catalogue.xlsx?{words}"),
        ("levels_csv", f"/api/v1/levels.csv?{words}"),
        ("catalogue_json", f"/api/v1/catalogue?{words}"),
        ("openapi", "/api/v1/openapi.json"),
    ]
    return methods.section(
        place.tr("methods.part_downloads"),
        [methods_parts.downloads(place.tr, links)],
        place.tr("methods.downloads_lead"),
    )


_PARTS: dict[str, Callable[[_Place], list[Component]]] = {
    "indicators": _indicators,
    "gaps": _gaps,
    "methods": _ways,
    "signs": _signs,
    "glossary": _glossary,
    "downloads": _downloads,
}


def _sheet(place: _Place, indicator_id: str) -> Component | None:
    """Return the sheet of an indicator with what each level holds of it."""
    tr, language = place.tr, place.language
    one = next((x for x in place.rows(theme="") if x.indicator.id == indicator_id), None)
    if one is None:
        return None
    content = sheet_content(place.services, place.audience, place.release, indicator_id, language)
    rows = (
        indicator_sheet(content, tr, language)
        if content
        else catalogue_sheet(one.indicator, one.source, one.all_periods, tr, language)
    )
    parts = methods_parts.sheet(
        tr,
        [(label, text) for label, text in rows[1:]],
        _sheet_links(place, one),
        _sheet_gaps(place, one),
    )
    return methods.layout(tr, place.asked, parts, title=one.indicator.name.in_language(language))


def _sheet_gaps(place: _Place, one: Listed) -> list[Component]:
    """Return levels by periods of one indicator."""
    tr, language = place.tr, place.language
    lines = []
    for level in place.services.monitoring.offer(place.audience, place.release).levels:
        table = gap_table(
            place.services,
            place.audience,
            place.release,
            level.id,
            [one],
            periods=one.all_periods,
        )
        detail, cells, reason = row_texts(table.rows[0], table, tr, language)
        query = urlencode({"indicator": one.indicator.id, "level": level.id, **place.asked.kept})
        href = "" if reason else f"/atlas?{query}"
        lines.append((level.name.in_language(language), href, detail, cells, reason))
    texts = methods_parts.GapTexts(
        caption=tr("methods.sheet_gaps"),
        corner=tr("methods.level"),
        periods=tuple(period_label(p, language) for p in one.all_periods),
        rows=tuple(lines),
    )
    return [methods_parts.gap_key(key_texts(tr)), methods_parts.gap_table(texts)]


def _sheet_links(place: _Place, one: Listed) -> list[tuple[str, str]]:
    tr, found = place.tr, []
    if one.periods and not _is_of_town_only(place, one):
        query = urlencode({"indicator": one.indicator.id, **place.asked.kept})
        found.append((tr("methods.to_atlas"), f"/atlas?{query}"))
        level, periods = next(iter(one.periods.items()))
        words = {
            "indicator": one.indicator.id, "level": level, "period": periods[-1],
            "release": place.release,
        }  # fmt: skip
        values = urlencode(words)
        found.append((tr("methods.get_values_csv"), f"/api/v1/values.csv?{values}"))
        found.append((tr("methods.get_values_xlsx"), f"/api/v1/values.xlsx?{values}"))
        found.append((tr("methods.get_values_json"), f"/api/v1/values?{values}"))
    return found


def _is_of_town_only(place: _Place, one: Listed) -> bool:
    offer = place.services.monitoring.offer(place.audience, place.release)
    return one.indicator.id not in offer.periods
