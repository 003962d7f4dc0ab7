"""Trend words of a view: five independent years of every area, and of the town."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from domain.model import Flag, Indicator
from domain.trend_windows import WINDOW, window_reason
from domain.trends import NOT_DETERMINABLE, recent_trends
from domain.view import CityValue

Numbers = NDArray[np.float64]
_LIMITS = ("value", "lower", "upper")
_ENDS = {Flag.BREAK.value, Flag.BOUNDARY_ESTIMATED.value}
"""Flags that end a series: a break of the area's own, or figures converted to new boundaries."""


def trend_words(
    indicator: Indicator,
    periods: Sequence[str],
    position: int,
    *,
    numbers: Mapping[str, Numbers],
    flags: NDArray[np.object_],
) -> tuple[tuple[str, ...], str]:
    """Return the trend of every area in the five years that end at a period.

    Parameters
    ----------
    numbers
        ``value``, ``lower`` and ``upper``, shape ``(n_periods, n_areas)``; NaN where hidden.
    flags
        Remarks beside the values, same shape, joined by blanks.

    Returns
    -------
    words, reason
        Words of :func:`domain.trends.recent_trends`, shape ``(n_areas,)``; empty with a reason
        of :func:`domain.trend_windows.window_reason`, or ``no_values``, where no area has one.
    """
    reason = window_reason(indicator, periods, position)
    if reason:
        return (), reason
    rows = slice(position - WINDOW + 1, position + 1)
    values, lowers, uppers = (numbers[name][rows] for name in _LIMITS)
    broken = _is_broken(flags[rows])
    words = recent_trends(np.where(broken, np.nan, values), lowers, uppers, indicator.polarity)
    if all(w == NOT_DETERMINABLE for w in words):
        return (), "no_values"
    return tuple(words), ""


def _is_broken(flags: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Mark the series that end inside the window; a break in its first year is before."""
    texts, inverse = np.unique(flags.astype(str), return_inverse=True)
    ends = np.array([bool(_ENDS & set(text.split())) for text in texts])
    marked: NDArray[np.bool_] = ends[inverse.reshape(flags.shape)]
    estimated = np.array([Flag.BOUNDARY_ESTIMATED.value in text.split() for text in texts])
    first = estimated[inverse.reshape(flags.shape)][0]
    return np.asarray(marked[1:].any(axis=0) | first)


def town_trend(
    indicator: Indicator,
    periods: Sequence[str],
    position: int,
    city: Mapping[str, CityValue],
) -> str:
    """Return the trend of the town in the five years that end at a period, empty without one."""
    if window_reason(indicator, periods, position):
        return ""
    years = (city.get(p) for p in periods[position - WINDOW + 1 : position + 1])
    rows = [r for r in years if r is not None]
    if len(rows) < WINDOW or _is_broken(np.array([[r.flags] for r in rows], dtype=object))[0]:
        return NOT_DETERMINABLE
    found = [
        [[np.nan if x is None else x] for x in (getattr(r, name) for r in rows)] for name in _LIMITS
    ]
    values, lowers, uppers = (np.array(x, dtype=float) for x in found)
    return recent_trends(values, lowers, uppers, indicator.polarity)[0]
