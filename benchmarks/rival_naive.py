"""The naive design as a rival: geometry inline, three plotly express figures a callback.

``BENCH_MAP`` chooses its map: ``tiles`` for ``px.choropleth_map`` (MapLibre, white background,
offline), ``geo`` for ``px.choropleth`` (SVG). Served by
``gunicorn "benchmarks.rival_naive:create_server()"``.
"""

from __future__ import annotations

import json
import os
from typing import Any

import plotly.express as px
from dash import Dash, Input, Output, dcc, html
from flask import Flask

from benchmarks.rival_data import BOX, TOP, RivalData, rival_data
from benchmarks.towns import CENTRE

_WORLD = ("coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits")


def create_server() -> Flask:
    """Build the rival on the files that ``BENCH_FOLDER`` names."""
    data = rival_data()
    draw_map = {"tiles": tile_map, "geo": geo_map}[os.environ["BENCH_MAP"]]
    app = Dash(__name__, update_title=None)
    app.index_string = app.index_string.replace("{%css%}", f"{_no_foreign_world()}{{%css%}}")
    app.layout = _layout(data)

    @app.callback(
        [Output(f"bench-{chart}", "figure") for chart in ("map", "bar", "scatter")],
        [Input("bench-indicator", "value"), Input("bench-year", "value")],
    )
    def draw(indicator: str, year: str) -> list[Any]:
        rows = data.rows(indicator, year)
        bars = px.bar(rows.nlargest(TOP, "value"), x="name", y="value")
        points = px.scatter(rows, x="second", y="value", hover_name="name")
        return [draw_map(rows, data.geometry), bars, points]

    return app.server


def tile_map(rows: Any, geometry: dict[str, Any]) -> Any:
    """Draw areas with MapLibre on a white background."""
    figure = px.choropleth_map(
        rows,
        geojson=geometry,
        locations="area",
        color="value",
        hover_name="name",
        map_style="white-bg",
        center={"lon": CENTRE[0], "lat": CENTRE[1]},
        zoom=8.8,
    )
    return figure.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0}, uirevision=1)


def geo_map(rows: Any, geometry: dict[str, Any]) -> Any:
    """Draw areas as SVG paths of a geo subplot."""
    figure = px.choropleth(
        rows,
        geojson=geometry,
        locations="area",
        color="value",
        hover_name="name",
        fitbounds="locations",
    )
    figure.update_geos(visible=False)
    return figure.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0}, uirevision=1)


def _layout(data: RivalData) -> html.Div:
    box = {"width": f"{BOX[0]}px", "height": f"{BOX[1]}px", "display": "inline-block"}
    return html.Div(
        [
            dcc.Dropdown(data.indicators, "ind01", id="bench-indicator", clearable=False),
            dcc.Dropdown(data.years, data.years[0], id="bench-year", clearable=False),
            *(
                html.Div(dcc.Graph(id=f"bench-{chart}", style={"height": "100%"}), style=box)
                for chart in ("map", "bar", "scatter")
            ),
        ]
    )


def _no_foreign_world() -> str:
    """Return a script without which ``px.choropleth`` waits for a foreign host for ever."""
    empty = {"type": "GeometryCollection", "geometries": []}
    world = {"type": "Topology", "arcs": [], "objects": dict.fromkeys(_WORLD, empty)}
    stub = json.dumps({"topojson": {"world_110m": world}})
    return f"<script>window.PlotlyGeoAssets={stub}</script>"
