"""A report of one's own: the chapters of a plan, in its order, each with the reader's own text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from domain.model import Audience
from domain.progress import Progress
from domain.report_outline import cuts
from domain.report_plan import (
    COMPARISON,
    COVER,
    MAPS,
    METHODS,
    MOST_PROFILES,
    OVERVIEW,
    PROFILES,
    RULE,
    SHEETS,
    TWINS,
    ReportPlan,
)
from domain.report_template import OwnTexts
from domain.rules import Rule, RuleProblem
from domain.selection import Selection
from domain.side_by_side import ComparisonQuery, ComparisonView
from figures.atlas_view import AtlasView
from i18n import Translate, translator
from reports import build
from reports.atlas import atlas_chapter, sheet_facts
from reports.comparison_sections import SectionWriter
from reports.document import (
    BarData,
    Block,
    Chapter,
    DataTable,
    Document,
    Facts,
    Paragraph,
    Picture,
    PointData,
)
from reports.methods import methods_chapter
from reports.own_text import own_blocks
from reports.section_chapters import maps_chapter, rule_chapter, twins_chapter

_MOST_NAMED = 5


class Plans(Protocol):
    """Says what a plan asks of other services."""

    def names(self, audience: Audience, plan: ReportPlan) -> dict[str, str]:
        """Return id → name of every area of the plan's level."""

    def areas(self, audience: Audience, plan: ReportPlan) -> tuple[str, ...]:
        """Return the chosen areas."""

    def selections(self, audience: Audience, plan: ReportPlan) -> tuple[Selection, ...]:
        """Return the views of the overview."""

    def comparison(self, audience: Audience, plan: ReportPlan) -> ComparisonQuery:
        """Return the comparison of the first chosen areas, with its maps and its rule."""

    def rule(self, audience: Audience, plan: ReportPlan) -> Rule | RuleProblem | None:
        """Return the rule of a plan, or why it is none."""


class Sources(build.Sources, Protocol):
    """The services that a report of one's own is built from."""

    @property
    def plans(self) -> Plans:
        """Plans."""


def planned_document(
    sources: Sources,
    plan: ReportPlan,
    texts: OwnTexts,
    occasion: build.Occasion,
    progress: Progress,
) -> Document:
    """Return the document of a plan; progress is told for every chapter."""
    left_out = cuts(plan, len(sources.plans.areas(occasion.audience, plan)))
    occasion = replace(occasion, hints=(*occasion.hints, *left_out))
    report = _Report(sources, plan, texts, occasion)
    chapters: list[Chapter] = []
    of = max(1, report.count())
    for done, chapter in enumerate(report.chapters(), start=1):
        chapters.append(chapter)
        progress.at(min(done / of, 1.0), "export.chapter", done=min(done, of), of=of)
    document = build.document_of(
        sources,
        occasion,
        texts.title or report.tr("builder.document_title"),
        tuple(chapters),
        subtitle=report.subtitle(),
    )
    return replace(document, has_cover=COVER in plan.chapters)


@dataclass(frozen=True)
class _Report:
    """One report on its way."""

    sources: Sources
    plan: ReportPlan
    texts: OwnTexts
    occasion: build.Occasion

    @property
    def tr(self) -> Translate:
        return translator(self.occasion.language)

    @property
    def audience(self) -> Audience:
        return self.occasion.audience

    def subtitle(self) -> str:
        """Name the level and the chosen areas, or how many they are."""
        catalogue = self.sources.monitoring.catalogue(self.audience, self.plan.release)
        level = next(x for x in catalogue.levels if x.id == self.plan.level)
        name = level.name.in_language(self.occasion.language)
        names = self.sources.plans.names(self.audience, self.plan)
        if self.plan.all_areas or not self.plan.areas:
            return self.tr("builder.subtitle_all", level=name, n=len(names))
        chosen = [names[a] for a in self.plan.areas]
        rest = len(chosen) - _MOST_NAMED
        listed = ", ".join(chosen[:_MOST_NAMED])
        return self.tr("builder.subtitle_more", names=listed, n=rest) if rest > 0 else listed

    def count(self) -> int:
        """Return how many chapters there will be, about."""
        n_areas = len(self.sources.plans.areas(self.audience, self.plan))
        views = len(self.plan.indicators) * max(1, len(self.plan.periods))
        counts = {OVERVIEW: views, PROFILES: min(n_areas, MOST_PROFILES), COVER: 0}
        return sum(counts.get(chapter, 1) for chapter in self.plan.chapters)

    def chapters(self) -> Iterator[Chapter]:
        """Give the chapters in the order of the plan; one without content only its own text."""
        made: dict[str, Callable[[], Iterator[Chapter]]] = {
            OVERVIEW: self._overview,
            COMPARISON: self._comparison,
            MAPS: self._maps,
            TWINS: self._twins,
            RULE: self._rule,
            PROFILES: self._profiles,
            METHODS: self._methods,
            SHEETS: self._sheets,
        }
        for chapter in self.plan.chapters:
            own = own_blocks(self.texts.by_chapter.get(chapter, ""))
            parts = made[chapter]() if chapter in made else iter(())
            first = next(parts, None)
            if first is not None:
                yield replace(first, blocks=(*own, *first.blocks))
            elif own:
                yield Chapter(self.tr(f"builder.own_{chapter}"), own)
            yield from parts

    def _overview(self) -> Iterator[Chapter]:
        for selection in self.sources.plans.selections(self.audience, self.plan):
            chapter = atlas_chapter(self._view(selection))
            yield replace(chapter, blocks=tuple(b for b in chapter.blocks if _is_overview(b)))

    def _view(self, selection: Selection) -> AtlasView:
        content = self.sources.monitoring.atlas_content(self.audience, selection)
        level = content.view.level
        outlines = self.sources.outlines.outlines(self.audience, selection.release, level)
        return AtlasView(content, selection, outlines)

    def _comparison(self) -> Iterator[Chapter]:
        query = self.sources.plans.comparison(self.audience, self.plan)
        if query.is_comparable:
            yield build.chapter_of_comparison(self.sources, query, self.audience)

    def _section(self) -> tuple[SectionWriter, ComparisonView]:
        query = self.sources.plans.comparison(self.audience, self.plan)
        view = self.sources.comparisons.comparison(self.audience, query)
        return SectionWriter(self.sources, view, self.audience), view

    def _maps(self) -> Iterator[Chapter]:
        chapter = maps_chapter(*self._section())
        if chapter is not None:
            yield chapter

    def _twins(self) -> Iterator[Chapter]:
        chapter = twins_chapter(*self._section())
        if chapter is not None:
            yield chapter

    def _rule(self) -> Iterator[Chapter]:
        rule = self.sources.plans.rule(self.audience, self.plan)
        if isinstance(rule, Rule):
            writer, view = self._section()
            query = view.query
            names = self.sources.rules.names(self.audience, query.release, query.level)
            yield rule_chapter(writer, view, rule, names)

    def _profiles(self) -> Iterator[Chapter]:
        for area in self.sources.plans.areas(self.audience, self.plan)[:MOST_PROFILES]:
            asked = build.AreaAsked(self.plan.level, area, self.plan.period)
            yield build.chapter_of_profile(self.sources, asked, self.occasion)

    def _methods(self) -> Iterator[Chapter]:
        catalogue = self.sources.monitoring.catalogue(self.audience, self.plan.release)
        yield methods_chapter(catalogue, self.plan.indicators, self.tr, self.occasion.language)

    def _sheets(self) -> Iterator[Chapter]:
        newest = replace(self.plan, periods=self.plan.periods[:1])
        blocks: list[Block] = [Paragraph(self.tr("builder.sheets_lead"), "lead")]
        for selection in self.sources.plans.selections(self.audience, newest):
            atlas = self._view(selection)
            name = atlas.view.indicator.name.in_language(self.occasion.language)
            blocks.append(replace(sheet_facts(atlas), title=name))
        yield Chapter(self.tr("builder.chapter_sheets"), tuple(blocks))


def _is_overview(block: Block) -> bool:
    """Keep the map, the course and what is said of chance; long lists stand in other chapters."""
    is_of_one_year = isinstance(block, Picture) and isinstance(block.data, BarData | PointData)
    return not is_of_one_year and not isinstance(block, DataTable | Facts)
