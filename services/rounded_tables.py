"""Rounding instead of hiding: what is shown, and what an attacker makes of sums of rounded counts.

Every count is rounded for itself, so sums differ from their parts; with enough of them a small
count could still be pinned down, which is why rounded tables are attacked like any other
(docs/methods.md, alternatives).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from domain.attack import attack_table, narrow_cells
from domain.model import SHOWN_STATES, Indicator, Kind, State
from domain.plausible import without_contradictions
from domain.rounding import round_counts, rounded_share, window
from services.area_steps import AreaSteps
from services.table_relations import CellName, Knowledge, linked_table
from services.table_structure import Structure

_ROOM = 1.0
"""A count that may be small must be left two possible values: a window of its own has three."""
_INTERVALS = ["lower", "upper", "lower998", "upper998"]


def rounded_rows(rows: pd.DataFrame, indicator: Indicator, base: int) -> pd.DataFrame:
    """Return the rows of one indicator with rounded counts, shares made of them, no intervals.

    A zero tells of none or hardly any, so the state that means "exactly none" is not kept. Where
    the rounded base is zero the row is suppressed, and so it is where the base is truly zero:
    whoever told them apart would know that few persons are there.
    """
    shown = rows["state"].isin([str(s) for s in SHOWN_STATES])
    counts = {name: rounded(rows[name].where(shown), base) for name in ("numerator", "denominator")}
    if indicator.kind is Kind.COUNT:
        value = rounded(rows["value"].where(shown), base)
        counts = dict.fromkeys(counts, pd.Series(np.nan, index=rows.index))
    else:
        pairs = zip(rows["numerator"].where(shown), rows["denominator"].where(shown), strict=True)
        shares = [
            share if indicator.kind is Kind.SHARE else _rate(a, n, base)
            for a, n in pairs
            for share in [rounded_share(_known(a), _known(n), base)]
        ]
        value = pd.Series(shares, index=rows.index, dtype=float) * indicator.multiplier
    state = rows["state"].where(~shown, str(State.OK))
    gone = shown & value.isna()
    state = state.mask(gone | has_no_base(rows), str(State.SUPPRESSED))
    cleared = {name: column.mask(gone) for name, column in counts.items()}
    return rows.assign(value=value, state=state, **cleared, **dict.fromkeys(_INTERVALS, np.nan))


def has_no_base(rows: pd.DataFrame) -> pd.Series:
    """Mark rows that do not apply because nobody is there, which rounding does not tell."""
    return (rows["state"] == State.NOT_APPLICABLE) & (rows["denominator"] == 0)


def known_zeros(rows: pd.DataFrame) -> set[CellName]:
    """Return cells everybody knows to be exactly zero, because the figure does not apply there."""
    never = (rows["state"] == State.NOT_APPLICABLE) & ~has_no_base(rows)
    return {str(c) for c in rows.loc[never, "cell"]}


def rounded(numbers: pd.Series, base: int) -> pd.Series:
    """Return counts as multiples of the base, missing ones as NaN."""
    counts = round_counts([_known(n) for n in numbers], base)
    return pd.Series(counts, index=numbers.index, dtype=float)


def _rate(a: float, n: float, base: int) -> float | None:
    """Return cases a person, which may be above one."""
    cases, persons = round_counts([_known(a), _known(n)], base)
    return None if cases is None or not persons else cases / persons


def _known(number: float) -> float | None:
    return None if np.isnan(number) else float(number)


def narrow_rounded(
    facts: pd.DataFrame, structure: Structure, steps: AreaSteps, known: Knowledge, base: int
) -> tuple[list[CellName], dict[str, float], list[float]]:
    """Attack rounded counts: find the small ones that their sums pin down.

    Parameters
    ----------
    facts
        One row a cell with ``displayed`` (the rounded count, NaN where none is shown),
        ``number`` (the true one, NaN where it is not at hand), ``was_open`` (an earlier
        release shows it exactly) and ``is_zero`` (known to be exactly zero).
    known
        Its ``width`` is the least number of cases that may be known.

    Returns
    -------
    narrow, rests, widths
        Cells that may be small and of which too much can be computed; by how much sums differ
        from their parts; the widths of all cells that may be small.
    """
    zero = facts["is_zero"].to_numpy(dtype=bool)
    exact = facts["was_open"].to_numpy(dtype=bool) & facts["number"].notna().to_numpy() | zero
    built = linked_table(facts, structure, steps, known)
    table = built.table
    lower, upper = np.zeros(len(table.cells)), np.full(len(table.cells), np.inf)
    values = np.full(len(table.cells), np.nan)
    widths = np.zeros(len(table.cells))
    asked: list[CellName] = []
    for cell, number, is_exact, told in zip(
        facts.index, facts["displayed"], exact, facts["number"].mask(zero, 0.0), strict=True
    ):
        at = table.position[str(cell)]
        if is_exact:
            values[at] = told
            continue
        if np.isnan(number):
            continue
        lower[at], upper[at] = window(number, base)
        if lower[at] < known.width:
            widths[at] = _ROOM
            asked.append(str(cell))
    for rest in built.rests:
        values[table.position[rest]] = table.values[table.position[rest]]
    windows = replace(table, values=values, lower=lower, upper=upper, widths=widths)
    blind = without_contradictions(windows, asked)
    hidden = [c for c, v in zip(blind.cells, blind.values, strict=True) if np.isnan(v)]
    bounds = attack_table(blind, hidden, wanted=asked, until_wide=True)
    found = [high - low for low, high in bounds.values()]
    return narrow_cells(blind, bounds, asked), built.rests, found
