"""Suspicious jumps of one indicator into periods that a release brings for the first time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pandas as pd

from domain.jumps import Counted, suspicious_jumps
from domain.model import Flag, Indicator, Kind
from domain.periods import first_from, in_time
from domain.release_difference import ChangedCell, Shift
from services.release_sides import AreaNames

_SERIES = ["category", "level", "vintage"]


def jumps_of(
    indicator: Indicator, new: pd.DataFrame, old: pd.DataFrame, names: AreaNames
) -> tuple[tuple[ChangedCell, ...], tuple[Shift, ...]]:
    """Return the areas that jumped into a new period, and levels that jumped as a whole.

    Parameters
    ----------
    new, old
        Internal values of the indicator (:func:`services.release_sides.values_of`).

    Returns
    -------
    jumps, shifts
        Nothing across a declared break of the series.
    """
    jumps: list[ChangedCell] = []
    shifts: list[Shift] = []
    for (category, level, vintage), before, after in _pairs(indicator, new, old):
        key = f"{level}@{vintage}"
        joined = before.merge(
            after, left_index=True, right_index=True, suffixes=("_before", "_after")
        )
        first, then = before["period"].iloc[0], after["period"].iloc[0]
        found = suspicious_jumps(
            joined["value_before"].to_numpy(dtype=float),
            joined["value_after"].to_numpy(dtype=float),
            _counted(indicator, joined),
        )
        if found.common != 1.0:
            shifts.append(Shift(key, category, first, then, found.common))
        for area, row in joined[found.areas].iterrows():
            cell = names.cell(key, category, then, str(area))
            numbers = float(row["value_before"]), float(row["value_after"])
            jumps.append(ChangedCell(cell, *numbers, period_before=first))
    return tuple(jumps), tuple(shifts)


def _pairs(
    indicator: Indicator, new: pd.DataFrame, old: pd.DataFrame
) -> Iterator[tuple[tuple[str, str, str], pd.DataFrame, pd.DataFrame]]:
    """Yield series and the rows, by area, of a new period and of the one before it."""
    known = set(old[[*_SERIES, "period"]].drop_duplicates().itertuples(index=False, name=None))
    for (category, level, vintage), rows in new.groupby(_SERIES, sort=True):
        series = str(category), str(level), str(vintage)
        by_period = {str(p): part.set_index("area") for p, part in rows.groupby("period")}
        periods = sorted(by_period, key=in_time)
        places = {first_from(periods, b.period) for b in indicator.series_breaks}
        for place, (first, then) in enumerate(pairwise(periods), start=1):
            after = by_period[then]
            broken = after["flags"].str.split().map(lambda flags: str(Flag.BREAK) in flags)
            if (*series, then) not in known and place not in places and not broken.any():
                yield series, by_period[first], after


def _counted(indicator: Indicator, joined: pd.DataFrame) -> Counted | None:
    """Return cases and bases where values rest on counted cases."""
    if indicator.kind is Kind.COUNT:
        ones = np.ones(len(joined), dtype=np.float64)
        return Counted(
            joined["value_before"].to_numpy(dtype=float),
            joined["value_after"].to_numpy(dtype=float),
            ones,
            ones,
        )
    parts = [
        joined[f"{part}_{side}"].to_numpy(dtype=float)
        for part in ("numerator", "denominator")
        for side in ("before", "after")
    ]
    if indicator.kind not in (Kind.SHARE, Kind.RATE) or pd.isna(parts[0]).all():
        return None
    return Counted(*parts)
