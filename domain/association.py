"""How two indicators go together over areas; it holds for areas, not for children.

Areas are units, spatial neighbours are alike, so no p-value is given; an interval is.
Source: docs/methods.md, relations.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from domain.intervals import z_value

FloatArray = npt.NDArray[np.float64]

FEWEST_PAIRS = 10
SMALLEST_SAMPLE = 3
"""Below three pairs not even sameness can be told."""


def complete_pairs(
    x: Sequence[float | None], y: Sequence[float | None]
) -> tuple[FloatArray, FloatArray]:
    """Return the pairs in which both values are known, shape ``(n_pairs,)`` each."""
    pairs = [
        (a, b)
        for a, b in zip(x, y, strict=True)
        if a is not None and b is not None and not math.isnan(a) and not math.isnan(b)
    ]
    return np.array([a for a, _ in pairs]), np.array([b for _, b in pairs])


def _reason(x: FloatArray, y: FloatArray, fewest: int) -> str | None:
    if len(x) >= SMALLEST_SAMPLE and (np.ptp(x) == 0 or np.ptp(y) == 0):
        return "constant"
    return "too_few" if len(x) < fewest else None


def pearson(
    x: Sequence[float | None], y: Sequence[float | None], *, fewest: int = FEWEST_PAIRS
) -> dict[str, Any]:
    """Correlation with Fisher's z interval.

    Returns ``r``, ``ci95``, ``n`` and the two-sided ``p`` of independent pairs, which no screen
    shows; or a ``reason`` (``too_few``, ``constant``).

    Examples
    --------
    >>> pearson(list(range(9)), list(range(9)))["reason"]
    'too_few'
    """
    a, b = complete_pairs(x, y)
    reason = _reason(a, b, fewest)
    if reason:
        return {"reason": reason, "n": len(a)}
    r = float(np.corrcoef(a, b)[0, 1])
    error = 1 / math.sqrt(max(len(a) - 3, 1))
    return {"r": r, "ci95": _fisher(r, error), "n": len(a), "p": _two_sided(r, len(a))}


def _two_sided(r: float, n: int) -> float:
    from scipy.special import stdtr

    if n < SMALLEST_SAMPLE:
        return 1.0
    if abs(r) >= 1:
        return 0.0
    t = r * math.sqrt((n - 2) / (1 - r * r))
    return float(2 * stdtr(n - 2, -abs(t)))


def _fisher(r: float, error: float) -> list[float]:
    if abs(r) >= 1:
        return [r, r]
    half = z_value(0.95) * error
    centre = math.atanh(r)
    return [math.tanh(centre - half), math.tanh(centre + half)]


def _ranks(values: FloatArray) -> FloatArray:
    from scipy.stats import rankdata

    ranks: FloatArray = np.asarray(rankdata(values), dtype=float)
    return ranks


def spearman(
    x: Sequence[float | None], y: Sequence[float | None], *, fewest: int = FEWEST_PAIRS
) -> dict[str, Any]:
    """Rank correlation with the interval of Bonett & Wright (2000); four pairs at least."""
    a, b = complete_pairs(x, y)
    reason = _reason(a, b, max(fewest, SMALLEST_SAMPLE + 1))
    if reason:
        return {"reason": reason, "n": len(a)}
    rho = float(np.corrcoef(_ranks(a), _ranks(b))[0, 1])
    error = math.sqrt((1 + rho * rho / 2) / (len(a) - 3))
    return {"rho": rho, "ci95": _fisher(rho, error), "n": len(a)}


def weighted_pearson(
    x: Sequence[float | None],
    y: Sequence[float | None],
    w: Sequence[float | None],
    *,
    fewest: int = FEWEST_PAIRS,
) -> dict[str, Any]:
    """Correlation in which areas count by their weight, such as children."""
    columns = (np.array(v, dtype=float) for v in (x, y, w))
    table = np.stack(list(columns))
    a, b, weight = table[:, ~np.isnan(table).any(axis=0) & (table[2] > 0)]
    reason = _reason(a, b, fewest)
    if reason:
        return {"reason": reason, "n": len(a)}
    da = a - np.average(a, weights=weight)
    db = b - np.average(b, weights=weight)
    cov = np.average(da * db, weights=weight)
    spread = np.average(da * da, weights=weight) * np.average(db * db, weights=weight)
    return {"r": float(cov / math.sqrt(spread)), "n": len(a)}


def ols(
    x: Sequence[float | None], y: Sequence[float | None], *, fewest: int = FEWEST_PAIRS
) -> dict[str, Any]:
    """Least squares line ``y = intercept + slope * x`` with ``se_slope`` and ``r2``.

    ``s`` (residual standard error), ``mean_x``, ``sxx`` and ``n`` are what :func:`ols_band` needs.
    """
    a, b = complete_pairs(x, y)
    reason = _reason(a, b, fewest)
    if reason:
        return {"reason": reason, "n": len(a)}
    da = a - a.mean()
    slope = float((da * (b - b.mean())).sum() / (da * da).sum())
    intercept = float(b.mean() - slope * a.mean())
    rest = b - intercept - slope * a
    variance = float((rest * rest).sum()) / (len(a) - 2)
    return {
        "slope": slope,
        "intercept": intercept,
        "s": math.sqrt(variance),
        "mean_x": float(a.mean()),
        "sxx": float((da * da).sum()),
        "se_slope": math.sqrt(variance / float((da * da).sum())),
        "r2": 1 - float((rest * rest).sum()) / float(((b - b.mean()) ** 2).sum()),
        "n": len(a),
    }


def ols_band(fit: Mapping[str, Any], at: Sequence[float]) -> dict[str, list[float]]:
    """Return ``line``, ``lower`` and ``upper`` of the mean (95 %) at the places of ``at``.

    Parameters
    ----------
    fit
        What :func:`ols` returned without a reason.
    """
    from scipy.special import stdtrit

    x = np.asarray(at, dtype=float)
    line = fit["intercept"] + fit["slope"] * x
    error = fit["s"] * np.sqrt(1 / fit["n"] + (x - fit["mean_x"]) ** 2 / fit["sxx"])
    half = float(stdtrit(fit["n"] - 2, 0.975)) * error
    return {
        "line": line.tolist(),
        "lower": (line - half).tolist(),
        "upper": (line + half).tolist(),
    }


def lowess(
    x: Sequence[float | None],
    y: Sequence[float | None],
    *,
    frac: float = 2 / 3,
    it: int = 3,
    fewest: int = FEWEST_PAIRS,
) -> dict[str, Any]:
    """Locally weighted line (Cleveland 1979); ``fitted`` in the order of rising ``x``."""
    a, b = complete_pairs(x, y)
    reason = _reason(a, b, fewest)
    if reason:
        return {"reason": reason, "n": len(a)}
    order = np.argsort(a, kind="stable")
    a, b = a[order], b[order]
    n = len(a)
    near = max(2, int(frac * n + 1e-10))
    robust = np.ones(n)
    fitted = np.zeros(n)
    for _ in range(it + 1):
        for i in range(n):
            fitted[i] = _local_line(a, b, robust, a[i], near)
        rest = np.abs(b - fitted)
        scale = 6 * float(np.median(rest))
        if scale == 0:
            break
        ratio = np.clip(rest / scale, 0, 1)
        robust = (1 - ratio**2) ** 2
    return {"x": a.tolist(), "fitted": fitted.tolist(), "n": n}


def _local_line(x: FloatArray, y: FloatArray, robust: FloatArray, at: float, near: int) -> float:
    distance = np.abs(x - at)
    radius = float(np.partition(distance, near - 1)[near - 1])
    weight = np.clip(1 - (distance / max(radius, 1e-12)) ** 3, 0, None) ** 3 * robust
    total = weight.sum()
    if total <= 0:
        return float(y.mean())
    weight = weight / total
    mean_x = float((weight * x).sum())
    spread = float((weight * (x - mean_x) ** 2).sum())
    mean_y = float((weight * y).sum())
    if spread <= (1e-3 * float(np.ptp(x))) ** 2:
        return mean_y
    slope = float((weight * (x - mean_x) * y).sum()) / spread
    return mean_y + slope * (at - mean_x)
