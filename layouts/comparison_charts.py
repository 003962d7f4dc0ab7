"""Strips and courses of a comparison, each with a title that tells, and the same as a table."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Protocol

from dash import dcc, html
from dash.development.base_component import Component

from figures.theme import CONFIG, SIGNS
from i18n import Translate
from layouts.components import aria, data_attribute
from layouts.ids import Comparison

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class ChartTable:
    """The numbers of a chart as they are written: heads, and rows whose first cell is a name."""

    caption: str
    head: tuple[str, ...]
    rows: Rows


@dataclass(frozen=True)
class Paper:
    """What a picture of a chart says beside it: key of the districts, source, name of its file.

    ``key`` holds sign, colour and name of every district, in the order of their colours.
    """

    key: tuple[tuple[str, str, str], ...]
    source: str
    release: str
    file: str


class Pictured(Protocol):
    """A chart that stands beside its table and leaves the page as a picture."""

    @property
    def title(self) -> str:
        """What is found."""

    @property
    def sub(self) -> str:
        """Unit and reading aid."""

    @property
    def table(self) -> ChartTable:
        """The same numbers."""

    @property
    def paper(self) -> Paper:
        """What its picture says beside it."""


@dataclass(frozen=True)
class Strips:
    """The strips: figure, what they tell, the same as a table, what is hidden."""

    title: str
    sub: str
    key: tuple[tuple[int, str], ...]
    town: str
    figure: dict[str, Any]
    table: ChartTable
    hidden: tuple[str, ...]
    language: str
    paper: Paper


@dataclass(frozen=True)
class Course:
    """One small chart: the indicator, how the town moved, where the series breaks.

    ``empty`` says why there is no chart, where no year has a number.
    """

    id: str
    title: str
    sub: str
    figure: dict[str, Any]
    table: ChartTable
    paper: Paper
    empty: str


@dataclass(frozen=True)
class Courses:
    """All small charts of a comparison, with one key for all."""

    title: str
    sub: str
    key: tuple[tuple[int, str], ...]
    town: str
    source: str
    courses: tuple[Course, ...]
    language: str


def strips_section(tr: Translate, strips: Strips) -> Component:
    """Return the strips of all indicators in one chart."""
    return html.Section(
        [
            html.H2(strips.title, className="comparison__heading"),
            html.P(strips.sub, className="panel__sub"),
            _key(strips.key, strips.town, "upright"),
            html.Div(
                plain_graph(Comparison.STRIPS, strips.figure, strips.language),
                className="comparison__strips",
                role="img",
                **aria(label=strips.title + " " + tr("side.as_table_below")),
            ),
            *(html.P(text, className="comparison__note") for text in strips.hidden),
            html.P(strips.paper.source, className="comparison__source"),
            chart_tools(tr, Comparison.STRIPS, strips),
        ],
        className="comparison__section",
    )


def courses_section(tr: Translate, courses: Courses) -> Component:
    """Return one small chart an indicator."""
    return html.Section(
        [
            html.H2(courses.title, className="comparison__heading"),
            html.P(courses.sub, className="panel__sub"),
            _key(courses.key, courses.town, "dotted"),
            html.Div(
                [_course(tr, course, courses.language) for course in courses.courses],
                id=Comparison.COURSES,
                className="comparison__courses",
            ),
            html.P(courses.source, className="comparison__source"),
        ],
        className="comparison__section",
    )


def _course(tr: Translate, course: Course, language: str) -> Component:
    head = [
        html.H3(course.title, className="course__title"),
        html.P(course.sub, className="course__sub"),
    ]
    if course.empty:
        told = html.P(course.empty, className="course__empty")
        return html.Figure([*head, told, chart_table(tr, course.table)], className="course")
    return html.Figure(
        [
            *head,
            html.Div(
                plain_graph(_course_id(course.id), course.figure, language),
                role="img",
                **aria(label=f"{course.title}. {course.sub}"),
            ),
            chart_tools(tr, _course_id(course.id), course),
        ],
        className="course",
    )


def _course_id(indicator: str) -> str:
    return f"comparison-course-{indicator}"


def _key(districts: tuple[tuple[int, str], ...], town: str, line: str) -> Component:
    """Return mark, colour and name of every district, and the line of the town if it is drawn."""
    items = [
        html.Li(
            [html.Span(SIGNS[slot], className="course-key__sign", **aria(hidden="true")), name],
            className=f"course-key__item slot-{slot + 1}",
        )
        for slot, name in districts
    ]
    look = f"course-key__item course-key__item--town course-key__item--{line}"
    return html.Ul(
        [*items, *([html.Li(town, className=look)] if town else [])], className="course-key"
    )


def chart_tools(tr: Translate, component_id: str, chart: Pictured) -> Component:
    """Return the chart as a table behind a fold, and the button of its picture."""
    told = {
        "chart": component_id,
        "title": chart.title,
        "sub": chart.sub,
        "key": chart.paper.key,
        "source": chart.paper.source,
        "release": chart.paper.release,
        "file": chart.paper.file,
    }
    return html.Div(
        [
            chart_table(tr, chart.table),
            html.Button(
                "PNG",
                type="button",
                className="comparison__png",
                title=tr("side.png", name=chart.title),
                **aria(label=tr("side.png", name=chart.title)),
                **data_attribute(chartpicture=json.dumps(told, ensure_ascii=False)),
            ),
        ],
        className="comparison__tools",
    )


def plain_graph(component_id: str, figure: dict[str, Any], language: str) -> Component:
    """Return a chart of the height its figure says."""
    return dcc.Graph(
        id=component_id,
        figure=figure,
        config=CONFIG | {"locale": language},
        responsive=True,
        style={"height": f"{figure['layout']['height']}px"},
        className="comparison__graph",
    )


def chart_table(tr: Translate, table: ChartTable) -> Component:
    """Return the numbers of a chart behind a fold; a script lays them out when it is opened."""
    content = {"caption": table.caption, "head": table.head, "rows": table.rows}
    return html.Details(
        [
            html.Summary(tr("side.as_table")),
            html.Div(
                className="heat__scroll",
                tabIndex=0,
                role="region",
                **aria(label=table.caption),
                **data_attribute(table=json.dumps(content, ensure_ascii=False)),
            ),
        ],
        className="fold comparison__fold",
    )
