"""Search by rule: the form writes the address, the address decides what is found."""

from __future__ import annotations

from typing import Any

from dash import Dash, Input, Output, State, ctx
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from callbacks.comparison_request import SectionRequest
from callbacks.comparison_twins import add_link
from domain.comparison_query import serialise_comparison
from domain.model import Audience
from domain.rule_search import RuleArea, RuleResult
from domain.rules import LONGEST_RULE, Rule, RuleProblem
from domain.side_by_side import ComparisonQuery
from figures.side_maps import MapPicture
from figures.side_rules import (
    area_texts,
    column_names,
    decimal,
    help_text,
    problem_text,
    result_lines,
    result_picture,
    result_title,
    rule_text,
    untold_text,
)
from i18n import translator
from layouts.address_options import indicator_options
from layouts.comparison_maps import map_figure
from layouts.comparison_rules import (
    NONE,
    ROWS,
    RuleFinding,
    RuleHit,
    RulePanel,
    RuleRow,
    rules_section,
)
from layouts.ids import Sections, Shell
from services.container import Services

_MOST_LISTED = 100


def register(app: Dash, services: Services, audience: Audience) -> None:
    """Attach what the form does."""

    @app.callback(
        Output(Shell.URL, "search", allow_duplicate=True),
        Input(Sections.RULE_GO, "n_clicks"),
        Input(Sections.RULE_READ, "n_clicks"),
        Input(Sections.RULE_TEXT, "n_submit"),
        State(Sections.RULE_TEXT, "value"),
        State(Sections.RULE_JOIN, "value"),
        *(State(component, "value") for row in ROWS for component in row[:3]),
        State(Shell.URL, "search"),
        prevent_initial_call=True,
    )
    def look_up(*given: Any) -> str:
        clicks, (text, join, *cells, search) = given[:3], given[3:]
        if not any(clicks):
            raise PreventUpdate
        rows = [cells[n : n + 3] for n in range(0, len(cells), 3)]
        by_form = ctx.triggered_id == Sections.RULE_GO
        wanted = rule_of_form(rows, join) if by_form else str(text or "")
        query, _ = services.comparisons.query(audience, search or "")
        # one letter more than may be: what is cut off must be told, not read as another rule
        told = query.with_section("rule", wanted.strip()[: LONGEST_RULE + 1])
        return "?" + serialise_comparison(told)

    @app.callback(
        *(Output(row[3], "children") for row in ROWS),
        *(Input(row[0], "value") for row in ROWS),
        State(Shell.URL, "search"),
        prevent_initial_call=True,
    )
    def tell(*given: Any) -> tuple[str, ...]:
        *wanted, search = given
        query, _ = services.comparisons.query(audience, search or "")
        return tuple(help_of(services, audience, query, str(i or "")) for i in wanted)


def rule_of_form(rows: list[Any], join: Any) -> str:
    """Return the filled rows as one line; what is wrong with it is said where it is read."""
    parts = [
        f"{indicator} {sign or '>'} {value or ''}".strip()
        for indicator, sign, value in (("" if i == NONE else i, s, v) for i, s, v in rows)
        if indicator or value
    ]
    return (" or " if join == "or" else " and ").join(parts)


def help_of(services: Services, audience: Audience, query: ComparisonQuery, indicator: str) -> str:
    """Say where the values of an indicator lie; nothing for one the level does not have."""
    names = services.rules.names(audience, query.release, query.level)
    known = services.monitoring.catalogue(audience, query.release).indicator(indicator)
    if indicator not in names or known is None:
        return ""
    told = services.rules.help(audience, query, indicator)
    return help_text(told, known, translator(query.lang), query.lang)


def rules_part(services: Services, request: SectionRequest) -> Component | None:
    """Return the form, filled with the rule of the address, and what that finds."""
    query, tr = request.view.query, request.tr
    text = query.section("rule")
    read = services.rules.read(request.audience, query, text)
    rows, join, is_in_form = _rows(services, request, read)
    names = services.rules.names(request.audience, query.release, query.level)
    is_rule = isinstance(read, Rule)
    offer = services.monitoring.offer(request.audience, query.release)
    return rules_section(
        tr,
        RulePanel(
            indicators=indicator_options(offer, query),
            rows=rows,
            join=join,
            text=rule_text(read, names, tr, query.lang) if isinstance(read, Rule) else text,
            note="" if is_in_form or not is_rule else tr("siderule.only_line"),
            problem=problem_text(read, tr) if isinstance(read, RuleProblem) else "",
            finding=_finding(services, request, read) if isinstance(read, Rule) else None,
        ),
    )


def _rows(
    services: Services, request: SectionRequest, read: Rule | RuleProblem | None
) -> tuple[tuple[RuleRow, ...], str, bool]:
    """Return the rows of the form, how they are joined, and whether they hold the rule."""
    empty = (RuleRow(),) * len(ROWS)
    if not isinstance(read, Rule) or len(read.conditions) > len(ROWS):
        return empty, "and", False
    is_all = len(read.rows) == 1
    if not is_all and any(len(row) > 1 for row in read.rows):
        return empty, "and", False
    query = request.view.query
    filled = tuple(
        RuleRow(
            c.indicator,
            c.operator,
            decimal(c.number, query.lang),
            help_of(services, request.audience, query, c.indicator),
        )
        for c in read.conditions
    )
    return (*filled, *empty)[: len(ROWS)], "and" if is_all else "or", True


def _finding(services: Services, request: SectionRequest, rule: Rule) -> RuleFinding:
    query, tr = request.view.query, request.tr
    result = services.rules.search(request.audience, query, rule)
    picture = rule_picture(services, request, result)
    n = len(result.found)
    return RuleFinding(
        title=result_title(result, tr, query.lang),
        lines=result_lines(result, request.view.catalogue, tr, query.lang),
        columns=column_names(result, query.lang),
        found=_hits(request, result, result.found, with_link=True),
        untold=_hits(request, result, result.untold, with_link=False),
        untold_title=untold_text(result, tr, query.lang),
        more=tr("siderule.more", n=_MOST_LISTED) if n > _MOST_LISTED else "",
        picture=map_figure(tr, picture, is_beside=True) if picture else None,
    )


def _hits(
    request: SectionRequest, result: RuleResult, areas: tuple[RuleArea, ...], *, with_link: bool
) -> tuple[RuleHit, ...]:
    language = request.view.query.lang
    return tuple(
        RuleHit(
            a.name,
            area_texts(a, result, request.tr, language),
            add_link(request, a.id, a.name, place="rule") if with_link else None,
        )
        for a in areas[:_MOST_LISTED]
    )


def rule_picture(
    services: Services, request: SectionRequest, result: RuleResult | None = None
) -> MapPicture | None:
    """Return the map of what the rule of the address finds; None without rule or outlines."""
    query = request.view.query
    if result is None:
        read = services.rules.read(request.audience, query, query.section("rule"))
        if not isinstance(read, Rule):
            return None
        result = services.rules.search(request.audience, query, read)
    frame = services.monitoring.map_frame(request.audience, query.release, result.level)
    if frame is None:
        return None
    areas = services.releases.level_frame(
        request.audience, query.release, result.level.id, result.level.vintage
    )
    names = [str(n) for n in areas["name"]]
    return result_picture(result, frame, names, request.tr, query.lang)
