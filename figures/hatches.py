"""Patterns of areas and bars without a plain number: one a kind of empty, on paper and on phones.

They differ in direction and kind of line, so that they stay apart in grey print.
"""

from __future__ import annotations

from domain.model import State
from figures import theme
from figures.layers import UNTOLD

PAPER = "#ffffff"
EDGE = "#a09b8f"
SIZE = 5
"""Side of the tile of a pattern."""
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
_STATES = frozenset(s.value for s in State)


def hatch_tile(state: str) -> str:
    """Return what stands in the tile of a kind of empty, as SVG."""
    ground = _GROUNDS.get(State(state), PAPER) if state in _STATES else PAPER
    parts = [f'<rect width="{SIZE}" height="{SIZE}" fill="{ground}"/>']
    parts += [
        f'<path d="{d}" fill="none" stroke="{EDGE}" stroke-width="{width}"/>'
        for d, width in _STROKES.get(state, ())
    ]
    if state == State.PENDING:
        parts.append(f'<circle cx="2.5" cy="2.5" r="0.9" fill="{EDGE}"/>')
    return "".join(parts)


def limited_tile(colour: str) -> str:
    """Return what stands in the tile of a value on few cases: its colour under thin pale lines."""
    ground = f'<rect width="{SIZE}" height="{SIZE}" fill="{colour}"/>'
    return ground + f'<path d="{_LINES}" fill="none" stroke="{PAPER}" stroke-width="1.1"/>'


def pattern(name: str, tile: str, scale: float = 1.0) -> str:
    """Return the definition of a pattern; ``scale`` are units of the drawing a point."""
    size = f'width="{SIZE}" height="{SIZE}"'
    turned = f' patternTransform="scale({scale:.4g})"' if scale != 1 else ""
    return f'<pattern id="{name}" {size} patternUnits="userSpaceOnUse"{turned}>{tile}</pattern>'
