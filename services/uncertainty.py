"""Intervals of every value, and the state of values that stand on few cases."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from domain.intervals import byar_interval, wilson_interval
from domain.model import SHOWN_STATES, Catalogue, Indicator, Kind, State
from domain.reliability import FEW_CASES, FEW_PERSONS

LEVELS = (("lower", "upper", 0.95), ("lower998", "upper998", 0.998))
_WEAK_BY_CASES = (Kind.SHARE, Kind.RATE)
"""A ratio such as places per child is a full count of places: few places are not a weak value."""


def with_intervals(values: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Add ``lower, upper`` (95 %) and ``lower998, upper998`` in display units.

    Only values that are shown and have their parts get an interval; the method is that of the
    indicator (``wilson``, ``byar``, ``none``). Means would need the spread, which no delivery
    carries: ``t`` gives none.
    """
    result = values.reset_index(drop=True)
    bounds = {name: np.full(len(result), np.nan) for pair in LEVELS for name in pair[:2]}
    shown = result["state"].isin([str(s) for s in SHOWN_STATES]).to_numpy()
    names = result["indicator"].to_numpy()
    for indicator in catalogue.indicators:
        if indicator.interval not in ("wilson", "byar"):
            continue
        chosen = np.flatnonzero(shown & (names == indicator.id))
        for lower, upper, confidence in LEVELS:
            low, high = _limits(result.take(chosen), indicator, confidence)
            bounds[lower][chosen], bounds[upper][chosen] = low, high
    return result.assign(**bounds)


def with_weak_marked(values: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Mark values with fewer than 10 cases or 30 persons as ``limited``, where parts exist.

    A denominator for which the indicator asks no minimum is no number of persons: 20 km² or 20
    school classes make no weak value.
    """
    kinds = values["indicator"].map({i.id: str(i.kind) for i in catalogue.indicators})
    parts = values["numerator"].notna() & values["denominator"].notna()
    few_cases = (values["numerator"] < FEW_CASES) & kinds.isin([str(k) for k in _WEAK_BY_CASES])
    of_persons = {i.id for i in catalogue.indicators if i.minimum_denominator > 0}
    is_of_persons = (kinds != Kind.COUNT) & values["indicator"].isin(list(of_persons))
    few_persons = (values["denominator"] < FEW_PERSONS) & is_of_persons
    weak = parts & (values["state"] == State.OK) & (few_cases | few_persons)
    return values.assign(state=values["state"].where(~weak, str(State.LIMITED)))


def _limits(
    rows: pd.DataFrame, indicator: Indicator, confidence: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    is_count = indicator.kind is Kind.COUNT
    cases = rows["value" if is_count else "numerator"].to_numpy(dtype=float)
    base = np.ones(len(rows)) if is_count else rows["denominator"].to_numpy(dtype=float)
    effect = indicator.design_effect or 1.0
    cases, base = cases / effect, base / effect
    if indicator.interval == "wilson":
        possible = (cases >= 0) & (cases <= base)
        low, high = wilson_interval(
            np.where(possible, cases, np.nan),
            np.where(possible, base, np.nan),
            confidence=confidence,
        )
        return indicator.multiplier * low, indicator.multiplier * high
    low, high = byar_interval(np.where(cases >= 0, cases, np.nan), confidence=confidence)
    base = np.where(base > 0, base, np.nan)
    factor = effect if is_count else indicator.multiplier
    return factor * low / base, factor * high / base
