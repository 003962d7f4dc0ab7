"""How unevenly something is spread over areas: segregation, inequality, gradients.

Duncan & Duncan (1955), Theil (1967), Atkinson (1970), World Bank Technical Note 7 (concentration
index), the English public health guidance (slope index); docs/methods.md, inequality. Segregation
rises by chance alone where areas are small: compare within one level, never across levels.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

FEWEST_GROUPS = 5
"""A gradient needs so many groups."""

Given = Sequence[float | None]


def _without_missing(*columns: Given) -> list[FloatArray]:
    table = np.array(columns, dtype=float)
    kept: FloatArray = table[:, ~np.isnan(table).any(axis=0)]
    return list(kept)


def _known(y: Given) -> FloatArray:
    (values,) = _without_missing(y)
    if np.any(values < 0):
        raise ValueError("inequality is measured of amounts that are not negative")
    return values


def dissimilarity(group: Given, total: Given) -> dict[str, Any]:
    """Segregation of a group from the rest of the population.

    Parameters
    ----------
    group, total
        Persons of the group and all persons, shape ``(n_areas,)``; an area in which either is
        missing is left out.

    Returns
    -------
    dict
        ``D`` (share of the group that would have to move), ``isolation`` and ``interaction``
        (chance that a neighbour is of the group or not), ``gini_segregation``; ``reason``
        ``empty_group`` where the group or the rest is empty.

    Raises
    ------
    ValueError
        An area has a negative count or more persons of the group than persons.
    """
    a, t = _without_missing(group, total)
    if np.any(a < 0) or np.any(a > t):
        raise ValueError("the group must be a part of the total")
    a, t = a[t > 0], t[t > 0]
    members, persons = float(a.sum()), float(t.sum())
    if members in (0, persons):
        return {"reason": "empty_group"}
    isolation = float((a / members * (a / t)).sum())
    return {
        "D": float(np.abs(a / members - (t - a) / (persons - members)).sum()) / 2,
        "isolation": isolation,
        "interaction": 1 - isolation,
        "gini_segregation": _gini_of_shares(a, t),
    }


def _gini_of_shares(a: FloatArray, t: FloatArray) -> float:
    share = a / t
    apart = np.abs(share[:, None] - share[None, :]) * t[:, None] * t[None, :]
    whole = float(a.sum() / t.sum())
    return float(apart.sum() / (2 * t.sum() ** 2 * whole * (1 - whole)))


def gini(y: Given) -> dict[str, Any]:
    """Gini coefficient, 0 for equal amounts; ``reason`` ``zero_mean`` where there is nothing.

    Examples
    --------
    >>> gini([1.0, 1.0, 1.0])["gini"], gini([0.0, 0.0, 3.0])["gini"]
    (0.0, 0.6666666666666666)
    """
    values = np.sort(_known(y))
    if not len(values) or values.sum() == 0:
        return {"reason": "zero_mean"}
    n = len(values)
    # the sum of all absolute differences of sorted values, without an n x n table
    apart = 2 * float(((2 * np.arange(1, n + 1) - n - 1) * values).sum())
    return {"gini": apart / (2 * n * n * float(values.mean()))}


def theil(y: Given, regime: Sequence[Hashable] | None = None) -> dict[str, Any]:
    """Theil's T, and how much of it lies between and within groups of areas.

    Parameters
    ----------
    regime
        Group of each area, shape ``(n_areas,)``.

    Returns
    -------
    dict
        ``theil``; with groups also ``between`` and ``within``, which add up to it.
    """
    values = _known(y)
    if not len(values) or values.sum() == 0:
        return {"reason": "zero_mean"}
    mean = float(values.mean())
    whole = float(_x_log_x(values / mean).mean())
    if regime is None:
        return {"theil": whole}
    between = 0.0
    known = [g for g, v in zip(regime, y, strict=True) if v is not None and not math.isnan(v)]
    for name in set(known):
        members = values[[g == name for g in known]]
        ratio = float(members.mean()) / mean
        between += len(members) / len(values) * float(_x_log_x(np.array([ratio]))[0])
    return {"theil": whole, "between": between, "within": whole - between}


def _x_log_x(x: FloatArray) -> FloatArray:
    return x * np.log(np.where(x > 0, x, 1.0))


def atkinson(y: Given, epsilon: float) -> dict[str, Any]:
    """Atkinson's index ``A``: the share that could be given up if all had the same.

    Parameters
    ----------
    epsilon
        Aversion to inequality, above 0; 1 uses the geometric mean.
    """
    if epsilon <= 0:
        raise ValueError("epsilon must be positive")
    values = _known(y)
    if not len(values) or values.sum() == 0:
        return {"reason": "zero_mean"}
    if epsilon >= 1 and np.any(values == 0):
        return {"A": 1.0}
    relative = values / values.mean()
    if epsilon == 1:
        return {"A": 1 - float(np.exp(np.log(relative).mean()))}
    power = 1 - epsilon
    return {"A": 1 - float((relative**power).mean()) ** (1 / power)}


def concentration_index(population: Given, rate: Given) -> dict[str, Any]:
    """Concentration of cases over groups ordered from the poorest to the richest.

    Parameters
    ----------
    population, rate
        Persons and cases per person (in any unit) of each group, shape ``(n_groups,)``.

    Returns
    -------
    dict
        ``concentration_index`` in ``[-1, 1]``: below 0 where the poor carry more than their
        share. That of a bounded variable depends on its mean.
    """
    persons, rates = _without_missing(population, rate)
    cases = persons * rates
    if not len(cases) or cases.sum() == 0:
        return {"reason": "zero_mean"}
    p, share = np.cumsum(persons) / persons.sum(), np.cumsum(cases) / cases.sum()
    return {"concentration_index": float((p[:-1] * share[1:] - p[1:] * share[:-1]).sum())}


def sii(population: Given, value: Given) -> dict[str, Any]:
    """Slope and relative index of inequality over groups, most deprived first.

    Returns
    -------
    dict
        ``sii`` (slope over the whole population), ``rii`` (value at the end through value at the
        start) and ``intercept``; ``reason`` ``too_few`` below five groups.

    Notes
    -----
    Least squares of the value on the population's middle rank, weighted by the share of persons.
    """
    persons, values = _without_missing(population, value)
    if len(persons) < FEWEST_GROUPS:
        return {"reason": "too_few"}
    share = persons / persons.sum()
    rank = np.cumsum(share) - share / 2
    off = rank - (share * rank).sum()
    slope = float((share * off * values).sum() / (share * off * off).sum())
    intercept = float((share * values).sum() - slope * (share * rank).sum())
    ratio = None if intercept == 0 else (intercept + slope) / intercept
    return {"sii": slope, "rii": ratio, "intercept": intercept}
