"""Several areas as one: counts as sums, shares and rates as sum of cases over sum of persons.

A group has a value where those of all its members are shown and add up, never a mean of
percentages. Only cells that everybody may see are added, so nothing hidden can be worked out of
a group; one hidden member hides it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from domain.classification import positions_of
from domain.comparison import NOT_COMPARED, Compared, badges
from domain.intervals import byar_interval, wilson_interval
from domain.model import SHOWN_STATES, Indicator, Kind, State
from domain.own_groups import OwnGroup
from domain.periods import position
from domain.rates import adds_up, combine
from domain.reliability import FEW_CASES, FEW_PERSONS
from domain.side_by_side import ComparedCell, ComparedIndicator, CoursePoint
from domain.view import CityValue, IndicatorView, PeriodView

_WEAK_BY_CASES = (Kind.SHARE, Kind.RATE)

NO_SUM = "no_sum"
"""Reason of a cell whose kind cannot be summed: medians, indices, shares without counts."""


def pooled_cell(
    indicator: Indicator,
    shown: PeriodView,
    members: Sequence[int | None],
    *,
    breaks: Sequence[float] = (),
    compare: str = "city",
) -> ComparedCell:
    """Return the value of several areas together in one period.

    Parameters
    ----------
    members
        Positions among the areas of the view; None for one that its boundaries do not know.
    breaks
        Upper limits of the classes, for the class of the group.
    compare
        What the badge compares with; only ``city`` and ``target`` are the same for all members,
        anything else leaves the group ``not_compared``.
    """
    rows = [m for m in dict.fromkeys(members) if m is not None]
    if not adds_up(indicator):
        return ComparedCell(None, State.NOT_APPLICABLE, reason=NO_SUM)
    if len(rows) < len(set(members)) or not rows:
        return ComparedCell(None, State.NOT_APPLICABLE, reason="absent")
    is_count = indicator.kind is Kind.COUNT
    numerators = shown.values if is_count else shown.numerators
    state, cases = combine([shown.states[i] for i in rows], [numerators[i] for i in rows])
    flags = " ".join(sorted({w for i in rows for w in shown.flags[i].split()}))
    if state not in SHOWN_STATES or cases is None:
        return ComparedCell(None, state, flags=flags)
    if is_count:
        return _told(indicator, state, (cases, None), flags=flags)
    base = _base(shown, rows)
    if not base:
        reason = NO_SUM if base is None else ""
        return ComparedCell(None, State.NOT_APPLICABLE, flags=flags, reason=reason)
    cell = _told(indicator, state, (cases, base), flags=flags)
    return _compared(indicator, cell, shown.city, breaks=breaks, compare=compare)


def _base(shown: PeriodView, rows: Sequence[int]) -> float | None:
    """Return the summed denominators, None where a shown value comes without its parts."""
    counted = [i for i in rows if shown.states[i] in SHOWN_STATES]
    bases = [shown.denominators[i] for i in counted if shown.numerators[i] is not None]
    known = [b for b in bases if b is not None]
    return float(sum(known)) if len(known) == len(counted) else None


def _told(
    indicator: Indicator, state: State, parts: tuple[float, float | None], *, flags: str
) -> ComparedCell:
    """Return value and interval of summed parts, and whether they stand on few cases."""
    cases, base = parts
    value = cases if base is None else indicator.multiplier * cases / base
    if base is not None and state is not State.NIL:
        # what was weak of each member need not be weak of all
        state = _strength(indicator, cases, base)
    lower, upper = _limits(indicator, cases, base)
    return ComparedCell(
        value=value,
        state=state,
        flags=flags,
        lower=lower,
        upper=upper,
        numerator=None if base is None else cases,
        denominator=base,
    )


def pooled_benchmark(
    indicator: Indicator, numerators: Sequence[float], denominators: Sequence[float]
) -> tuple[CityValue | None, int]:
    """Return what other areas have together, to be held beside one area, and of how many it is.

    A share or rate is the sum of the cases over the sum of the persons, with the interval of its
    method (CIPFA, nearest neighbours; docs/methods.md, similar areas). A number of cases is no
    yardstick for one area, and what has no parts cannot be pooled: None, 0.

    Parameters
    ----------
    numerators, denominators
        Parts of the areas, NaN where they are not shown; such areas are left out.
    """
    if indicator.kind is Kind.COUNT or not adds_up(indicator):
        return None, 0
    pairs = zip(numerators, denominators, strict=True)
    parts = [(n, d) for n, d in pairs if not (np.isnan(n) or np.isnan(d))]
    cases, base = (float(sum(side)) for side in zip(*parts, strict=True)) if parts else (0.0, 0.0)
    if not base:
        return None, 0
    state = _strength(indicator, cases, base) if cases else State.NIL
    cell = _told(indicator, state, (cases, base), flags="")
    together = CityValue(
        value=cell.value,
        state=cell.state,
        numerator=cell.numerator,
        denominator=cell.denominator,
        lower=cell.lower,
        upper=cell.upper,
    )
    return together, len(parts)


def _strength(indicator: Indicator, cases: float, base: float) -> State:
    is_weak = indicator.kind in _WEAK_BY_CASES and cases < FEW_CASES
    is_small = indicator.minimum_denominator > 0 and base < FEW_PERSONS
    return State.LIMITED if is_weak or is_small else State.OK


def _limits(
    indicator: Indicator, cases: float, base: float | None, *, confidence: float = 0.95
) -> tuple[float | None, float | None]:
    """Return the interval by the method of the indicator, as that of every single area."""
    effect = indicator.design_effect or 1.0
    if indicator.interval == "wilson" and base is not None and 0 <= cases <= base:
        low, high = wilson_interval([cases / effect], [base / effect], confidence=confidence)
        factor = indicator.multiplier
    elif indicator.interval == "byar" and cases >= 0:
        low, high = byar_interval([cases / effect], confidence=confidence)
        factor = effect if base is None else indicator.multiplier * effect / base
    else:
        return None, None
    return factor * float(low[0]), factor * float(high[0])


def _compared(
    indicator: Indicator,
    cell: ComparedCell,
    city: CityValue,
    *,
    breaks: Sequence[float],
    compare: str,
) -> ComparedCell:
    """Return the cell with its class, and the word of its comparison."""
    found = int(positions_of([cell.value], breaks)[0])
    benchmark = {"city": city.value, "target": indicator.target}.get(compare)
    town = (city.numerator, city.denominator) if compare == "city" else (None, None)
    effect = indicator.design_effect or 1.0
    words = []
    for confidence in (0.95, 0.998):
        lower, upper = _limits(
            indicator, cell.numerator or 0.0, cell.denominator, confidence=confidence
        )
        numbers = (
            cell.value,
            lower,
            upper,
            (cell.numerator or 0.0) / effect,
            (cell.denominator or 0.0) / effect,
            benchmark,
        )
        one = Compared(*(np.array([np.nan if v is None else v]) for v in numbers))
        parts = None if None in town else (float(town[0] or 0), float(town[1] or 0))
        told = parts and (parts[0] / effect, parts[1] / effect)
        words += badges(indicator.kind, indicator.polarity, one, town=told, confidence=confidence)
    return ComparedCell(
        value=cell.value,
        state=cell.state,
        flags=cell.flags,
        lower=cell.lower,
        upper=cell.upper,
        numerator=cell.numerator,
        denominator=cell.denominator,
        badge=words[0],
        is_clear=words[0] == words[1] and words[0] not in (NOT_COMPARED, "similar"),
        benchmark=benchmark,
        position=None if found < 0 else found,
    )


def with_groups(
    column: ComparedIndicator, view: IndicatorView, groups: Sequence[OwnGroup]
) -> ComparedIndicator:
    """Return a compared indicator with the groups as further areas, behind the others.

    A group has a course over the boundaries of the view only: what other boundaries hold are
    values without their parts.
    """
    rows = {area: i for i, area in enumerate(view.area_ids)}
    cells, courses = list(column.cells), list(column.courses)
    for group in groups:
        members = [rows.get(m) for m in group.members]
        shown = view.by_period.get(column.period)
        cells.append(
            pooled_cell(view.indicator, shown, members, breaks=view.breaks, compare=view.compare)
            if shown
            else ComparedCell(None, State.NOT_COLLECTED, reason="no_period")
        )
        courses.append(
            tuple(_point(view, period, members) for period in view.periods)
            if adds_up(view.indicator)
            else ()
        )
    return replace(column, cells=tuple(cells), courses=tuple(courses))


def _point(view: IndicatorView, period: str, members: Sequence[int | None]) -> CoursePoint:
    cell = pooled_cell(view.indicator, view.by_period[period], members)
    return CoursePoint(
        period=period,
        position=position(period),
        value=cell.value,
        state=cell.state,
        flags=cell.flags,
        lower=cell.lower,
        upper=cell.upper,
        vintage=view.level.vintage,
    )
