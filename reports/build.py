"""From a question to a document: what a page shows, asked anew of the services and set as chapters.

Everything comes from views of one audience, so a document holds no number its page lacks.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any, Protocol

from domain.effects_query import EffectsQuery
from domain.model import Audience, Catalogue
from domain.need_query import NeedQuery
from domain.profile import ProfileView
from domain.resource_query import ResourceQuery
from domain.resource_view import ShareView
from domain.selection import Selection
from domain.side_by_side import ComparisonQuery, ComparisonView
from domain.view import AtlasContent
from domain.warning_query import WarningQuery
from figures.atlas_view import AtlasView
from figures.sentences import hint_text
from i18n import translator
from i18n.formats import date
from reports.atlas import atlas_chapter
from reports.comparison import comparison_chapter
from reports.comparison_sections import SectionSources, section_blocks
from reports.document import Chapter, Document
from reports.early_warning import WarningSources, warning_chapter
from reports.effects import EffectsSources, chapter_of_effects
from reports.need import NeedSources, chapter_of_need
from reports.planning import resources_chapter
from reports.profile import ProfilePaper, profile_chapter

Hints = tuple[tuple[str, dict[str, Any]], ...]


class Monitoring(Protocol):
    """Hands out catalogues and what a view of the Atlas says."""

    def catalogue(self, audience: Audience, release: str) -> Catalogue:
        """Return what the release offers."""

    def atlas_content(self, audience: Audience, selection: Selection) -> AtlasContent:
        """Return everything the Atlas page says about one selection."""


class Comparisons(Protocol):
    """Hands out areas side by side."""

    def comparison(self, audience: Audience, query: ComparisonQuery) -> ComparisonView:
        """Return the areas of a query side by side."""


class Profiles(Protocol):
    """Hands out profiles."""

    def profile(
        self,
        audience: Audience,
        release: str,
        level: str,
        area: str,
        *,
        period: str = ...,
        compare: str = ...,
    ) -> ProfileView:
        """Return the profile of one area; ``KeyError`` when there is no such area."""


class Resources(Protocol):
    """Hands out distributions."""

    def shares(self, audience: Audience, query: ResourceQuery) -> ShareView:
        """Return what an order gives to every area."""


class Sources(SectionSources, NeedSources, EffectsSources, WarningSources, Protocol):
    """The services that documents are built from."""

    @property
    def monitoring(self) -> Monitoring:
        """Views."""

    @property
    def comparisons(self) -> Comparisons:
        """Areas side by side."""

    @property
    def profiles(self) -> Profiles:
        """Profiles."""

    @property
    def resources(self) -> Resources:
        """Distributions."""


@dataclass(frozen=True)
class Occasion:
    """Who asks, when, by which address, and what had to be replaced in the question."""

    audience: Audience
    release: str
    language: str
    day: dt.date
    address: str = ""
    hints: Hints = ()


def atlas_document(sources: Sources, selection: Selection, occasion: Occasion) -> Document:
    """Return the document on one view of the Atlas."""
    chapter = chapter_of_atlas(sources, selection, occasion.audience)
    return document_of(sources, occasion, chapter.title, (chapter,), foot=chapter.source)


def chapter_of_atlas(sources: Sources, selection: Selection, audience: Audience) -> Chapter:
    """Return the chapter on one view of the Atlas."""
    content = sources.monitoring.atlas_content(audience, selection)
    outlines = sources.outlines.outlines(audience, selection.release, content.view.level)
    return atlas_chapter(AtlasView(content, selection, outlines))


def comparison_document(sources: Sources, query: ComparisonQuery, occasion: Occasion) -> Document:
    """Return the document on a few areas side by side, with all sections of the page."""
    chapter = chapter_of_comparison(sources, query, occasion.audience)
    view = sources.comparisons.comparison(occasion.audience, query)
    sections = section_blocks(sources, view, occasion.audience)
    chapter = replace(chapter, blocks=(*chapter.blocks, *sections))
    return document_of(sources, occasion, chapter.title, (chapter,), foot=chapter.source)


def resources_document(sources: Sources, query: ResourceQuery, occasion: Occasion) -> Document:
    """Return the calculation of a distribution."""
    view = sources.resources.shares(occasion.audience, query)
    chapter = resources_chapter(view, occasion.language)
    return document_of(sources, occasion, chapter.title, (chapter,))


def need_document(sources: Sources, query: NeedQuery, occasion: Occasion) -> Document:
    """Return the document on need and supply."""
    chapter = chapter_of_need(sources, query, occasion.audience)
    return document_of(sources, occasion, chapter.title, (chapter,))


def effects_document(sources: Sources, query: EffectsQuery, occasion: Occasion) -> Document:
    """Return the document on one measure, or on a year where no measure is asked for."""
    chapter = chapter_of_effects(sources, query, occasion.audience, occasion.language)
    return document_of(sources, occasion, chapter.title, (chapter,))


def warning_document(sources: Sources, query: WarningQuery, occasion: Occasion) -> Document:
    """Return the document on areas that moved on several indicators."""
    chapter = warning_chapter(sources.warnings.view(occasion.audience, query), occasion.language)
    return document_of(sources, occasion, chapter.title, (chapter,))


@dataclass(frozen=True)
class AreaAsked:
    """Which profile: an area of a level, the newest period wanted, what badges compare with."""

    level: str
    area: str
    period: str = ""
    compare: str = "city"


def profile_document(sources: Sources, asked: AreaAsked, occasion: Occasion) -> Document:
    """Return the document on one area; ``KeyError`` when there is no such area."""
    chapter = chapter_of_profile(sources, asked, occasion)
    return document_of(sources, occasion, chapter.title, (chapter,), foot=chapter.source)


def chapter_of_profile(sources: Sources, asked: AreaAsked, occasion: Occasion) -> Chapter:
    """Return the chapter on one area."""
    audience, release = occasion.audience, occasion.release
    view = sources.profiles.profile(
        audience, release, asked.level, asked.area, period=asked.period, compare=asked.compare
    )
    catalogue = sources.monitoring.catalogue(audience, release)
    return profile_chapter(ProfilePaper(view, catalogue, occasion.language))


def chapter_of_comparison(sources: Sources, query: ComparisonQuery, audience: Audience) -> Chapter:
    """Return the chapter on a few areas side by side."""
    return comparison_chapter(sources.comparisons.comparison(audience, query))


def document_of(
    sources: Sources,
    occasion: Occasion,
    title: str,
    chapters: tuple[Chapter, ...],
    *,
    foot: str = "",
    subtitle: str = "",
) -> Document:
    """Put chapters between the head and the foot of a town and its release."""
    tr = translator(occasion.language)
    town = sources.monitoring.catalogue(occasion.audience, occasion.release).town
    day = date(occasion.day, occasion.language)
    note = tr("web.table.fictional") if town.fictional else ""
    release = tr("document.release", release=occasion.release, day=day)
    internal = tr("document.internal") if occasion.audience is Audience.INTERNAL else ""
    return Document(
        title=title,
        subtitle=subtitle,
        language=occasion.language,
        town=town.name,
        head=" · ".join(x for x in (internal, note.rstrip("."), release) if x),
        foot=foot or release,
        chapters=chapters,
        details=_details(occasion, note, day),
    )


def _details(occasion: Occasion, note: str, day: str) -> tuple[tuple[str, str], ...]:
    tr = translator(occasion.language)
    hints = [(tr("web.table.note"), hint_text(tr, key, p)) for key, p in occasion.hints]
    rows = [
        *hints,
        (tr("web.table.note"), note),
        (tr("web.table.release"), occasion.release),
        (tr("export.day"), day),
        (tr("export.address"), occasion.address),
    ]
    return tuple((label, text) for label, text in rows if text)
