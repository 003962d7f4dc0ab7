"""What a comparison says in words: how many differ, where they lie apart, who came closer.

Nothing here ranks areas: they are named in the order of choice, strengths beside burdens.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.comparison import DIFFERENCES, NOT_COMPARED
from domain.model import Kind, Polarity
from domain.side_by_side import ComparedIndicator, ComparisonView, CoursePoint

_FEWEST = 2


@dataclass(frozen=True)
class Standing:
    """How one area stands against its benchmark, over the indicators of a comparison.

    ``other`` counts differences of indicators that judge nothing; ``compared`` all that could be
    told from chance, ``judged`` those of them that speak of burden.
    """

    worse: int
    better: int
    other: int
    compared: int
    judged: int


def standings(view: ComparisonView) -> tuple[Standing, ...]:
    """Return how each area stands, in the order of the areas."""
    found = []
    for k in range(len(view.areas)):
        told = [x for x in view.indicators if x.cells[k].is_shown]
        told = [x for x in told if x.cells[k].badge != NOT_COMPARED]
        badges = [x.cells[k].badge for x in told]
        other = sum(b in ("higher", "lower") for b in badges)
        judged = sum(x.indicator.polarity is not Polarity.NONE for x in told)
        worse, better = badges.count("worse"), badges.count("better")
        found.append(Standing(worse, better, other, len(told), judged))
    return tuple(found)


def has_town_mark(column: ComparedIndicator) -> bool:
    """Return whether the value of the town has a place on the strip of an indicator."""
    low, high, city = column.spread.low, column.spread.high, column.city.value
    if not column.city.is_shown or city is None or low is None or high is None:
        return False
    return low <= city <= high


def has_town_course(column: ComparedIndicator) -> bool:
    """Return whether the town has a line: a count would flatten the areas, and has none."""
    is_count = column.indicator.kind is Kind.COUNT
    return not is_count and any(p.value is not None for p in column.city_course)


def differing(view: ComparisonView) -> tuple[int, int]:
    """Return in how many indicators any area differs by more than chance, and of how many."""
    told = [[c.badge for c in x.cells if c.is_shown] for x in view.indicators]
    compared = [badges for badges in told if any(b != NOT_COMPARED for b in badges)]
    return sum(any(b in DIFFERENCES for b in badges) for badges in compared), len(compared)


def range_of(column: ComparedIndicator) -> tuple[float, float] | None:
    """Return the lowest and the highest value of the chosen areas, None below two values."""
    known = [c.value for c in column.cells if c.is_shown and c.value is not None]
    return (min(known), max(known)) if len(known) >= _FEWEST else None


def widest(view: ComparisonView) -> ComparedIndicator | None:
    """Return the indicator in which the chosen areas lie farthest apart.

    The distance is measured by that of all areas of the level; the first one wins a tie.
    """
    best, largest = None, 0.0
    for column in view.indicators:
        found, low, high = range_of(column), column.spread.low, column.spread.high
        if found is None or low is None or high is None or high <= low:
            continue
        share = (found[1] - found[0]) / (high - low)
        if share > largest:
            best, largest = column, share
    return best


def gaps(column: ComparedIndicator) -> tuple[tuple[str, float], tuple[str, float]] | None:
    """Return period and distance of the chosen areas, first and last that can be compared.

    Only periods in which every chosen area has a value count, and none before a break.
    """
    begin = max((m.position for m in column.marks), default=float("-inf"))
    by_period: dict[tuple[float, str], list[CoursePoint]] = {}
    for course in column.courses:
        for point in course:
            if point.value is not None and point.position >= begin:
                by_period.setdefault((point.position, point.period), []).append(point)
    n = len(column.courses)
    whole = sorted(k for k, points in by_period.items() if len(points) == n >= _FEWEST)
    if len(whole) < _FEWEST:
        return None
    first, last = (_gap(by_period[whole[k]]) for k in (0, -1))
    return (whole[0][1], first), (whole[-1][1], last)


def _gap(points: list[CoursePoint]) -> float:
    values = [p.value for p in points if p.value is not None]
    return max(values) - min(values)


def closer_and_wider(view: ComparisonView) -> tuple[int, int, int]:
    """Return in how many indicators the distance shrank or grew as written, and of how many."""
    closer = wider = told = 0
    for column in view.indicators:
        found = gaps(column)
        if found is None:
            continue
        told += 1
        places = column.indicator.decimals
        change = round(found[1][1], places) - round(found[0][1], places)
        closer, wider = closer + (change < 0), wider + (change > 0)
    return closer, wider, told
