"""Figures carried over from one boundary vintage of a level into another.

Numerators and denominators are converted separately, from what the release shows: a hidden cell
leaves everything it goes into without a number. What is an estimate says so, and what the weights
do not fit is not converted at all (docs/methods.md, boundaries that changed).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from domain.boundaries import NOWHERE, Share, backwards, chain, convert, faults, may_convert
from domain.model import SHOWN_STATES, Indicator, Kind, State
from domain.rates import combine
from services.views import Cells

_ADDED_UP = frozenset({"sum", "sum_parts", "mean_stock"})
_MEASURED = "area"

Ways = dict[str, list[Share]]
"""Area of the view → what goes into it from the other vintage."""


@dataclass(frozen=True)
class Carried:
    """Figures of areas in another vintage: values and states by period, and which are estimates.

    Only areas with a gap have ``states``.
    """

    values: dict[str, tuple[float | None, ...]] = field(default_factory=dict)
    states: dict[str, tuple[State, ...]] = field(default_factory=dict)
    estimated: frozenset[str] = frozenset()


def is_additive(indicator: Indicator) -> bool:
    """Return whether figures of the indicator may be summed over areas of residence."""
    return indicator.aggregation in _ADDED_UP and indicator.place == "residence"


def ways_into(
    table: pd.DataFrame, steps: dict[str, str], here: str, there: str, areas: Sequence[str]
) -> Ways:
    """Return what goes into the areas of one vintage from those of another.

    Parameters
    ----------
    table
        Conversions of one level (columns of the bundle).
    steps
        Vintage → the next one.
    here, there
        Vintage of the view and the other one.
    areas
        All areas of the other vintage.

    Returns
    -------
    Ways
        Empty where no way leads from the one to the other, or the table leaves out an area:
        people would be missing.
    """
    forward = _between(table, steps, there, here)
    back = [] if forward else _between(table, steps, here, there)
    named = {s.old for s in forward} | {s.new for s in back}
    if not set(areas) <= named:
        return {}
    wrong = {f.old for f in faults(forward or back) if f.reason == "weight_sum"}
    ways: Ways = {}
    for share in forward or backwards(back):
        # of an area whose weights do not sum to 1 a part is lost, or counted twice
        is_wrong = share.old in wrong if forward else share.new in wrong
        if share.weight > 0:
            ways.setdefault(share.new, []).append(
                Share(NOWHERE, share.new, 1.0) if is_wrong else share
            )
    return ways


def _between(table: pd.DataFrame, steps: dict[str, str], start: str, end: str) -> list[Share]:
    """Follow the tables from vintage to vintage; empty where no way leads there."""
    at, shares, passed = start, None, {start}
    while at != end:
        to = steps.get(at, "")
        if not to or to in passed:
            return []
        rows = table[(table["from_vintage"] == at) & (table["to_vintage"] == to)]
        found = _shares(rows)
        shares = found if shares is None else chain(shares, found)
        at = to
        passed.add(at)
    return shares or []


def _shares(rows: pd.DataFrame) -> list[Share]:
    columns = (rows[name] for name in ("old", "new", "weight", "basis"))
    return [
        Share(str(old), str(new), float(weight), str(basis) == _MEASURED)
        for old, new, weight, basis in zip(*columns, strict=True)
    ]


def carried(
    indicator: Indicator, ways: Ways, cells: Cells, areas: Sequence[str], wanted: Sequence[int]
) -> Carried:
    """Convert the figures of one indicator.

    Parameters
    ----------
    ways
        What goes into the areas that are asked for.
    cells
        Figures of the other vintage; ``areas`` are its areas in their order.
    wanted
        Positions of the periods that are asked for.
    """
    fitting = {new: w for new, w in ways.items() if may_convert(indicator.kind, w)}
    table = [share for shares in fitting.values() for share in shares]
    years = [_year(indicator, cells, areas, position) for position in wanted]
    found = [convert(year, table) for year in years]
    values = {new: tuple(_value(indicator, one[new]) for one in found) for new in fitting}
    rows = {area: i for i, area in enumerate(areas)}

    def states_of(new: str) -> tuple[State, ...]:
        origins = [share.old for share in fitting[new]]
        return tuple(
            _why(origins, rows, cells, p) if value is None else State.OK
            for p, value in zip(wanted, values[new], strict=True)
        )

    states = {new: states_of(new) for new, row in values.items() if None in row}
    guessed = {new for new, w in fitting.items() if any(share.is_estimate for share in w)}
    return Carried(values, states, frozenset(guessed))


def _year(
    indicator: Indicator, cells: Cells, areas: Sequence[str], position: int
) -> dict[str, dict[str, float | None]]:
    """Return the parts of every area in one period; where nobody is asked for, nobody is."""
    names = ("value", "value") if indicator.kind is Kind.COUNT else ("numerator", "denominator")
    first, second = (cells.numbers[name][position] for name in names)
    nobody = cells.states[position] == State.NOT_APPLICABLE.value
    parts = (np.where(nobody, 0.0, numbers).tolist() for numbers in (first, second))
    return {
        area: {"num": _known(a), "den": _known(n)} for area, a, n in zip(areas, *parts, strict=True)
    }


def _known(number: float) -> float | None:
    return None if np.isnan(number) else number


def _value(indicator: Indicator, parts: dict[str, float | None]) -> float | None:
    a, n = parts["num"], parts["den"]
    if indicator.kind is Kind.COUNT:
        return a
    return None if a is None or not n else indicator.multiplier * a / n


def _why(origins: Sequence[str], rows: dict[str, int], cells: Cells, position: int) -> State:
    """Return why there is no number: the gravest of what goes into the area."""
    found = [
        State(cells.states[position][rows[area]]) if area in rows else State.NOT_COLLECTED
        for area in origins
    ]
    state, _ = combine(found, [None] * len(found))
    # every cell is shown and there is none all the same: its parts were not delivered
    return State.NOT_COLLECTED if state in SHOWN_STATES else state
