"""How far a value would move by chance alone if circumstances stayed the same.

Full counts are treated as one draw from a process. Wilson (1927) for shares, exact (Garwood
1936) and Byar for counts and rates, Student's t for means; docs/methods.md, uncertainty.
Proportions are fractions, multipliers are applied at the end.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

EXACT_BELOW = 10
"""Counts below this use the exact limits; Byar's lower limit may go negative for tiny counts."""


def z_value(confidence: float) -> float:
    """Return the two-sided normal quantile of a confidence in (0, 1)."""
    if not 0 < confidence < 1:
        raise ValueError("confidence must lie in (0, 1)")
    from scipy.special import ndtri

    return float(ndtri(0.5 + confidence / 2))


def wilson_interval(
    numerators: npt.ArrayLike, denominators: npt.ArrayLike, *, confidence: float = 0.95
) -> tuple[FloatArray, FloatArray]:
    """Wilson score interval of proportions, area by area.

    Parameters
    ----------
    numerators
        Persons with the characteristic, shape ``(n_areas,)``; NaN gives NaN.
    denominators
        Persons at risk, same shape; zero gives NaN.
    confidence
        Coverage in ``(0, 1)``.

    Returns
    -------
    lower, upper
        Fractions in ``[0, 1]``, shape ``(n_areas,)``.

    Raises
    ------
    ValueError
        A count is negative or a numerator exceeds its denominator.

    Notes
    -----
    Wilson (1927), J. Am. Stat. Assoc. 22, 209-212, without continuity correction.

    Examples
    --------
    >>> lower, upper = wilson_interval([81], [263])
    >>> round(float(lower[0]), 4), round(float(upper[0]), 4)
    (0.2553, 0.3662)
    """
    a = np.asarray(numerators, dtype=float)
    n = np.asarray(denominators, dtype=float)
    if np.any(a < 0) or np.any(n < 0) or np.any(a > n):
        raise ValueError("numerators must lie between 0 and their denominators")
    z = z_value(confidence)
    n = np.where(n > 0, n, np.nan)
    p = a / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return np.clip(centre - half, 0.0, p), np.clip(centre + half, p, 1.0)


def byar_interval(
    counts: npt.ArrayLike, *, confidence: float = 0.95
) -> tuple[FloatArray, FloatArray]:
    """Limits of counts: exact below ten, Byar's approximation from ten on.

    Parameters
    ----------
    counts
        Numbers of events, shape ``(n_areas,)``; NaN gives NaN.

    Returns
    -------
    lower, upper
        Expected counts, shape ``(n_areas,)``.

    Raises
    ------
    ValueError
        A count is negative.
    """
    from scipy.special import chdtri

    a = np.asarray(counts, dtype=float)
    if np.any(a < 0):
        raise ValueError("counts must not be negative")
    alpha = 1 - confidence
    with np.errstate(invalid="ignore", divide="ignore"):
        safe = np.where(a > 0, a, 1.0)
        exact_lower = np.where(a > 0, chdtri(2 * safe, 1 - alpha / 2) / 2, 0.0)
        exact_upper = chdtri(2 * a + 2, alpha / 2) / 2
        byar_lower, byar_upper = _byar(safe, z_value(confidence))
    small = a < EXACT_BELOW
    lower = np.where(small, exact_lower, byar_lower)
    upper = np.where(small, exact_upper, byar_upper)
    missing = np.isnan(a)
    return np.where(missing, np.nan, lower), np.where(missing, np.nan, upper)


def _byar(a: Any, z: float) -> tuple[Any, Any]:
    b = a + 1
    lower = a * (1 - 1 / (9 * a) - z / (3 * np.sqrt(a))) ** 3
    upper = b * (1 - 1 / (9 * b) + z / (3 * np.sqrt(b))) ** 3
    return lower, upper


def _missing(*numbers: float | None) -> bool:
    return any(x is None or (isinstance(x, float) and math.isnan(x)) for x in numbers)


def wilson(
    numerator: float | None, denominator: float | None, multiplier: float = 1.0
) -> dict[str, Any]:
    """Share of one area with its 95 % and 99.8 % interval.

    Returns ``value``, ``ci95``, ``ci998``, or a ``reason``: ``na`` for missing parts or an empty
    base, ``error`` for counts that cannot be.
    """
    if _missing(numerator, denominator):
        return {"reason": "na"}
    a, n = float(numerator or 0), float(denominator or 0)
    if a < 0 or n < 0 or a > n:
        return {"reason": "error"}
    if n == 0:
        return {"reason": "na"}
    result: dict[str, Any] = {"value": multiplier * a / n}
    for name, confidence in (("ci95", 0.95), ("ci998", 0.998)):
        lower, upper = wilson_interval([a], [n], confidence=confidence)
        result[name] = [multiplier * float(lower[0]), multiplier * float(upper[0])]
    return result


def byar(count: float, confidence: float = 0.95) -> list[float | None]:
    """Byar's limits of one count; ``None`` for a lower limit that would be negative."""
    if count < 0:
        raise ValueError("counts must not be negative")
    # the lower formula divides by the count, and nothing is below no cases
    lower, upper = _byar(np.float64(max(count, 1e-12)), z_value(confidence))
    return [float(lower) if lower >= 0 else None, float(upper)]


def poisson_rate(
    numerator: float | None, denominator: float | None, multiplier: float = 1.0
) -> dict[str, Any]:
    """Rate of one area with its intervals; exact below ten events, else Byar's."""
    if _missing(numerator, denominator) or not denominator:
        return {"reason": "na"}
    a, n = float(numerator or 0), float(denominator)
    if a < 0 or n < 0:
        return {"reason": "error"}
    result: dict[str, Any] = {
        "value": multiplier * a / n,
        "method": "Exact" if a < EXACT_BELOW else "Byars",
    }
    for name, confidence in (("ci95", 0.95), ("ci998", 0.998)):
        lower, upper = byar_interval([a], confidence=confidence)
        result[name] = [multiplier * float(lower[0]) / n, multiplier * float(upper[0]) / n]
    return result


def mean_t(values: Sequence[float | None]) -> dict[str, Any]:
    """Mean of one area with Student's t intervals; ``too_few`` below two values."""
    known = [float(v) for v in values if v is not None and not math.isnan(v)]
    if len(known) <= 1:
        return {"reason": "too_few"}
    return mean_t_of(len(known), float(np.mean(known)), float(np.std(known, ddof=1)))


def mean_t_of(n: int, mean: float, sd: float) -> dict[str, Any]:
    """As :func:`mean_t`, from number, mean and sample standard deviation."""
    if n <= 1:
        return {"reason": "too_few"}
    from scipy.special import stdtrit

    error = sd / math.sqrt(n)
    result: dict[str, Any] = {"value": mean}
    for name, confidence in (("ci95", 0.95), ("ci998", 0.998)):
        half = float(stdtrit(n - 1, 0.5 + confidence / 2)) * error
        result[name] = [mean - half, mean + half]
    return result
