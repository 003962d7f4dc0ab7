"""Fills of areas and bars without a plain number: one pattern a kind of empty, as on the screen.

The patterns differ in direction and kind of line, so that they stay apart in grey print.
"""

from __future__ import annotations

from domain.model import State
from figures import theme
from figures.layers import UNTOLD
from reports.drawing.svg import Sheet

PAPER = "#ffffff"
EDGE = "#a09b8f"
_SIZE = 5
_LINES = "M-1,1l2,-2M0,5l5,-5M4,6l2,-2"
_BACK = "M-1,4l2,2M0,0l5,5M4,-1l2,2"
_GROUNDS = {
    State.SUPPRESSED: theme.EMPTY_FILL,
    State.UNRELIABLE: theme.EMPTY_FILL,
    State.BELOW_UNIT: theme.EMPTY_FILL,
}
_STROKES: dict[str, tuple[tuple[str, float], ...]] = {
    State.SUPPRESSED: ((_LINES, 1.1),),
    State.UNRELIABLE: ((_BACK, 0.8),),
    State.BELOW_UNIT: ((_BACK, 0.8),),
    State.NOT_APPLICABLE: ((_LINES, 0.6), (_BACK, 0.6)),
    UNTOLD: (("M2.5,0v5", 0.8),),
}


def hatch(sheet: Sheet, state: str) -> str:
    """Return the fill of a kind of empty; it is defined on the sheet once."""
    ground = _GROUNDS.get(State(state), PAPER) if state in _STATES else PAPER
    parts = [f'<rect width="{_SIZE}" height="{_SIZE}" fill="{ground}"/>']
    parts += [
        f'<path d="{d}" fill="none" stroke="{EDGE}" stroke-width="{width}"/>'
        for d, width in _STROKES.get(state, ())
    ]
    if state == State.PENDING:
        parts.append(f'<circle cx="2.5" cy="2.5" r="0.9" fill="{EDGE}"/>')
    return sheet.define(f"hatch-{state}", _pattern(f"hatch-{state}", "".join(parts)))


def limited(sheet: Sheet, colour: str) -> str:
    """Return the fill of a value on few cases: its colour under thin pale lines."""
    name = f"few-{colour.lstrip('#')}"
    ground = f'<rect width="{_SIZE}" height="{_SIZE}" fill="{colour}"/>'
    lines = f'<path d="{_LINES}" fill="none" stroke="{PAPER}" stroke-width="1.1"/>'
    return sheet.define(name, _pattern(name, ground + lines))


_STATES = frozenset(s.value for s in State)


def _pattern(name: str, inside: str) -> str:
    size = f'width="{_SIZE}" height="{_SIZE}"'
    return f'<pattern id="{name}" {size} patternUnits="userSpaceOnUse">{inside}</pattern>'
