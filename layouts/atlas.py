"""The Atlas page before any click: selectors, tray, four linked charts, table."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import dash_ag_grid as dag
from dash import dcc, html
from dash.development.base_component import Component

from i18n import Translate
from layouts.components import Option, aria, chart, data_attribute, panel_title, selector
from layouts.ids import Atlas


@dataclass(frozen=True)
class AtlasPage:
    """Everything the page shows at first; built by the callback from services and figures."""

    language: str
    catalogue: dict[str, Any]
    options: dict[str, list[Option]]
    values: dict[str, str | None]
    areas: list[str]
    view: str
    frame: str
    figures: dict[str, Any]
    hints: tuple[str, ...] = field(default=())


def layout(tr: Translate, page: AtlasPage) -> Component:
    """Return the page; every declared id of the Atlas is laid out exactly once."""
    return html.Main(
        [
            _stores(page),
            _toolbar(tr, page),
            html.Div(
                [
                    _map_panel(tr, page),
                    _ranking_panel(tr, page),
                    _scatter_panel(tr, page),
                    _trend_panel(tr, page),
                    _table_panel(tr),
                ],
                className="atlas__panels",
            ),
            html.Div(id="atlas-live", className="visually-hidden", role="status"),
        ],
        id="main",
        className="atlas",
        tabIndex=-1,
    )


def empty(tr: Translate) -> Component:
    """Return what a release without any published value shows."""
    return html.Main(
        [html.H1(tr("atlas.empty_title")), html.P(tr("atlas.empty_text"))],
        id="main",
        className="message-page",
    )


def _stores(page: AtlasPage) -> Component:
    return html.Div(
        [
            dcc.Store(id=Atlas.VIEW, data=page.view),
            dcc.Store(id=Atlas.FRAME, data=page.frame),
            dcc.Store(id=Atlas.SELECTION, data=page.areas),
            dcc.Store(id=Atlas.CATALOGUE, data=page.catalogue),
            dcc.Store(id=Atlas.PAINTED),
        ]
    )


def _toolbar(tr: Translate, page: AtlasPage) -> Component:
    def pick(component: Atlas, name: str) -> Component:
        return selector(
            component,
            tr(f"atlas.{name}"),
            page.options[name],
            page.values[name],
            class_name=f"field--{name}",
        )

    return html.Div(
        [
            html.Div(
                [
                    pick(Atlas.THEME, "theme"),
                    pick(Atlas.INDICATOR, "indicator"),
                    pick(Atlas.PERIOD, "period"),
                    pick(Atlas.LEVEL, "level"),
                    pick(Atlas.COMPARE, "compare"),
                ],
                className="toolbar__fields",
            ),
            html.Div(
                [
                    html.Div(
                        [
                            html.Span(tr("atlas.selected"), className="tray__label"),
                            html.Span(id="atlas-tray-chips", className="tray__chips"),
                            html.Span(
                                tr("atlas.tray_hint"), id="atlas-tray-hint", className="tray__hint"
                            ),
                            html.Button(
                                tr("atlas.clear"),
                                id="atlas-clear",
                                type="button",
                                className="tray__clear",
                                hidden=True,
                            ),
                        ],
                        id=Atlas.TRAY,
                        className="tray",
                        role="group",
                        **aria(label=tr("atlas.selected")),
                    ),
                    html.P(id="atlas-source", className="toolbar__source"),
                ],
                className="toolbar__tray",
            ),
            html.Div(
                [html.P(text) for text in page.hints],
                id=Atlas.HINT,
                className="hint",
                role="status",
                hidden=not page.hints,
            ),
        ],
        className="toolbar",
    )


def _map_panel(tr: Translate, page: AtlasPage) -> Component:
    return html.Section(
        [
            panel_title(Atlas.FINDING, "atlas-finding-sub", level=1),
            chart(Atlas.MAP, page.figures["map"], label=tr("atlas.map"), language=page.language),
            html.Div(id="atlas-legend", className="legend"),
        ],
        className="panel panel--map",
    )


def _ranking_panel(tr: Translate, page: AtlasPage) -> Component:
    return html.Section(
        [
            panel_title("atlas-ranking-title", "atlas-ranking-sub"),
            chart(
                Atlas.RANKING,
                page.figures["ranking"],
                label=tr("atlas.ranking"),
                language=page.language,
            ),
        ],
        className="panel panel--ranking",
    )


def _scatter_panel(tr: Translate, page: AtlasPage) -> Component:
    return html.Section(
        [
            panel_title("atlas-scatter-title", "atlas-scatter-sub"),
            html.Div(
                [
                    html.Span("↑", className="axis-name", **aria(hidden="true")),
                    selector(
                        Atlas.SECOND,
                        tr("atlas.second"),
                        page.options["second"],
                        page.values["second"],
                        class_name="field--second",
                    ),
                    html.Span(id="atlas-scatter-y", className="axis-name"),
                ],
                className="axis-row",
            ),
            chart(
                Atlas.SCATTER,
                page.figures["scatter"],
                label=tr("atlas.scatter"),
                language=page.language,
            ),
            html.P(id="atlas-scatter-x", className="axis-name axis-name--x"),
        ],
        className="panel panel--scatter",
    )


def _trend_panel(tr: Translate, page: AtlasPage) -> Component:
    return html.Section(
        [
            panel_title("atlas-trend-title", "atlas-trend-sub"),
            chart(
                Atlas.TREND, page.figures["trend"], label=tr("atlas.trend"), language=page.language
            ),
        ],
        className="panel panel--trend",
    )


def _table_panel(tr: Translate) -> Component:
    return html.Section(
        [
            html.Div(
                [
                    html.H2(id="atlas-table-title", className="panel__title"),
                    html.Div(
                        [
                            html.A("CSV", href="#", **data_attribute(download="csv")),
                            html.A("XLSX", href="#", **data_attribute(download="xlsx")),
                        ],
                        className="panel__links",
                    ),
                ],
                className="panel__split",
            ),
            html.Div(
                dag.AgGrid(
                    id=Atlas.TABLE,
                    columnDefs=_columns(tr),
                    rowData=[],
                    getRowId="params.data.id",
                    defaultColDef={"sortable": True, "resizable": True, "suppressMovable": True},
                    columnSize="responsiveSizeToFit",
                    dashGridOptions={
                        "theme": {"function": f"themeQuartz.withParams({_GRID_THEME})"},
                        "rowSelection": {
                            "mode": "multiRow",
                            "checkboxes": False,
                            "headerCheckbox": False,
                            "enableClickSelection": False,
                        },
                        "suppressCellFocus": False,
                        "localeText": {"noRowsToShow": tr("atlas.no_rows")},
                    },
                    # the component's own default is a fixed height of 400 pixels
                    style={"height": "100%", "width": "100%"},
                    className="districts-grid",
                ),
                className="table__box",
            ),
        ],
        className="panel panel--table",
    )


_GRID_THEME = json.dumps(
    {
        "fontFamily": "inherit",
        "fontSize": 13.5,
        "headerFontSize": 13,
        "headerFontWeight": 400,
        "foregroundColor": "var(--ink)",
        "headerTextColor": "var(--mute)",
        "backgroundColor": "var(--panel)",
        "headerBackgroundColor": "var(--panel)",
        "chromeBackgroundColor": "var(--panel)",
        "borderColor": "var(--rule)",
        "rowHeight": 25,
        "headerHeight": 27,
        "wrapperBorder": False,
        "wrapperBorderRadius": 0,
        "headerColumnBorder": False,
        "headerColumnResizeHandleColor": "transparent",
        "cellHorizontalPadding": 7,
        "rowHoverColor": "color-mix(in srgb, var(--accent) 9%, transparent)",
        "selectedRowBackgroundColor": "color-mix(in srgb, var(--accent) 16%, transparent)",
        "accentColor": "var(--focus)",
    }
)
"""The grid takes its colours from the tokens, so that light and dark need no second theme."""


def _columns(tr: Translate) -> list[dict[str, Any]]:
    def numeric(name: str, text: str, width: int) -> dict[str, Any]:
        return {
            "field": name,
            "headerName": tr(f"atlas.column_{name}"),
            "valueFormatter": {"function": f"params.data.{text}"},
            "type": "rightAligned",
            "minWidth": width,
        }

    return [
        {"field": "name", "headerName": tr("atlas.column_name"), "minWidth": 128, "flex": 2},
        numeric("value", "value_text", 64),
        numeric("lower", "interval_text", 92),
        numeric("numerator", "numerator_text", 62),
        numeric("denominator", "denominator_text", 62),
        {"field": "note_text", "headerName": tr("atlas.column_badge"), "minWidth": 126},
        {
            "field": "class",
            "headerName": tr("atlas.column_class"),
            "valueFormatter": {"function": "params.data.class_text"},
            "minWidth": 110,
        },
    ]
