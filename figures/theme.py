"""The one plotly template and palette, equal to the tokens of ``assets/10-css/00-tokens.css``.

Charts are transparent and take text and line colours from the style sheet, so that light, dark
and high contrast need no second figure; the values here are those of the light theme and are
what print and image export use.
"""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from domain.model import Polarity

FONT = '"Source Sans 3", "Segoe UI", "Helvetica Neue", Arial, sans-serif'
INK = "#1d2433"
MUTE = "#5b6472"
RULE = "#dedad0"
ACCENT = "#1f5673"
NEUTRAL_FILL = "#e9e6dd"
EMPTY_FILL = "#eceae4"
DOT = "#3579a8"
CONTROL = "#8a8f99"
"""Can be told from the ground in light and dark."""

SELECTED = (
    "#d1495b",
    "#e09f3e",
    "#7b5ea7",
    "#2a9d8f",
    "#8c5a2b",
    "#c2549d",
    "#5a7d1e",
    "#3d6fd1",
)
"""Colours of up to eight chosen districts, the same in every chart and in the tray."""

SHAPES = (
    "circle",
    "diamond",
    "square",
    "triangle-up",
    "pentagon",
    "triangle-down",
    "cross",
    "x",
)
"""Marks of the chosen districts where colour alone would tell them apart."""

SIGNS = ("●", "◆", "■", "▲", "⬟", "▼", "✚", "✖")
"""The same marks as they are written in a key."""

CONFIG: Any = {
    "displaylogo": False,
    "displayModeBar": False,
    "scrollZoom": False,
    "doubleClick": "reset",
    "responsive": True,
    "showTips": False,
}

TEMPLATE = go.layout.Template(
    layout=go.Layout(
        font={"family": FONT, "size": 12, "color": INK},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        margin={"l": 8, "r": 8, "t": 6, "b": 6},
        showlegend=False,
        # what lies under the pointer is found by the page's own scripts, in the next frame
        hovermode=False,
        dragmode=False,
        xaxis={
            "gridcolor": RULE,
            "zeroline": False,
            "linecolor": RULE,
            "ticks": "",
            "fixedrange": True,
            "automargin": False,
            "tickformat": ",.2~f",
        },
        yaxis={
            "gridcolor": RULE,
            "zeroline": False,
            "linecolor": RULE,
            "ticks": "",
            "fixedrange": True,
            "automargin": False,
            "tickformat": ",.2~f",
        },
    )
)

PLAIN_LAYOUT: dict[str, Any] = TEMPLATE.layout.to_plotly_json()
"""The same for figures that are written as plain objects: a page of many small charts saves the
half second in which plotly checks them, and does not carry the template once a chart."""

SEPARATORS = {"de": ",.", "en": ".,"}
"""Decimal sign and thousands sign of axis numbers."""


_BADGES = {
    "worse": "#f2bd8a",
    "worse_clear": "#c2570c",
    "better": "#a9cdea",
    "better_clear": "#1f6fb2",
    "higher": "#bdb2da",
    "higher_clear": "#6b5aa0",
    "lower": "#b3d3c9",
    "lower_clear": "#3f7f73",
    "similar": "#ddd9cd",
}
"""Orange and blue where a difference is judged, violet and green-grey where it is not."""


def badge_colours(polarity: Polarity) -> dict[str, str]:
    """Return the fills of the words of a comparison, darker where the difference is clear."""
    judged = ("worse", "worse_clear", "better", "better_clear", "similar")
    plain = ("higher", "higher_clear", "lower", "lower_clear", "similar")
    return {b: _BADGES[b] for b in (plain if polarity is Polarity.NONE else judged)}


def diverging_colours(polarity: Polarity) -> tuple[str, str, str, str, str]:
    """Return the colours from far below to far above: those of the words at both levels."""
    found = badge_colours(polarity)
    middle = found["similar"]
    names = {
        Polarity.HIGH_BURDEN: ("better", "worse"),
        Polarity.LOW_BURDEN: ("worse", "better"),
        Polarity.NONE: ("lower", "higher"),
    }[polarity]
    down, up = names
    return found[f"{down}_clear"], found[down], middle, found[up], found[f"{up}_clear"]


BIVARIATE = (
    "#e8e8e8", "#ace4e4", "#5ac8c8",
    "#dfb0d6", "#a5add3", "#5698b9",
    "#be64ac", "#8c62aa", "#3b4994",
)  # fmt: skip
"""Nine colours of two indicators, the first one running fastest (Stevens 2015)."""


_LEAST_CONTRAST = 4.5
"""Of small text on its ground (WCAG 2.2 AA)."""

_DARK = 0.04045
"""Up to here sRGB is linear."""


def _luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= _DARK else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((_luminance(first), _luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def ink_on(fill: str) -> str:
    """Return the first colour of text that can be read on a fill; black can on any middle one."""
    readable = (ink for ink in (INK, "#ffffff") if contrast(ink, fill) >= _LEAST_CONTRAST)
    return next(readable, "#000000")
