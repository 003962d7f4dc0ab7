"""The page of measures and their effects before any click."""

from __future__ import annotations

from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from i18n import Translate
from layouts.comparison_charts import ChartTable
from layouts.components import Option, aria, selector
from layouts.form_parts import hint_box
from layouts.ids import Effects
from layouts.plain_charts import Part, found_part

SELECTORS: dict[str, str] = {
    Effects.MEASURE: "measure",
    Effects.AREA: "area",
    Effects.STATUS: "status",
    Effects.YEAR: "year",
}


@dataclass(frozen=True)
class Verdict:
    """The chosen measure in words.

    ``said`` is the sentence the figures allow, ``numbers`` what stands behind it, ``missing``
    what a stronger one would need.
    """

    title: str
    said: str
    numbers: tuple[str, ...]
    design: str
    missing: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class EffectsPage:
    """Everything the page shows; ``options`` and ``values`` are by the names of the address.

    ``verdict`` and ``charts`` are None where no measure fits the filters, ``year`` where no year
    is looked back on.
    """

    language: str
    options: dict[str, list[Option]]
    values: dict[str, str]
    hints: tuple[str, ...]
    register: Part
    verdict: Verdict | None
    charts: Part | None
    year: tuple[str, str, ChartTable] | None
    files: tuple[tuple[str, str], ...]
    edit: str = ""
    """Where staff edit the register; empty for the public."""


def layout(content: list[Component]) -> Component:
    """Return the page around its content, which is drawn anew for every address."""
    return html.Main(
        html.Div(content, id=Effects.BODY),
        id="main",
        className="comparison resources effects",
        tabIndex=-1,
    )


def empty(tr: Translate, hints: tuple[str, ...], edit: str) -> list[Component]:
    """Return what stands where no measure was published yet, and how one gets here."""
    return [
        html.H1(tr("effects.heading"), className="comparison__title"),
        hint_box(hints),
        html.P(tr("effects.empty"), className="comparison__lead"),
        *([html.P(html.A(tr("effects.empty_link"), href=edit))] if edit else []),
    ]


def effects(tr: Translate, page: EffectsPage) -> list[Component]:
    """Return the content of the page."""
    return [
        html.H1(tr("effects.heading"), className="comparison__title"),
        html.P(tr("effects.intro"), className="comparison__lead"),
        hint_box(page.hints),
        _bar(tr, page),
        _verdict(tr, page.verdict)
        if page.verdict
        else html.P(tr("effects.none_fit"), className="comparison__lead"),
        *([found_part(tr, page.charts, "effects-courses", page.language)] if page.charts else []),
        found_part(tr, page.register, "effects-register", page.language),
        *([_year(tr, *page.year)] if page.year else []),
        html.P(tr("effects.caution"), className="comparison__note"),
        html.Div(
            [
                *(html.A(text, href=href, download="") for text, href in page.files),
                *([html.A(tr("effects.edit"), href=page.edit)] if page.edit else []),
            ],
            className="actions comparison__actions",
            role="group",
            **aria(label=tr("effects.files")),
        ),
    ]


def _bar(tr: Translate, page: EffectsPage) -> Component:
    picks = [
        selector(
            component,
            tr(f"effects.{name}"),
            page.options[name],
            page.values[name],
            class_name=f"field--{name}",
        )
        for component, name in SELECTORS.items()
    ]
    return html.Div(
        picks,
        className="resources__bar resources__fields",
        role="group",
        **aria(label=tr("effects.bar")),
    )


def _verdict(tr: Translate, verdict: Verdict) -> Component:
    """Return the allowed sentence with its reasons, and beside it what the measure is."""
    reasons = [
        html.P(verdict.said, className="effects__said"),
        *(html.P(text, className="panel__sub") for text in verdict.numbers),
        html.H3(tr("effects.design"), className="course__title"),
        html.P(verdict.design, className="panel__sub"),
    ]
    if verdict.missing:
        reasons += [
            html.H3(tr("effects.missing"), className="course__title"),
            html.Ul([html.Li(text) for text in verdict.missing], className="resources__warnings"),
        ]
    facts = html.Dl(
        [html.Div([html.Dt(name), html.Dd(text)]) for name, text in verdict.facts],
        className="effects__facts",
    )
    return html.Section(
        [
            html.H2(verdict.title, className="comparison__heading", id="effects-said"),
            html.Div(
                [
                    html.Div(reasons),
                    html.Div(
                        [html.H3(tr("effects.facts"), className="course__title"), facts],
                    ),
                ],
                className="effects__columns",
            ),
        ],
        className="comparison__section",
        **aria(labelledby="effects-said"),
    )


def _year(tr: Translate, title: str, lead: str, table: ChartTable) -> Component:
    """Return the year in review as a table that is open at once."""
    head = html.Thead(html.Tr([html.Th(text, scope="col") for text in table.head]))
    rows = [
        html.Tr([html.Th(row[0], scope="row"), *(html.Td(text) for text in row[1:])])
        for row in table.rows
    ]
    told = (
        html.Div(
            html.Table(
                [html.Caption(title, className="visually-hidden"), head, html.Tbody(rows)],
                className="effects__table",
            ),
            className="heat__scroll",
            tabIndex=0,
            role="region",
            **aria(label=title),
        )
        if rows
        else html.P(tr("effects.year_empty"), className="panel__sub")
    )
    return html.Section(
        [
            html.H2(title, className="comparison__heading", id="effects-in-year"),
            html.P(lead, className="panel__sub"),
            told,
        ],
        className="comparison__section",
        **aria(labelledby="effects-in-year"),
    )
