"""The start page: services are asked, sentences are written, the page is laid out."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Any
from urllib.parse import urlencode

from dash.development.base_component import Component

from callbacks.atlas_page import language_of
from domain.model import Audience
from domain.selection import parse_query
from figures.answers import TileTexts, tile_texts
from figures.news import news_lines
from figures.sentences import page_hints
from i18n import DEFAULT_LANGUAGE, Translate, translator
from layouts import atlas, start
from layouts.articles import about_article
from layouts.start import Link, StartPage
from services.container import Services
from services.start import Answer, answers, news, release_note, themes

_NEWEST = 4
"""Articles that the start page names."""


def start_page(services: Services, audience: Audience, search: str | None) -> Component:
    """Return the page of the release an address names, or of the current one."""
    language = language_of(search)
    tr = translator(language)
    if services.monitoring.current() is None:
        return atlas.empty(tr)
    release, hints = services.releases.wanted(parse_query(search or "").get("release"), audience)
    catalogue = services.monitoring.catalogue(audience, release)
    note = release_note(services, audience, release)
    kept = kept_query(language, "" if note.is_current else release)
    page = StartPage(
        town=catalogue.town.name,
        language=language,
        tiles=_tiles(services, audience, release, language),
        themes=tuple(
            Link(
                found.theme.name.in_language(language),
                "/methoden?" + urlencode({"theme": found.theme.id, **kept}),
                tr("start.theme_one" if found.indicators == 1 else "start.theme_many",
                   n=found.indicators),
            )
            for found in themes(services, audience, release)
        ),
        warning=Link(
            tr("start.warning"), "/fruehwarnung" + (f"?{urlencode(kept)}" if kept else "")
        ),
        news=tuple(news_lines(news(services, audience, release), note.created, tr, language)),
        note=note.note.in_language(language),
        note_language=language if getattr(note.note, language) else "de",
        about=catalogue.about.text.in_language(language),
        contact=catalogue.about.contact.in_language(language),
        methods="/methoden" + (f"?{urlencode(kept)}" if kept else ""),
        articles=_articles(services, tr, language, kept),
        hints=page_hints(tr, hints),
    )  # fmt: skip
    return start.layout(tr, page)


def _articles(
    services: Services, tr: Translate, language: str, kept: dict[str, str]
) -> tuple[Link, ...]:
    """Return the newest articles, and the way to all where there are more."""
    query = f"?{urlencode(kept)}" if kept else ""
    found = services.articles.listed(language)
    links = [
        Link(a.title, f"/artikel/{a.id}{query}", about_article(tr, a, language))
        for a in found[:_NEWEST]
    ]
    rest = [Link(tr("articles.all"), f"/artikel{query}")] if len(found) > _NEWEST else []
    return (*links, *rest)


def kept_query(language: str, release: str) -> dict[str, str]:
    """Return what every link of a page carries on: a language or release of its own."""
    kept = {"release": release} if release else {}
    return kept if language == DEFAULT_LANGUAGE else {**kept, "lang": language}


def _tiles(
    services: Services, audience: Audience, release: str, language: str
) -> tuple[TileTexts, ...]:
    """Return the tiles; their findings are written once a release."""
    is_current = release == services.monitoring.current()
    town = services.monitoring.catalogue(audience, release).town.name
    tr = translator(language)

    def build() -> list[dict[str, Any]]:
        found = answers(services, audience, release, language)
        return [asdict(_tile(answer, town, tr, is_current=is_current)) for answer in found]

    key = (language, "current" if is_current else "kept")
    text = services.monitoring.cached_text(audience, release, "tiles", key, build)
    return tuple(TileTexts(**tile) for tile in json.loads(text))


def _tile(answer: Answer, town: str, tr: Translate, *, is_current: bool) -> TileTexts:
    named = replace(answer.selection, release="") if is_current else answer.selection
    return tile_texts(answer.tile, named, (answer.view, answer.content), town, tr)
