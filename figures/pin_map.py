"""Where contributions were set: a circle a district by their number, a dot where a point was.

Numbers are areas of circles, never a fill: a large district does not look like many contributions.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.print_outlines import PrintOutlines
from figures import theme
from figures.map_plan import Key, MapPlan, Mark, Paint
from i18n import Translate
from i18n.formats import number

LARGEST = 13.0
"""Radius in points of the circle of the district with most contributions."""
_SMALLEST = 3.0
_DOT = 2.2
_STEPS = (1.0, 0.5)


@dataclass(frozen=True)
class Spot:
    """Where one contribution lies: its district, and the point where one was set."""

    area: str
    at: tuple[float, float] | None = None


def counts_by_area(spots: Sequence[Spot]) -> dict[str, int]:
    """Return how many contributions every named district has, most first."""
    return dict(Counter(s.area for s in spots if s.area).most_common())


def pin_plan(
    outlines: PrintOutlines, spots: Sequence[Spot], tr: Translate, language: str
) -> MapPlan:
    """Return the map of contributions.

    Parameters
    ----------
    outlines
        Of the level whose areas can be named, with its place on the globe.
    spots
        One a contribution.
    """
    counts = counts_by_area(spots)
    most = max(counts.values(), default=0)
    circles = tuple(Mark(a, _CIRCLE, _radius(n, most)) for a, n in counts.items())
    exact = {f"point {k}": outlines.place(*s.at) for k, s in enumerate(spots) if s.at is not None}
    steps = sorted({max(1, round(most * part)) for part in _STEPS} | {1}, reverse=True)
    sizes = tuple(
        Key(_CIRCLE, number(n, 0, language), radius=_radius(n, most)) for n in steps if most
    )
    dots = (Key(_POINT, tr("workshop.map.point"), radius=_DOT),) if exact else ()
    return MapPlan(
        outlines=replace(outlines, points={**outlines.points, **exact}),
        paints={},
        legend_title=tr("workshop.map.legend"),
        legend=(*sizes, *dots),
        marks=(*circles, *(Mark(name, _POINT, _DOT) for name in exact)),
        north=tr("document.north"),
        language=language,
    )


_CIRCLE, _POINT = Paint(colour=theme.DOT), Paint(colour=theme.INK)


def _radius(n: int, most: int) -> float:
    return max(_SMALLEST, LARGEST * math.sqrt(n / most)) if most else 0.0
