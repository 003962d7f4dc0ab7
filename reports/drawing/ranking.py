"""Bars from high to low with intervals and the line of the town, for paper."""

from __future__ import annotations

from dataclasses import dataclass

from figures import theme
from i18n.formats import number
from reports import typeface
from reports.drawing.axis import tick_decimals, ticks
from reports.drawing.hatches import EDGE, hatch, limited
from reports.drawing.svg import Drawing, Scale, Sheet

_ROW = 11.6
_TEXT = 7.6
_SMALL = 7.0
_FOOT = 22.0
_BAR = 7.4
_NAME_SHARE = 0.36
_VALUES = 44.0


@dataclass(frozen=True)
class Bar:
    """One row. A row without a value shows its sign; a gap has only a text.

    ``mark`` is the colour of a chosen area, ``state`` the kind of empty or ``limited``.
    """

    name: str
    value: float | None = None
    text: str = ""
    colour: str = theme.DOT
    lower: float | None = None
    upper: float | None = None
    mark: str = ""
    state: str = ""
    is_gap: bool = False


@dataclass(frozen=True)
class BarPlan:
    """All rows, the range of the axis, its unit, and the line all bars are compared with."""

    bars: tuple[Bar, ...]
    low: float
    high: float
    unit: str = ""
    line: float | None = None
    line_text: str = ""
    language: str = "de"


def ranking_drawing(plan: BarPlan, width: float, row: float = _ROW) -> Drawing:
    """Draw bars of a width in points; the height follows the number of rows."""
    names = min(
        max((typeface.width(b.name, _TEXT, typeface.SEMIBOLD) for b in plan.bars), default=0) + 14,
        width * _NAME_SHARE,
    )
    sheet = Sheet(width, row * len(plan.bars) + _FOOT)
    left, right = names, width - _VALUES
    span = (plan.high - plan.low) or 1.0

    def place(value: float) -> float:
        inside = min(max(value, plan.low), plan.high)
        return left + (inside - plan.low) / span * (right - left)

    bottom = row * len(plan.bars)
    marks = ticks(plan.low, plan.high, 5)
    places = tick_decimals(marks)
    for tick in marks:
        x = place(tick)
        sheet.line(x, 0, x, bottom, stroke_width=0.5)
        text = number(tick, places, plan.language)
        sheet.text(x, bottom + 9, text, size=_SMALL, anchor="middle", fill=theme.MUTE)
    for position, bar in enumerate(plan.bars):
        _row(sheet, bar, (position + 0.5) * row, place, left)
    if plan.line is not None:
        x = place(plan.line)
        sheet.line(
            x, 0, x, bottom + 1, stroke=theme.INK, stroke_width=0.9, stroke_dasharray="1.6 1.6"
        )
        half = typeface.width(plan.line_text, _SMALL, typeface.SEMIBOLD) / 2
        at = min(max(x, half), width - half)
        sheet.text(
            at,
            bottom + 18.5,
            plan.line_text,
            size=_SMALL,
            weight=typeface.SEMIBOLD,
            anchor="middle",
        )
    sheet.text(width, bottom + 9, plan.unit, size=_SMALL, anchor="end", fill=theme.MUTE)
    return sheet.drawing()


def _row(sheet: Sheet, bar: Bar, middle: float, place: Scale, left: float) -> None:
    base = middle + 2.6
    room = left - 14
    if bar.is_gap:
        sheet.text(left - 6, base, bar.name, size=_SMALL, anchor="end", fill=theme.MUTE)
        return
    weight = typeface.SEMIBOLD if bar.mark else typeface.REGULAR
    name = typeface.shortened(bar.name, _TEXT, room, weight)
    sheet.text(left - 6, base, name, size=_TEXT, weight=weight, anchor="end")
    if bar.mark:
        x = left - 10 - typeface.width(name, _TEXT, weight) - 3
        sheet.rect(max(x, 0), middle - 3, 3.4, 6.6, fill=bar.mark)
    sheet.text(sheet.width, base, bar.text, size=_TEXT, weight=weight, anchor="end")
    if bar.value is None:
        if bar.state:
            fill = hatch(sheet, bar.state)
            sheet.rect(left, middle - _BAR / 2, 14, _BAR, fill=fill, stroke=EDGE, stroke_width=0.4)
        return
    zero, end = place(0.0), place(bar.value)
    fill = limited(sheet, bar.colour) if bar.state == "limited" else bar.colour
    sheet.rect(
        min(zero, end), middle - _BAR / 2, abs(end - zero), _BAR,
        fill=fill, stroke="#8f8b82", stroke_width=0.25,
    )  # fmt: skip
    if bar.lower is not None and bar.upper is not None:
        x1, x2 = place(bar.lower), place(bar.upper)
        sheet.line(x1, middle, x2, middle, stroke=theme.INK, stroke_width=1.9, stroke_opacity=0.0)
        sheet.line(x1, middle, x2, middle, stroke="#ffffff", stroke_width=2.2)
        sheet.line(x1, middle, x2, middle, stroke=theme.INK, stroke_width=0.9)
