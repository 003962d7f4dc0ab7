"""The map of what a release changes, as SVG within a page: patterns and colours by kind of change.

Colour never says a thing alone: every kind has a pattern of its own, every changed area a title,
and leads to its row of the table. Colours are those of the style sheet.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from domain.difference_map import STILL, Change, ChangedArea, DifferenceMap
from domain.plain_text import clean_text
from domain.print_outlines import PrintOutlines

LINKED = 60
"""So many changed areas are stops of the tab key; the table leads to all others."""
_DOT = 90
"""An institution is drawn as a circle of this part of the longer side, in diameter twice."""
_TILE = 12
_MARKS = {
    Change.ORPHANED: "M0 0 12 12M12 0 0 12",
    Change.SHOWN: "M6 0V12",
    Change.HIDDEN: "M0 0 12 12M0 12 12 0M6 0V12",
    Change.JUMP: "M0 9 3 3 6 9 9 3 12 9",
    Change.REVISED: "M-3 3 3-3M0 12 12 0M9 15 15 9",
    Change.LOST: "M0 6H12",
    Change.NEW: "M4 6a2 2 0 1 0 4 0a2 2 0 1 0-4 0z",
    Change.SLIGHTLY: "M6 4V8M4 6H8",
}

Say = Callable[[ChangedArea], str]


def difference_map_svg(view: DifferenceMap, outlines: PrintOutlines, say: Say, label: str) -> str:
    """Return the map as an ``svg`` element.

    Parameters
    ----------
    say
        What is said of an area: its name, what changed, both numbers.
    label
        What the map as a whole is called.
    """
    areas = {a.id: a for a in view.areas}
    linked = [a.id for a in view.to_look_at() if a.change not in STILL][:LINKED]
    rows = row_numbers(view)
    is_dots = view.level.kind == "institutions"
    shapes = _dots(outlines) if is_dots else dict(zip(outlines.ids, outlines.paths, strict=True))
    ground = "".join(outlines.paths) if is_dots else ""
    parts = [f'<path class="changes__ground" d="{ground}"/>'] if ground else []
    order = sorted((i for i in shapes if i in areas), key=lambda i: areas[i].change not in STILL)
    parts += [
        _area(areas[area], shapes[area], rows[area], say, is_stop=area in linked) for area in order
    ]
    box = f"0 0 {outlines.width} {outlines.height}"
    return (
        f'<svg class="changes__map" viewBox="{box}" role="group" aria-label="{_text(label)}">'
        f"<defs>{_patterns(outlines)}</defs>{''.join(parts)}</svg>"
    )


def row_numbers(view: DifferenceMap) -> dict[str, int]:
    """Return the number of the row of each area in the table beside the map."""
    return {a.id: n for n, a in enumerate(view.to_look_at(), start=1)}


def change_swatch(change: Change) -> str:
    """Return the sign of a kind of change for a key: two tiles of its pattern."""
    mark = f'<path class="changes__mark" d="{_MARKS.get(change, "")}"/>'
    return (
        f'<svg class="changes__swatch" viewBox="0 0 {2 * _TILE} {_TILE}" aria-hidden="true">'
        f'<rect width="{2 * _TILE}" height="{_TILE}" class="changes__key is-{change}"/>'
        f'{mark}<g transform="translate({_TILE})">{mark}</g></svg>'
    )


def _area(area: ChangedArea, path: str, row: int, say: Say, *, is_stop: bool) -> str:
    told = _text(say(area))
    fill = f' fill="url(#change-{area.change})"' if area.change in _MARKS else ""
    shape = (
        f'<path id="flaeche-{row}" class="changes__area is-{area.change}"{fill} d="{path}">'
        f"<title>{told}</title></path>"
    )
    if not is_stop:
        return shape
    return f'<a href="#zeile-{row}" aria-label="{told}">{shape}</a>'


def _dots(outlines: PrintOutlines) -> dict[str, str]:
    size = round(max(outlines.width, outlines.height) / _DOT)
    return {
        area: f"M{x - size:.0f},{y:.0f}a{size},{size} 0 1,0 {2 * size},0a{size},{size} 0 1,0 "
        f"{-2 * size},0z"
        for area, (x, y) in outlines.points.items()
    }


def _patterns(outlines: PrintOutlines) -> str:
    scale = max(outlines.width, outlines.height) / 900
    return "".join(
        f'<pattern id="change-{change}" width="{_TILE}" height="{_TILE}" '
        f'patternUnits="userSpaceOnUse" patternTransform="scale({scale:.3f})">'
        f'<rect width="{_TILE}" height="{_TILE}" class="changes__key is-{change}"/>'
        f'<path class="changes__mark" d="{mark}"/></pattern>'
        for change, mark in _MARKS.items()
    )


def _text(text: str) -> str:
    return escape(clean_text(text))
