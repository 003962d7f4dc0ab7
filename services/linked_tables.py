"""Which tables of an indicator speak of the same people, so that one could give away another."""

from __future__ import annotations

import numpy as np
import pandas as pd

from domain.disclosure import primary
from domain.model import SHOWN_STATES, TOTAL, Disclosure, Indicator, Kind, State
from domain.periods import period_of
from domain.protection_classes import SMALLEST
from services.aggregation import CELL

PROTECTED_HERE = (Disclosure.STANDARD, Disclosure.STRICT)
_YEAR = 12
"""Months of a year."""


def k_of(indicator: Indicator) -> int:
    """Return the smallest number of cases an indicator may show."""
    return SMALLEST[indicator.disclosure]


def marked_cells(values: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Add what disclosure control needs to the rows of one indicator.

    Returns
    -------
    pandas.DataFrame
        With ``shown`` (carries a number), ``hidden`` (suppressed by the source), ``number``
        (the count that adds up: cases, or persons for a mean), ``top`` (what the public knows
        as its maximum), ``base`` (the persons a share or rate is of), ``unsafe`` (a primary rule
        hides it), ``unchecked`` (shown, but without the parts a rule could test).
    """
    shown = values["state"].isin([str(s) for s in SHOWN_STATES])
    number, base = _parts(values, indicator)
    is_part = indicator.kind in (Kind.SHARE, Kind.RATE)
    result = told_cells(values, indicator).assign(
        hidden=values["state"] == State.SUPPRESSED,
        top=base.where(shown, np.nan) if indicator.kind is Kind.SHARE else np.nan,
        base=base.where(shown, np.nan) if is_part else np.nan,
        # cases and a share tell the base, and with it how many are left
        unchecked=shown & (number.isna() | (base.isna() & is_part)),
    )
    return result.assign(unsafe=_unsafe(result, base, indicator) & shown)


def told_cells(values: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Add ``shown`` and ``number`` of :func:`marked_cells`: what the rows say, without a rule."""
    shown = values["state"].isin([str(s) for s in SHOWN_STATES])
    number, _ = _parts(values, indicator)
    return values.assign(
        shown=shown,
        # no school in the area: its part of the sum is nothing, and everybody knows
        number=number.where(shown).mask(values["state"] == State.NOT_APPLICABLE, 0.0),
    )


def _parts(values: pd.DataFrame, indicator: Indicator) -> tuple[pd.Series, pd.Series]:
    base = values["denominator"]
    if indicator.kind is Kind.COUNT:
        return values["value"], pd.Series(np.nan, index=values.index)
    if indicator.kind in (Kind.MEAN, Kind.MEDIAN, Kind.INDEX):
        # The sum of incomes is no number of persons: the persons behind it are counted.
        return base, base
    return values["numerator"], base


def _unsafe(cells: pd.DataFrame, base: pd.Series, indicator: Indicator) -> pd.Series:
    people = indicator.kind in (Kind.SHARE, Kind.RATE)
    counted = indicator.kind in (Kind.SHARE, Kind.RATE, Kind.COUNT, Kind.RATIO)
    few = (base > 0) & (base < indicator.minimum_denominator)
    if not counted:
        return few
    flags, _ = primary(
        _optional(cells["number"]),
        _optional(base) if people else [None] * len(cells),
        k=k_of(indicator),
        n_min=indicator.minimum_denominator,
        zero_sensitive=indicator.zero_sensitive,
        full_sensitive=indicator.full_sensitive,
    )
    return pd.Series(flags, index=cells.index, dtype=bool) | few


def _optional(numbers: pd.Series) -> list[float | None]:
    return [None if np.isnan(x) else float(x) for x in numbers.to_numpy(dtype=float)]


def same_numbers(first: pd.DataFrame, second: pd.DataFrame) -> bool:
    """Return whether two indicators count the same cases in every cell both show."""
    both = _paired(first, second)
    return not both.empty and bool((both["number"] == both["number_other"]).all())


def has_small_difference(first: pd.DataFrame, second: pd.DataFrame, k: int) -> bool:
    """Return whether subtracting one indicator from the other leaves a small count."""
    both = _paired(first, second)
    gap = (both["number"] - both["number_other"]).abs()
    return bool(((gap > 0) & (gap < k)).any())


def _paired(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    keys = CELL[1:]
    other = second.loc[second["shown"], [*keys, "number"]]
    mine = first.loc[first["shown"], [*keys, "number"]]
    return mine.merge(other, on=keys, suffixes=("", "_other"))


def base_periods(periods: list[str]) -> set[str]:
    """Return the periods that do not overlap: whole years before their parts and pooled years.

    Examples
    --------
    >>> sorted(base_periods(["2019", "2020", "2019-2021", "2022-2024"]))
    ['2019', '2020', '2022-2024']
    >>> sorted(base_periods(["2022", "2022-H1", "2022-H2", "2023-H1", "2022/23"]))
    ['2022', '2023-H1']
    """
    chosen: set[str] = set()
    covered: set[int] = set()
    for period in sorted(set(periods), key=_rank):
        months = spanned(period)
        if not months & covered:
            chosen.add(period)
            covered |= months
    return chosen


def _rank(period: str) -> tuple[int, int, str]:
    """Sort calendar years first, then longer parts of years, then years pooled."""
    length = len(spanned(period))
    if length == _YEAR:
        return 0, 0 if "/" not in period else 1, period
    return (1, -length, period) if length < _YEAR else (2, length, period)


def spanned(period: str) -> frozenset[int]:
    """Return the months a period spans, counted from year 0; none for a name of no period."""
    found = period_of(period)
    return found.months() if found else frozenset()


def is_total(cells: pd.DataFrame) -> pd.Series:
    """Mark the rows that are not split by a category."""
    return cells["category"] == TOTAL
