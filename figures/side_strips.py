"""Strips: for each indicator, where the chosen areas stand among all areas of the level."""

from __future__ import annotations

from collections import Counter
from typing import Any

from domain.model import Polarity
from domain.side_by_side import ComparedIndicator, ComparisonView
from figures import theme
from figures.sentences import quantity
from i18n import Translate

ROW_HEIGHT = 62
_SELECTED_SIZE, _OTHER_SIZE = 13, 9
_TOWN_REACH = 0.26
_OPACITY = 0.55
_MOST_SINGLE = 2000
_FINEST = 1200
"""Places of a strip that can be told apart, about one a pixel."""


def strips_figure(view: ComparisonView, tr: Translate, language: str) -> dict[str, Any]:
    """Return one strip an indicator, each on its own axis from the lowest to the highest value.

    High burden lies on the right for every indicator with polarity. All areas are grey marks,
    chosen ones have their colour, the town is an upright line. Hidden areas have no mark.
    """
    rows = [x for x in view.indicators if x.spread.values]
    order = sorted(range(len(view.areas)), key=lambda k: view.areas[k].slot)
    base = theme.PLAIN_LAYOUT
    return {
        "data": [_all_areas(rows), *(_chosen(view, rows, k, language) for k in order)],
        "layout": {
            **base,
            "height": ROW_HEIGHT * len(rows) + 16,
            "margin": {"l": 12, "r": 12, "t": 8, "b": 8},
            "hovermode": "closest",
            "separators": theme.SEPARATORS[language],
            "xaxis": {**base["xaxis"], "range": [-0.02, 1.02], "visible": False},
            "yaxis": {**base["yaxis"], "range": [len(rows) - 0.45, -0.75], "visible": False},
            "annotations": [
                text for y, x in enumerate(rows) for text in _texts(x, y, tr, language)
            ],
            "shapes": [line for y, x in enumerate(rows) for line in _lines(x, y)],
        },
    }


def placed(column: ComparedIndicator, value: float) -> float:
    """Return where a value lies on its strip: 0 at the side of little burden, 1 at the other."""
    low, high = column.spread.low or 0.0, column.spread.high or 0.0
    share = 0.5 if high <= low else (value - low) / (high - low)
    return 1 - share if column.indicator.polarity is Polarity.LOW_BURDEN else share


def _all_areas(rows: list[ComparedIndicator]) -> dict[str, Any]:
    points = [spot for y, x in enumerate(rows) for spot in _ticks(x, y)]
    return {
        "type": "scatter",
        "x": [p[0] for p in points],
        "y": [p[1] for p in points],
        "mode": "markers",
        "hoverinfo": "skip",
        "marker": {
            "symbol": "line-ns",
            "size": _OTHER_SIZE,
            "line": {"width": 1.4, "color": theme.MUTE},
            "opacity": [p[2] for p in points],
        },
    }


def _ticks(column: ComparedIndicator, y: int) -> list[tuple[float, int, float]]:
    """Return place, row and opacity of a tick an area.

    Of thousands, those that would cover each other are one tick, as dark as all of them: a browser
    takes a minute for a hundred thousand ticks of a few hundred places.
    """
    places = [placed(column, v) for v in column.spread.values]
    if len(places) <= _MOST_SINGLE:
        return [(x, y, _OPACITY) for x in places]
    met = Counter(round(x * _FINEST) for x in places)
    return [(k / _FINEST, y, round(1 - (1 - _OPACITY) ** n, 2)) for k, n in sorted(met.items())]


def _chosen(
    view: ComparisonView, rows: list[ComparedIndicator], k: int, language: str
) -> dict[str, Any]:
    area = view.areas[k]
    shown = [(y, x) for y, x in enumerate(rows) if x.cells[k].is_shown]
    values = [x.cells[k].value or 0.0 for _, x in shown]
    texts = [
        f"{area.name}: {quantity(v, x.indicator, language)}"
        for (_, x), v in zip(shown, values, strict=True)
    ]
    return {
        "type": "scatter",
        "x": [placed(x, v) for (_, x), v in zip(shown, values, strict=True)],
        "y": [y for y, _ in shown],
        "name": area.name,
        "mode": "markers",
        "text": texts,
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "size": _SELECTED_SIZE,
            "color": theme.SELECTED[area.slot % len(theme.SELECTED)],
            "line": {"width": 1.5, "color": "#ffffff"},
            "symbol": theme.SHAPES[area.slot % len(theme.SHAPES)],
        },
    }


def _texts(column: ComparedIndicator, y: int, tr: Translate, language: str) -> list[dict[str, Any]]:
    """Return the name above a strip and its two ends below it."""
    indicator = column.indicator
    ends = [column.spread.low or 0.0, column.spread.high or 0.0]
    if indicator.polarity is Polarity.LOW_BURDEN:
        ends.reverse()
    name = f"<b>{indicator.short_name.in_language(language)}</b>  {_direction(column, tr)}"
    left, right = (quantity(v, indicator, language) for v in ends)
    return [
        {"x": 0, "y": y, "yshift": 20, "xanchor": "left", "showarrow": False, "text": name},
        _end(0, y, "left", left),
        _end(1, y, "right", right),
    ]


def _end(x: int, y: int, anchor: str, text: str) -> dict[str, Any]:
    return {
        "x": x,
        "y": y,
        "yshift": -17,
        "xanchor": anchor,
        "showarrow": False,
        "text": text,
        "font": {"size": 11},
    }


def _lines(column: ComparedIndicator, y: int) -> list[dict[str, Any]]:
    """Return the line of a strip, and that of the town where it lies on it."""
    low, high, city = column.spread.low or 0.0, column.spread.high or 0.0, column.city.value
    rule = {"color": theme.RULE, "width": 1}
    lines = [_line((0, 1), (y, y), rule) | {"layer": "below"}]
    if city is not None and low <= city <= high:
        x = placed(column, city)
        reach = (y - _TOWN_REACH, y + _TOWN_REACH)
        lines.append(_line((x, x), reach, {"color": theme.INK, "width": 2}))
    return lines


def _line(x: tuple[float, float], y: tuple[float, float], look: dict[str, Any]) -> dict[str, Any]:
    return {"type": "line", "x0": x[0], "x1": x[1], "y0": y[0], "y1": y[1], "line": look}


def _direction(column: ComparedIndicator, tr: Translate) -> str:
    if column.indicator.polarity is Polarity.NONE:
        return ""
    return tr("side.strip_burden")
