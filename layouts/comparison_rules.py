"""Search by rule on the page of a comparison: rows to fill in, one line to write, what is found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from domain.rules import LONGEST_RULE
from i18n import Translate
from layouts.components import Option, aria
from layouts.ids import Sections

ROWS = (
    (Sections.RULE_INDICATOR_1, Sections.RULE_SIGN_1, Sections.RULE_VALUE_1, Sections.RULE_HELP_1),
    (Sections.RULE_INDICATOR_2, Sections.RULE_SIGN_2, Sections.RULE_VALUE_2, Sections.RULE_HELP_2),
    (Sections.RULE_INDICATOR_3, Sections.RULE_SIGN_3, Sections.RULE_VALUE_3, Sections.RULE_HELP_3),
)
"""Ids of indicator, sign, value and help of each row of the form."""

NONE = "none"
"""Value of a row without a condition; an empty one would show nothing."""

SIGNS = (">", ">=", "<", "<=", "=", "!=")


@dataclass(frozen=True)
class RuleRow:
    """What stands in one row of the form."""

    indicator: str = ""
    sign: str = ">"
    value: str = ""
    help: str = ""


@dataclass(frozen=True)
class RuleHit:
    """One area with the values that decide; ``link`` adds it to the comparison."""

    name: str
    values: tuple[str, ...]
    link: Component | None = None


@dataclass(frozen=True)
class RuleFinding:
    """What a rule found, in words; the lists may be shorter than what was counted."""

    title: str
    lines: tuple[str, ...]
    columns: tuple[str, ...]
    found: tuple[RuleHit, ...]
    untold: tuple[RuleHit, ...]
    untold_title: str
    more: str = ""
    picture: Component | None = None


@dataclass(frozen=True)
class RulePanel:
    """Everything the section shows."""

    indicators: list[Option]
    rows: tuple[RuleRow, ...]
    join: str
    text: str
    note: str
    problem: str
    finding: RuleFinding | None


def rules_section(tr: Translate, panel: RulePanel) -> Component:
    """Return the section with its form, its line and what was found."""
    return html.Section(
        [
            html.H2(tr("siderule.title"), className="comparison__heading", id="rules-title"),
            html.P(tr("siderule.sub"), className="panel__sub"),
            html.Div(
                [
                    *(_row(tr, panel, n) for n in range(len(ROWS))),
                    html.Div(
                        [
                            _select(
                                Sections.RULE_JOIN,
                                tr("siderule.join"),
                                [
                                    {"value": "and", "label": tr("siderule.join_and")},
                                    {"value": "or", "label": tr("siderule.join_or")},
                                ],
                                panel.join,
                            ),
                            html.Button(
                                tr("siderule.go"),
                                id=Sections.RULE_GO,
                                type="button",
                                className="button button--main",
                            ),
                        ],
                        className="rule__row rule__row--end",
                    ),
                    html.P(panel.note, className="panel__sub") if panel.note else None,
                ],
                className="rule__form",
                role="group",
                **aria(label=tr("siderule.form")),
            ),
            html.Div(
                [
                    html.Label(
                        tr("siderule.line"), htmlFor=Sections.RULE_TEXT, className="field__label"
                    ),
                    html.Div(
                        [
                            dcc.Input(
                                id=Sections.RULE_TEXT,
                                type="text",
                                value=panel.text,
                                placeholder=tr("siderule.example"),
                                maxLength=LONGEST_RULE,
                                autoComplete="off",
                                className="rule__text",
                            ),
                            html.Button(
                                tr("siderule.read"),
                                id=Sections.RULE_READ,
                                type="button",
                                className="button",
                            ),
                        ],
                        className="rule__line",
                    ),
                ],
                className="field rule__written",
            ),
            html.P(panel.problem, className="hint rule__problem", role="alert")
            if panel.problem
            else None,
            _finding(tr, panel.finding) if panel.finding else None,
        ],
        className="comparison__section",
        **aria(labelledby="rules-title"),
    )


def _select(component: Sections, label: str, options: list[Option], value: str) -> Component:
    return html.Div(
        [
            html.Label(label, htmlFor=component, className="field__label"),
            dbc.Select(id=component, options=options, value=value, class_name="field__input"),
        ],
        className="field",
    )


def _row(tr: Translate, panel: RulePanel, n: int) -> Component:
    indicator, sign, value, help_id = ROWS[n]
    row = panel.rows[n]
    empty: Option = {"value": NONE, "label": tr("siderule.none")}
    place = n + 1
    return html.Div(
        [
            _select(
                indicator,
                tr("siderule.indicator", n=place),
                [empty, *panel.indicators],
                row.indicator or NONE,
            ),
            _select(
                sign,
                tr("siderule.sign", n=place),
                [{"value": s, "label": tr(f"siderule.sign_{i}")} for i, s in enumerate(SIGNS)],
                row.sign,
            ),
            html.Div(
                [
                    html.Label(
                        tr("siderule.value", n=place), htmlFor=value, className="field__label"
                    ),
                    dcc.Input(
                        id=value,
                        type="text",
                        value=row.value,
                        maxLength=20,
                        autoComplete="off",
                        className="rule__value",
                    ),
                ],
                className="field",
            ),
            html.P(row.help, id=help_id, className="rule__help"),
        ],
        className="rule__row",
    )


def _finding(tr: Translate, finding: RuleFinding) -> Component:
    return html.Div(
        [
            html.Div(
                [
                    html.H3(finding.title, className="rule__found"),
                    *(html.P(text) for text in finding.lines),
                    _list(tr, finding.columns, finding.found, finding.title)
                    if finding.found
                    else None,
                    html.P(finding.more, className="panel__sub") if finding.more else None,
                    html.Details(
                        [
                            html.Summary(finding.untold_title),
                            _list(tr, finding.columns, finding.untold, finding.untold_title),
                        ],
                        className="fold",
                    )
                    if finding.untold
                    else None,
                ]
            ),
            finding.picture,
        ],
        className="rule__finding" + (" rule__finding--map" if finding.picture else ""),
        role="status",
    )


def _list(
    tr: Translate, columns: Sequence[str], hits: Sequence[RuleHit], caption: str
) -> Component:
    has_links = any(hit.link for hit in hits)
    head = (tr("siderule.area"), *columns, *((tr("siderule.add"),) if has_links else ()))
    return html.Div(
        html.Table(
            [
                html.Caption(caption, className="visually-hidden"),
                html.Thead(html.Tr([html.Th(text, scope="col") for text in head])),
                html.Tbody(
                    [
                        html.Tr(
                            [
                                html.Th(hit.name, scope="row"),
                                *(html.Td(v) for v in hit.values),
                                *([html.Td(hit.link)] if has_links else []),
                            ]
                        )
                        for hit in hits
                    ]
                ),
            ],
            className="rule__table",
        ),
        className="heat__scroll rule__scroll",
        tabIndex=0,
        role="region",
        **aria(label=caption),
    )
