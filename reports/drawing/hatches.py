"""Fills of areas and bars without a plain number: one pattern a kind of empty, as on the screen."""

from __future__ import annotations

from figures.hatches import EDGE, PAPER, hatch_tile, limited_tile, pattern
from reports.drawing.svg import Sheet

__all__ = ["EDGE", "PAPER", "hatch", "limited"]


def hatch(sheet: Sheet, state: str) -> str:
    """Return the fill of a kind of empty; it is defined on the sheet once."""
    return sheet.define(f"hatch-{state}", pattern(f"hatch-{state}", hatch_tile(state)))


def limited(sheet: Sheet, colour: str) -> str:
    """Return the fill of a value on few cases: its colour under thin pale lines."""
    name = f"few-{colour.lstrip('#')}"
    return sheet.define(name, pattern(name, limited_tile(colour)))
