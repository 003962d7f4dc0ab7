"""A map for paper: areas filled by class or hatched, circles, symbols, names, legend, scale."""

from __future__ import annotations

import math

from figures import theme
from figures.map_plan import Chosen, Key, MapPlan, Paint
from i18n.formats import number
from reports import typeface
from reports.drawing.hatches import EDGE, PAPER, hatch, limited
from reports.drawing.svg import Drawing, Sheet, Style

_LEGEND = 128.0
_ROW = 12.5
_TEXT = 8.0
_SMALL = 7.0
_GAP = 8.0
_SCALE_SHARE = 0.22
_STEPS = (1, 2, 5)
_KILOMETRE = 1000
_FEW_AREAS = 60
_MANY_AREAS = 1000


def map_drawing(plan: MapPlan, width: float, height: float) -> Drawing:
    """Draw a map of a width in points; it is lower than ``height`` where the town is wide."""
    has_legend = bool(plan.legend)
    left = _LEGEND + _GAP if has_legend else 0.0
    outlines = plan.outlines
    scale = min((width - left) / outlines.width, height / outlines.height)
    needed = _legend_height(plan) if has_legend else 0.0
    sheet = Sheet(width, max(outlines.height * scale, needed, 40.0) + 2)
    # the map stands in the middle of the room beside its legend
    at = (left + (width - left - outlines.width * scale) / 2, 1.0)
    _areas(sheet, plan, at, scale)
    _marks(sheet, plan, at, scale)
    _chosen(sheet, plan, at, scale)
    if has_legend:
        _legend(sheet, plan, sheet.height - needed)
    _scale_bar(sheet, plan, scale, has_legend=has_legend)
    return sheet.drawing()


def fill_of(sheet: Sheet, paint: Paint) -> str:
    """Return the fill of a paint."""
    if paint.state:
        return hatch(sheet, paint.state)
    return limited(sheet, paint.colour) if paint.is_limited else paint.colour


def _areas(sheet: Sheet, plan: MapPlan, at: tuple[float, float], scale: float) -> None:
    """Draw areas; hatches are laid on without the scale, so that all keep one pitch."""
    outlines = plan.outlines
    n = len(outlines.ids)
    edge = 0.7 if n <= _FEW_AREAS else 0.4 if n <= _MANY_AREAS else 0.12
    place = f"translate({at[0]:.2f} {at[1]:.2f}) scale({scale:.5f})"
    sheet.open_group(transform=place, stroke=PAPER, stroke_width=edge / scale)
    for area, path in zip(outlines.ids, outlines.paths, strict=True):
        paint = plan.paints.get(area, plan.ground)
        if path:
            _area(sheet, path, paint, scale)
    sheet.close_group()


def _area(sheet: Sheet, path: str, paint: Paint, scale: float) -> None:
    if not paint.state and not paint.is_limited:
        sheet.path(path, fill=paint.colour)
        return
    # patterns are drawn in the units of the map, so each map has its own, turned back to points
    plain = fill_of(sheet, paint)
    name = plain[5:-1]
    fill = sheet.define(
        f"{name}-m",
        f'<pattern id="{name}-m" href="#{name}" patternTransform="scale({1 / scale:.4f})"/>',
    )
    rim: Style = {"stroke": EDGE, "stroke_width": 0.5 / scale} if paint.state else {}
    sheet.path(path, fill=fill, **rim)


def _marks(sheet: Sheet, plan: MapPlan, at: tuple[float, float], scale: float) -> None:
    for mark in sorted(plan.marks, key=lambda m: -m.radius):
        spot = plan.outlines.points.get(mark.area)
        if spot is None or mark.radius <= 0:
            continue
        x, y = at[0] + spot[0] * scale, at[1] + spot[1] * scale
        rim = EDGE if mark.paint.state else PAPER
        sheet.circle(
            x, y, mark.radius, fill=fill_of(sheet, mark.paint), stroke=rim, stroke_width=0.6
        )


def _chosen(sheet: Sheet, plan: MapPlan, at: tuple[float, float], scale: float) -> None:
    """Outline the chosen areas in their colours, white beneath; name them once all are drawn."""
    paths = dict(zip(plan.outlines.ids, plan.outlines.paths, strict=True))
    place = f"translate({at[0]:.2f} {at[1]:.2f}) scale({scale:.5f})"
    for chosen in plan.chosen:
        path = paths.get(chosen.area, "")
        spot = plan.outlines.points.get(chosen.area)
        if path:
            for colour, line in ((PAPER, 3.4), (chosen.colour, 1.9)):
                sheet.path(
                    path, transform=place, fill="none", stroke=colour,
                    stroke_width=line / scale, stroke_linejoin="round",
                )  # fmt: skip
        elif spot is not None:
            x, y = at[0] + spot[0] * scale, at[1] + spot[1] * scale
            sheet.circle(x, y, 6.5, fill="none", stroke=chosen.colour, stroke_width=1.9)
    taken: list[tuple[float, float, float, float]] = []
    for chosen in plan.chosen:
        if chosen.area in plan.outlines.points and chosen.name:
            _name(sheet, chosen, plan.outlines.points[chosen.area], (at, scale), taken)


def _name(
    sheet: Sheet,
    chosen: Chosen,
    spot: tuple[float, float],
    frame: tuple[tuple[float, float], float],
    taken: list[tuple[float, float, float, float]],
) -> None:
    """Write a name at its area, where no other name stands and inside the picture."""
    (left, top), scale = frame
    text = typeface.shortened(chosen.name, _TEXT, 150, typeface.SEMIBOLD)
    half = typeface.width(text, _TEXT, typeface.SEMIBOLD) / 2
    x = min(max(left + spot[0] * scale, half + 2), sheet.width - half - 2)
    middle = top + spot[1] * scale
    for step in (3, -9, 15, -21, 27, -33):
        y = middle + step
        box = (x - half, y - _TEXT, x + half, y + 2)
        if _TEXT < y < sheet.height - 2 and not any(_meet(box, other) for other in taken):
            taken.append(box)
            sheet.text(
                x, y, text, size=_TEXT, weight=typeface.SEMIBOLD, anchor="middle",
                stroke=PAPER, stroke_width=2.2, stroke_linejoin="round", paint_order="stroke",
            )  # fmt: skip
            return


def _meet(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _title_lines(plan: MapPlan) -> list[str]:
    return typeface.wrapped(plan.legend_title, _SMALL, _LEGEND, most=4)


def _row_height(key: Key) -> float:
    return max(_ROW, 2 * (key.radius or 0.0) + 2)


def _key_lines(key: Key) -> list[str]:
    return typeface.wrapped(key.label, _TEXT, _LEGEND - 30 - 22, most=3)


def _legend_height(plan: MapPlan) -> float:
    rows = sum(max(_row_height(k), _ROW + 9.5 * (len(_key_lines(k)) - 1)) for k in plan.legend)
    return rows + 9.0 * len(_title_lines(plan)) + 28


def _legend(sheet: Sheet, plan: MapPlan, top: float) -> None:
    y = top + 7
    for line in _title_lines(plan):
        sheet.text(0, y, line, size=_SMALL, fill=theme.MUTE)
        y += 9
    for key in plan.legend:
        lines = _key_lines(key)
        room = max(_row_height(key), _ROW + 9.5 * (len(lines) - 1))
        middle = y + _row_height(key) / 2 - 2
        if key.radius is None:
            rim = EDGE if key.paint.state else "#c9c5bb"
            dash = {"stroke_dasharray": "2 1.5"} if key.paint.state == "not_collected" else {}
            sheet.rect(
                0.4, middle - 4.5, 22, 9,
                fill=fill_of(sheet, key.paint), stroke=rim, stroke_width=0.6, **dash,
            )  # fmt: skip
        else:
            sheet.circle(14, middle, key.radius, fill=fill_of(sheet, key.paint), fill_opacity=0.8)
        for line_no, line in enumerate(lines):
            sheet.text(30, middle + 2.8 + 9.5 * line_no, line, size=_TEXT)
        if key.count is not None:
            count = number(key.count, 0, plan.language)
            sheet.text(_LEGEND, middle + 2.8, count, size=_TEXT, anchor="end", fill=theme.MUTE)
        y += room


def _scale_bar(sheet: Sheet, plan: MapPlan, scale: float, *, has_legend: bool) -> None:
    """Draw a bar of a round length below the legend, and where north is."""
    room = (_LEGEND if has_legend else sheet.width * _SCALE_SHARE) - 34
    metres = round_length(room / scale * plan.outlines.metres)
    length = metres / plan.outlines.metres * scale
    y = sheet.height - 4
    sheet.path(
        f"M0.5,{y - 4:.2f}v4h{length:.2f}v-4", fill="none", stroke=theme.INK, stroke_width=0.7
    )
    unit = f"{number(metres / _KILOMETRE, 0, plan.language)} km"
    if metres < _KILOMETRE:
        unit = f"{number(metres, 0, plan.language)} m"
    sheet.text(length + 4, y, unit, size=_SMALL, fill=theme.MUTE)
    if plan.north:
        sheet.text(0, y - 8, f"↑ {plan.north}", size=_SMALL, fill=theme.MUTE)


def round_length(metres: float) -> float:
    """Return the largest round length that is not longer than a room.

    >>> round_length(1234.0), round_length(730.0), round_length(49.0)
    (1000.0, 500.0, 20.0)
    """
    if metres <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(metres))
    return max(step * power for step in _STEPS if step * power <= metres * (1 + 1e-9))
