"""Whether areas are like their neighbours: Moran's I for a town, clusters for its areas.

Chance is judged by conditional permutation: the area keeps its value, its neighbours get those of
other areas. Areas without a value leave the weights before anything is computed; areas without a
neighbour, or exactly at the mean, are never tested. Source: docs/methods.md, relations and space;
Moran (1950), Anselin (1995), Assuncao & Reis (1999).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from domain.comparison import fdr_bh
from domain.neighbours import Links, links_among
from domain.permutation import SEED, neighbour_p_values, permuted_cross_products

FloatArray = npt.NDArray[np.float64]
Neighbours = Sequence[Sequence[int]]

PERMUTATIONS = 9_999
FDR_Q = 0.05
FEWEST_AREAS = 30
FEWEST_FOR_MOMENTS = 4
NO_NEIGHBOURS = "no_neighbours"
NOT_SIGNIFICANT = "not_significant"
NOT_APPLICABLE = "not_applicable"
QUADRANTS = {1: "high_high", 2: "low_high", 3: "low_low", 4: "high_low"}
"""The value of the area first, that of its neighbours second."""


def moran(
    y: npt.ArrayLike,
    neighbours: Neighbours,
    *,
    standardised: bool = True,
    permutations: int = 0,
    seed: int = SEED,
) -> dict[str, Any]:
    """Moran's I of the areas with a value.

    Parameters
    ----------
    y
        Values, shape ``(n_areas,)``; NaN for missing or hidden.
    neighbours
        Positions of the neighbours of every area, counted from 0.
    standardised
        Weights of an area sum to 1; otherwise every neighbour weighs 1.
    permutations
        With more than none, ``p_perm`` (two-sided) is found from so many random orders.

    Returns
    -------
    dict
        ``I``, its expectation ``EI``, variance ``VI_rand`` and ``z_rand`` under randomisation,
        ``n`` and ``n_islands``; or a ``reason`` (``too_few``, ``constant``, ``all_islands``).
        Areas without neighbours count in ``n``, with weights of 0.

    Examples
    --------
    >>> ring = [[(i - 1) % 8, (i + 1) % 8] for i in range(8)]
    >>> round(moran([1, 0, 1, 0, 1, 0, 1, 0], ring)["I"], 9)
    -1.0
    """
    values, known = known_values(y)
    links = links_among(neighbours, known)
    reason = reason_against(values[known], links)
    n = int(known.sum())
    if reason:
        return {"reason": reason, "n": n}
    z = values[known] - values[known].mean()
    weights = 1 / links.degrees[links.sources] if standardised else np.ones(len(links.sources))
    total = float(weights.sum())
    spread = float((z * z).sum())
    cross = float((weights * z[links.sources] * z[links.targets]).sum())
    index = n / total * cross / spread
    expected = -1 / (n - 1)
    variance = _variance(z, links, weights)
    result = {
        "I": index,
        "EI": expected,
        "VI_rand": variance,
        "z_rand": (index - expected) / math.sqrt(variance) if variance > 0 else None,
        "n": n,
        "n_islands": int((links.degrees == 0).sum()),
    }
    if permutations < 1:
        return result
    drawn = permuted_cross_products(z, links, weights, permutations=permutations, seed=seed)
    return {**result, "p_perm": _two_sided(cross, drawn)}


def _variance(z: FloatArray, links: Links, weights: FloatArray) -> float:
    """Variance of I if the values stood in random order (Cliff & Ord 1981)."""
    n = len(z)
    s0 = weights.sum()
    # links stand in rising order of source and target, so the way back is found by bisection
    there = links.sources * n + links.targets
    back = links.targets * n + links.sources
    at = np.minimum(np.searchsorted(there, back), len(there) - 1)
    mutual = float((weights * np.where(there[at] == back, weights[at], 0.0)).sum())
    s1 = (weights**2).sum() + mutual
    rows = np.bincount(links.sources, weights, minlength=n)
    columns = np.bincount(links.targets, weights, minlength=n)
    s2 = ((rows + columns) ** 2).sum()
    kurtosis = (z**4).mean() / (z**2).mean() ** 2
    first = n * ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0**2)
    second = kurtosis * ((n * n - n) * s1 - 2 * n * s2 + 6 * s0**2)
    return float((first - second) / ((n - 1) * (n - 2) * (n - 3) * s0**2) - 1 / (n - 1) ** 2)


def _two_sided(observed: float, drawn: FloatArray) -> float:
    slack = 1e-9 * max(1e-300, float(np.abs(drawn).max()))
    above = int((drawn >= observed - slack).sum())
    below = int((drawn <= observed + slack).sum())
    return min(1.0, 2 * (min(above, below) + 1) / (len(drawn) + 1))


def moran_rate(
    events: npt.ArrayLike, population: npt.ArrayLike, neighbours: Neighbours, **options: Any
) -> dict[str, Any]:
    """Moran's I of rates whose bases differ: rates are first put on a common variance.

    Parameters
    ----------
    events, population
        Cases and persons, shape ``(n_areas,)``; an area with NaN or no persons is left out.
    options
        As for :func:`moran`, whose result this returns.

    Notes
    -----
    Assuncao & Reis (1999), Statistics in Medicine 18, 2147-2162.
    """
    a, n = np.array(events, dtype=float), np.array(population, dtype=float)
    known = ~np.isnan(a) & (n > 0)
    a, n = np.where(known, a, np.nan), np.where(known, n, np.nan)
    total = np.nansum(n)
    if not np.nansum(a) > 0:
        return {"reason": "constant" if known.any() else "too_few", "n": int(known.sum())}
    rates, common = a / n, np.nansum(a) / total
    spread = np.nansum(n * (rates - common) ** 2) / total
    between = spread - common / (total / known.sum())
    variance = between + common / n
    # a negative variance between areas may outweigh that of a large area
    variance = np.where(variance > 0, variance, common / n)
    return moran((rates - common) / np.sqrt(variance), neighbours, **options)


def lisa(
    y: npt.ArrayLike,
    neighbours: Neighbours,
    *,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
    q: float = FDR_Q,
    fewest: int = FEWEST_AREAS,
) -> dict[str, Any]:
    """Clusters and outliers: local Moran's I of every area, row-standardised weights.

    Parameters
    ----------
    y, neighbours
        As for :func:`moran`.
    permutations, seed
        Number of random draws and their seed.
    q
        Bound of the false discovery rate over the areas tested (Benjamini & Hochberg).
    fewest
        Below so many areas with a value there is no map of clusters.

    Returns
    -------
    dict
        Shape ``(n_areas,)`` each: ``I`` (scaled with n - 1), ``quadrant`` (1 high among high, 2
        low among high, 3 low among low, 4 high among low), ``p`` (two-sided, as drawn) and
        ``class``: ``high_high``, ``low_low``, ``high_low``, ``low_high``, ``not_significant``,
        ``no_neighbours`` or ``not_applicable`` (no value). ``islands``, ``n`` and ``n_tested``.
        Or a ``reason`` (``too_few``, ``constant``, ``all_islands``).
    """
    values, known = known_values(y)
    links = links_among(neighbours, known)
    n = int(known.sum())
    reason = "too_few" if n < fewest else reason_against(values[known], links)
    if reason:
        return {"reason": reason, "n": n}
    z = values[known] - values[known].mean()
    z = np.where(np.abs(z) <= _rounding(values[known]), 0.0, z)
    has_neighbours = links.degrees > 0
    lag = links.sums(z) / np.where(has_neighbours, links.degrees, 1)
    local = (n - 1) * z * lag / (z * z).sum()
    tested = has_neighbours & (z != 0)
    p = neighbour_p_values(z, links, tested, permutations=permutations, seed=seed)
    quadrant = np.where(z > 0, np.where(lag > 0, 1, 4), np.where(lag > 0, 2, 3))
    significant = np.zeros(n, dtype=bool)
    significant[tested] = fdr_bh(p[tested].tolist(), q)["reject"]
    words = np.where(has_neighbours, NOT_SIGNIFICANT, NO_NEIGHBOURS).astype(object)
    words[significant] = [QUADRANTS[k] for k in quadrant[significant].tolist()]
    where = np.flatnonzero(known)
    return {
        "I": in_order_of_all(known, np.where(has_neighbours, local, np.nan)),
        "quadrant": [
            None if k is None else int(k)
            for k in in_order_of_all(known, np.where(tested, quadrant, np.nan))
        ],
        "p": in_order_of_all(known, p),
        "class": _classes(known, words.tolist()),
        "islands": where[~has_neighbours].tolist(),
        "n": n,
        "n_tested": int(tested.sum()),
    }


def known_values(y: npt.ArrayLike) -> tuple[FloatArray, npt.NDArray[np.bool_]]:
    """Return the values as an array and which of them are known."""
    values = np.array(y, dtype=float)
    return values, ~np.isnan(values)


def reason_against(x: FloatArray, links: Links) -> str | None:
    """Return why the known values allow no statistic of neighbours, or None."""
    if len(x) < FEWEST_FOR_MOMENTS:
        return "too_few"
    if np.ptp(x) == 0:
        return "constant"
    return "all_islands" if not len(links.sources) else None


def in_order_of_all(known: npt.NDArray[np.bool_], values: npt.ArrayLike) -> list[float | None]:
    """Return values of the known areas in the order of all, None for NaN and for the others."""
    wide = np.full(len(known), np.nan)
    wide[known] = values
    return [None if math.isnan(v) else v for v in wide.tolist()]


def _rounding(values: FloatArray) -> float:
    """Return how far an area may seem off the mean by the rounding of sums alone."""
    return 1e-12 * float(np.abs(values).max())


def _classes(known: npt.NDArray[np.bool_], words: list[str]) -> list[str]:
    given = iter(words)
    return [next(given) if k else NOT_APPLICABLE for k in known.tolist()]
