"""From the view of one indicator to what a comparison says of it: cells, spread, courses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from domain.model import SHOWN_STATES, Flag, Source, State
from domain.periods import first_from, position
from domain.side_by_side import (
    ComparedArea,
    ComparedCell,
    ComparedIndicator,
    CourseMark,
    CoursePoint,
    Spread,
    cell_of_city,
)
from domain.view import IndicatorView, OtherVintage, PeriodView

_NO_STATEMENT = frozenset({State.NOT_COLLECTED, State.PENDING})
_ABSENT = ComparedCell(None, State.NOT_APPLICABLE, reason="absent")
_NO_PERIOD = ComparedCell(None, State.NOT_COLLECTED, reason="no_period")


def compared_indicator(
    view: IndicatorView,
    elsewhere: Sequence[OtherVintage],
    areas: Sequence[ComparedArea],
    *,
    wanted: str,
    source: Source | None,
) -> ComparedIndicator:
    """Return what a comparison says of one indicator.

    Parameters
    ----------
    view, elsewhere
        The indicator on the boundaries of the period asked for, and on the others.
    areas
        The chosen areas; their order is that of cells and courses.
    wanted
        The period asked for, empty for the newest that all chosen areas have.
    """
    rows = _rows(view, areas)
    period = newest_common(view, rows) if not wanted else latest_until(view.periods, wanted)
    shown = view.by_period.get(period)
    return ComparedIndicator(
        indicator=view.indicator,
        category=view.category,
        level=view.level,
        period=period or wanted,
        is_wanted=not wanted or period == wanted,
        cells=tuple(_cell(shown, row) for row in rows),
        city=cell_of_city(shown.city, trend=shown.signs.town_trend) if shown else _NO_PERIOD,
        breaks=view.breaks,
        spread=_spread(shown, len(view.area_ids)),
        courses=tuple(() if row is None else course(view, elsewhere, row) for row in rows),
        city_course=_city_course(view, elsewhere),
        marks=_marks(view, elsewhere),
        source=source,
    )


def _rows(view: IndicatorView, areas: Sequence[ComparedArea]) -> list[int | None]:
    known = {area: i for i, area in enumerate(view.area_ids)}
    return [known.get(area.id) for area in areas]


def newest_common(view: IndicatorView, rows: Sequence[int | None]) -> str:
    """Return the newest period in which no known area is without any statement of its own.

    A hidden value is a statement; one that was never collected or is still to come is none.
    Without such a period, the newest one.
    """
    known = [row for row in rows if row is not None]
    for period in reversed(view.periods):
        states = view.by_period[period].states
        if all(states[row] not in _NO_STATEMENT for row in known):
            return period
    return view.periods[-1] if view.periods else ""


def latest_until(periods: Sequence[str], wanted: str) -> str:
    """Return the period asked for, else the newest before it, empty where there is none.

    Examples
    --------
    >>> latest_until(("2019", "2021", "2023"), "2022"), latest_until(("2023",), "2022")
    ('2021', '')
    """
    if wanted in periods:
        return wanted
    earlier = [p for p in periods if position(p) < position(wanted)]
    return earlier[-1] if earlier else ""


def _cell(shown: PeriodView | None, row: int | None) -> ComparedCell:
    if shown is None:
        return _NO_PERIOD
    if row is None:
        return _ABSENT
    state = shown.states[row]
    if state not in SHOWN_STATES:
        # nothing that a hidden value is compared with may stand beside it
        return ComparedCell(None, state, flags=shown.flags[row])
    signs = shown.signs
    return ComparedCell(
        value=shown.values[row],
        state=state,
        flags=shown.flags[row],
        lower=shown.lowers[row],
        upper=shown.uppers[row],
        numerator=shown.numerators[row],
        denominator=shown.denominators[row],
        badge=shown.badges[row],
        is_clear=bool(signs.clear) and signs.clear[row],
        benchmark=shown.benchmarks[row],
        position=shown.classes[row] if shown.classes else None,
        trend=signs.trends[row] if signs.trends else "",
    )


def _spread(shown: PeriodView | None, n_areas: int) -> Spread:
    if shown is None:
        return Spread((), ((State.NOT_COLLECTED, n_areas),))
    pairs = zip(shown.values, shown.states, strict=True)
    known = sorted(v for v, s in pairs if v is not None and s in SHOWN_STATES)
    hidden = Counter(s for s in shown.states if s not in SHOWN_STATES)
    return Spread(tuple(known), tuple((s, hidden[s]) for s in State if hidden[s]))


def course(
    view: IndicatorView, elsewhere: Sequence[OtherVintage], row: int
) -> tuple[CoursePoint, ...]:
    """Return all periods of an area in time order, those of other boundaries among them.

    ``row`` is the place of the area among those of the view.
    """
    points = [_point(view, period, row) for period in view.periods]
    for other in elsewhere:
        values = other.values.get(row)
        if values is None:
            continue
        states = other.states.get(row, (State.OK,) * len(values))
        flags = Flag.BOUNDARY_ESTIMATED.value if row in other.estimated else ""
        points += [
            CoursePoint(p, x, v, s, flags=flags, vintage=other.vintage)
            for p, x, v, s in zip(other.periods, other.positions, values, states, strict=True)
        ]
    return tuple(sorted(points, key=lambda p: p.position))


def _point(view: IndicatorView, period: str, row: int) -> CoursePoint:
    shown = view.by_period[period]
    state = shown.states[row]
    is_shown = state in SHOWN_STATES
    return CoursePoint(
        period=period,
        position=position(period),
        value=shown.values[row] if is_shown else None,
        state=state,
        flags=shown.flags[row],
        lower=shown.lowers[row] if is_shown else None,
        upper=shown.uppers[row] if is_shown else None,
        vintage=view.level.vintage,
    )


def _city_course(view: IndicatorView, elsewhere: Sequence[OtherVintage]) -> tuple[CoursePoint, ...]:
    points = []
    for period in view.periods:
        city = view.by_period[period].city
        points.append(
            CoursePoint(
                period, position(period), city.value, city.state,
                flags=city.flags, lower=city.lower, upper=city.upper,
            )
        )  # fmt: skip
    for other in elsewhere:
        points += [
            CoursePoint(p, x, v, State.NOT_COLLECTED if v is None else State.OK)
            for p, x, v in zip(other.periods, other.positions, other.city, strict=True)
        ]
    return tuple(sorted(points, key=lambda p: p.position))


def _marks(view: IndicatorView, elsewhere: Sequence[OtherVintage]) -> tuple[CourseMark, ...]:
    """Return where the courses break: told breaks that end a series, and new boundaries."""
    periods = sorted({*view.periods, *(p for o in elsewhere for p in o.periods)}, key=position)
    marks = []
    for told in view.indicator.series_breaks:
        at = first_from(periods, told.period)
        is_before_all = at == 0 and periods[0] != told.period
        if at is not None and not is_before_all and not told.comparable:
            marks.append(CourseMark(position(periods[at]), "break", told.text))
    vintages = sorted(
        ((v, xs) for v, xs in _starts(view, elsewhere).items() if xs), key=lambda x: min(x[1])
    )
    marks += [CourseMark(min(xs), "recut") for _, xs in vintages[1:]]
    return tuple(sorted(marks, key=lambda m: m.position))


def _starts(view: IndicatorView, elsewhere: Sequence[OtherVintage]) -> dict[str, list[float]]:
    found = {view.level.vintage: [position(p) for p in view.periods]}
    for other in elsewhere:
        found.setdefault(other.vintage, []).extend(other.positions)
    return found
