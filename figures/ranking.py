"""The ranking: bars from high to low with interval whiskers and the line of the town.

Areas without a number close the list without a bar. No rank numbers stand beside the bars:
a bare rank hides how much of the order is chance (docs/methods.md, many areas at once).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

import plotly.graph_objects as go

from domain.model import Kind, Polarity, State
from domain.view import IndicatorView, PeriodView
from figures import theme
from figures.palettes import colours_of

MOST_ROWS = 60
"""More rows than this are never drawn: top, bottom and the chosen ones stand for the rest."""
_ROOM_FOR_TWO = 10


def visible_rows(
    order: Sequence[int], chosen: Collection[int], room: int = MOST_ROWS
) -> list[tuple[int | None, int]]:
    """Choose the rows of a ranking: top, bottom and the chosen, gaps counted.

    Returns
    -------
    list of tuple
        Position and 0 of a row, or None and the number of areas left out at this place.

    Examples
    --------
    >>> visible_rows([4, 2, 0, 3, 1], {3}, room=5)
    [(4, 0), (2, 0), (0, 0), (3, 0), (1, 0)]
    >>> visible_rows(list(range(9)), {5}, room=6)
    [(0, 0), (1, 0), (None, 3), (5, 0), (None, 2), (8, 0)]
    """
    if len(order) <= room:
        return [(i, 0) for i in order]
    picked = [i for i in order if i in chosen][: (room - 4) // 2]
    bottom = 2 if room > _ROOM_FOR_TWO else 1
    found: list[tuple[int | None, int]] = []
    for top in range(room, 0, -1):
        found = _with_gaps(order, {*order[:top], *order[len(order) - bottom :], *picked})
        if len(found) <= room:
            break
    return found


def _with_gaps(order: Sequence[int], kept: set[int]) -> list[tuple[int | None, int]]:
    rows: list[tuple[int | None, int]] = []
    hidden = 0
    for i in order:
        if i not in kept:
            hidden += 1
            continue
        if hidden:
            rows.append((None, hidden))
        hidden = 0
        rows.append((i, 0))
    return rows


def ranking_figure(
    view: IndicatorView,
    period: str,
    *,
    value_text: Callable[[int], str],
    chosen: Collection[str] = (),
    gap_text: str = "⋮ {n}",
    group_texts: Sequence[tuple[str, str]] = (),
) -> go.Figure:
    """Draw the ranking of one period, groups of areas among the areas.

    ``value_text`` writes the value (or sign of empty) of an area by its position; it is asked for
    the rows that are drawn, whose texts stand at the right edge. ``customdata`` of each bar is
    the area id, which a click returns; that of a group is empty. ``group_texts`` are names and
    values of the period's groups.
    """
    shown = with_group_rows(view.by_period[period], view.indicator.polarity)
    names = (*view.area_names, *(name for name, _ in group_texts))
    n_areas = len(view.area_ids)

    def written(row: int) -> str:
        return value_text(row) if row < n_areas else group_texts[row - n_areas][1]

    positions = {i for i, a in enumerate(view.area_ids) if a in chosen}
    rows = visible_rows(shown.order, positions)
    # the scripts move bars from period to period, so there is one for every group of the level
    spare = [None] * (len(view.level.groups) - len(group_texts))
    figure = go.Figure(_bars(view, shown, [*(i for i, _ in rows), *spare]))
    figure.add_trace(
        go.Scatter(x=[0], y=[0], yaxis="y2", mode="markers", opacity=0, hoverinfo="skip")
    )
    ticks = list(range(len(rows)))
    limits = [len(rows) - 0.4, -0.6]
    figure.update_layout(
        template=theme.TEMPLATE,
        margin={"l": 158, "r": 68, "t": 2, "b": 18},
        bargap=0.28,
        uirevision="ranking",
        xaxis={"range": value_range(view), "side": "bottom", "nticks": 6},
        yaxis={
            "range": limits,
            "tickvals": ticks,
            "ticktext": [gap_text.format(n=n) if i is None else names[i] for i, n in rows],
            "showgrid": False,
        },
        yaxis2={
            "overlaying": "y",
            "side": "right",
            "range": limits,
            "tickvals": ticks,
            "ticktext": ["" if i is None else written(i) for i, _ in rows],
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        shapes=[_benchmark_line(view, shown)],
    )
    return figure


def value_range(view: IndicatorView) -> list[float]:
    """Return the fixed axis range over all periods, whiskers included; bars start at zero.

    The total of the town stands beside counts of areas as a sum, not on their axis. Whiskers of
    values on few cases do not widen the axis: they end at its edge.
    """
    is_count = view.indicator.kind is Kind.COUNT
    numbers = [
        v
        for p in view.by_period.values()
        for v in (
            *p.values,
            *_firm_uppers(p),
            *(number for g in p.groups for number in (g.found.value, g.found.upper)),
            None if is_count else p.city.value,
        )
        if v is not None
    ]
    lowest = min([0.0, *(v for p in view.by_period.values() for v in p.values if v is not None)])
    highest = max(numbers, default=1.0) or 1.0
    return [lowest * 1.04, highest * 1.04]


def _firm_uppers(shown: PeriodView) -> list[float | None]:
    return [u for u, s in zip(shown.uppers, shown.states, strict=True) if s is State.OK]


def _bars(view: IndicatorView, shown: PeriodView, rows: list[int | None]) -> go.Bar:
    colours = colours_of(view.indicator, len(view.breaks))
    up, down = whiskers(shown, rows)
    return go.Bar(
        orientation="h",
        x=[0.0 if i is None else shown.values[i] or 0.0 for i in rows],
        y=list(range(len(rows))),
        customdata=[_id_of(view, i) for i in rows],
        marker={
            "color": [
                theme.EMPTY_FILL if i is None else bar_colour(shown, colours, i) for i in rows
            ],
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


def _id_of(view: IndicatorView, row: int | None) -> str:
    return "" if row is None or row >= len(view.area_ids) else view.area_ids[row]


def with_group_rows(shown: PeriodView, polarity: Polarity) -> PeriodView:
    """Return a period with its groups behind the areas, and among them in the order."""
    if not shown.groups:
        return shown
    values = (*shown.values, *(g.found.value for g in shown.groups))
    sign = 1.0 if polarity is Polarity.LOW_BURDEN else -1.0
    everything = [*shown.order, *range(len(shown.values), len(values))]

    def place(i: int) -> float:
        value = values[i]
        return math.inf if value is None else sign * value

    return replace(
        shown,
        values=values,
        states=(*shown.states, *(g.found.state for g in shown.groups)),
        lowers=(*shown.lowers, *(g.found.lower for g in shown.groups)),
        uppers=(*shown.uppers, *(g.found.upper for g in shown.groups)),
        classes=(*shown.classes, *(g.position for g in shown.groups)),
        order=tuple(sorted(everything, key=place)),
    )


def bar_colour(shown: PeriodView, colours: tuple[str, ...], row: int) -> str:
    """Return the colour of an area's class; one flat colour where there are no classes."""
    if shown.values[row] is None:
        return theme.EMPTY_FILL
    position = shown.classes[row]
    return theme.DOT if position is None else colours[position]


def whiskers(shown: PeriodView, rows: Sequence[int | None]) -> tuple[list[float], list[float]]:
    """Return the lengths of the whiskers above and below each value, 0 without interval."""
    up, down = [], []
    for i in rows:
        value, lower, upper = (
            (None, None, None) if i is None else (shown.values[i], shown.lowers[i], shown.uppers[i])
        )
        known = value is not None and lower is not None and upper is not None
        up.append(upper - value if known and upper is not None and value is not None else 0.0)
        down.append(value - lower if known and lower is not None and value is not None else 0.0)
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
