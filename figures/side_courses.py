"""Courses: one small chart an indicator with the chosen areas and the town over the years.

A hidden or missing year is a gap, never a zero and never bridged; breaks of the series and new
boundaries are dotted uprights, and no line runs across them.
"""

from __future__ import annotations

from typing import Any

from domain.model import Flag, Kind
from domain.side_by_side import ComparedIndicator, ComparisonView, CoursePoint
from figures import theme
from figures.sentences import quantity
from i18n.formats import number
from i18n.periods import period_label

HEIGHT = 190
_MOST_TICKS = 4
_DIGIT = 6.6


def course_figure(
    view: ComparisonView, column: ComparedIndicator, *, town: str, language: str
) -> dict[str, Any]:
    """Return the figure of one indicator; all periods, whichever the table shows."""
    marks = [m.position for m in column.marks]
    lines = []
    for k in sorted(range(len(view.areas)), key=lambda k: view.areas[k].slot):
        slot = view.areas[k].slot % len(theme.SELECTED)
        points = parted(column.courses[k], marks)
        look = (theme.SELECTED[slot], theme.SHAPES[slot])
        lines.append(_line(column, points, name=view.areas[k].name, look=look, language=language))
    if column.indicator.kind is not Kind.COUNT:
        # the count of the town is so large that the areas would lie flat beside it
        town_points = parted(column.city_course, marks)
        line = _line(column, town_points, name=town, look=(theme.INK, "circle"), language=language)
        lines.append(line | {"mode": "lines", "line": {"color": theme.INK, "dash": "dot"}})
    base = theme.PLAIN_LAYOUT
    return {
        "data": lines,
        "layout": {
            **base,
            "height": HEIGHT,
            "margin": {"l": left_room(_range(column), language), "r": 10, "t": 6, "b": 24},
            "hovermode": "closest",
            "separators": theme.SEPARATORS[language],
            "xaxis": {**base["xaxis"], **_time_axis(column, language)},
            "yaxis": {**base["yaxis"], "range": _range(column), "nticks": 4},
            "shapes": [_upright(at) for at in marks],
        },
    }


def left_room(span: list[float], language: str) -> float:
    """Return the pixels that the numbers of an axis take at its left, millions among them."""
    return max(46, 14 + _DIGIT * max(len(number(v, 0, language)) for v in span))


def _upright(at: float) -> dict[str, Any]:
    """Return the dashed line between the last period before a mark and the first behind it."""
    return {
        "type": "line",
        "yref": "paper",
        "x0": at - 0.5,
        "x1": at - 0.5,
        "y0": 0,
        "y1": 1,
        "layer": "below",
        "line": {"color": theme.MUTE, "width": 1, "dash": "dash"},
    }


def parted(course: tuple[CoursePoint, ...], marks: list[float]) -> list[CoursePoint | None]:
    """Return the points with a gap at every mark; a missing value is a gap of its own."""
    found: list[CoursePoint | None] = []
    for point in course:
        before = found[-1] if found else None
        if before and any(before.position < m <= point.position for m in marks):
            found.append(None)
        found.append(point)
    return found


def _line(
    column: ComparedIndicator,
    points: list[CoursePoint | None],
    *,
    name: str,
    look: tuple[str, str],
    language: str,
) -> dict[str, Any]:
    colour, symbol = look

    def text(point: CoursePoint | None) -> str:
        if point is None or point.value is None:
            return ""
        value = quantity(point.value, column.indicator, language)
        return f"{name}, {period_label(point.period, language)}: {value}"

    is_estimated = [p is not None and Flag.BOUNDARY_ESTIMATED in p.flags.split() for p in points]
    return {
        "type": "scatter",
        "x": [None if p is None else p.position for p in points],
        "y": [None if p is None else p.value for p in points],
        "text": [text(p) for p in points],
        "name": name,
        "mode": "lines+markers",
        "connectgaps": False,
        "hovertemplate": "%{text}<extra></extra>",
        "line": {"color": colour, "width": 2},
        "marker": {
            "size": 6,
            "color": colour,
            "symbol": [f"{symbol}-open" if e else symbol for e in is_estimated],
        },
    }


def _time_axis(column: ComparedIndicator, language: str) -> dict[str, Any]:
    points = {p.position: p.period for c in (*column.courses, column.city_course) for p in c}
    places = sorted(points)
    if not places:
        return {"visible": False}
    step = max(1, -(-(len(places) - 1) // (_MOST_TICKS - 1)))
    ticks = places[::-1][::step][::-1]
    return {
        "range": [places[0] - 0.6, places[-1] + 0.6],
        "tickvals": ticks,
        "ticktext": [period_label(points[p], language) for p in ticks],
        "showgrid": False,
    }


def _range(column: ComparedIndicator) -> list[float]:
    """Return the range of what is drawn: from zero, or from the lowest value below it."""
    values = [
        p.value
        for course in (
            *column.courses,
            () if column.indicator.kind is Kind.COUNT else column.city_course,
        )
        for p in course
        if p.value is not None
    ]
    low, high = min([0.0, *values]), max(values, default=1.0) or 1.0
    return [low * 1.05, high * 1.08]
