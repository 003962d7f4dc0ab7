"""The scatter: this indicator against a second one, one point an area.

The fitted line describes areas, not persons; the page says so beside it. Every area has a point
in the trace, because plotly keeps no node for null: where either value is hidden or missing it
stands far outside the axes (:func:`off_axis`), and the page counts these areas.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import plotly.graph_objects as go

from domain.view import Fit, IndicatorView, PeriodView
from figures import theme

SMALLEST_PX, LARGEST_PX = 7.0, 20.0
_PAD = 0.08


def point_sizes(denominators: tuple[float | None, ...]) -> list[float]:
    """Return marker diameters; the area of a point grows with the children behind it."""
    largest = max((d for d in denominators if d), default=0.0)
    if not largest:
        return [9.0] * len(denominators)
    return [
        max(SMALLEST_PX, LARGEST_PX * math.sqrt(d / largest)) if d else SMALLEST_PX
        for d in denominators
    ]


def scatter_figure(
    view: IndicatorView,
    second: IndicatorView | None,
    period: str,
    *,
    second_period: str | None = None,
    fit: Fit | None = None,
    is_dense: bool = False,
) -> go.Figure:
    """Draw one period: x is the indicator of the view, y the second one.

    Where the level is dense the scripts draw the points, and the trace has none.
    """
    shown = view.by_period[period]
    other = second.by_period.get(second_period or period) if second else None
    y = other.values if other else (None,) * len(view.area_ids)
    x_range = scatter_range(view)
    y_range = scatter_range(second) if second else [0.0, 1.0]
    figure = go.Figure(_NONE if is_dense else _points(view, shown, y, (x_range, y_range)))
    known = [v for v in shown.values if v is not None]
    ends = [min(known), max(known)] if fit and known else [None, None]
    line_y = [fit.intercept + fit.slope * x if fit and x is not None else None for x in ends]
    figure.add_trace(
        go.Scatter(
            x=ends,
            y=line_y,
            mode="lines",
            hoverinfo="skip",
            line={"color": theme.INK, "width": 1.3},
        )
    )
    figure.update_layout(
        template=theme.TEMPLATE,
        margin={"l": 44, "r": 12, "t": 6, "b": 22},
        uirevision="scatter",
        xaxis={"range": x_range, "nticks": 6, "showgrid": False},
        yaxis={"range": y_range, "nticks": 5},
    )
    return figure


_NONE = go.Scatter(x=[], y=[], mode="markers")


def _points(
    view: IndicatorView,
    shown: PeriodView,
    y: Sequence[float | None],
    ranges: tuple[list[float], list[float]],
) -> go.Scatter:
    both = [a is not None and b is not None for a, b in zip(shown.values, y, strict=True)]
    off_x, off_y = (off_axis(limits) for limits in ranges)
    return go.Scatter(
        x=[v if k else off_x for v, k in zip(shown.values, both, strict=True)],
        y=[v if k else off_y for v, k in zip(y, both, strict=True)],
        customdata=list(view.area_ids),
        mode="markers",
        hoverinfo="none",
        marker={
            "size": point_sizes(shown.denominators),
            "color": theme.DOT,
            "opacity": 0.55,
            "line": {"color": theme.DOT, "width": 1},
        },
    )


def off_axis(limits: list[float]) -> float:
    """Return a number far below an axis, for points that have no place on it."""
    return limits[0] - 2 * (limits[1] - limits[0])


def scatter_range(view: IndicatorView) -> list[float]:
    """Return the fixed axis range of points over all periods: it need not begin at zero."""
    known = [v for p in view.by_period.values() for v in p.values if v is not None]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    span = (high - low) or abs(high) or 1.0
    # a share or count near zero shows its zero; points further away use the room they have
    floor = 0.0 if 0 <= low < span / 2 else low - _PAD * span
    return [floor - _PAD * span / 2, high + _PAD * span]
