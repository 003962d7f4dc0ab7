"""Classes of a map: breaks, assignment, goodness. All classes are closed on the right.

Breaks are upper bounds; class ``i`` holds ``b[i-1] < y <= b[i]``, as in mapclassify. Missing
values are taken out first. Source: docs/methods.md, classification; Fisher (1958), Jenks &
Caspall (1971), Jiang (2013).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

FEWEST, MOST = 3, 7
"""A map has three to seven classes; five is the default."""

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def shown_values(values: Iterable[float | None]) -> FloatArray:
    """Return the sorted numbers without missing ones, shape ``(n_shown,)``."""
    numbers = np.array([v for v in values if v is not None], dtype=float)
    return np.sort(numbers[~np.isnan(numbers)])


def equal_interval(values: Iterable[float | None], k: int = 5) -> list[float]:
    """Classes of equal width."""
    y = shown_values(values)
    if not len(y):
        return []
    low, high = float(y[0]), float(y[-1])
    if low == high:
        return [high]
    return [low + (high - low) * (i + 1) / k for i in range(k)]


def quantiles(values: Iterable[float | None], k: int = 5) -> list[float]:
    """Classes with about equally many areas; ties make the counts uneven."""
    y = shown_values(values)
    if not len(y):
        return []
    return sorted({float(b) for b in np.quantile(y, [(i + 1) / k for i in range(k)])})


def std_mean(values: Iterable[float | None]) -> list[float]:
    """Classes at one and two standard deviations (sample) around the mean."""
    y = shown_values(values)
    if len(y) <= 1:
        return [float(v) for v in y]
    mean, spread = float(y.mean()), float(y.std(ddof=1))
    bounds = [mean + m * spread for m in (-2, -1, 1, 2)]
    return [b for b in bounds if b < y[-1]] + [float(y[-1])]


def head_tail(values: Iterable[float | None]) -> list[float]:
    """Return the means of ever smaller heads as breaks, for very skewed counts (Jiang 2013)."""
    y = shown_values(values)
    bounds: list[float] = []
    head = y
    while len(head) > 1:
        mean = float(head.mean())
        bounds.append(mean)
        head = head[head > mean]
    return bounds


def pretty(values: Iterable[float | None], k: int = 5) -> list[float]:
    """Classes with round limits that cover all values; about ``k``, never more than seven."""
    y = shown_values(values)
    if not len(y):
        return []
    low, high = float(y[0]), float(y[-1])
    if low == high:
        return [high]
    bounds: list[float] = []
    for wanted in range(k, 0, -1):
        step = _round_step((high - low) / wanted)
        first = math.floor(low / step + 1e-9)
        last = math.ceil(high / step - 1e-9)
        bounds = [round(step * i, 12) for i in range(first + 1, last + 1)]
        if len(bounds) <= max(k, MOST):
            break
    return bounds


def _round_step(width: float) -> float:
    power = 10.0 ** math.floor(math.log10(width))
    return min((m * power for m in _STEPS), key=lambda s: abs(math.log(s / width)))


def fisher_jenks(values: Iterable[float | None], k: int = 5) -> list[float]:
    """Classes with the least variance within (Fisher 1958), by dynamic programming."""
    y = shown_values(values)
    distinct = np.unique(y)
    if len(distinct) <= k:
        return [float(v) for v in distinct]
    n = len(y)
    total = np.concatenate([[0.0], np.cumsum(y)])
    square = np.concatenate([[0.0], np.cumsum(y * y)])
    starts = np.arange(n)

    def spread(first: Any, last: int) -> Any:
        count = last - first
        return square[last] - square[first] - (total[last] - total[first]) ** 2 / count

    best = np.array([0.0] + [float(spread(0, j)) for j in range(1, n + 1)])
    origin = np.zeros((k, n + 1), dtype=int)
    for group in range(1, k):
        fresh = np.full(n + 1, np.inf)
        for last in range(group + 1, n + 1):
            first = starts[group:last]
            cost = best[first] + spread(first, last)
            choice = int(np.argmin(cost))
            fresh[last], origin[group, last] = float(cost[choice]), int(first[choice])
        best = fresh
    bounds, last = [], n
    for group in range(k - 1, -1, -1):
        bounds.append(float(y[last - 1]))
        last = int(origin[group, last])
    return sorted(bounds)


METHODS = {
    "equal": equal_interval,
    "quantiles": quantiles,
    "pretty": pretty,
    "fisher_jenks": fisher_jenks,
}


def classify(values: Iterable[float | None], method: str, k: int = 5) -> dict[str, Any]:
    """Return ``upper_bounds`` and ``counts`` of a method; never more classes than values."""
    y = shown_values(values)
    distinct = len(np.unique(y))
    if distinct == 0:
        return {"upper_bounds": [], "counts": [], "reason": "empty"}
    if distinct == 1:
        return {"upper_bounds": [float(y[0])], "counts": [len(y)], "reason": "constant"}
    bounds = METHODS[method](y.tolist(), min(k, distinct))
    result: dict[str, Any] = {"upper_bounds": bounds, "counts": class_counts(y, bounds)}
    if distinct < k:
        result["reason"] = "fewer_classes"
    return result


def fixed_over_years(
    years: Mapping[str, Sequence[float | None]], method: str, k: int = 5
) -> dict[str, Any]:
    """Make classes once from the values of all years, so that maps compare over time.

    Returns ``upper_bounds`` and ``class``: year → class of each area, ``None`` for missing.

    Examples
    --------
    >>> fixed_over_years({"2020": [1.0, 2.0], "2021": [4.0, None]}, "equal", 3)["class"]
    {'2020': [0, 0], '2021': [2, None]}
    """
    pooled = [v for values in years.values() for v in values]
    bounds = classify(pooled, method, k)["upper_bounds"]
    return {"upper_bounds": bounds, "class": {y: assign(v, bounds) for y, v in years.items()}}


def class_counts(values: Iterable[float | None], breaks: Sequence[float]) -> list[int]:
    """Return how many values each class holds; values above the last bound count there."""
    positions = positions_of(values, breaks)
    return [int(n) for n in np.bincount(positions[positions >= 0], minlength=len(breaks))]


def assign(values: Iterable[float | None], breaks: Sequence[float]) -> list[int | None]:
    """Return the class of each value, ``None`` for missing; the last class is open."""
    return [None if p < 0 else p for p in positions_of(values, breaks).tolist()]


def positions_of(values: Iterable[float | None], breaks: Sequence[float]) -> npt.NDArray[np.int64]:
    """Return the class of each value as an array, -1 for missing; shape ``(n_values,)``."""
    numbers = np.array([np.nan if v is None else v for v in values], dtype=float)
    if not len(breaks):
        return np.full(len(numbers), -1, dtype=np.int64)
    found = np.searchsorted(np.asarray(breaks, dtype=float), numbers, side="left")
    found = np.minimum(found, len(breaks) - 1)
    return np.where(np.isnan(numbers), -1, found)


def gvf(values: Iterable[float | None], breaks: Sequence[float]) -> float:
    """Goodness of variance fit: 1 when classes hold equal values, 0 when they explain nothing."""
    y = shown_values(values)
    groups = positions_of(y, breaks)
    total = float(((y - y.mean()) ** 2).sum())
    within = sum(
        float(((y[groups == g] - y[groups == g].mean()) ** 2).sum()) for g in np.unique(groups)
    )
    return 1.0 if total == 0 else 1 - within / total


def default_breaks(
    values: Iterable[float | None], *, decimals: int = 1, k: int = 5
) -> tuple[float, ...]:
    """Return round breaks for all years of a level, fixed so that maps compare over time.

    Of the round steps that give three to seven classes the one with the best use of the classes
    is taken: high goodness of fit, near ``k`` classes, no class with nearly all areas.

    Returns
    -------
    tuple of float
        Upper bounds; the last covers the largest value. Empty without values, one bound for
        equal values, at most one class a distinct value.
    """
    y = shown_values(values)
    distinct = np.unique(np.round(y, decimals))
    if len(distinct) == 0:
        return ()
    if len(distinct) < FEWEST:
        return tuple(float(v) for v in distinct)
    smallest = 10.0**-decimals
    candidates = [_step_breaks(y, step) for step in _candidate_steps(y, smallest)]
    usable = [c for c in candidates if FEWEST <= len(c) <= MOST]
    if not usable:
        bounds = quantiles(distinct.tolist(), min(k, len(distinct)))
        return tuple(sorted({round(b, decimals) for b in bounds}))
    return max(usable, key=lambda c: (_usefulness(y, c, k), -len(c)))


def _candidate_steps(y: FloatArray, smallest: float) -> list[float]:
    span = float(y[-1] - y[0])
    first = 10.0 ** math.floor(math.log10(span / 10))
    steps = [m * first * factor for factor in (1, 10) for m in (1.0, 2.0, 2.5, 5.0)]
    fit = [s for s in steps if s >= smallest and _is_multiple(s, smallest)]
    return fit or [smallest]


def _is_multiple(step: float, smallest: float) -> bool:
    return math.isclose(step / smallest, round(step / smallest), abs_tol=1e-9)


def _step_breaks(y: FloatArray, step: float) -> tuple[float, ...]:
    """Round limits; sparse classes at both ends are drawn together into open ones."""
    first = math.floor(float(y[0]) / step + 1e-9)
    last = math.ceil(float(y[-1]) / step - 1e-9)
    bounds = [round(step * i, 9) for i in range(first + 1, last + 1)]
    few = max(1, len(y) // 50)
    while len(bounds) > MOST - 2 and np.sum(y > bounds[-2]) <= few * 2:
        bounds.pop(-2)
    while len(bounds) > MOST - 2 and np.sum(y <= bounds[0]) <= few:
        bounds.pop(0)
    return tuple(bounds)


def _usefulness(y: FloatArray, breaks: tuple[float, ...], k: int) -> float:
    counts = np.array(class_counts(y, breaks), dtype=float)
    crowded = float(counts.max() / counts.sum())
    empty = float((counts == 0).sum())
    penalty = 0.3 * max(0.0, crowded - 0.45) + 0.04 * empty + 0.03 * abs(len(breaks) - k)
    return round(gvf(y, breaks) - penalty, 9)
