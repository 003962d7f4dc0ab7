"""The course of a figure over a re-cut of its area: what other boundaries hold, laid beside it.

Nothing is compared across the re-cut; what was converted by an estimate bears the sign of one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.model import Flag, State
from domain.periods import position
from domain.profile import KeyFigure
from domain.view import CityValue, OtherVintage

_UNKNOWN = CityValue(None, State.NOT_COLLECTED)
AREA = 0
"""Position of the one area in the values of other boundaries."""


def continued(figure: KeyFigure, vintage: str, parts: Sequence[OtherVintage]) -> KeyFigure:
    """Return a figure whose course holds the periods of other boundaries too, in time order.

    Parameters
    ----------
    vintage
        The boundaries the figure itself is of.
    parts
        Other boundaries with values of the area at position :data:`AREA`.
    """
    told = [p for p in parts if p.values.get(AREA)]
    if not told:
        return figure
    own = zip(figure.periods, figure.series, figure.town_series, strict=True)
    points = [*own, *(point for part in told for point in _points(part))]
    points.sort(key=lambda point: position(point[0]))
    periods, series, town = zip(*points, strict=True)
    starts = [(min(p.positions), p.vintage) for p in told]
    if figure.positions:
        starts.append((figure.positions[0], vintage))
    return replace(
        figure,
        periods=periods,
        positions=tuple(position(p) for p in periods),
        series=series,
        town_series=town,
        recuts=tuple(sorted(starts)[1:]),
    )


def _points(part: OtherVintage) -> list[tuple[str, CityValue, CityValue]]:
    values = part.values[AREA]
    states = part.states.get(AREA, (State.OK,) * len(values))
    flags = Flag.BOUNDARY_ESTIMATED.value if AREA in part.estimated else ""
    return [
        (period, CityValue(value, state, flags=flags), _of_town(town))
        for period, value, state, town in zip(part.periods, values, states, part.city, strict=True)
    ]


def _of_town(value: float | None) -> CityValue:
    return _UNKNOWN if value is None else CityValue(value, State.OK)


def comparable_since(figure: KeyFigure, period: str) -> float:
    """Return since when a course is under the boundaries of a period, in years."""
    at = position(period)
    return max((x for x, _ in figure.recuts if x <= at), default=float("-inf"))
