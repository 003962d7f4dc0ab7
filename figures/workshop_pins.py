"""Where participants said that something is missing: circles by district, and a dot a point."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from domain.print_outlines import PrintOutlines
from figures import theme
from figures.map_plan import Key, MapPlan, Mark, Paint
from figures.room_map import Look, RoomMap, room_map
from i18n import Translate, written_language
from i18n.formats import number

LARGEST_RADIUS = 30.0
_DOT_RADIUS = 7.0
_POINT = "point "
_CIRCLE, _DOT = Paint(colour=theme.DOT), Paint(colour=theme.ACCENT)


def pins_map(
    outlines: PrintOutlines,
    counts: Mapping[str, int],
    spots: Sequence[tuple[float, float]],
    look: Look,
    texts: tuple[Translate, str],
) -> RoomMap:
    """Draw how often something was named.

    Parameters
    ----------
    counts
        Area → how many named it; areas that nobody named are left out.
    spots
        Longitude and latitude of what stands at a point.
    texts
        The texts, and their language.
    """
    tr, language = texts
    most = max(counts.values(), default=0)
    marks = [
        Mark(area, _CIRCLE, LARGEST_RADIUS * math.sqrt(n / most)) for area, n in counts.items()
    ]
    points = {f"{_POINT}{k}": outlines.place(*spot) for k, spot in enumerate(spots)}
    marks += [Mark(name, _DOT, _DOT_RADIUS) for name in points]
    plan = MapPlan(
        outlines=replace(outlines, points={**outlines.points, **points}),
        paints={},
        legend_title=tr("workshop.stage.pins_by_area"),
        legend=_keys(most, len(spots), tr, written_language(language)),
        marks=tuple(marks),
        language=written_language(language),
    )
    return room_map(plan, look)


def _keys(most: int, spots: int, tr: Translate, language: str) -> tuple[Key, ...]:
    steps = sorted({most, math.ceil(most / 2), 1} if most else (), reverse=True)
    keys = [
        Key(_CIRCLE, number(n, 0, language), radius=LARGEST_RADIUS * math.sqrt(n / most))
        for n in steps
    ]
    if spots:
        keys.append(Key(_DOT, tr("workshop.stage.pins_at_point"), spots, _DOT_RADIUS))
    return tuple(keys)
