"""A new layer on the old outline, as SVG within a page: what changed, what is wrong, numbered.

The old areas are grey, the new borders a line. Changed areas and faults have patterns and numbers
of their own and lead to the rows of the tables; colours are those of the style sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from domain.plain_text import clean_text
from figures.problem_map import Frame

LINKED = 60
"""So many areas, and so many faults, are stops of the tab key; the tables lead to the others."""
FATES = ("vanished", "new", "moved", "renamed")
FAULTS = ("overlap", "gap", "hole", "sliver", "enclave", "orphan", "outside")
_TILE = 10
_PATTERNS = {
    "vanished": "M0 0 10 10M10 0 0 10",
    "new": "M0 10 10 0",
    "moved": "M0 5H10",
    "renamed": "M5 3V7M3 5H7",
}
_SIGNS = {
    "overlap": '<circle r="9"/>',
    "gap": '<rect x="-8.5" y="-8.5" width="17" height="17"/>',
    "hole": '<path d="M0-11.5 11.5 0 0 11.5-11.5 0Z"/>',
    "sliver": '<rect x="-11" y="-6.5" width="22" height="13" rx="6"/>',
    "enclave": '<path d="M-6-10H6L11.5 0 6 10H-6L-11.5 0Z"/>',
    "orphan": '<path d="M0-12 11.5 8H-11.5Z"/>',
    "outside": '<path d="M0 12 11.5-8H-11.5Z"/>',
}

Row = Mapping[str, Any]
Say = Callable[[Row], str]


def redrawn_map_svg(told: Mapping[str, Any], say_area: Say, say_fault: Say, label: str) -> str:
    """Return the preview as an ``svg`` element.

    Parameters
    ----------
    told
        ``old`` and ``new`` (rings in metres), ``changes`` and ``faults`` in the order of their
        tables (:mod:`services.map_preview`).
    say_area, say_fault
        What is said of a changed area, and of a fault.
    label
        What the map as a whole is called.
    """
    old, new = told.get("old", ()), told.get("new", ())
    frame = Frame.around([*old, *new])
    parts = [f'<path class="redrawn__old" d="{frame.path(old)}"/>']
    for number, one in enumerate(told.get("changes", ()), start=1):
        if one["rings"]:
            parts.append(_area(number, one, frame, say_area))
    parts.append(f'<path class="redrawn__new" d="{frame.path(new)}"/>')
    faults = list(enumerate(told.get("faults", ()), start=1))
    parts += [
        f'<path class="redrawn__fault is-{one["kind"]}" d="{frame.path(one["rings"])}"/>'
        for _, one in faults
    ]
    # the first have their number on top of the others
    parts += [_badge(number, one, frame, say_fault) for number, one in reversed(faults)]
    return (
        f'<svg class="redrawn__map" viewBox="{frame.view_box}" role="group" '
        f'aria-label="{_text(label)}"><defs>{_defs()}</defs>{"".join(parts)}</svg>'
    )


def fate_swatch(fate: str) -> str:
    """Return the sign of what became of areas, for a key."""
    mark = f'<path class="redrawn__mark" d="{_PATTERNS[fate]}"/>'
    return (
        f'<svg class="changes__swatch" viewBox="0 0 {2 * _TILE} {_TILE}" aria-hidden="true">'
        f'<rect width="{2 * _TILE}" height="{_TILE}" class="redrawn__key is-{fate}"/>'
        f'{mark}<g transform="translate({_TILE})">{mark}</g></svg>'
    )


def fault_swatch(kind: str) -> str:
    """Return the sign of a kind of fault, for a key."""
    return (
        '<svg class="redrawn__swatch" viewBox="-13 -13 26 26" aria-hidden="true">'
        f'<g class="redrawn__badge is-{kind}">{_SIGNS[kind]}</g></svg>'
    )


def _area(number: int, one: Row, frame: Frame, say: Say) -> str:
    told = _text(say(one))
    shape = (
        f'<path id="gebiet-{number}" class="redrawn__area is-{one["fate"]}" '
        f'fill="url(#redrawn-{one["fate"]})" d="{frame.path(one["rings"])}">'
        f"<title>{told}</title></path>"
    )
    return _linked(shape, f"#aenderung-{number}", told, number)


def _badge(number: int, one: Row, frame: Frame, say: Say) -> str:
    x, y = frame.at(*one["at"])
    told = _text(say(one))
    badge = (
        f'<g id="stelle-{number}" class="redrawn__badge is-{one["kind"]}" '
        f'transform="translate({x:.1f} {y:.1f})"><title>{told}</title>{_SIGNS[one["kind"]]}'
        f'<text text-anchor="middle" y="4">{number}</text></g>'
    )
    return _linked(badge, f"#fehler-{number}", told, number)


def _linked(shape: str, address: str, told: str, number: int) -> str:
    if number > LINKED:
        return shape
    return f'<a href="{address}" aria-label="{told}">{shape}</a>'


def _defs() -> str:
    return "".join(
        f'<pattern id="redrawn-{fate}" width="{_TILE}" height="{_TILE}" '
        f'patternUnits="userSpaceOnUse"><rect width="{_TILE}" height="{_TILE}" '
        f'class="redrawn__key is-{fate}"/><path class="redrawn__mark" d="{mark}"/></pattern>'
        for fate, mark in _PATTERNS.items()
    )


def _text(text: str) -> str:
    return escape(clean_text(text))
