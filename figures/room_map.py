"""A map for a room: inline SVG of areas, the same for phones, the stage and the minutes.

Colour never says a thing alone: each kind of empty has its own pattern, chosen areas are outlined
and named, and the legend counts every class. Without a plan of values nothing of them is in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from domain.plain_text import clean_text
from domain.print_outlines import PrintOutlines
from figures import theme
from figures.hatches import EDGE, PAPER, hatch_tile, limited_tile, pattern
from figures.map_plan import Chosen, Key, MapPlan, Paint
from i18n.formats import number

PHONE = 330.0
"""Pixels that a map is wide on a phone."""
MOST_AREAS = 1000
"""Areas that a phone can be asked to draw; beyond them the table speaks."""
_FEW_AREAS = 60
_MARGIN = 4.0
_TEXT = 13.0
_LETTER = 0.55
"""Width of a letter in parts of its height, on average."""
_LINE = 1.1
_ROWS = (0, -1, 1, -2, 2, -3, 3, -4, 4)
"""Where else a name may stand, in lines below its place."""
_SWATCH = (30, 18)
_EMPTY_DASH = "3 2"
_DASHED = "not_collected"


@dataclass(frozen=True)
class Look:
    """How a map is drawn.

    Attributes
    ----------
    name
        Begins the ids of its patterns; another one for each map of a page.
    alt
        What the map says in words; empty where a list beside it says the same.
    told
        Area → what it says when it is touched.
    wide
        Pixels that it is going to be wide: lines and letters keep their size.
    """

    name: str
    alt: str = ""
    told: Mapping[str, str] = field(default_factory=dict)
    wide: float = PHONE


@dataclass(frozen=True)
class LegendRow:
    """A row of the legend: a small SVG, what it stands for, how many areas there are."""

    swatch: str
    label: str
    count: str = ""


@dataclass(frozen=True)
class RoomMap:
    """A drawn map with its legend; ``title`` stands above the rows."""

    svg: str
    title: str = ""
    legend: tuple[LegendRow, ...] = ()


def room_map(plan: MapPlan, look: Look) -> RoomMap:
    """Draw a map.

    Parameters
    ----------
    plan
        What is painted; :func:`figures.atlas_map.map_plan` makes it of a view of the Atlas.
    """
    picture = _Picture(plan, look)
    rows = tuple(picture.row(key) for key in plan.legend)
    return RoomMap(picture.svg(), plan.legend_title, rows)


def blank_map(outlines: PrintOutlines, look: Look) -> RoomMap:
    """Draw areas to choose from, without any value, class or colour."""
    return room_map(MapPlan(outlines, {}, "", ()), look)


def natural_width(plan: MapPlan, look: Look) -> float:
    """Return how many pixels a map is wide where its lines and circles have their own sizes."""
    return plan.outlines.width / _unit(plan, look) + 2 * _MARGIN


def _unit(plan: MapPlan, look: Look) -> float:
    """Return how many units of the grid are a pixel."""
    return max(plan.outlines.width, plan.outlines.height * 0.8, 1) / look.wide


class _Picture:
    """The parts of one map; lengths are in units of the grid, ``unit`` of which are a pixel."""

    def __init__(self, plan: MapPlan, look: Look) -> None:
        self._plan = plan
        self._look = look
        self._unit = _unit(plan, look)
        self._patterns: dict[str, str] = {}

    def svg(self) -> str:
        outlines, unit = self._plan.outlines, self._unit
        margin = _MARGIN * unit
        box = (
            f"{-margin:.0f} {-margin:.0f} {outlines.width + 2 * margin:.0f} "
            f"{outlines.height + 2 * margin:.0f}"
        )
        alt = _text(self._look.alt)
        role = f'role="img" aria-label="{alt}"' if alt else 'aria-hidden="true"'
        inside = [self._areas(), self._marks(), *self._outlined(), *self._names()]
        grid = (
            f'data-west="{outlines.west:.7f}" data-top="{outlines.top:.9f}" '
            f'data-step="{outlines.step:.6g}" data-unit="{unit:.3f}"'
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="room-map" viewBox="{box}" {role} '
            f"{grid}><defs>{''.join(self._patterns.values())}</defs>{''.join(inside)}</svg>"
        )

    def row(self, key: Key) -> LegendRow:
        """Return a row of the legend; its swatch has patterns of its own, in pixels."""
        count = "" if key.count is None else number(key.count, 0, self._plan.language)
        if key.radius is not None:
            side = f"{2 * key.radius + 2:.0f}"
            middle = f"{key.radius + 1:.1f}"
            drawn = (
                f'<circle cx="{middle}" cy="{middle}" r="{key.radius:.1f}" '
                f'fill="{key.paint.colour}" fill-opacity="0.8"/>'
            )
            return LegendRow(_swatch(side, side, drawn), key.label, count)
        name = f"{self._look.name}-key-{_pattern_name(key.paint)}"
        tile = _tile(key.paint)
        fill = f"url(#{name})" if tile else key.paint.colour
        made = f"<defs>{pattern(name, tile)}</defs>" if tile else ""
        wide, high = _SWATCH
        drawn = (
            f'{made}<rect x="1" y="1" width="{wide - 2}" height="{high - 2}" fill="{fill}" '
            f'stroke="{theme.CONTROL}"{_dash(key.paint, 1.0)}/>'
        )
        return LegendRow(_swatch(str(wide), str(high), drawn), key.label, count)

    def _areas(self) -> str:
        plan, unit = self._plan, self._unit
        edge = (0.9 if len(plan.outlines.ids) <= _FEW_AREAS else 0.4) * unit
        paths = "".join(
            self._area(area, path)
            for area, path in zip(plan.outlines.ids, plan.outlines.paths, strict=True)
            if path
        )
        return (
            f'<g class="room-map__areas" stroke="{PAPER}" stroke-width="{edge:.1f}" '
            f'stroke-linejoin="round">{paths}</g>'
        )

    def _area(self, area: str, path: str) -> str:
        paint = self._plan.paints.get(area, self._plan.ground)
        told = self._look.told.get(area, "")
        says = f' data-told="{_text(told)}"' if told else ""
        rim = f' stroke="{EDGE}"{_dash(paint, self._unit)}' if paint.state else ""
        plain = ' class="room-map__ground"' if paint == self._plan.ground else ""
        fill = self._fill(paint)
        return f'<path d="{path}" data-area="{_text(area)}"{plain} fill="{fill}"{rim}{says}/>'

    def _fill(self, paint: Paint) -> str:
        tile = _tile(paint)
        if not tile:
            return paint.colour
        name = f"{self._look.name}-{_pattern_name(paint)}"
        self._patterns.setdefault(name, pattern(name, tile, self._unit))
        return f"url(#{name})"

    def _marks(self) -> str:
        drawn = []
        for mark in sorted(self._plan.marks, key=lambda m: -m.radius):
            spot = self._plan.outlines.points.get(mark.area)
            if spot is None or mark.radius <= 0:
                continue
            told = self._look.told.get(mark.area, "")
            says = f' data-told="{_text(told)}"' if told else ""
            drawn.append(
                f'<circle cx="{spot[0]:.0f}" cy="{spot[1]:.0f}" r="{mark.radius * self._unit:.0f}" '
                f'fill="{self._fill(mark.paint)}" fill-opacity="0.85" '
                f'stroke="{EDGE if mark.paint.state else PAPER}" '
                f'stroke-width="{0.8 * self._unit:.1f}"{says}/>'
            )
        return "".join(drawn)

    def _outlined(self) -> list[str]:
        """Outline the chosen areas in their colours, white beneath."""
        paths = dict(zip(self._plan.outlines.ids, self._plan.outlines.paths, strict=True))
        return [
            f'<path d="{paths[one.area]}" fill="none" stroke="{colour}" '
            f'stroke-width="{line * self._unit:.1f}" stroke-linejoin="round" '
            'pointer-events="none"/>'
            for one in self._plan.chosen
            if paths.get(one.area)
            for colour, line in ((PAPER, 4.4), (one.colour, 2.6))
        ]

    def _names(self) -> list[str]:
        """Write the names of the chosen areas where no other name stands."""
        taken: list[tuple[float, float, float]] = []
        return [text for one in self._plan.chosen if (text := self._name(one, taken))]

    def _name(self, one: Chosen, taken: list[tuple[float, float, float]]) -> str:
        spot = self._plan.outlines.points.get(one.area)
        if spot is None or not one.name:
            return ""
        size = _TEXT * self._unit
        half = len(one.name) * size * _LETTER / 2
        wide = self._plan.outlines.width
        x = min(max(spot[0], half), wide - half) if 2 * half < wide else wide / 2
        line, middle = size * _LINE, spot[1] + size / 3
        rows = (middle + line * step for step in _ROWS)
        beside = [b for a, b, other in taken if abs(x - a) < half + other]
        y = next((row for row in rows if all(abs(row - b) >= line for b in beside)), middle)
        taken.append((x, y, half))
        return (
            f'<text x="{x:.0f}" y="{y:.0f}" font-size="{size:.0f}" font-weight="600" '
            f'text-anchor="middle" fill="{theme.INK}" stroke="{PAPER}" '
            f'stroke-width="{0.28 * size:.0f}" stroke-linejoin="round" paint-order="stroke" '
            f'pointer-events="none">{_text(one.name)}</text>'
        )


def _tile(paint: Paint) -> str:
    if paint.state:
        return hatch_tile(paint.state)
    return limited_tile(paint.colour) if paint.is_limited else ""


def _pattern_name(paint: Paint) -> str:
    return paint.state or f"few{paint.colour.lstrip('#')}"


def _dash(paint: Paint, unit: float) -> str:
    if paint.state != _DASHED:
        return ""
    return f' stroke-dasharray="{" ".join(f"{float(x) * unit:.0f}" for x in _EMPTY_DASH.split())}"'


def _swatch(wide: str, high: str, drawn: str) -> str:
    return (
        f'<svg class="room-map__swatch" width="{wide}" height="{high}" '
        f'viewBox="0 0 {wide} {high}" aria-hidden="true">{drawn}</svg>'
    )


def _text(text: str) -> str:
    return escape(clean_text(text))
