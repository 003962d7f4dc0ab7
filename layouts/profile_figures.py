"""Parts of a profile that show figures: both sides, the way of life, courses, the whole table."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from figures.profile_rows import FigureRow
from figures.theme import CONFIG
from i18n import Translate
from layouts.components import aria
from layouts.profile_model import ChartTable, Drawing, ProfilePage, Stage
from layouts.settled import settled

_NAMES = (
    "indicator", "period", "value", "interval", "city", "parent", "twins", "badge", "trend",
)  # fmt: skip
"""Columns of the table of all figures; no parent is shown beside the town itself."""


def sides(tr: Translate, page: ProfilePage) -> list[Component]:
    """Return strengths beside burdens, with equal weight."""
    return [
        html.Section(
            [
                html.H2(title, className="profile__heading"),
                html.Ul([_side_row(row, page.town, tr) for row in rows], className="profile__sides")
                if rows
                else None,
                html.P(note, className="profile__note") if note else None,
            ],
            className="profile__section profile__side",
        )
        for title, rows, note in page.sides
    ]


def _side_row(row: FigureRow, town: str, tr: Translate) -> Component:
    about = tr("profile.side_row", town=town, city=row.city, period=row.period)
    return html.Li(
        [
            html.Span(_name(row), className="profile__side-name"),
            html.Span(row.value, className="profile__side-value"),
            html.Span(about, className="profile__side-about"),
            _badge(row),
        ]
    )


def _name(row: FigureRow) -> Component:
    return html.A(row.name, href=row.link) if row.link else html.Span(row.name)


def _badge(row: FigureRow) -> Component | None:
    if not row.badge:
        return None
    sign, _, word = row.badge.partition(" ")
    return html.Span(
        [html.Span(sign), html.Span(f" {word}", className="word__text")],
        className=f"word word--{row.badge_class}",
    )


def stages_section(tr: Translate, page: ProfilePage) -> Component:
    """Return the way from birth to leaving school, one column a step.

    A page without sides is that of the town, which stands beside nothing.
    """
    beside = page.town if page.sides else ""
    return html.Section(
        [
            html.H2(tr("profile.stages"), className="profile__heading"),
            html.Ol(
                [_stage(tr, stage, beside) for stage in page.stages], className="profile__stages"
            ),
        ],
        className="profile__section profile__section--stages",
    )


def _stage(tr: Translate, stage: Stage, town: str) -> Component:
    rows = [
        html.Div(
            [
                html.Dt(_name(row)),
                html.Dd(
                    [
                        html.Strong(row.value, className=f"state state--{row.state}"),
                        html.Small(tr("profile.stage_row", town=town, city=row.city))
                        if town
                        else None,
                        _badge(row),
                    ]
                ),
            ]
        )
        for row in stage.rows
    ]
    content = (
        html.Dl(rows) if rows else html.P(tr("profile.stage_empty"), className="profile__note")
    )
    return html.Li([html.H3(stage.name), content])


def courses_section(tr: Translate, page: ProfilePage) -> Component:
    """Return small courses beside the line of the town."""
    return html.Section(
        [
            html.H2(tr("profile.courses"), className="profile__heading"),
            html.P(page.courses_sub, className="profile__note"),
            html.Div(
                [drawing(tr, x, "profile__course") for x in page.courses],
                className="profile__courses",
            ),
        ],
        className="profile__section profile__section--courses",
    )


def drawing(tr: Translate, drawn: Drawing, class_name: str) -> Component:
    """Return a chart with its finding as title and its numbers as a table behind a fold."""
    return html.Figure(
        [
            html.Figcaption([html.H3(drawn.title), html.P(drawn.sub) if drawn.sub else None]),
            html.Div(graph(drawn), role="img", className="profile__graph", **aria(label=drawn.alt)),
            settled(fold(tr, drawn.table)),
        ],
        className=class_name,
    )


def graph(drawn: Drawing) -> Component:
    """Return the chart itself."""
    size = drawn.figure.layout
    return dcc.Graph(
        figure=drawn.figure,
        config=CONFIG | {"responsive": False},
        responsive=False,
        style={"width": f"{size.width}px", "height": f"{size.height}px"},
    )


def fold(tr: Translate, table: ChartTable) -> Component:
    """Return the numbers of a chart as a table that opens on demand."""
    return html.Details(
        [
            html.Summary(tr("profile.as_table")),
            html.Table(
                [
                    html.Thead(html.Tr([html.Th(c, scope="col") for c in table.columns])),
                    html.Tbody(
                        [
                            html.Tr([html.Th(row[0], scope="row"), *(html.Td(c) for c in row[1:])])
                            for row in table.rows
                        ]
                    ),
                ],
                className="profile__fold-table",
            ),
        ],
        className="fold profile__fold",
    )


def table_section(tr: Translate, page: ProfilePage) -> Component:
    """Return all key figures, theme by theme."""
    bodies = []
    for theme in page.themes:
        head = html.Tr(html.Th(theme.name, colSpan=len(page.columns), scope="rowgroup"))
        bodies.append(html.Tbody([head, *(_row(row, page) for row in theme.rows)]))
    return html.Section(
        [
            html.H2(tr("profile.figures"), className="profile__heading", id="profile-figures"),
            html.P(tr("profile.figures_sub"), className="profile__note"),
            html.P(tr("profile.figures_signs"), className="profile__note profile__signs"),
            html.Div(
                html.Table(
                    [
                        html.Thead(html.Tr(_heads(page))),
                        *bodies,
                    ],
                    className="profile__table",
                ),
                className="profile__scroll",
                tabIndex=0,
                role="region",
                **aria(labelledby="profile-figures"),
            ),
        ],
        className="profile__section profile__section--figures",
    )


def _heads(page: ProfilePage) -> list[Component]:
    names = _NAMES if len(page.columns) == len(_NAMES) else [n for n in _NAMES if n != "parent"]
    return [
        html.Th(text, scope="col", className=f"is-{name}")
        for name, text in zip(names, page.columns, strict=True)
    ]


def _together(row: FigureRow) -> list[Component | str]:
    return [row.twins, html.Small(row.twins_interval)] if row.twins_interval else [row.twins]


def _row(row: FigureRow, page: ProfilePage) -> Component:
    has_parent = len(page.columns) == len(_NAMES)
    notes = html.Small(" · ".join(row.notes)) if row.notes else None
    return html.Tr(
        [
            html.Th([html.Span(_name(row), title=row.definition), notes], scope="row"),
            html.Td(row.period, className="is-period"),
            html.Td(
                html.Span(row.value, className=f"state state--{row.state}"), className="is-value"
            ),
            html.Td(row.interval, className="is-interval"),
            html.Td(row.city, className="is-city"),
            *([html.Td(row.parent, className="is-parent")] if has_parent else []),
            html.Td(_together(row), className="is-twins"),
            html.Td(_badge(row), className="is-badge"),
            html.Td(row.trend, className="is-trend"),
        ],
        className=f"is-{row.standing}",
    )
