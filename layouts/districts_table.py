"""The table of the Atlas page: every area with its value, interval, base and comparison."""

from __future__ import annotations

import json
from typing import Any

import dash_ag_grid as dag
from dash import html
from dash.development.base_component import Component

from i18n import Translate
from layouts.components import data_attribute
from layouts.ids import Atlas

_GRID_THEME = json.dumps(
    {
        "fontFamily": "inherit",
        "fontSize": 13,
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
        "cellHorizontalPadding": 5,
        "rowHoverColor": "color-mix(in srgb, var(--accent) 9%, transparent)",
        "selectedRowBackgroundColor": "color-mix(in srgb, var(--accent) 16%, transparent)",
        "accentColor": "var(--focus)",
    }
)
"""The grid takes its colours from the tokens, so that light and dark need no second theme."""


def table_panel(tr: Translate) -> Component:
    """Return the panel with the table and the downloads of what it shows."""
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
                        "animateRows": False,
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
        {"field": "name", "headerName": tr("atlas.column_name"), "minWidth": 108, "flex": 2},
        numeric("value", "value_text", 54),
        numeric("lower", "interval_text", 86),
        numeric("numerator", "numerator_text", 52),
        numeric("denominator", "denominator_text", 52),
        {"field": "note_text", "headerName": tr("atlas.column_badge"), "minWidth": 114},
        {
            "field": "class",
            "headerName": tr("atlas.column_class"),
            "valueFormatter": {"function": "params.data.class_text"},
            "minWidth": 88,
        },
    ]
