"""Where an area of a profile lies: the outline of the town, neighbours, facilities as points."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import plotly.graph_objects as go

from domain.profile import FacilityRef, Position, Ring
from figures import theme

_SIZE = (290, 210)
"""Width and height in pixels: fixed, so that a phone and paper scale them as a whole."""
_RING_SIZE, _RING_WIDTH = 20, 2.5


def position_figure(
    place: Position, *, area: str, facilities: Sequence[FacilityRef] = ()
) -> go.Figure:
    """Draw where an area lies: outline of the town, neighbours, the area, facilities as points."""
    chart = go.Figure()
    chart.add_trace(_shape(place.outline, fill=theme.NEUTRAL_FILL, line=theme.MUTE, width=1))
    chart.add_trace(_shape(place.neighbours, fill=None, line="#ffffff", width=1))
    chart.add_trace(_shape(place.area, fill=theme.ACCENT, line=theme.ACCENT, width=1))
    if place.point:
        chart.add_trace(_points([place.point], [area], theme.ACCENT, 11))
    elif middle := place.middle_if_tiny:
        chart.add_trace(_ring(middle, area))
    if facilities:
        chart.add_trace(
            _points(
                [(f.longitude, f.latitude) for f in facilities],
                [f.name for f in facilities],
                theme.SELECTED[1],
                6,
            )
        )
    _frame(chart, [p for ring in place.outline for p in ring])
    return chart


def _frame(chart: go.Figure, points: Iterable[tuple[float, float]]) -> None:
    """Show longitudes and latitudes in the proportion they have at this place on earth."""
    latitudes = [y for _, y in points]
    middle = (min(latitudes) + max(latitudes)) / 2 if latitudes else 0.0
    hidden = {"visible": False, "showgrid": False, "fixedrange": True}
    ratio = 1 / max(0.1, math.cos(math.radians(middle)))
    chart.update_layout(
        template=theme.TEMPLATE,
        width=_SIZE[0],
        height=_SIZE[1],
        margin={"l": 2, "r": 2, "t": 2, "b": 2},
        hovermode="closest",
        xaxis=hidden,
        yaxis={**hidden, "scaleanchor": "x", "scaleratio": ratio},
    )


def _shape(rings: Sequence[Ring], *, fill: str | None, line: str, width: float) -> go.Scatter:
    """Return closed lines as one trace; gaps part the rings."""
    x: list[float | None] = []
    y: list[float | None] = []
    for ring in rings:
        x += [*(p[0] for p in ring), None]
        y += [*(p[1] for p in ring), None]
    return go.Scatter(
        x=x,
        y=y,
        mode="lines",
        fill="toself" if fill else "none",
        fillcolor=fill,
        line={"color": line, "width": width},
        hoverinfo="skip",
    )


def _points(
    places: Sequence[tuple[float, float]], names: Sequence[str], colour: str, size: int
) -> go.Scatter:
    return go.Scatter(
        x=[p[0] for p in places],
        y=[p[1] for p in places],
        text=list(names),
        mode="markers",
        marker={"size": size, "color": colour, "line": {"color": "#ffffff", "width": 1}},
        hovertemplate="%{text}<extra></extra>",
    )


def _ring(middle: tuple[float, float], name: str) -> go.Scatter:
    """Return a ring around an area that is too small to be found on the map."""
    found = _points([middle], [name], theme.ACCENT, _RING_SIZE)
    return found.update(
        marker={"symbol": "circle-open", "line": {"color": theme.ACCENT, "width": _RING_WIDTH}}
    )
