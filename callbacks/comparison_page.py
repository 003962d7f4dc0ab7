"""From an address to what the page of a comparison shows: services are asked, figures are built."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from dash.development.base_component import Component

from callbacks.builder_links import report_of_comparison
from callbacks.comparison_groups import groups_part
from callbacks.comparison_maps import maps_part
from callbacks.comparison_request import Section, SectionRequest
from callbacks.comparison_rules import rules_part
from callbacks.comparison_twins import twins_part
from callbacks.report_links import comparison_reports
from domain.comparison_query import serialise_comparison
from domain.model import TOTAL, Audience
from domain.name_search import in_alphabet
from domain.side_by_side import ComparedIndicator, ComparisonQuery, ComparisonView
from domain.side_by_side_findings import has_town_course, has_town_mark
from figures import theme
from figures.heat_table import heat_rows
from figures.sentences import page_hints
from figures.side_courses import course_figure
from figures.side_strips import strips_figure
from figures.side_texts import (
    course_sub,
    course_table,
    course_title,
    courses_sub,
    courses_title,
    hidden_texts,
    lead,
    page_title,
    recut_texts,
    source_text,
    standing_texts,
    strips_sub,
    strips_table,
    strips_title,
    table_title,
)
from i18n import Translate, translator
from layouts import atlas, comparison
from layouts.comparison_charts import ChartTable, Course, Courses, Paper, Strips
from layouts.comparison_legend import legend
from layouts.comparison_model import Chooser, ComparisonPage
from layouts.comparison_options import bar_options, bar_values
from services.container import Services

_MOST_LISTED = 160
"""Areas of a level that are listed to choose from; of more, search and map lead further."""


SECTIONS: tuple[Section, ...] = (twins_part, maps_part, rules_part, groups_part)
"""Further sections below the courses, in this order; one that has nothing to say returns None.

A section reads its own keys from ``view.query.sections``; they are declared in
``domain.comparison_query.SECTION_KEYS`` and stay in every link of the page.
"""


def _reports(_services: Services, request: SectionRequest) -> Component | None:
    return comparison_reports(request.view, request.tr)


ACTIONS: tuple[Section, ...] = (_reports, report_of_comparison)
"""What can be done with the whole comparison (share, report); stands before the files."""


def comparison_page(services: Services, audience: Audience, search: str | None) -> Component:
    """Return the page of an address."""
    return comparison.layout(comparison_content(services, audience, search))


def comparison_content(
    services: Services, audience: Audience, search: str | None
) -> list[Component]:
    """Return what the page holds for an address, whatever it says."""
    query, hints = services.comparisons.query(audience, search or "")
    tr = translator(query.lang)
    if not query.level:
        return [atlas.empty(tr)]
    texts = page_hints(tr, hints)
    if not query.n_columns:
        return comparison.chooser(tr, _chooser(services, audience, query, texts))
    view = services.comparisons.comparison(audience, query)
    request = SectionRequest(audience, view, hints, tr)
    page = _page(services, request, texts)
    return comparison.comparison(tr, page)


def _chooser(
    services: Services, audience: Audience, query: ComparisonQuery, hints: tuple[str, ...]
) -> Chooser:
    offer = services.monitoring.offer(audience, query.release)
    # the search finds areas of earlier boundaries; the list holds those in force
    names = services.comparisons.names_today(audience, query.release, query.level)
    level = next(x for x in offer.levels if x.id == query.level)
    listed = sorted(names.items(), key=lambda x: in_alphabet(x[1]))
    tr = translator(query.lang)
    # maps and rules help to choose; nothing is put side by side yet
    bare = services.comparisons.comparison(audience, replace(query, indicators=()))
    request = SectionRequest(audience, replace(bare, query=query), (), tr)
    sections = [part(services, request) for part in SECTIONS]
    return Chooser(
        query=query,
        options=bar_options(offer, query, tr),
        values=bar_values(query),
        indicators=list(query.indicators),
        hints=hints,
        words=level.area_word.in_language(query.lang),
        areas=tuple(listed) if len(listed) <= _MOST_LISTED else (),
        back=atlas_address(query),
        sections=[x for x in sections if x is not None],
    )


def _page(services: Services, request: SectionRequest, hints: tuple[str, ...]) -> ComparisonPage:
    view, tr = request.view, request.tr
    query, language = view.query, view.query.lang
    offer = services.monitoring.offer(request.audience, query.release)
    built = [[part(services, request) for part in parts] for parts in (ACTIONS, SECTIONS)]
    actions, sections = ([x for x in found if x is not None] for found in built)
    return ComparisonPage(
        view=view,
        options=bar_options(offer, query, tr),
        values=bar_values(query),
        indicators=list(query.indicators),
        hints=(*hints, *recut_texts(view, tr)),
        title=page_title(view, tr),
        lead=lead(view, tr, language),
        rows=heat_rows(view, tr, language),
        legend=legend(view, tr),
        table_title=table_title(view, tr),
        standings=standing_texts(view, tr),
        strips=_strips(view, tr, language),
        courses=_courses(view, tr, language),
        atlas_links={x.indicator.id: atlas_address(query, x) for x in view.indicators},
        back=atlas_address(query, view.indicators[0] if view.indicators else None),
        files=(
            (tr("side.file_xlsx"), file_address(view, "xlsx")),
            (tr("side.file_csv"), file_address(view, "csv")),
            (tr("side.file_courses"), file_address(view, "csv") + "&scope=all_periods"),
        ),
        actions=actions,
        sections=sections,
    )


def _strips(view: ComparisonView, tr: Translate, language: str) -> Strips | None:
    if not any(x.spread.values for x in view.indicators):
        return None
    title = strips_title(view, tr, language)
    town = view.catalogue.town.name if any(has_town_mark(x) for x in view.indicators) else ""
    return Strips(
        title=title,
        sub=strips_sub(view, tr, language),
        key=_key(view),
        town=town,
        figure=strips_figure(view, tr, language),
        table=ChartTable(title, *strips_table(view, tr, language)),
        hidden=hidden_texts(view, tr, language),
        language=language,
        paper=_paper(view, view.indicators, tr, ("strips", "|" if town else "")),
    )


def _courses(view: ComparisonView, tr: Translate, language: str) -> Courses:
    town = view.catalogue.town.name
    return Courses(
        title=courses_title(view, tr),
        sub=courses_sub(view, tr),
        key=_key(view),
        town=town if any(has_town_course(x) for x in view.indicators) else "",
        source=source_text(view.indicators, view, tr),
        courses=tuple(_course(view, x, tr, language) for x in view.indicators),
        language=language,
    )


def _course(view: ComparisonView, column: ComparedIndicator, tr: Translate, lang: str) -> Course:
    title = course_title(column, tr, lang)
    figure = course_figure(view, column, town=view.catalogue.town.name, language=lang)
    has_number = any(v is not None for line in figure["data"] for v in line["y"])
    return Course(
        id=column.indicator.id,
        title=title,
        sub=course_sub(view, column, tr, lang),
        figure=figure,
        table=ChartTable(title, *course_table(view, column, tr, lang)),
        paper=_paper(
            view, (column,), tr, (column.indicator.id, "┄" if has_town_course(column) else "")
        ),
        empty="" if has_number else tr("side.course_empty"),
    )


def _key(view: ComparisonView) -> tuple[tuple[int, str], ...]:
    return tuple((a.slot, a.name) for a in sorted(view.areas, key=lambda a: a.slot))


def _paper(
    view: ComparisonView,
    columns: tuple[ComparedIndicator, ...],
    tr: Translate,
    drawn: tuple[str, str],
) -> Paper:
    """Return what a picture says beside its chart.

    ``drawn`` is its name and the line of the town, empty where it has none.
    """
    name, line = drawn
    town = view.catalogue.town
    areas = ((theme.SIGNS[slot], theme.SELECTED[slot], label) for slot, label in _key(view))
    return Paper(
        key=(*areas, *([(line, theme.INK, town.name)] if line else [])),
        source=source_text(columns, view, tr),
        release=view.query.release,
        file=f"{town.id}_vergleich_{name}_{view.query.level}",
    )


def atlas_address(query: ComparisonQuery, column: ComparedIndicator | None = None) -> str:
    """Return the address of the Atlas with the same areas, and one indicator where named."""
    pairs = {
        "indicator": column.indicator.id if column else "",
        "category": column.category if column and column.category != TOTAL else "",
        "period": column.period if column else "",
        "level": query.level,
        "areas": ",".join(query.areas),
        "compare": "" if query.compare == "city" else query.compare,
        "release": query.release if query.is_pinned else "",
        "lang": "" if query.lang == "de" else query.lang,
    }
    return "/atlas?" + urlencode({k: v for k, v in pairs.items() if v}, safe=",:/@")


def file_address(view: ComparisonView, suffix: str) -> str:
    """Return the address of the comparison as a file."""
    query = view.query
    place = f"/export/{view.catalogue.town.id}/{query.release}/vergleich.{suffix}"
    return f"{place}?{serialise_comparison(replace(query, release=''))}"
