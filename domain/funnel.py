"""How far areas of a given size stray by chance around what all of them have in common.

Limits narrow as areas grow. Social indicators usually differ by more than chance, so the limits
can be widened by the overdispersion found (Spiegelhalter 2005), and a reader is told so.
Source: docs/methods.md, funnel plot.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from domain.intervals import z_value

FloatArray = npt.NDArray[np.float64]

LEVELS = (("95", 0.95), ("998", 0.998))
WINSOR = 0.1
FEWEST_AREAS = 20
NOT_SIGNIFICANT = "Not significant"
LABELS = {
    -2: "Low (0.001)",
    -1: "Low (0.025)",
    0: NOT_SIGNIFICANT,
    1: "High (0.025)",
    2: "High (0.001)",
}
"""Labels of the English public health service, by the probability of one tail."""


def funnel_limits(
    p0: float, denominators: npt.ArrayLike, *, overdispersion: float = 1.0
) -> dict[str, list[float | None]]:
    """Limits of shares around a common share.

    Parameters
    ----------
    p0
        Common share, a fraction.
    denominators
        Sizes of areas, shape ``(n,)``; zero or NaN gives ``None``.
    overdispersion
        ``phi`` by which the variance exceeds chance; below 1 it counts as 1.

    Returns
    -------
    dict
        ``lower95``, ``upper95``, ``lower998``, ``upper998`` in percent, within 0 and 100.

    Raises
    ------
    ValueError
        ``p0`` is no fraction.

    Examples
    --------
    >>> [round(v, 2) for v in funnel_limits(0.2, [100, 400])["upper95"]]
    [27.84, 23.92]
    """
    if not 0 <= p0 <= 1:
        raise ValueError("p0 must be a fraction")
    limits = _share_limits(p0, _sizes(denominators), overdispersion)
    return {name: _plain(100 * values) for name, values in limits.items()}


def ratio_limits(
    expected: npt.ArrayLike, *, overdispersion: float = 1.0
) -> dict[str, list[float | None]]:
    """Limits of observed over expected cases around 1, the exact ones of a Poisson count.

    Parameters
    ----------
    expected
        Expected cases of areas, shape ``(n,)``; zero or NaN gives ``None``.
    overdispersion
        As for :func:`funnel_limits`.

    Returns
    -------
    dict
        As :func:`funnel_limits`, as ratios. A count beyond them is one whose exact interval
        does not hold the expected cases.
    """
    limits = _ratio_limits(_sizes(expected), overdispersion)
    return {name: _plain(values) for name, values in limits.items()}


def funnel_label(
    numerators: npt.ArrayLike,
    denominators: npt.ArrayLike,
    p0: float | None = None,
    *,
    overdispersion: float = 1.0,
) -> list[str | None]:
    """Tell which shares lie beyond the limits.

    Parameters
    ----------
    numerators, denominators
        Parts of the shares, shape ``(n_areas,)``; NaN for hidden or missing.
    p0
        Common share; the pooled share of the areas known if left out.

    Returns
    -------
    list
        ``Low (0.001)``, ``Low (0.025)``, ``Not significant``, ``High (0.025)``,
        ``High (0.001)``, or ``None`` for areas not known.
    """
    a, n = _known(numerators, denominators)
    if p0 is None:
        p0 = pooled(numerators, denominators)
    if p0 is None:
        return [None] * len(a)
    return _labels(a / n, _share_limits(p0, n, overdispersion))


def funnel_ratio_label(
    observed: npt.ArrayLike, expected: npt.ArrayLike, *, overdispersion: float = 1.0
) -> list[str | None]:
    """Tell which counts lie beyond the limits of their expected cases; as :func:`funnel_label`."""
    counts, due = _known(observed, expected)
    return _labels(counts / due, _ratio_limits(due, overdispersion))


def pooled(numerators: npt.ArrayLike, denominators: npt.ArrayLike) -> float | None:
    """Return the common share or rate of the areas known, None if there are none."""
    a, n = _known(numerators, denominators)
    known = ~np.isnan(a)
    return float(a[known].sum() / n[known].sum()) if known.any() else None


def phi(
    numerators: npt.ArrayLike,
    denominators: npt.ArrayLike,
    p0: float | None = None,
    winsor: float = WINSOR,
) -> dict[str, Any]:
    """Overdispersion of shares: how many times chance their variance is.

    Parameters
    ----------
    numerators, denominators, p0
        As for :func:`funnel_label`.
    winsor
        Share of the areas at either end whose scores are drawn in, so that a few outliers do not
        widen the limits that should show them.

    Returns
    -------
    dict
        ``phi`` and ``n``; or a ``reason``: ``too_few`` below 20 areas, ``no_variance`` for a
        common share of 0 or 1.
    """
    a, n = _known(numerators, denominators)
    common = pooled(a, n) if p0 is None else p0
    if common is not None and common * (1 - common) <= 0:
        return {"reason": "no_variance", "n": int((~np.isnan(a)).sum())}
    centre = math.nan if common is None else common
    return _overdispersion((a / n - centre) / np.sqrt(centre * (1 - centre) / n), winsor)


def ratio_phi(
    observed: npt.ArrayLike, expected: npt.ArrayLike, winsor: float = WINSOR
) -> dict[str, Any]:
    """Overdispersion of counts around their expected cases; as :func:`phi`."""
    counts, due = _known(observed, expected)
    return _overdispersion((counts - due) / np.sqrt(due), winsor)


def _overdispersion(scores: FloatArray, winsor: float) -> dict[str, Any]:
    scores = scores[~np.isnan(scores)]
    if len(scores) < FEWEST_AREAS:
        return {"reason": "too_few", "n": len(scores)}
    low, high = np.quantile(scores, [winsor, 1 - winsor])
    return {"phi": float((np.clip(scores, low, high) ** 2).mean()), "n": len(scores)}


def _share_limits(p0: float, n: FloatArray, overdispersion: float) -> dict[str, FloatArray]:
    spread = np.sqrt(max(1.0, overdispersion) * p0 * (1 - p0) / n)
    limits = {}
    for name, confidence in LEVELS:
        half = z_value(confidence) * spread
        limits[f"lower{name}"] = np.clip(p0 - half, 0, 1)
        limits[f"upper{name}"] = np.clip(p0 + half, 0, 1)
    return limits


def _ratio_limits(expected: FloatArray, overdispersion: float) -> dict[str, FloatArray]:
    from scipy.special import pdtrik

    widened = math.sqrt(max(1.0, overdispersion))
    known = ~np.isnan(expected)
    due = np.where(known, expected, 1.0)
    limits = {}
    for name, confidence in LEVELS:
        tail = (1 - confidence) / 2
        # the count whose exact upper limit is the expected number; none if even 0 would do
        low = np.where(np.exp(-due) < tail, pdtrik(tail, due), 0.0)
        high = 1 + np.maximum(pdtrik(1 - tail, due), -1)
        for side, count in (("lower", low), ("upper", high)):
            ratio = np.where(known, 1 + widened * (count / due - 1), np.nan)
            limits[side + name] = np.maximum(ratio, 0.0)
    return limits


def _labels(values: FloatArray, limits: dict[str, FloatArray]) -> list[str | None]:
    with np.errstate(invalid="ignore"):
        beyond = sum(
            (values > limits[f"upper{name}"]).astype(int) - (values < limits[f"lower{name}"])
            for name, _ in LEVELS
        )
    return [
        None if math.isnan(value) else LABELS[int(side)]
        for value, side in zip(values.tolist(), np.asarray(beyond).tolist(), strict=True)
    ]


def _sizes(denominators: npt.ArrayLike) -> FloatArray:
    sizes = np.array(denominators, dtype=float)
    return np.where(sizes > 0, sizes, np.nan)


def _known(numerators: npt.ArrayLike, denominators: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return both parts, NaN in both where one is not known."""
    a, n = np.array(numerators, dtype=float), _sizes(denominators)
    unknown = np.isnan(a) | np.isnan(n)
    return np.where(unknown, np.nan, a), np.where(unknown, np.nan, n)


def _plain(values: Sequence[float] | FloatArray) -> list[float | None]:
    return [None if math.isnan(v) else float(v) for v in values]
