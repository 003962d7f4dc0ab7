"""The table of the Atlas page: every area with its value, interval, base and comparison."""

from __future__ import annotations

import json
from typing import Any

import dash_ag_grid as dag
from dash import dcc, html
from dash.development.base_component import Component

from i18n import Translate
from layouts.components import data_attribute, tool
from layouts.ids import Atlas

_GRID_THEME = json.dumps(
    {
        "fontFamily": "inherit",
        "fontSize": 12.5,
        "headerFontSize": 12.5,
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
        "cellHorizontalPadding": 4,
        "rowHoverColor": "color-mix(in srgb, var(--accent) 9%, transparent)",
        "selectedRowBackgroundColor": "color-mix(in srgb, var(--accent) 16%, transparent)",
        "accentColor": "var(--focus)",
    }
)
"""The grid takes its colours from the tokens, so that light and dark need no second theme."""


def table_panel(tr: Translate) -> Component:
    """Return the panel of the table; the grid itself waits until the charts are painted."""
    return html.Section(
        [
            html.Div(
                [
                    html.Div(
                        [
                            html.H2(id="atlas-table-title", className="panel__title"),
                            html.P(id="atlas-table-sub", className="panel__sub"),
                        ],
                        className="panel__words",
                    ),
                    html.Div(
                        [tool(tr, "full", is_switch=True), tool(tr, "save")],
                        className="panel__tools",
                    ),
                ],
                className="panel__head",
            ),
            html.Div(id=Atlas.TABLE_BOX, className="table__box"),
            dcc.Store(id=Atlas.TABLE_READY),
            dcc.Store(id=Atlas.TABLE_LATER, data=_grid(tr).to_plotly_json()),
        ],
        className="panel panel--table",
        **data_attribute(panel="table"),
    )


def _grid(tr: Translate) -> Any:
    """Return the grid; it is put into its box when its script has been loaded."""
    return dag.AgGrid(
        id=Atlas.TABLE,
        columnDefs=_columns(tr),
        rowData=[],
        getRowId="params.data.id",
        defaultColDef={
            "sortable": True,
            "resizable": True,
            "suppressMovable": True,
            "comparator": {"function": "keckCompare"},
        },
        columnSize="responsiveSizeToFit",
        rowClassRules={
            name: f"keckClass(data.i).includes('{name}')"
            for name in ("row-chosen", *(f"row-chosen--{n}" for n in range(1, 9)))
        },
        dashGridOptions={
            "theme": {"function": f"themeQuartz.withParams({_GRID_THEME})"},
            "suppressCellFocus": False,
            "animateRows": False,
            "localeText": {"noRowsToShow": tr("atlas.no_rows")},
        },
        # the component's own default is a fixed height of 400 pixels
        style={"height": "100%", "width": "100%"},
        className="districts-grid",
    )


def _columns(tr: Translate) -> list[dict[str, Any]]:
    def column(name: str, width: int, **more: Any) -> dict[str, Any]:
        return {
            "colId": name,
            "headerName": tr(f"atlas.column_{name}"),
            "headerTooltip": tr(f"atlas.column_{name}"),
            "valueGetter": {"function": f"keckValue(params.data.i, '{name}')"},
            "valueFormatter": {"function": f"keckText(params.data.i, '{name}_text')"},
            # the grid widens columns in proportion: names take what numbers do not need
            "width": width,
            "minWidth": width,
            **more,
        }

    right = {"type": "rightAligned"}
    return [
        # the order of the ranking, which holds until a reader sorts by another column
        {
            "field": "place",
            "comparator": {"function": "keckCompare"},
            "hide": True,
            "sort": "asc",
        },
        {
            "field": "name",
            "headerName": tr("atlas.column_name"),
            "valueGetter": {"function": "keckValue(params.data.i, 'name')"},
            "width": 190,
            "minWidth": 104,
            "pinned": "left",
        },
        column("value", 46, **right),
        column("lower", 76, **right),
        # up to here a window of 1440 pixels shows all columns whole, the others by scrolling
        column("note", 164),
        column("trend", 181),
        column("rank", 84, **right),
        column("change", 62, **right),
        column("numerator", 48, **right),
        column("denominator", 50, **right),
        column("class", 78),
    ]
