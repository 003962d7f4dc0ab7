"""Colours of classes: what an indicator may ask for, and ColorBrewer schemes.

Source of the schemes: ColorBrewer 2.0, Brewer & Harrower, Pennsylvania State University.
Sequential schemes run from pale to dark, dark is high burden; diverging ones have a pale middle.
Colour-blind readers can tell them apart; no red-green scheme.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum


class Palette(StrEnum):
    """The scale an indicator is drawn with; its colours stand in ``figures/palettes.py``.

    A palette chooses the hue alone: dark is high burden in every one, and none runs from red to
    green.
    """

    AUTOMATIC = "automatic"
    """As the polarity says: one scale for burden, another one that does not judge."""
    BLUE = "blue"
    TEAL = "teal"
    GREEN = "green"
    PLUM = "plum"


_SCHEMES = {
    "YlGnBu": (
        "edf8b1 7fcdbb 2c7fb8",
        "ffffcc a1dab4 41b6c4 225ea8",
        "ffffcc a1dab4 41b6c4 2c7fb8 253494",
        "ffffcc c7e9b4 7fcdbb 41b6c4 2c7fb8 253494",
        "ffffcc c7e9b4 7fcdbb 41b6c4 1d91c0 225ea8 0c2c84",
    ),
    "Blues": (
        "deebf7 9ecae1 3182bd",
        "eff3ff bdd7e7 6baed6 2171b5",
        "eff3ff bdd7e7 6baed6 3182bd 08519c",
        "eff3ff c6dbef 9ecae1 6baed6 3182bd 08519c",
        "eff3ff c6dbef 9ecae1 6baed6 4292c6 2171b5 084594",
    ),
    "PuBu": (
        "ece7f2 a6bddb 2b8cbe",
        "f1eef6 bdc9e1 74a9cf 0570b0",
        "f1eef6 bdc9e1 74a9cf 2b8cbe 045a8d",
        "f1eef6 d0d1e6 a6bddb 74a9cf 2b8cbe 045a8d",
        "f1eef6 d0d1e6 a6bddb 74a9cf 3690c0 0570b0 034e7b",
    ),
    "PuOr": (
        "f1a340 f7f7f7 998ec3",
        "e66101 fdb863 b2abd2 5e3c99",
        "e66101 fdb863 f7f7f7 b2abd2 5e3c99",
        "b35806 f1a340 fee0b6 d8daeb 998ec3 542788",
        "b35806 f1a340 fee0b6 f7f7f7 d8daeb 998ec3 542788",
    ),
    "BrBG": (
        "d8b365 f5f5f5 5ab4ac",
        "a6611a dfc27d 80cdc1 018571",
        "a6611a dfc27d f5f5f5 80cdc1 018571",
        "8c510a d8b365 f6e8c3 c7eae5 5ab4ac 01665e",
        "8c510a d8b365 f6e8c3 f5f5f5 c7eae5 5ab4ac 01665e",
    ),
    "RdBu": (
        "ef8a62 f7f7f7 67a9cf",
        "ca0020 f4a582 92c5de 0571b0",
        "ca0020 f4a582 f7f7f7 92c5de 0571b0",
        "b2182b ef8a62 fddbc7 d1e5f0 67a9cf 2166ac",
        "b2182b ef8a62 fddbc7 f7f7f7 d1e5f0 67a9cf 2166ac",
    ),
}
_FEWEST, _MOST = 3, 7


def palette(name: str, k: int = 5) -> list[str]:
    """Return ``k`` colours as ``#rrggbb``; fewer than three are taken from the three.

    Raises
    ------
    ValueError
        The scheme is not known, or ``k`` is not between 1 and 7.

    Examples
    --------
    >>> palette("PuOr", 3)
    ['#f1a340', '#f7f7f7', '#998ec3']
    """
    if name not in _SCHEMES or not 1 <= k <= _MOST:
        raise ValueError(f"no palette {name!r} with {k} colours")
    colours = _SCHEMES[name][max(k, _FEWEST) - _FEWEST].split()
    return [f"#{c}" for c in colours[:k]]


def bivariate(x_class: int | None, y_class: int | None, colours: Sequence[str]) -> str | None:
    """Return the colour of an area by its two classes, None where either value is missing.

    Parameters
    ----------
    x_class, y_class
        Classes 0 to 2 of the two indicators.
    colours
        Nine colours from low-low to high-high, the first indicator running fastest (Stevens).
    """
    if x_class is None or y_class is None:
        return None
    return colours[_FEWEST * y_class + x_class]
