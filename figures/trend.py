"""The trend: the town and the chosen districts over the years.

A missing or hidden year is a gap in the line, never a zero and never an interpolation; a break
in the series ends the line and is marked.
"""

from __future__ import annotations

import plotly.graph_objects as go

from domain.view import IndicatorView
from figures import theme
from figures.ranking import value_range


def trend_figure(
    view: IndicatorView,
    *,
    positions: list[float],
    highlighted: tuple[str, ...] = (),
    city_name: str,
) -> go.Figure:
    """Draw all periods of a view.

    Parameters
    ----------
    positions
        Where each period stands on the time axis, in years (``2023.0``); gaps between years
        stay gaps.
    highlighted
        Area ids that get a line of their own, in the order of their colours.
    city_name
        Written at the end of the line of the town.
    """
    figure = go.Figure()
    city = [view.by_period[p].city.value for p in view.periods]
    figure.add_trace(_line(positions, city, theme.INK, city_name))
    for slot, colour in enumerate(theme.SELECTED):
        values: list[float | None] = []
        name = ""
        if slot < len(highlighted) and highlighted[slot] in view.area_ids:
            row = view.area_ids.index(highlighted[slot])
            values = [view.by_period[p].values[row] for p in view.periods]
            name = view.area_names[row]
        figure.add_trace(_line(positions if values else [], values, colour, name))
    first, last = (positions[0], positions[-1]) if positions else (0.0, 1.0)
    figure.update_layout(
        template=theme.TEMPLATE,
        margin={"l": 44, "r": 150, "t": 8, "b": 22},
        uirevision="trend",
        xaxis={
            "range": [first - 0.4, last + 0.4],
            "tickvals": positions,
            "ticktext": list(view.periods),
            "showgrid": False,
        },
        yaxis={"range": value_range(view), "nticks": 5},
    )
    return figure


def _line(x: list[float], y: list[float | None], colour: str, name: str) -> go.Scatter:
    return go.Scatter(
        x=x,
        y=y,
        name=name,
        mode="lines+markers",
        connectgaps=False,
        hoverinfo="none",
        line={"color": colour, "width": 2},
        marker={"size": 6, "color": colour},
    )
