"""Trends of longer series by ranks: Theil and Sen's slope, Mann and Kendall's test.

No single year, however far off, decides them. A break ends a series: callers pass only the years
after it. Source: docs/methods.md, change and trends.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

EXACT_UP_TO = 10
FEWEST_VALUES = 5


def theil_sen(x: Sequence[float | None], y: Sequence[float | None]) -> dict[str, Any]:
    """Median of the slopes between all pairs of points.

    Returns
    -------
    dict
        ``slope`` and its ``ci95`` (Sen 1968), ``intercept``, Kendall's ``tau`` with its
        ``p_two_sided`` (exact up to ten points without ties) and ``n``; or ``reason``
        (``too_few``, ``constant``) below five points or if all stand at one place.
    """
    from scipy.stats import kendalltau, theilslopes

    points = np.array([x, y], dtype=float)
    a, b = points[:, ~np.isnan(points).any(axis=0)]
    if len(a) < FEWEST_VALUES:
        return {"reason": "too_few", "n": len(a)}
    if np.ptp(a) == 0:
        return {"reason": "constant", "n": len(a)}
    fit = theilslopes(b, a, alpha=0.95)
    result = {
        "slope": float(fit.slope),
        "intercept": float(fit.intercept),
        "ci95": [float(fit.low_slope), float(fit.high_slope)],
        "n": len(a),
    }
    if np.ptp(b) == 0:
        return {**result, "tau": 0.0, "p_two_sided": 1.0}
    exact = len(a) <= EXACT_UP_TO and not _has_ties(a) and not _has_ties(b)
    rank = kendalltau(a, b, method="exact" if exact else "asymptotic")
    return {**result, "tau": float(rank.statistic), "p_two_sided": float(rank.pvalue)}


def _has_ties(values: FloatArray) -> bool:
    return len(np.unique(values)) < len(values)


def mann_kendall(y: Sequence[float | None]) -> dict[str, Any]:
    """Test a series for a monotone trend.

    Parameters
    ----------
    y
        Values in the order of time; missing ones are left out.

    Returns
    -------
    dict
        ``S``, ``var_S`` (corrected for ties), ``z`` (with continuity correction), ``tau``, the
        two-sided ``p``, ``p_one_sided`` in the direction found, and ``n``; or the ``reason``
        ``too_few`` below five values. With ten values or fewer and no ties ``p`` is exact, else
        normal. The years are taken as independent: below ten points a chart shows no p.

    Notes
    -----
    Kendall (1975); Gilbert (1987), section 16.4.
    """
    values = np.array(y, dtype=float)
    values = values[~np.isnan(values)]
    n = len(values)
    if n < FEWEST_VALUES:
        return {"reason": "too_few", "n": n}
    earlier, later = np.triu_indices(n, k=1)
    s = int(np.sign(values[later] - values[earlier]).sum())
    _, ties = np.unique(values, return_counts=True)
    counted = n * (n - 1) * (2 * n + 5) - int((ties * (ties - 1) * (2 * ties + 5)).sum())
    variance = counted / 18
    z = (s - np.sign(s)) / math.sqrt(variance) if variance > 0 else 0.0
    if n <= EXACT_UP_TO and not _has_ties(values):
        one_sided = mann_kendall_tail(n, abs(s))
    else:
        one_sided = math.erfc(abs(z) / math.sqrt(2)) / 2
    return {
        "S": s,
        "var_S": variance,
        "z": float(z),
        "tau": s / (n * (n - 1) / 2),
        "p": min(1.0, 2 * one_sided),
        "p_one_sided": one_sided,
        "n": n,
    }


def mann_kendall_tail(n: int, s: int) -> float:
    """Return the probability that ``n`` values in random order reach at least ``S = s``.

    Examples
    --------
    >>> round(mann_kendall_tail(4, 6), 3)
    0.042
    """
    # how many orders of n values have a given number of discordant pairs
    orders = np.ones(1)
    for size in range(2, n + 1):
        orders = np.convolve(orders, np.ones(size))
    pairs = n * (n - 1) // 2
    most_discordant = (pairs - s) // 2
    return float(orders[: max(0, most_discordant + 1)].sum() / orders.sum())
