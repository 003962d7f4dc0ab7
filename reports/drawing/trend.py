"""Courses over time for paper: lines with gaps, breaks, and names at their ends."""

from __future__ import annotations

from dataclasses import dataclass

from figures import theme
from i18n.formats import number
from reports import typeface
from reports.drawing.axis import tick_decimals, ticks
from reports.drawing.svg import Drawing, Scale, Sheet

_TEXT = 7.6
_SMALL = 7.0
_LEFT = 30.0
_FOOT = 16.0
_TOP = 10.0
_LINE = 9.4
_NAMES_SHARE = 0.3
_DASHES = ("", "4 2", "1.5 1.5", "6 2 1.5 2")
"""Lines also differ in their dashes, for grey print."""

Point = tuple[float, float | None]


@dataclass(frozen=True)
class Course:
    """One line; each stretch is drawn by itself, so that nothing joins over a break."""

    name: str
    colour: str
    stretches: tuple[tuple[Point, ...], ...]
    is_town: bool = False
    end_text: str = ""


@dataclass(frozen=True)
class TrendPlan:
    """All lines, the labels of the time axis by position in years, and marked breaks."""

    courses: tuple[Course, ...]
    times: tuple[tuple[float, str], ...]
    low: float
    high: float
    unit: str = ""
    breaks: tuple[tuple[float, str], ...] = ()
    language: str = "de"


def trend_drawing(
    plan: TrendPlan, width: float, height: float, *, with_values: bool = True
) -> Drawing:
    """Draw courses in a box of points; ``with_values`` writes the last value after each name."""
    labels = [_label(c, with_values=with_values) for c in plan.courses]
    longest = max((typeface.width(x, _TEXT, typeface.SEMIBOLD) for x in labels), default=0.0)
    names = min(longest + 10, width * _NAMES_SHARE)
    sheet = Sheet(width, height)
    marks = ticks(plan.low, plan.high, 4)
    places = tick_decimals(marks)
    numbers = [number(tick, places, plan.language) for tick in marks]
    left = max(_LEFT, 6 + max(typeface.width(text, _SMALL) for text in numbers))
    right, bottom = width - names, height - _FOOT
    first, last = plan.times[0][0], plan.times[-1][0]
    reach = (last - first) or 1.0
    span = (plan.high - plan.low) or 1.0

    def x_of(year: float) -> float:
        return (
            (left + right) / 2 if last == first else left + (year - first) / reach * (right - left)
        )

    def y_of(value: float) -> float:
        return bottom - (value - plan.low) / span * (bottom - _TOP)

    for tick, text in zip(marks, numbers, strict=True):
        y = y_of(tick)
        sheet.line(left, y, right, y, stroke_width=0.5)
        sheet.text(left - 5, y + 2.4, text, size=_SMALL, anchor="end", fill=theme.MUTE)
    sheet.text(0, _SMALL, plan.unit, size=_SMALL, fill=theme.MUTE)
    _times(sheet, plan, x_of, bottom)
    _breaks(sheet, plan, x_of, bottom)
    for position, course in enumerate(plan.courses):
        dash = "" if course.is_town else _DASHES[position % len(_DASHES)]
        _course(sheet, course, (x_of, y_of), dash)
    _names(sheet, plan, y_of, (right + 6, names - 6, with_values))
    return sheet.drawing()


def _times(sheet: Sheet, plan: TrendPlan, x_of: Scale, bottom: float) -> None:
    """Write as many periods as have room, the last one always."""
    end = float("inf")
    for position, label in reversed(plan.times):
        x = x_of(position)
        half = typeface.width(label, _SMALL) / 2
        if x + half + 6 <= end:
            at = max(x, half)
            sheet.text(at, bottom + 11, label, size=_SMALL, anchor="middle", fill=theme.MUTE)
            sheet.line(x, bottom, x, bottom + 2.5, stroke=theme.MUTE, stroke_width=0.5)
            end = x - half


def _breaks(sheet: Sheet, plan: TrendPlan, x_of: Scale, bottom: float) -> None:
    for row, (position, text) in enumerate(plan.breaks):
        x = x_of(position)
        sheet.line(
            x, _TOP, x, bottom, stroke=theme.MUTE, stroke_width=0.6, stroke_dasharray="1.5 1.5"
        )
        said = typeface.shortened(text, 6.4, sheet.width * 0.34)
        wide = typeface.width(said, 6.4)
        anchor = "end" if x - wide > _LEFT else "start"
        at = x - 2 if anchor == "end" else x + 2
        sheet.text(
            at, _TOP - 3 + 8 * (row % 3), said, size=6.4, anchor=anchor, fill=theme.MUTE,
            stroke="#ffffff", stroke_width=1.6, paint_order="stroke",
        )  # fmt: skip


def _course(sheet: Sheet, course: Course, axes: tuple[Scale, Scale], dash: str) -> None:
    x_of, y_of = axes
    thick = 1.7 if course.is_town else 1.4
    style = {"stroke_dasharray": dash} if dash else {}
    for stretch in course.stretches:
        for run in _runs(stretch):
            points = [(x_of(x), y_of(y)) for x, y in run]
            if len(points) > 1:
                path = "M" + "L".join(f"{x:.2f},{y:.2f}" for x, y in points)
                sheet.path(
                    path, fill="none", stroke=course.colour, stroke_width=thick,
                    stroke_linejoin="round", **style,
                )  # fmt: skip
            for x, y in points:
                sheet.circle(x, y, 1.9, fill=course.colour, stroke="#ffffff", stroke_width=0.5)


def _runs(stretch: tuple[Point, ...]) -> list[list[tuple[float, float]]]:
    """Part a stretch at its gaps: a missing value is never drawn over."""
    runs: list[list[tuple[float, float]]] = [[]]
    for x, y in stretch:
        if y is None:
            runs.append([])
        else:
            runs[-1].append((x, y))
    return [run for run in runs if run]


def _names(sheet: Sheet, plan: TrendPlan, y_of: Scale, place: tuple[float, float, bool]) -> None:
    """Write names at the ends of the lines, moved apart where lines end close together."""
    x, room, with_values = place
    ends = []
    for course in plan.courses:
        known = [y for stretch in course.stretches for _, y in stretch if y is not None]
        if known:
            ends.append((y_of(known[-1]), course))
    ends.sort(key=lambda e: e[0])
    needed = _LINE * len(ends)
    # names keep clear of the time axis unless there are too many
    end = sheet.height - (_FOOT - 3 if needed + _FOOT < sheet.height else 2)
    free = end - needed
    y = max(min(ends[0][0], free) if ends else 0.0, _SMALL)
    for position, (wanted, course) in enumerate(ends):
        latest = end - _LINE * (len(ends) - 1 - position)
        y = min(max(wanted, y), latest)
        said = _label(course, with_values=with_values)
        weight = typeface.SEMIBOLD
        if typeface.width(said, _TEXT, weight) > room:
            tail = f" {course.end_text}" if with_values and course.end_text else ""
            short = room - typeface.width(tail, _TEXT, weight)
            said = typeface.shortened(course.name, _TEXT, short, weight) + tail
        sheet.text(x, y + 2.6, said, size=_TEXT, weight=weight, fill=_ink(course.colour))
        y += _LINE


def _label(course: Course, *, with_values: bool) -> str:
    return f"{course.name} {course.end_text}".strip() if with_values else course.name


def _ink(colour: str) -> str:
    """Return a colour dark enough for text on paper."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    share = 1.0 if 0.3 * red + 0.59 * green + 0.11 * blue < 110 else 0.72  # noqa: PLR2004
    return "#" + "".join(f"{round(c * share):02x}" for c in (red, green, blue))
