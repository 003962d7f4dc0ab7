"""The ranking: bars from high to low with interval whiskers and the line of the town.

Areas without a number close the list without a bar. No rank numbers stand beside the bars:
a bare rank hides how much of the order is chance (docs/methods.md, many areas at once).
"""

from __future__ import annotations

import plotly.graph_objects as go

from domain.model import Kind
from domain.view import IndicatorView, PeriodView
from figures import theme


def ranking_figure(view: IndicatorView, period: str, *, value_texts: tuple[str, ...]) -> go.Figure:
    """Draw the ranking of one period.

    ``value_texts`` are the formatted values (or signs of empty) in the order of the areas; they
    stand at the right edge. ``customdata`` of each bar is the area id, which a click returns.
    """
    shown = view.by_period[period]
    rows = list(shown.order)
    figure = go.Figure(_bars(view, shown, rows))
    figure.add_trace(
        go.Scatter(x=[0], y=[0], yaxis="y2", mode="markers", opacity=0, hoverinfo="skip")
    )
    names = [view.area_names[i] for i in rows]
    ticks = list(range(len(rows)))
    limits = [len(rows) - 0.4, -0.6]
    figure.update_layout(
        template=theme.TEMPLATE,
        margin={"l": 150, "r": 56, "t": 4, "b": 20},
        bargap=0.28,
        uirevision="ranking",
        xaxis={"range": value_range(view), "side": "bottom", "nticks": 6},
        yaxis={"range": limits, "tickvals": ticks, "ticktext": names, "showgrid": False},
        yaxis2={
            "overlaying": "y",
            "side": "right",
            "range": limits,
            "tickvals": ticks,
            "ticktext": [value_texts[i] for i in rows],
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        shapes=[_benchmark_line(view, shown)],
    )
    return figure


def value_range(view: IndicatorView) -> list[float]:
    """Return the fixed axis range over all periods, whiskers included; bars start at zero.

    The total of the town stands beside counts of areas as a sum, not on their axis.
    """
    is_count = view.indicator.kind is Kind.COUNT
    numbers = [
        v
        for p in view.by_period.values()
        for v in (*p.values, *p.uppers, None if is_count else p.city.value)
        if v is not None
    ]
    lowest = min([0.0, *(v for p in view.by_period.values() for v in p.values if v is not None)])
    highest = max(numbers, default=1.0) or 1.0
    return [lowest * 1.04, highest * 1.04]


def _bars(view: IndicatorView, shown: PeriodView, rows: list[int]) -> go.Bar:
    colours = theme.class_colours(len(view.breaks), view.indicator.polarity)
    up, down = whiskers(shown, rows)
    return go.Bar(
        orientation="h",
        x=[shown.values[i] or 0.0 for i in rows],
        y=list(range(len(rows))),
        customdata=[view.area_ids[i] for i in rows],
        marker={
            "color": [bar_colour(shown, colours, i) for i in rows],
            "line": {"width": 0},
        },
        error_x={
            "type": "data",
            "symmetric": False,
            "array": up,
            "arrayminus": down,
            "thickness": 1.1,
            "width": 0,
            "color": theme.MUTE,
        },
        hoverinfo="none",
    )


def bar_colour(shown: PeriodView, colours: tuple[str, ...], row: int) -> str:
    """Return the colour of an area's class; one flat colour where there are no classes."""
    if shown.values[row] is None:
        return theme.EMPTY_FILL
    position = shown.classes[row]
    return theme.DOT if position is None else colours[position]


def whiskers(shown: PeriodView, rows: list[int]) -> tuple[list[float], list[float]]:
    """Return the lengths of the whiskers above and below each value, 0 without interval."""
    up, down = [], []
    for i in rows:
        value, lower, upper = shown.values[i], shown.lowers[i], shown.uppers[i]
        has_interval = value is not None and lower is not None and upper is not None
        up.append(upper - value if has_interval and upper is not None and value is not None else 0)
        down.append(
            value - lower if has_interval and lower is not None and value is not None else 0
        )
    return up, down


def _benchmark_line(view: IndicatorView, shown: PeriodView) -> dict[str, object]:
    """Return the line of the town, or of the target when areas are compared with it."""
    value = shown.city.value
    if view.compare == "target":
        value = next((b for b in shown.benchmarks if b is not None), None)
    return {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": value or 0,
        "x1": value or 0,
        "y0": 0,
        "y1": 1,
        "visible": value is not None,
        "line": {"color": theme.INK, "width": 1.2, "dash": "dot"},
    }
