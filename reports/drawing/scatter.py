"""Points for paper: two indicators against each other, or the funnel of one."""

from __future__ import annotations

import math
from dataclasses import dataclass

from figures import theme
from i18n.formats import number
from reports import typeface
from reports.drawing.axis import tick_decimals, ticks
from reports.drawing.labels import Anchor, labels
from reports.drawing.svg import Drawing, Scale, Sheet

_TEXT = 8.0
_SMALL = 7.0
_TOP = 16.0
_FOOT = 28.0
_EDGE = 8.0
_NARROWEST_LEFT = 24.0
_LEAST_TICK_GAP = 34.0

Ends = tuple[float, float]


@dataclass(frozen=True)
class Dot:
    """One area; ``size`` is the diameter in points. A chosen one has a colour and its name."""

    x: float
    y: float
    size: float
    colour: str = ""
    name: str = ""


@dataclass(frozen=True)
class PlanLine:
    """A line through the points in units of the axes."""

    points: tuple[tuple[float, float], ...]
    dash: str = ""


@dataclass(frozen=True)
class ScatterPlan:
    """Points and lines on two axes; ``is_logarithmic`` is the level one."""

    dots: tuple[Dot, ...]
    lines: tuple[PlanLine, ...]
    x_ends: Ends
    y_ends: Ends
    x_name: str
    y_name: str
    is_logarithmic: bool = False
    language: str = "de"


def scatter_drawing(plan: ScatterPlan, width: float, height: float) -> Drawing:
    """Draw points of a size in points of paper; chosen ones lie over the others with a name."""
    sheet = Sheet(width, height)
    marks = ticks(*plan.y_ends, 5)
    places = tick_decimals(marks)
    texts = [number(mark, places, plan.language) for mark in marks]
    left = max(_NARROWEST_LEFT, *(typeface.width(t, _SMALL) + 6 for t in texts or ("",)))
    right, bottom = width - _EDGE, height - _FOOT
    x_of = _scale(_log(plan.x_ends) if plan.is_logarithmic else plan.x_ends, (left, right))
    y_of = _scale(plan.y_ends, (bottom, _TOP))

    def across(x: float) -> float:
        return x_of(math.log10(x) if plan.is_logarithmic else x)

    for mark, text in zip(marks, texts, strict=True):
        sheet.line(left, y_of(mark), right, y_of(mark), stroke_width=0.5)
        sheet.text(left - 4, y_of(mark) + 2.4, text, size=_SMALL, anchor="end", fill=theme.MUTE)
    _upright_axis(sheet, plan, across, (left, right, bottom))
    sheet.text(0, _SMALL, plan.y_name, size=_SMALL, fill=theme.MUTE)
    sheet.text(right, height - 3, plan.x_name, size=_SMALL, anchor="end", fill=theme.MUTE)
    for line in plan.lines:
        _line(sheet, line, (across, y_of), plan.y_ends)
    for dot in sorted(plan.dots, key=lambda d: (bool(d.name), -d.size)):
        _dot(sheet, dot, across(dot.x), y_of(dot.y))
    _names(sheet, [dot for dot in plan.dots if dot.name], (across, y_of), (left, bottom))
    return sheet.drawing()


def _scale(ends: Ends, place: Ends) -> Scale:
    reach = (ends[1] - ends[0]) or 1.0
    return lambda value: place[0] + (value - ends[0]) / reach * (place[1] - place[0])


def _log(ends: Ends) -> Ends:
    return math.log10(ends[0]), math.log10(ends[1])


def _upright_axis(
    sheet: Sheet, plan: ScatterPlan, across: Scale, frame: tuple[float, float, float]
) -> None:
    """Write the numbers of the level axis, as many as have room."""
    left, right, bottom = frame
    most = max(2, int((right - left) / _LEAST_TICK_GAP / 2))
    marks = _powers(plan.x_ends) if plan.is_logarithmic else ticks(*plan.x_ends, most)
    places = tick_decimals(marks)
    end = float("-inf")
    for mark in marks:
        text, x = number(mark, places, plan.language), across(mark)
        half = typeface.width(text, _SMALL) / 2
        if x - half < end or x + half > right + _EDGE:
            continue
        end = x + half + 6
        sheet.line(x, bottom, x, bottom + 2.5, stroke=theme.MUTE, stroke_width=0.5)
        sheet.text(x, bottom + 10, text, size=_SMALL, anchor="middle", fill=theme.MUTE)


def _powers(ends: Ends) -> list[float]:
    """Return 1, 2 and 5 times the powers of ten between two ends.

    >>> _powers((30.0, 600.0))
    [50.0, 100.0, 200.0, 500.0]
    """
    low, high = (math.floor(math.log10(end)) for end in ends)
    found = (step * 10.0**power for power in range(low, high + 1) for step in (1.0, 2.0, 5.0))
    return [x for x in found if ends[0] <= x <= ends[1]]


def _line(sheet: Sheet, line: PlanLine, axes: tuple[Scale, Scale], ends: Ends) -> None:
    """Draw the part of a line that lies between the ends of the upright axis."""
    x_of, y_of = axes
    inside = [(x_of(x), y_of(y)) for x, y in line.points if ends[0] <= y <= ends[1]]
    if len(inside) > 1:
        path = "M" + "L".join(f"{x:.2f},{y:.2f}" for x, y in inside)
        dash: dict[str, float | str] = {"stroke_dasharray": line.dash} if line.dash else {}
        sheet.path(path, fill="none", stroke=theme.INK, stroke_width=1.0, **dash)


def _dot(sheet: Sheet, dot: Dot, x: float, y: float) -> None:
    colour = dot.colour or theme.DOT
    sheet.circle(
        x, y, dot.size / 2, fill=colour, stroke=colour, stroke_width=0.7,
        fill_opacity=0.9 if dot.colour else 0.45,
    )  # fmt: skip


def _names(
    sheet: Sheet, dots: list[Dot], places: tuple[Scale, Scale], frame: tuple[float, float]
) -> None:
    """Write the names of chosen areas beside their points; a thin line leads to one moved away."""
    left, bottom = frame
    anchors = [
        Anchor(
            places[0](d.x), places[1](d.y), d.size / 2,
            typeface.width(d.name, _TEXT, typeface.SEMIBOLD),
        )
        for d in dots
    ]  # fmt: skip
    found = labels(anchors, (left, _TOP, sheet.width - _EDGE, bottom))
    for anchor, label in zip(anchors, found, strict=True):
        if label.is_moved:
            end = label.x + (1 if label.is_left else -1)
            sheet.line(anchor.x, anchor.y, end, label.y, stroke=theme.MUTE, stroke_width=0.5)
    for dot, label in zip(dots, found, strict=True):
        sheet.text(
            label.x, label.y + 2.7, dot.name, size=_TEXT, weight=typeface.SEMIBOLD,
            anchor="end" if label.is_left else "start", stroke="#ffffff", stroke_width=2,
            paint_order="stroke",
        )  # fmt: skip
