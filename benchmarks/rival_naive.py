"""The naive design as a rival: geometry inline, three plotly express figures a callback.

Run with the environment variable ``BENCH_FOLDER`` naming a folder with ``areas.geojson`` and
``values.csv`` (area, indicator, year, value).
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pandas as pd
import plotly.express as px
from dash import Dash, Input, Output, dcc, html


def build() -> Dash:
    """Return the rival application."""
    folder = Path(os.environ["BENCH_FOLDER"])
    geometry = json.loads((folder / "areas.geojson").read_text(encoding="utf-8"))
    values = pd.read_csv(folder / "values.csv", dtype={"area": str, "indicator": str, "year": str})
    indicators = sorted(values["indicator"].unique())
    years = sorted(values["year"].unique())
    first = values[values["indicator"] == indicators[0]].set_index(["area", "year"])["value"]
    values["second"] = first.reindex(pd.MultiIndex.from_frame(values[["area", "year"]])).to_numpy()
    app = Dash(__name__, update_title=None)
    empty_world = {
        "type": "Topology",
        "arcs": [],
        "objects": {
            k: {"type": "GeometryCollection", "geometries": []}
            for k in ("coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits")
        },
    }
    stub = json.dumps({"topojson": {"world_110m": empty_world}})
    app.index_string = app.index_string.replace(
        "{%css%}", f"<script>window.PlotlyGeoAssets={stub}</script>{{%css%}}"
    )
    box = {"width": "640px", "height": "480px", "display": "inline-block"}
    app.layout = html.Div(
        [
            dcc.Dropdown(indicators, indicators[1], id="bench-indicator", clearable=False),
            dcc.Dropdown(years, years[0], id="bench-year", clearable=False),
            *(html.Div(dcc.Graph(id=f"bench-{c}"), style=box) for c in ("map", "bar", "scatter")),
        ]
    )

    @app.callback(
        [Output(f"bench-{c}", "figure") for c in ("map", "bar", "scatter")],
        [Input("bench-indicator", "value"), Input("bench-year", "value")],
    )
    def draw(indicator: str, year: str) -> list[object]:
        rows = values[(values["indicator"] == indicator) & (values["year"] == year)]
        district_map = px.choropleth(
            rows,
            geojson=geometry,
            locations="area",
            color="value",
            hover_name="area",
            fitbounds="locations",
        )
        district_map.update_geos(visible=False)
        bars = px.bar(rows.nlargest(100, "value"), x="area", y="value")
        return [district_map, bars, px.scatter(rows, x="second", y="value", hover_name="area")]

    return app


if __name__ == "__main__":
    build().run(port=int(os.environ["BENCH_PORT"]), debug=False)
