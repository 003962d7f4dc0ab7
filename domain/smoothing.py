"""Steadier values for a map: each area leans on the others as far as its own base is small.

Empirical Bayes after Marshall (1991) for rates and Martuzzi & Elliott (1996) for shares. A display
aid only: never in tables, exports, allocation, change or tests. Hidden and missing areas are left
out before anything is computed, for a smoothed value can be turned back into what it came from.
Source: docs/methods.md, smoothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
Neighbours = Sequence[Sequence[int]]


def eb_global(events: npt.ArrayLike, population: npt.ArrayLike) -> dict[str, Any]:
    """Smooth rates towards the rate of all areas.

    Parameters
    ----------
    events, population
        Cases and persons (or person-years), shape ``(n_areas,)``. Areas with NaN, or without
        persons, are left out and stay unknown.

    Returns
    -------
    dict
        ``smoothed`` and ``rho`` (weight of the area's own rate), shape ``(n_areas,)`` with
        ``None`` for unknown areas; ``a`` (variance between areas, 0 if the estimate is negative)
        and ``b`` (rate of all). ``reason`` is ``no_variance`` if all areas get ``b``, ``na`` if
        no area is known.

    Raises
    ------
    ValueError
        A count is negative.

    Examples
    --------
    >>> eb_global([2, 3, 2, 3, 2], [100, 140, 100, 140, 100])["reason"]
    'no_variance'
    """
    return _towards_all(events, population, lambda b: b)


def eb_share(events: npt.ArrayLike, population: npt.ArrayLike) -> dict[str, Any]:
    """Smooth shares towards the share of all areas; as :func:`eb_global`, of a binomial.

    Raises
    ------
    ValueError
        A count is negative or exceeds its denominator.
    """
    a, n = _counts(events, population)
    if np.any(a > n):
        raise ValueError("events of a share must not exceed its denominator")
    return _towards_all(a, n, lambda b: b * (1 - b), is_share=True)


def _towards_all(
    events: npt.ArrayLike, population: npt.ArrayLike, variance_of_one: Any, is_share: bool = False
) -> dict[str, Any]:
    a, n = _counts(events, population)
    known = ~np.isnan(a)
    if not known.any():
        nothing = [None] * len(a)
        return {"smoothed": nothing, "rho": nothing, "a": None, "b": None, "reason": "na"}
    total = n[known].sum()
    rates = a / n
    b = float(a[known].sum() / total)
    spread = float((n[known] * (rates[known] - b) ** 2).sum() / total)
    chance = variance_of_one(b)
    between = max(0.0, spread - chance / float(n[known].mean()))
    within = (chance - spread if is_share else chance) / n
    rho = between / (between + within) if between > 0 else np.where(known, 0.0, np.nan)
    result = {"smoothed": _plain(b + rho * (rates - b)), "rho": _plain(rho), "a": between, "b": b}
    return result if between > 0 else {**result, "reason": "no_variance"}


def eb_spatial(
    events: npt.ArrayLike, population: npt.ArrayLike, neighbours: Neighbours
) -> dict[str, Any]:
    """Smooth rates towards the rate of each area's neighbourhood, the area included.

    Parameters
    ----------
    events, population
        As for :func:`eb_global`.
    neighbours
        Positions of the neighbours of every area, counted from 0. Unknown neighbours are left
        out; an area without a known neighbour keeps its own rate.

    Returns
    -------
    dict
        ``smoothed``, ``rho``, ``b`` (rate of the neighbourhood) and ``a`` (variance within it,
        0 if the estimate is negative), shape ``(n_areas,)`` each.

    Raises
    ------
    ValueError
        A count is negative, or the neighbours are not those of the areas.
    """
    a, n = _counts(events, population)
    if len(neighbours) != len(a):
        raise ValueError("neighbours and areas differ in number")
    known = ~np.isnan(a)
    rates = a / n
    local_rate = np.full(len(a), np.nan)
    between = np.full(len(a), np.nan)
    for i in np.flatnonzero(known).tolist():
        around = np.array([i, *(j for j in neighbours[i] if j != i and known[j])])
        persons = n[around]
        local_rate[i] = a[around].sum() / persons.sum()
        spread = (persons * (rates[around] - local_rate[i]) ** 2).sum() / persons.sum()
        between[i] = max(0.0, spread - local_rate[i] / persons.mean())
    within = local_rate / n
    with np.errstate(invalid="ignore"):
        # no case in a whole neighbourhood: nothing varies, the rate of the neighbourhood holds
        rho = np.where(between > 0, between / (between + within), np.where(known, 0.0, np.nan))
    smoothed = local_rate + rho * (rates - local_rate)
    return {
        "smoothed": _plain(smoothed),
        "rho": _plain(rho),
        "a": _plain(between),
        "b": _plain(local_rate),
    }


def excess_risk(events: npt.ArrayLike, population: npt.ArrayLike) -> list[float | None]:
    """Cases of each area over those expected at the rate of all areas, 1 = as expected.

    Parameters
    ----------
    events, population
        As for :func:`eb_global`.

    Returns
    -------
    list
        Ratios, shape ``(n_areas,)``; ``None`` for unknown areas and where there are no cases at
        all.
    """
    a, n = _counts(events, population)
    known = ~np.isnan(a)
    cases = a[known].sum()
    if not cases > 0:
        return [None] * len(a)
    return _plain(a / (n * (cases / n[known].sum())))


def _counts(events: npt.ArrayLike, population: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return both as arrays in which an area is known wholly or NaN in both."""
    a = np.array(events, dtype=float)
    n = np.array(population, dtype=float)
    if a.shape != n.shape or a.ndim != 1:
        raise ValueError("events and population must be of one length")
    if np.any(a < 0) or np.any(n < 0):
        raise ValueError("counts must not be negative")
    unknown = np.isnan(a) | np.isnan(n) | (n == 0)
    a[unknown] = np.nan
    n[unknown] = np.nan
    return a, n


def _plain(values: FloatArray) -> list[float | None]:
    return [None if np.isnan(v) else float(v) for v in values]
