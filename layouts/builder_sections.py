"""What the chapters of maps in step and of a rule need to know; hidden while they are left out."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from domain.report_plan import MAPS, RULE
from domain.rules import LONGEST_RULE
from i18n import Translate
from layouts.builder_model import BuilderPage
from layouts.components import Option, aria, selector
from layouts.ids import Report

_PROBLEM = "report-rule-problem"


def maps_choice(tr: Translate, page: BuilderPage) -> Component:
    """Return the selectors of both maps and of what lies between them."""
    maps = page.maps
    fields: tuple[tuple[Report, str, list[Option]], ...] = (
        (Report.MAP_LEFT, "left", maps.indicators),
        (Report.MAP_LEFT_PERIOD, "left_period", maps.left_periods),
        (Report.MAP_RIGHT, "right", maps.indicators),
        (Report.MAP_RIGHT_PERIOD, "right_period", maps.right_periods),
        (Report.MAP_THIRD, "third", maps.thirds),
    )
    return _part(
        tr(f"builder.chapter_{MAPS}"),
        [
            html.Div(
                [
                    selector(
                        component,
                        tr(f"sidemap.pick_{name}"),
                        options,
                        maps.values[name],
                        class_name=f"field--map-{name}",
                    )
                    for component, name, options in fields
                ],
                className="builder__maps",
            )
        ],
        is_hidden=MAPS not in page.plan.chapters,
    )


def rule_choice(tr: Translate, page: BuilderPage) -> Component:
    """Return the line for the rule, and what it finds or what is wrong with it."""
    entry = page.rule
    said = (
        html.P(entry.problem, id=_PROBLEM, className="hint", role="alert")
        if entry.problem
        else html.P(entry.finding, id=_PROBLEM, className="comparison__note", role="status")
    )
    return _part(
        tr(f"builder.chapter_{RULE}"),
        [
            html.P(tr("builder.rule_note"), className="comparison__note"),
            html.Div(
                [
                    html.Label(tr("builder.rule"), htmlFor=Report.RULE, className="field__label"),
                    dcc.Input(
                        id=Report.RULE,
                        type="text",
                        debounce=True,
                        value=entry.text,
                        placeholder=tr("siderule.example"),
                        maxLength=LONGEST_RULE,
                        autoComplete="off",
                        className="entry builder__input",
                    ),
                ],
                className="field builder__rule",
                role="group",
                **aria(describedby=_PROBLEM),
            ),
            said,
        ],
        is_hidden=RULE not in page.plan.chapters,
    )


def _part(title: str, children: list[Component], *, is_hidden: bool) -> Component:
    return html.Section(
        [html.H2(title, className="comparison__heading"), *children],
        className="comparison__section",
        hidden=is_hidden,
    )
