"""One number of several indicators: z-values, ranks, classes, and how much hangs on the choice.

OECD/JRC Handbook on composite indicators (2008), Noble et al. (Scottish Indices of Deprivation
2003), Berlin's Monitoring Soziale Stadtentwicklung; docs/methods.md, social index. High is always
high burden, rank 1 is the highest burden.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from domain.model import Polarity

FloatArray = npt.NDArray[np.float64]
Table = Sequence[Sequence[float | None]]

LEAST_RESIDENTS = 300
"""Areas with fewer residents are left out of an index."""

MOST_MISSING = 1 / 3
"""Share of the weight that may be missing before an area has no index."""

FEWEST_TO_DROP = 3
IMD_CONSTANT = 23.0
GEOMETRIC_LEAST = 0.01

STATUS_CUTS = ((-1.0, "hoch"), (1.0, "mittel"), (1.5, "niedrig"), (math.inf, "sehr niedrig"))
"""Upper ends of the burden, in standard deviations, and the status they stand for."""

_EDGE = 1e-12


def z_index(
    table: Table,
    *,
    weights: Sequence[float] | None = None,
    population: Sequence[float] | None = None,
    polarity: Sequence[Polarity] | None = None,
) -> dict[str, Any]:
    """Index from standardised indicators.

    Parameters
    ----------
    table
        Indicators of each area, shape ``(n_areas, n_indicators)``; None is missing.
    weights
        Weight of each indicator; equal unless given.
    population
        Persons of each area, if mean and deviation are to be those of persons, not of areas.
    polarity
        Indicators of low burden are turned.

    Returns
    -------
    dict
        ``z`` (None where missing), ``index`` (None for an area that misses more than a third of
        the weight), ``rank``, ``renormalised`` (positions of areas with a part missing) and
        ``constant`` (positions of indicators that do not vary: z = 0); ``warning``
        ``constant_indicator`` where there are such.
    """
    z, constant = _standardised(_numbers(table), population, polarity)
    share = _weights(z.shape[1], weights)
    index = _weighted_mean(z, share)
    known = ~np.isnan(z)
    result = {
        "z": [_list(row) for row in z],
        "index": _list(index),
        "rank": _ranks(index),
        "renormalised": np.flatnonzero(~known.all(axis=1) & ~np.isnan(index)).tolist(),
        "constant": constant,
    }
    return {**result, "warning": "constant_indicator"} if constant else result


def drop_one(z: Table, weights: Sequence[float] | None = None) -> dict[str, Any]:
    """Ranks an area would have if any one indicator were left out.

    Parameters
    ----------
    z
        Standardised indicators, shape ``(n_areas, n_indicators)``.

    Returns
    -------
    dict
        ``rank_min`` and ``rank_max``, shape ``(n_areas,)``; ``reason`` ``too_few`` below three
        indicators.
    """
    values = _numbers(z)
    m = values.shape[1]
    if m < FEWEST_TO_DROP:
        return {"reason": "too_few"}
    share = _weights(m, weights)
    found = []
    for left_out in range(m):
        kept = [j for j in range(m) if j != left_out]
        found.append(_ranks(_weighted_mean(values[:, kept], share[kept])))
    known = [[r for r in ranks if r is not None] for ranks in zip(*found, strict=True)]
    return {
        "rank_min": [min(r) if r else None for r in known],
        "rank_max": [max(r) if r else None for r in known],
    }


def minmax_geometric(table: Table, weights: Sequence[float] | None = None) -> dict[str, Any]:
    """Geometric mean of indicators stretched to 0.01 … 1: bad and good do not make up as easily.

    Returns ``index`` and ``rank``; an area with a missing indicator has none.
    """
    values = _numbers(table)
    known = ~np.isnan(values)
    low = np.where(known, values, np.inf).min(axis=0)
    high = np.where(known, values, -np.inf).max(axis=0)
    spread = np.where(high > low, high - low, 1.0)
    stretched = GEOMETRIC_LEAST + (1 - GEOMETRIC_LEAST) * (values - low) / spread
    index = np.exp(np.log(stretched) @ _weights(values.shape[1], weights))
    return {"index": _list(index), "rank": _ranks(index)}


def rank_share(values: Sequence[float | None]) -> list[float | None]:
    """Return rank / N of each area, 1 for the highest burden; ties share their mean rank."""
    from scipy.stats import rankdata

    y = np.array(values, dtype=float)
    known = ~np.isnan(y)
    shares = np.full(len(y), np.nan)
    shares[known] = rankdata(y[known]) / max(int(known.sum()), 1)
    return _list(shares)


def imd_exponential(shares: Sequence[float | None]) -> list[float | None]:
    """Stretch ranks so that one bad domain is hardly made up for by a good one.

    Parameters
    ----------
    shares
        Rank / N of each area in a domain, above 0 to 1 (most deprived).

    Returns
    -------
    list
        Scores above 0 to 100; a tenth of the areas is above 50.

    Examples
    --------
    >>> imd_exponential([1.0])
    [100.0]
    """
    r = np.array(shares, dtype=float)
    if np.any(r <= 0) or np.any(r > 1):
        raise ValueError("a rank share lies above 0 and at most at 1")
    x = -IMD_CONSTANT * np.log(1 - r * (1 - math.exp(-100 / IMD_CONSTANT)))
    return _list(np.round(x, 12))


def combined(domain_scores: Sequence[float], weights: Sequence[float]) -> float:
    """Return the weighted mean of the domain scores of one area."""
    share = _weights(len(domain_scores), weights)
    return float(np.asarray(domain_scores, dtype=float) @ share)


def mss_class(
    burden: Sequence[float | None], cuts: Sequence[tuple[float, str]] = STATUS_CUTS
) -> list[str | None]:
    """Return the status class of a standardised burden, None for a missing one.

    Below the first end is the first class, every other class holds its upper end.
    """
    return [None if b is None or math.isnan(b) else _status(b, cuts) for b in burden]


def _status(burden: float, cuts: Sequence[tuple[float, str]]) -> str:
    first, rest = cuts[0], cuts[1:]
    if burden < first[0] - _EDGE:
        return first[1]
    return next(word for end, word in rest if burden <= end + _EDGE)


def in_index(residents: Sequence[float | None], least: float = LEAST_RESIDENTS) -> list[bool]:
    """Return which areas have enough residents for the index; unknown ones have not."""
    return [r is not None and r >= least for r in residents]


def missing_component(weights: Sequence[float], present: Sequence[bool]) -> str:
    """Return ``ok``, ``renormalised`` or ``na``, by how much weight of an area is missing."""
    missing = sum(w for w, there in zip(weights, present, strict=True) if not there)
    if missing > (MOST_MISSING + _EDGE) * sum(weights):
        return "na"
    return "renormalised" if missing > 0 else "ok"


def _numbers(table: Table) -> FloatArray:
    return np.array(table, dtype=float).reshape(len(table), -1)


def _weights(m: int, weights: Sequence[float] | None) -> FloatArray:
    share = np.ones(m) if weights is None else np.asarray(weights, dtype=float)
    if len(share) != m or np.any(share < 0) or share.sum() <= 0:
        raise ValueError("every indicator needs a weight that is not negative")
    whole: FloatArray = share / share.sum()
    return whole


def _standardised(
    x: FloatArray, population: Sequence[float] | None, polarity: Sequence[Polarity] | None
) -> tuple[FloatArray, list[int]]:
    persons = np.ones(len(x)) if population is None else np.asarray(population, dtype=float)
    share = np.where(np.isnan(x), 0.0, persons[:, None])
    share = share / np.maximum(share.sum(axis=0), _EDGE)
    filled = np.nan_to_num(x)
    centre = (share * filled).sum(axis=0)
    spread = np.sqrt((share * (filled - centre) ** 2).sum(axis=0))
    flat = spread <= _EDGE * np.maximum(1.0, np.abs(centre))
    z = (x - centre) / np.where(flat, 1.0, spread)
    z = np.where(flat & ~np.isnan(x), 0.0, z)
    turned = [-1.0 if p is Polarity.LOW_BURDEN else 1.0 for p in polarity or ()] or 1.0
    return z * np.array(turned) + 0.0, np.flatnonzero(flat).tolist()


def _weighted_mean(z: FloatArray, share: FloatArray) -> FloatArray:
    """Mean over the known indicators, NaN where more than a third of the weight is missing."""
    there = np.where(np.isnan(z), 0.0, share)
    weight = there.sum(axis=1)
    enough = weight >= (1 - MOST_MISSING - _EDGE) * share.sum()
    mean: FloatArray = (there * np.nan_to_num(z)).sum(axis=1) / np.where(enough, weight, np.nan)
    return mean


def _ranks(index: FloatArray) -> list[int | None]:
    """Rank 1 is the highest; equal ones share the better rank. Rounding makes no difference."""
    rounded = np.round(index, 10)
    return [None if math.isnan(v) else 1 + int((rounded > v).sum()) for v in rounded]


def _list(numbers: FloatArray) -> list[float | None]:
    """Return a list with None instead of NaN."""
    return [None if math.isnan(v) else float(v) for v in numbers]
