"""Two maps in step and what lies between them, on the page of a comparison."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from figures.side_maps import LegendRow, MapPicture
from i18n import Translate
from layouts.components import Option, aria, data_attribute
from layouts.ids import Sections


@dataclass(frozen=True)
class MapSelectors:
    """What can be chosen: indicators by theme, and the periods of both chosen ones."""

    indicators: list[Option]
    left_periods: list[Option]
    right_periods: list[Option]
    thirds: list[Option]
    values: dict[str, str]


@dataclass(frozen=True)
class MapTable:
    """The numbers of all maps, one row an area; ``more`` says what was left out."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: str = ""


@dataclass(frozen=True)
class MapsPanel:
    """Everything the section shows; ``reason`` stands in place of a third map."""

    selectors: MapSelectors
    title: str
    pictures: tuple[MapPicture, ...]
    reason: str
    remedy: Component | None
    table: MapTable
    hints: tuple[str, ...]
    no_outlines: str = ""


def maps_section(tr: Translate, panel: MapsPanel) -> Component:
    """Return the section; a script paints the maps from what :func:`stores` holds."""
    return html.Section(
        [
            html.H2(panel.title, className="comparison__heading", id="sidemap-title"),
            html.P(tr("sidemap.sub"), className="panel__sub screen-only"),
            html.Div([html.P(t) for t in panel.hints], className="hint", role="status")
            if panel.hints
            else None,
            _selectors(tr, panel.selectors),
            html.P(panel.no_outlines, className="hint") if panel.no_outlines else None,
            html.Div(
                [
                    *(
                        map_figure(tr, picture, with_stage=not panel.no_outlines)
                        for picture in panel.pictures
                    ),
                    *([_instead(panel)] if panel.reason else []),
                ],
                className="sidemap__row",
            ),
            html.P(id="sidemap-live", role="status", className="visually-hidden"),
            _table(tr, panel.table, panel.title),
        ],
        className="comparison__section sidemap",
        **aria(labelledby="sidemap-title"),
    )


def stores(data: str) -> list[Component]:
    """Return what the maps are painted from, and where the script says that they are."""
    return [dcc.Store(id=Sections.MAP_DATA, data=data), dcc.Store(id=Sections.MAP_PAINTED)]


def _instead(panel: MapsPanel) -> Component:
    return html.Div([html.P(panel.reason), panel.remedy], className="sidemap__instead")


def _selectors(tr: Translate, selectors: MapSelectors) -> Component:
    fields = (
        (Sections.MAP_LEFT, "left", selectors.indicators),
        (Sections.MAP_LEFT_PERIOD, "left_period", selectors.left_periods),
        (Sections.MAP_RIGHT, "right", selectors.indicators),
        (Sections.MAP_RIGHT_PERIOD, "right_period", selectors.right_periods),
        (Sections.MAP_THIRD, "third", selectors.thirds),
    )
    tools = [
        html.Button(
            text,
            type="button",
            className="button sidemap__zoom",
            **data_attribute(**{"sidemap-zoom": name}),
            **aria(label=tr(f"sidemap.zoom_{name}")),
        )
        for name, text in (("in", "+"), ("out", "−"), ("home", "⟲"))
    ]
    return html.Div(
        [
            *(
                html.Div(
                    [
                        html.Label(
                            tr(f"sidemap.pick_{name}"),
                            htmlFor=component,
                            className="field__label",
                        ),
                        dbc.Select(
                            id=component,
                            options=options,
                            value=selectors.values[name],
                            class_name="field__input",
                        ),
                    ],
                    className=f"field sidemap__pick sidemap__pick--{name}",
                )
                for component, name, options in fields
            ),
            html.Div(
                tools, className="sidemap__tools", role="group", **aria(label=tr("sidemap.zoom"))
            ),
        ],
        className="sidemap__bar",
        role="group",
        **aria(label=tr("sidemap.bar")),
    )


def map_figure(
    tr: Translate,
    picture: MapPicture,
    *,
    with_stage: bool = True,
    is_beside: bool = False,
    note: str = "",
) -> Component:
    """Return one map with its finding, its legend and its source.

    A map that stands beside its finding and its source does not write them a second time.
    ``note`` says what can be done with it on the screen.
    """
    attributes = data_attribute(
        title=picture.title,
        sub=picture.sub,
        source=picture.source,
        **{"legend-title": picture.legend_title},
    )
    stage = html.Div(
        id=f"sidemap-{picture.place}",
        className="sidemap__stage",
        **data_attribute(paper=tr("sidemap.not_drawn")),
    )
    tools = [
        html.Button(
            tr("sidemap.png"),
            type="button",
            className="button button--small",
            **data_attribute(**{"sidemap-picture": picture.place}),
            **aria(label=tr("sidemap.png_of", title=picture.title)),
        ),
        html.A(
            tr("sidemap.csv"),
            href=picture.file,
            download="",
            className="button button--small",
            **aria(label=tr("sidemap.csv_of", title=picture.title)),
        )
        if picture.file
        else None,
    ]
    return html.Figure(
        [
            None if is_beside else html.H3(picture.title, className="sidemap__title"),
            html.P(picture.sub, className="panel__sub") if picture.sub else None,
            html.P(note, className="panel__sub screen-only") if note else None,
            stage if with_stage else None,
            html.Div(
                [
                    html.P(picture.legend_title, className="legend__title"),
                    html.Ul([_row(row) for row in picture.legend], className="legend__list"),
                ],
                className="sidemap__legend",
            ),
            html.Figcaption(picture.title, className="visually-hidden")
            if is_beside
            else html.Figcaption(picture.source, className="sidemap__source"),
            html.Div(tools if with_stage else tools[1:], className="sidemap__files"),
        ],
        className="sidemap__map",
        **attributes,
    )


def _row(row: LegendRow) -> Component:
    return html.Li(
        [
            _sign(row),
            html.Span(row.label, className="legend__name"),
            html.Span(row.count, className="legend__count"),
        ],
        className="legend__row",
        **data_attribute(
            legend=f"{row.label}: {row.count}" if row.count else row.label,
            colour=row.colour,
            pattern=row.pattern,
        ),
    )


def _sign(row: LegendRow) -> Component:
    if row.size:
        side = f"{max(4.0, row.size)}px"
        circle = html.I(style={"width": side, "height": side})
        return html.Span(circle, className="legend__circle")
    pattern = f" legend__swatch--{row.pattern}" if row.pattern else ""
    style = {"backgroundColor": row.colour} if row.colour else {}
    return html.Span(className=f"legend__swatch{pattern}", style=style)


def _table(tr: Translate, table: MapTable, title: str) -> Component:
    return html.Details(
        [
            html.Summary(tr("sidemap.table")),
            html.P(table.more, className="panel__sub") if table.more else None,
            html.Div(
                html.Table(
                    [
                        html.Caption(title, className="visually-hidden"),
                        html.Thead(html.Tr([html.Th(t, scope="col") for t in table.head])),
                        html.Tbody([_table_row(row) for row in table.rows]),
                    ],
                    className="rule__table",
                ),
                className="heat__scroll rule__scroll",
                tabIndex=0,
                role="region",
                **aria(label=tr("sidemap.table")),
            ),
        ],
        className="fold sidemap__table",
    )


def _table_row(row: Sequence[str]) -> Component:
    return html.Tr([html.Th(row[0], scope="row"), *(html.Td(text) for text in row[1:])])
