"""Charts of an index of need and of what is shared by it; titles and tables are in words beside.

Plain objects, as the other pages of many charts write them. Areas are rows, the highest burden at
the top; of large levels both ends are drawn, the table holds all.
"""

from __future__ import annotations

from html import escape
from typing import Any

import numpy as np

from domain.distribution import Distribution
from domain.gains import Gains
from domain.resource_view import IndexView, ShareView
from figures import theme
from figures.resource_amounts import unit_word
from i18n import Translate

ROW_HEIGHT = 20
MOST_ROWS = 60
PARTS = ("#1f5673", "#e09f3e", "#7b5ea7", "#2a9d8f", "#8c5a2b", "#c2549d")
"""Colours of up to six indicators in the bars of an index."""
MORE, LESS = "#6b5aa0", "#b3d3c9"
"""More and less than by the Gießkanne: neither is good or bad."""
_LETTERS = 30
_LETTER, _LABEL_GAP = 6.3, 12
"""Pixels of a letter of a name, and between a name and the bars."""
_TICKS = 16


def drawn_rows(places: tuple[int, ...]) -> tuple[int, ...]:
    """Return the areas a chart has room for: both ends of an order."""
    if len(places) <= MOST_ROWS:
        return places
    half = MOST_ROWS // 2
    return (*places[:half], *places[-half:])


def parts_figure(view: IndexView, tr: Translate, language: str) -> dict[str, Any]:
    """Return what each indicator adds to the index of every area, as stacked bars."""
    rows = drawn_rows(view.by_burden)
    names = _names(view, rows)
    parts = view.index.parts[list(rows)]
    bars = [
        {
            "type": "bar",
            "orientation": "h",
            "name": column.indicator.short_name.in_language(language),
            "x": _rounded(parts[:, n]),
            "y": list(range(len(rows))),
            "marker": {"color": PARTS[n]},
            "hoverinfo": "skip",
        }
        for n, column in enumerate(view.columns)
    ]
    total = {
        "type": "scatter",
        "mode": "markers",
        "name": tr("resources.total"),
        "x": _rounded(parts.sum(axis=1)),
        "y": list(range(len(rows))),
        "marker": {
            "symbol": "diamond",
            "size": 9,
            "color": theme.INK,
            "line": {"width": 1, "color": "#ffffff"},
        },
        "hoverinfo": "skip",
    }
    return _rows_figure([*bars, total], names, language, title=tr("resources.axis_parts"))


def ranks_figure(view: IndexView, tr: Translate, language: str) -> dict[str, Any]:
    """Return the rank of every area, with what drawn weights and left-out indicators make of it."""
    rows = drawn_rows(view.by_burden)
    told, at = view.stability, list(rows)
    places = list(range(len(rows)))
    dropped = _spans(told.drop_low[at], told.drop_high[at], places)
    drawn = _spans(told.rank_low[at], told.rank_high[at], places)
    lines = [
        {**_line(tr("resources.key_drop"), dropped), "line": {"width": 9, "color": "#cfd8dc"}},
        {**_line(tr("resources.key_draws"), drawn), "line": {"width": 3, "color": theme.ACCENT}},
    ]
    dots = {
        "type": "scatter",
        "mode": "markers",
        "name": tr("resources.key_rank"),
        "x": told.rank[at].astype(int).tolist(),
        "y": places,
        "marker": {
            "size": 9,
            "color": theme.ACCENT,
            "line": {"width": 1.5, "color": theme.ACCENT},
            "symbol": ["circle" if view.is_stable[i] else "circle-open" for i in rows],
        },
        "hoverinfo": "skip",
    }
    figure = _rows_figure(
        [*lines, dots], _names(view, rows), language, title=tr("resources.axis_rank")
    )
    figure["layout"]["xaxis"] |= _rank_axis(len(view.by_burden))
    return figure


def _rank_axis(last: int) -> dict[str, Any]:
    """Return an axis of places from the first to the last; there is no place 0."""
    step = next(s for s in (1, 5, 10, 50, 100, 500, 1000) if last <= s * _TICKS)
    ticks = range(step, last + 1, step)
    room = max(0.5, last / 60)
    return {
        "zeroline": False,
        "range": [1 - room, last + room],
        "tickvals": sorted({1, *ticks}),
    }


def differences_figure(view: ShareView, tr: Translate, language: str) -> dict[str, Any]:
    """Return what every area gets more or less than by the Gießkanne; needs a distribution."""
    found = _distribution(view)
    order = tuple(sorted(range(len(view.members)), key=lambda k: (-found.level[k], k)))
    rows = drawn_rows(order)
    values = [found.differences[k] for k in rows]
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": values,
        "y": list(range(len(rows))),
        "marker": {"color": [MORE if v >= 0 else LESS for v in values]},
        "hoverinfo": "skip",
    }
    names = _names(view.index, tuple(view.members[k] for k in rows))
    unit = unit_word(view.index.query, tr)
    return _rows_figure([bars], names, language, title=tr("resources.axis_difference", unit=unit))


def changes_figure(view: ShareView, told: Gains, tr: Translate, language: str) -> dict[str, Any]:
    """Return the change against last year in percent, the largest gain at the top.

    Dashed lines are the limits; areas without an amount of last year have no percentage and are
    in the table.
    """
    query = view.index.query
    rows = drawn_rows(told.by_share)
    values = [round(100 * told.shares[k], 2) for k in rows]
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": values,
        "y": list(range(len(rows))),
        "marker": {"color": [MORE if v >= 0 else LESS for v in values]},
        "hoverinfo": "skip",
    }
    names = _names(view.index, tuple(view.members[k] for k in rows))
    figure = _rows_figure([bars], names, language, title=tr("resources.axis_change"))
    limits = [x for x in (query.rise, None if query.fall is None else -query.fall) if x is not None]
    line = {"color": theme.INK, "width": 1.5, "dash": "dash"}
    figure["layout"]["shapes"] = [
        {"type": "line", "xref": "x", "yref": "paper", "x0": x, "x1": x, "y0": 0, "y1": 1,
         "line": line}
        for x in limits
    ]  # fmt: skip
    axis = {"ticksuffix": " %"}
    figure["layout"]["xaxis"] = {**figure["layout"]["xaxis"], **axis}
    return figure


def curve_figure(view: ShareView, tr: Translate, language: str) -> dict[str, Any]:
    """Return the concentration curve: shares of children, the highest need first, and of money."""
    found = _distribution(view)
    base = theme.PLAIN_LAYOUT
    axis = {"range": [0, 100], "ticksuffix": " %", "showgrid": True, "dtick": 20}
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines",
                "name": tr("resources.key_even"),
                "x": [0, 100],
                "y": [0, 100],
                "line": {"dash": "dot", "color": theme.MUTE, "width": 1.5},
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "lines",
                "name": tr("resources.key_curve"),
                "x": [round(100 * x, 3) for x, _ in found.curve],
                "y": [round(100 * y, 3) for _, y in found.curve],
                "line": {"color": theme.ACCENT, "width": 2.5},
                "hoverinfo": "skip",
            },
        ],
        "layout": {
            **base,
            "height": 340,
            "margin": {"l": 58, "r": 16, "t": 10, "b": 52},
            "separators": theme.SEPARATORS[language],
            "xaxis": {**base["xaxis"], **axis, "title": {"text": tr("resources.axis_children")}},
            "yaxis": {**base["yaxis"], **axis, "title": {"text": tr("resources.axis_amount")}},
        },
    }


def _distribution(view: ShareView) -> Distribution:
    if not isinstance(view.found, Distribution):
        raise TypeError("a refused order has no chart")
    return view.found


def _rows_figure(
    data: list[dict[str, Any]], names: list[str], language: str, *, title: str
) -> dict[str, Any]:
    return {"data": data, "layout": rows_layout(names, language, title=title)}


def rows_layout(names: list[str], language: str, *, title: str) -> dict[str, Any]:
    """Return the layout of a chart of one row an area, its axis named below."""
    base = theme.PLAIN_LAYOUT
    labels = [n if len(n) <= _LETTERS else n[: _LETTERS - 1] + "…" for n in names]
    longest = max((len(label) for label in labels), default=0)
    return {
        **base,
        "height": ROW_HEIGHT * len(names) + 70,
        "barmode": "relative",
        "bargap": 0.3,
        "margin": {"l": round(_LABEL_GAP + _LETTER * longest), "r": 16, "t": 6, "b": 50},
        "separators": theme.SEPARATORS[language],
        "xaxis": {**base["xaxis"], "zeroline": True, "zerolinecolor": theme.MUTE},
        "annotations": [_axis_name(title)] if title else [],
        "yaxis": {
            **base["yaxis"],
            "tickmode": "array",
            "tickvals": list(range(len(names))),
            # Plotly reads tags, so that none may be left in a name
            "ticktext": [escape(label, quote=False) for label in labels],
            "showgrid": False,
            "range": [len(names) - 0.4, -0.6],
        },
    }


def _axis_name(text: str) -> dict[str, Any]:
    """Return the name below an axis; it ends with the chart, so that a phone cuts nothing off."""
    return {
        "text": text,
        "showarrow": False,
        "xref": "paper",
        "x": 1,
        "xanchor": "right",
        "yref": "paper",
        "y": 0,
        "yanchor": "top",
        "yshift": -24,
        "font": {"size": 13},
    }


def _names(view: IndexView, rows: tuple[int, ...]) -> list[str]:
    return [view.area_names[i] for i in rows]


def _line(name: str, points: tuple[list[Any], list[Any]]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": points[0],
        "y": points[1],
        "hoverinfo": "skip",
    }


def _spans(
    low: np.ndarray[Any, Any], high: np.ndarray[Any, Any], rows: list[int]
) -> tuple[list[Any], list[Any]]:
    """Return the points of one broken line with a piece for each row."""
    xs: list[Any] = []
    ys: list[Any] = []
    for a, b, y in zip(low.tolist(), high.tolist(), rows, strict=True):
        xs += [a, b, None]
        ys += [y, y, None]
    return xs, ys


def _rounded(numbers: np.ndarray[Any, Any]) -> list[float]:
    return [round(float(x), 4) for x in numbers]
