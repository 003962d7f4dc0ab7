"""Strips for paper: where chosen areas stand among all areas, one line an indicator."""

from __future__ import annotations

from dataclasses import dataclass

from figures import theme
from reports import typeface
from reports.drawing.marks import mark
from reports.drawing.svg import Drawing, Sheet

_ROW = 39.0
_TEXT = 8.0
_SMALL = 7.0
_KEY = 14.0


@dataclass(frozen=True)
class Spot:
    """A chosen area on a strip, or in the key; ``at`` is from 0 to 1."""

    name: str
    colour: str
    symbol: str
    at: float = 0.0


@dataclass(frozen=True)
class Strip:
    """One indicator: all areas, the chosen ones, the town; ends from left to right."""

    name: str
    direction: str
    others: tuple[float, ...]
    chosen: tuple[Spot, ...]
    town: float | None
    ends: tuple[str, str]


def strips_drawing(
    strips: tuple[Strip, ...], key: tuple[Spot, ...], town: str, width: float
) -> Drawing:
    """Draw strips below a key of the chosen areas and the town, if it is named."""
    lines = _key_lines(key, town, width)
    top = _KEY * len(lines) + 8
    sheet = Sheet(width, top + _ROW * len(strips))
    for number, line in enumerate(lines):
        _key(sheet, line, town, _KEY * number + 8)
    for number, strip in enumerate(strips):
        _strip(sheet, strip, top + _ROW * number)
    return sheet.drawing()


def _key_lines(key: tuple[Spot, ...], town: str, width: float) -> list[list[Spot]]:
    """Part the key into lines; the town comes last, has no symbol, and is left out unnamed."""
    lines: list[list[Spot]] = [[]]
    x = 0.0
    for spot in (*key, *([Spot(town, theme.INK, "")] if town else [])):
        needed = typeface.width(spot.name, _TEXT) + 26
        if lines[-1] and x + needed > width:
            lines.append([])
            x = 0.0
        lines[-1].append(spot)
        x += needed
    return lines


def _key(sheet: Sheet, line: list[Spot], town: str, y: float) -> None:
    x = 4.0
    for spot in line:
        if spot.symbol:
            mark(sheet, spot.symbol, x, y, 3.4, spot.colour)
        else:
            sheet.line(x, y - 5, x, y + 5, stroke=theme.INK, stroke_width=1.5)
        sheet.text(x + 7, y + 2.8, spot.name if spot.symbol else town, size=_TEXT)
        x += typeface.width(spot.name, _TEXT) + 26


def _strip(sheet: Sheet, strip: Strip, top: float) -> None:
    left, right, axis = 4.0, sheet.width - 4.0, top + 21

    def place(at: float) -> float:
        return left + at * (right - left)

    name = typeface.shortened(strip.name, _TEXT, sheet.width * 0.7, typeface.SEMIBOLD)
    sheet.text(0, top + 8, name, size=_TEXT, weight=typeface.SEMIBOLD)
    if strip.direction:
        sheet.text(
            sheet.width, top + 8, strip.direction, size=_SMALL, anchor="end", fill=theme.MUTE
        )
    sheet.line(left, axis, right, axis, stroke_width=0.6)
    ticks = "".join(f"M{place(at):.1f},{axis - 4:.1f}v8" for at in sorted(strip.others))
    if ticks:
        sheet.path(ticks, fill="none", stroke=theme.MUTE, stroke_width=0.7, stroke_opacity=0.55)
    if strip.town is not None:
        x = place(strip.town)
        sheet.line(x, axis - 8, x, axis + 8, stroke=theme.INK, stroke_width=1.5)
    for spot in strip.chosen:
        mark(sheet, spot.symbol, place(spot.at), axis, 4.2, spot.colour)
    sheet.text(0, top + 35, strip.ends[0], size=_SMALL, fill=theme.MUTE)
    sheet.text(sheet.width, top + 35, strip.ends[1], size=_SMALL, anchor="end", fill=theme.MUTE)
