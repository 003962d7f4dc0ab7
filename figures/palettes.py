"""The one place of class colours: maps, bars, tables, slides, paper and previews take them here.

Scripts paint what they are sent and hold no scale of their own. Every scale is tested for even
steps of lightness and for colour-blind readers (``tests/unit/figures/test_palettes.py``). They are
the same on a light and on a dark page, where the edges of areas and swatches change instead.
"""

from __future__ import annotations

import math

from domain.model import Indicator, Polarity
from domain.palettes import Palette

_BURDEN = ("#f1f0d8", "#b6d9c3", "#6bb5bf", "#3579a8", "#22346e")
_NEUTRAL = ("#efedf5", "#cfcbe3", "#a39cc9", "#75689f", "#473a70")
_NAMED = {
    Palette.BLUE: ("#e6eff8", "#b3cfe8", "#74a6d3", "#3c74b0", "#14407f"),
    Palette.TEAL: ("#e4f3f0", "#a9dad2", "#5fb3aa", "#228079", "#0b4a4a"),
    Palette.GREEN: ("#edf5e1", "#bfdda6", "#84b868", "#4b8541", "#1f4d26"),
    Palette.PLUM: ("#f8eaf1", "#e6bdd4", "#cb87af", "#9d4f84", "#5e1f55"),
}


def colours_of(indicator: Indicator, n_classes: int) -> tuple[str, ...]:
    """Return one colour a class of an indicator, from the lowest values to the highest."""
    return class_colours(n_classes, indicator.polarity, indicator.palette)


def class_colours(n_classes: int, polarity: Polarity, palette: Palette) -> tuple[str, ...]:
    """Return one colour a class as ``#rrggbb``, from the lowest values to the highest.

    Dark means high burden in every palette, so a scale is turned round where low values are the
    burden. The automatic one does not judge indicators without polarity: they have a scale of
    their own.
    """
    automatic = _NEUTRAL if polarity is Polarity.NONE else _BURDEN
    anchors = _NAMED.get(palette, automatic)
    if n_classes <= 1:
        return anchors[2:3] * n_classes
    colours = []
    for i in range(n_classes):
        position = i * (len(anchors) - 1) / (n_classes - 1)
        lower = min(math.floor(position), len(anchors) - 2)
        colours.append(_mix(anchors[lower], anchors[lower + 1], position - lower))
    return tuple(reversed(colours)) if polarity is Polarity.LOW_BURDEN else tuple(colours)


def _mix(first: str, second: str, share: float) -> str:
    pairs = [(int(first[i : i + 2], 16), int(second[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
