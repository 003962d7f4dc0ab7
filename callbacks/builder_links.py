"""Links of other pages to a report of one's own that begins with what they show."""

from __future__ import annotations

from dash.development.base_component import Component

from callbacks.comparison_request import SectionRequest
from domain.profile import ProfileView
from domain.report_plan import (
    COMPARISON,
    COVER,
    MAPS,
    METHODS,
    MOST_INDICATORS,
    OVERVIEW,
    PROFILES,
    RULE,
    SECTION_KEYS,
    SHEETS,
    TWINS,
    ReportPlan,
)
from domain.rules import Rule
from figures.side_rules import rule_text
from i18n import Translate
from layouts.builder_model import report_link
from services.container import Services


def report_of_comparison(services: Services, request: SectionRequest) -> Component | None:
    """Lead to a report on the areas and indicators of a comparison, with its maps and its rule."""
    query = request.view.query
    sections = {k: query.section(k) for k in SECTION_KEYS}
    rule = services.rules.read(request.audience, query, sections[RULE])
    if isinstance(rule, Rule):
        names = services.rules.names(request.audience, query.release, query.level)
        sections[RULE] = rule_text(rule, names, request.tr, query.lang)
    found_by_rule = (RULE,) if isinstance(rule, Rule) else ()
    plan = ReportPlan(
        query.level,
        areas=query.areas,
        theme=query.theme,
        indicators=query.indicators[:MOST_INDICATORS],
        periods=(query.period,) if query.period else (),
        chapters=(COVER, OVERVIEW, COMPARISON, MAPS, TWINS, *found_by_rule, METHODS, SHEETS),
        sections=tuple((k, text) for k, text in sections.items() if text),
        release=query.release,
        lang=query.lang,
    )
    return report_link(request.tr, plan)


def report_of_profile(view: ProfileView, tr: Translate, language: str) -> Component:
    """Lead to a report with the profile of an area; the town as a whole has maps only."""
    level = view.area.level
    is_area = level.kind != "city"
    plan = ReportPlan(
        level.id if is_area else "",
        areas=(view.area.id,) if is_area else (),
        chapters=(COVER, PROFILES, OVERVIEW, METHODS) if is_area else (COVER, OVERVIEW, METHODS),
        release=view.release,
        lang=language,
    )
    return report_link(tr, plan)
