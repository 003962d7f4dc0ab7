"""Everything a reader may look for in a release, in one ranked list.

Large levels never travel to a browser: the question goes to the server, and the best hits come
back. An index holds names that everybody may read, no value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from data.reader import ReleaseReader
from domain.glossary import TERMS
from domain.model import Audience, Catalogue, Level
from domain.search import Entry, SearchIndex
from domain.spelling import Span
from domain.streets import read_house_numbers
from i18n import translator
from i18n.periods import period_range
from services.cache import FrameCache, cache_key
from services.monitoring import MonitoringService
from services.places import newest_levels
from services.releases import ReleaseService

MOST_HITS = 60
_MOST_INDEXES = 4
_SHORTENED = 90

Pages = Sequence[tuple[str, str]]
"""Name and path of every page that can be found."""


@dataclass(frozen=True)
class Item:
    """Something that can be found; ``kind`` says which of the further fields it has.

    ``indicator``: ``theme``; ``area`` and ``street``: ``level``, ``vintage`` and ``area``;
    ``facility``: ``facility_kind`` and the point; ``page``: the path in ``id``.
    """

    kind: str
    id: str
    name: str
    group: str
    group_name: str
    detail: str = ""
    theme: str = ""
    level: str = ""
    vintage: str = ""
    facility_kind: str = ""
    point: tuple[float, float] | None = None


@dataclass(frozen=True)
class Found:
    """A hit: what it is, and which letters of its name were asked for."""

    item: Item
    marks: tuple[Span, ...]


@dataclass(frozen=True)
class _Indexed:
    items: tuple[Item, ...]
    index: SearchIndex


class SearchService:
    """Answers what somebody typed, for one audience, release and language."""

    def __init__(self, releases: ReleaseService, monitoring: MonitoringService) -> None:
        self._releases = releases
        self._monitoring = monitoring
        self._indexes: FrameCache[_Indexed] = FrameCache(_MOST_INDEXES)

    def search(
        self,
        audience: Audience,
        release: str,
        language: str,
        query: str,
        pages: Pages = (),
    ) -> tuple[int, tuple[Found, ...]]:
        """Return how many things hold every word of the query, and the best of them."""
        key = cache_key(audience, release, "search", (language, *(path for _, path in pages)))
        indexed = self._indexes.get_or_build(
            key, lambda: self._build(audience, release, language, pages)
        )
        total, hits = indexed.index.search(query, MOST_HITS)
        return total, tuple(Found(indexed.items[hit.position], hit.marks) for hit in hits)

    def _build(self, audience: Audience, release: str, language: str, pages: Pages) -> _Indexed:
        reader = self._releases.reader(release, audience)
        catalogue = reader.catalogue()
        offer = self._monitoring.offer(audience, release)
        pairs = [
            *_indicators(catalogue, offer.periods, language),
            *_themes(catalogue, language),
            *self._areas(reader, audience, release, language),
            *_pages(pages, language),
            *_facility_kinds(catalogue, language),
            *_facilities(reader, language),
            *self._streets(reader, audience, release, language),
            *_terms(language),
        ]
        items, entries = zip(*pairs, strict=True)
        return _Indexed(items, SearchIndex(entries))

    def _areas(
        self, reader: ReleaseReader, audience: Audience, release: str, language: str
    ) -> Iterator[tuple[Item, Entry]]:
        for rank, level in enumerate(newest_levels(reader.catalogue())):
            frame = self._releases.level_frame(audience, release, level.id, level.vintage)
            above = self._names_above(reader, audience, release, level)
            name = level.name.in_language(language)
            for area, text in zip(frame.index, frame["name"], strict=True):
                item = Item(
                    "area", str(area), str(text), f"level:{level.id}", name,
                    detail=above.get(str(area), ""), level=level.id, vintage=level.vintage,
                )  # fmt: skip
                yield item, Entry(str(text), (str(area), name), weight=0.05 + rank / 100)

    def _names_above(
        self, reader: ReleaseReader, audience: Audience, release: str, level: Level
    ) -> dict[str, str]:
        """Return the name of the parent of each area, in the first hierarchy that has one."""
        catalogue = reader.catalogue()
        cities = {(x.id, x.vintage) for x in catalogue.levels if x.kind == "city"}
        found: dict[str, str] = {}
        links = reader.parents(level.id, level.vintage)
        for (parent_level, vintage), rows in links.groupby(
            ["parent_level", "parent_vintage"], sort=False
        ):
            if (parent_level, vintage) in cities:
                continue
            names = self._names(audience, release, str(parent_level), str(vintage))
            for child, parent in zip(rows["child"], rows["parent"], strict=True):
                found.setdefault(str(child), names.get(str(parent), ""))
        return found

    def _names(self, audience: Audience, release: str, level: str, vintage: str) -> dict[str, str]:
        frame = self._releases.level_frame(audience, release, level, vintage)
        return {str(i): str(n) for i, n in zip(frame.index, frame["name"], strict=True)}

    def _streets(
        self, reader: ReleaseReader, audience: Audience, release: str, language: str
    ) -> Iterator[tuple[Item, Entry]]:
        tr = translator(language)
        streets = reader.streets()
        newest = {level.id: level for level in newest_levels(reader.catalogue())}
        names = {
            level: self._names(audience, release, level, newest[level].vintage)
            for level in sorted(set(streets["level"]))
            if level in newest
        }
        for street, numbers, level, area in streets.itertuples(index=False, name=None):
            name = names.get(level, {}).get(area)
            if name is None:
                continue
            held = read_house_numbers(numbers)
            where = [_written(numbers, language), name] if numbers else [name]
            item = Item(
                "street", str(area), str(street), "streets", tr("search.streets"),
                detail=" · ".join(where), level=level, vintage=newest[level].vintage,
            )  # fmt: skip
            yield item, Entry(str(street), weight=0.35, is_street=True, numbers=held)


def _written(numbers: str, language: str) -> str:
    """Write house numbers: ``2–20, gerade``."""
    span, _, side = numbers.partition(" ")
    text = span.replace("-", "–")
    return f"{text}, {translator(language)(f'search.side_{side}')}" if side else text


def _indicators(
    catalogue: Catalogue, periods: Mapping[str, Mapping[str, tuple[str, ...]]], language: str
) -> Iterator[tuple[Item, Entry]]:
    tr = translator(language)
    themes = {t.id: t.name.in_language(language) for t in catalogue.themes}
    sources = {s.id: f"{s.office} {s.title}" for s in catalogue.sources}
    for indicator in catalogue.indicators:
        held = sorted({p for level in periods.get(indicator.id, {}).values() for p in level})
        name = indicator.name.in_language(language)
        detail = (
            themes.get(indicator.theme, ""),
            indicator.unit.in_language(language),
            period_range(held, language),
        )
        item = Item(
            "indicator", indicator.id, name, "indicators", tr("search.indicators"),
            detail=" · ".join(part for part in detail if part), theme=indicator.theme,
        )  # fmt: skip
        also = (indicator.short_name.in_language(language), themes.get(indicator.theme, ""))
        text = (indicator.definition.in_language(language), sources.get(indicator.source, ""))
        yield item, Entry(name, also, text)


def _themes(catalogue: Catalogue, language: str) -> Iterator[tuple[Item, Entry]]:
    tr = translator(language)
    for theme in catalogue.themes:
        count = sum(i.theme == theme.id for i in catalogue.indicators)
        name = theme.name.in_language(language)
        detail = tr("search.theme_one" if count == 1 else "search.theme_many", n=count)
        yield (
            Item("theme", theme.id, name, "themes", tr("search.themes"), detail=detail),
            Entry(name),
        )


def _pages(pages: Pages, language: str) -> Iterator[tuple[Item, Entry]]:
    tr = translator(language)
    for name, path in pages:
        text = tr(f"page.{name}")
        yield Item("page", path, text, "pages", tr("search.pages")), Entry(text, weight=0.02)


def _facility_kinds(catalogue: Catalogue, language: str) -> Iterator[tuple[Item, Entry]]:
    group = translator(language)("search.facilities")
    for kind in catalogue.facility_kinds:
        name = kind.name.in_language(language)
        item = Item(
            "facilities", kind.id, name, "facilities", group,
            detail=translator(language)("search.all_on_map"), facility_kind=kind.id,
        )  # fmt: skip
        yield item, Entry(name, (group,), weight=0.2)


def _facilities(reader: ReleaseReader, language: str) -> Iterator[tuple[Item, Entry]]:
    group = translator(language)("search.facilities")
    kinds = {k.id: k.name.in_language(language) for k in reader.catalogue().facility_kinds}
    columns = ["facility_id", "kind", "name", "address", "x", "y"]
    for key, kind, name, address, x, y in reader.facilities()[columns].itertuples(
        index=False, name=None
    ):
        shown = str(name or "").strip() or kinds.get(kind, "")
        detail = " · ".join(p for p in (kinds.get(kind, ""), str(address or "")) if p)
        item = Item(
            "facility", str(key), shown, "facilities", group, detail=detail, facility_kind=kind,
            point=None if pd.isna(x) or pd.isna(y) else (float(x), float(y)),
        )  # fmt: skip
        yield item, Entry(shown, (str(address or ""), kinds.get(kind, "")), weight=0.3)


def _terms(language: str) -> Iterator[tuple[Item, Entry]]:
    tr = translator(language)
    for term in TERMS:
        name, text = tr(f"term.{term}.name"), tr(f"term.{term}.text")
        detail = text if len(text) <= _SHORTENED else text[:_SHORTENED].rsplit(" ", 1)[0] + " …"
        item = Item("term", term, name, "terms", tr("search.terms"), detail=detail)
        yield item, Entry(name, weight=0.25)
