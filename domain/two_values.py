"""Whether two areas, or two years of one area, differ by more than chance.

Never judged by whether two intervals overlap. Shares: ``domain.comparison.diff_shares``. Here are
rates (E-test, Krishnamoorthy & Thomson 2004, Gu et al. 2008) and means (Welch 1947).
Source: docs/methods.md, comparison.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from domain.intervals import wilson_interval

SMALLEST_SAMPLE = 2
_SPREADS = 12
"""Counts further than so many standard deviations from the mean have no weight."""


def rate_ratio(first: tuple[float, float], second: tuple[float, float]) -> dict[str, Any]:
    """Ratio of two independent rates.

    Parameters
    ----------
    first, second
        Events and persons (or person-years).

    Returns
    -------
    dict
        ``ratio`` (``None`` without an event in the second), ``ci95`` (score interval; an upper
        limit that is not finite is ``None``) and the two-sided ``p`` of the E-test; or the
        ``reason`` ``na`` (no base) or ``no_cases``.

    Raises
    ------
    ValueError
        A count is negative.

    Examples
    --------
    >>> found = rate_ratio((30, 1_000), (15, 1_000))
    >>> found["ratio"], round(found["p"], 3)
    (2.0, 0.025)
    """
    (a, n), (b, m) = first, second
    if min(a, b) < 0:
        raise ValueError("counts must not be negative")
    if min(n, m) <= 0:
        return {"reason": "na"}
    if a + b == 0:
        return {"reason": "no_cases"}
    lower, upper = (float(limit[0]) for limit in wilson_interval([a], [a + b]))
    return {
        "ratio": (a / n) / (b / m) if b else None,
        "ci95": [_odds(lower) * m / n, _odds(upper) * m / n if upper < 1 else None],
        "p": _e_test(a, b, n / m),
    }


def _odds(share: float) -> float:
    return share / (1 - share)


def _e_test(a: float, b: float, exposure: float) -> float:
    """Probability of counts at least as unlike as these if both rates were the common one.

    The score rises with the first count and falls with the second, so for every second count the
    first ones that are as unlike begin and end at the root of a quadratic equation.
    """
    from scipy.special import gammaln, pdtr, pdtrc, xlogy

    score = abs(a - exposure * b) / math.sqrt((a + b) * exposure)
    mean_b = (a + b) / (1 + exposure)
    mean_a = mean_b * exposure
    reach = _SPREADS * math.sqrt(mean_b) + 30
    x = np.arange(max(0, math.floor(mean_b - reach)), math.ceil(mean_b + reach) + 1)
    weight = np.exp(xlogy(x, mean_b) - mean_b - gammaln(x + 1))
    root = np.sqrt(score**2 * exposure + 4 * (1 + exposure) * x)
    step = score * math.sqrt(exposure)
    slack = 1e-9 * (1 + a + b)
    at_least = np.ceil(((root + step) / 2) ** 2 - x - slack)
    # no second event leaves none of the first rate that could be too low
    at_most = np.where(x > 0, np.floor(((root - step) / 2) ** 2 - x + slack), -1)
    above = np.where(at_least > 0, pdtrc(np.maximum(at_least - 1, 0), mean_a), 1.0)
    below = np.where(at_most >= 0, pdtr(np.maximum(at_most, 0), mean_a), 0.0)
    return min(1.0, float((weight * (above + below)).sum()))


def diff_means(
    first: tuple[float, float, float], second: tuple[float, float, float]
) -> dict[str, Any]:
    """Difference of two independent means that need not vary alike (Welch).

    Parameters
    ----------
    first, second
        Number of values, mean, sample standard deviation.

    Returns
    -------
    dict
        ``diff``, ``diff_ci95``, two-sided ``p`` and the degrees of freedom ``df``; or the
        ``reason`` ``too_few`` (fewer than two values) or ``no_variance``.
    """
    from scipy.special import stdtr, stdtrit

    (n, mean_a, sd_a), (m, mean_b, sd_b) = first, second
    if min(n, m) < SMALLEST_SAMPLE:
        return {"reason": "too_few"}
    part_a, part_b = sd_a**2 / n, sd_b**2 / m
    if part_a + part_b == 0:
        return {"reason": "no_variance"}
    error = math.sqrt(part_a + part_b)
    df = (part_a + part_b) ** 2 / (part_a**2 / (n - 1) + part_b**2 / (m - 1))
    diff = mean_a - mean_b
    half = float(stdtrit(df, 0.975)) * error
    return {
        "diff": diff,
        "diff_ci95": [diff - half, diff + half],
        "p": float(2 * stdtr(df, -abs(diff) / error)),
        "df": df,
    }
