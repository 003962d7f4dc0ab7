"""What ``late-side-maps.js`` paints where each area has one letter, and a letter one colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.model import Level
from domain.view import MapFrame
from figures import theme
from figures.packing import STATE_CODES


@dataclass(frozen=True)
class Lettered:
    """The areas of a map in their order.

    ``letters`` and ``states`` hold one letter an area, ``colours`` is letter → ``#rrggbb``; letters
    in ``untold`` are drawn with the pattern of what cannot be told. ``texts`` is what each says.
    """

    areas: Sequence[str]
    names: Sequence[str]
    letters: str
    states: str
    colours: Mapping[str, str]
    texts: Sequence[str]
    untold: Sequence[str] = ()


def lettered_paint(place: str, level: Level, frame: MapFrame, told: Lettered) -> dict[str, Any]:
    """Return plain JSON types for the painter; points of institutions instead of areas."""
    is_area = level.kind == "areas"
    points = zip(frame.longitudes, frame.latitudes, strict=True)
    return {
        "place": place,
        "geometry": frame.geometry_url,
        "bounds": list(frame.bounds),
        "level": level.key,
        "areas": list(told.areas),
        "names": list(told.names),
        "letters": told.letters,
        "states": told.states,
        "codes": {code: state.value for state, code in STATE_CODES.items()},
        "colours": dict(told.colours),
        "untold": list(told.untold),
        "mark": "fill" if is_area else "symbol",
        "points": [] if is_area else [[round(x, 5), round(y, 5)] for x, y in points],
        "sizes": [],
        "dot": theme.DOT,
        "texts": list(told.texts),
    }
