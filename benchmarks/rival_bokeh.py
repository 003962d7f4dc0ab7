"""Bokeh server as a rival: columns of three canvas charts are patched over one web socket.

Run by ``bokeh serve``; the script runs once for every visitor, its data are read once a process.
"""

from __future__ import annotations

import numpy as np
from bokeh.io import curdoc
from bokeh.layouts import column, row
from bokeh.models import ColumnDataSource, FactorRange, LinearColorMapper, Select
from bokeh.palettes import Viridis256
from bokeh.plotting import figure

from benchmarks.rival_data import BOX, TOP, RivalData, rival_data

_TOOLS = "tap,box_select,reset,hover"


class Charts:
    """The three linked charts of one visitor and the columns that they draw."""

    def __init__(self, data: RivalData) -> None:
        rows = data.rows("ind01", data.years[0])
        values = rows["value"].to_numpy()
        rings = [np.array(f["geometry"]["coordinates"][0]) for f in data.geometry["features"]]
        self.data = data
        self.names = rows["name"].astype(str).to_numpy()
        self.areas = ColumnDataSource(
            {
                "xs": [ring[:, 0] for ring in rings],
                "ys": [ring[:, 1] for ring in rings],
                "name": self.names,
                "value": values,
                "second": rows["second"].to_numpy(),
            }
        )
        order = np.argsort(-values)[:TOP]
        self.bars = ColumnDataSource({"x": self.names[order], "top": values[order]})
        self.colours = LinearColorMapper(palette=Viridis256, low=values.min(), high=values.max())
        self.factors = FactorRange(*self.names[order])

    def layout(self) -> object:
        """Return map, ranking and scatter."""
        width, height = BOX
        district_map = figure(
            width=width, height=height, tools=_TOOLS + ",wheel_zoom", active_scroll="wheel_zoom"
        )
        fill = {"field": "value", "transform": self.colours}
        district_map.patches(
            "xs", "ys", source=self.areas, fill_color=fill, line_color="white", line_width=0.4
        )
        ranking = figure(width=width, height=height, x_range=self.factors)
        ranking.vbar(x="x", top="top", width=0.8, source=self.bars)
        ranking.xaxis.major_label_orientation = 1.5
        scatter = figure(width=width, height=height, tools=_TOOLS)
        scatter.scatter("second", "value", source=self.areas)
        return column(row(district_map, ranking), scatter)

    def show(self, indicator: str, year: str) -> None:
        """Send what changed and nothing else."""
        rows = self.data.rows(indicator, year)
        values, second = rows["value"].to_numpy(), rows["second"].to_numpy()
        order = np.argsort(-values)[:TOP]
        whole = slice(len(values))
        self.colours.update(low=float(values.min()), high=float(values.max()))
        self.areas.patch({"value": [(whole, values)], "second": [(whole, second)]})
        self.factors.factors = list(self.names[order])
        self.bars.data = {"x": self.names[order], "top": values[order]}


def add_to_document() -> None:
    """Put two selectors and the charts into the visitor's document."""
    data = rival_data()
    charts = Charts(data)
    indicator = Select(title="indicator", options=list(data.indicators), value="ind01")
    year = Select(title="year", options=list(data.years), value=data.years[0])

    def update(_attr: str, _old: str, _new: str) -> None:
        charts.show(indicator.value, year.value)

    indicator.on_change("value", update)
    year.on_change("value", update)
    curdoc().add_root(column(row(indicator, year), charts.layout()))


if __name__.startswith("bokeh_app"):
    add_to_document()
