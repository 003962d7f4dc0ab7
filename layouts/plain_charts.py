"""Findings with their charts: title, what is drawn, source, table and picture of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component

from i18n import Translate
from layouts.comparison_charts import ChartTable, Paper, chart_table, chart_tools, plain_graph
from layouts.components import aria


@dataclass(frozen=True)
class PlainChart:
    """A chart with its finding, unit, table, and what a picture of it says."""

    id: str
    title: str
    sub: str
    figure: dict[str, Any]
    table: ChartTable
    paper: Paper
    key: tuple[tuple[str, str], ...] = ()
    """Colour and name of what is drawn in several colours."""
    notes: tuple[str, ...] = ()
    """What stands below the chart."""


@dataclass(frozen=True)
class Part:
    """A part of a page: what is found, how, what speaks against it, charts and tables."""

    title: str
    lead: tuple[str, ...]
    warnings: tuple[str, ...]
    charts: Sequence[PlainChart]
    table: ChartTable
    map: Component | None = None


def found_part(tr: Translate, part: Part, heading: str, language: str) -> Component:
    """Return what was found: title, how, what speaks against it, map, charts, or the table."""
    return html.Section(
        [
            html.H2(part.title, className="comparison__heading", id=heading),
            *(html.P(text, className="panel__sub") for text in part.lead),
            caution_list(part.warnings),
            html.Div(
                [
                    *([part.map] if part.map else []),
                    *(plain_chart(tr, chart, language) for chart in part.charts),
                ],
                className="resources__charts",
            ),
            # every chart has the table of its half
            chart_table(tr, part.table) if part.table.rows and not part.charts else None,
        ],
        className="comparison__section",
        **aria(labelledby=heading),
    )


def caution_list(texts: Sequence[str]) -> Component | None:
    """Return what to keep in mind, set off from the text; None where there is nothing."""
    if not texts:
        return None
    return html.Ul([html.Li(text) for text in texts], className="resources__warnings")


def plain_chart(tr: Translate, chart: PlainChart, language: str) -> Component:
    """Return a chart with its finding above, its key, its source and its table."""
    return html.Figure(
        [
            html.H3(chart.title, className="course__title"),
            html.P(chart.sub, className="course__sub"),
            html.Ul(
                [
                    html.Li(
                        [
                            html.Span(
                                className="legend__swatch", style={"backgroundColor": colour}
                            ),
                            text,
                        ],
                        className="course-key__item",
                    )
                    for colour, text in chart.key
                ],
                className="course-key",
            )
            if chart.key
            else None,
            html.Div(
                plain_graph(chart.id, chart.figure, language),
                role="img",
                **aria(label=f"{chart.title} {chart.sub} {tr('side.as_table_below')}"),
            ),
            *(html.P(text, className="course__sub") for text in chart.notes),
            html.P(chart.paper.source, className="comparison__source"),
            chart_tools(tr, chart.id, chart),
        ],
        className="course resources__chart",
    )
