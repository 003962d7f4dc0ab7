"""The map: areas filled by class, counts as circles, institutions as symbols.

Geometry never travels in the figure; ``geojson`` is the address of the immutable file of the
level@vintage. Every area carries a finite ``z``, because plotly draws no path for null; its
state lies in ``customdata``.
"""

from __future__ import annotations

import math

import plotly.graph_objects as go

from domain.view import IndicatorView, MapFrame
from figures import theme
from figures.palettes import colours_of

LARGEST_CIRCLE_PX = 46
"""Diameter of the largest circle; areas of circles are proportional to counts."""
MOST_PATHS = 2000
"""Levels of more areas are drawn on canvases by the scripts; plotly only keeps zoom and drag."""


def is_dense(view: IndicatorView, frame: MapFrame | None) -> bool:
    """Return whether a map has too many areas for one node each; without outlines it has none."""
    return frame is not None and max(len(view.area_ids), len(frame.outline_ids)) > MOST_PATHS


def circle_sizes(values: tuple[float | None, ...], largest: float) -> list[float]:
    """Return diameters in pixels whose areas are proportional to the values."""
    if largest <= 0:
        return [0.0 for _ in values]
    return [LARGEST_CIRCLE_PX * math.sqrt(max(v or 0.0, 0.0) / largest) for v in values]


def largest_value(view: IndicatorView) -> float:
    """Return the largest shown value over all periods, so that circles compare over time."""
    return max((v for p in view.by_period.values() for v in p.values if v is not None), default=0.0)


def choropleth_figure(view: IndicatorView, period: str, frame: MapFrame | None) -> go.Figure:
    """Draw one period of a view on the map.

    Class colours follow the polarity of the indicator; areas without a number get the colour of
    "empty", which the page covers with a hatch per kind of empty.
    Without a frame nothing can be drawn: the figure is empty, and the page says why.
    """
    figure = go.Figure()
    if frame is None:
        hidden = {"visible": False, "fixedrange": True}
        return figure.update_layout(template=theme.TEMPLATE, xaxis=hidden, yaxis=hidden)
    west, south, east, north = frame.bounds
    if is_dense(view, frame):
        figure.add_trace(_nothing((west + east) / 2, (south + north) / 2))
    else:
        figure.add_trace(_areas(view, period, frame))
        figure.add_trace(_points(view, period, frame))
    figure.update_layout(
        template=theme.TEMPLATE,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        uirevision=view.level.key,
        dragmode="pan",
        geo={
            "visible": False,
            "projection": {"type": "mercator"},
            "lonaxis": {"range": [west, east]},
            "lataxis": {"range": [south, north]},
            "bgcolor": "rgba(0,0,0,0)",
            "domain": {"x": [0.2, 1], "y": [0, 1]},
        },
    )
    return figure


def _nothing(longitude: float, latitude: float) -> go.Scattergeo:
    """Return one point nobody sees: plotly keeps no map without a trace."""
    return go.Scattergeo(
        lon=[longitude], lat=[latitude], mode="markers", hoverinfo="skip", marker={"opacity": 0}
    )


def _areas(view: IndicatorView, period: str, frame: MapFrame) -> go.Choropleth:
    shown = view.by_period[period]
    colours = (
        theme.EMPTY_FILL,
        *colours_of(view.indicator, len(view.breaks)),
    )
    if view.mark == "fill":
        z = [-1 if c is None else c for c in shown.classes]
        custom = [[a, s.value] for a, s in zip(view.area_ids, shown.states, strict=True)]
    else:
        z = [-1] * len(frame.outline_ids)
        custom = [[a, ""] for a in frame.outline_ids]
        colours = (theme.NEUTRAL_FILL,)
    steps = len(colours)
    scale = [(edge / steps, c) for i, c in enumerate(colours) for edge in (i, i + 1)]
    return go.Choropleth(
        geojson=frame.geometry_url,
        locations=list(frame.outline_ids),
        z=z,
        zmin=-1.5,
        zmax=steps - 1.5,
        colorscale=scale,
        showscale=False,
        customdata=custom,
        hoverinfo="none",
        marker={"line": {"color": "#ffffff", "width": 0.7}},
    )


def _points(view: IndicatorView, period: str, frame: MapFrame) -> go.Scattergeo:
    shown = view.by_period[period]
    colours = colours_of(view.indicator, len(view.breaks))
    if view.mark == "circle":
        sizes: list[float] = circle_sizes(shown.values, largest_value(view))
        fill: list[str] = [theme.DOT] * len(sizes)
        opacity = 0.72
    else:
        sizes = [13.0 if view.mark == "symbol" else 0.0] * len(shown.values)
        fill = [theme.EMPTY_FILL if c is None else colours[c] for c in shown.classes]
        opacity = 1.0
    visible = view.mark != "fill"
    return go.Scattergeo(
        lon=list(frame.longitudes) if visible else [],
        lat=list(frame.latitudes) if visible else [],
        customdata=list(view.area_ids) if visible else [],
        mode="markers",
        hoverinfo="none",
        marker={
            "size": sizes if visible else [],
            "color": fill if visible else [],
            "opacity": opacity,
            "line": {"color": "#ffffff", "width": 1},
        },
    )
