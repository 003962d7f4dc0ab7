"""Bars of what a room answered, for paper: label, bar, number; what is right is marked in words."""

from __future__ import annotations

from collections.abc import Sequence

from figures import theme
from figures.workshop_results import Bar
from reports import typeface
from reports.drawing.svg import Drawing, Sheet

_ROW, _BAR, _TEXT = 20.0, 11.0, 9.0
_LABEL, _VALUE, _GAP = 0.34, 90.0, 8.0


def votes_drawing(bars: Sequence[Bar], right: str, width: float) -> Drawing:
    """Draw one bar a row.

    Parameters
    ----------
    right
        The word that stands behind what the figures say as well.
    width
        In points; the height follows the number of rows.
    """
    sheet = Sheet(width, _ROW * max(len(bars), 1))
    left = width * _LABEL
    longest = width - left - _VALUE - 2 * _GAP
    for position, bar in enumerate(bars):
        top = position * _ROW
        base = top + (_ROW + _TEXT * 0.7) / 2
        weight = typeface.SEMIBOLD if bar.is_right else typeface.REGULAR
        label = typeface.shortened(bar.label, _TEXT, left - _GAP, weight)
        sheet.text(left - _GAP, base, label, size=_TEXT, weight=weight, anchor="end")
        sheet.rect(
            left, top + (_ROW - _BAR) / 2, longest * min(max(bar.share, 0.0), 1.0), _BAR,
            fill=theme.ACCENT if bar.is_right else theme.DOT,
        )  # fmt: skip
        told = f"{bar.value} · {right}" if bar.is_right else bar.value
        at = left + longest * min(max(bar.share, 0.0), 1.0) + _GAP
        sheet.text(at, base, told, size=_TEXT, weight=weight)
    sheet.line(left, 0, left, sheet.height, stroke_width=0.6)
    return sheet.drawing()
