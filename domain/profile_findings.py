"""What a profile says first: findings computed from figures, strengths beside burdens.

Both sides follow the same rule and get the same room; nothing is a rank. An area stands out only
where chance findings are kept rare (:mod:`domain.conspicuous`); where no test is possible, the
thirds of the level are told as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from domain.model import Kind, Polarity
from domain.profile import (
    ALIKE,
    BURDEN,
    DIFFERENT,
    HIGH,
    LOW,
    NOT_TESTED,
    STRENGTH,
    AgeTable,
    KeyFigure,
    Statement,
    Trust,
)
from domain.wording import Param

MOST_NAMED = 3
"""Figures a side that are named in words; the others stand in the table."""
_INSIDE = 4
_BURDEN_SIDE = {Polarity.HIGH_BURDEN: HIGH, Polarity.LOW_BURDEN: LOW}
_STRENGTH_SIDE = {Polarity.HIGH_BURDEN: LOW, Polarity.LOW_BURDEN: HIGH}
ADULT = 18


def standing(direction: float, polarity: Polarity) -> str:
    """Return how an area stands: direction 1 above, -1 below, 0 alike, NaN not tested.

    Examples
    --------
    >>> standing(-1.0, Polarity.LOW_BURDEN), standing(0.0, Polarity.NONE)
    ('burden', 'alike')
    """
    if direction != direction:  # noqa: PLR0124 - NaN
        return NOT_TESTED
    if direction == 0:
        return ALIKE
    if polarity is Polarity.NONE:
        return DIFFERENT
    return BURDEN if (direction > 0) == (polarity is Polarity.HIGH_BURDEN) else STRENGTH


def standing_out(figures: Iterable[KeyFigure], side: str) -> tuple[KeyFigure, ...]:
    """Return the figures of one side, those farthest from the town first."""
    return tuple(sorted((f for f in figures if f.standing == side), key=_nearness))


def _nearness(figure: KeyFigure) -> float:
    """Return minus the distance to the town in widths of the interval."""
    found, city = figure.found, figure.city
    if found.value is None or city.value is None:
        return 0.0
    width = (found.upper or 0.0) - (found.lower or 0.0)
    return -abs(found.value - city.value) / width if width > 0 else 0.0


def distinct(figures: Iterable[KeyFigure], most: int = MOST_NAMED) -> tuple[KeyFigure, ...]:
    """Return the first few figures that do not count the same cases twice."""
    groups: set[str] = set()
    found: list[KeyFigure] = []
    for figure in figures:
        group = figure.indicator.group or figure.indicator.id
        if group not in groups and len(found) < most:
            groups.add(group)
            found.append(figure)
    return tuple(found)


def headline(figures: Sequence[KeyFigure], names: Mapping[str, str], *, is_town: bool) -> Statement:
    """Say in one sentence how the area stands against the rest of its town.

    Parameters
    ----------
    names
        ``area`` and ``town``.
    """
    if is_town or not figures:
        return Statement("town" if figures else "empty", {**names, "shown": len(figures)})
    burdens, strengths = (standing_out(figures, side) for side in (BURDEN, STRENGTH))
    tested = [f for f in figures if _is_judged(f) and f.standing != NOT_TESTED]
    params: dict[str, Param] = {
        **names,
        "burdens": len(burdens),
        "strengths": len(strengths),
        "tested": len(tested),
        "alike": len(tested) - len(burdens) - len(strengths),
    }
    if not tested:
        return _by_thirds(figures, names)
    key = _key_of_sides(bool(burdens), bool(strengths), has_alike=bool(params["alike"]))
    return Statement(key, params, (*burdens[:1], *strengths[:1]))


def _key_of_sides(has_burdens: bool, has_strengths: bool, *, has_alike: bool) -> str:
    """Return the key of the headline; "the others" are only spoken of where there are any."""
    sides = {(True, True): "both", (True, False): "burdens", (False, True): "strengths"}
    side = sides.get((has_burdens, has_strengths))
    if side is None:
        return "alike"
    if not has_alike:
        return f"all_{side}"
    return side if side == "both" else f"only_{side}"


def _by_thirds(figures: Sequence[KeyFigure], names: Mapping[str, str]) -> Statement:
    """Say in how many figures the area is in the upper or lower third, where none can be tested."""
    judged = [f for f in _untested(figures) if _is_judged(f)]
    more, less = (
        sum(f.third == sides[f.indicator.polarity] for f in judged)
        for sides in (_BURDEN_SIDE, _STRENGTH_SIDE)
    )
    if not more and not less:
        return Statement("untested", dict(names))
    return Statement("thirds", {**names, "more": more, "less": less, "judged": len(judged)})


def statements(
    figures: Sequence[KeyFigure], ages: AgeTable | None, trust: Trust, names: Mapping[str, str]
) -> tuple[Statement, ...]:
    """Return the findings in the order of a text: people, both sides, chance, trends, gaps."""
    found: list[Statement] = []
    people = ages.total_below(ADULT) if ages else None
    if ages and people is not None:
        found.append(Statement("people", {**names, "count": int(people), "period": ages.period}))
    for key, side in (("burdens", BURDEN), ("strengths", STRENGTH), ("different", DIFFERENT)):
        named = distinct(standing_out(figures, side))
        if named:
            found.append(Statement(key, dict(names), named))
    found += _thirds(figures, names)
    alike = sum(_is_judged(f) and f.standing == ALIKE for f in figures)
    if alike:
        found.append(Statement("chance_one" if alike == 1 else "chance", {**names, "count": alike}))
    found += _trends(figures, names)
    if trust.suppressed:
        key = "hidden_one" if trust.suppressed == 1 else "hidden"
        found.append(Statement(key, {**names, "count": trust.suppressed, "total": trust.total}))
    return tuple(found)


def _is_judged(figure: KeyFigure) -> bool:
    return figure.indicator.polarity is not Polarity.NONE


def _untested(figures: Sequence[KeyFigure]) -> list[KeyFigure]:
    """Return what cannot be tested for chance, but has a place among the areas of the level."""
    return [
        f
        for f in figures
        if f.standing == NOT_TESTED and f.third and f.indicator.kind is not Kind.COUNT
    ]


def _thirds(figures: Sequence[KeyFigure], names: Mapping[str, str]) -> list[Statement]:
    """Tell the thirds of figures that cannot be tested for chance, both sides alike."""
    untested = _untested(figures)
    found = []
    for key, sides in (("third_burden", _BURDEN_SIDE), ("third_strength", _STRENGTH_SIDE)):
        side = distinct(f for f in untested if f.third == sides.get(f.indicator.polarity))
        if side:
            found.append(Statement(key, dict(names), side))
    return found


def _trends(figures: Sequence[KeyFigure], names: Mapping[str, str]) -> list[Statement]:
    """Tell what moved within the last years; the trend of an old figure says nothing of them."""
    found = []
    for word in ("worse", "better"):
        moved = distinct(f for f in figures if f.trend == word and not f.is_old)
        if moved:
            found.append(Statement(f"trend_{word}", dict(names), moved))
    return found


def shown_inside(
    figures: Sequence[KeyFigure], burdens: Sequence[KeyFigure], strengths: Sequence[KeyFigure]
) -> tuple[KeyFigure, ...]:
    """Return the figures that areas inside are shown with: those the findings speak of first."""
    mixed = [f for pair in zip(burdens, strengths, strict=False) for f in pair]
    judged = [f for f in figures if _is_judged(f)]
    known = {f.indicator.id: f for f in (*mixed, *burdens, *strengths, *judged)}
    return tuple(known.values())[:_INSIDE]
