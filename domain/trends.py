"""Whether a value moves over the years, beyond what chance does by itself.

The marker follows the rule of the English public health service for five yearly values with
limits; for longer series see ``domain.rank_trends``. A break ends a series: callers pass only
the years after it. Source: docs/methods.md, change and trends.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from domain.comparison import diff_shares
from domain.model import Polarity

FloatArray = npt.NDArray[np.float64]

TREND_POINTS = 5
CHI2_BOUND = 9.549535706083
"""Chi-square of one degree of freedom at 99.8 %."""
LIMITS_IN_SE = 3.92
"""Width of a 95 % interval in standard errors, as the service rounds it."""
SMALLEST_BASE = 10
"""A relative change of fewer cases says little and is not given."""

NO_TREND = "none"
NOT_DETERMINABLE = "not_determinable"

_JUDGED = {
    (Polarity.HIGH_BURDEN, 1): "worse",
    (Polarity.HIGH_BURDEN, -1): "better",
    (Polarity.LOW_BURDEN, 1): "better",
    (Polarity.LOW_BURDEN, -1): "worse",
}


def recent_trend(
    value: Sequence[float | None],
    lower: Sequence[float | None],
    upper: Sequence[float | None],
    polarity: Polarity,
) -> dict[str, Any]:
    """Judge the last five yearly values of one area.

    Parameters
    ----------
    value, lower, upper
        Values with their 95 % limits, oldest first, without a gap in time or a break; of more
        than five the last five count.
    polarity
        Turns a direction into better or worse.

    Returns
    -------
    dict
        ``slope`` (per year), ``chi2``, ``outlier_check_passed`` and ``trend``: ``increasing`` or
        ``decreasing``, with ``_better`` or ``_worse`` if the indicator is judged, or
        ``no_change``. With fewer than five values, or a value without limits, ``trend`` and
        ``reason`` are ``not_determinable``.

    Notes
    -----
    Trend marker of Fingertips (Technical Guidance): weights 1/SE², chi-square above 9.5495, and
    a slope that keeps its sign whichever one point is left out.

    Examples
    --------
    >>> found = recent_trend([1, 2, 3, 4, 5], [0.9, 1.9, 2.9, 3.9, 4.9],
    ...                      [1.1, 2.1, 3.1, 4.1, 5.1], Polarity.HIGH_BURDEN)
    >>> found["trend"], round(found["slope"], 6)
    ('increasing_worse', 1.0)
    """
    if len(value) < TREND_POINTS or not len(value) == len(lower) == len(upper):
        return {"trend": NOT_DETERMINABLE, "reason": NOT_DETERMINABLE}
    last = (np.array(x[-TREND_POINTS:], dtype=float)[:, None] for x in (value, lower, upper))
    slopes, chi2, stable = _marker(*last)
    slope = float(slopes[0])
    if math.isnan(slope):
        return {"trend": NOT_DETERMINABLE, "reason": NOT_DETERMINABLE}
    direction = int(np.sign(slope)) if chi2[0] > CHI2_BOUND and stable[0] else 0
    return {
        "slope": slope,
        "chi2": float(chi2[0]),
        "outlier_check_passed": bool(stable[0]),
        "trend": _long_word(direction, polarity),
    }


def recent_trends(
    values: npt.ArrayLike, lowers: npt.ArrayLike, uppers: npt.ArrayLike, polarity: Polarity
) -> list[str]:
    """Judge the last five years of every area of a level.

    Parameters
    ----------
    values, lowers, uppers
        Values with their 95 % limits, shape ``(5, n_areas)``, oldest year first; NaN for a
        missing or hidden value.

    Returns
    -------
    list of str
        ``better``, ``worse``, ``higher``, ``lower`` (no judgement), ``none`` or
        ``not_determinable``, shape ``(n_areas,)``.

    Raises
    ------
    ValueError
        The arrays do not hold five years each.
    """
    parts = [np.asarray(x, dtype=float) for x in (values, lowers, uppers)]
    shape = parts[0].shape
    if shape[:-1] != (TREND_POINTS,) or any(x.shape != shape for x in parts):
        raise ValueError("values and limits must have the shape (5, n_areas)")
    slopes, chi2, stable = _marker(*parts)
    with np.errstate(invalid="ignore"):
        sure = (chi2 > CHI2_BOUND) & stable
    directions = np.where(sure, np.sign(slopes), 0)
    return [
        NOT_DETERMINABLE if math.isnan(slope) else trend_word(int(direction), polarity)
        for slope, direction in zip(slopes.tolist(), directions.tolist(), strict=True)
    ]


def trend_word(direction: int, polarity: Polarity) -> str:
    """Return the word of a trend (1 rising, 0 no change to be told from chance, -1 falling)."""
    if direction == 0:
        return NO_TREND
    return _JUDGED.get((polarity, direction), "higher" if direction > 0 else "lower")


def _long_word(direction: int, polarity: Polarity) -> str:
    if direction == 0:
        return "no_change"
    way = "increasing" if direction > 0 else "decreasing"
    judged = _JUDGED.get((polarity, direction))
    return f"{way}_{judged}" if judged else way


def _marker(
    values: FloatArray, lowers: FloatArray, uppers: FloatArray
) -> tuple[FloatArray, FloatArray, npt.NDArray[np.bool_]]:
    """Return slope, chi-square and whether the sign holds; shape ``(n_areas,)``, NaN unknown."""
    with np.errstate(invalid="ignore"):
        known = np.all(np.isfinite(values) & (uppers > lowers), axis=0)
    error = np.where(known, uppers - lowers, np.nan) / LIMITS_IN_SE
    weights = 1 / error**2
    slopes, variances = _weighted_slope(values, weights)
    stable = np.ones(values.shape[1], dtype=bool)
    for left_out in range(len(values)):
        rest, _ = _weighted_slope(values, weights, left_out)
        stable &= np.sign(rest) == np.sign(slopes)
    return slopes, slopes**2 / variances, stable


def _weighted_slope(
    values: FloatArray, weights: FloatArray, left_out: int | None = None
) -> tuple[FloatArray, FloatArray]:
    """Return weighted least squares slopes over t = 1, 2, … and their variances."""
    kept = [i for i in range(len(values)) if i != left_out]
    t = np.array(kept, dtype=float)[:, None] + 1
    w = weights[kept]
    total = w.sum(axis=0)
    dt = t - (w * t).sum(axis=0) / total
    spread = (w * dt**2).sum(axis=0)
    return (w * dt * values[kept]).sum(axis=0) / spread, 1 / spread


def change(
    year1: tuple[float, float], year2: tuple[float, float], *, broken: bool = False
) -> dict[str, Any]:
    """Change of a share between two independent years.

    Parameters
    ----------
    year1, year2
        Numerator and denominator of the earlier and the later year.
    broken
        The series has a break between them.

    Returns
    -------
    dict
        ``abs_change_pp`` with ``ci95_pp`` (percentage points, Newcombe's method 10) and
        ``rel_change_percent``, which is ``None`` with the ``reason`` ``small_base`` if the
        earlier year has fewer than ten cases; or only a ``reason`` (``break``, ``na``).
    """
    if broken:
        return {"reason": "break"}
    difference = diff_shares(year2, year1)
    if "reason" in difference:
        return difference
    result: dict[str, Any] = {
        "abs_change_pp": 100 * difference["diff"],
        "ci95_pp": [100 * limit for limit in difference["diff_ci95"]],
        "rel_change_percent": None,
    }
    if year1[0] < SMALLEST_BASE:
        return {**result, "reason": "small_base"}
    return {**result, "rel_change_percent": 100 * difference["diff"] * year1[1] / year1[0]}
