"""Measures on paper: one measure with its course and the allowed sentence, or a year in review."""

from __future__ import annotations

from typing import Protocol

from domain.effects_query import EffectsQuery
from domain.effects_view import LINES, TOWN, EffectView
from domain.model import Audience
from domain.periods import position
from figures import effects_tables as tables
from figures import effects_texts as texts
from figures.effects import COLOURS
from figures.effects_texts import Written
from i18n import Translate, translator
from i18n.periods import period_label
from reports.course_data import line_data
from reports.document import (
    Box,
    Bullets,
    Cell,
    Chapter,
    Column,
    DataTable,
    Facts,
    Heading,
    Paragraph,
    Picture,
)
from reports.drawing.trend import Course, TrendPlan, trend_drawing

WIDTH, HEIGHT = 480.0, 190.0


class Effects(Protocol):
    """Hands out measures beside the figures."""

    def view(self, audience: Audience, release: str, measure_id: str) -> EffectView:
        """Return one measure with its courses; ``KeyError`` for one nobody may see."""

    def of_year(self, audience: Audience, release: str, year: int) -> tuple[EffectView, ...]:
        """Return the measures that ran in a year."""


class EffectsSources(Protocol):
    """Where measures come from."""

    @property
    def effects(self) -> Effects:
        """Measures and their effects."""


def chapter_of_effects(
    sources: EffectsSources, query: EffectsQuery, audience: Audience, language: str
) -> Chapter:
    """Return the chapter on one measure, or on a year where no measure is asked for."""
    if query.measure:
        view = sources.effects.view(audience, query.release, query.measure)
        return measure_chapter(view, language)
    views = sources.effects.of_year(audience, query.release, query.year)
    return year_chapter(views, query.year, language)


def measure_chapter(view: EffectView, language: str) -> Chapter:
    """Return one measure: what it is, what may be said, and the numbers behind it."""
    tr = translator(language)
    lacking = () if view.problem else texts.missing(view, tr)
    warned = texts.warnings(view, tr)
    title = tables.development_title(view, tr, language)
    return Chapter(
        title=view.entry.facts.name,
        kicker=tr("effects.heading"),
        blocks=(
            Paragraph(texts.said(view, tr), "lead"),
            *([Bullets(found)] if (found := texts.beside(view, tr, language)) else []),
            Facts(texts.facts_of(view, tr, language), tr("effects.facts")),
            Heading(tr("effects.design")),
            Paragraph(texts.design_text(view, tr)),
            *([Box(tr("effects.missing"), lacking)] if lacking else []),
            *([_course(view, title, tr, language)] if not view.problem else []),
            *([Paragraph(texts.others_text(view, tr))] if not view.problem else []),
            *([Box(tr("effects.warned"), warned)] if warned else []),
            *([_table(title, tables.development_table(view, tr, language))]
              if not view.problem else []),
            *([_table(tables.placebo_title(view, tr, language),
                      tables.placebo_table(view, tr, language), is_for_books=True)]
              if view.found else []),
            Paragraph(tr("effects.caution"), "note"),
        ),
    )  # fmt: skip


def year_chapter(views: tuple[EffectView, ...], year: int, language: str) -> Chapter:
    """Return what was done in a year and what moved."""
    tr = translator(language)
    title = tables.year_title(views, year, tr)
    rows = _table(tr("effects.sheet"), tables.year_table(views, tr, language), (2, 2, 2, 2, 1.5, 4))
    return Chapter(
        title=title,
        kicker=tr("effects.heading"),
        blocks=(
            Paragraph(tr("effects.year_lead" if views else "effects.year_empty"), "lead"),
            *([rows] if views else []),
            Paragraph(tr("effects.caution"), "note"),
        ),
    )


def _course(view: EffectView, title: str, tr: Translate, language: str) -> Picture:
    drawn = [c for k in LINES if (c := view.course(k))]
    values = [v for c in drawn for v in c.values if v is not None]
    since = view.entry.facts.since
    own = view.entry.indicator
    plan = TrendPlan(
        courses=tuple(
            Course(
                tr(f"effects.head_{c.kind}"),
                COLOURS[c.kind],
                _stretches(view, c.values),
                is_town=c.kind == TOWN,
            )
            for c in drawn
        ),
        times=tuple((position(p), period_label(p, language)) for p in view.periods),
        low=min([0.0, *values]),
        high=1.08 * max(values, default=1.0),
        unit=own.unit.in_language(language) if own else "",
        breaks=((since.year + (since.month - 1) / 12 - 0.5, tr("effects.start")),),
        language=language,
    )
    return Picture(
        title,
        trend_drawing(plan, width=WIDTH, height=HEIGHT),
        f"{title}. {tr('effects.course_sub')}",
        sub=tr("effects.course_sub"),
        data=line_data(plan, own.decimals if own else 1),
    )


def _stretches(
    view: EffectView, values: tuple[float | None, ...]
) -> tuple[tuple[tuple[float, float | None], ...], ...]:
    """Return the points, parted where the series breaks."""
    ends = [position(b) for b in view.breaks]
    parts: dict[int, list[tuple[float, float | None]]] = {}
    for period, value in zip(view.periods, values, strict=True):
        at = position(period)
        parts.setdefault(sum(e <= at for e in ends), []).append((at, value))
    return tuple(tuple(points) for points in parts.values())


def _table(
    title: str, told: Written, shares: tuple[float, ...] = (), *, is_for_books: bool = False
) -> DataTable:
    head, rows = told
    words = {k for k in range(len(head)) if any(any(c.isalpha() for c in row[k]) for row in rows)}
    columns = tuple(
        Column(
            name,
            "left" if n in words or n == 0 else "right",
            shares[n] if shares else 1.0,
        )
        for n, name in enumerate(head)
    )
    return DataTable(
        title,
        columns,
        tuple(tuple(Cell(text) for text in row) for row in rows),
        is_dense=True,
        is_for_books=is_for_books,
    )
